"""Different scores for what should be one measurement, within a paper, across papers and against the survey's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractors.ids import stable_id
from extractors.records import Comparison, Conflict, ConflictKind, Result, SurveyScore
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.comparisons import relation_of
from extractors.results.conflict_scores import Run, Score, is_sure_of_model, score_of, score_of_survey

_Key = tuple[str, str, str, str | None, Run]
_AVERAGE = "average"
MAX_RATIO = 2.0  # of two scores of one test; further apart they are not of one, as by hand on a sample of 40
MAX_SLIP = 0.05  # within one paper: a larger gap is a way of running or a part of the test that was not read
ALIKE = 0.6  # share of words that captions of one paper have in common where its tables part one test


def find_conflicts(
    results: Sequence[Result],
    comparisons: Sequence[Comparison],
    survey: Sequence[SurveyScore],
    registry: Registry,
    captions: Mapping[str, str | None] | None = None,
) -> tuple[Conflict, ...]:
    """Conflicts over the whole data set, ordered by model, benchmark, subset, metric and setting.

    Scores meet where model, benchmark, subset, metric and the way of running are the same, as far as names, settings
    and `captions` (by table id) tell, and the shots do not contradict each other: unsaid shots may be any. A paper that
    gives one model several scores for one measurement tells them apart by something that was not read; its scores take
    no part, unless they are near enough to be a slip (`MAX_SLIP`). No part take tables without a caption, averages, as
    each paper averages over its own tests, scores of an unknown metric, and names that were linked for their likeness.
    Scores that agree once rounded to the coarser of their digits are no conflict, nor are scores too far apart
    (`MAX_RATIO`).
    Costs O(n log n) in the number of scores.
    """
    groups: dict[_Key, list[Score]] = defaultdict(list)
    for result in results:
        if result.model_id is None or result.benchmark_id in (None, _AVERAGE) or result.metric_id is None:
            continue
        if captions is not None and not captions.get(result.table_id):
            continue
        if not is_sure_of_model(result, registry):
            continue
        score = score_of(result, captions or {}, registry)
        subset = key(result.subset or "")
        groups[result.model_id, result.benchmark_id or "", subset, result.metric_id, score.run].append(score)
    for row in survey:
        score = score_of_survey(row, registry)
        groups[row.model_id, row.benchmark_id, "", row.metric_id, score.run].append(score)
    by_result: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        for result_id in comparison.result_ids:
            by_result[result_id].append(comparison)
    out: list[Conflict] = []
    for group in sorted(groups, key=_order):
        for members, is_mixed in _comparable(groups[group]):
            told = _told_apart(members)
            kind = _kind(told, group[0], is_mixed, registry)
            if kind is not None:
                out.append(_conflict(group, told, kind, by_result))
    return tuple(out)


def _order(group: _Key) -> tuple[str, ...]:
    *names, run = group
    return *(n or "" for n in names), str(run.is_tuned), " ".join(sorted(run.words)), " ".join(sorted(run.modes))


def _told_apart(scores: Sequence[Score]) -> list[Score]:
    """Without the scores of papers that give several which are no slip of each other."""
    by_source: dict[str, list[Score]] = defaultdict(list)
    for s in scores:
        by_source[s.source].append(s)
    return [s for source in by_source.values() if _agree(source) or _is_slip(source) for s in source]


def _is_slip(scores: Sequence[Score]) -> bool:
    """Whether one paper may have meant one score: of several tables whose captions do not part one test among them, and
    nearly the same or with digits swapped."""
    if len({s.value == s.printed for s in scores}) > 1:
        return False  # a fraction here and a percentage there
    values = sorted({s.value for s in scores})
    near = values[-1] - values[0] <= MAX_SLIP * abs(values[-1])
    if not near and not (len(values) == 2 and _is_transposed(*values)):
        return False
    if len({s.table for s in scores}) < len({(s.table, s.value) for s in scores}):
        return False
    return not any(_part_one_test(a, b) for i, a in enumerate(scores) for b in scores[i + 1 :] if a.table != b.table)


def _part_one_test(a: Score, b: Score) -> bool:
    """Whether two captions say the same but for a word or two: `on the first half`, `on the second half`."""
    if a.value == b.value or not (a.caption and b.caption):
        return False
    left, right = set(a.caption.casefold().split()), set(b.caption.casefold().split())
    return len(left & right) >= ALIKE * len(left | right)


def _comparable(scores: Sequence[Score]) -> Iterable[tuple[list[Score], bool]]:
    """Sets of scores whose shots allow a comparison, and whether their shots are not all the same."""
    buckets: dict[int | None, list[Score]] = defaultdict(list)
    for s in scores:
        buckets[s.shots].append(s)
    silent = buckets.pop(None, [])
    if not buckets:
        yield silent, False
        return
    for shots in sorted(buckets, key=lambda n: n or 0):
        members = buckets[shots]
        if silent and _agree(silent) and _agree(members) and not _agree([*members, *silent]):
            yield [*members, *silent], True
        else:
            yield members, False
    if not _agree(silent):
        yield silent, False


def _agree(scores: Sequence[Score]) -> bool:
    """Whether all scores may be roundings of one number, each to its own digits."""
    if not scores:
        return True
    low = max(s.value - 0.5 * 10.0**-s.decimals for s in scores)
    high = min(s.value + 0.5 * 10.0**-s.decimals for s in scores)
    return low < high - 1e-9


def _kind(scores: Sequence[Score], model_id: str, is_mixed: bool, registry: Registry) -> ConflictKind | None:
    """Why the scores may differ, the surest reason first; None where they agree or are of one row name of one table."""
    if len({s.table for s in scores}) < 2 or _agree(scores):
        return None
    low, high = (f(abs(s.value) for s in scores) for f in (min, max))
    if high > MAX_RATIO * low:
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
    group: _Key, scores: Sequence[Score], kind: ConflictKind, by_result: Mapping[str, Sequence[Comparison]]
) -> Conflict:
    ordered = sorted(scores, key=lambda s: (s.value, s.row_id))
    model_id, benchmark_id, subset, metric_id, _ = group
    texts = {s.setting_text for s in ordered if s.setting_text}
    setting = min(texts) if texts else None
    return Conflict(
        conflict_id=stable_id("x", model_id, benchmark_id, subset, metric_id, setting, *_order(group)[4:]),
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


def _flipped(scores: Sequence[Score], by_result: Mapping[str, Sequence[Comparison]]) -> tuple[str, ...]:
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
