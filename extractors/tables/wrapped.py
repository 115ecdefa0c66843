"""Cells of text in several printed lines: which lines go on with those above, and which rules stand between rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.records import Rule, Word
from extractors.tables.columns import cut, place
from extractors.tables.floats import rules_over
from extractors.tables.lines import Line, Span, is_number
from extractors.tables.slots import Row

_HYPHENED = re.compile(r"[a-z]-$")
_LINE_WORDS = 3  # words of a line that another may go on with
_FILLED = 0.8  # of the width of its column, for a line that another may go on with

Cells = dict[tuple[int, int], list[Word]]


def goes_on(above: Cells, below: Cells, columns: Sequence[Span]) -> bool:
    """Whether words go on with those of the line above: one that a hyphen parts, or, in a line without a label, in most
    cells small words below a line of words that fills its column."""
    pairs = [(above[key], words, key) for key, words in below.items() if key in above]
    if any(_HYPHENED.search(upper[-1].text) and lower[0].text[:1].islower() for upper, lower, _ in pairs):
        return True
    if any(a == 0 for a, _ in below):
        return False
    small = sum(lower[0].text[:1].islower() and _is_full(upper, key, columns) for upper, lower, key in pairs)
    return 2 * small > len(below)


def label_goes_on(above: Cells, below: Cells, columns: Sequence[Span]) -> bool:
    """Whether a line is nothing but the rest of the label above it: small words below a label that fills its column."""
    label = above.get((0, 0))
    if label is None or len(above) < 2 or len(below) != 1:
        return False
    ((first, _), words) = next(iter(below.items()))
    return first == 0 and words[0].text[:1].islower() and _is_full(label, (0, 0), columns)


def _is_full(words: Sequence[Word], key: tuple[int, int], columns: Sequence[Span]) -> bool:
    left, right = columns[key[0]][0], columns[key[1]][1]
    return len(words) >= _LINE_WORDS and words[-1].bbox[2] > left + _FILLED * (right - left)


def ruled_blocks(
    lines: Sequence[Line], columns: Sequence[Span], full_rules: Sequence[float], partial: Sequence[Rule]
) -> list[tuple[int, int]]:
    """Where rules part the rows of a table of text: the first line of each block between two rules and the first beyond
    it, of blocks that are one row. None where there are numbers, or where lines hardly ever go on."""
    if len(columns) < 2 or sum(_holds_number(n, columns) for n in lines) > 0.1 * len(lines):
        return []
    over = [rules_over(c, full_rules, partial) for c in (*columns[1:2], columns[-1])]
    heights = [y for y in over[0] if any(abs(y - o) < 1 for o in over[1])]
    edges = [k for k in range(1, len(lines)) if any(lines[k - 1].baseline < y < lines[k].baseline for y in heights)]
    blocks = [(a, b) for a, b in pairwise([0, *edges, len(lines)]) if b - a > 1]
    if not edges or not blocks:
        return []
    whole = [
        (a, b)
        for a, b in blocks
        if not any(lines[a].baseline < r.y0 < lines[b - 1].baseline for r in partial)
        and not _begins_anew(lines[a:b], columns)
    ]
    running = sum(_runs(lines[a:b], columns) for a, b in whole)
    return whole if 2 * running > len(blocks) else []


def _holds_number(line: Line, columns: Sequence[Span]) -> bool:
    return any(is_number(c.text) for c in line.chunks if place(c, columns)[0] > 0)


def _begins_anew(lines: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Whether there is more than one row: in two columns or more a line that does not fill its column is followed by
    one with a large letter, or a column says the same on two lines."""
    cells = [_by_column(n, columns) for n in lines]
    for above, below in pairwise(cells):
        shared = [key for key in below if key in above]
        if sum(below[k][0].text[:1].isupper() and not _is_full(above[k], k, columns) for k in shared) > 1:
            return True
    said = Counter((key, " ".join(w.text for w in words)) for line in cells for key, words in line.items())
    return any(n > 1 and text[:1].isalpha() for (_, text), n in said.items())


def _runs(lines: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Whether somewhere words go on from line to line."""
    return any(goes_on(above, below, columns) for above, below in _pairs(lines, columns))


def _pairs(lines: Sequence[Line], columns: Sequence[Span]) -> Iterator[tuple[Cells, Cells]]:
    """Each line but the first with what stands last above it in every column: labels may stand between lines."""
    above: Cells = {}
    for line in lines:
        below = _by_column(line, columns)
        if above:
            yield above, below
        above = above | below


def _by_column(line: Line, columns: Sequence[Span]) -> Cells:
    """The words of a line by column; what bridges columns is shared out word by word."""
    out: Cells = {}
    for chunk in line.chunks:
        for part in cut(chunk, columns):
            first, last = place(part, columns)
            for word in part.words:
                middle = (word.bbox[0] + word.bbox[2]) / 2
                col = min(range(first, last + 1), key=lambda k: (abs(middle - sum(columns[k]) / 2), k))
                if columns[first][1] >= middle:
                    col = first
                out.setdefault((col, col), []).append(word)
    return out


def one_row(lines: Sequence[Line], columns: Sequence[Span]) -> Row:
    """All lines as one row; where most run on over columns, one cell."""
    running = sum(any((ends := place(c, columns))[0] < ends[1] for c in n.chunks) for n in lines)
    if 2 * running > len(lines):
        words = [w for n in lines for c in n.chunks for w in c.words]
        return Row(lines[0].top, lines[-1].baseline, lines[-1].bottom, {(0, len(columns) - 1): words})
    cells: Cells = {}
    for line in lines:
        for key, words in _by_column(line, columns).items():
            cells.setdefault(key, []).extend(words)
    return Row(lines[0].top, lines[-1].baseline, lines[-1].bottom, dict(sorted(cells.items())))
