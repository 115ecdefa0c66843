"""Cells set half-way between rows, as `\\multirow` centres them: told from rows, and given the rows they stand amid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.records import Rule
from extractors.tables.columns import place
from extractors.tables.lines import Chunk, Line, Span, is_number
from extractors.tables.slots import Row

_DRIFT = 0.75  # of the pitch of the rows
_TOO_NEAR = 0.8  # of the type size: two lines of type do not stand so near each other
_HEADER_LINES = 6  # what has more lines is text
_LABEL_LEADING = 1.6  # lines of one label follow each other within this multiple of the type size


def part_floats(
    lines: Sequence[Line],
    columns: Sequence[Span],
    pitch: float,
    heights: Sequence[float],
    partial: Sequence[Rule],
    *,
    header: bool = False,
) -> tuple[list[Line], list[Line]]:
    """Lines that are rows, and lines between rows: fewer cells than both neighbours, in columns that both lack, and too
    close to both to be a row. `heights` are those of full rules,
    `partial` the shorter ones, `pitch` the usual distance of rows, in points. In a `header` the neighbours may have
    fewer cells: groups of columns above, and few columns with a second line."""
    kept: list[Line] = []
    floats: list[Line] = []
    header = header and len(lines) <= _HEADER_LINES
    for k, line in enumerate(lines):
        near = kept and k + 1 < len(lines) and _stands_amid(line, kept[-1], lines[k + 1], columns, partial)
        if near and (header or _are_alike(line, kept[-1], lines[k + 1], columns)):
            floats.append(line)
            continue
        before = next((n for n in reversed(kept) if len(n.chunks) > len(line.chunks)), None)
        after = next((n for n in lines[k + 1 :] if len(n.chunks) > len(line.chunks)), None)
        if before and after and _between(line, before, after, columns, pitch, heights, partial):
            floats.append(line)
        else:
            kept.append(line)
    return kept, floats


def _between(
    line: Line,
    before: Line,
    after: Line,
    columns: Sequence[Span],
    pitch: float,
    heights: Sequence[float],
    partial: Sequence[Rule],
) -> bool:
    up, down = line.baseline - before.baseline, after.baseline - line.baseline
    if up > 0.9 * pitch or down > 0.9 * pitch or up + down > 1.7 * pitch:
        return False
    if any(before.baseline < y < after.baseline for y in heights):
        return False
    if any(before.baseline < r.y0 < after.baseline and _is_under(line, r) for r in partial):
        return False
    mine = {_column(c, columns) for c in line.chunks}
    theirs = {place(c, columns)[0] for n in (before, after) for c in n.chunks}
    return not mine & theirs


def _stands_amid(line: Line, before: Line, after: Line, columns: Sequence[Span], partial: Sequence[Rule]) -> bool:
    """Whether a line stands nearer to one of its neighbours than a line of its own could, in columns that both lack."""
    up, down = line.baseline - before.baseline, after.baseline - line.baseline
    if min(up, down) > _TOO_NEAR * line.size or up + down > 2 * _LABEL_LEADING * line.size:
        return False
    if any(before.baseline < r.y0 < after.baseline and _is_under(line, r) for r in partial):
        return False
    mine, theirs = (_columns_of(ns, columns) for ns in ((line,), (before, after)))
    return not mine & theirs


def _are_alike(line: Line, before: Line, after: Line, columns: Sequence[Span]) -> bool:
    """Whether the neighbours of a line with a label are rows: with words in the same columns, two or more, and no lines
    of one cell, as numbers and what is said twice tell of a line that is more than a label."""
    mine, upper, lower = (_columns_of((n,), columns) for n in (line, before, after))
    if 0 not in mine or upper != lower or len(upper) < 2:
        return False
    said = [{c.text for c in n.chunks} for n in (before, after)]
    numbers = [any(map(is_number, texts)) for texts in said]
    return len(line.chunks) == 1 or all(numbers) or bool(said[0] & said[1])


def _is_under(line: Line, rule: Rule) -> bool:
    return any(rule.x0 <= (c.x0 + c.x1) / 2 <= rule.x1 for c in line.chunks)


def _columns_of(lines: Sequence[Line], columns: Sequence[Span]) -> set[int]:
    places = [place(c, columns) for n in lines for c in n.chunks]
    return {k for first, last in places for k in range(first, last + 1)}


def _column(chunk: Chunk, columns: Sequence[Span]) -> int:
    """The column of a floating chunk: that of its start, which rows beside it may leave narrower than it is."""
    first, last = place(chunk, columns)
    middle = (chunk.x0 + chunk.x1) / 2
    return first if first == 0 else min(range(first, last + 1), key=lambda k: abs(sum(columns[k]) / 2 - middle))


def settle(
    rows: Sequence[Row],
    floats: Sequence[Line],
    columns: Sequence[Span],
    full_rules: Sequence[float],
    partial: Sequence[Rule] = (),
    *,
    header: bool = False,
) -> None:
    """The words of floating lines to the rows they stand amid, all of a label to the first of them; `Row.reach` says
    over how many rows a cell goes. What stands amid no free rows joins the nearest row. In a `header` all that stands
    amid the same rows of a column is one label."""
    for col in range(len(columns)):
        heights = rules_over(columns[col], full_rules, partial)
        parts = [(n.baseline, c) for n in floats for c in n.chunks if _column(c, columns) == col]
        for start, stop, is_ruled in _blocks(rows, col, heights):
            mine = [(y, c) for y, c in parts if _amid(rows, start, stop, y)]
            parts = [p for p in parts if p not in mine]
            labels = [mine] if header and mine else _labels(mine)
            for k, label in enumerate(labels):
                middle = (label[0][0] + label[-1][0]) / 2
                if len(labels) == 1 and is_ruled and _is_near_middle(rows, start, stop, middle):
                    first, last = start, stop
                elif len(labels) == 1:
                    first, last = _symmetric(rows, start, stop, middle)
                else:
                    first, last = start, _end(rows, start, stop - (len(labels) - 1 - k), middle)
                    start = last + 1
                key = _free(label, rows[first : last + 1], columns) if header else None
                rows[first].cells[key or (col, col)] = [w for _, c in label for w in c.words]
                rows[first].reach[col] = last - first + 1
        for y, chunk in parts:
            _join(min(rows, key=lambda r: (abs(r.baseline - y), r.baseline)), col, y, chunk)


def _free(label: Sequence[tuple[float, Chunk]], rows: Sequence[Row], columns: Sequence[Span]) -> tuple[int, int] | None:
    """The first and last column over which a label stands, if no row has words there."""
    places = [place(c, columns) for _, c in label]
    first, last = min(a for a, _ in places), max(b for _, b in places)
    return None if any(a <= last and first <= b for row in rows for a, b in row.cells) else (first, last)


def rules_over(column: Span, full_rules: Sequence[float], partial: Sequence[Rule]) -> list[float]:
    """The heights of the rules that part the cells of a column: those over the whole width and those across its
    middle. A rule beside it, or under a number of another column, parts none of its cells."""
    middle = (column[0] + column[1]) / 2
    return [*full_rules, *(r.y0 for r in partial if r.x0 - 1 <= middle <= r.x1 + 1)]


def _join(row: Row, col: int, y: float, chunk: Chunk) -> None:
    """The words of a chunk to the cell of a row over a column, above or below the words that it holds."""
    key = next((k for k in row.cells if k[0] <= col <= k[1]), (col, col))
    there = row.cells.get(key, [])
    below = bool(there) and y > there[-1].baseline
    row.cells[key] = [*there, *chunk.words] if below else [*chunk.words, *there]


def _blocks(rows: Sequence[Row], col: int, heights: Sequence[float]) -> list[tuple[int, int, bool]]:
    """Runs of rows (first, last) that lack a cell in a column and have no rule between them, and whether a rule or the
    end of the rows bounds them on both sides."""
    n = len(rows)
    lacks = [not any(a <= col <= b for a, b in row.cells) for row in rows]
    ruled = [k in (0, n) or any(rows[k - 1].baseline < y < rows[k].baseline for y in heights) for k in range(n + 1)]
    out: list[tuple[int, int, bool]] = []
    start = 0
    for k in range(1, n + 1):
        if k < n and lacks[k] == lacks[k - 1] and not ruled[k]:
            continue
        if lacks[start]:
            out.append((start, k - 1, ruled[start] and ruled[k]))
        start = k
    return out


def _is_near_middle(rows: Sequence[Row], start: int, stop: int, y: float) -> bool:
    """Whether a label stands in the middle of rows, but for the drift by which rules and padding put it off."""
    if start == stop:
        return False
    pitch = (rows[stop].baseline - rows[start].baseline) / (stop - start)
    return abs(y - (rows[start].baseline + rows[stop].baseline) / 2) < _DRIFT * pitch


def _amid(rows: Sequence[Row], start: int, stop: int, y: float) -> bool:
    if start == stop:  # a row of several printed lines
        return rows[start].top < y < rows[start].bottom
    return rows[start].baseline < y < rows[stop].baseline


def _labels(parts: Sequence[tuple[float, Chunk]]) -> list[list[tuple[float, Chunk]]]:
    """Chunks below each other as labels: lines of one label follow each other closer than two labels, each amid rows of
    its own, can."""
    out: list[list[tuple[float, Chunk]]] = []
    for y, chunk in parts:
        if out and y - out[-1][-1][0] < _LABEL_LEADING * chunk.words[0].size:
            out[-1].append((y, chunk))
        else:
            out.append([(y, chunk)])
    return out


def _end(rows: Sequence[Row], start: int, stop: int, middle: float) -> int:
    """The last of the rows from `start` on, not beyond `stop`, amid which a label stands."""
    return min(
        range(start, max(start, stop) + 1), key=lambda k: abs(rows[start].baseline + rows[k].baseline - 2 * middle)
    )


def _symmetric(rows: Sequence[Row], start: int, stop: int, middle: float) -> tuple[int, int]:
    """The rows from `start` to `stop` that lie as far above `middle` as others below; a row that it meets is amid."""
    apart = [b.baseline - a.baseline for a, b in pairwise(rows[start : stop + 1])]
    near = min(range(start, stop + 1), key=lambda k: abs(rows[k].baseline - middle))
    if apart and abs(rows[near].baseline - middle) < 0.25 * min(apart):
        n = min(near - start, stop - near)
        return near - n, near + n
    gap = next((k for k, (a, b) in enumerate(pairwise(rows)) if a.baseline < middle <= b.baseline), start)
    above, below = gap - start + 1, stop - gap
    n = min(above, below)
    return (gap - n + 1, gap + n) if n > 0 else (start, stop)
