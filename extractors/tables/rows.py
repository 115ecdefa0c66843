"""Printed lines to rows: lines that only wrap a cell are joined, labels that float between rows find theirs."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from extractors.boxes import middle_x
from extractors.records import Rule, Word
from extractors.tables.columns import cut, place
from extractors.tables.floats import part_floats, settle
from extractors.tables.lines import Chunk, Line, Span, is_blank, is_number
from extractors.tables.settings import TableSettings
from extractors.tables.slots import Row, Slot
from extractors.tables.tight import parted_headers
from extractors.tables.wrapped import goes_on, label_goes_on, one_row, ruled_blocks


def cells_of(line: Line, columns: Sequence[Span], *, tight: bool) -> dict[tuple[int, int], list[Word]]:
    """The cells of a line by the first and last column that they stand over. `tight` cuts what bridges columns at the
    spaces that fall on their borders; parts that still share a column stay one cell."""
    out: dict[tuple[int, int], list[Word]] = {}
    for chunk in line.chunks:
        parts = cut(chunk, columns) if tight else [chunk]
        places = [place(p, columns) for p in parts]
        if any(a[1] >= b[0] for a, b in pairwise(places)):
            parts, places = [chunk], [place(chunk, columns)]
        for part, (first, last) in zip(parts, places, strict=True):
            key = (first, last)
            for other in [k for k in out if k[0] <= last and first <= k[1]]:
                key = (min(key[0], other[0]), max(key[1], other[1]))
                words = out.pop(other)
                out[key] = [*words, *out.pop(key, [])]
            out.setdefault(key, []).extend(part.words)
    return out


def _is_title(line: Line, columns: Sequence[Span]) -> bool:
    """Whether words alone on their line, from the left edge or centred, are the title of a group of rows over the whole
    width, whatever columns its words happen to stand over."""
    first, last = line.chunks[0], line.chunks[-1]
    if place(first, columns)[0] == place(last, columns)[1]:
        return False
    if any(is_number(c.text) or is_blank(c.text) for c in line.chunks):
        return False
    left, right = columns[0][0], columns[-1][1]
    centred = abs((first.x0 + last.x1) / 2 - (left + right) / 2) < line.size
    close = all(b.x0 - a.x1 < line.size for a, b in pairwise(line.chunks))
    return close and (centred or first.x0 - left < line.size)


def _keeps_to(line: Line, columns: Sequence[Span]) -> bool:
    """Whether a line has several runs of words, each of which begins where its column does."""
    return len(line.chunks) > 1 and all(abs(c.x0 - columns[place(c, columns)[0]][0]) < 1 for c in line.chunks)


def body_cells(lines: Sequence[Line], columns: Sequence[Span]) -> list[dict[tuple[int, int], list[Word]]]:
    """The cells of body lines; a title of rows is one cell. Where most lines look like titles, columns of text stand
    close to each other, and none is one."""
    titles = [_is_title(n, columns) for n in lines]
    parted = sum(t and len(n.chunks) > 1 for n, t in zip(lines, titles, strict=True))
    if parted > 0.5 * len(lines):
        titles = [False] * len(lines)
    titles = [t and not _keeps_to(n, columns) for n, t in zip(lines, titles, strict=True)]
    whole = (0, len(columns) - 1)
    return [
        {whole: [w for c in n.chunks for w in c.words]} if title else cells_of(n, columns, tight=True)
        for n, title in zip(lines, titles, strict=True)
    ]


def header_rows(
    lines: Sequence[Line],
    columns: Sequence[Span],
    full_rules: Sequence[float],
    partial: Sequence[Rule],
    settings: TableSettings,
) -> list[Row]:
    """Header lines as rows: lines that only wrap the words of the one above are joined to it; words between two lines
    stand over both."""
    pitch = 1.4 * max((n.size for n in lines), default=10.0)
    kept, floats = part_floats(lines, columns, pitch, full_rules, partial, header=True)
    rows: list[Row] = []
    for line in kept:
        parted = _parted(line, columns, settings, last=line is lines[-1])
        row = Row(line.top, line.baseline, line.bottom, cells_of(parted, columns, tight=False))
        last = rows[-1] if rows else None
        if last and _wraps(last, row, columns, partial, line.size, settings):
            absorb(last, row)
        else:
            rows.append(row)
    settle(rows, floats, columns, full_rules, partial, header=True)
    return rows


def _parted(line: Line, columns: Sequence[Span], settings: TableSettings, *, last: bool) -> Line:
    """A header line, words over several columns cut where they are the headers of these."""
    chunks: list[Chunk] = []
    for chunk in line.chunks:
        a, b = place(chunk, columns)
        chunks += parted_headers(chunk, columns[a : b + 1], line.size, settings, last=last)
    return Line(line.baseline, line.size, tuple(chunks))


def _wraps(
    last: Row, row: Row, columns: Sequence[Span], partial: Sequence[Rule], size: float, settings: TableSettings
) -> bool:
    """Whether a header line only goes on with the words of the line above: no rule between, and no cell above that is
    centred over several cells of this line."""
    if row.baseline - last.baseline >= 1.6 * size or any(last.baseline - 1 < r.y0 < row.baseline for r in partial):
        return False
    if any(a != b for a, b in last.cells):
        if _centred_under(last, row, settings):
            return True
        if len(row.cells) > len(last.cells):
            return False
    covered: set[int] = set()
    wide = 0
    for (a, b), words in sorted(last.cells.items()):
        middle = (words[0].bbox[0] + max(w.bbox[2] for w in words)) / 2
        off = abs(middle - (columns[a][0] + columns[b][1]) / 2)
        others = covered | {c for x, y in last.cells for c in range(x, y + 1)} - set(range(a, b + 1))
        start, end = centred_over(Slot(0, a, 1, b - a + 1, words), middle, columns, others, row, settings)
        if end - start > b - a and off > settings.centre_tolerance:
            return False
        wide += a > 0 and end > start
        covered |= set(range(start, end + 1))
    below = {c for x, y in row.cells for c in range(x, y + 1) if x > 0}
    beyond = sum(1 for a, _ in last.cells if a > 0)
    return not (beyond and wide == beyond and below <= covered)


def _centred_under(last: Row, row: Row, settings: TableSettings) -> bool:
    """Whether each cell of a line stands centred under one of the line above: the second line of wide headers."""
    pairs = list(zip(sorted(last.cells.items()), sorted(row.cells.items()), strict=False))
    return len(last.cells) == len(row.cells) and all(
        abs(middle_x(upper) - middle_x(lower)) < 0.5 * settings.centre_tolerance for (_, upper), (_, lower) in pairs
    )


def absorb(last: Row, row: Row) -> None:
    """The cells of `row` join those of `last` that share a column with them."""
    for key, words in row.cells.items():
        near = next((k for k in last.cells if k[0] <= key[1] and key[0] <= k[1]), None)
        if near is None:
            last.cells[key] = words
        else:
            merged = last.cells.pop(near) + words
            last.cells[(min(near[0], key[0]), max(near[1], key[1]))] = merged
    last.baseline, last.bottom = row.baseline, max(last.bottom, row.bottom)


def body_rows(
    lines: Sequence[Line], columns: Sequence[Span], full_rules: Sequence[float], partial: Sequence[Rule]
) -> list[Row]:
    """Body lines as rows: where rules part the rows of a table of text, all lines between two of them are one."""
    out: list[Row] = []
    done = 0
    for start, stop in ruled_blocks(lines, columns, full_rules, partial):
        out += _plain_rows(lines[done:start], columns, full_rules, partial)
        out.append(one_row(lines[start:stop], columns))
        done = stop
    return out + _plain_rows(lines[done:], columns, full_rules, partial)


def _plain_rows(
    lines: Sequence[Line], columns: Sequence[Span], full_rules: Sequence[float], partial: Sequence[Rule]
) -> list[Row]:
    """Lines as rows. A line without a first cell and without numbers continues the row above; cells that stand
    off the pitch of their neighbours are parts of labels over several rows."""
    heights = sorted([*full_rules, *(r.y0 for r in partial)])
    pitch = _pitch(lines, columns)
    kept, floats = part_floats(lines, columns, pitch, full_rules, partial)
    rows = [Row(n.top, n.baseline, n.bottom, c) for n, c in zip(kept, body_cells(kept, columns), strict=True)]
    out: list[Row] = []
    for k, row in enumerate(rows):
        if not out:
            out.append(row)
            continue
        last = out[-1]
        ruled = any(last.baseline < y < row.baseline for y in heights)
        above = row.baseline - last.baseline
        after = rows[k + 1].baseline - row.baseline if k + 1 < len(rows) else 1e9
        if not ruled and above < 1.1 * after and label_goes_on(last.cells, row.cells, columns):
            last.cells[(0, 0)] = [*last.cells[(0, 0)], *next(iter(row.cells.values()))]
            last.baseline, last.bottom = row.baseline, row.bottom
            continue
        close = above < 0.8 * pitch
        if not ruled and not row.numbers and above < 1.25 * pitch:
            has_label = any(a == 0 for a, _ in row.cells)
            wrapped = all(not is_blank(row.text(key)) for key in row.cells)
            full = len(columns) > 2 and not close and set(row.cells) >= {(c, c) for c in range(1, len(columns))}
            wraps = goes_on(last.cells, row.cells, columns) or (not has_label and wrapped and not full)
            if (wraps or (close and after > above - 0.5)) and not _are_two(last, row, floats):
                absorb(last, row)
                continue
        whole = (0, len(columns) - 1) in last.cells
        if close and not ruled and not whole and not last.numbers and len(last.cells) < len(row.cells):
            for key, words in last.cells.items():  # a label that begins above its row of numbers
                row.cells[key] = words + row.cells.get(key, [])
            row.top = last.top
            out[-1] = row
            continue
        out.append(row)
    settle(out, floats, columns, full_rules, partial)
    return out


def _are_two(last: Row, row: Row, floats: Sequence[Line]) -> bool:
    """Whether two lines with the same cells, a label half-way between them, say something twice: they are two rows."""
    return (
        any(last.baseline < n.baseline < row.baseline for n in floats)
        and last.cells.keys() == row.cells.keys()
        and any(last.text(key) == row.text(key) for key in row.cells)
    )


def _pitch(lines: Sequence[Line], columns: Sequence[Span]) -> float:
    """The usual distance of base lines, of rows with numbers where there are such."""
    gaps = [(b.baseline - a.baseline, _scores(a, columns) and _scores(b, columns)) for a, b in pairwise(lines)]
    dense = [g for g, both in gaps if both]
    if dense:
        return statistics.median(dense)
    full = [n for n in lines if len(n.chunks) >= min(0.8 * len(columns), len(columns) - 1)]
    if len(full) > 2 and len(columns) > 2:  # what stands between rows has fewer cells
        return statistics.median(b.baseline - a.baseline for a, b in pairwise(full))
    usual = statistics.median([g for g, _ in gaps] or [12.0])
    scored = [n for n in lines if _scores(n, columns)]
    if len(scored) < 0.4 * len(lines):
        return usual
    return min((b.baseline - a.baseline for a, b in pairwise(scored)), default=usual)


def _scores(line: Line, columns: Sequence[Span]) -> int:
    return sum(1 for c in line.chunks if is_number(c.text) and place(c, columns)[0] > 0)


def centred_over(
    slot: Slot, middle: float, columns: Sequence[Span], taken: set[int], below: Row, settings: TableSettings
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
