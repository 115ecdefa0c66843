"""Which comparisons count towards an answer, and by how much an open model leads in each.

A table is read by a program, and not each of its numbers says how well a model does a task. Counted is a comparison
that a reader of the field would let stand (`RULE` says it in words on the page): the whole of a known benchmark, its
usual measure, a known direction, one unit, and a score of the closed model near what other reports say of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.results.complete import USUAL_METRIC
from pipeline.site.snapshot import Row, Snapshot

BASELINES = {"gpt-3.5-turbo": "GPT-3.5-turbo", "gpt-4": "GPT-4"}
MIN_CONFIDENCE = 0.5  # below, model, benchmark or metric is a guess (see the column `doubts`)
OWN = ("proposed", "variation")  # roles of a paper's own models
AGREE_WITHIN = 20.0  # points; prompts and snapshots move GPT-3.5-turbo by 10 to 18 on GSM8K, another quantity by more
_SIZE = re.compile(r"\d[BM]\b", re.I)
# Measures that say the same thing, the share of items answered right; papers choose among their names freely.
SHARE_RIGHT = frozenset({"accuracy", "exact-match", "pass@1", "success-rate"})
RULE = (
    "Counted are two scores of one table, no ablation, of models that the registry knows, that the paper calls its own "
    "or prints with their size, on the whole of a benchmark that the registry knows, by its usual measure (accuracy, "
    "exact match, pass@1 and success rate count as one), where it is known which direction is better. Percent and "
    "fractions are set on a scale of 0 to 100; other scales stay as printed and are never set beside it. The closed "
    f"model’s score must lie within {AGREE_WITHIN:g} points of the median of all reports of it there, so that a number "
    "of another kind, such as a drop under attack, does not count; where no word of the paper names the measure, it "
    "must be printed in percent, or another paper must report the closed model there too. Each paper has one say a "
    "benchmark: its best open model."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """`row` is the comparison; `lead` in points of 100 where `percent`, else as printed; `date` of the paper.

    `reports` are the other papers' scores of the closed model on the same measure and scale, in order."""

    row: Row
    date: str | None
    percent: bool
    lead: float
    reports: tuple[float, ...]


def is_baseline(model_id: str | None, family: str) -> bool:
    """Whether an id is a closed baseline or one of its dated snapshots; `gpt-4` means no `gpt-4o-mini`."""
    if not model_id or not model_id.startswith(family):
        return False
    rest = model_id[len(family) :]
    return not rest or (rest[0] == "-" and "mini" not in rest and "nano" not in rest)


def measure(snap: Snapshot, row: Row) -> tuple[str, str] | None:
    """Benchmark and measure of a result or comparison, if its score says how well the benchmark's task was done."""
    benchmark, metric = snap.benchmarks.get(row["benchmark_id"] or ""), snap.metrics.get(row["metric_id"] or "")
    if not benchmark or not metric or metric["higher_is_better"] is None or row["subset"]:
        return None
    usual = benchmark["default_metric_id"]
    name = "share right" if metric["metric_id"] in SHARE_RIGHT else str(metric["metric_id"])
    if usual:
        fits = metric["metric_id"] == usual or (usual in SHARE_RIGHT and name == "share right")
    else:  # a rate of attacks or errors says something else than the task, unless it is what the benchmark is for
        fits = bool(metric["higher_is_better"])
    return (benchmark["benchmark_id"], name) if fits else None


def points(result: Row) -> float | None:
    """A score on the scale of 0 to 100; None where its unit is another."""
    factor = {"percent": 1.0, "fraction": 100.0}.get(result["unit"] or "")
    return None if factor is None else float(result["score"]) * factor


def is_named(result: Row) -> bool:
    """Whether the registry knows the model, or the paper calls it its own or prints one size of it. Another name may be
    a setting that was misread, or several names in one; and who prints no size is mostly closed."""
    if result["model_id"] is not None or result["model_openness"] is None:
        return result["model_id"] is not None
    sizes = len(_SIZE.findall(result["model_raw"]))
    return sizes < 2 and (result["model_role"] in OWN or result["model_size_b"] is not None)


def is_sure(snap: Snapshot, result: Row) -> bool:
    """Whether a result is more than a guess: by its confidence, or by a maintainer's word."""
    return bool(result["confidence"] >= MIN_CONFIDENCE) or snap.is_vouched(result["result_id"])


def counted(snap: Snapshot, family: str) -> list[Counted]:
    """The comparisons with a closed model that count, by benchmark and measure; see `RULE`."""
    known = _reports(snap, family)
    out = []
    for row in snap.rows["comparisons"]:
        if not is_baseline(row["baseline_id"], family):
            continue
        key = measure(snap, row)
        pair = [snap.results.get(i) for i in row["result_ids"][:2]]
        if key is None or len(pair) < 2 or pair[0] is None or pair[1] is None or _is_ablation(snap, row):
            continue
        ours, theirs = pair[0], pair[1]
        if not is_named(ours) or not is_sure(snap, ours) or not is_sure(snap, theirs):
            continue
        if ours["unit"] != theirs["unit"]:
            continue
        one = _lead(snap, row, ours, theirs, known.get((*key, points(ours) is not None), {}))
        if one is not None:
            out.append(one)
    return out


def _lead(snap: Snapshot, row: Row, ours: Row, theirs: Row, known: Mapping[str, Sequence[float]]) -> Counted | None:
    better = 1 if snap.metrics[row["metric_id"]]["higher_is_better"] else -1
    others = sorted(median(scores) for paper_id, scores in known.items() if paper_id != row["paper_id"])
    unnamed = USUAL_METRIC in (*ours["doubts"], *theirs["doubts"])
    if unnamed and not others and ours["unit"] != "percent":
        return None
    mine, base = points(ours), points(theirs)
    percent = mine is not None and base is not None
    if mine is None or base is None:
        mine, base = float(ours["score"]), float(theirs["score"])
    elif abs(base - median(score for scores in known.values() for score in scores)) > AGREE_WITHIN:
        return None
    lead = round(better * (mine - base), 6)
    return Counted(row, snap.published(row["paper_id"]), percent, lead, tuple(others))


def _reports(snap: Snapshot, family: str) -> dict[tuple[str, str, bool], dict[str, list[float]]]:
    """All scores of a closed model: by benchmark, measure and whether in points of 100, then by paper."""
    out: defaultdict[tuple[str, str, bool], defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for result in snap.rows["results"]:
        if is_baseline(result["model_id"], family) and not _is_ablation(snap, result):
            key, score = measure(snap, result), points(result)
            if key is not None:
                found = out[*key, score is not None]
                found[result["paper_id"]].append(float(result["score"]) if score is None else score)
    return {key: dict(papers) for key, papers in out.items()}


def _is_ablation(snap: Snapshot, row: Row) -> bool:
    table = snap.tables.get(row["table_id"])
    return table is not None and table["kind"] == "ablation"
