"""Tables split over pages: the parts after the first know which table they go on with, its label and its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.document.sideways import turned, turned_forth
from extractors.records import BBox, Cell, Page, Table, Word
from extractors.tables.lines import read_lines
from extractors.tables.regions import Region
from extractors.tables.settings import TableSettings

_CONTINUED = re.compile(r"\W*(?:continued|cont(?:'d|d)?\b|continuation)\W*(?:from|of)?[^.]{0,40}\W*", re.I)
_FOOT = re.compile(
    r"\W*(?:table )?(?:is )?(?:to be )?(?:continue[sd]?|cont\.?'?d?\.?)"
    r" (?:on|to|in) (?:the )?(?:next|following) page\W*",
    re.I,
)
_ALIGNED = 6.0  # points by which the edges of two parts of one table may differ
_MARGIN = 0.09  # share of the page's height at head and foot for running heads and page numbers


def link_parts(tables: Sequence[Table], pages: Sequence[Page]) -> tuple[Table, ...]:
    """The tables, in their order, those that go on with one of the page before given its label, its caption where
    they print none of their own, and its id in `continues` (the id of the first part for all further ones).

    A part goes on where it repeats the label, or prints none, has the same columns at the same places, and nothing but
    running heads stands between the two.
    """
    shown = {p.number: p for p in pages}
    out: dict[str, Table] = {}
    for table in tables:
        before = [t for t in out.values() if t.page == table.page - 1 and _same_columns(t, table)]
        last = next((t for t in reversed(before) if _goes_on(t, table, shown)), None)
        out[table.table_id] = table if last is None else _joined(out[last.continues or last.table_id], table)
    return tuple(out.values())


def without_foot(region: Region, settings: TableSettings) -> Region:
    """The region less a last line that says that the table goes on."""
    if not any("cont" in w.text.casefold() for w in region.words):  # spares most regions the reading
        return region
    lines = read_lines([w for w in region.words if w.direction == 0], settings, region.walls)
    if len(lines) < 2 or not _FOOT.fullmatch(" ".join(c.text for c in lines[-1].chunks)):
        return region
    foot = {id(w) for c in lines[-1].chunks for w in c.words}
    x0, y0, x1, y1 = region.bbox
    return replace(
        region,
        bbox=(x0, y0, x1, min(y1, lines[-1].top)),
        words=tuple(w for w in region.words if id(w) not in foot),
        full_rules=tuple(y for y in region.full_rules if y < lines[-1].top + 1),
    )


def headed(part: Table, first: Table) -> tuple[Table, int]:
    """A part whose header only the first part prints, with that header above its rows, and the number of rows that it
    was moved down by. A part with a header of its own comes back as it is."""
    if not first.n_header_rows or part.n_header_rows or part.n_cols != first.n_cols:
        return part, 0
    n = first.n_header_rows
    head = [c for c in first.cells if c.row < n]
    cells = (*head, *(replace(c, row=c.row + n) for c in part.cells))
    return replace(part, cells=cells, n_rows=part.n_rows + n, n_header_rows=n, n_header_cols=first.n_header_cols), n


def _same_columns(a: Table, b: Table) -> bool:
    return a.n_cols == b.n_cols and a.rotation == b.rotation


def _goes_on(last: Table, table: Table, pages: dict[int, Page]) -> bool:
    if table.label is not None:
        return table.label == last.label
    if last.label is None or (table.caption and not _CONTINUED.fullmatch(table.caption)):
        return False
    here, there = _upright(last, pages[last.page]), _upright(table, pages[table.page])
    (old, before), (new, after) = here, there
    if abs(old[0] - new[0]) > _ALIGNED or abs(old[2] - new[2]) > _ALIGNED:
        return False
    below = [w for w in before.words if _over(w, old) and w.bbox[1] > old[3] + 1]
    above = [w for w in after.words if _over(w, new) and w.bbox[3] < new[1] - 1]
    foot, head = (1 - _MARGIN) * before.height, _MARGIN * after.height
    rest = " ".join(w.text for w in above if w.bbox[1] > head)
    last_words = " ".join(w.text for w in below if w.bbox[3] <= foot)
    return (not last_words or _FOOT.fullmatch(last_words) is not None) and (
        not rest or _CONTINUED.search(rest) is not None
    )


def _upright(table: Table, page: Page) -> tuple[BBox, Page]:
    if not table.rotation:
        return table.bbox, page
    (box,) = turned_forth([table.bbox], page, table.rotation)
    return box, turned(page, table.rotation)


def _over(word: Word, box: BBox) -> bool:
    return word.direction == 0 and box[0] - 2 <= (word.bbox[0] + word.bbox[2]) / 2 <= box[2] + 2


def _joined(first: Table, table: Table) -> Table:
    own = table.caption if table.caption and not _CONTINUED.fullmatch(table.caption) else None
    linked = replace(table, label=first.label, caption=own or first.caption, continues=first.table_id)
    if not table.n_header_rows or not first.n_header_rows or _header(table) == _header(first):
        return linked
    # No header is printed again: the rows taken for one are the first of the body.
    stub = first.n_header_cols
    cells = tuple(_as_body(c, stub) if c.row < table.n_header_rows else c for c in table.cells)
    return replace(linked, cells=cells, n_header_rows=0, n_header_cols=stub)


def _header(table: Table) -> list[tuple[int, str]]:
    return [(c.col, c.text) for c in table.cells if c.row < table.n_header_rows]


def _as_body(cell: Cell, stub: int) -> Cell:
    return replace(cell, is_header=cell.col < stub or cell.col_span > 1)
