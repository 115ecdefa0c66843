"""What stands in rows and columns and is no table: plots, listings, algorithms, tables of contents, formulas, text.

Asked only of regions that no caption calls a table; the caption of a table is believed. Whether lines run on over what
looks like columns is asked of all: a box of text with a caption is read as one column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.boxes import area, inside, meets
from extractors.records import BBox, Page, Rule, Word
from extractors.tables.columns import place
from extractors.tables.lines import Line, Span, is_blank, is_number, read_lines
from extractors.tables.settings import TableSettings

_PALE = 0xF0  # fills of no darker component are as good as the paper
_COUNT = re.compile(r"^(\d{1,3})(?:\s*[:.])?(?=\s|$)")
_LEADER = re.compile(r"(?:\.\s*){4,}")


def is_drawing(page: Page, box: BBox, n_lines: int, settings: TableSettings) -> bool:
    """Whether a box stands in a drawing: a curve, a slanted line or a picture meets it, bars or an empty frame stand in
    it, or more small marks (ticks, grid lines) than its rows could need."""
    far = settings.background_share * page.width * page.height  # backgrounds and scans lie behind tables too
    if any(meets(b, box) and area(b) < far for b in (*page.curves, *page.images)):
        return True
    words = [w for w in page.words if meets(w.bbox, box)]
    rules = [r for r in page.rules if meets((r.x0, r.y0, r.x1, r.y1), box)]
    fills = [
        f.bbox
        for f in page.fills
        if min(f.color >> 16, f.color >> 8 & 255, f.color & 255) < _PALE and meets(f.bbox, box)
    ]
    heights = {round(r.y0) for r in rules if r.is_horizontal}  # a grid drawn cell by cell repeats its few places
    return (
        len(heights) > 4 * n_lines
        or _marks(fills, box, words) > 2 * n_lines
        or _bars([f for f in fills if not _is_cell(f, rules)], box, words) >= settings.min_bars
        or _has_empty_frame(rules, box, words)
    )


def _marks(fills: Sequence[BBox], box: BBox, words: Sequence[Word]) -> int:
    """Small filled boxes without words."""
    return sum(f[2] - f[0] < 0.2 * (box[2] - box[0]) and not any(inside(w.bbox, f) for w in words) for f in fills)


def _is_cell(fill: BBox, rules: Sequence[Rule]) -> bool:
    """Whether vertical rules run along both sides of a filled box and beyond its ends: the background of a cell."""
    return all(
        any(
            abs(r.x0 - x) < 3 and (r.y0 < fill[1] - 4 or r.y1 > fill[3] + 4 or r.y1 - r.y0 < 0.8 * (fill[3] - fill[1]))
            for r in rules
            if not r.is_horizontal
        )
        for x in (fill[0], fill[2])
    )


def _bars(fills: Sequence[BBox], box: BBox, words: Sequence[Word]) -> int:
    """Upright filled boxes that hold no word or reach far out of the region, as no background of a cell does."""
    out = 0
    for fill in fills:
        x0, y0, x1, y1 = fill
        if x1 - x0 > 0.5 * (box[2] - box[0]) or min(x1 - x0, y1 - y0) < 4:
            continue
        out += y1 - box[3] > 20 or box[1] - y0 > 20 or not any(inside(w.bbox, fill) for w in words)
    return out


def _has_empty_frame(rules: Sequence[Rule], box: BBox, words: Sequence[Word]) -> bool:
    """Whether the rules close a frame, a fifth of the box or more, in which no word stands: the axes of a plot."""
    level = [r for r in rules if r.is_horizontal]
    upright = [r for r in rules if not r.is_horizontal and r.y1 - r.y0 > 0.2 * (box[3] - box[1])]
    for a in upright:
        for b in upright:
            if b.x0 - a.x0 < 0.3 * (box[2] - box[0]) or abs(a.y0 - b.y0) > 2 or abs(a.y1 - b.y1) > 2:
                continue
            frame = (a.x0, a.y0, b.x0, b.y1)
            closed = any(abs(r.y0 - a.y1) < 2 and r.x0 < a.x0 + 2 and r.x1 > b.x0 - 2 for r in level)
            if closed and area(frame) > 0.2 * area(box) and not any(inside(w.bbox, frame) for w in words):
                return True
    return False


def is_listing(lines: Sequence[Line]) -> bool:
    """Whether the lines are numbered from the first on, and hold no further numbers: code or an algorithm."""
    counts = [int(m[1]) if (m := _COUNT.match(n.chunks[0].text)) else None for n in lines]
    found = [c for c in counts if c is not None]
    if counts[0] is None or len(found) < max(3, 0.6 * len(lines)) or any(b - a != 1 for a, b in pairwise(found)):
        return False
    beyond = [c.text for n in lines for c in n.chunks[1:]]
    return sum(is_number(t) or is_blank(t) for t in beyond) < 0.2 * len(beyond)


def is_contents(lines: Sequence[Line]) -> bool:
    """Whether rows of dots lead to numbers: a table of contents."""
    return sum(bool(_LEADER.search(" ".join(c.text for c in n.chunks))) for n in lines) >= max(2, 0.3 * len(lines))


def is_formula(lines: Sequence[Line]) -> bool:
    """Whether a line begins with a sign of equality, as the further lines of a formula do."""
    return any(n.chunks[0].text.startswith(("=", "≤", "≥", "≈")) for n in lines)


def is_text(words: Sequence[Word], walls: Sequence[Rule], settings: TableSettings) -> bool:
    """Whether more than half of the words run on in lines of text, read with the wide spaces of justified type."""
    loose = replace(settings, word_gap_em=settings.justified_gap_em)
    chunks = [c.words for n in read_lines([w for w in words if w.direction == 0], loose, walls) for c in n.chunks]
    running = [
        len(c) for c in chunks if len(c) >= settings.prose_words and sum(w.text.islower() for w in c) > 0.4 * len(c)
    ]
    return sum(running) > 0.5 * sum(map(len, chunks))


def runs_on(lines: Sequence[Line], columns: Sequence[Span], settings: TableSettings) -> bool:
    """Whether most lines run on over a border of columns, and few are parted there: a box of text, with a wide space or
    two in it."""

    def crosses(line: Line) -> bool:
        return any(
            len(c.words) >= settings.narrow_prose_words and (ends := place(c, columns))[0] < ends[1]
            for c in line.chunks
        )

    running = sum(map(crosses, lines))
    parted = sum(len(n.chunks) > 1 for n in lines)
    return running >= max(settings.running_lines, 0.5 * len(lines)) and running >= 3 * parted
