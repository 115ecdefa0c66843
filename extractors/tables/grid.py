"""From lines and columns to a grid of slots: header, body, group rows and stub put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.records import Rule
from extractors.tables.floats import rules_over
from extractors.tables.headers import header_lines, inner_headers, widen_headers
from extractors.tables.lines import Line, Span, is_blank, is_number, join_words
from extractors.tables.rows import body_rows, header_rows
from extractors.tables.settings import TableSettings
from extractors.tables.slots import Grid, Row, Slot
from extractors.tables.spans import stretch_labels

# Numbers with a unit of time, store or power; sizes of models (`7B`) name rows.
_MEASURE = re.compile(
    r"^[~∼≈]?\d[\d,]*\.?\d*\s?(?:[mµ]?s|sec|min|h|hrs?|hours|days|[KMGT]B|k?Wh?|MWh)[*†]?(?:\s*\(.*\))?$"
)


def build_grid(
    lines: Sequence[Line],
    columns: Sequence[Span],
    full_rules: Sequence[float],
    inner_rules: Sequence[Rule],
    settings: TableSettings,
) -> Grid:
    """The grid of a region whose lines and columns are known; `full_rules` are heights of rules over its width."""
    n_head = header_lines(lines, full_rules, columns)
    partial = [r for r in inner_rules if not any(abs(r.y0 - y) < 1 for y in full_rules)]
    head = header_rows(lines[:n_head], columns, full_rules, partial, settings)
    body = body_rows(lines[n_head:], columns, full_rules, partial)
    slots = [s for r, row in enumerate(head) for s in _slots(row, r)]
    widen_headers(slots, head, columns, partial, settings)
    grid = Grid(len(head) + len(body), len(columns), len(head), 0, slots)
    grid.n_header_cols = _stub_columns(body, len(columns))
    again = inner_headers(body, head, full_rules)
    for k, row in enumerate(body):
        at = len(head) + k
        if any(k in run for run in again):
            grid.group_rows.add(at)
        elif _is_group(row, len(columns)) and grid.n_header_cols < len(columns):
            grid.group_rows.add(at)
            words = [w for key in sorted(row.cells) for w in row.cells[key]]
            slots.append(Slot(at, 0, 1, len(columns), words))
        else:
            slots.extend(_slots(row, at))
    for run in again:
        mine = [s for r, k in enumerate(run) for s in _slots(body[k], r)]
        widen_headers(mine, [body[k] for k in run], columns, partial, settings)
        slots.extend(replace(s, row=s.row + len(head) + run[0]) for s in mine)
    stretch_labels(grid, body, [rules_over(c, full_rules, partial) for c in columns])
    return grid


def _slots(row: Row, at: int) -> list[Slot]:
    return [Slot(at, a, row.reach.get(a, 1), b - a + 1, words) for (a, b), words in sorted(row.cells.items())]


def _stub_columns(body: Sequence[Row], n_cols: int) -> int:
    """Leading columns that name things: mostly words, with a column of numbers still to come."""
    share = []
    for c in range(n_cols):
        cells = [r.text(k) for r in body for k in r.cells if k == (c, c)]
        texts = [t for t in cells if not is_blank(t)]
        marks = bool(cells) and not texts  # ticks and crosses are data
        measures = sum(is_number(t) or _MEASURE.match(t) is not None for t in texts)
        share.append(measures / len(texts) if texts else float(marks))
    n = 0
    while n < n_cols - 1 and share[n] < 0.4 and (n == 0 or any(s >= 0.4 for s in share[n + 1 :])):
        n += 1
    return n


def _is_group(row: Row, n_cols: int) -> bool:
    if len(row.cells) != 1 or n_cols < 2:
        return False
    (a, b), words = next(iter(row.cells.items()))
    return not is_number(join_words(words)) and (a == 0 or b > a or 0 < a < n_cols - 1)
