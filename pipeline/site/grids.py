"""A table as read, ready for HTML: rows of cells with their spans, and the results that stand in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.site.snapshot import Row


@dataclass(frozen=True, slots=True)
class GridCell:
    text: str
    row_span: int
    col_span: int
    is_header: bool
    is_column_header: bool
    bold: bool
    underline: bool
    anchors: tuple[str, ...]


def grid(table: Row, results: Sequence[Row]) -> list[list[GridCell | None]]:
    """Rows of cells; None stands for a slot that no cell covers. Where two cells claim a slot the first keeps it."""
    here: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for result in results:
        here[result["row"], result["col"]].append(result["result_id"])
    taken: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], GridCell] = {}
    for cell in sorted(table["cells"], key=lambda c: (c["row"], c["col"])):
        row, col = cell["row"], cell["col"]
        rows, cols = _span(cell["row_span"], table["n_rows"] - row), _span(cell["col_span"], table["n_cols"] - col)
        while cols > 1 and any((row, c) in taken for c in range(col, col + cols)):
            cols -= 1
        if (row, col) in taken:
            continue
        slots = {(r, c) for r in range(row, row + rows) for c in range(col, col + cols)}
        if slots & taken:
            rows, slots = 1, {(row, c) for c in range(col, col + cols)}
        taken |= slots
        placed[row, col] = GridCell(
            text=cell["text"],
            row_span=rows,
            col_span=cols,
            is_header=bool(cell["is_header"]),
            is_column_header=row < table["n_header_rows"],
            bold=bool(cell["bold"]),
            underline=bool(cell["underline"]),
            anchors=tuple(here.get((row, col), ())),
        )
    return [
        [placed.get((r, c)) for c in range(table["n_cols"]) if (r, c) in placed or (r, c) not in taken]
        for r in range(table["n_rows"])
    ]


def _span(span: int, room: int) -> int:
    return max(1, min(span, room))
