"""Printed lines of a page: words with their boxes and fonts, scripts told from the line they hang on.

This is the hottest part of reading a paper (some 500 words a page): what the words of a span share is worked out once
a span, and words are made without the cost of a frozen record's constructor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from extractors.boxes import union
from extractors.document.settings import PageSettings
from extractors.document.turn import Turn
from extractors.records import BBox, TextLine, Word

# Names by which foundries mark a bold cut; `Medi` is the bold of the free Times clones that TeX ships.
_BOLD = re.compile(r"bold|black|heavy|demi|medi(?!um)|cmbx|cmb\d|-bd|-b$|\bbx\d", re.I)
_ITALIC = re.compile(r"ital|obli|slant|cmti|cmmi|-it$|-ri$", re.I)
_RUN = re.compile(r"\S+")
_SPAN_BOLD, _SPAN_ITALIC = 16, 2  # bits of a span's flags, PyMuPDF manual, "Span Dictionary"
_TEXT = 0  # type of the blocks of a text page that are text, PyMuPDF manual, "Block Dictionaries"
_SMALLEST_TYPE = 0.1  # points; nobody reads it
_FARTHEST = 1e6  # points; PDF's own pages end at 14,400
_Style = tuple[float, float, str, bool, bool, bool, bool, int, int]
_Found = tuple[float, float, float, float, str, int, int, int]  # box, text, block, line, word; as PyMuPDF lists words
_LINE_OF = itemgetter(5, 6)


@dataclass(slots=True)
class _Draft:
    """A word while it is made: the fields of `Word` in their order, not yet frozen.

    Both have the same slots, so that Python lets one become the other; the constructor of a frozen record sets each
    field through `object.__setattr__` and takes four times as long.
    """

    text: str
    bbox: BBox
    size: float
    baseline: float
    font: str
    is_bold: bool
    is_italic: bool
    is_super: bool
    is_sub: bool
    color: int
    direction: int


def read_lines(
    blocks: Sequence[Any], listed: Sequence[_Found], turn: Turn, settings: PageSettings
) -> Iterator[TextLine]:
    """The printed lines in the order of the PDF's content, from a text page's blocks and its words as PyMuPDF lists
    them."""
    # Words are listed line by line, with the number of their block among those of text.
    found = {line: list(words) for line, words in groupby(listed, _LINE_OF)}
    for number, block in enumerate(b for b in blocks if b["type"] == _TEXT):
        for index, line in enumerate(block["lines"]):
            words = _words(line, found.get((number, index), ()), turn, settings)
            if words:
                yield TextLine(words, words[0].bbox if len(words) == 1 else union([w.bbox for w in words]))


def _words(line: Any, found: Sequence[_Found], turn: Turn, settings: PageSettings) -> tuple[Word, ...]:
    """The words of one line, split where the font changes; `found` are the line's words whatever their fonts.

    The words that PyMuPDF finds carry exact boxes but no font, the spans a font but one box for all their words. Both
    are walked together by counting characters; a word that crosses spans is cut at the border of the spans.
    """
    spans = line["spans"]
    cosine, sine = line["dir"]
    direction = turn.direction(cosine, sine)
    axis = 1 if abs(cosine) >= abs(sine) else 0  # the coordinate across the line: y where it is upright
    size, base = _main_type(spans, axis)
    up = -1.0 if (cosine if axis else -sine) >= 0 else 1.0
    out: list[Word] = []
    at, n = 0, len(found)
    left = len(found[0][4]) if n else 0
    shared: tuple[Any, ...] = ()
    for span in spans:
        runs = span["text"].split()
        if not runs:
            continue
        # MuPDF begins a span at every space that it infers: most look like the one before.
        own = (span["size"], span["origin"][axis], span["font"], span["flags"], span["color"])
        if own != shared:
            shared = own
            style = _style(span, axis, base, up, size, turn, settings, direction)
            sound = _SMALLEST_TYPE < style[0] < _FARTHEST and -_FARTHEST < style[1] < _FARTHEST
        start, top, end, bottom = span["bbox"]
        for k, run in enumerate(runs):
            if at < n:
                exact = found[at]
                # The part of the word within its span along the line; the height is the span's.
                if axis:
                    x0 = exact[0] if exact[0] > start else start
                    x1 = exact[2] if exact[2] < end else end
                    box = (x0, top, x1, bottom) if x0 < x1 else exact[:4]
                else:
                    y0, y1 = max(exact[1], top), min(exact[3], bottom)
                    box = (start, y0, end, y1) if y0 < y1 else exact[:4]
                left -= len(run)
                if left <= 0:
                    at += 1
                    left = len(found[at][4]) if at < n else 0
            else:
                box = _share(span, k, axis)
            if turn.degrees:
                box = turn.box(*box)
            x0, y0, x1, y1 = box
            # Type of no size, and places out of all bounds, come from damaged matrices; others divide by the size.
            if (
                sound
                and -_FARTHEST < x0 < _FARTHEST
                and -_FARTHEST < y0 < _FARTHEST
                and -_FARTHEST < x1 < _FARTHEST
                and -_FARTHEST < y1 < _FARTHEST
            ):
                word: Any = _Draft(run, box, *style)
                word.__class__ = Word
                out.append(word)
    return tuple(out)


def _main_type(spans: Sequence[Any], axis: int) -> tuple[float, float]:
    """The type size, to a tenth of a point, in which most of a line is set, and the base line of that type.

    Only upright text has scripts that can be told by y; sideways lines are compared along their own axis.
    """
    if len(spans) == 1:
        (span,) = spans
        return round(span["size"], 1), span["origin"][axis]
    first = spans[0]["size"]
    if all(span["size"] == first for span in spans):  # most lines of several spans change but the cut or the colour
        return round(first, 1), next((s["origin"][axis] for s in spans if s["text"].strip()), 0.0)
    sizes: dict[float, int] = {}
    bases: dict[float, float] = {}
    for span in spans:
        size = round(span["size"], 1)
        letters = len(span["text"].strip())
        sizes[size] = sizes.get(size, 0) + letters
        if letters:
            bases.setdefault(size, span["origin"][axis])
    main = max(sizes, key=lambda s: (sizes[s], s), default=0.0)
    return main, bases.get(main, 0.0)


def _style(
    span: Any, axis: int, base: float, up: float, size: float, turn: Turn, settings: PageSettings, direction: int
) -> _Style:
    """What the words of a span share, in the order of the fields of `Word`: size, base line, font, bold, italic,
    raised, lowered, colour, direction."""
    own, origin, font = span["size"], span["origin"], span["font"]
    raised = lowered = False
    if own < size * settings.script_size:
        shift = (origin[axis] - base) * up
        raised = shift > size * settings.script_shift
        lowered = shift < -size * settings.script_shift
    bold, italic = _cut(font, span["flags"])
    x, y = turn.point(*origin) if turn.degrees else origin
    baseline = y if direction in (0, 180) else x
    return own, baseline, font, bold, italic, raised, lowered, span["color"], direction


@lru_cache(maxsize=512)  # a paper has some dozens of fonts
def _cut(font: str, flags: int) -> tuple[bool, bool]:
    """Whether a font is bold and whether it is italic, by its flags or its name."""
    return bool(flags & _SPAN_BOLD or _BOLD.search(font)), bool(flags & _SPAN_ITALIC or _ITALIC.search(font))


def _share(span: Any, k: int, axis: int) -> BBox:
    """The part of a span's box that its run `k` of characters without white space takes, all characters held to be of
    one width."""
    x0, y0, x1, y1 = span["bbox"]
    n = len(span["text"])
    run = list(_RUN.finditer(span["text"]))[k]
    start, end = run.start() / n, run.end() / n
    if axis:
        return (x0 + (x1 - x0) * start, y0, x0 + (x1 - x0) * end, y1)
    return (x0, y0 + (y1 - y0) * start, x1, y0 + (y1 - y0) * end)
