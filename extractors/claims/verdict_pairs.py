"""Scores of a claim's subject and baseline, put side by side table by table (rule 2 of the guide)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.claims.verdict_sides import baseline_rows, referenced, subject_rows
from extractors.claims.verdict_words import VerdictWords, load_verdict_words
from extractors.records import Claim, Result
from extractors.registry.load import Registry
from extractors.registry.names import key


@dataclass(frozen=True, slots=True)
class Pair:
    """Scores of subject and baseline on one measurement. `label` names the benchmark as the reader sees it, `group`
    the one of the claim that it belongs to."""

    subject: Result
    baseline: Result
    label: str
    group: str = ""

    @property
    def up(self) -> bool:
        """Whether higher is better; where nobody says so it is, as for most scores."""
        return self.subject.higher_is_better is not False

    @property
    def lead(self) -> float:
        """How much better the subject is, in the unit of the score; negative where it is worse."""
        gap = self.subject.score - self.baseline.score
        return round(gap if self.up else -gap, 6)

    @property
    def share(self) -> float:
        """`lead` as a share of the baseline's score; 0 where that is 0."""
        return self.lead / abs(self.baseline.score) if self.baseline.score else 0.0

    @property
    def weight(self) -> float:
        """`share` for a mean: no single score counts for more than the whole of the baseline's."""
        return max(-1.0, min(1.0, self.share))

    @property
    def is_average(self) -> bool:
        names = (self.subject.benchmark_id, self.subject.benchmark_raw, self.subject.subset)
        return any(load_verdict_words().mean_header.fullmatch(n or "") for n in names)


def find_pairs(
    claim: Claim, results: Sequence[Result], words: VerdictWords, registry: Registry
) -> tuple[list[Pair], str | None]:
    """All scores of both sides, table by table; or none, and which of the two has no row (`subject`, `baseline`, or
    `both` where each has, but not in one table)."""
    by_table: dict[str, list[Result]] = defaultdict(list)
    for r in results:
        by_table[r.table_id].append(r)
    subject: list[Result] = []
    baseline: list[Result] = []
    pairs: list[Pair] = []
    for rows in by_table.values():
        theirs = baseline_rows(claim, rows, words, registry)
        ours = subject_rows(claim, rows, theirs, words, registry)
        pairs += _side_by_side(ours, theirs)
        if not theirs:
            pairs += [_against_par(r, par, claim) for r, par in referenced(claim, rows, words)]
        subject += ours
        baseline += theirs
    if pairs:
        return pairs, None
    if not baseline:
        return [], "baseline"
    if not subject:
        return [], "subject"
    if claim.benchmark_ids or claim.benchmarks_raw:
        pairs = _across(subject, baseline)
    return pairs, None if pairs else "both"


def with_added_columns(results: Sequence[Result]) -> list[Result]:
    """Results in which a column headed `+vote` goes on with the benchmark to its left: `MATH | +vote` are two scores on
    MATH, got in two ways."""
    at = {(r.table_id, r.row, r.col): r for r in results}
    out = []
    for r in results:
        left = at.get((r.table_id, r.row, r.col - 1))
        if left is not None and (r.benchmark_raw or "").startswith("+") and r.benchmark_id is None:
            r = replace(r, benchmark_raw=f"{left.benchmark_raw} {r.benchmark_raw}", benchmark_id=left.benchmark_id)
        out.append(r)
    return out


def method_pairs(claim: Claim, results: Sequence[Result], words: VerdictWords, registry: Registry) -> list[Pair]:
    """The baseline used in some way against the same baseline used plainly (`zero-shot`, `vanilla`, nothing said), in
    one table: what a paper's method does for it, where the method has no row of its own."""
    by_table: dict[str, list[Result]] = defaultdict(list)
    for r in results:
        by_table[r.table_id].append(r)
    out: list[Pair] = []
    alone = replace(claim, sentence=claim.baseline_raw)  # whatever else it says chooses among the ways, not the rows
    for rows in by_table.values():
        theirs = baseline_rows(alone, rows, words, registry)
        plain: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
        for r in theirs:
            if _is_plain(r, words):
                plain[measured(r)].append(r)
        for r in theirs:
            unaided = plain.get(measured(r), ())
            if len(unaided) == 1 and not _is_plain(r, words) and (r.row == unaided[0].row or r.col == unaided[0].col):
                out.append(Pair(r, unaided[0], label_of(r)))
    return out


def _is_plain(result: Result, words: VerdictWords) -> bool:
    said = [s for s in (result.prompting, result.setting) if s and s.strip("- ")]
    return all(words.plain.fullmatch(s) for s in said)


def _side_by_side(subject: Sequence[Result], baseline: Sequence[Result]) -> list[Pair]:
    theirs: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in baseline:
        theirs[measured(r)].append(r)
    ours: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in subject:
        ours[measured(r)].append(r)
    return [Pair(r, b, label_of(r)) for k, rows in ours.items() for r, b in _matched(rows, theirs.get(k, ()))]


def _matched(subject: Sequence[Result], baseline: Sequence[Result]) -> list[tuple[Result, Result]]:
    """Which score of one side meets which of the other under one measurement. Where a table holds several for reasons
    that were not read (blocks, seeds), those of one row or column belong together; else everyone meets everyone."""
    pairs = [(r, b) for r in subject for b in baseline if r.result_id != b.result_id]
    if len(subject) > 1 and len(baseline) > 1:
        aligned = [(r, b) for r, b in pairs if r.row == b.row or r.col == b.col]
        return aligned or pairs
    return pairs


def _against_par(row: Result, par: float, claim: Claim) -> Pair:
    """The baseline's side of a relative score is no cell: the score that would mean a draw, with the row's own id."""
    return Pair(row, replace(row, model_raw=claim.baseline_raw, model_id=claim.baseline_id, score=par), label_of(row))


def _across(subject: Sequence[Result], baseline: Sequence[Result]) -> list[Pair]:
    """Scores of both sides for one linked benchmark and metric, from two tables of the paper."""
    theirs: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in baseline:
        theirs[measured(r)].append(r)
    out = []
    for r in subject:
        if r.benchmark_id is not None and r.metric_id is not None:
            out += [Pair(r, b, label_of(r)) for b in theirs.get(measured(r), ()) if b.table_id != r.table_id]
    return out


def measured(r: Result) -> tuple[str | None, ...]:
    """What a score is of: scores of one measurement may be compared."""
    return (
        r.benchmark_id or key(r.benchmark_raw or ""),
        key(r.subset or ""),
        r.metric_id or key(r.metric_raw or ""),
    )


def label_of(r: Result) -> str:
    """The benchmark of a score as the reader sees it."""
    parts = [p for p in (r.benchmark_raw, r.subset) if p]
    return " ".join(dict.fromkeys(parts)) or "the table's scores"
