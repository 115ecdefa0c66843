"""One paper from its bytes: pages, captions, tables, text. Pure and picklable, the unit of work of the pipeline."""

from __future__ import annotations

import hashlib

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.document.text import read_text
from extractors.records import BBox, PaperMeta, PaperReading
from extractors.tables.reader import read_tables, with_context


def read_paper(pdf: bytes, meta: PaperMeta) -> PaperReading:
    """Everything read from a PDF before names are linked. Raises an ExtractionError where the file cannot be read."""
    pages = read_pages(pdf)
    captions = find_captions(pages)
    tables = read_tables(pages, captions, meta.paper_id)
    boxes: dict[int, list[BBox]] = {}
    for table in tables:
        boxes.setdefault(table.page, []).append(table.bbox)
    text = read_text(pages, captions, boxes, meta)
    sentences = [s.text for s in text.sentences]
    return PaperReading(
        paper_id=meta.paper_id,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        n_pages=len(pages),
        text=text,
        tables=tuple(with_context(t, sentences) for t in tables),
    )
