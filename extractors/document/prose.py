"""Running text told from what else stands on a page: figures' labels, table debris, prompts, dialogues, references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.document.blocks import Block

_WORD = re.compile(r"^[\"“‘(\[]*[a-z][a-z’'-]*[\"”’)\],.;:?!]*$")
_PROMPT = re.compile(
    r"^[\W_]*(?:(?:human|user|assistant|system|instructions?|input|output|prompt|question|answer|response|context|premise"
    r"|query|hypothesis|example \d+)\b[^.]{0,30}:\s|[QA]\d?\s*:|you are (?:an?|the)\b"
    r"|you will (?:be|act)\b|your (?:task|job) is"
    r"|please (?:act|rate|evaluate|answer|provide|write|read|generate|judge|note)\b"
    r"|as an ai\b|\[(?:system|user|inst)|<\|?\w+"
    r"|###|given the following|below (?:is|are)\b)",
    re.I,
)
_ENTRY = re.compile(
    r"arXiv preprint|arXiv:\d{4}\.|\bIn Proceedings of|\bIn Advances in Neural|\bIn Findings of|\bCoRR, abs|"
    r"\bURL https?://|\bdoi:|Association for Computational Linguistics, pages"
)
_ENTRY_START = re.compile(r"^(?:\[\w{1,8}\]\s|\d{1,3}\.\s|[A-Z][\w’'-]+,? [A-Z]\.|[A-Z][\w’'-]+ [A-Z][\w’'-]+,)")
_SHARE = 0.33  # of a block's words in plain lower case; prose has 0.55 to 0.85, rows of a table below 0.2
_FEW = 4  # plain words below which a block is no text of its own


def plain_share(text: str) -> tuple[int, float]:
    """How many words are plain lower case, and their share."""
    words = text.split()
    plain = sum(1 for w in words if _WORD.match(w))
    return plain, plain / max(1, len(words))


def is_prose(block: Block) -> bool:
    """Whether a block is text that the authors wrote to be read as sentences."""
    text = block.text
    plain, share = plain_share(text)
    if plain < _FEW or share < _SHARE:
        return False
    mono = sum(len(r.text) for r in block.rows if r.mono) > 0.5 * len(text)
    return not (mono or _PROMPT.match(text) or is_reference(text))


def is_tail(block: Block) -> bool:
    """Whether a block may be the short rest of a paragraph: a row or two, words rather than numbers."""
    letters = sum(c.isalpha() for c in block.text)
    return len(block.rows) <= 2 and letters > 0.5 * len(block.text.replace(" ", "")) and not _PROMPT.match(block.text)


def is_reference(text: str) -> bool:
    """An entry of a list of references, told by its words where no heading told it."""
    return bool(_ENTRY_START.match(text) and _ENTRY.search(text[:400]))


def body_size(blocks: Iterable[Block]) -> float:
    """The type size, to a tenth of a point, in which most of the prose is set."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if len(block.rows) > 1:
            sizes[block.size] += len(block.text)
    return max(sizes, key=lambda s: (sizes[s], s), default=10.0)


def running_heads(pages: Sequence[Sequence[Block]], heights: Sequence[float]) -> frozenset[tuple[int, int]]:
    """`(page index, block index)` of heads and feet: in the outer margins, and the same over pages but for digits."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for p, blocks in enumerate(pages):
        for b, block in enumerate(blocks):
            y0, y1 = block.bbox[1] / heights[p], block.bbox[3] / heights[p]
            if (y1 < 0.1 or y0 > 0.9) and len(block.rows) <= 2:
                seen.setdefault(re.sub(r"\W*\d+\W*", "#", block.text).strip(), []).append((p, b))
    return frozenset(
        place
        for text, places in seen.items()
        for place in places
        if len(places) > 2 or not re.search(r"[a-z]{3}", text)
    )
