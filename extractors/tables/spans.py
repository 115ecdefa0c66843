"""Labels of the stub over the rows that they name."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.slots import Grid, Row, Slot


def stretch_labels(grid: Grid, body: Sequence[Row], heights: Sequence[float]) -> None:
    """Labels of the outer stub columns over the rows they name: those between two rules, or down to the next label."""
    head = grid.n_header_rows
    _stretch_numbers(grid, body, heights)
    for col in range(grid.n_header_cols):
        inner = col == grid.n_header_cols - 1  # names rows one by one, save where each stands amid several
        if inner and grid.n_cols < 3:
            continue
        have = {r: s for s in grid.slots if s.col == col and s.row >= head for r in range(s.row, s.row + s.row_span)}
        block: list[int] = []
        for k in range(len(body)):
            at = head + k
            ruled = k > 0 and any(body[k - 1].baseline < y < body[k].baseline for y in heights)
            if at in grid.group_rows or ruled:
                _stretch(block, have, only_centred=inner)
                block = []
            if at not in grid.group_rows:
                block.append(at)
        _stretch(block, have, only_centred=inner)


def _stretch_numbers(grid: Grid, body: Sequence[Row], heights: Sequence[float]) -> None:
    """Cells beyond the stub over the rows between two rules, where each block of a column, of three rows or more, holds
    one cell alone, in its middle row."""
    blocks: list[list[int]] = []
    for k in range(len(body)):
        at = grid.n_header_rows + k
        if not blocks or any(body[k - 1].baseline < y < body[k].baseline for y in heights):
            blocks.append([])
        blocks[-1].append(at)
    if len(blocks) < 2 or any(len(b) < 3 or len(b) % 2 == 0 or grid.group_rows & set(b) for b in blocks):
        return
    for col in range(grid.n_header_cols, grid.n_cols):
        mine = [s for s in grid.slots if s.row >= grid.n_header_rows and s.col <= col < s.col + s.col_span]
        alone = all(s.row_span == s.col_span == 1 for s in mine)
        if alone and [s.row for s in mine] == [b[len(b) // 2] for b in blocks]:
            for slot, block in zip(mine, blocks, strict=True):
                slot.row, slot.row_span = block[0], len(block)


def _stretch(block: list[int], have: dict[int, Slot], *, only_centred: bool) -> None:
    labels = [r for r in block if r in have]
    if not labels or len(labels) == len(block) or any(have[r].col_span > 1 or have[r].row_span > 1 for r in labels):
        return
    if only_centred and (len(labels) != 1 or labels[0] == block[0] or 2 * labels[0] != block[0] + block[-1]):
        return
    if labels[0] == block[0]:
        ends = [*labels[1:], block[-1] + 1]
        for r, end in zip(labels, ends, strict=True):
            have[r].row_span = end - r
        return
    start = block[0]
    for i, r in enumerate(labels):  # centred labels: as many rows below as above
        limit = labels[i + 1] - 1 if i + 1 < len(labels) else block[-1]
        end = min(limit, 2 * r - start + 1) if i + 1 < len(labels) else block[-1]
        have[r].row, have[r].row_span = start, max(r, end) - start + 1
        start = have[r].row + have[r].row_span
