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
_SCORED_LABEL = re.compile(r"^.*[a-z]{2}.*\s[-−–+]?\d*\.\d+%?$", re.I)
_HYPHENED = re.compile(r"[a-z]-$")
_POINT = re.compile(r"^[^\d]*\d[\d,]*")


def self_check(
    cells: Sequence[Cell], words: Sequence[Word], settings: TableSettings, n_header_rows: int = 1
) -> tuple[str, ...]:
    """The findings, in a fixed order: cells on one slot, lost or repeated words, crowded cells, ragged columns, cells
    that ran together, rows that fell apart, text taken for a table."""
    body = [c for c in cells if c.row >= n_header_rows]
    n_cols = max((c.col + c.col_span for c in cells), default=0)
    return (
        *_overlaps(cells),
        *_words(cells, words),
        *_crowded(cells),
        *_ragged(cells, statistics.median([w.size for w in words] or [10.0]), settings),
        *_merged([c for c in cells if c.row + c.row_span == n_header_rows], body, n_cols),
        *(_torn(body) if n_cols > 1 else ()),
        *_running(body, n_cols),
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


def _merged(last_heads: Sequence[Cell], body: Sequence[Cell], n_cols: int) -> Iterator[str]:
    """Words over several columns where each has its own: in the last header row, in a label that took in a score."""
    if any(c.col_span > 2 or c.col_span == n_cols > 1 for c in last_heads if " " in c.text):
        yield "a header of several words stands over several columns and has none below it"
    scored = {c.col for c in body if c.col_span == 1 and _DECIMAL.search(c.text)}
    for cell in (c for c in body if c.is_header):
        last = cell.col + cell.col_span - 1
        if cell.col < last < n_cols - (cell.col == 0) and last in scored and _SCORED_LABEL.match(cell.text):
            yield "a label and a number in one cell"
            return


def _torn(body: Sequence[Cell]) -> Iterator[str]:
    """Words that a hyphen parts and that go on in the cell below: lines of one cell read as rows."""
    at = {(c.row, c.col): c for c in body}
    torn = 0
    for cell in body:
        below = at.get((cell.row + cell.row_span, cell.col))
        torn += below is not None and bool(_HYPHENED.search(cell.text) and below.text[:1].islower())
    if torn > 1:
        yield f"words are parted between rows in {torn} places"


def _running(body: Sequence[Cell], n_cols: int) -> Iterator[str]:
    """Text: nearly all rows one cell over all columns, or cells that hold a small word each."""
    rows = {c.row for c in body}
    whole = sum(c.col_span == n_cols for c in body)
    if n_cols == 1:
        yield "lines of text in one column"
    elif len(rows) > 3 and whole > 0.7 * len(rows):
        yield f"{whole} of {len(rows)} rows are one cell over all columns"
    elif n_cols > 6 and sum(c.text.isalpha() and c.text.islower() for c in body) > 0.4 * len(body):
        yield "most cells hold one small word"


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
