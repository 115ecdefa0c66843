"""Printed lines of a region: words by base line, and the runs of words (chunks) that wide gaps set apart."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.records import BBox, Rule, Word
from extractors.tables.settings import TableSettings

NUMBER = re.compile(
    r"^[^\w+\-−–.]*[+\-−–±]?[$€£]?(?:\d[\d,]*\.?\d*|\.\d+)\s*(?:%|x|×|pp|pts?)?"
    r"(?:\s*(?:[±(/\[|↑↓+\-−–]|\\pm).*)?[*†‡§¶∗↑↓%)\]a-d]*$"
)
BLANK = re.compile(r"^(?:[-−–—✗✓✘✔×\\/.]+|n/?a|oom|nan|\?)?$", re.I)
_MONO = re.compile(r"mono|cour|cmtt|typewriter|consol|menlo|-tt|txtt|lmtt", re.I)
SCRIPT_SIZE = 0.86  # share of a word's type size below which what hangs on it is a script (TeX sets 7 on 10 points)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one printed line with no wide gap between them."""

    words: tuple[Word, ...]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        return join_words(self.words)

    @property
    def bbox(self) -> BBox:
        return union([w.bbox for w in self.words])


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line within a region; chunks from left to right."""

    baseline: float
    size: float
    chunks: tuple[Chunk, ...]

    @property
    def top(self) -> float:
        return min(c.bbox[1] for c in self.chunks)

    @property
    def bottom(self) -> float:
        return max(c.bbox[3] for c in self.chunks)


def union(boxes: Sequence[BBox]) -> BBox:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def join_words(words: Sequence[Word]) -> str:
    """The words with a space where the page shows one: scripts and changes of font inside a word leave no gap."""
    out = ""
    for i, word in enumerate(words):
        if i:
            out += " " if _are_parted(words[i - 1], word) else ""
        out += word.text
    return out


def _are_parted(last: Word, word: Word) -> bool:
    """Whether there is white between two words along their way of writing, or the second begins a new line."""
    a, b = last.bbox, word.bbox
    if word.direction == 270:
        gap, is_below = a[1] - b[3], b[0] > a[2] - 1
    elif word.direction == 90:
        gap, is_below = b[1] - a[3], b[2] < a[0] + 1
    else:
        gap, is_below = b[0] - a[2], b[1] > a[3] - 1 and b[0] < a[2]
    return gap > 0.12 * word.size or is_below


def is_number(text: str) -> bool:
    return bool(NUMBER.match(text.strip()))


def is_blank(text: str) -> bool:
    return bool(BLANK.match(text.strip()))


def read_lines(words: Sequence[Word], settings: TableSettings, walls: Sequence[Rule] = ()) -> list[Line]:
    """Words gathered by base line, scripts with the word they hang on, from the top of the region to its bottom.

    `walls` are vertical rules: no run of words goes on across one.
    """
    words = _with_stray_scripts(words)
    plain = sorted((w for w in words if not (w.is_super or w.is_sub)), key=lambda w: (w.baseline, w.bbox[0]))
    groups: list[list[Word]] = []
    for word in plain:
        last = groups[-1] if groups else None
        if last and word.baseline - last[0].baseline < settings.line_merge_em * max(word.size, last[0].size):
            last.append(word)
        else:
            groups.append([word])
    for word in words:
        if (word.is_super or word.is_sub) and groups:
            middle = (word.bbox[1] + word.bbox[3]) / 2
            near = min(groups, key=lambda g: (abs(middle - (g[0].baseline - 0.3 * g[0].size)), g[0].baseline))
            near.append(word)
    return [_line(g, settings, walls) for g in groups]


def fit_gap(lines: Sequence[Line], settings: TableSettings) -> float:
    """The gap, in type sizes, that parts columns in these lines: where gaps between words fall into two groups, the
    middle of the white between the groups, else the usual value."""
    gaps = sorted(
        (b.bbox[0] - a.bbox[2]) / n.size
        for n in lines
        for a, b in pairwise([w for c in n.chunks for w in c.words])
        if not (b.is_super or b.is_sub)
    )
    low, high = settings.gap_range_em
    inside = [low, *(g for g in gaps if low < g < high), high]
    a, b = max(pairwise(inside), key=lambda p: p[1] / p[0])
    usual = settings.word_gap_em
    return usual if a < usual < b or b < 1.25 * a else (a * b) ** 0.5


def _with_stray_scripts(words: Sequence[Word]) -> list[Word]:
    """The words with those marked as scripts that the page sets on lines of their own: smaller type that touches the
    end of a larger word and stands off its base line (stacked errors, degrees, powers)."""
    out = list(words)
    sizes = sorted({round(w.size, 1) for w in words})
    if len(sizes) < 2 or sizes[0] > SCRIPT_SIZE * sizes[-1]:
        return out
    ends = sorted((w for w in words if not (w.is_super or w.is_sub)), key=lambda w: w.bbox[2])
    rights = [w.bbox[2] for w in ends]
    reach = 0.3 * sizes[-1]  # no host ends farther off than this
    for _ in range(2):  # once for the scripts of a word, once for words that go on after a script
        changed = False
        for k, word in enumerate(out):
            if word.is_super or word.is_sub:
                continue
            near = ends[bisect_left(rights, word.bbox[0] - reach) : bisect_right(rights, word.bbox[0] + reach)]
            host = next((h for h in near if _hangs_on(word, h)), None)
            if host is not None:
                raised = word.baseline < host.baseline
                out[k] = replace(word, is_super=raised, is_sub=not raised)
                changed = True
        if not changed:
            break
    return out


def _hangs_on(word: Word, host: Word) -> bool:
    if word.size > SCRIPT_SIZE * host.size:
        return False
    off = abs(word.baseline - host.baseline) / host.size
    return 0.12 < off < 0.7 and -0.3 * host.size < word.bbox[0] - host.bbox[2] < 0.2 * host.size


def _line(words: list[Word], settings: TableSettings, walls: Sequence[Rule]) -> Line:
    size = statistics.median(w.size for w in words)
    base = statistics.median(w.baseline for w in words)
    ordered = sorted(words, key=lambda w: (round(w.bbox[0]), w.bbox[1], w.bbox[0]))
    here = [r.x0 for r in walls if r.y0 - 1 < base - 0.3 * size < r.y1 + 1]
    runs: list[list[Word]] = []
    end = 0.0
    for word in ordered:
        gap = settings.mono_gap_em if runs and _MONO.search(word.font) else settings.word_gap_em
        joined = runs and word.bbox[0] - end <= gap * size
        if joined and not any(end - 1 < x < word.bbox[0] + 1 for x in here):
            runs[-1].append(word)
            end = max(end, word.bbox[2])
        else:
            runs.append([word])
            end = word.bbox[2]
    chunks = tuple(Chunk(tuple(r), r[0].bbox[0], max(w.bbox[2] for w in r)) for r in runs)
    return Line(base, size, chunks)
