"""A debug picture of a page: regions, columns, rows, cells, spans and captions drawn over what the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pymupdf

from extractors.errors import DamagedPdfError
from extractors.records import BBox, Table

_REGION, _HEADER, _CELL, _SPAN, _CAPTION = (0.8, 0, 0), (0, 0.3, 0.8), (0, 0.6, 0.2), (0.9, 0.5, 0), (0.5, 0, 0.6)
_GRID = (0.6, 0.6, 0.6)


def draw_page(pdf: bytes, page_number: int, tables: Sequence[Table], dpi: int = 110) -> bytes:
    """PNG of a page (from 1) with the tables read from it: region red, header cells blue, data cells green, cells over
    several slots orange, caption violet, and grey lines between columns and between rows. Raises DamagedPdfError where
    the file or the page cannot be drawn."""
    try:
        with pymupdf.open(stream=pdf, filetype="pdf") as document:
            if not 1 <= page_number <= document.page_count:
                raise DamagedPdfError(f"the PDF has no page {page_number}: it has {document.page_count}")
            page = document[page_number - 1]
            for table in tables:
                if table.page == page_number:
                    _draw(page, table)
            return bytes(page.get_pixmap(dpi=dpi).tobytes("png"))
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise DamagedPdfError(f"page {page_number} cannot be drawn: {' '.join(str(error).split())[:200]}") from error


def grid_lines(table: Table) -> Iterator[BBox]:
    """The lines between neighbouring columns, then those between neighbouring rows, each from edge to edge of the
    table, as displayed. Of columns and rows whose cells all span others nothing is known."""
    is_turned = table.rotation in (90, 270)
    for by_column in (True, False):
        low, high = (0, 2) if by_column != is_turned else (1, 3)
        for at in _borders(table, by_column, low, high):
            x0, y0, x1, y1 = table.bbox
            yield (at, y0, at, y1) if low == 0 else (x0, at, x1, at)


def _borders(table: Table, by_column: bool, low: int, high: int) -> Iterator[float]:
    """Half-way between where one column (or row) ends and the next begins."""
    ends: dict[int, tuple[float, float]] = {}
    for cell in table.cells:
        index, span = (cell.col, cell.col_span) if by_column else (cell.row, cell.row_span)
        if span == 1 and cell.text:
            a, b = ends.get(index, (cell.bbox[low], cell.bbox[high]))
            ends[index] = (min(a, cell.bbox[low]), max(b, cell.bbox[high]))
    places = [ends[k] for k in sorted(ends)]
    for (a0, a1), (b0, b1) in pairwise(places):
        yield (a1 + b0) / 2 if a0 <= b0 else (b1 + a0) / 2


def _draw(page: pymupdf.Page, table: Table) -> None:
    for line in grid_lines(table):
        _box(page, line, _GRID, 0.5)
    _box(page, table.bbox, _REGION, 1.2)
    if table.caption_bbox is not None:
        _box(page, table.caption_bbox, _CAPTION, 0.8)
    for cell in table.cells:
        spans = cell.row_span > 1 or cell.col_span > 1
        _box(page, cell.bbox, _SPAN if spans else _HEADER if cell.is_header else _CELL, 0.6)


def _box(page: pymupdf.Page, box: BBox, color: tuple[float, float, float], width: float) -> None:
    """A frame, or a line where it has no width or height, given in the coordinates of the page as displayed."""
    frame = pymupdf.Rect(box)
    if frame.width and frame.height:
        page.draw_rect(frame * page.derotation_matrix, color=color, width=width)
    else:
        page.draw_line(*(p * page.derotation_matrix for p in (frame.tl, frame.br)), color=color, width=width)
