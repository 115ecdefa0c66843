"""Tables that rules do not frame, and what looks like them and is none."""

from __future__ import annotations

import pymupdf
import pytest

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

GRID = [
    ["Bird", "Speed", "Weight", "Span"],
    ["Wren", "12.5", "0.1", "15"],
    ["Rook", "40.0", "0.5", "90"],
    ["Heron", "35.2", "1.9", "180"],
]


def tables(rows: list[list[str]], *, caption: str | None = None, walls: bool = False) -> tuple[Table, ...]:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    page.insert_text((50, 60), "Birds of many kinds are told apart here by the way in which they fly.", fontname="tiro")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            page.insert_text((60 + 90 * c, 120 + 14 * r), text, fontname="tiro", fontsize=10)
    if walls:
        page.draw_line((140, 108), (140, 112 + 14 * len(rows)), width=0.4)
    if caption:
        page.insert_text((60, 140 + 14 * len(rows)), caption, fontname="tiro", fontsize=10)
    pages = read_pages(document.tobytes())
    return read_tables(pages, find_captions(pages), "sample")


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == r] for r in range(table.n_rows)]


def test_numbers_in_columns_are_a_table_without_rules_or_caption() -> None:
    (found,) = tables(GRID)
    assert texts(found) == GRID


def test_words_in_two_columns_are_a_table_where_a_vertical_rule_parts_them() -> None:
    rows = [["nest", "twigs"], ["egg", "speckled"], ["wing", "long"]]
    (found,) = tables(rows, walls=True)
    assert texts(found) == rows


def test_words_in_two_columns_without_rule_or_caption_are_none() -> None:
    assert tables([["nest", "twigs"], ["egg", "speckled"], ["wing", "long"]]) == ()


def test_numbers_above_the_caption_of_a_figure_are_none() -> None:
    assert tables(GRID, caption="Figure 1: Speeds of birds.") == ()


@pytest.mark.parametrize("caption", ["Table 1: Speeds of birds.", "Table 2. Speeds of birds."])
def test_caption_below_names_a_table_without_rules(caption: str) -> None:
    (found,) = tables(GRID, caption=caption)
    assert found.label == caption[:7]


def test_text_of_a_narrow_column_set_with_wide_spaces_is_no_row_of_the_table_below_it() -> None:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for k, line in enumerate(("a wren builds a small nest close", "to the old wall each year, and", "another one.")):
        x = 60.0
        for word in line.split():
            page.insert_text((x, 84 + 12 * k), word, fontname="tiro", fontsize=10)
            x += pymupdf.get_text_length(word, "tiro", 10) + (7 if k < 2 else 2.5)
    for r, row in enumerate(GRID):
        for c, text in enumerate(row):
            page.insert_text((60 + 90 * c, 120 + 14 * r), text, fontname="tiro", fontsize=10)
    (found,) = read_tables(read_pages(document.tobytes()), (), "sample")
    assert texts(found) == GRID


def test_rows_beside_which_vertical_rules_go_on_belong_to_the_table() -> None:
    grid = [
        ["Bird", "Speed", "Nest", "Call"],
        ["Wren", "12.5", "moss", "loud"],
        ["Rook", "40.0", "twigs", "hoarse"],
        ["Heron", "35.2", "reeds", "harsh"],
        ["Owl", "slow", "none", "soft"],  # words alone: no row of scores that follows at the pitch of lines
    ]
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            page.insert_text((60 + 90 * c, 120 + 14 * r), text, fontname="tiro", fontsize=10)
    for y in (109, 124, 166):  # round the header and below the last row but one
        page.draw_line((55, y), (400, y), width=0.5)
    for x in (140, 230, 320):
        page.draw_line((x, 108), (x, 181), width=0.5)
    (found,) = read_tables(read_pages(document.tobytes()), (), "sample")
    assert texts(found) == grid
