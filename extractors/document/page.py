"""PDF bytes to pages: words with their fonts, lines, rules and filled boxes, as displayed.

Only reading stands here; what the marks mean (captions, sections, tables) is told by other modules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pymupdf

from extractors.errors import DamagedPdfError, EncryptedPdfError, NotAPdfError, NoTextError, TooLargeError
from extractors.records import BBox, Fill, Page, Rule, TextLine, Word

# Names by which foundries mark a bold cut; `Medi` is the bold of the free Times clones that TeX ships.
_BOLD = re.compile(r"bold|black|heavy|demi|medi(?!um)|cmbx|cmb\d|-bd|-b$|\bbx\d", re.I)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmmi|-it$|-ri$", re.I)
_RUN = re.compile(r"\S+")
_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
)  # no images; ligatures fall into their letters
_SPAN_BOLD, _SPAN_ITALIC = 16, 2  # bits of a span's flags, PyMuPDF manual, "Span Dictionary"
_SMALLEST_TYPE = 0.1  # points; nobody reads it
_Style = tuple[float, float, str, bool, bool, bool, bool, int]
_FARTHEST = 1e6  # points; PDF's own pages end at 14,400


@dataclass(frozen=True, slots=True)
class PageSettings:
    """Limits and thresholds of the page reader."""

    max_bytes: int = 200_000_000  # larger files are scans or bombs: the largest real paper seen has 60 MB
    max_pages: int = 500  # theses end below; a page costs about 10 ms
    max_drawings: int = 20_000  # a page with more paths is a plot; its rules tell nothing of tables
    rule_thickness: float = 2.0  # points; a filled box thinner than this is a rule (booktabs' heaviest has 1.2)
    rule_length: float = 3.0  # points; shorter strokes are parts of glyphs and tick marks
    script_size: float = 0.85  # share of the line's type size below which raised or lowered type is a script
    script_shift: float = 0.08  # share of the type size by which a script's base line is off the line's

    def __post_init__(self) -> None:
        if not (0 < self.script_size < 1 and self.rule_thickness > 0 and self.max_pages > 0):
            raise ValueError("PageSettings: script_size in (0, 1), rule_thickness and max_pages above 0")


DEFAULT_SETTINGS = PageSettings()


def read_pages(pdf: bytes, settings: PageSettings = DEFAULT_SETTINGS) -> tuple[Page, ...]:
    """All pages of a PDF.

    Raises NotAPdfError, EncryptedPdfError, DamagedPdfError, TooLargeError, or NoTextError where no page holds a word.
    """
    with _opened(pdf, settings) as document:
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
    turn = _Turn.of(page)
    textpage = page.get_textpage(flags=_FLAGS)
    lines = tuple(_lines(textpage, turn, settings))
    rules, fills, curves = _drawings(page, turn, settings)
    return Page(
        number=page.number + 1,
        width=float(page.rect.width),
        height=float(page.rect.height),
        rotation=int(page.rotation),
        words=tuple(word for line in lines for word in line.words),
        lines=lines,
        rules=rules,
        fills=fills,
        images=_images(page, turn),
        curves=curves,
    )


@dataclass(frozen=True, slots=True)
class _Turn:
    """From the coordinates of the unrotated page, in which PyMuPDF reports marks, to those of the page as displayed."""

    degrees: int
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any) -> _Turn:
        return cls(int(page.rotation), *(float(v) for v in page.rotation_matrix))

    def point(self, x: float, y: float) -> tuple[float, float]:
        if not self.degrees:
            return x, y
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        if not self.degrees:
            return (x0, y0, x1, y1)
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def direction(self, cosine: float, sine: float) -> int:
        """Way of writing in degrees, clockwise from left-to-right, to the nearest right angle."""
        if abs(cosine) >= abs(sine):
            own = 0 if cosine >= 0 else 180
        else:
            own = 90 if sine > 0 else 270
        return (own + self.degrees) % 360


def _lines(textpage: Any, turn: _Turn, settings: PageSettings) -> Iterator[TextLine]:
    boxes: dict[tuple[int, int], list[tuple[BBox, str]]] = {}
    for x0, y0, x1, y1, text, block, line, _ in textpage.extractWORDS():
        boxes.setdefault((block, line), []).append(((x0, y0, x1, y1), text))
    for block in textpage.extractDICT()["blocks"]:
        for index, line in enumerate(block.get("lines", ())):
            words = _words(line, boxes.get((block["number"], index), []), turn, settings)
            if words:
                yield TextLine(words=words, bbox=_union([w.bbox for w in words]))


def _union(boxes: Sequence[BBox]) -> BBox:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _words(line: Any, boxes: list[tuple[BBox, str]], turn: _Turn, settings: PageSettings) -> tuple[Word, ...]:
    """The words of one line, split where the font changes; `boxes` are the line's words whatever their fonts."""
    spans = line["spans"]
    sizes: Counter[float] = Counter()
    for span in spans:
        sizes[round(span["size"], 1)] += len(span["text"].strip())
    size = max(sizes, key=lambda s: (sizes[s], s), default=0.0)
    # Only upright text has scripts that can be told by y; sideways lines are compared along their own axis.
    axis = 1 if abs(line["dir"][0]) >= abs(line["dir"][1]) else 0
    up = -1.0 if (line["dir"][0] if axis else -line["dir"][1]) >= 0 else 1.0
    bases = [span["origin"][axis] for span in spans if round(span["size"], 1) == size and span["text"].strip()]
    base = bases[0] if bases else 0.0
    direction = turn.direction(*line["dir"])
    out: list[Word] = []
    last: Any = None
    style: _Style | None = None
    for span, text, box in _pieces(spans, boxes, axis):
        if style is None or span is not last:
            last, style = span, _style(span, axis, base, up, size, direction, turn, settings)
        out.append(Word(text, turn.box(*box), *style, direction))
    return tuple(word for word in out if _is_sound(word))


