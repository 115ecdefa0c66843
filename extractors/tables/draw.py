"""A debug picture of a page: regions, cells, spans and captions drawn over what the page shows."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from extractors.errors import DamagedPdfError
from extractors.records import BBox, Table

_REGION, _HEADER, _CELL, _SPAN, _CAPTION = (0.8, 0, 0), (0, 0.3, 0.8), (0, 0.6, 0.2), (0.9, 0.5, 0), (0.5, 0, 0.6)


def draw_page(pdf: bytes, page_number: int, tables: Sequence[Table], dpi: int = 110) -> bytes:
    """PNG of a page (from 1) with the tables read from it: region red, header cells blue, data cells green, cells over
    several slots orange, caption violet. Raises DamagedPdfError where the file or the page cannot be drawn."""
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


def _draw(page: pymupdf.Page, table: Table) -> None:
    _box(page, table.bbox, _REGION, 1.2)
    if table.caption_bbox is not None:
        _box(page, table.caption_bbox, _CAPTION, 0.8)
    for cell in table.cells:
        spans = cell.row_span > 1 or cell.col_span > 1
        _box(page, cell.bbox, _SPAN if spans else _HEADER if cell.is_header else _CELL, 0.6)


def _box(page: pymupdf.Page, box: BBox, color: tuple[float, float, float], width: float) -> None:
    """A frame given in the coordinates of the page as displayed."""
    page.draw_rect(pymupdf.Rect(box) * page.derotation_matrix, color=color, width=width)
