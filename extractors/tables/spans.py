"""Labels of the stub over the rows that they name."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Word
from extractors.tables.lines import is_blank, is_number
from extractors.tables.slots import Grid, Row, Slot

_LEADING = 1.6  # base lines of one label follow each other within this multiple of its type size
_LEVEL = 0.3  # of the type size, by which words on one level may differ in height
_DRIFT = 0.4  # of a row, by which rules and padding put a label off the middle of its rows

_Label = list[list[Word]]  # its printed lines


def stretch_labels(grid: Grid, body: Sequence[Row], heights: Sequence[Sequence[float]]) -> None:
    """Labels of the outer stub columns over the rows they name: those between two rules, or down to the next label.
    `heights` are those of the rules that part the cells of each column."""
    head = grid.n_header_rows
    _stretch_numbers(grid, body, heights)
    for col in range(grid.n_header_cols):
        inner = col == grid.n_header_cols - 1  # names rows one by one, save where each stands amid several
        if inner and grid.n_cols < 3:
            continue
        blocks = _blocks(grid, body, heights[col])
        for block in blocks:
            _name_rows(grid, body, block, col, inner=inner)
        have = {r: s for s in grid.slots if s.col == col and s.row >= head for r in range(s.row, s.row + s.row_span)}
        for block in blocks:
            _stretch(block, have, only_centred=inner)


def _blocks(grid: Grid, body: Sequence[Row], heights: Sequence[float]) -> list[list[int]]:
    """Runs of rows of the grid with neither a rule nor a group row between them."""
    out: list[list[int]] = [[]]
    for k in range(len(body)):
        at = grid.n_header_rows + k
        ruled = k > 0 and any(body[k - 1].baseline < y < body[k].baseline for y in heights)
        if ruled or at in grid.group_rows:
            out.append([])
        if at not in grid.group_rows:
            out[-1].append(at)
    return [b for b in out if b]


def _name_rows(grid: Grid, body: Sequence[Row], block: Sequence[int], col: int, *, inner: bool) -> None:
    """The labels of a block whose first row has none: each over the rows in the middle of which it stands, where the
    rows of all labels make up the block. Cells on neighbouring lines that fit so only together are one label."""
    mine = [s for s in grid.slots if s.col == col and s.row in block]
    each = sorted((_lines(s) for s in mine), key=lambda n: n[0][0].baseline)
    rows = [body[r - grid.n_header_rows] for r in block]
    if not mine or any(s.col_span > 1 or is_blank(s.text) or is_number(s.text) for s in mine):
        return
    if each[0][0][0].bbox[1] - rows[0].top < _LEVEL * each[0][0][0].size:
        return
    for labels in (each, _joined(each)):
        spans = [(0, len(rows) - 1)] if len(labels) == 1 and not inner and _is_amid(labels[0], rows) else None
        spans = spans or _shares(rows, labels)
        if spans is not None:
            grid.slots[:] = [s for s in grid.slots if s not in mine]
            for (first, last), label in zip(spans, labels, strict=True):
                grid.slots.append(Slot(block[first], col, last - first + 1, 1, [w for line in label for w in line]))
            return


def _lines(slot: Slot) -> _Label:
    """The printed lines of a cell: words on one base line."""
    out: _Label = []
    for k, word in enumerate(slot.words):
        if k and abs(word.baseline - slot.words[k - 1].baseline) < 0.7 * word.size:  # scripts stand nearer
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _joined(labels: Sequence[_Label]) -> list[_Label]:
    """The labels, those on neighbouring lines as one."""
    out: list[_Label] = []
    for label in labels:
        first = label[0][0]
        if out and first.baseline - out[-1][-1][0].baseline < _LEADING * first.size:
            out[-1] = [*out[-1], *label]
        else:
            out.append(label)
    return out


def _is_amid(label: _Label, rows: Sequence[Row]) -> bool:
    """Whether all lines of a label stand below the first of the rows and above the last."""
    slack = _LEVEL * label[0][0].size
    return label[0][0].bbox[1] - rows[0].top > slack and rows[-1].bottom - label[-1][0].bbox[3] > slack


def _shares(rows: Sequence[Row], labels: Sequence[_Label]) -> list[tuple[int, int]] | None:
    """The first and last row of each label, one after the other, so that each stands in the middle of its rows (one
    label alone may be off by twice as much); None where one does not, or rows are left over."""
    out: list[tuple[int, int]] = []
    start = 0
    pitch = (rows[-1].bottom - rows[0].top) / len(rows)
    for label in labels:
        if start == len(rows):
            return None
        middle = (label[0][0].bbox[1] + label[-1][0].bbox[3]) / 2
        off, end = min((abs((rows[start].top + rows[k].bottom) / 2 - middle), k) for k in range(start, len(rows)))
        if len(labels) == 1:
            off, end = abs((rows[0].top + rows[-1].bottom) / 2 - middle) / 2, len(rows) - 1
        if off > _DRIFT * pitch or not _fits(label, rows[start : end + 1]):
            return None
        out.append((start, end))
        start = end + 1
    return out if start == len(rows) else None


def _fits(label: _Label, rows: Sequence[Row]) -> bool:
    """Whether the lines of a label stand amid rows, and one that is level with a row, in the middle one."""
    if len(label) > 1:
        return _is_amid(label, rows)
    word = label[0][0]
    slack = _LEVEL * word.size
    level = [k for k, row in enumerate(rows) if abs(row.top + row.bottom - word.bbox[1] - word.bbox[3]) < 2 * slack]
    return not level or 2 * level[0] == len(rows) - 1


def _stretch_numbers(grid: Grid, body: Sequence[Row], heights: Sequence[Sequence[float]]) -> None:
    """Cells beyond the stub over the rows between two rules, where each block of a column, of three rows or more, holds
    one cell alone, in its middle row."""
    for col in range(grid.n_header_cols, grid.n_cols):
        blocks = _blocks(grid, body, heights[col])
        if grid.group_rows or len(blocks) < 2 or any(len(b) < 3 or len(b) % 2 == 0 for b in blocks):
            continue
        mine = [s for s in grid.slots if s.row >= grid.n_header_rows and s.col <= col < s.col + s.col_span]
        alone = all(s.row_span == s.col_span == 1 for s in mine)
        if alone and [s.row for s in mine] == [b[len(b) // 2] for b in blocks]:
            for slot, block in zip(mine, blocks, strict=True):
                slot.row, slot.row_span = block[0], len(block)


def _stretch(block: list[int], have: dict[int, Slot], *, only_centred: bool) -> None:
    labels = [r for r in block if r in have]
    if not labels or len(labels) == len(block) or any(have[r].col_span > 1 or have[r].row_span > 1 for r in labels):
        return
    if only_centred and (len(labels) != 1 or labels[0] == block[0] or 2 * labels[0] != block[0] + block[-1]):
        return
    if labels[0] == block[0]:
        ends = [*labels[1:], block[-1] + 1]
        for r, end in zip(labels, ends, strict=True):
            have[r].row_span = end - r
        return
    if len(labels) == 1:
        have[labels[0]].row, have[labels[0]].row_span = block[0], block[-1] - block[0] + 1