def _style(
    span: Any, axis: int, base: float, up: float, size: float, direction: int, turn: _Turn, settings: PageSettings
) -> _Style:
    """What the words of a span share, in the order of the fields of `Word`: size, base line, font, bold, italic,
    raised, lowered, colour."""
    shift = (span["origin"][axis] - base) * up
    small = span["size"] < size * settings.script_size
    raised = small and shift > size * settings.script_shift
    lowered = small and shift < -size * settings.script_shift
    bold, italic = _cut(str(span["font"]), int(span["flags"]))
    baseline = turn.point(*span["origin"])[1 if direction in (0, 180) else 0]
    return float(span["size"]), baseline, str(span["font"]), bold, italic, raised, lowered, int(span["color"])


@lru_cache(maxsize=512)  # a paper has some dozens of fonts
def _cut(font: str, flags: int) -> tuple[bool, bool]:
    """Whether a font is bold and whether it is italic, by its flags or its name."""
    return bool(flags & _SPAN_BOLD or _BOLD.search(font)), bool(flags & _SPAN_ITALIC or _ITALIC.search(font))


def _is_sound(word: Word) -> bool:
    """Type of no size, and places out of all bounds, come from damaged matrices; others divide by the size."""
    x0, y0, x1, y1 = word.bbox
    return (
        _SMALLEST_TYPE < word.size < _FARTHEST
        and -_FARTHEST < x0 < _FARTHEST
        and -_FARTHEST < y0 < _FARTHEST
        and -_FARTHEST < x1 < _FARTHEST
        and -_FARTHEST < y1 < _FARTHEST
        and -_FARTHEST < word.baseline < _FARTHEST
    )


def _pieces(spans: Sequence[Any], boxes: list[tuple[BBox, str]], axis: int) -> Iterator[tuple[Any, str, BBox]]:
    """Each run without white space of each span with its box.

    The words of the text page carry exact boxes but no font, the spans a font but one box for all their words. Both are
    walked together by counting characters; a word that crosses spans is cut at the border of the spans.
    """
    queue = [(box, len(text)) for box, text in boxes]
    at, left = 0, queue[0][1] if queue else 0
    for span in spans:
        for match in _RUN.finditer(span["text"]):
            text = match.group()
            if at >= len(queue):
                box = _share(span, match, axis)
            else:
                exact = queue[at][0]
                box = _clip(exact, span["bbox"], axis)
                left -= len(text)
                if left <= 0:
                    at += 1
                    left = queue[at][1] if at < len(queue) else 0
            yield span, text, box


