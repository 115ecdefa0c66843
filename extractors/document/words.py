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
from math import isfinite
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
_LOOK = itemgetter("size", "font", "flags", "color")
_UPRIGHT = (1.0, 0.0)


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
            listed_here = found.get((number, index), ())
            plain = None if turn.degrees else _plain_line(line, listed_here, turn, settings)
            if plain is not None:
                yield plain
                continue
            words = _words(line, listed_here, turn, settings)
            if words:
                yield TextLine(words, union([w.bbox for w in words]))


def _is_within(box: BBox) -> bool:
    return box[0] > -_FARTHEST and box[1] > -_FARTHEST and box[2] < _FARTHEST and box[3] < _FARTHEST


def _plain_line(line: Any, found: Sequence[_Found], turn: Turn, settings: PageSettings) -> TextLine | None:
    """An upright line in one type throughout, as most are: its words are those listed, all of one height; else None."""
    if line["dir"] != _UPRIGHT or not found:
        return None
    spans = line["spans"]
    first = spans[0]
    look, base = _LOOK(first), first["origin"][1]
    for span in spans:
        if _LOOK(span) != look or span["origin"][1] != base:
            return None
    if [w[4] for w in found] != "".join([s["text"] for s in spans]).split():
        return None
    _, top, _, bottom = first["bbox"]
    lefts, rights = [w[0] for w in found], [w[2] for w in found]
    box = (min(lefts), top, max(rights), bottom)
    size = first["size"]
    style = _style(first, 1, base, -1.0, round(size, 1), turn, settings, 0)
    if style is None or not _is_within(box) or not isfinite(sum(lefts) + sum(rights)):
        return None
    words = []
    for x0, _, x1, _, text, _, _, _ in found:
        word: Any = _Draft(text, (x0, top, x1, bottom), *style)
        word.__class__ = Word
        words.append(word)
    return TextLine(tuple(words), box)


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
    styles: dict[tuple[Any, ...], _Style | None] = {}
    for span in spans:
        runs = span["text"].split()
        if not runs:
            continue
        # MuPDF begins a span at every space that it infers: most look like one before.
        look = (*_LOOK(span), span["origin"][axis])
        if look not in styles:
            styles[look] = _style(span, axis, base, up, size, turn, settings, direction)
        style = styles[look]
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
            if style is not None and _is_within(box):
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
) -> _Style | None:
    """What the words of a span share, in the order of the fields of `Word`: size, base line, font, bold, italic,
    raised, lowered, colour, direction; None for type of no size or out of all bounds, which comes from damaged
    matrices (others divide by the size)."""
    own, origin, font = span["size"], span["origin"], span["font"]
    raised = lowered = False
    if own < size * settings.script_size:
        shift = (origin[axis] - base) * up
        raised = shift > size * settings.script_shift
        lowered = shift < -size * settings.script_shift
    bold, italic = _cut(font, span["flags"])
    x, y = turn.point(*origin) if turn.degrees else origin
    baseline = y if direction in (0, 180) else x
    if not (_SMALLEST_TYPE < own < _FARTHEST and -_FARTHEST < baseline < _FARTHEST):
        return None
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
