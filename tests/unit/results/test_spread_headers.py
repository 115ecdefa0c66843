"""Headers centred over several columns, read as the header of one of them. Columns are 10 points wide."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.grid_tables import grid

from extractors.records import Cell, Table
from extractors.results.spread import names_of_brackets, spread_headers


def placed(text: str, middles: dict[str, float]) -> Table:
    """A table of two header rows whose cells stand in the middle of their columns, save those named."""
    table = grid(text, head=2)

    def at(cell: Cell) -> Cell:
        x = middles.get(cell.text, 10.0 * cell.col + 5)
        return replace(cell, bbox=(x - 2, 0.0, x + 2, 1.0))

    return replace(table, cells=tuple(map(at, table.cells)))


def spread(table: Table) -> dict[int, str]:
    slots = {(c.row, c.col): c for c in table.cells}
    return {col: cell.text for (row, col), cell in spread_headers(table, slots).items() if row == 0}


THREE = " | | GPT-4 | | | BM25 | \nTest | N1 | N3 | N5 | N1 | N3 | N5\nAll | 1 | 2 | 3 | 4 | 5 | 6"


def test_headers_in_the_middle_of_three_columns() -> None:
    assert spread(placed(THREE, {})) == dict(zip(range(1, 7), ["GPT-4"] * 3 + ["BM25"] * 3, strict=True))


def test_a_header_between_two_columns() -> None:
    table = placed(" | NQ | | \nTest | EM | F1 | Size\nAll | 1 | 2 | 3", {"NQ": 20.0})
    assert spread(table) == {1: "NQ", 2: "NQ"}


def test_headers_at_the_left_of_columns_that_repeat_themselves() -> None:
    table = placed(" | NQ | | TQA | \nTest | EM | F1 | EM | F1\nAll | 1 | 2 | 3 | 4", {})
    assert spread(table) == {1: "NQ", 2: "NQ", 3: "TQA", 4: "TQA"}


def test_headers_at_the_left_of_columns_of_their_own_stay_where_they_are() -> None:
    table = placed(" | NQ | | TQA\nTest | EM | F1 | Acc\nAll | 1 | 2 | 3", {})
    assert spread(table) == {1: "NQ", 3: "TQA"}


@pytest.mark.parametrize("text", ["Test | NQ | TQA\n | EM | F1\nAll | 1 | 2", " | NQ | \nTest | | F1\nAll | 1 | 2"])
def test_nothing_is_spread_where_no_column_lacks_a_header(text: str) -> None:
    assert spread(placed(text, {})) == {}


def test_a_name_among_brackets_is_of_all_that_it_is_centred_over() -> None:
    text = " | Short | Long | < | < | <\nTest | Bio (FS) | (em) | ASQA (rg) | (pre) | NQ (em)\nAll | 1 | 2 | 3 | 4 | 5"
    table = placed(text, {})
    slots = {(c.row, c.col): c for c in table.cells}
    assert names_of_brackets(table, slots) == {2: "ASQA", 4: "ASQA"}
