"""Columns whose words stand no farther apart than the words of one cell: told by what stands above and below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.records import Word
from extractors.tables.lines import Chunk, Line, Span, is_number
from extractors.tables.settings import TableSettings

_ON_LINE = 0.6  # points by which the left ends of words of one column may differ
_WIDER = 1.15  # times the space between the words of one header is the least white between two of them
_LEAST_ROWS = 3  # rows whose words begin at one place, for a stub to be of two columns


def parted_headers(
    chunk: Chunk, columns: Sequence[Span], size: float, settings: TableSettings, *, last: bool
) -> list[Chunk]:
    """A header over several columns cut into one part for each of them, where each part is aligned with its column and
    the parts stand farther apart than words. In the `last` line of a header, below which a header over several columns
    would have columns of its own, three parts may stand nearer and less exactly."""
    if not 1 < len(columns) <= len(chunk.words):
        return [chunk]
    loose = last and len(columns) > 2
    gap = (settings.header_gap_em if loose else settings.sure_gap_em) * size
    off, cuts = _best_cuts(chunk.words, columns, gap)
    if off > (settings.header_off_em if loose else settings.sure_off_em) * size or not _are_wider(chunk.words, cuts):
        return [chunk]
    ends = [*cuts[1:], len(chunk.words)]
    return [Chunk(chunk.words[a:b], *column) for a, b, column in zip(cuts, ends, columns, strict=True)]


def _best_cuts(words: Sequence[Word], columns: Sequence[Span], gap: float) -> tuple[float, list[int]]:
    """Where to cut words into one run for each column so that the worst aligned one is off as little as can be, and by
    how much it is off. Dynamic programming over the words used up so far."""
    n = len(words)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for column in columns:
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (worst, cuts) in sorted(best.items()):
            if start and words[start].bbox[0] - words[start - 1].bbox[2] < gap:
                continue
            for end in range(start + 1, n + 1):
                found = (max(worst, _off(words[start:end], column)), [*cuts, start])
                if end not in reached or found < reached[end]:
                    reached[end] = found
        best = {end: found for end, found in reached.items() if end < n or column == columns[-1]}
    return best.get(n, (float("inf"), []))


def _are_wider(words: Sequence[Word], cuts: Sequence[int]) -> bool:
    """Whether the white at the cuts is wider than that between the words of each part."""
    gaps = {k: b.bbox[0] - a.bbox[2] for k, (a, b) in enumerate(pairwise(words), 1)}
    inner = max((g for k, g in gaps.items() if k not in cuts), default=0.0)
    return all(gaps[k] > _WIDER * inner for k in cuts[1:])


def _off(words: Sequence[Word], column: Span) -> float:
    """By how much words miss a column: their left ends, right ends or middles, whichever are nearest."""
    left, right = words[0].bbox[0], max(w.bbox[2] for w in words)
    return min(abs(left - column[0]), abs(right - column[1]), abs(left + right - column[0] - column[1]) / 2)


def with_parted_stub(columns: list[Span], lines: Sequence[Line]) -> list[Span]:
    """The columns, the first one cut in two where a word begins at one and the same place in all rows that reach so
    far, and some rows have words on both sides of it, others beyond it only."""
    if len(columns) < 2:
        return columns
    x0, x1 = columns[0]
    rows = [[w for c in n.chunks for w in c.words if x0 - 1 < (w.bbox[0] + w.bbox[2]) / 2 < x1 + 1] for n in lines]
    rows = [r for r in rows if r]
    inner = sorted(r[0].bbox[0] for r in rows if r[0].bbox[0] > x0 + r[0].size)
    at = max(inner, key=lambda x: (sum(abs(x - o) < _ON_LINE for o in inner), -x), default=None)
    if at is None or sum(abs(at - o) < _ON_LINE for o in inner) < _LEAST_ROWS:
        return columns
    left = [w for r in rows for w in r if w.bbox[0] < at - _ON_LINE]
    right = [r for row in rows if (r := [w for w in row if w.bbox[0] >= at - _ON_LINE])]
    aligned = all(abs(r[0].bbox[0] - at) < _ON_LINE for r in right)
    named = all(map(_is_name, [*left, *(r[0] for r in right)]))  # no bullets or marks before names, no numbers
    both = sum(r[0].bbox[0] < at - _ON_LINE and r[-1].bbox[0] > at - _ON_LINE for r in rows)
    if not both or not aligned or not named or any(w.bbox[2] > at - 0.5 for w in left):
        return columns
    return [(x0, max(w.bbox[2] for w in left)), (at, max(x1, *(w.bbox[2] for r in right for w in r))), *columns[1:]]


def _is_name(word: Word) -> bool:
    return sum(ch.isalpha() for ch in word.text) > 1


def with_text_column(columns: list[Span], lines: Sequence[Line], settings: TableSettings) -> list[Span]:
    """The columns, those made one over which most rows are a text whose words stand apart (in a box of colour each)."""
    if len(columns) <= settings.text_columns:
        return columns
    runs = [r for n in lines if len(r := _last_run(n, settings)) > 4 and not any(is_number(c.text) for c in r)]
    if len(runs) < 0.6 * len(lines):
        return columns
    start = min(r[0].x0 for r in runs)
    left = [c for c in columns if c[1] < start]
    return [*left, (start, columns[-1][1])] if sum(c[0] > start - 1 for c in columns) > 2 else columns


def _last_run(line: Line, settings: TableSettings) -> list[Chunk]:
    """The last chunks of a line that stand no farther apart than words in justified type."""
    out = [line.chunks[-1]]
    for chunk in reversed(line.chunks[:-1]):
        if out[0].x0 - chunk.x1 > settings.justified_gap_em * line.size:
            break
        out.insert(0, chunk)
    return out
