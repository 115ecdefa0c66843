"""Different scores for what should be one measurement, within a paper, across papers and against the survey's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.ids import stable_id
from extractors.records import Comparison, Conflict, ConflictKind, Result, SurveyScore
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.comparisons import relation_of

_Key = tuple[str, str, str, str | None]
_Setting = tuple[int | None, str, str]
_SILENT: _Setting = (None, "", "")
_AVERAGE = "average"
SURVEY = "survey"  # stands for the survey where a source of scores is named


@dataclass(frozen=True, slots=True)
class _Score:
    """One score with what must agree. `value` is on the scale of percent where the unit is a fraction."""

    row_id: str
    source: str
    table: str
    name: str
    printed: float
    value: float
    decimals: int
    setting: _Setting
    setting_text: str | None
    subset: str | None
    size_b: float | None


def find_conflicts(
    results: Sequence[Result], comparisons: Sequence[Comparison], survey: Sequence[SurveyScore], registry: Registry
) -> tuple[Conflict, ...]:
    """Conflicts over the whole data set, ordered by model, benchmark, subset, metric and setting.

    Scores meet where model, benchmark, subset and metric are the same and the settings do not contradict each other:
    a score of unsaid setting is comparable to any, 5-shot is not to 0-shot. A table that gives one model name several
    scores for one measurement tells them apart by something that was not read; its scores take no part. Averages take
    none either, as each paper averages over its own tests. Scores that agree once rounded to the coarser of their
    digits are no conflict. Costs O(n log n) in the number of scores.
    """
    groups: dict[_Key, list[_Score]] = defaultdict(list)
    for result in results:
        if result.model_id is not None and result.benchmark_id not in (None, _AVERAGE):
            group = (result.model_id, result.benchmark_id or "", key(result.subset or ""), result.metric_id)
            groups[group].append(_of(result))
    for row in survey:
        groups[row.model_id, row.benchmark_id, "", row.metric_id].append(_of_survey(row))
    by_result: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        for result_id in comparison.result_ids:
            by_result[result_id].append(comparison)
    out: list[Conflict] = []
    for group in sorted(groups, key=lambda g: tuple(part or "" for part in g)):
        scores = _told_apart(groups[group])
        for members, is_mixed in _comparable(scores):
            kind = _kind(members, group[0], is_mixed, registry)
            if kind is not None:
                out.append(_conflict(group, members, kind, by_result))
    return tuple(out)


def _of(result: Result) -> _Score:
    parts = (result.n_shots, key(result.prompting or ""), key(result.setting or ""))
    shots = None if result.n_shots is None else f"{result.n_shots}-shot"
    words = list(dict.fromkeys(p for p in (shots, result.prompting, result.setting) if p))
    scale = 100.0 if result.unit == "fraction" else 1.0
    decimals = _decimals(result.score_text, result.score)
    return _Score(
        row_id=result.result_id,
        source=result.paper_id,
        table=result.table_id,
        name=key(result.model_raw),
        printed=result.score,
        value=round(result.score * scale, 6),
        decimals=decimals - 2 if scale > 1 else decimals,
        setting=parts,
        setting_text=", ".join(words) or None,
        subset=result.subset,
        size_b=result.model_size_b,
    )


def _of_survey(row: SurveyScore) -> _Score:
    decimals = _decimals(row.score_text, row.score)
    return _Score(
        row_id=row.survey_id,
        source=SURVEY,
        table=f"{row.provenance} {row.table_label}",
        name=key(row.model_raw),
        printed=row.score,
        value=row.score,
        decimals=decimals,
        setting=_SILENT,
        setting_text=None,
        subset=None,
        size_b=None,
    )


def _decimals(text: str, score: float) -> int:
    """Decimal places of a score as its cell prints them: `92.0` has one, which the number alone does not show."""
    shortest = f"{score:.10f}".rstrip("0").rstrip(".")
    at_least = len(shortest.partition(".")[2])
    printed = next((w for w in text.replace(",", "").split() if _is(w.strip("*†‡%"), score)), shortest).strip("*†‡%")
    return max(at_least, len(printed.partition(".")[2]))


def _is(word: str, score: float) -> bool:
    try:
        return float(word) == score
    except ValueError:
        return False


def _told_apart(scores: Sequence[_Score]) -> list[_Score]:
    """Without the scores of tables that give several for one name, measurement and setting."""
    per_table: dict[tuple[str, str, _Setting], set[float]] = defaultdict(set)
    for s in scores:
        per_table[s.table, s.name, s.setting].add(s.value)
    return [s for s in scores if len(per_table[s.table, s.name, s.setting]) == 1]


def _comparable(scores: Sequence[_Score]) -> Iterable[tuple[list[_Score], bool]]:
    """Sets of scores whose settings allow a comparison, and whether their settings are not all the same."""
    buckets: dict[_Setting, list[_Score]] = defaultdict(list)
    for s in scores:
        buckets[s.setting].append(s)
    silent = buckets.pop(_SILENT, [])
    if not buckets:
        yield silent, False
        return
    for setting in sorted(buckets, key=str):
        members = buckets[setting]
        if silent and _agree(silent) and _agree(members) and not _agree([*members, *silent]):
            yield [*members, *silent], True
        else:
            yield members, False
    if not _agree(silent):
        yield silent, False


def _agree(scores: Sequence[_Score]) -> bool:
    """Whether all scores may be roundings of one number, each to its own digits."""
    if not scores:
        return True
    low = max(s.value - 0.5 * 10.0**-s.decimals for s in scores)
    high = min(s.value + 0.5 * 10.0**-s.decimals for s in scores)
    return low < high - 1e-9


def _kind(scores: Sequence[_Score], model_id: str, is_mixed: bool, registry: Registry) -> ConflictKind | None:
    """Why the scores may differ, the surest reason first; None where they agree or are of one row name of one table."""
    if len({(s.table, s.name) for s in scores}) < 2 or _agree(scores):
        return None
    spread = max(s.value for s in scores) - min(s.value for s in scores)
    if spread <= 10.0 ** -min(s.decimals for s in scores) + 1e-9:
        return "rounding"
    values = sorted({s.value for s in scores})
    if len(values) == 2 and _is_transposed(values[0], values[1]):
        return "transposed"
    if is_mixed:
        return "setting"
    model = registry.models[model_id]
    if len({s.size_b for s in scores if s.size_b is not None}) > 1 or _has_sizes(model_id, registry):
        return "size"
    dated = f"{model_id}-"
    has_snapshots = any(m.snapshot and m.model_id.startswith(dated) for m in registry.models.values())
    if model.snapshot is None and has_snapshots and len({(s.source, s.name) for s in scores}) > 1:
        return "snapshot"
    return "unexplained"


def _has_sizes(model_id: str, registry: Registry) -> bool:
    """Whether the id names a family whose members differ in size, as `llama-2` does."""
    model = registry.models[model_id]
    if model.size_b is not None or model.openness != "open":
        return False
    return any(m.size_b is not None and m.model_id.startswith(f"{model_id}-") for m in registry.models.values())


def _is_transposed(a: float, b: float) -> bool:
    """Whether two neighbouring digits changed places: 74.9 and 79.4, 24.7 and 42.7."""
    left, right = (f"{v:.4f}".rstrip("0").replace(".", "") for v in (a, b))
    width = max(len(left), len(right))
    left, right = left.ljust(width, "0"), right.ljust(width, "0")
    if len(left) != len(right) or len(left) < 3:
        return False
    off = [i for i in range(len(left)) if left[i] != right[i]]
    return len(off) == 2 and off[1] == off[0] + 1 and left[off[0]] == right[off[1]] and left[off[1]] == right[off[0]]


def _conflict(
    group: _Key, scores: Sequence[_Score], kind: ConflictKind, by_result: Mapping[str, Sequence[Comparison]]
) -> Conflict:
    ordered = sorted(scores, key=lambda s: (s.value, s.row_id))
    model_id, benchmark_id, subset, metric_id = group
    texts = {s.setting_text for s in ordered if s.setting_text}
    setting = min(texts) if texts else None
    return Conflict(
        conflict_id=stable_id("x", model_id, benchmark_id, subset, metric_id, setting),
        model_id=model_id,
        benchmark_id=benchmark_id,
        metric_id=metric_id,
        setting=setting,
        result_ids=tuple(s.row_id for s in ordered),
        scores=tuple(s.printed for s in ordered),
        spread=round(ordered[-1].value - ordered[0].value, 6),
        kind=kind,
        paper_ids=tuple(sorted({s.source for s in ordered})),
        flipped_comparison_ids=_flipped(ordered, by_result),
        subset=next((s.subset for s in ordered if s.subset), None),
    )


def _flipped(scores: Sequence[_Score], by_result: Mapping[str, Sequence[Comparison]]) -> tuple[str, ...]:
    """Comparisons that use one of the scores and would turn round with another of them."""
    out: set[str] = set()
    for own in scores:
        scale = own.value / own.printed if own.printed else 1.0
        others = {s.value / scale for s in scores}
        for comparison in by_result.get(own.row_id, ()):
            up = (comparison.relation == "beats") == (comparison.model_score > comparison.baseline_score)
            is_model = comparison.result_ids[0] == own.row_id
            for other in others:
                pair = (other, comparison.baseline_score) if is_model else (comparison.model_score, other)
                turned = relation_of(*pair, up)
                if comparison.relation != "on_par" and turned not in (comparison.relation, "on_par"):
                    out.add(comparison.comparison_id)
    return tuple(sorted(out))
