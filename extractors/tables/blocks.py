"""Tables that no pair of rules frames: lines whose words stand in columns, told from prose, lists and figures."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from extractors.boxes import inside, union
from extractors.records import BBox, Caption, Page
from extractors.tables.columns import find_columns, place
from extractors.tables.figures import figure_zones, text_columns
from extractors.tables.impostors import is_drawing
from extractors.tables.lines import Line, is_blank, is_number, read_lines
from extractors.tables.places import Places
from extractors.tables.regions import Region, walls_in
from extractors.tables.settings import TableSettings


def find_blocks(
    page: Page, captions: Sequence[Caption], taken: Sequence[BBox], settings: TableSettings
) -> list[Region]:
    """Regions of aligned words outside the boxes already taken. A caption of a table that adjoins makes a weaker block
    pass; one of a figure rules it out."""
    boxes = [*taken, *(c.bbox for c in captions)]
    places = Places(page.words if boxes else ())
    held = {k for box in boxes for k in places.numbers(box)}
    free = [w for k, w in enumerate(page.words) if w.direction == 0 and k not in held]
    zones: list[BBox] | None = None
    out: list[Region] = []
    for x0, x1 in text_columns(page, settings):
        within = [w for w in free if x0 <= (w.bbox[0] + w.bbox[2]) / 2 <= x1]
        lines = read_lines(within, settings, walls_in(page, (x0, 0, x1, page.height)))
        for block in _runs(lines, settings):
            region = _region(page, block, captions, settings)
            if region is None:
                continue
            if region.caption is None:
                zones = figure_zones(page, captions, settings) if zones is None else zones
                if any(inside(region.bbox, z) for z in zones):
                    continue
            out.append(region)
    return out


def _runs(lines: Sequence[Line], settings: TableSettings) -> list[list[Line]]:
    """Runs of lines, each with words in columns, at an even pitch; a single run of words may stand among them."""
    out: list[list[Line]] = []
    run: list[Line] = []
    prose = _Prose(lines, settings)
    for at, line in enumerate(lines):
        near = bool(run) and line.baseline - run[-1].baseline <= settings.block_pitch_em * max(line.size, run[-1].size)
        if run and not near:
            out.append(run)
            run = []
        if (_in_columns(line, settings) or (run and near and not _is_running(line, settings))) and not prose.holds(at):
            run.append(line)
        else:
            if run:
                out.append(run)
            run = []
    if run:
        out.append(run)
    return [trimmed for r in out if len(trimmed := _trimmed(r, settings)) >= 2]


class _Prose:
    """Which lines are text of a narrow column, justified with wide spaces. Looked at only where asked: of most pages
    hardly a line could stand in a table anyway."""

    def __init__(self, lines: Sequence[Line], settings: TableSettings) -> None:
        self._lines, self._settings = lines, settings
        self._worded: dict[int, bool] = {}

    def holds(self, at: int) -> bool:
        """Plain words in a row, and so the line above or below, or the short last line of such."""
        if self._among_such(at):
            return True
        line, last = self._lines[at], self._lines[at - 1]
        short = at > 0 and len(line.chunks) == 1 and not is_number(line.chunks[0].text)
        close = line.baseline - last.baseline < 2 * line.size
        return short and close and line.chunks[0].text.endswith(".") and self._among_such(at - 1)

    def _among_such(self, at: int) -> bool:
        return self._is(at) and (self._is(at - 1) or self._is(at + 1))

    def _is(self, at: int) -> bool:
        if not 0 <= at < len(self._lines):
            return False
        if at not in self._worded:
            self._worded[at] = _is_worded(self._lines[at], self._settings)
        return self._worded[at]


def _is_worded(line: Line, settings: TableSettings) -> bool:
    words = [w.text for c in line.chunks for w in c.words]
    if len(words) < settings.narrow_prose_words:
        return False
    if any(b.x0 - a.x1 >= settings.justified_gap_em * line.size for a, b in pairwise(line.chunks)):
        return False
    plain = sum(t.strip(".,;:()").isalpha() and not t[1:].isupper() for t in words)
    return plain > 0.8 * len(words) and sum(t.islower() for t in words) > 0.5 * len(words)


def _in_columns(line: Line, settings: TableSettings) -> bool:
    return len(line.chunks) > 1 and not _is_running(line, settings)


def _is_running(line: Line, settings: TableSettings) -> bool:
    return any(len(c.words) >= settings.prose_words for c in line.chunks) or len(line.chunks) > settings.max_columns


def _trimmed(run: list[Line], settings: TableSettings) -> list[Line]:
    """The run from its first line in columns to its last."""
    at = [k for k, n in enumerate(run) if _in_columns(n, settings)]
    return run[at[0] : at[-1] + 1] if at else []


def _region(page: Page, block: Sequence[Line], captions: Sequence[Caption], settings: TableSettings) -> Region | None:
    rows = sum(len(n.chunks) > 1 for n in block)
    if rows < 2 or rows < settings.block_rows * len(block):
        return None
    words = tuple(w for n in block for c in n.chunks for w in c.words)
    box = union([w.bbox for w in words])
    near = [c for c in captions if _adjoins(c.bbox, box, settings)]
    if any(c.kind != "table" for c in near):
        return None
    caption = min((c for c in near), key=lambda c: _distance(c.bbox, box), default=None)
    walls = tuple(r for r in walls_in(page, box) if box[0] < r.x0 < box[2])
    rules = tuple(r for r in page.rules if r.is_horizontal and _crosses(r.x0, r.x1, box) and box[1] < r.y0 < box[3])
    wide = sorted({round(r.y0, 1) for r in rules if r.x1 - r.x0 > 0.8 * (box[2] - box[0])})
    if caption is None and is_drawing(page, box, len(block), settings):
        return None
    if not _stands_in_columns(block, caption is not None, bool(walls or wide), settings):
        return None
    return Region(box, words, (box[1], *wide, box[3]), rules, walls, caption)


def _stands_in_columns(block: Sequence[Line], has_caption: bool, is_ruled: bool, settings: TableSettings) -> bool:
    """Whether rows keep to columns, and hold numbers enough where neither caption nor rule speaks for them."""
    rows = [n for n in block if len(n.chunks) > 1]
    least = 2 if has_caption or is_ruled else 3
    if len(rows) < least:
        return False
    columns = find_columns(block, settings)
    if len(columns) < least:
        return False
    tidy = sum(len({place(c, columns) for c in n.chunks}) == len(n.chunks) for n in rows)
    full = statistics.mean(len(n.chunks) for n in rows) / len(columns)
    if tidy < 0.8 * len(rows) or full < settings.block_filled:
        return False
    beyond = [c.text for n in rows for c in n.chunks[1:]]
    numbers = sum(is_number(t) or is_blank(t) for t in beyond)
    if has_caption:
        return True
    if is_ruled:
        return sum(len(t.split()) for t in beyond) <= settings.cell_words * len(beyond)
    named = any(any(ch.isalpha() for ch in c.text) for n in rows for c in n.chunks)
    return named and numbers >= settings.block_numbers * len(beyond)


def _crosses(x0: float, x1: float, box: BBox) -> bool:
    return min(x1, box[2]) - max(x0, box[0]) > 0.5 * min(x1 - x0, box[2] - box[0])


def _adjoins(caption: BBox, box: BBox, settings: TableSettings) -> bool:
    shared = min(caption[2], box[2]) - max(caption[0], box[0])
    return shared > 0 and _distance(caption, box) <= settings.caption_reach


def _distance(caption: BBox, box: BBox) -> float:
    return max(caption[1] - box[3], box[1] - caption[3], 0.0)
