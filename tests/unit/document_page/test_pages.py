"""Pages as read, and the errors of files that are none."""

from __future__ import annotations

import pymupdf
import pytest

from extractors.document.page import read_pages
from extractors.document.settings import PageSettings
from extractors.errors import (
    DamagedPdfError,
    EncryptedPdfError,
    ExtractionError,
    NotAPdfError,
    NoTextError,
    TooLargeError,
)


def paper(*, rotation: int = 0, pages: int = 1, text: str = "plain words") -> pymupdf.Document:
    document = pymupdf.open()
    for _ in range(pages):
        page = document.new_page(width=300, height=400)
        if text:
            page.insert_text((50, 100), text, fontname="tiro")
            page.insert_text((50, 120), "strong", fontname="tibo")
            page.draw_line((50, 130), (200, 130), width=0.8)
        page.set_rotation(rotation)
    return document


def test_words_have_their_font_and_place() -> None:
    (page,) = read_pages(paper().tobytes())
    assert [(w.text, w.is_bold) for w in page.words] == [("plain", False), ("words", False), ("strong", True)]
    assert page.words[0].bbox[0] == pytest.approx(50, abs=0.5)
    assert page.words[0].baseline == pytest.approx(100, abs=0.5)


def test_drawn_line_is_a_rule() -> None:
    (page,) = read_pages(paper().tobytes())
    (rule,) = page.rules
    assert rule.is_horizontal
    assert (rule.x0, rule.y0, rule.x1) == pytest.approx((50, 130, 200), abs=0.5)


def test_rotated_page_is_read_as_displayed() -> None:
    (page,) = read_pages(paper(rotation=90).tobytes())
    assert (page.width, page.height, page.rotation) == (400, 300, 90)
    assert {w.direction for w in page.words} == {90}
    assert all(0 <= w.bbox[0] < w.bbox[2] <= 400 and 0 <= w.bbox[1] < w.bbox[3] <= 300 for w in page.words)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotAPdfError),
        (b"<html>no paper here</html>", NotAPdfError),
        (b"%PDF-1.5\nnothing that follows is an object", DamagedPdfError),
        (paper(text="").tobytes(), NoTextError),
        (paper().tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y"), EncryptedPdfError),
    ],
)
def test_bad_file_raises_the_error_that_names_its_fault(data: bytes, error: type[ExtractionError]) -> None:
    with pytest.raises(error):
        read_pages(data)


def test_empty_password_opens() -> None:
    data = paper().tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="y")
    assert read_pages(data)[0].words


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(TooLargeError, match="3 pages, the limit is 2"):
        read_pages(paper(pages=3).tobytes(), PageSettings(max_pages=2))


def test_settings_out_of_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="max_pages"):
        PageSettings(max_pages=0)
