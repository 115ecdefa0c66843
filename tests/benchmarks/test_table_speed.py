"""Time of reading a page and its tables beside plain word extraction of the same page; fails nothing by time."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest
from support.sample_tables import BOOKTABS, typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.tables.reader import read_tables


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset(BOOKTABS * 8)


def test_plain_words(benchmark: Any, pdf: bytes) -> None:
    assert benchmark(lambda: [page.get_text("words") for page in pymupdf.open(stream=pdf, filetype="pdf")])


def test_pages_and_tables(benchmark: Any, pdf: bytes) -> None:
    def read() -> int:
        pages = read_pages(pdf)
        return len(read_tables(pages, find_captions(pages), "sample"))

    assert benchmark(read) == 8
