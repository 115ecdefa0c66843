"""Columns of a region from the white that its rows leave free."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.tables.lines import Chunk, Line, Span, is_number
from extractors.tables.settings import TableSettings
from extractors.tables.tight import with_parted_stub, with_text_column


def find_columns(lines: Sequence[Line], settings: TableSettings) -> list[Span]:
    """The x intervals of the columns, from left to right.

    The row with the most chunks gives the first picture; other rows may widen a column or add one, but a row with a
    chunk that bridges two columns (a spanning header, a group row, a note) has no say.
    """
    order = sorted(lines, key=lambda n: (-len(n.chunks), -sum(is_number(c.text) for c in n.chunks), n.baseline))
    if not order:
        return []
    first = _most_agreed(order, settings)
    columns = [(c.x0, c.x1) for c in first.chunks]
    left, right = min(n.chunks[0].x0 for n in lines), max(n.chunks[-1].x1 for n in lines)
    for line in order:
        parts = [p for c in line.chunks for p in _parted(c, columns)]
        spans = [(c.x0, c.x1) for c in parts]
        if any(_touched(s, columns, settings) > 1 for s in spans):
            continue
        if len(spans) == 1 and (_touched(spans[0], columns, settings) == 0 or _is_title(line, left, right)):
            continue
        spans = [s for s in spans if not _amid_two(s, spans, columns, settings)]
        columns = _merged([*columns, *spans], settings)
    columns = _agreed(_with_outer_stub(columns, lines, settings), lines)
    columns = with_text_column(with_parted_stub(columns, lines), lines, settings)
    return _with_tails(columns, lines, settings)


def _is_title(line: Line, left: float, right: float) -> bool:
    """Whether words stand alone in the middle of the width: the title of the rows below, over whatever column."""
    (chunk,) = line.chunks
    centred = abs(chunk.x0 + chunk.x1 - left - right) < line.size
    return centred and chunk.x0 - left > line.size and not is_number(chunk.text)


def _amid_two(span: Span, others: Sequence[Span], columns: Sequence[Span], settings: TableSettings) -> bool:
    """Whether words stand in the white between two columns, neither of which has words of its own in that line: a
    header centred over both."""
    left = [c for c in columns if c[1] < span[0]]
    right = [c for c in columns if c[0] > span[1]]
    if len(left) + len(right) < len(columns) or not left or not right:
        return False
    pair = [left[-1], right[0]]
    if abs(left[-1][0] + right[0][1] - span[0] - span[1]) > 2 * settings.centre_tolerance:
        return False
    return not any(_touched(s, pair, settings) for s in others)


def _most_agreed(order: Sequence[Line], settings: TableSettings) -> Line:
    """Of the first rows with the most chunks the one that fewest other rows bridge: a header whose words stand apart
    by chance is bridged by most."""
    rivals = [n for n in order if len(n.chunks) == len(order[0].chunks)][: settings.rival_rows]
    if len(rivals) == 1:
        return rivals[0]

    def bridged(line: Line) -> int:
        spans = [(c.x0, c.x1) for c in line.chunks]
        return sum(any(_touched((c.x0, c.x1), spans, settings) > 1 for c in n.chunks) for n in order)

    return min(rivals, key=bridged)


def _parted(chunk: Chunk, columns: Sequence[Span]) -> list[Chunk]:
    """A chunk cut at the borders of columns where a number begins beyond each: cells that stand close to each other."""
    parts = cut(chunk, columns)
    numbers = all(is_number(p.text) and p.text[0] in "0123456789+-−–." for p in parts[1:])
    return parts if numbers else [chunk]


def _with_outer_stub(columns: list[Span], lines: Sequence[Line], settings: TableSettings) -> list[Span]:
    """With a first column all of whose words stand on lines of their own, half-way between rows."""
    alone = [n.chunks[0] for n in lines if len(n.chunks) == 1]
    left = [c for c in alone if columns and c.x1 < columns[0][0] - settings.valley_min]
    if len(left) < 2 or len(left) < len([c for c in alone if c.x0 < columns[0][0]]):
        return columns
    return [(min(c.x0 for c in left), max(c.x1 for c in left)), *columns]


_TAIL = re.compile(r"^(?:[(\[][+\-−–±↑↓∆Δ]?\s*[\d.,]+\s*%?\s*[↑↓]?[)\]]|±|\+/-)")
_PLAIN = re.compile(r"^[+\-−–]?\d*\.?\d+%?$")
_NOTE = re.compile(r"^[(\[].*[)\]]$")


def _with_tails(columns: list[Span], lines: Sequence[Line], settings: TableSettings) -> list[Span]:
    """Columns joined to the one on their left where all that stands in them is a number in brackets or a spread, close
    to what stands before it, or where all is in brackets and no header of its own stands above (citations)."""
    out: list[Span] = []
    placed = [[place(c, columns) for c in n.chunks] for n in lines]
    for k, column in enumerate(columns):
        pairs = [
            (n, c)
            for n, at in zip(lines, placed, strict=True)
            for c, p in zip(n.chunks, at, strict=True)
            if p == (k, k)
        ]
        tails = sum(1 for _, c in pairs if _TAIL.match(c.text))
        gaps = sorted(
            (c.x0 - b.x1) / n.size
            for n, at in zip(lines, placed, strict=True)
            for c, p in zip(n.chunks, at, strict=True)
            if p == (k, k)
            for b, q in zip(n.chunks, at, strict=True)
            if q[1] == k - 1 and b.x1 <= c.x0
        )
        close = bool(gaps) and gaps[len(gaps) // 2] < settings.tail_gap_em
        notes = all(_NOTE.match(c.text) for _, c in pairs)
        if out and len(pairs) > 1 and (notes or (tails >= 0.8 * len(pairs) and close)):
            out[-1] = (out[-1][0], column[1])
        else:
            out.append(column)
    return out


def _agreed(columns: list[Span], lines: Sequence[Line]) -> list[Span]:
    """Columns joined where more rows have a word across the white between two of them than have white there."""
    k = 0
    rows = [n for n in lines if len(n.chunks) > 1]
    placed = _ends(rows, columns)
    while k < len(columns) - 1:
        edge = (columns[k][1] + columns[k + 1][0]) / 2
        crossed = sum(
            any(w.bbox[0] < edge - 0.5 and w.bbox[2] > edge + 0.5 for c in n.chunks for w in c.words)
            for n in rows
            if any(c.x0 < edge < c.x1 for c in n.chunks)
        )
        apart = sum(k in lasts and k + 1 in firsts for firsts, lasts in placed)
        if crossed > apart:
            columns = [*columns[:k], (columns[k][0], columns[k + 1][1]), *columns[k + 2 :]]
            placed = _ends(rows, columns)
        else:
            k += 1
    return columns


def _ends(rows: Sequence[Line], columns: Sequence[Span]) -> list[tuple[set[int], set[int]]]:
    """For each row the columns in which its chunks begin and those in which they end."""
    places = [[place(c, columns) for c in n.chunks] for n in rows]
    return [({p[0] for p in at}, {p[1] for p in at}) for at in places]


def _touched(span: Span, columns: Sequence[Span], settings: TableSettings) -> int:
    left, right = span
    apart = -settings.valley_min
    return sum([(x1 if x1 < right else right) - (x0 if x0 > left else left) > apart for x0, x1 in columns])


def _merged(spans: Sequence[Span], settings: TableSettings) -> list[Span]:
    out: list[Span] = []
    for x0, x1 in sorted(spans):
        if out and x0 - out[-1][1] < settings.valley_min:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def borders(columns: Sequence[Span]) -> list[float]:
    """The middle of the white between each two columns."""
    return [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)]


def place(chunk: Chunk, columns: Sequence[Span]) -> tuple[int, int]:
    """First and last column that a chunk stands over; where it stands over none, the nearest one."""
    left, right = chunk.x0, chunk.x1
    first = last = -1
    for k, (x0, x1) in enumerate(columns):
        if x0 > right:
            break
        if (x1 if x1 < right else right) - (x0 if x0 > left else left) > 0.5:  # min and max, spelt out for speed
            last = k
            if first < 0:
                first = k
    if first < 0:
        middle = (left + right) / 2
        first = last = min(range(len(columns)), key=lambda k: (abs(middle - sum(columns[k]) / 2), k))
    return first, last


def _begins_column(chunk: Chunk, k: int, columns: Sequence[Span]) -> bool:
    """Whether a word is a number within a column that the words before it, a long label, do not reach."""
    word, before = chunk.words[k], chunk.words[k - 1]
    return (
        _PLAIN.match(word.text) is not None
        and before.text[-1].isalnum()
        and not is_number(before.text)
        and any(x0 - 1 < word.bbox[0] and word.bbox[2] < x1 + 1 and before.bbox[2] < x0 - 0.5 for x0, x1 in columns)
    )


def cut(chunk: Chunk, columns: Sequence[Span]) -> list[Chunk]:
    """A chunk that bridges columns, cut at the word gaps which fall on their borders (tight rows of a body)."""
    first, last = place(chunk, columns)
    if first == last:
        return [chunk]
    edges = borders(columns)[first:last]
    parts: list[list[int]] = [[]]
    for k, word in enumerate(chunk.words):
        if parts[-1] and k:
            left, right = chunk.words[k - 1].bbox[2], word.bbox[0]
            on_border = right - left > 0.5 and any(left - 1 <= e <= right + 1 for e in edges)
            if on_border or _begins_column(chunk, k, columns[first + 1 : last + 1]):
                parts.append([])
        parts[-1].append(k)
    out = []
    for part in parts:
        words = tuple(chunk.words[k] for k in part)
        out.append(Chunk(words, words[0].bbox[0], max(w.bbox[2] for w in words)))
    return out
