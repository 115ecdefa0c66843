"""Running text as sentences with their places: abstract, body, footnotes and captions of a paper in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.boxes import inside
from extractors.document.blocks import BREAK, Block, Row, blocks_of, is_bullet, rows_of
from extractors.document.prose import body_size, is_prose, is_tail, running_heads
from extractors.document.sections import heading_of, opens_abstract, opens_contents, opens_references
from extractors.document.sentences import split_sentences
from extractors.records import BBox, Caption, DocumentText, Page, PaperMeta, Sentence

Source = Literal["abstract", "body", "caption", "footnote"]
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-\u00ad\u2010]$")
_COMPOUND = re.compile(
    r"[A-Z0-9]\w*[-\u2010]$|\b(?:non|self|multi|pre|post|state-of-the|in|few|zero|one|two|long|short|open|closed|well|high|low|fine)-$"
)
# No hyphenation cuts behind a digit or a bracket: such a hyphen belongs to a name (GPT-4-turbo) or a range (10-20).
_NAME_HYPHEN = re.compile(r"(?<=[\d)\]])[-\u2010\u2011]$")
_RANGE_DASH = re.compile(r"(?<=\d)\u2013$")
_SUSPENDING = frozenset({"and", "or", "to"})  # words before which a hyphen hangs: pre- and post-training
_EDGES = ".,;:!?()[]{}\"'“”‘’"
_SMALLER = 0.7  # points below the size of the text in which footnotes are set
_TERMINAL = re.compile(r"[.!?:;][\"”’)\]]*$")
_FULL = 0.85  # share of the block's width which a row must fill to run on


@dataclass(slots=True)
class _Stream:
    """A run of text that is read without a stop, with the place of each printed row in it."""

    section: str | None
    source: Source
    vocabulary: frozenset[str]
    text: str = ""
    rows: list[tuple[int, int, BBox]] = field(default_factory=list)  # start, page, box
    last: Block | None = None


def read_text(
    pages: Sequence[Page], captions: Sequence[Caption], table_boxes: Mapping[int, Sequence[BBox]], meta: PaperMeta
) -> DocumentText:
    """The sentences of all pages; words inside `table_boxes` (by page number) are no running text.

    A sentence that runs over a column or page stands once, with the page on which it begins and the boxes there.
    """
    layout = [_page_blocks(page, captions, table_boxes.get(page.number, ())) for page in pages]
    size = body_size(block for blocks, _ in layout for block in blocks)
    heads = running_heads([blocks for blocks, _ in layout], [page.height for page in pages])
    streams: list[_Stream] = []
    printed = {word for blocks, _ in layout for block in blocks for row in block.rows for word in row.text.split()}
    vocabulary = frozenset(word.strip(_EDGES) for word in printed)
    reader = _Reader(size, vocabulary)
    for index, (page, (blocks, caption_rows)) in enumerate(zip(pages, layout, strict=True)):
        kept = [b for i, b in enumerate(blocks) if (index, i) not in heads]
        streams.extend(reader.page(kept, page))
        streams.extend(_caption_stream(page.number, rows, reader.section, vocabulary) for rows in caption_rows)
    streams.extend(reader.close())
    sentences = list(_numbered(_sentences(streams)))
    return DocumentText(
        meta.title, meta.abstract, tuple(reader.sections), tuple(captions), tuple(sentences), len(pages)
    )


def _page_blocks(
    page: Page, captions: Sequence[Caption], tables: Sequence[BBox]
) -> tuple[list[Block], list[tuple[Row, ...]]]:
    """Blocks of a page outside tables and captions, and the rows of each caption."""
    here = [c for c in captions if c.page == page.number]
    caption_rows: list[list[Row]] = [[] for _ in here]
    rest = []
    before: int | None = None
    for row in rows_of(page.lines):
        mine = next((i for i, c in enumerate(here) if inside(row.bbox, c.bbox)), None)
        if mine is None and before is not None and _runs_below(caption_rows[before][-1], row):
            mine = before
        before = mine
        if mine is not None:
            caption_rows[mine].append(row)
        elif not any(inside(row.bbox, box) for box in tables):
            rest.append(row)
    return blocks_of(page, rest), [tuple(rows) for rows in caption_rows if rows]


def _runs_below(last: Row, row: Row) -> bool:
    """Whether a row goes on with the sentence of a caption's last row, right below it in the same type."""
    return (
        not _TERMINAL.search(last.text)
        and row.text[:1].islower()
        and abs(row.size - last.size) < 0.3
        and 0 < row.bbox[1] - last.bbox[1] < row.size * 1.5
        and min(row.bbox[2], last.bbox[2]) > max(row.bbox[0], last.bbox[0])
    )


