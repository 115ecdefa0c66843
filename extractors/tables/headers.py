"""Which lines of a table are its header, and over which columns a header stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.boxes import middle_x
from extractors.records import Rule
from extractors.tables.columns import place
from extractors.tables.lines import Line, Span, is_blank, is_number
from extractors.tables.rows import centred_over
from extractors.tables.settings import TableSettings
from extractors.tables.slots import Row, Slot


def header_lines(lines: Sequence[Line], full_rules: Sequence[float], columns: Sequence[Span]) -> int:
    """How many leading lines are header: those above the first inner rule, if no row of data stands among them and
    one stands below; else those above the first row of data."""
    if len(columns) < 2:  # a box of text
        return 0
    ruled = _ruled_off(lines, full_rules)
    data = [i for i, n in enumerate(lines) if _is_data(n, columns) and not (i < ruled and _counts(lines, i, columns))]
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


def _ruled_off(lines: Sequence[Line], full_rules: Sequence[float]) -> int:
    """How many lines stand above the first rule that has lines on both sides."""
    above = (sum(1 for n in lines if n.baseline < y) for y in full_rules[1:-1])
    return next((n for n in above if 0 < n < len(lines)), 0)


def _counts(lines: Sequence[Line], at: int, columns: Sequence[Span]) -> bool:
    """Whether the numbers of a line name columns (`8k`, `20 50 100`): whole ones, over an empty stub or over scores."""
    beyond = [c.text for c in lines[at].chunks if place(c, columns)[0] > 0]
    if not all(t.isdigit() for t in beyond if is_number(t)):
        return False
    if all(place(c, columns)[0] > 0 for c in lines[at].chunks):
        return True
    scores = [c.text for n in lines[at + 1 :] for c in n.chunks if place(c, columns)[0] > 0 and is_number(c.text)]
    return sum("." in t for t in scores) > 0.8 * len(scores) > 0


def _before_data(lines: Sequence[Line], first_data: int) -> int:
    """The lines above the first data row, less a group row right above it."""
    n = first_data
    while n > 1 and len(lines[n - 1].chunks) == 1:
        n -= 1
    return n


def _is_data(line: Line, columns: Sequence[Span]) -> bool:
    beyond = [c for c in line.chunks if place(c, columns)[0] > 0 and not is_blank(c.text)]  # `-` tells nothing
    numbers = sum(1 for c in beyond if is_number(c.text) and not _is_year_like(c.text))
    return numbers > 0 and numbers >= 0.4 * len(beyond)


def _is_year_like(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1990 <= int(text) <= 2035


def inner_headers(body: Sequence[Row], head: Sequence[Row], full_rules: Sequence[float]) -> list[range]:
    """Runs of body rows that are a header again: between two rules over the whole width, below and above others,
    without numbers, and most of what the last one says over the columns is what the last header row says there."""
    if not head or not any(row.numbers for row in body):
        return []
    edges = [k for k in range(1, len(body)) if any(body[k - 1].baseline < y < body[k].baseline for y in full_rules)]
    out = []
    for start, stop in pairwise(edges):
        if stop - start > len(head) or any(row.numbers for row in body[start:stop]):
            continue
        last = body[stop - 1]
        beyond = [key for key in last.cells if key[0] > 0]
        same = sum(key in head[-1].cells and head[-1].text(key) == last.text(key) for key in beyond)
        if same > 1 and 2 * same > len(beyond):
            out.append(range(start, stop))
    return out


def widen_headers(
    slots: list[Slot], head: Sequence[Row], columns: Sequence[Span], partial: Sequence[Rule], settings: TableSettings
) -> None:
    """A header over several columns takes those that the rule below it covers, else the free ones it is centred on."""
    for r, row in enumerate(head[:-1]):
        mine = [s for s in slots if s.row == r]
        taken = {c for s in mine for c in range(s.col, s.col + s.col_span)}
        ruled = any(row.baseline - 1 < p.y0 < head[r + 1].baseline for p in partial)
        if not ruled and _tile(mine, head[r + 1], columns, settings):
            continue
        for slot in mine:
            middle = middle_x(slot.words)
            rule = next(
                (p for p in partial if row.baseline - 1 < p.y0 < head[r + 1].baseline and p.x0 - 1 < middle < p.x1 + 1),
                None,
            )
            own = set(range(slot.col, slot.col + slot.col_span))
            if rule is not None:
                under = [k for k, c in enumerate(columns) if rule.x0 - 2 < sum(c) / 2 < rule.x1 + 2]
                beside = [s for s in mine if rule.x0 - 1 < middle_x(s.words) < rule.x1 + 1]
                if len(beside) > 1 and len(under) > len(beside):
                    under = _share(beside, under, columns)[beside.index(slot)]
                under = [k for k in under if k in own or k not in taken]
                if under:
                    slot.col, slot.col_span = under[0], under[-1] - under[0] + 1
                    taken |= set(under)
                continue
            if ruled:
                continue  # other headers of this row are ruled: this one stands alone
            a, b = centred_over(slot, middle, columns, taken - own, head[r + 1], settings)
            slot.col, slot.col_span = a, b - a + 1
            taken |= set(range(a, b + 1))


def _tile(slots: Sequence[Slot], below: Row, columns: Sequence[Span], settings: TableSettings) -> bool:
    """Whether the headers of a row, two or more, stand over all columns with a header below, or over all but the first,
    each in the middle of its own; they are given them."""
    heads = sorted((s for s in slots if s.row_span == 1), key=lambda s: s.col)
    filled = sorted(c for a, b in below.cells for c in range(a, b + 1))
    found = []
    for under in (filled, filled[1:]):
        if not 1 < len(heads) < len(under) or under[-1] - under[0] + 1 > len(under):
            continue
        shares = _share(heads, under, columns)
        offs = [
            abs(middle_x(s.words) - (columns[cols[0]][0] + columns[cols[-1]][1]) / 2)
            for s, cols in zip(heads, shares, strict=True)
        ]
        if max(offs) <= settings.centre_tolerance:
            found.append((sum(offs), shares))
    if not found:
        return False
    for slot, cols in zip(heads, min(found)[1], strict=True):
        slot.col, slot.col_span = cols[0], len(cols)
    return True


def _share(headers: Sequence[Slot], under: Sequence[int], columns: Sequence[Span]) -> list[list[int]]:
    """The columns under one rule shared out to the headers above it, so that each stands as near as can be to the
    middle of its share. Dynamic programming over (headers, columns) served so far."""
    best: list[list[tuple[float, list[int]]]] = [[(0.0, [0])]]
    for i, header in enumerate(headers):
        middle = middle_x(header.words)
        row: list[tuple[float, list[int]]] = []
        for end in range(i + 1, len(under) - (len(headers) - 1 - i) + 1):
            row.append(
                min(
                    (
                        cost + abs(middle - (columns[under[cuts[-1]]][0] + columns[under[end - 1]][1]) / 2),
                        [*cuts, end],
                    )
                    for cost, cuts in best[-1]
                    if cuts[-1] < end
                )
            )
        best.append(row)
    cuts = best[-1][-1][1]
    return [list(under[a:b]) for a, b in pairwise(cuts)]
