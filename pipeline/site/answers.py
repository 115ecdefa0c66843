"""The question of the survey, a capability at a time: does an open model beat the closed baseline?

Answers rest on `comparisons` alone: two scores of one table. What a text claims is counted beside, never mixed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot

BASELINE = "gpt-3.5-turbo"
Word = Literal["yes", "on_par", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`since` is the earliest win by date of paper, `best` the widest win relative to the baseline's score."""

    capability: str
    title: str
    word: Word
    wins: int
    pars: int
    losses: int
    n_papers: int
    since: Row | None
    best: Row | None
    nearest: Row | None
    verdicts: tuple[tuple[str, int], ...]


def is_baseline(model_id: str | None, family: str = BASELINE) -> bool:
    """Whether an id is a closed baseline or one of its dated snapshots; `gpt-4` means no `gpt-4o-mini`."""
    if not model_id or not model_id.startswith(family):
        return False
    rest = model_id[len(family) :]
    return not rest or (rest[0] == "-" and "mini" not in rest and "nano" not in rest)


def lead(comparison: Row) -> float:
    """The margin as a share of the baseline's score, by which wins on different scales are put in order."""
    base = abs(comparison["baseline_score"])
    return float(comparison["margin"]) / base if base else float(comparison["margin"])


def answers(snap: Snapshot, baseline: str = BASELINE) -> list[Answer]:
    mine = [c for c in snap.rows["comparisons"] if is_baseline(c["baseline_id"], baseline)]
    claims = [c for c in snap.rows["claims"] if is_baseline(c["baseline_id"], baseline) and c["relation"] == "beats"]
    return [
        _answer(snap, key, title, [c for c in mine if c["capability"] == key], claims)
        for key, title in CAPABILITIES.items()
    ]


def _answer(snap: Snapshot, key: str, title: str, rows: Sequence[Row], claims: Sequence[Row]) -> Answer:
    counts = Counter(row["relation"] for row in rows)
    wins = [row for row in rows if row["relation"] == "beats"]
    word: Word = "yes" if wins else "on_par" if counts["on_par"] else "no" if rows else "unknown"
    verdicts = Counter(
        c["verdict"] or "not judged"
        for c in claims
        if any(snap.benchmarks.get(b, {}).get("capability") == key for b in c["benchmark_ids"])
    )
    return Answer(
        capability=key,
        title=title,
        word=word,
        wins=counts["beats"],
        pars=counts["on_par"],
        losses=counts["behind"],
        n_papers=len({row["paper_id"] for row in rows}),
        since=min(wins, key=lambda c: (snap.published(c["paper_id"]) or "9999", c["comparison_id"]), default=None),
        best=max(wins, key=lambda c: (lead(c), c["comparison_id"]), default=None),
        nearest=max(rows, key=lambda c: (lead(c), c["comparison_id"]), default=None),
        verdicts=tuple(sorted(verdicts.items())),
    )
