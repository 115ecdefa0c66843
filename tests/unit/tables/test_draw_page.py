"""The debug picture shows what was read."""

from __future__ import annotations

import pymupdf
import pytest
from support.sample_tables import BOOKTABS, typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.errors import DamagedPdfError
from extractors.tables.draw import draw_page, grid_lines
from extractors.tables.reader import read_tables


def test_picture_is_a_png_that_differs_from_the_bare_page() -> None:
    pdf = typeset(BOOKTABS)
    pages = read_pages(pdf)
    tables = read_tables(pages, find_captions(pages), "sample")
    drawn, bare = draw_page(pdf, 1, tables), draw_page(pdf, 1, ())
    assert drawn.startswith(b"\x89PNG")
    assert drawn != bare
    assert pymupdf.Pixmap(drawn).width == pymupdf.Pixmap(bare).width


def test_page_that_is_not_there_is_named() -> None:
    with pytest.raises(DamagedPdfError, match="no page 7"):
        draw_page(typeset(BOOKTABS), 7, ())


def test_lines_stand_between_columns_and_between_rows() -> None:
    pages = read_pages(typeset(BOOKTABS))
    (table,) = read_tables(pages, find_captions(pages), "sample")
    lines = list(grid_lines(table))
    columns, rows = [x for x in lines if x[0] == x[2]], [y for y in lines if y[1] == y[3]]
    assert (len(columns), len(rows)) == (table.n_cols - 1, table.n_rows - 1)
    scores = [next(c.bbox for c in table.cells if c.text == text) for text in ("71.2", "70.9")]
    assert any(scores[0][2] < x[0] < scores[1][0] for x in columns)
