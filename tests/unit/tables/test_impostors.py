"""What stands in rows and columns without a caption and is no table. Each case begins from a table that is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

BIRDS = [
    ["Bird", "Speed", "Weight", "Span"],
    ["Wren", "12.5", "0.1", "15"],
    ["Rook", "40.0", "0.5", "90"],
    ["Heron", "35.2", "1.9", "180"],
]
TOP, LEFT, PITCH, STEP = 120.0, 60.0, 14.0, 90.0


def tables(
    rows: list[list[str]], draw: Callable[[Any], None] | None = None, *, ruled: bool = True
) -> tuple[Table, ...]:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            page.insert_text((LEFT + STEP * c, TOP + PITCH * r), text, fontname="tiro", fontsize=10)
    bottom = TOP + PITCH * (len(rows) - 1) + 5
    for y in (TOP - 11, TOP + 4, bottom):
        page.draw_line((LEFT, y), (LEFT + 4 * STEP, y), width=0.6)
    if draw:
        draw(page)
    pages = read_pages(document.tobytes())
    return read_tables(pages, find_captions(pages), "sample")


def curve(page: Any) -> None:
    page.draw_curve((70, 160), (150, 120), (250, 110), width=1)


def slanted_line(page: Any) -> None:
    page.draw_line((70, 160), (250, 110), width=1)


def bars(page: Any) -> None:
    for k in range(3):
        page.draw_rect((110 + 90 * k, 130 - 8 * k, 122 + 90 * k, 165), fill=(0.2, 0.4, 0.9), color=None)


def cell_fills(page: Any) -> None:
    for x in range(60, 420, 90):
        page.draw_rect((x, 124, x + 40, 138), fill=(0.8, 0.9, 0.8), color=None, overlay=False)


def grid_of_a_plot(page: Any) -> None:
    for k in range(20):
        page.draw_line((100, 111 + 2.5 * k), (104, 111 + 2.5 * k), width=0.4)


def markers(page: Any) -> None:
    for k in range(12):
        x, y = 100 + 5 * (k % 4), 111 + 14 * (k // 4)
        page.draw_rect((x, y, x + 3, y + 3), fill=(0.2, 0.4, 0.9), color=None)


def picture(page: Any) -> None:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 4, 4), False)
    page.insert_image((100, 125, 130, 150), pixmap=pixels, keep_proportion=False)


def pale_bars(page: Any) -> None:
    for k in range(3):
        page.draw_rect((110 + 90 * k, 130 - 8 * k, 122 + 90 * k, 165), fill=(0.97, 0.97, 0.97), color=None)


def page_frame(page: Any) -> None:
    page.draw_oval((1, 1, 499, 399), width=1)


@pytest.mark.parametrize("draw", [None, cell_fills, page_frame, pale_bars])
def test_a_ruled_table_is_found_whatever_lies_behind_it(draw: Callable[[Any], None] | None) -> None:
    (found,) = tables(BIRDS, draw)
    assert [c.text for c in found.cells if c.row == 3] == BIRDS[3]


@pytest.mark.parametrize("draw", [curve, slanted_line, bars, grid_of_a_plot, markers, picture])
def test_rows_in_a_drawing_are_none(draw: Callable[[Any], None]) -> None:
    assert tables(BIRDS, draw) == ()


@pytest.mark.parametrize(("axes", "n"), [(False, 1), (True, 0)])
def test_numbers_round_an_empty_frame_are_none(axes: bool, n: int) -> None:
    ticks = [["80%", "", ""], ["60%", "", ""], ["40%", "", ""], ["", "Wren", "Rook"], ["", "1.5", "2.5"]]

    def draw(page: Any) -> None:
        page.draw_rect((LEFT, TOP - 11, LEFT + 4 * STEP, TOP + 4 * PITCH + 5), width=0.5)
        if axes:
            page.draw_rect((LEFT + 50, TOP - 8, LEFT + 3.5 * STEP, TOP + 2 * PITCH + 3), width=0.5)

    assert len(tables(ticks, draw)) == n


def test_numbered_lines_of_code_are_none() -> None:
    lines = ["open the nest", "for each egg", "turn the egg", "close the nest"]
    assert tables([[f"{k}:", line] for k, line in enumerate(lines, 1)]) == ()


def test_numbered_rows_under_a_header_are_a_table() -> None:
    rows = [["No.", "Bird"], ["1", "Wren"], ["2", "Rook"], ["3", "Heron"]]
    assert len(tables(rows)) == 1


def test_rows_of_dots_that_lead_to_numbers_are_none() -> None:
    rows = [[title, ". . . . . . . . . . . .", page] for title, page in (("Nests", "3"), ("Eggs", "7"), ("Wings", "9"))]
    assert tables(rows) == ()


def test_lines_of_a_formula_are_none() -> None:
    assert tables([["x", "= 2", "+ 3"], ["= 5", "4", "1"], ["= 6", "2", "2"]]) == ()


def test_running_text_between_rules_is_none() -> None:
    text = "the wren builds a small nest of moss and leaves close to the ground each year"
    assert tables([["12", text], ["13", text], ["14", text]]) == ()


PROMPT = [
    "You are asked to tell birds apart.   Given a song and a",
    "picture, say which bird it was, and why you think so, in",
    "words that a child can read without the help of a parent",
    "or teacher. Birds that nobody knows are to be told so in",
    "your answer. Do not answer in more than three sentences.",
    "Song: <song>",
]


def test_a_box_of_text_with_a_caption_is_one_column() -> None:
    def caption(page: Any) -> None:
        page.insert_text((LEFT, TOP + 105), "Table 1: The words that models are given.", fontname="tiro", fontsize=10)

    (found,) = tables([[line] for line in PROMPT], caption)
    assert (found.label, found.n_cols, found.n_header_rows) == ("Table 1", 1, 0)
    assert found.warnings == ("lines of text in one column",)


def test_a_box_of_text_without_a_caption_is_no_table() -> None:
    assert tables([[line] for line in PROMPT]) == ()
