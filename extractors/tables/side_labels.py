"""Labels written upwards or downwards left of a table: a stub column of their own, each over the rows beside it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from extractors.boxes import union
from extractors.records import Rule, Word
from extractors.tables.slots import Grid, Slot

_SPACE_EM = 0.45  # words of one line of a label are no further apart than this
_LEADING_EM = 0.7  # nor its lines: the white between them


def add_side_labels(grid: Grid, words: Sequence[Word], left: float, rules: Sequence[Rule]) -> None:
    """Puts the sideways words that stand left of the first column, at x = `left`, before it as a column of row headers.
    A label goes over the rows between the nearest rules above and below it, or, without rules, halfway to the next
    label. Words that stand elsewhere are left out."""
    sideways = [w for w in words if w.direction in (90, 270)]
    labels = [g for g in _labels(sideways) if max(w.bbox[2] for w in g) < left]
    heights = _row_heights(grid)
    if not labels or not heights:
        return
    for slot in grid.slots:
        slot.col += 0 if _is_whole(slot, grid) else 1
        slot.col_span += 1 if _is_whole(slot, grid) else 0
    grid.n_cols += 1
    grid.n_header_cols += 1
    boxes = [union([w.bbox for w in g]) for g in labels]
    middles = [(b[1] + b[3]) / 2 for b in boxes]
    halves = [(a + b) / 2 for a, b in pairwise(middles)]
    for k, (label, box) in enumerate(zip(labels, boxes, strict=True)):
        cuts = [r.y0 for r in rules if r.x0 - 2 <= (box[0] + box[2]) / 2 <= r.x1 + 2]
        upper = max([*(y for y in cuts if y < middles[k]), *halves[:k][-1:]], default=float("-inf"))
        lower = min([*(y for y in cuts if y > middles[k]), *halves[k : k + 1]], default=float("inf"))
        mine = [r for r, y in heights.items() if upper < y < lower and r not in grid.group_rows]
        body = [r for r in mine if r >= grid.n_header_rows] or mine
        if body:
            grid.slots.append(Slot(min(body), 0, max(body) - min(body) + 1, 1, list(label)))


def _is_whole(slot: Slot, grid: Grid) -> bool:
    return slot.col == 0 and slot.col_span >= grid.n_cols


def _labels(words: Sequence[Word]) -> list[list[Word]]:
    """Sideways words that touch, as labels from top to bottom, each in its order of reading."""
    out: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.bbox[1], w.bbox[0])):
        near = [g for g in out if any(_touch(word, o) for o in g)]
        out = [g for g in out if g not in near]
        out.append([*(w for g in near for w in g), word])
    return sorted((_in_order(g) for g in out), key=lambda g: min(w.bbox[1] for w in g))


def _touch(a: Word, b: Word) -> bool:
    size = max(a.size, b.size)
    across, along = (max(a.bbox[i] - b.bbox[i + 2], b.bbox[i] - a.bbox[i + 2]) for i in (0, 1))
    return a.direction == b.direction and across < _LEADING_EM * size and along < _SPACE_EM * size


def _in_order(words: list[Word]) -> list[Word]:
    if words[0].direction == 270:  # upwards: lines from left to right, words from the bottom
        return sorted(words, key=lambda w: (round(w.bbox[0] / w.size), -w.bbox[3]))
    return sorted(words, key=lambda w: (-round(w.bbox[0] / w.size), w.bbox[1]))


def _row_heights(grid: Grid) -> dict[int, float]:
    """The y of the middle of each row, from the cells of one row."""
    found: dict[int, list[float]] = {}
    for slot in grid.slots:
        if slot.row_span == 1 and slot.words:
            box = union([w.bbox for w in slot.words])
            found.setdefault(slot.row, []).append((box[1] + box[3]) / 2)
    return {r: statistics.median(ys) for r, ys in sorted(found.items())}
