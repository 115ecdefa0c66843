"""Which of several rows of a table stand for a system: its best variation, and the strongest run of its rival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.claims.verdict_pairs import Pair
from extractors.records import Result


def best_rows(pairs: Sequence[Pair]) -> list[Pair]:
    """One row of the subject and one of the baseline for each table: the best variation of the paper's own system,
    and the strongest row of a baseline that is run in several ways."""
    by_table: dict[str, dict[tuple[str, str], list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for p in pairs:
        by_table[p.subject.table_id][_row(p.subject), _row(p.baseline)].append(p)
    out: list[Pair] = []
    for sides in by_table.values():
        rows = sorted({b for _, b in sides})
        strongest = max(rows, key=lambda b: max(_level(sides[k], "baseline") for k in sides if k[1] == b))
        mine = [k for k in sides if k[1] == strongest]
        out += sides[max(mine, key=lambda k: _lead(sides[k]))]
    return out


def _row(result: Result) -> str:
    """What tells the runs of one model apart: its printed name and the setting."""
    return f"{result.model_raw}|{result.setting or ''}|{result.prompting or ''}|{result.n_shots}"


def _lead(pairs: Sequence[Pair]) -> tuple[int, float, float]:
    """How good a variation is: scores it has, share of them that are better, mean lead."""
    better = sum(1 for p in pairs if p.share > 0) / len(pairs)
    return len(pairs), better, sum(p.weight for p in pairs) / len(pairs)


def _level(pairs: Sequence[Pair], side: str) -> tuple[int, float]:
    scores = [getattr(p, side) for p in pairs]
    return len(pairs), sum(r.score if p.up else -r.score for p, r in zip(pairs, scores, strict=True)) / len(pairs)
