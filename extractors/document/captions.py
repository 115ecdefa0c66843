"""Captions of tables, figures, algorithms and listings, found by how their first line begins and is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from extractors.boxes import union
from extractors.document.sideways import sideways, turned, turned_back
from extractors.records import BBox, Caption, Page, TextLine

_START = re.compile(
    r"^(?P<kind>Supplementary Table|Extended Data Table|Table|TABLE|Tab\.|Figure|FIGURE|Fig\.|FIG\.|Algorithm"
    r"|ALGORITHM|Listing)"
    r"\s*(?P<number>S?\d+(?:\.\d+)*[a-z]?|[A-Z]\.?\d+(?:\.\d+)*|[IVXL]+(?![A-Za-z]))\s*(?P<mark>[:.|–—-]?)\s*"
)
# Words with which `_START` can match; it is not tried on other lines.
_FIRST = (
    "Supplementary",
    "Extended",
    "Tab",
    "TABLE",
    "Fig",
    "FIG",
    "Algorithm",
    "ALGORITHM",
    "Listing",
)  # spare the rest
_KINDS: dict[str, Literal["table", "figure", "algorithm", "listing"]] = {
    "tab": "table",
    "fig": "figure",
    "alg": "algorithm",
    "lis": "listing",
}
_LEADING = 1.75  # a caption's next line begins within this multiple of its type size (TeX sets 1.2, double spacing 1.7)
_TOUCH_EM = 0.12  # words nearer than this are parts of one word, set in another font or size
_WIDE_BLANK = 1.2  # em; justified lines have such blanks, columns stand farther apart
_SHORT = 0.8  # a line narrower than this share of the widest ends its paragraph


def find_captions(pages: Sequence[Page]) -> tuple[Caption, ...]:
    """The captions of all pages in the order of their lines, those set sideways last on their page. Labels are
    `Table 7`, `Table A2`, `Table VII`."""
    out: list[Caption] = []
    for page in pages:
        out.extend(_on_page(page))
        for way in sideways(page):
            found = _on_page(turned(page, way))
            out.extend(replace(c, bbox=turned_back(c.bbox, page, way), direction=way) for c in found)
    return tuple(out)


def _on_page(page: Page) -> list[Caption]:
    lines = [line for line in page.lines if line.words[0].direction == 0]
    labelled = [i for i, line in enumerate(lines) if line.words[0].text.startswith(_FIRST)]
    starts = {i: m for i in labelled if (m := _START.match(lines[i].text)) and _is_caption(lines, i, m)}
    out = []
    for i, match in starts.items():
        body = [lines[i], *_continuation(lines, i, set(starts), page)]
        said = [_said(line) for line in body]
        again = _START.match(said[0])
        said[0] = said[0][again.end() :] if again else lines[i].text[match.end() :]
        out.append(
            Caption(
                kind=_kind(match["kind"]),
                label=f"{_kind(match['kind']).capitalize()} {match['number'].replace(' ', '')}",
                text=_joined(said),
                page=page.number,
                bbox=union([line.bbox for line in body]),
            )
        )
    return out


def _said(line: TextLine) -> str:
    """The words of a line with a space where the page shows one: small capitals after a large one touch it, as do the
    marks of a sentence set in another font."""
    out = line.words[0].text
    for last, word in pairwise(line.words):
        touches = word.bbox[0] - last.bbox[2] < _TOUCH_EM * word.size
        scripts = word.is_super or word.is_sub or last.is_super or last.is_sub
        out += word.text if touches and not scripts else f" {word.text}"
    return out


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text, words that a hyphen parts at the end of a line put together (`Open- / and` is none)."""
    out = ""
    for line in lines:
        if re.search(r"\w-$", out) and re.match(r"(?!(?:and|or|to|vs)\b)[a-z]", line):
            out = out[:-1] + line
        else:
            out = f"{out} {line}"
    return out.strip()


def _kind(word: str) -> Literal["table", "figure", "algorithm", "listing"]:
    return _KINDS[word.split()[-1][:3].casefold()]


