"""Running text as sentences with their places. First version: the order of the PDF's own text, no sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.records import BBox, Caption, DocumentText, Page, PaperMeta, Sentence, TextLine

_END = re.compile(r"(?<=[.!?])(?<!al\.)(?<!e\.g\.)(?<!i\.e\.)(?<!Fig\.)(?<!Tab\.)(?<!Sec\.)(?<!vs\.)\s+(?=[A-Z“\"(\[])")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]$")
_WORDS = 3  # lower-case words by which a line counts as text; figures and formulas have fewer


def read_text(
    pages: Sequence[Page], captions: Sequence[Caption], table_boxes: Mapping[int, Sequence[BBox]], meta: PaperMeta
) -> DocumentText:
    """The sentences of all pages; words inside `table_boxes` (by page number) are no running text."""
    sentences: list[Sentence] = []
    for page in pages:
        boxes = table_boxes.get(page.number, ())
        lines = [line for line in page.lines if not any(_inside(line.bbox, b) for b in boxes) and _is_text(line)]
        for text, where in _sentences(lines):
            sentences.append(Sentence(len(sentences), page.number, None, text, where))
    return DocumentText(meta.title, meta.abstract, (), tuple(captions), tuple(sentences), len(pages))


def _inside(inner: BBox, outer: BBox) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _is_text(line: TextLine) -> bool:
    return line.words[0].direction == 0 and sum(w.text.strip(".,;").islower() for w in line.words) >= min(
        _WORDS, len(line.words)
    )


def _sentences(lines: Sequence[TextLine]) -> list[tuple[str, tuple[BBox, ...]]]:
    """Sentences of one page with the boxes of the lines they touch; a word cut at a line's end is mended."""
    if not lines:
        return []
    text = ""
    starts: list[int] = []
    for line in lines:
        joined = _HYPHEN.sub("", text)
        text = joined if joined != text else f"{text} " if text else ""
        starts.append(len(text))
        text += line.text
    out, at = [], 0
    for part in _END.split(text):
        start = text.index(part, at)
        at = start + len(part)
        ends = [*starts[1:], len(text) + 1]
        touched = tuple(n.bbox for n, s, e in zip(lines, starts, ends, strict=True) if s < at and start < e)
        if part.strip():
            out.append((part.strip(), touched))
    return out
