"""From lines and columns to a grid of slots: wrapped lines, header spans, group rows, labels over several rows."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.records import Rule, Word
from extractors.tables.columns import Span, cut, place
from extractors.tables.lines import Line, is_blank, is_number, join_words
from extractors.tables.settings import TableSettings


@dataclass(slots=True)
class Slot:
    """A cell while the grid is being built; `words` in reading order."""

    row: int
    col: int
    row_span: int
    col_span: int
    words: list[Word]

    @property
    def text(self) -> str:
        return join_words(self.words)


@dataclass(slots=True)
class Grid:
    n_rows: int
    n_cols: int
    n_header_rows: int
    n_header_cols: int
    slots: list[Slot]
    group_rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Row:
    """A row while lines are joined: its base lines, its cells by (first, last) column."""

    top: float
    baseline: float
    bottom: float
    cells: dict[tuple[int, int], list[Word]]

    def text(self, key: tuple[int, int]) -> str:
        return join_words(self.cells[key])

    @property
    def numbers(self) -> int:
        return sum(1 for k in self.cells if k[0] == k[1] and k[0] > 0 and is_number(self.text(k)))


def build_grid(
    lines: Sequence[Line],
    columns: Sequence[Span],
    full_rules: Sequence[float],
    inner_rules: Sequence[Rule],
    settings: TableSettings,
) -> Grid:
    """The grid of a region whose lines and columns are known; `full_rules` are heights of rules over its width."""
    n_head = _header_lines(lines, full_rules, columns)
    partial = [r for r in inner_rules if not any(abs(r.y0 - y) < 1 for y in full_rules)]
    head = _header_rows(lines[:n_head], columns, partial, settings)
    body = _body_rows(lines[n_head:], columns, full_rules, partial)
    slots = [s for r, row in enumerate(head) for s in _slots(row, r)]
    _widen_headers(slots, head, columns, partial, settings)
    grid = Grid(len(head) + len(body), len(columns), len(head), 0, slots)
    grid.n_header_cols = _stub_columns(body, len(columns))
    for k, row in enumerate(body):
        at = len(head) + k
        if _is_group(row, len(columns)) and grid.n_header_cols < len(columns):
            grid.group_rows.add(at)
            words = [w for key in sorted(row.cells) for w in row.cells[key]]
            slots.append(Slot(at, 0, 1, len(columns), words))
        else:
            slots.extend(_slots(row, at))
    _stretch_labels(grid, body, [*full_rules, *(r.y0 for r in partial)])
    return grid


def _slots(row: _Row, at: int) -> list[Slot]:
    return [Slot(at, a, 1, b - a + 1, words) for (a, b), words in sorted(row.cells.items())]


def _header_lines(lines: Sequence[Line], full_rules: Sequence[float], columns: Sequence[Span]) -> int:
    """How many leading lines are header: those above the first inner rule, if no row of data stands among them and
    one stands below; else those above the first row of data."""
    data = [i for i, n in enumerate(lines) if _is_data(n, columns)]
    first_data = data[0] if data else None
    inner = list(full_rules[1:-1])
    for rule in inner:
        above = sum(1 for n in lines if n.baseline < rule)
        if above == 0:
            continue
        if first_data is None or above <= first_data:
            below = [
                n for n in lines[above:] if len(inner) > 1 and n.baseline < next((r for r in inner if r > rule), 1e9)
            ]
            second_header = first_data is not None and below and not any(_is_data(n, columns) for n in below)
            if second_header and len(below) <= 2 and all(len(n.chunks) > 1 for n in below):
                continue
            return above
        break
    if first_data is None:
        return 1 if len(lines) > 1 else 0
    return _before_data(lines, first_data)


def _before_data(lines: Sequence[Line], first_data: int) -> int:
    """The lines above the first data row, less a group row right above it."""
    n = first_data
    while n > 1 and len(lines[n - 1].chunks) == 1:
        n -= 1
    return n


def _is_data(line: Line, columns: Sequence[Span]) -> bool:
    beyond = [c for c in line.chunks if place(c, columns)[0] > 0]
    numbers = sum(1 for c in beyond if is_number(c.text) and not _is_year_like(c.text))
    return numbers > 0 and numbers >= 0.4 * len(beyond)


def _is_year_like(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1990 <= int(text) <= 2035


def _cells(line: Line, columns: Sequence[Span], *, tight: bool) -> dict[tuple[int, int], list[Word]]:
    out: dict[tuple[int, int], list[Word]] = {}
    for chunk in line.chunks:
        for part in cut(chunk, columns) if tight else [chunk]:
            out.setdefault(place(part, columns), []).extend(part.words)
    return out


def _body_cells(line: Line, columns: Sequence[Span]) -> dict[tuple[int, int], list[Word]]:
    """The cells of a body line. Words alone on their line, from the left edge or centred, are one cell over the whole
    width: the title of a group of rows, whatever columns its words happen to stand over."""
    first, last = line.chunks[0], line.chunks[-1]
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.chunks)]
    numbers = any(is_number(c.text) or is_blank(c.text) for c in line.chunks)
    left, right = columns[0][0], columns[-1][1]
    centred = abs((first.x0 + last.x1) / 2 - (left + right) / 2) < line.size
    crosses = place(first, columns)[0] != place(last, columns)[1]
    if crosses and not numbers and all(g < line.size for g in gaps) and (centred or first.x0 - left < line.size):
        return {(0, len(columns) - 1): [w for c in line.chunks for w in c.words]}
    return _cells(line, columns, tight=True)


def _header_rows(
    lines: Sequence[Line], columns: Sequence[Span], partial: Sequence[Rule], settings: TableSettings
) -> list[_Row]:
    """Header lines as rows: lines that only wrap the words of the one above are joined to it."""
    rows: list[_Row] = []
    for line in lines:
        cells = _cells(line, columns, tight=False)
        row = _Row(line.top, line.baseline, line.bottom, cells)
        last = rows[-1] if rows else None
        if last and _wraps(last, row, columns, partial, line.size, settings):
            _absorb(last, row)
        else:
            rows.append(row)
    return rows


def _wraps(
    last: _Row, row: _Row, columns: Sequence[Span], partial: Sequence[Rule], size: float, settings: TableSettings
) -> bool:
    """Whether a header line only goes on with the words of the line above: no rule between, and no cell above that is
    centred over several cells of this line."""
    if row.baseline - last.baseline >= 1.6 * size or any(last.baseline - 1 < r.y0 < row.baseline for r in partial):
        return False
    if any(a != b for a, b in last.cells) and len(row.cells) > len(last.cells):
        return False
    covered: set[int] = set()
    wide = 0
    for (a, b), words in sorted(last.cells.items()):
        middle = (words[0].bbox[0] + max(w.bbox[2] for w in words)) / 2
        off = abs(middle - (columns[a][0] + columns[b][1]) / 2)
        others = covered | {c for x, y in last.cells for c in range(x, y + 1)} - set(range(a, b + 1))
        start, end = _centred(Slot(0, a, 1, b - a + 1, words), middle, columns, others, row, settings)
        if end - start > b - a and off > settings.centre_tolerance:
            return False
        wide += a > 0 and end > start
        covered |= set(range(start, end + 1))
    below = {c for x, y in row.cells for c in range(x, y + 1) if x > 0}
    beyond = sum(1 for a, _ in last.cells if a > 0)
    return not (beyond and wide == beyond and below <= covered)


def _absorb(last: _Row, row: _Row) -> None:
    """The cells of `row` join those of `last` that share a column with them."""
    for key, words in row.cells.items():
        near = next((k for k in last.cells if k[0] <= key[1] and key[0] <= k[1]), None)
        if near is None:
            last.cells[key] = words
        else:
            merged = last.cells.pop(near) + words
            last.cells[(min(near[0], key[0]), max(near[1], key[1]))] = merged
    last.baseline, last.bottom = row.baseline, max(last.bottom, row.bottom)


def _widen_headers(
    slots: list[Slot], head: Sequence[_Row], columns: Sequence[Span], partial: Sequence[Rule], settings: TableSettings
) -> None:
    """A header over several columns takes those that the rule below it covers, else the free ones it is centred on."""
    for r, row in enumerate(head[:-1]):
        mine = [s for s in slots if s.row == r]
        taken = {c for s in mine for c in range(s.col, s.col + s.col_span)}
        for slot in mine:
            x0, x1 = slot.words[0].bbox[0], max(w.bbox[2] for w in slot.words)
            middle = (x0 + x1) / 2
            rule = next(
                (p for p in partial if row.baseline - 1 < p.y0 < head[r + 1].baseline and p.x0 - 1 < middle < p.x1 + 1),
                None,
            )
            own = set(range(slot.col, slot.col + slot.col_span))
            if rule is not None:
                under = [k for k, c in enumerate(columns) if rule.x0 - 2 < sum(c) / 2 < rule.x1 + 2]
                under = [k for k in under if k in own or k not in taken]
                if under:
                    slot.col, slot.col_span = under[0], under[-1] - under[0] + 1
                    taken |= set(under)
                continue
            if any(row.baseline - 1 < p.y0 < head[r + 1].baseline for p in partial):
                continue  # other headers of this row are ruled: this one stands alone
            a, b = _centred(slot, middle, columns, taken - own, head[r + 1], settings)
            slot.col, slot.col_span = a, b - a + 1
            taken |= set(range(a, b + 1))


def _centred(
    slot: Slot, middle: float, columns: Sequence[Span], taken: set[int], below: _Row, settings: TableSettings
) -> tuple[int, int]:
    filled = {c for a, b in below.cells for c in range(a, b + 1)}
    best = (slot.col, slot.col + slot.col_span - 1)
    if slot.col not in filled:
        return best
    for a in range(slot.col, -1, -1):
        if a in taken or (a not in filled):
            break
        for b in range(slot.col + slot.col_span - 1, len(columns)):
            if b in taken or b not in filled:
                break
            centre = (columns[a][0] + columns[b][1]) / 2
            if abs(centre - middle) <= settings.centre_tolerance and b - a > best[1] - best[0]:
                best = (a, b)
    return best


def _body_rows(
    lines: Sequence[Line], columns: Sequence[Span], full_rules: Sequence[float], partial: Sequence[Rule]
) -> list[_Row]:
    """Body lines as rows. A line without a first cell and without numbers continues the row above; a line with only a
    first cell that stands off the pitch of its neighbours is part of a label over several rows."""
    rows = [_Row(n.top, n.baseline, n.bottom, _body_cells(n, columns)) for n in lines]
    gaps = [b.baseline - a.baseline for a, b in pairwise(rows)]
    dense = [g for g, a, b in zip(gaps, rows, rows[1:], strict=False) if a.numbers and b.numbers]
    pitch = statistics.median(dense or gaps or [12.0])
    out: list[_Row] = []
    heights = sorted([*full_rules, *(r.y0 for r in partial)])
    for k, row in enumerate(rows):
        last = out[-1] if out else None
        ruled = last is not None and any(last.baseline < y < row.baseline for y in heights)
        if last is not None and not ruled and not row.numbers and row.baseline - last.baseline < 1.25 * pitch:
            has_label = any(a == 0 for a, _ in row.cells)
            close = row.baseline - last.baseline < 0.8 * pitch
            after = rows[k + 1].baseline - row.baseline if k + 1 < len(rows) else 1e9
            wrapped = all(not is_blank(row.text(key)) for key in row.cells)
            if (not has_label and wrapped) or (close and after > row.baseline - last.baseline - 0.5):
                _absorb(last, row)
                continue
        near = last is not None and not ruled and row.baseline - last.baseline < 0.8 * pitch
        if last is not None and near and not last.numbers and len(last.cells) < len(row.cells):
            for key, words in last.cells.items():  # a label that begins above its row of numbers
                row.cells[key] = words + row.cells.get(key, [])
            row.top = last.top
            out[-1] = row
            continue
        out.append(row)
    return out


def _stub_columns(body: Sequence[_Row], n_cols: int) -> int:
    """Leading columns that name things: mostly words, with a column of numbers still to come."""
    share = []
    for c in range(n_cols):
        texts = [r.text(k) for r in body for k in r.cells if k == (c, c) and not is_blank(r.text(k))]
        share.append(sum(map(is_number, texts)) / len(texts) if texts else 0.0)
    n = 0
    while n < n_cols - 1 and share[n] < 0.4 and (n == 0 or any(s >= 0.4 for s in share[n + 1 :])):
        n += 1
    return n


def _is_group(row: _Row, n_cols: int) -> bool:
    if len(row.cells) != 1 or n_cols < 2:
        return False
    (a, b), words = next(iter(row.cells.items()))
    return not is_number(join_words(words)) and (a == 0 or b > a or 0 < a < n_cols - 1)


def _stretch_labels(grid: Grid, body: Sequence[_Row], heights: Sequence[float]) -> None:
    """Labels of the outer stub columns over the rows they name: those between two rules, or down to the next label."""
    head = grid.n_header_rows
    for col in range(max(0, grid.n_header_cols - 1)):
        have = {s.row: s for s in grid.slots if s.col == col and s.row >= head}
        block: list[int] = []
        for k in range(len(body)):
            at = head + k
            ruled = k > 0 and any(body[k - 1].baseline < y < body[k].baseline for y in heights)
            if at in grid.group_rows or ruled:
                _stretch(block, have)
                block = []
            if at not in grid.group_rows:
                block.append(at)
        _stretch(block, have)


def _stretch(block: list[int], have: dict[int, Slot]) -> None:
    labels = [r for r in block if r in have]
    if not labels or len(labels) == len(block) or any(have[r].col_span > 1 for r in labels):
        return
    if labels[0] == block[0]:
        ends = [*labels[1:], block[-1] + 1]
        for r, end in zip(labels, ends, strict=True):
            have[r].row_span = end - r
        return
    start = block[0]
    for i, r in enumerate(labels):  # centred labels: as many rows below as above
        limit = labels[i + 1] - 1 if i + 1 < len(labels) else block[-1]
        end = min(limit, 2 * r - start + 1) if i + 1 < len(labels) else block[-1]
        have[r].row, have[r].row_span = start, max(r, end) - start + 1
        start = have[r].row + have[r].row_span