class _Reader:
    """Walks the blocks of a paper in order, with what is open: section, paragraph, abstract or references."""

    def __init__(self, size: float, vocabulary: frozenset[str]) -> None:
        self.size = size
        self.vocabulary = vocabulary
        self.section: str | None = None
        self.sections: list[str] = []
        self._skipping = False
        self._abstract = False
        self._open: _Stream | None = None

    def page(self, blocks: Sequence[Block], page: Page) -> list[_Stream]:
        """The streams that end on this page, footnotes included."""
        done: list[_Stream] = []
        note: _Stream | None = None
        for i, block in enumerate(blocks):
            below = blocks[i + 1].bbox[1] - block.bbox[3] if i + 1 < len(blocks) else block.size
            heading = heading_of(block, self.size, below if below >= 0 else block.size)
            if heading is not None:
                done.extend(self._begin(heading))
                note = None
            elif self._skipping:
                continue
            elif self._is_note(block, page, note):
                if note is None or block.rows[0].opens_with_super:
                    note = _Stream(self.section, "footnote", self.vocabulary)
                    done.append(note)
                _append(note, block)
            else:
                note = None
                done.extend(self._body(block))
        return done

    def close(self) -> list[_Stream]:
        left, self._open = self._open, None
        return [left] if left else []

    def _begin(self, heading: str) -> list[_Stream]:
        self.section = heading
        self.sections.append(heading)
        self._skipping = opens_references(heading) or opens_contents(heading)
        self._abstract = opens_abstract(heading)
        return self.close()

    def _is_note(self, block: Block, page: Page, note: _Stream | None) -> bool:
        if self.section is None and block.bbox[1] < page.height * 0.5:
            return False
        small = block.size < self.size - _SMALLER
        follows = (
            note is not None
            and note.last is not None
            and abs(note.last.size - block.size) < 0.3
            and block.bbox[1] >= note.last.bbox[1]
        )
        return small and block.bbox[1] > page.height * 0.45 and (block.rows[0].opens_with_super or follows)

    def _body(self, block: Block) -> list[_Stream]:
        """Adds a block to the open paragraph, or closes that and begins anew; what is no prose is passed over."""
        source: Source = "abstract" if self._abstract else "body"
        open_end = self._open is not None and _runs_on(self._open, block)
        if open_end and self._open is not None and (is_prose(block) or is_tail(block)):
            _append(self._open, block)
            return []
        if not is_prose(block):
            return []
        done = self.close()
        self._open = _Stream(self.section, source, self.vocabulary)
        _append(self._open, block)
        return done


def _runs_on(stream: _Stream, block: Block) -> bool:
    """Whether the paragraph goes on in this block: its sentence is not closed and the block does not begin one."""
    last = stream.last
    if last is None or abs(last.size - block.size) > 0.6:
        return False
    first = block.rows[0].text
    if is_bullet(first.split()[0]) or (block.rows[0].bold != last.rows[-1].bold and not block.rows[0].lead):
        return False
    if _TERMINAL.search(stream.text):
        return False
    if first[:1].islower() or _HYPHEN.search(stream.text) or _NAME_HYPHEN.search(stream.text):
        return True
    row = last.rows[-1]
    width = max(r.bbox[2] for r in last.rows) - min(r.bbox[0] for r in last.rows)
    moved = block.page != last.page or block.bbox[1] < last.bbox[1]
    return moved and len(last.rows) > 1 and row.bbox[2] - row.bbox[0] >= width * _FULL


def _append(stream: _Stream, block: Block) -> None:
    in_lead = True
    for i, row in enumerate(block.rows):
        text = row.text
        if stream.text:
            stream.text = _joined(stream.text, text, stream.vocabulary)
        stream.rows.append((len(stream.text), block.page, row.bbox))
        in_lead = in_lead and row.lead > 0
        if in_lead and row.lead < len(text) - 1 and (i > 0 or len(text[: row.lead].split()) > 1):
            rest = text[row.lead :].lstrip()
            text = f"{text[: row.lead]}{BREAK if rest[:1].isupper() else ' '}{rest}"
            in_lead = False
        elif in_lead and i + 1 < len(block.rows) and block.rows[i + 1].lead == 0 and text[-1] in ".:!?":
            text += BREAK
        stream.text += text
    stream.last = block


def _joined(text: str, following: str, vocabulary: frozenset[str]) -> str:
    """The text made ready for the next row: a cut word mended, an item of a list set apart, else a space.

    Whether a hyphen at the end of a row belongs to the word is told by how the paper writes that word elsewhere; behind
    a digit it always does.
    """
    if text.endswith(BREAK):
        return text
    if is_bullet(following.split()[0]) and _TERMINAL.search(text):
        return text + BREAK
    if not following[:1].isalnum():
        return f"{text} "
    hangs = following.split()[0] in _SUSPENDING
    if _NAME_HYPHEN.search(text) or (_RANGE_DASH.search(text) and following[0].isdigit()):
        return f"{text} " if hangs else text
    if not _HYPHEN.search(text):
        return f"{text} "
    left, right = text.split()[-1].lstrip(_EDGES), following.split()[0].rstrip(_EDGES)
    if left[:-1] + right in vocabulary:
        return text[:-1]
    if left + right in vocabulary:
        return text
    if hangs:
        return f"{text} "
    return text[:-1] if following[:1].islower() and not _COMPOUND.search(text) else text


def _caption_stream(page: int, rows: Iterable[Row], section: str | None, vocabulary: frozenset[str]) -> _Stream:
    stream = _Stream(section, "caption", vocabulary)
    gathered = tuple(rows)
    _append(
        stream,
        Block(
            page,
            tuple(Row(r.text, r.bbox, r.size, False, r.mono, False) for r in gathered),
            gathered[0].bbox,
            gathered[0].size,
        ),
    )
    return stream


def _sentences(streams: Iterable[_Stream]) -> Iterable[Sentence]:
    for stream in streams:
        ends = [start for start, _, _ in stream.rows[1:]] + [len(stream.text) + 1]
        for start, end in split_sentences(stream.text):
            touched = [(p, b) for (s, p, b), e in zip(stream.rows, ends, strict=True) if s < end and start < e]
            page = touched[0][0]
            text = re.sub(r"\s+", " ", stream.text[start:end])
            yield Sentence(0, page, stream.section, text, tuple(b for p, b in touched if p == page), stream.source)


def _numbered(sentences: Iterable[Sentence]) -> Iterable[Sentence]:
    for order, s in enumerate(sentences):
        yield Sentence(order, s.page, s.section, s.text, s.lines, s.source)
