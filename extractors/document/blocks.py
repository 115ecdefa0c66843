"""Printed lines and blocks of a page: fragments of one row joined, rows that follow each other gathered.

The order is that of the PDF's own content, which typesetting programs write column by column with the floats apart;
what a block means (text, heading, footnote) is told by `prose` and `sections`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.boxes import union
from extractors.records import BBox, Page, TextLine, Word

_WORD_GAP = 0.13  # share of the type size; words set closer are one word whose fonts differ (a space takes 0.25)
_ROW_GAP = 1.6  # type sizes; fragments of one row stand closer, columns further apart
_LEADING = 1.85  # type sizes from line to line in one paragraph; TeX sets 1.2, double spacing 1.7
_SIZE_STEP = 0.6  # points; smaller differences of type size are hinting, not design
_MONO = re.compile(r"mono|courier|typewriter|cmtt|consol|menlo|sftt|-tt|txtt|inconsolata", re.I)
_NOTE_MARK = re.compile(r"^[\d*†‡§¶∗,]{1,5}$")
_BULLET = re.compile(r"^[•·▪◦‣●■➢✓–—−-]$|^\(?(?:[ivx]{1,4}|[a-z]|\d{1,2})[.)]$")
BREAK = "\u2029"  # paragraph separator: a sentence never runs over it


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of one column. `lead` counts the characters of its bold beginning."""

    text: str
    bbox: BBox
    size: float
    bold: bool
    mono: bool
    opens_with_super: bool
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other at the leading of one paragraph."""

    page: int
    rows: tuple[Row, ...]
    bbox: BBox
    size: float

    @property
    def text(self) -> str:
        return " ".join(row.text for row in self.rows)


def rows_of(lines: Sequence[TextLine]) -> list[Row]:
    """Upright printed rows in content order, fragments that stand side by side joined."""
    groups: list[list[Word]] = []
    for line in lines:
        if line.words[0].direction != 0:
            continue
        if groups and _continues_row(groups[-1], line.words):
            groups[-1].extend(line.words)
        else:
            groups.append(list(line.words))
    return [_row(words) for words in groups]


def _continues_row(left: Sequence[Word], right: Sequence[Word]) -> bool:
    size = max(left[-1].size, right[0].size)
    gap = right[0].bbox[0] - left[-1].bbox[2]
    top, bottom = max(left[-1].bbox[1], right[0].bbox[1]), min(left[-1].bbox[3], right[0].bbox[3])
    low = min(left[-1].bbox[3] - left[-1].bbox[1], right[0].bbox[3] - right[0].bbox[1])
    return -size * 0.5 <= gap <= size * _ROW_GAP and bottom - top >= low * 0.4


def _row(words: Sequence[Word]) -> Row:
    sizes: Counter[float] = Counter()
    bold = mono = total = 0
    for word in words:
        n = len(word.text)
        sizes[round(word.size, 1)] += n
        total += n
        bold += n if word.is_bold else 0
        mono += n if _MONO.search(word.font) else 0
    size = max(sizes, key=lambda s: (sizes[s], s))
    text, lead, in_lead = "", 0, True
    before: Word | None = None
    for word in words:
        mark = word.is_super and before is not None and bool(_NOTE_MARK.match(word.text))
        in_lead = in_lead and word.is_bold
        if mark:
            before = word
            continue
        close = before is not None and word.bbox[0] - before.bbox[2] < _WORD_GAP * size and not before.is_super
        text += word.text if close or not text else f" {word.text}"
        lead = len(text) if in_lead else lead
        before = word
    first = words[0]
    return Row(
        text=text,
        bbox=union([w.bbox for w in words]),
        size=size,
        bold=bold > 0.8 * total,
        mono=mono > 0.6 * total,
        opens_with_super=first.is_super
        or (len(words) > 1 and bool(_NOTE_MARK.match(first.text)) and first.size < size * 0.85),
        lead=lead,
    )


def blocks_of(page: Page, rows: Sequence[Row]) -> list[Block]:
    """Blocks in content order."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues_block(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_block(page.number, group) for group in groups]


def _continues_block(group: Sequence[Row], row: Row) -> bool:
    last = group[-1]
    down = row.bbox[1] - last.bbox[1]
    overlap = min(last.bbox[2], row.bbox[2]) - max(last.bbox[0], row.bbox[0])
    same_row = abs(down) < row.size * 0.5
    return (
        abs(row.size - last.size) < _SIZE_STEP
        and (0 < down <= row.size * _LEADING or same_row)
        and (overlap > 0 or same_row)
        and (row.bold == last.bold or (last.bold and row.lead > 0))
        and not (row.opens_with_super and not same_row)
    )


def _block(number: int, rows: Sequence[Row]) -> Block:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    return Block(number, tuple(rows), union([r.bbox for r in rows]), max(sizes, key=lambda s: (sizes[s], s)))


def is_bullet(word: str) -> bool:
    """Whether a word is a mark that opens an item of a list."""
    return bool(_BULLET.match(word))
