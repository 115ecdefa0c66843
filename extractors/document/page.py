"""PDF bytes to pages: words with their fonts, lines, rules and filled boxes, as displayed.

Only reading stands here; what the marks mean (captions, sections, tables) is told by other modules.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

import pymupdf

from extractors.collector import without_collector
from extractors.document.marks import read_images, read_marks
from extractors.document.settings import DEFAULT_SETTINGS, PageSettings
from extractors.document.turn import Turn
from extractors.document.words import read_lines
from extractors.errors import DamagedPdfError, EncryptedPdfError, NotAPdfError, NoTextError, TooLargeError
from extractors.records import Page

_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_LAZY_VECTORS  # after the text that they are drawn amid: an underline does not part a line
)  # no images; ligatures fall into their letters


def read_pages(pdf: bytes, settings: PageSettings = DEFAULT_SETTINGS) -> tuple[Page, ...]:
    """All pages of a PDF.

    Raises NotAPdfError, EncryptedPdfError, DamagedPdfError, TooLargeError, or NoTextError where no page holds a word.
    """
    with _opened(pdf, settings) as document, without_collector():
        try:
            pages = tuple(_read_page(document[index], settings) for index in range(document.page_count))
        except (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase) as error:  # IndexError: a false /Count
            raise DamagedPdfError(f"a page of the PDF cannot be read: {_one_line(error)}") from error
        is_repaired = bool(document.is_repaired)
    readable = sum(1 for page in pages if page.words)
    if not readable:
        raise NoTextError("no page of the PDF holds text; it may be a scan")
    if is_repaired and readable < len(pages) / 2:  # a file cut short keeps its page tree and loses what is on the pages
        raise DamagedPdfError(f"the file is cut or damaged: only {readable} of {len(pages)} pages can be read")
    return pages


def _opened(pdf: bytes, settings: PageSettings) -> Any:
    if len(pdf) > settings.max_bytes:
        raise TooLargeError(f"the file has {len(pdf):,} bytes, the limit is {settings.max_bytes:,}")
    if b"%PDF-" not in pdf[:1024]:  # ISO 32000-1, Annex H: readers accept the header within the first 1024 bytes
        raise NotAPdfError("the file is no PDF: it does not begin with %PDF-")
    try:
        document = pymupdf.open(stream=pdf, filetype="pdf")
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise DamagedPdfError(f"the PDF cannot be opened: {_one_line(error)}") from error
    if document.needs_pass and not document.authenticate(""):
        document.close()
        raise EncryptedPdfError("the PDF asks for a password")
    try:
        count = document.page_count
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        document.close()
        raise DamagedPdfError(f"the PDF's pages cannot be counted: {_one_line(error)}") from error
    if count == 0 or count > settings.max_pages:
        document.close()
        if count == 0:
            raise DamagedPdfError("the PDF has no pages")
        raise TooLargeError(f"the PDF has {count} pages, the limit is {settings.max_pages}")
    return document


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def _read_page(page: Any, settings: PageSettings) -> Page:
    turn, rect = Turn.of(page), page.rect
    listed, pictures = _text_pages(page)
    blocks = listed.extractDICT()["blocks"]
    lines = tuple(read_lines(blocks, listed.extractWORDS(), turn, settings))
    marks = read_marks(blocks, turn, settings)
    return Page(
        number=page.number + 1,
        width=float(rect.width),
        height=float(rect.height),
        rotation=int(page.rotation),
        words=tuple(chain.from_iterable([line.words for line in lines])),
        lines=lines,
        rules=marks.rules,
        fills=marks.fills,
        images=() if pictures is None else read_images(pictures, turn),
        curves=marks.curves,
    )


def _text_pages(page: Any) -> tuple[Any, Any | None]:
    """The text page of words and marks, and that of pictures where a page's resources name one.

    One with both would hold the pixels of all pictures; the page is run once for the two.
    """
    if not _may_have_pictures(page) or not page.get_images():
        return page.get_textpage(flags=_FLAGS), None
    if page.rotation:  # a list of what is displayed is turned already
        return page.get_textpage(flags=_FLAGS), page.get_textpage(flags=pymupdf.TEXT_PRESERVE_IMAGES)
    run = page.get_displaylist()
    return pymupdf.TextPage(run.get_textpage(_FLAGS)), pymupdf.TextPage(run.get_textpage(pymupdf.TEXT_PRESERVE_IMAGES))


def _may_have_pictures(page: Any) -> bool:
    """Whether the page's resources hold objects at all; most pages of text hold fonts alone."""
    document, xref = page.parent, page.xref
    own = document.xref_get_key(xref, "Resources")[0] != "null"  # else they are those of a node above
    return not own or document.xref_get_key(xref, "Resources/XObject")[0] != "null"
