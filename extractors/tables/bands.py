"""What stands between two rules of one width: rows of one table, or what parts two tables."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from extractors.boxes import inside
from extractors.records import BBox, Caption, Page
from extractors.tables.lines import Line, read_lines
from extractors.tables.places import Places
from extractors.tables.settings import TableSettings

_TALLEST = 100.0  # points from the base line of a word to its middle; no type of text is so tall
_WALL = 0.6  # of the height of a band, for a vertical rule in it to part columns
_ALIGNED = 2.0  # points by which the left ends of one column of text may differ


def parts_tables(page: Page, places: Places, captions: Sequence[Caption], band: BBox, settings: TableSettings) -> bool:
    """Whether the band between two rules parts two tables: a caption, running text, nothing, or much white in it."""
    if any(inside(c.bbox, band) for c in captions):
        return True
    words = places.held(band)
    if not words:
        return band[3] - band[1] > 6
    upright = [w for w in words if w.direction == 0]
    lines = read_lines(upright, settings)
    if not lines:
        return False
    if _has_wall(page, band):
        return _white(page, lines, band, settings)
    if max(lines[0].top - band[1], band[3] - lines[-1].bottom) > settings.text_air:
        width = band[2] - band[0]
        loose = replace(settings, word_gap_em=settings.justified_gap_em)  # spaces of justified text, narrow columns
        prose = read_lines(upright, loose)
        if not _has_columns(lines) and (
            _is_prose(prose, band[0], width, settings) or _is_paragraph(prose, width, settings)
        ):
            return True
    return _runs_out(places, lines, band) or _white(page, lines, band, settings)


def _has_wall(page: Page, band: BBox) -> bool:
    """Whether a vertical rule stands in the band, over most of its height."""
    return any(
        not r.is_horizontal
        and band[0] + 2 < r.x0 < band[2] - 2
        and min(r.y1, band[3]) - max(r.y0, band[1]) > _WALL * (band[3] - band[1])
        for r in page.rules
    )


def _has_columns(lines: Sequence[Line]) -> bool:
    """Whether most lines are of two runs of words, of which the second begins at one place in nearly all: columns of
    text, nearer to each other than words can be in justified type."""
    second = sorted(n.chunks[1].x0 for n in lines if len(n.chunks) == 2)
    if len(second) < max(3, 0.6 * len(lines)):
        return False
    middle = second[len(second) // 2]
    return sum(abs(x - middle) < _ALIGNED for x in second) > 0.8 * len(second)


def _is_paragraph(lines: Sequence[Line], width: float, settings: TableSettings) -> bool:
    """Whether two lines of words in a row fill the width, as the justified ones of a narrow column do."""
    full = [
        len(n.chunks) == 1
        and len(words := n.chunks[0].words) >= settings.narrow_prose_words
        and n.chunks[0].x1 - n.chunks[0].x0 > 0.85 * width
        and sum(w.text.islower() for w in words) > 0.6 * len(words)
        for n in lines
    ]
    return any(a and b for a, b in itertools.pairwise(full))


def _runs_out(places: Places, lines: Sequence[Line], band: BBox) -> bool:
    """Whether a line goes on beyond the ends of the rules with no more than a space between: text of the page."""
    top, bottom = min(n.baseline for n in lines) - 1, max(n.baseline for n in lines) + 1
    level = [
        w
        for w in places.held((-inf, top - _TALLEST, inf, bottom + _TALLEST))
        if (w.bbox[0] > band[2] or w.bbox[2] < band[0])
        and top <= w.baseline <= bottom
        and not (w.direction or w.is_super or w.is_sub)
    ]
    for line in lines:
        first, last = line.chunks[0].words[0], line.chunks[-1].words[-1]
        for w in level:
            if abs(w.baseline - line.baseline) > 1:
                continue
            if (w.bbox[0] > band[2] and 0 <= w.bbox[0] - last.bbox[2] < 0.6 * line.size) or (
                w.bbox[2] < band[0] and 0 <= first.bbox[0] - w.bbox[2] < 0.6 * line.size
            ):
                return True
    return False


def _white(page: Page, lines: Sequence[Line], band: BBox, settings: TableSettings) -> bool:
    """Whether white that no vertical rule crosses, far higher than the pitch of the lines, opens in the band."""
    pitch = statistics.median(
        [b.baseline - a.baseline for a, b in itertools.pairwise(lines)] or [1.2 * max(n.size for n in lines)]
    )
    size = statistics.median(n.size for n in lines)
    edges = [(band[1], band[1]), *((n.top, n.bottom) for n in lines), (band[3], band[3])]
    for (_, upper), (lower, _) in itertools.pairwise(edges):
        if lower - upper > settings.parting_white_em * size and lower - upper > 1.5 * pitch:
            middle = (upper + lower) / 2
            crossed = any(
                not r.is_horizontal and r.y0 < middle < r.y1 and band[0] - 2 <= r.x0 <= band[2] + 2 for r in page.rules
            )
            if not crossed:
                return True
    return False


def _is_prose(lines: Sequence[Line], left: float, width: float, settings: TableSettings) -> bool:
    """Whether a line of running text stands among the lines: one run of words from the left edge that is full or ends
    a sentence. Group rows and wrapped cells are neither."""
    for line in lines:
        words = line.chunks[0].text.split()
        small = sum(1 for w in words if w.strip(".,;:()").isalpha() and w.islower())
        ends = words[-1].endswith((".", ":")) and len(words) >= 4
        if (
            len(line.chunks) == 1
            and small >= max(3, 0.5 * len(words))
            and line.chunks[0].x0 - left < 0.1 * width + 20
            and (ends or _is_full(line, width, settings))
        ):
            return True
    return False


def _is_full(line: Line, width: float, settings: TableSettings) -> bool:
    return len(line.chunks[0].words) >= settings.prose_words and line.chunks[0].x1 - line.chunks[0].x0 > 0.85 * width
