"""Open models against closed baselines: computed from the scores of one table, whatever the text says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from extractors.ids import stable_id
from extractors.records import Comparison, Relation, Result
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.baselines import closed_baselines
from extractors.results.complete import GUESSED_METRIC
from extractors.word_lists import patterns_of

Measurement = tuple[str | None, ...]
_Side = dict[tuple[str, str], list[Result]]  # by id and printed name: a table may score `GPT-3.5` beside `ChatGPT`


def compare(
    results: Sequence[Result], registry: Registry, captions: Mapping[str, str | None] | None = None
) -> tuple[Comparison, ...]:
    """Every open model against every closed baseline with which it shares table, benchmark, subset, metric and setting.

    Left out are scores without a benchmark, metrics whose better direction nobody states, metrics that are none of a
    model's quality, and numbers that header or caption (`captions` by table id) call a drop, an overlap and the like
    while no metric is printed (`comparison_words.yml`). Where a table gives a
    model several scores for one measurement (rows that its headers do not tell apart), the best one stands for it, and
    the pair is dropped if another choice would turn the outcome round.
    """
    baselines = closed_baselines(registry)
    sides: dict[tuple[str, Measurement], tuple[_Side, _Side]] = {}
    for result in results:
        if result.higher_is_better is None or (result.benchmark_id is None and result.benchmark_raw is None):
            continue
        if not _is_score(result, (captions or {}).get(result.table_id)):
            continue
        opens, closed = sides.setdefault((result.table_id, measurement(result)), ({}, {}))
        if result.model_id in baselines:
            closed.setdefault((result.model_id or "", key(result.model_raw)), []).append(result)
        elif openness(result, registry) == "open":
            opens.setdefault((result.model_id or "", key(result.model_raw)), []).append(result)
    out = []
    for opens, closed in sides.values():
        for baseline in sorted(closed, key=lambda b: (baselines[b[0]], b)):
            for scores in opens.values():
                pair = _settled(scores, closed[baseline])
                if pair:
                    out.append(_comparison(*pair, registry))
    return tuple(out)


def _is_score(result: Result, caption: str | None) -> bool:
    lists = _left_out()
    if lists["metrics"].fullmatch(result.metric_id or ""):
        return False
    if result.metric_raw is not None and not any(d in GUESSED_METRIC for d in result.doubts):
        return True
    return not any(
        t and lists["no_scores"].search(t) for t in (caption, result.benchmark_raw, result.subset, result.metric_raw)
    )


@lru_cache(maxsize=1)
def _left_out() -> dict[str, re.Pattern[str]]:
    """Metrics and words of `comparison_words.yml`; raises RegistryError where one is missing or does not compile."""
    return patterns_of(Path(__file__).parent / "comparison_words.yml", ("metrics", "no_scores"))


def openness(result: Result, registry: Registry) -> str | None:
    """`open` or `closed`: by the registry, else by what the paper says, else None."""
    entity = registry.models.get(result.model_id or "")
    return (entity.openness if entity else None) or result.model_openness


def measurement(result: Result) -> Measurement:
    """What must agree for two scores of one table to be of one measurement: benchmark, subset, metric and setting. Not
    the unit: a column has one; where it was guessed from scores up to 1, a low percentage looks like a fraction."""
    return (
        result.benchmark_id or key(result.benchmark_raw or ""),
        key(result.subset or ""),
        result.metric_id or key(result.metric_raw or ""),
        None if result.n_shots is None else str(result.n_shots),
        key(result.prompting or ""),
        key(result.setting or ""),
    )


def relation_of(score: float, baseline: float, higher_is_better: bool) -> Relation:
    """On par only where both are equal as printed; nearness is for the reader to judge."""
    if score == baseline:
        return "on_par"
    return "beats" if (score > baseline) == higher_is_better else "behind"


def _settled(ours: Sequence[Result], theirs: Sequence[Result]) -> tuple[Result, Result] | None:
    up = bool(ours[0].higher_is_better)
    pick = max if up else min
    outcomes = {relation_of(a.score, b.score, up) for a in ours for b in theirs}
    if len(outcomes) != 1:
        return None
    return pick(ours, key=lambda r: r.score), pick(theirs, key=lambda r: r.score)


def _comparison(ours: Result, theirs: Result, registry: Registry) -> Comparison:
    benchmark = registry.benchmarks.get(ours.benchmark_id or "")
    lead = ours.score - theirs.score if ours.higher_is_better else theirs.score - ours.score
    return Comparison(
        comparison_id=stable_id("c", ours.result_id, theirs.result_id),
        paper_id=ours.paper_id,
        table_id=ours.table_id,
        capability=benchmark.capability if benchmark else None,
        benchmark_id=ours.benchmark_id,
        benchmark_raw=ours.benchmark_raw,
        metric_id=ours.metric_id,
        setting=_setting(ours),
        model_id=ours.model_id,
        model_raw=ours.model_raw,
        model_score=ours.score,
        baseline_id=theirs.model_id or "",
        baseline_score=theirs.score,
        margin=round(lead, 6),
        relation=relation_of(ours.score, theirs.score, bool(ours.higher_is_better)),
        result_ids=(ours.result_id, theirs.result_id),
        subset=ours.subset,
    )


def _setting(result: Result) -> str | None:
    """Setting in words as far as it is known: `5-shot, CoT, tuned`."""
    shots = None if result.n_shots is None else f"{result.n_shots}-shot"
    parts = list(dict.fromkeys(p for p in (shots, result.prompting, result.setting) if p))
    return ", ".join(parts) or None
