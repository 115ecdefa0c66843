"""Header cells that are centred over several columns, but were read as the header of one: which columns they are over.

Geometry only. A header is over the run of columns whose middle is its own; columns may also be under none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from extractors.records import Cell, Table

_BRACKETS = re.compile(r"\([^()]*\)")
_NAMED_BRACKETS = re.compile(r"[^()]*\w[^()]*\([^()]*\)")
_UNDER_NONE = 0.3  # cost of a column under no header, in widths of a column: half a column off the middle costs more
Slots = Mapping[tuple[int, int], Cell]


def names_of_brackets(table: Table, slots: Slots) -> dict[int, str]:
    """By column, the name that a header of brackets alone stands under: in `(em) | ASQA (rg) | (pre)` all three are of
    ASQA, since the name is centred over them."""
    r = table.n_header_rows - 1
    over = [cell.text for c in range(table.n_header_cols, table.n_cols) if (cell := slots.get((r, c))) is not None]
    if r < 0 or not any(text.lstrip().startswith("(") for text in over):  # as in most tables
        return {}
    found = _columns(table, slots)
    if found is None:
        return {}
    cols, xs, width = found
    row = [slots.get((r, c)) for c in cols]
    texts = [cell.text.strip() if cell is not None else "" for cell in row]
    free = [bool(_BRACKETS.fullmatch(t)) for t in texts]
    heads = [i for i, t in enumerate(texts) if not free[i] and _NAMED_BRACKETS.fullmatch(t)]
    if not heads or not any(free):
        return {}
    return {
        cols[i]: texts[head][: texts[head].rindex("(")].strip()
        for head, start, end in _runs(xs, width, row, heads, free)
        for i in range(start, end)
        if free[i]
    }


def spread_headers(table: Table, slots: Slots) -> dict[tuple[int, int], Cell]:
    """The slots that a centred header takes up besides its own, in header rows that have another below."""
    out: dict[tuple[int, int], Cell] = {}
    found = _columns(table, slots) if table.n_header_rows > 1 else None
    if found is None:
        return out
    cols, xs, width = found
    for r in range(table.n_header_rows - 1):
        row = [slots.get((r, c)) for c in cols]
        free = [_is_free(row[i], slots.get((r + 1, c))) for i, c in enumerate(cols)]
        heads = [i for i, cell in enumerate(row) if _is_head(cell, slots.get((r + 1, cols[i])))]
        if not heads or not any(free):
            continue
        below = [cell.text.strip() if (cell := slots.get((r + 1, c))) is not None else "" for c in cols]
        for head, start, end in _periods(heads, free, below) or _runs(xs, width, row, heads, free):
            cell = row[head]
            if cell is not None:
                out.update({(r, cols[i]): cell for i in range(start, end)})
    return out or _even_runs(table, slots, cols, xs, width)


def _even_runs(
    table: Table, slots: Slots, cols: Sequence[int], xs: Sequence[float], width: float
) -> dict[tuple[int, int], Cell]:
    """The same for headers that were given the few columns that their words reach over: believed where all columns of
    the table fall into runs of one length, each centred under one of them."""
    top = table.n_header_rows
    for r in range(top - 1):
        row = [slots.get((r, c)) for c in cols]
        heads = list(dict.fromkeys(cell for cell in row if cell is not None and cell.text.strip()))
        is_over = all(any(_text_at(slots, k, c) for k in range(r + 1, top)) for c in cols)
        length, rest = divmod(len(cols), max(len(heads), 1))
        if not heads or rest or not is_over or all(cell.col_span >= length for cell in heads):
            continue
        runs = [(cell, range(k * length, (k + 1) * length)) for k, cell in enumerate(heads)]
        off = [abs((cell.bbox[0] + cell.bbox[2]) / 2 - (xs[run[0]] + xs[run[-1]]) / 2) for cell, run in runs]
        if max(off) < 0.5 * width and all(
            row[i] in (None, cell) or not _text_at(slots, r, cols[i]) for cell, run in runs for i in run
        ):
            return {(r, cols[i]): cell for cell, run in runs for i in run}
    return {}


def _text_at(slots: Slots, r: int, c: int) -> str:
    cell = slots.get((r, c))
    return cell.text.strip() if cell is not None else ""


def _columns(table: Table, slots: Slots) -> tuple[list[int], list[float], float] | None:
    """The data columns, their middles and their usual width; None where they are too few or not in order."""
    cols = list(range(table.n_header_cols, table.n_cols))
    xs = [x for c in cols if (x := _middle(table, slots, c)) is not None]
    if len(cols) < 3 or len(xs) < len(cols) or any(b <= a for a, b in pairwise(xs)):
        return None
    return cols, xs, median(b - a for a, b in pairwise(xs))


def _is_free(cell: Cell | None, below: Cell | None) -> bool:
    return (cell is None or not cell.text.strip()) and below is not None and bool(below.text.strip())


def _is_head(cell: Cell | None, below: Cell | None) -> bool:
    """A header of one column with another header below it."""
    return (
        cell is not None
        and bool(cell.text.strip())
        and cell.col_span == 1
        and below is not None
        and below is not cell
        and bool(below.text.strip())
    )


def _middle(table: Table, slots: Slots, col: int) -> float | None:
    """The middle of a column's body, by its cells of one column."""
    found = [
        (cell.bbox[0] + cell.bbox[2]) / 2
        for r in range(table.n_header_rows, table.n_rows)
        if (cell := slots.get((r, col))) is not None and cell.col_span == 1 and cell.text.strip()
    ]
    return median(found) if found else None


def _periods(heads: Sequence[int], free: Sequence[bool], below: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of one length, where what stands below repeats itself from header to header, wherever in its run each
    header stands (`EM F1 EM F1`); empty where nothing repeats."""
    if len(heads) < 2:
        return []
    period = heads[1] - heads[0]
    n = len(below)
    start = heads[0] % period if not all(free[: heads[0]]) else 0
    is_even = all(b - a == period for a, b in pairwise(heads)) and (n - start) == period * len(heads)
    if period < 2 or not is_even or any(below[i] != below[i + period] for i in range(start, n - period)):
        return []
    return [(head, start + k * period, start + (k + 1) * period) for k, head in enumerate(heads)]


def _runs(
    xs: Sequence[float], width: float, row: Sequence[Cell | None], heads: Sequence[int], free: Sequence[bool]
) -> list[tuple[int, int, int]]:
    """The cheapest parting of columns into runs, each with one header in it and free columns around: (header, start,
    end). Costs are the distances of each header from the middle of its run, and of columns under none."""
    n = len(xs)
    best: list[tuple[float, list[tuple[int, int, int]]]] = [(0.0, [])]
    for end in range(1, n + 1):
        last = end - 1
        options = []
        if last not in heads:
            options.append((best[last][0] + (_UNDER_NONE if free[last] else 0.0), best[last][1]))
        for head in heads:
            for start in range(head + 1):
                if head >= end or not all(free[i] or i == head for i in range(start, end)):
                    continue
                cell = row[head]
                at = (cell.bbox[0] + cell.bbox[2]) / 2 if cell is not None else xs[head]
                off = abs(at - (xs[start] + xs[end - 1]) / 2) / width
                options.append((best[start][0] + off, [*best[start][1], (head, start, end)]))
        best.append(min(options, key=lambda o: (o[0], len(o[1]))))
    return best[n][1]
