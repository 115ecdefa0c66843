"""Foreign text made plain: one line of bounded length, without characters that control a terminal or turn text round.

What a title says is kept, markup and formulas too; to escape them is the duty of whoever puts them into HTML or a
spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from extractors.records import PaperMeta

TITLE_CHARS = 1_000  # the longest title on arXiv has about 300
ABSTRACT_CHARS = 20_000  # arXiv itself allows 1,920
NAME_CHARS = 300
ID_CHARS = 200  # of a file's stem at most
MAX_AUTHORS = 10_000  # the largest collaborations have about 5,000
_JOINERS = "\u200c\u200d"  # are letters' business in Persian and Indic names
_SPACE = re.compile(r"\s+")


def plain_text(text: str, limit: int) -> str:
    """`text` in NFC with white space squeezed, without control, bidi, surrogate and private characters; cut at `limit`.

    A cut text ends in `…`. At most `4 * limit` characters are looked at, so that a title of megabytes costs nothing.
    """
    text = unicodedata.normalize("NFC", text[: 4 * limit])
    kept = "".join(c if c in _JOINERS else " " if c.isspace() else c for c in text if c.isspace() or _is_plain(c))
    kept = _SPACE.sub(" ", kept).strip()
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def _is_plain(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def plain_or_none(text: str | None, limit: int) -> str | None:
    """As `plain_text`; None for what is empty or unknown."""
    return (plain_text(text, limit) or None) if text is not None else None


def plain_meta(meta: PaperMeta) -> PaperMeta:
    """The record with every text made plain, whoever wrote it; an id that is nothing else becomes `unnamed`."""
    return replace(
        meta,
        paper_id=plain_text(meta.paper_id, ID_CHARS) or "unnamed",
        title=plain_or_none(meta.title, TITLE_CHARS),
        authors=tuple(name for a in meta.authors[:MAX_AUTHORS] if (name := plain_text(a, NAME_CHARS))),
        abstract=plain_or_none(meta.abstract, ABSTRACT_CHARS),
        primary_category=plain_or_none(meta.primary_category, NAME_CHARS),
        categories=tuple(c for a in meta.categories[:100] if (c := plain_text(a, NAME_CHARS))),
        license=plain_or_none(meta.license, NAME_CHARS),
        pdf_url=plain_or_none(meta.pdf_url, TITLE_CHARS),
    )