def _share(span: Any, match: re.Match[str], axis: int) -> BBox:
    """The part of a span's box that a run of its characters takes, all characters held to be of one width."""
    x0, y0, x1, y1 = span["bbox"]
    n = len(span["text"])
    start, end = match.start() / n, match.end() / n
    if axis:
        return (x0 + (x1 - x0) * start, y0, x0 + (x1 - x0) * end, y1)
    return (x0, y0 + (y1 - y0) * start, x1, y0 + (y1 - y0) * end)


def _clip(word: BBox, span: Sequence[float], axis: int) -> BBox:
    """The box of a word within the box of its span along the line; the height is the span's."""
    if axis:
        x0, x1 = max(word[0], span[0]), min(word[2], span[2])
        return (x0, span[1], x1, span[3]) if x0 < x1 else word
    y0, y1 = max(word[1], span[1]), min(word[3], span[3])
    return (span[0], y0, span[2], y1) if y0 < y1 else word


def _drawings(
    page: Any, turn: _Turn, settings: PageSettings
) -> tuple[tuple[Rule, ...], tuple[Fill, ...], tuple[BBox, ...]]:
    """Straight axis-parallel rules, filled boxes, and the boxes of paths with curves or slanted lines, as drawn."""
    paths = page.get_cdrawings()
    if len(paths) > settings.max_drawings:
        return (), (), ()
    rules: list[Rule] = []
    fills: list[Fill] = []
    curves: list[BBox] = []
    for path in paths:
        filled = path.get("fill") is not None and "f" in path["type"]
        width = float(path.get("width") or 0.0)
        if any(item[0] == "c" or (item[0] == "l" and _is_slanted(item[1], item[2])) for item in path["items"]):
            curves.append(turn.box(*path["rect"]))
        for item in path["items"]:
            if item[0] == "l" and "s" in path["type"]:
                rules.extend(_rule(turn.box(*_ordered(item[1], item[2])), width, settings))
            elif item[0] in ("re", "qu"):
                box = turn.box(*(item[1] if item[0] == "re" else _hull(item[1])))
                rules.extend(_box_rules(box, width, filled, "s" in path["type"], settings))
                if filled and min(box[2] - box[0], box[3] - box[1]) > settings.rule_thickness:
                    fills.append(Fill(bbox=box, color=_rgb(path["fill"])))
    return tuple(rules), tuple(fills), tuple(curves)


def _is_slanted(p: Sequence[float], q: Sequence[float]) -> bool:
    return abs(p[0] - q[0]) > 1 and abs(p[1] - q[1]) > 1  # less is the slack of a line drawn by hand or by rounding


def _images(page: Any, turn: _Turn) -> tuple[BBox, ...]:
    """The boxes of pictures of pixels. The page is run for them only where its resources name one: that costs as much
    as reading its words."""
    if not page.get_images():
        return ()
    return tuple(turn.box(*info["bbox"]) for info in page.get_image_info())


def _ordered(p: Sequence[float], q: Sequence[float]) -> BBox:
    return (min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]))


def _hull(quad: Sequence[Sequence[float]]) -> BBox:
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return (min(xs), min(ys), max(xs), max(ys))


def _rule(box: BBox, width: float, settings: PageSettings) -> Iterator[Rule]:
    """The rule that runs along a thin box, through its middle; nothing where the box is no axis-parallel stroke."""
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if high <= settings.rule_thickness and wide >= settings.rule_length and wide > high:
        y = (y0 + y1) / 2
        yield Rule(x0, y, x1, y, max(width, high))
    elif wide <= settings.rule_thickness and high >= settings.rule_length:
        x = (x0 + x1) / 2
        yield Rule(x, y0, x, y1, max(width, wide))


def _box_rules(box: BBox, width: float, filled: bool, stroked: bool, settings: PageSettings) -> Iterator[Rule]:
    """A thin box is one rule, a stroked larger one is four."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= settings.rule_thickness:
        if filled or stroked:
            yield from _rule(box, width, settings)
    elif stroked:
        for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            yield from _rule(side, width, settings)


def _rgb(color: Sequence[float]) -> int:
    """0xRRGGBB of a colour of one (grey) or three components from 0 to 1; other colour spaces count as grey."""
    parts = list(color) if len(color) == 3 else [color[0]] * 3
    red, green, blue = (round(max(0.0, min(1.0, float(v))) * 255) for v in parts)
    return (red << 16) | (green << 8) | blue