def _is_caption(lines: Sequence[TextLine], i: int, match: re.Match[str]) -> bool:
    """`Table 3: ...` is one; `Table 3 shows ...` and the end of a sentence `Table 3. We ...` are none."""
    line, rest = lines[i], lines[i].text[match.end() :]
    if match["mark"] in (":", "|", "–", "—") and match["mark"]:
        return True
    first = line.words[0]
    label_is_set_off = first.is_bold or (first.text.isupper() and len(first.text) > 3)
    if label_is_set_off:
        return not rest or rest[0].isupper() or match["mark"] == "." or not rest[0].islower()
    if match["mark"] == "." or not rest:
        return not _continues_text(lines, i) and (not rest or rest[0].isupper())
    return False


def _continues_text(lines: Sequence[TextLine], i: int) -> bool:
    """Whether a line of the same column stands right above and runs on into line i."""
    line = lines[i]
    size = line.words[0].size
    for other in lines[max(0, i - 3) : i]:
        gap = line.bbox[1] - other.bbox[3]
        same_column = abs(other.bbox[0] - line.bbox[0]) < 2 * size
        if same_column and -0.5 * size < gap < 0.5 * size and not other.text.rstrip().endswith((".", ":", "?")):
            return True
    return False


def _continuation(lines: Sequence[TextLine], i: int, starts: set[int], page: Page) -> list[TextLine]:
    """The further lines of a caption: below the last one at its leading, of its size, with no rule between. Wide blanks
    may have parted a line of it into several."""
    out = _beside(lines, i, starts)
    row, size = [lines[i], *out], (out or [lines[i]])[-1].words[-1].size
    box = union([line.bbox for line in row])
    widest = box[2] - box[0]
    bare = not out and _START.sub("", lines[i].text, count=1) == ""  # `TABLE VII` alone: the title is the next line
    is_first = True
    while is_first or bare or box[2] - box[0] >= widest * _SHORT:
        baseline = row[-1].words[-1].baseline
        step = [
            line
            for j, line in enumerate(lines)
            if j not in starts
            and 0.3 * size < line.words[0].baseline - baseline < _LEADING * size
            and abs(line.words[0].size - size) < 0.6
            and min(line.bbox[2], box[2]) - max(line.bbox[0], box[0]) > 0
        ]
        if not step or any(abs(line.words[0].baseline - step[0].words[0].baseline) > 1 for line in step):
            break
        below = union([line.bbox for line in step])
        step.sort(key=lambda line: line.bbox[0])
        if _ruled_off(page, box, below) or not all(_goes_on(lines, a, b) for a, b in pairwise(step)):
            break
        if not bare and is_first and box[2] - box[0] < _SHORT * (below[2] - below[0]):
            break
        row, box, bare, is_first = step, below, False, False
        out.extend(row)
        widest = max(widest, box[2] - box[0])
    return out


def _beside(lines: Sequence[TextLine], i: int, starts: set[int]) -> list[TextLine]:
    """What goes on behind line i on its base line, behind no more than a wide blank."""
    out: list[TextLine] = []
    last = lines[i]
    for j, line in sorted(enumerate(lines), key=lambda item: item[1].bbox[0]):
        is_level = abs(line.words[0].baseline - last.words[-1].baseline) < 1 and line.bbox[0] > last.bbox[2]
        if j not in starts and is_level and _goes_on(lines, last, line):
            out.append(line)
            last = line
    return out


def _goes_on(lines: Sequence[TextLine], left: TextLine, right: TextLine) -> bool:
    """Whether the white between two parts on one base line is a blank of one line: a wide one, or one below which the
    next line runs on (below the white between columns none does)."""
    blank, size = right.bbox[0] - left.bbox[2], right.words[0].size
    if blank < _WIDE_BLANK * size:
        return True
    return blank < 2 * _WIDE_BLANK * size and any(
        line.bbox[0] < left.bbox[2] - size
        and line.bbox[2] > right.bbox[0] + size
        and 0 < line.words[0].baseline - right.words[0].baseline < _LEADING * size
        for line in lines
    )


def _ruled_off(page: Page, upper: BBox, lower: BBox) -> bool:
    middle_top, middle_bottom = (upper[1] + upper[3]) / 2, (lower[1] + lower[3]) / 2
    return any(
        r.is_horizontal and middle_top < r.y0 < middle_bottom and min(r.x1, lower[2]) - max(r.x0, lower[0]) > 10
        for r in page.rules
    )
