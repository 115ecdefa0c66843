"""Where the figures of a page stand, so that the numbers on their axes are not taken for tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.records import BBox, Caption, Page, TextLine
from extractors.tables.settings import TableSettings


def text_columns(page: Page, settings: TableSettings) -> list[tuple[float, float]]:
    """The columns of running text as x intervals that part the whole page; one where its lines go across."""
    return _columns(page, _prose(page, settings))


def _columns(page: Page, prose: Sequence[BBox]) -> list[tuple[float, float]]:
    """As `text_columns`, from the boxes of the printed lines of running text."""
    spans: list[list[float]] = []
    counts: list[int] = []
    for x0, _, x1, _ in sorted(prose):
        if spans and x0 < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], x1)
            counts[-1] += 1
        else:
            spans.append([x0, x1])
            counts.append(1)
    if len(spans) != 2 or min(counts) < 3:
        return [(0.0, page.width)]
    edges = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    return list(pairwise([0.0, *edges, page.width]))


def figure_zones(page: Page, captions: Sequence[Caption], settings: TableSettings) -> list[BBox]:
    """For each caption of a figure the part of its column above it, up to running text or another caption."""
    out: list[BBox] = []
    figures = [c for c in captions if c.kind != "table"]
    if not figures:
        return out
    prose = _prose(page, settings)
    columns = _columns(page, prose)
    stops = [*prose, *(c.bbox for c in captions)]
    for caption in figures:
        mine = [c for c in columns if min(c[1], caption.bbox[2]) - max(c[0], caption.bbox[0]) > 20]
        x0, x1 = min((c[0] for c in mine), default=0.0), max((c[1] for c in mine), default=page.width)
        above = [b[3] for b in stops if b[3] < caption.bbox[1] - 2 and min(b[2], x1) - max(b[0], x0) > 40]
        out.append((x0, max(above, default=0.0), x1, caption.bbox[1]))
    return out


def _prose(page: Page, settings: TableSettings) -> list[BBox]:
    """The boxes of printed lines of running text: several plain words, narrow columns included, in the type size in
    which most of them are set; figures and prompts in them are set smaller."""
    lines: list[TextLine] = []
    letters: Counter[float] = Counter()  # in each type size
    for line in page.lines:
        words = line.words
        if len(words) <= settings.narrow_prose_words or words[0].direction:
            continue
        texts = [w.text for w in words]
        if sum(map(str.islower, texts)) > 0.4 * len(words) and sum(
            map(str.isalpha, [t.strip(".,;:()") for t in texts])
        ) > 0.7 * len(words):
            lines.append(line)
            letters[round(words[0].size, 1)] += sum(map(len, texts)) + len(texts) - 1
    body = max(letters, key=lambda s: (letters[s], s), default=0.0)
    return [n.bbox for n in lines if n.words[0].size > settings.small_type * body]
