"""Pages and captions to tables: regions, lines, columns and grid put together, with the reader's checks of itself."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.boxes import union
from extractors.collector import without_collector
from extractors.document.sideways import turned, turned_back, turned_forth
from extractors.ids import stable_id
from extractors.records import Caption, Cell, Page, Rule, Table
from extractors.tables.blocks import find_blocks
from extractors.tables.checks import self_check
from extractors.tables.columns import find_columns
from extractors.tables.continued import link_parts, without_foot
from extractors.tables.grid import build_grid
from extractors.tables.impostors import is_contents, is_drawing, is_formula, is_listing, is_text, runs_on
from extractors.tables.kind import classify
from extractors.tables.lines import Line, fit_gap, is_number, join_words, read_lines
from extractors.tables.regions import Region, find_regions
from extractors.tables.settings import DEFAULT_SETTINGS, TableSettings
from extractors.tables.side_labels import add_side_labels
from extractors.tables.slots import Grid, Slot


def read_tables(
    pages: Sequence[Page], captions: Sequence[Caption], paper_id: str, settings: TableSettings = DEFAULT_SETTINGS
) -> tuple[Table, ...]:
    """All tables of a paper in page order, from the top of each page to its bottom."""
    out: list[Table] = []
    with without_collector():
        for page in pages:
            here = [c for c in captions if c.page == page.number]
            out.extend(_on_page(page, [c for c in here if not c.direction], paper_id, settings))
            for way in sorted({c.direction for c in here if c.direction}):
                out.extend(_sideways(page, way, [c for c in here if c.direction == way], paper_id, settings))
    return link_parts(sorted(out, key=lambda t: (t.page, t.bbox[1], t.bbox[0])), pages)


def _on_page(page: Page, captions: Sequence[Caption], paper_id: str, settings: TableSettings) -> list[Table]:
    fitted = _fitted(page, settings)
    regions = find_regions(page, captions, fitted)
    found = [(r, t) for r in regions if (t := read_region(page, r, paper_id, fitted))]
    used = {r.caption for r, _ in found}
    left = [c for c in captions if c.kind != "table" or c not in used]
    loose = find_blocks(page, left, [r.bbox for r in regions], fitted)
    return [*(t for _, t in found), *(t for r in loose if (t := read_region(page, r, paper_id, fitted)))]


def _sideways(page: Page, way: int, captions: Sequence[Caption], paper_id: str, settings: TableSettings) -> list[Table]:
    """The tables that a caption set the same way calls so: other sideways words are mostly the names of axes."""
    boxes = turned_forth([c.bbox for c in captions], page, way)
    upright = [replace(c, bbox=box, direction=0) for c, box in zip(captions, boxes, strict=True)]
    found = _on_page(turned(page, way), upright, paper_id, settings)
    return [_back(t, page, way) for t in found if t.caption_bbox is not None]


def _back(table: Table, page: Page, way: int) -> Table:
    return replace(
        table,
        bbox=turned_back(table.bbox, page, way),
        caption_bbox=turned_back(table.caption_bbox, page, way) if table.caption_bbox else None,
        cells=tuple(replace(c, bbox=turned_back(c.bbox, page, way)) for c in table.cells),
        rotation=way,
    )


def _fitted(page: Page, settings: TableSettings) -> TableSettings:
    """The settings for a page: where its usual space between words is wide, so must be the white between columns."""
    gaps: list[float] = []
    for line in page.lines[::2]:  # half of them tell as much
        if line.words[0].direction:
            continue
        gaps += [g for a, b in pairwise(line.words) if 0.1 < (g := (b.bbox[0] - a.bbox[2]) / a.size) < 0.6]
    if len(gaps) < settings.min_spaces:
        return settings
    wide = settings.space_factor * statistics.median(gaps)
    return replace(settings, word_gap_em=max(settings.word_gap_em, wide))


def read_region(page: Page, region: Region, paper_id: str, settings: TableSettings) -> Table | None:
    """The table in a region; None where what stands there has no grid or, without a caption, no numbers."""
    region = without_foot(region, settings)
    lines = read_lines([w for w in region.words if w.direction == 0], settings, region.walls)
    if len(lines) < 2:
        return None
    gap = fit_gap(lines, settings)
    if gap != settings.word_gap_em:
        settings = replace(settings, word_gap_em=gap)
        lines = read_lines([w for w in region.words if w.direction == 0], settings, region.walls)
    columns = find_columns(lines, settings)
    if len(columns) < 2:
        return None
    if runs_on(lines, columns, settings):
        if region.caption is None:
            return None
        columns = [(columns[0][0], columns[-1][1])]
    grid = build_grid(lines, columns, region.full_rules, region.inner_rules, settings)
    add_side_labels(grid, region.words, columns[0][0], region.inner_rules)
    cells = tuple(_cell(slot, grid, region.inner_rules) for slot in grid.slots)
    body = [c for c in cells if not c.is_header]
    numbers = sum(1 for c in body if is_number(c.text))
    if region.caption is None and (
        is_drawing(page, region.bbox, len(lines), settings)
        or is_listing(lines)
        or is_contents(lines)
        or is_formula(lines)
        or (len(region.full_rules) < 4 and is_text(region.words, region.walls, settings))  # rules part rows of text
        or not _is_table_like(region, lines, cells, numbers, settings)
    ):
        return None
    caption = region.caption
    kind, reason = classify(caption.text if caption else None, cells)
    warnings = self_check(cells, region.words, settings, grid.n_header_rows)
    return Table(
        table_id=stable_id("t", paper_id, page.number, *(round(v) for v in region.bbox)),
        paper_id=paper_id,
        page=page.number,
        bbox=region.bbox,
        label=caption.label if caption else None,
        caption=caption.text if caption else None,
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        n_header_rows=grid.n_header_rows,
        n_header_cols=grid.n_header_cols,
        kind=kind,
        kind_reason=reason,
        rotation=0,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.col))),
        caption_bbox=caption.bbox if caption else None,
        confidence=max(0.1, (1.0 if caption else 0.8) - 0.2 * len(warnings)),
        warnings=warnings,
    )


def _is_table_like(
    region: Region, lines: Sequence[Line], cells: Sequence[Cell], numbers: int, settings: TableSettings
) -> bool:
    """Whether a region that no caption calls a table is one: enough numbers, or words in ruled rows of short cells."""
    body = [c for c in cells if not c.is_header]
    if len(body) < 2:
        return False
    if numbers >= settings.min_numeric_share * len(body):
        return True
    ruled = len(region.full_rules) >= 3 or bool(region.walls)
    heights: dict[int, int] = {}
    for cell in cells:
        heights[cell.row] = heights.get(cell.row, 0) + 1
    rows = sum(n > 1 for n in heights.values())
    chunks = [c for n in lines for c in n.chunks]
    words = sum(len(c.text.split()) for c in chunks) / len(chunks)
    return ruled and rows >= 0.6 * len(heights) and words <= settings.cell_words


def _cell(slot: Slot, grid: Grid, rules: Sequence[Rule]) -> Cell:
    header = slot.row < grid.n_header_rows or slot.col < grid.n_header_cols or slot.row in grid.group_rows
    plain = [w for w in slot.words if not w.is_super] or slot.words
    box = union([w.bbox for w in slot.words])
    return Cell(
        row=slot.row,
        col=slot.col,
        row_span=slot.row_span,
        col_span=slot.col_span,
        text=join_words(slot.words),
        is_header=header,
        bold=sum(len(w.text) for w in plain if w.is_bold) * 2 > sum(len(w.text) for w in plain),
        underline=any(0 <= r.y0 - plain[0].baseline < 3 and r.x0 >= box[0] - 2 and r.x1 <= box[2] + 2 for r in rules),
        bbox=box,
        marks=tuple(w.text for w in slot.words if w.is_super),
    )


def with_context(table: Table, sentences: Sequence[str]) -> Table:
    """The table with the sentences that name its label."""
    if not table.label:
        return table
    kind, number = table.label.split(maxsplit=1)
    name = re.compile(rf"\b{kind}s?\.?\s*(?:[\dA-Z.]+\s*(?:,|and|&|-|–)\s*)*{re.escape(number)}(?![\d.]*\d)", re.I)
    return replace(table, context=tuple(s for s in sentences if name.search(s)))
