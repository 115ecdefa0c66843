"""The grid while it is being built: slots that hold words, rows that hold cells by their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.records import Word
from extractors.tables.lines import is_number, join_words


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
class Row:
    """A row while lines are joined: its base lines, its cells by (first, last) column."""

    top: float
    baseline: float
    bottom: float
    cells: dict[tuple[int, int], list[Word]]
    reach: dict[int, int] = field(default_factory=dict)  # rows that a cell of a column takes, where more than one

    def text(self, key: tuple[int, int]) -> str:
        return join_words(self.cells[key])

    @property
    def numbers(self) -> int:
        return sum(1 for k in self.cells if k[0] == k[1] and k[0] > 0 and is_number(self.text(k)))
