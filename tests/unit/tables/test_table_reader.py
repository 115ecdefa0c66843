"""A table set by us comes back cell by cell."""

from __future__ import annotations

import pytest
from support.sample_tables import BOOKTABS, typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Cell, Table
from extractors.tables.reader import read_tables, with_context


@pytest.fixture(scope="module")
def table() -> Table:
    pages = read_pages(typeset(BOOKTABS))
    (found,) = read_tables(pages, find_captions(pages), "sample")
    return found


def cell(table: Table, row: int, col: int) -> Cell:
    return next(c for c in table.cells if c.row == row and c.col == col)


def test_label_and_caption_are_read(table: Table) -> None:
    assert table.label == "Table 1"
    assert table.caption == "Accuracy of invented models on two invented tests."


def test_shape_counts_headers_and_stub(table: Table) -> None:
    assert (table.n_rows, table.n_cols, table.n_header_rows, table.n_header_cols) == (7, 5, 2, 1)


def test_every_body_cell_is_where_it_was_set(table: Table) -> None:
    body = [[c.text for c in table.cells if c.row == row] for row in range(3, 7)]
    assert body == [
        ["Ostrich-XL", "71.2", "70.9", "55.0", "54.1"],
        ["Ostrich-S", "61.0", "60.2", "-", "44.4"],
        ["Open models"],
        ["Wren 7B", "72.5 (+1.3)", "71.0", "56.2", "53.9"],
    ]


def test_header_over_two_columns_spans_them(table: Table) -> None:
    assert (cell(table, 0, 1).text, cell(table, 0, 1).col_span) == ("QuizA", 2)
    assert (cell(table, 0, 3).text, cell(table, 0, 3).col_span) == ("QuizB", 2)


def test_group_row_is_one_header_cell_over_all_columns(table: Table) -> None:
    group = cell(table, 2, 0)
    assert (group.text, group.col_span, group.is_header) == ("Closed models", 5, True)


def test_stub_is_header_and_scores_are_not(table: Table) -> None:
    assert cell(table, 3, 0).is_header
    assert not cell(table, 3, 1).is_header


def test_underlined_cell_is_marked(table: Table) -> None:
    assert [c.text for c in table.cells if c.underline] == ["53.9"]


def test_no_self_check_complains(table: Table) -> None:
    assert table.warnings == ()


def test_kind_comes_with_its_reason(table: Table) -> None:
    assert table.kind == "results"
    assert "%" in table.kind_reason


def test_cells_lie_within_the_table(table: Table) -> None:
    x0, y0, x1, y1 = table.bbox
    assert all(x0 - 2 <= c.bbox[0] and c.bbox[2] <= x1 + 2 and y0 - 2 <= c.bbox[1] <= y1 for c in table.cells)


@pytest.mark.parametrize(
    ("sentence", "names_it"),
    [
        ("Table 1 shows it.", True),
        ("See Tables 1 and 2.", True),
        ("Table 12 shows it.", False),
        ("Table 1.2 shows it.", False),
        ("Figure 1 shows it.", False),
    ],
)
def test_context_holds_the_sentences_that_name_the_table(table: Table, sentence: str, names_it: bool) -> None:
    assert (with_context(table, [sentence]).context == (sentence,)) is names_it


def test_same_bytes_give_the_same_tables() -> None:
    pdf = typeset(BOOKTABS)
    pages = read_pages(pdf)
    again = read_pages(pdf)
    assert read_tables(pages, find_captions(pages), "x") == read_tables(again, find_captions(again), "x")
