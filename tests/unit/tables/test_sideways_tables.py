"""A table set sideways is read as the same table set upright is, its boxes given on the page as displayed."""

from __future__ import annotations

import pymupdf
import pytest
from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.document.sideways import turned, turned_back, turned_forth
from extractors.records import Table
from extractors.tables.reader import read_tables

UPRIGHT = """
#set page(width: 500pt, height: 500pt, margin: 40pt)
#figure(
  table(
    columns: 3, stroke: none, align: (left, center, center),
    table.hline(), [Model], [QuizA], [QuizB], table.hline(),
    [Ostrich-XL], [71.2], [55.0],
    [Wren 7B#super[2]], [*72.5*], [56.2],
    [Rook 13B], [68.9], [49.1],
    [Heron 70B], [80.3], [61.7],
    [Finch 3B], [40.2], [30.1],
    [Stork 9B], [59.5], [45.5], table.hline(),
  ),
  caption: [Accuracy of invented birds on two invented tests.], kind: table, supplement: [Table],
)
"""


def turned_source(angle: int) -> str:
    head, body = UPRIGHT.split("#figure(", 1)
    return f"{head}#rotate({angle}deg, reflow: true, figure({body.rstrip()[:-1]}))\n"


def read(source: str) -> Table:
    pages = read_pages(typeset(source))
    (table,) = read_tables(pages, find_captions(pages), "sample")
    return table


def texts(table: Table) -> list[tuple[int, int, str, bool]]:
    return [(c.row, c.col, c.text, c.bold) for c in table.cells]


@pytest.mark.parametrize(("angle", "rotation"), [(-90, 270), (90, 90)])
def test_sideways_table_has_the_cells_of_the_upright_one(angle: int, rotation: int) -> None:
    upright, sideways = read(UPRIGHT), read(turned_source(angle))
    assert texts(sideways) == texts(upright)
    assert (upright.rotation, sideways.rotation) == (0, rotation)


@pytest.mark.parametrize("angle", [-90, 90])
def test_sideways_table_keeps_label_and_caption(angle: int) -> None:
    table = read(turned_source(angle))
    assert (table.label, table.caption) == ("Table 1", "Accuracy of invented birds on two invented tests.")


@pytest.mark.parametrize("angle", [-90, 90])
def test_cell_boxes_hold_their_words_on_the_page_as_displayed(angle: int) -> None:
    pdf = typeset(turned_source(angle))
    table = read(turned_source(angle))
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        words = document[0].get_text("words")
    (box,) = [pymupdf.Rect(w[:4]) for w in words if w[4] == "80.3"]
    (cell,) = [c for c in table.cells if c.text == "80.3"]
    assert abs(pymupdf.Rect(cell.bbox) & box) > 0.8 * abs(box)


def test_names_of_axes_set_sideways_are_no_table() -> None:
    names = " ".join(f"#place(dx: {12 * k}pt, dy: 20pt, rotate(-90deg, [bird{k} 4{k}.5]))" for k in range(24))
    source = f"#set page(width: 500pt, height: 500pt)\nBirds of many kinds fly here.\n{names}\n"
    pages = read_pages(typeset(source))
    assert read_tables(pages, find_captions(pages), "sample") == ()


@pytest.mark.parametrize("direction", [90, 270])
def test_boxes_come_back_where_they_were(direction: int) -> None:
    (page,) = read_pages(typeset("#set page(width: 300pt, height: 500pt)\nOne wren."))
    box = (10.0, 20.0, 40.0, 90.0)
    (forth,) = turned_forth([box], page, direction)
    assert turned_back(forth, page, direction) == pytest.approx(box)
    assert (turned(page, direction).width, turned(page, direction).height) == (page.height, page.width)
