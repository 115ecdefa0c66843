"""Pages turned so that words written upwards or downwards read from left to right, and boxes turned back.

A table set sideways is read on the turned page by the same rules as any other; what is read is then given in the
coordinates of the page as displayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from extractors.records import BBox, Page, TextLine, Word

_LEAST_WORDS = 20  # fewer are a stamp in the margin or the names of axes


def sideways(page: Page) -> tuple[int, ...]:
    """The ways of writing (90 downwards, 270 upwards) in which a page holds words enough for a table."""
    counts = Counter(w.direction for w in page.words if w.direction)
    return tuple(d for d in (90, 270) if counts[d] >= _LEAST_WORDS)


def turned(page: Page, direction: int) -> Page:
    """The page seen so that `direction` runs from left to right, with the words written that way alone. Rules, fills
    and pictures are all kept. `rotation` is the turn, in degrees."""
    size = (page.width, page.height)
    lines = tuple(
        TextLine(words=tuple(_word(w, size) for w in line.words), bbox=_forth(line.bbox, size, direction))
        for line in page.lines
        if line.words[0].direction == direction
    )
    return replace(
        page,
        width=page.height,
        height=page.width,
        rotation=direction,
        lines=lines,
        words=tuple(w for line in lines for w in line.words),
        rules=tuple(
            replace(r, x0=x0, y0=y0, x1=x1, y1=y1)
            for r in page.rules
            for x0, y0, x1, y1 in (_forth((r.x0, r.y0, r.x1, r.y1), size, direction),)
        ),
        fills=tuple(replace(f, bbox=_forth(f.bbox, size, direction)) for f in page.fills),
        images=tuple(_forth(b, size, direction) for b in page.images),
        curves=tuple(_forth(b, size, direction) for b in page.curves),
    )


def turned_back(box: BBox, page: Page, direction: int) -> BBox:
    """A box of the page turned by `direction`, in the coordinates of `page`, the one as displayed."""
    x0, y0, x1, y1 = box
    if direction == 90:
        return (page.width - y1, x0, page.width - y0, x1)
    if direction == 270:
        return (y0, page.height - x1, y1, page.height - x0)
    return box


def turned_forth(boxes: Iterable[BBox], page: Page, direction: int) -> list[BBox]:
    """Boxes of the page as displayed, in the coordinates of the turned one."""
    return [_forth(box, (page.width, page.height), direction) for box in boxes]


def _word(word: Word, size: tuple[float, float]) -> Word:
    """A sideways word's base line is the x of its type (see `Word`)."""
    baseline = word.baseline if word.direction == 270 else size[0] - word.baseline
    return replace(word, bbox=_forth(word.bbox, size, word.direction), baseline=baseline, direction=0)


def _forth(box: BBox, size: tuple[float, float], direction: int) -> BBox:
    x0, y0, x1, y1 = box
    if direction == 90:
        return (y0, size[0] - x1, y1, size[0] - x0)
    if direction == 270:
        return (size[1] - y1, x0, size[1] - y0, x1)
    return box
