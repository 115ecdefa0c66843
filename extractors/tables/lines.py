"""Printed lines of a region: words by base line, and the runs of words (chunks) that wide gaps set apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter, sub

from extractors.boxes import union
from extractors.records import BBox, Rule, Word
from extractors.tables.settings import TableSettings

Span = tuple[float, float]  # the x interval of a column

NUMBER = re.compile(
    r"^[^\w+\-−–.]*[+\-−–±]?[$€£]?(?:\d[\d,]*\.?\d*|\.\d+)\s*(?:%|x|×|pp|pts?)?"
    r"(?:\s*(?:[±(/\[|↑↓+\-−–]|\\pm).*)?[*†‡§¶∗↑↓%)\]a-d]*$"
)
BLANK = re.compile(r"^(?:[-−–—✗✓✘✔×\\/.]+|n/?a|oom|nan|\?)?$", re.I)
_DECIMAL = re.compile(r"^\d*\.\d+$")
_MONO = re.compile(r"mono|cour|cmtt|typewriter|consol|menlo|-tt|txtt|lmtt", re.I)
_BY_LINE = attrgetter("baseline")
SCRIPT_SIZE = 0.86  # share of a word's type size below which what hangs on it is a script (TeX sets 7 on 10 points)


@dataclass(eq=False)  # not frozen, which would make it three times as slow to make; no slots: the text is kept
class Chunk:
    """Words of one printed line with no wide gap between them."""

    words: tuple[Word, ...]
    x0: float
    x1: float

    @cached_property
    def text(self) -> str:
        return join_words(self.words)

    @property
    def bbox(self) -> BBox:
        return union([w.bbox for w in self.words])


@dataclass(eq=False)  # as a chunk; top and bottom are kept
class Line:
    """One printed line within a region; chunks from left to right."""

    baseline: float
    size: float
    chunks: tuple[Chunk, ...]

    @cached_property
    def top(self) -> float:
        return min([w.bbox[1] for c in self.chunks for w in c.words])

    @cached_property
    def bottom(self) -> float:
        return max([w.bbox[3] for c in self.chunks for w in c.words])


def join_words(words: Sequence[Word]) -> str:
    """The words with a space where the page shows one: scripts and changes of font inside a word leave no gap."""
    if len(words) == 1:
        return words[0].text
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
        gap, is_below = b[0] - a[2], word.baseline - last.baseline > 0.7 * word.size  # scripts stand nearer
    return gap > 0.12 * word.size or is_below


@lru_cache(maxsize=4096)  # the cells of one table are asked for time and again
def is_number(text: str) -> bool:
    return bool(NUMBER.match(text.strip()))


def is_blank(text: str) -> bool:
    return bool(BLANK.match(text.strip()))


def read_lines(words: Sequence[Word], settings: TableSettings, walls: Sequence[Rule] = ()) -> list[Line]:
    """Words gathered by base line, scripts with the word they hang on, from the top of the region to its bottom.

    `walls` are vertical rules: no run of words goes on across one.
    """
    return list(each_line(words, settings, walls))


def each_line(words: Sequence[Word], settings: TableSettings, walls: Sequence[Rule] = ()) -> Iterator[Line]:
    """As `read_lines`, line by line, for those who may stop at one."""
    plain = sorted([w for w in words if not (w.is_super or w.is_sub)], key=_BY_LINE)
    stray = _stray_scripts(plain)
    groups: list[list[Word]] = []
    base, size = 0.0, 0.0  # of the last group's first word
    for word in [w for w in plain if id(w) not in stray] if stray else plain:
        if groups and word.baseline - base < settings.line_merge_em * (word.size if word.size > size else size):
            groups[-1].append(word)
        else:
            groups.append([word])
            base, size = word.baseline, word.size
    scripts: list[Word] = []
    if stray or len(plain) < len(words):
        scripts = [stray.get(id(w), w) for w in words if w.is_super or w.is_sub or id(w) in stray]
    if scripts and groups:
        by_middle = sorted((g[0].baseline - 0.3 * g[0].size, g[0].baseline, k) for k, g in enumerate(groups))
        middles = [m for m, _, _ in by_middle]
        hosts = [groups[_nearest(middles, (w.bbox[1] + w.bbox[3]) / 2, by_middle)] for w in scripts]
        for host, word in zip(hosts, scripts, strict=True):
            host.append(word)
    return (_line(g, settings, walls) for g in groups)


def _nearest(middles: Sequence[float], at: float, by_middle: Sequence[tuple[float, float, int]]) -> int:
    """The number of the group whose middle is nearest to a height, of equally near ones the upper one."""
    after = bisect_left(middles, at)
    before = bisect_left(middles, middles[after - 1]) if after else after
    near = [by_middle[k] for k in (before, after) if k < len(by_middle)]
    return min(near, key=lambda m: (abs(at - m[0]), m[1]))[2]


def fit_gap(lines: Sequence[Line], settings: TableSettings) -> float:
    """The gap, in type sizes, that parts columns in these lines: where gaps between words fall into two groups, the
    middle of the white between the groups, else the usual value."""
    pairs = [
        ((right.bbox[0] - left.bbox[2]) / n.size, left, right)
        for n in lines
        for left, right in pairwise([w for c in n.chunks for w in c.words])
        if not (right.is_super or right.is_sub)
    ]
    low, high = settings.gap_range_em
    inside = [low, *sorted(gap for gap, _, _ in pairs if low < gap < high), high]
    a, b = max(pairwise(inside), key=lambda p: p[1] / p[0])
    usual = settings.word_gap_em
    fitted = usual if a < usual < b or b < 1.25 * a else (a * b) ** 0.5
    scores = [
        gap for gap, left, right in pairs if gap > low and _DECIMAL.match(left.text) and _DECIMAL.match(right.text)
    ]
    return min([fitted, *(0.98 * gap for gap in scores)])  # two scores side by side stand in two columns


def _stray_scripts(words: Sequence[Word]) -> dict[int, Word]:
    """By their identities the words that the page sets as scripts on lines of their own, as such: smaller type that
    touches the end of a larger word and stands off its base line (stacked errors, degrees, powers).

    `words` stand in the order of their base lines.
    """
    sizes = {w.size for w in words}
    smallest, largest = min(sizes, default=0.0), max(sizes, default=0.0)
    if smallest > SCRIPT_SIZE * largest or len(sizes) < 2:
        return {}
    small = [w for w in words if w.size <= SCRIPT_SIZE * largest]
    hosts = [w for w in words if w.size >= smallest / SCRIPT_SIZE]
    out: dict[int, Word] = {}
    for word, host in _touching(small, hosts, 0.7 * largest):
        raised = word.baseline < host.baseline
        out[id(word)] = replace(word, is_super=raised, is_sub=not raised)
    return out


def _touching(small: Sequence[Word], hosts: Sequence[Word], reach: float) -> Iterator[tuple[Word, Word]]:
    """Of small words those that hang on a larger one, each with the leftmost such; both in the order of base lines.

    No script stands farther than `reach` off its host."""
    bases = [w.baseline for w in hosts]
    start, n = 0, len(hosts)
    for word in small:
        base, left, best = word.baseline, word.bbox[0], None
        while start < n and bases[start] < base - reach:
            start += 1
        at = start
        while at < n and bases[at] <= base + reach:
            host = hosts[at]
            at += 1
            end = host.bbox[2]
            if -reach < left - end < reach and _hangs_on(word, host) and (best is None or end < best.bbox[2]):
                best = host
        if best is not None:
            yield word, best


def _hangs_on(word: Word, host: Word) -> bool:
    """Whether a word touches the end of a larger one off its base line."""
    size = host.size
    return (
        size >= word.size / SCRIPT_SIZE
        and 0.12 < abs(word.baseline - host.baseline) / size < 0.7
        and -0.3 * size < word.bbox[0] - host.bbox[2] < 0.2 * size
    )


def _line(words: list[Word], settings: TableSettings, walls: Sequence[Rule]) -> Line:
    size = _median([w.size for w in words])
    base = _median([w.baseline for w in words])
    lefts = [w.bbox[0] for w in words]
    ordered = words
    if min(map(sub, lefts[1:], lefts), default=2.0) <= 1:  # else each stands more than a point to the right of the last
        ordered = sorted(words, key=lambda w: (round(w.bbox[0]), w.bbox[1], w.bbox[0]))
        lefts = [w.bbox[0] for w in ordered]
    here = [r.x0 for r in walls if r.y0 - 1 < base - 0.3 * size < r.y1 + 1] if walls else []
    usual, mono = settings.word_gap_em * size, settings.mono_gap_em * size
    rights = [w.bbox[2] for w in ordered]
    if not here and max(map(sub, lefts[1:], rights), default=0.0) <= min(usual, mono):  # text; most lines are
        return Line(base, size, (Chunk(tuple(ordered), lefts[0], max(rights)),))
    run = [ordered[0]]
    end = ordered[0].bbox[2]
    chunks: list[Chunk] = []
    for word in ordered[1:]:
        left, _, right, _ = word.bbox
        if left - end <= (mono if is_mono(word.font) else usual) and not (
            here and any(end - 1 < x < left + 1 for x in here)
        ):
            run.append(word)
            if right > end:
                end = right
        else:
            chunks.append(Chunk(tuple(run), run[0].bbox[0], end))
            run = [word]
            end = right
    chunks.append(Chunk(tuple(run), run[0].bbox[0], end))
    return Line(base, size, tuple(chunks))


def _median(values: list[float]) -> float:
    """As `statistics.median`, at a fraction of its cost for the few values of one line."""
    n = len(values)
    if n == 1:
        return values[0]
    values.sort()
    return values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) / 2


@lru_cache(maxsize=512)  # a paper has some dozens of fonts
def is_mono(font: str) -> bool:
    """Whether a font's name tells that all its characters have one width."""
    return bool(_MONO.search(font))
