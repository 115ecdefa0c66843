"""The question of the survey, a capability at a time: does an open model beat the closed baseline?

Answers rest on the comparisons that count (`counted`), a line a benchmark; benchmarks are never averaged. What a text
claims and what the survey's own tables say by hand stand beside the mined lines and are never mixed into them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.site.counted import Counted, counted, is_baseline
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot, grouped

BASELINE = "gpt-3.5-turbo"
Word = Literal["yes", "one", "on_par", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class ByHand:
    """The survey's own rows on one benchmark: its best open model and its baseline; `lead` in their unit."""

    best: Row
    baseline: Row
    lead: float


@dataclass(frozen=True, slots=True)
class Line:
    """One benchmark. A paper has one say, its best open model: `ahead` of `n_papers` papers show one in the lead.

    `shown` is the paper in the middle of those leads (the lower of two; the nearest miss where none leads), `widest`
    the largest of them, `since` the first. `verdicts` are those of that paper's claims to beat the baseline here."""

    benchmark_id: str
    percent: bool
    n_papers: int
    n_comparisons: int
    ahead: int
    word: Word
    shown: Counted | None
    widest: Counted | None
    since: str | None
    verdicts: tuple[str, ...]
    by_hand: ByHand | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`word`: `yes` where two papers agree on some benchmark, `one` where the lead is one paper's word each time.

    `lines` in the order of papers that speak of a benchmark, the survey's own benchmarks first among equals."""

    capability: str
    title: str
    word: Word
    lines: tuple[Line, ...]
    verdicts: tuple[tuple[str, int], ...]

    @property
    def mined(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.n_papers)

    @property
    def won(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.ahead)

    @property
    def first(self) -> tuple[Line, ...]:
        """What a reader sees first: the lead that most papers speak of, and the benchmark without one that most do;
        where nothing was mined, the survey's own lines."""
        lost = tuple(line for line in self.mined if not line.ahead)
        return self.won[:1] + lost[:1] or self.lines[:2]

    @property
    def hand(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.by_hand)

    @property
    def hand_won(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.by_hand and line.by_hand.lead > 0)


def answers(snap: Snapshot, baseline: str = BASELINE) -> list[Answer]:
    mine = counted(snap, baseline)
    claims = [c for c in snap.rows["claims"] if is_baseline(c["baseline_id"], baseline) and c["relation"] == "beats"]
    hand = _by_hand(snap, baseline)
    return [_answer(snap, key, title, mine, claims, hand) for key, title in CAPABILITIES.items()]


def _answer(
    snap: Snapshot,
    key: str,
    title: str,
    mine: Sequence[Counted],
    claims: Sequence[Row],
    hand: Mapping[str, ByHand],
) -> Answer:
    by_benchmark: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in mine:
        if snap.capabilities.get(one.row["benchmark_id"]) == key:
            by_benchmark[one.row["benchmark_id"]].append(one)
    ours = {benchmark: found for benchmark, found in hand.items() if snap.capabilities.get(benchmark) == key}
    names = list(dict.fromkeys([*by_benchmark, *ours]))
    lines = [_line(snap, name, by_benchmark.get(name, []), claims, ours.get(name)) for name in names]
    lines.sort(key=_attested)
    verdicts = Counter(
        c["verdict"] or "not judged" for c in claims if any(snap.capabilities.get(b) == key for b in c["benchmark_ids"])
    )
    return Answer(key, title, _word([x.word for x in lines]), tuple(lines), tuple(sorted(verdicts.items())))


def _attested(line: Line) -> tuple[float | str | bool, ...]:
    hand = line.by_hand
    return -line.n_papers, hand is None, -line.n_comparisons, -hand.lead if hand else 0.0, line.benchmark_id


def _word(words: Sequence[Word]) -> Word:
    order: tuple[Word, ...] = ("yes", "one", "on_par", "no")
    return next((word for word in order if word in words), "unknown")


def _line(
    snap: Snapshot, benchmark_id: str, rows: Sequence[Counted], claims: Sequence[Row], hand: ByHand | None
) -> Line:
    scales = Counter(one.percent for one in rows)
    percent = scales[True] >= scales[False]
    rows = [one for one in rows if one.percent == percent]
    says = [max(found, key=_order) for found in _by_paper(rows).values()]
    leads = sorted((one for one in says if one.row["relation"] == "beats"), key=_order)
    shown = leads[(len(leads) - 1) // 2] if leads else max(says, key=_order, default=None)
    word: Word = "unknown"
    if says:
        par = any(one.row["relation"] == "on_par" for one in says)
        word = "yes" if len(leads) > 1 else "one" if leads else "on_par" if par else "no"
    return Line(
        benchmark_id=benchmark_id,
        percent=percent,
        n_papers=len(says),
        n_comparisons=len(rows),
        ahead=len(leads),
        word=word,
        shown=shown,
        widest=leads[-1] if leads else None,
        since=min((one.date for one in leads if one.date), default=None),
        verdicts=_verdicts(claims, shown.row) if shown else (),
        by_hand=hand,
    )


def _order(one: Counted) -> tuple[float, str]:
    return one.lead, one.row["comparison_id"]


def _by_paper(rows: Sequence[Counted]) -> dict[str, list[Counted]]:
    out: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in rows:
        out[one.row["paper_id"]].append(one)
    return dict(out)


def _verdicts(claims: Sequence[Row], row: Row) -> tuple[str, ...]:
    mine = [
        c["verdict"] or "not judged"
        for c in claims
        if c["paper_id"] == row["paper_id"]
        and row["benchmark_id"] in c["benchmark_ids"]
        and (c["is_own"] or (c["subject_id"] is not None and c["subject_id"] == row["model_id"]))
    ]
    return tuple(sorted(set(mine)))


def _by_hand(snap: Snapshot, baseline: str) -> dict[str, ByHand]:
    """The survey's and its live page's rows by benchmark; the live page, being later, comes first."""
    out: dict[str, ByHand] = {}
    rows = [r for r in snap.rows["survey_results"] if r["score"] is not None and r["benchmark_id"]]
    for provenance in ("live_page", "survey"):
        for benchmark_id, cells in grouped((r for r in rows if r["provenance"] == provenance), "benchmark_id").items():
            theirs = [r for r in cells if r["is_baseline"] and r["model_id"] == baseline]
            mine = [r for r in cells if r["openness"] == "open"]
            sign = -1 if _lower_is_better(snap, benchmark_id) else 1
            if theirs and mine:
                best = max(mine, key=lambda r: (sign * r["score"], r["survey_id"]))
                found = ByHand(best, theirs[0], round(sign * (best["score"] - theirs[0]["score"]), 6))
                out.setdefault(benchmark_id, found)
    return out


def _lower_is_better(snap: Snapshot, benchmark_id: str) -> bool:
    metric = snap.metrics.get(snap.benchmarks.get(benchmark_id, {}).get("default_metric_id") or "")
    return metric is not None and metric["higher_is_better"] is False
