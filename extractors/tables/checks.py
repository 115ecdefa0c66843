"""What the reader finds wrong with its own grid. Each finding is a sentence; it lowers the confidence of the table."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extractors.records import Cell, Word
from extractors.tables.lines import is_number
from extractors.tables.settings import TableSettings

_DECIMAL = re.compile(r"(?<![\w.])[-−–+]?\d*\.\d+(?![\w.])")
_POINT = re.compile(r"^[^\d]*\d[\d,]*")


def self_check(cells: Sequence[Cell], words: Sequence[Word], settings: TableSettings) -> tuple[str, ...]:
    """The findings, in a fixed order: cells on one slot, lost or repeated words, crowded cells, ragged columns."""
    return (
        *_overlaps(cells),
        *_words(cells, words),
        *_crowded(cells),
        *_ragged(cells, statistics.median([w.size for w in words] or [10.0]), settings),
    )


def _overlaps(cells: Sequence[Cell]) -> Iterator[str]:
    slots = Counter(
        (r, c) for x in cells for r in range(x.row, x.row + x.row_span) for c in range(x.col, x.col + x.col_span)
    )
    twice = sum(n > 1 for n in slots.values())
    if twice:
        yield f"overlapping cells: {twice} places of the grid are taken twice"


def _words(cells: Sequence[Cell], words: Sequence[Word]) -> Iterator[str]:
    """Characters of the region against those of the cells; white space does not count."""
    there = Counter(ch for w in words for ch in w.text if not ch.isspace())
    read = Counter(ch for c in cells for ch in c.text if not ch.isspace())
    lost, twice = sum((there - read).values()), sum((read - there).values())
    if lost:
        yield f"{lost} characters of the region stand in no cell"
    if twice:
        yield f"{twice} characters stand in more cells than one"


def _crowded(cells: Sequence[Cell]) -> Iterator[str]:
    """Columns that hold one score a cell, save for a few cells with several: columns that ran together there."""
    body = [c for c in cells if not c.is_header]
    if sum(len(_DECIMAL.findall(c.text)) > 3 for c in body) * 5 > len(body):
        yield "several numbers in one cell"
        return
    columns: dict[int, list[int]] = defaultdict(list)
    for cell in body:
        bare = _DECIMAL.findall(cell.text)
        if bare and re.sub(r"\s", "", cell.text) == "".join(bare):
            columns[cell.col].append(len(bare))
    bad = sorted(c for c, counts in columns.items() if 0 < sum(n > 1 for n in counts) < 0.5 * len(counts))
    if bad:
        yield f"two numbers in one cell of column {', '.join(str(c + 1) for c in bad)}"


def _ragged(cells: Sequence[Cell], size: float, settings: TableSettings) -> Iterator[str]:
    """Columns of numbers that keep to no line: neither their left or right ends nor middles nor points are aligned."""
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if not cell.is_header and cell.col_span == 1 and is_number(cell.text):
            columns[cell.col].append(cell)
    slack = settings.ragged_em * size
    bad = [c for c, mine in sorted(columns.items()) if len(mine) >= 4 and _spread(mine) > slack]
    if bad:
        yield f"the numbers of column {', '.join(str(c + 1) for c in bad)} keep to no line"


def _spread(cells: Sequence[Cell]) -> float:
    """The least range, in points, that all but a tenth of the cells keep to, of four ways of aligning."""
    ways = (
        [c.bbox[0] for c in cells],
        [c.bbox[2] for c in cells],
        [(c.bbox[0] + c.bbox[2]) / 2 for c in cells],
        [_point(c) for c in cells],
    )
    return min(_range(sorted(way)) for way in ways)


def _range(values: Sequence[float]) -> float:
    keep = max(2, len(values) - len(values) // 10)
    return min(values[k + keep - 1] - values[k] for k in range(len(values) - keep + 1))


def _point(cell: Cell) -> float:
    """Where the whole part of a number ends, all characters held to be of one width."""
    match = _POINT.match(cell.text)
    share = match.end() / len(cell.text) if match else 1.0
    return cell.bbox[0] + share * (cell.bbox[2] - cell.bbox[0])
