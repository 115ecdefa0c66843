"""Foreign text made plain: one line of bounded length, without characters that control a terminal or turn text round.

Metadata is made plain when it comes in, the text of PDFs when it is published: the rules that read it see it as it is.
What a title says is kept, markup and formulas too; to escape them is the duty of whoever puts them into HTML or a
spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractors.records import PaperMeta

TITLE_CHARS = 1_000  # the longest title on arXiv has about 300
ABSTRACT_CHARS = 20_000  # arXiv itself allows 1,920
NAME_CHARS = 300
ID_CHARS = 200  # of a file's stem at most
NOTHING = "\ufffd"  # stands for a text of a PDF in which nothing is plain: there is something, so it is not null
TEXT_CHARS = 20_000  # of a cell, a caption or a sentence; the longest captions have about 2,000
MAX_AUTHORS = 10_000  # the largest collaborations have about 5,000
_JOINERS = "\u200c\u200d"  # are letters' business in Persian and Indic names
_SPACE = re.compile(r"\s+")
_FOUL = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # one that is not assigned yet may stay
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
# What `plain_text` takes out, in RE2's words, so that only the rows that hold some of it are looked at in Python.
_NOT_PLAIN = r"[\p{Cc}\p{Cf}\p{Co}\x{2028}\x{2029}\x{FDD0}-\x{FDEF}\x{FFFE}\x{FFFF}]"


def plain_text(text: str, limit: int) -> str:
    """`text` in NFC with white space squeezed, without control, bidi, surrogate and private characters; cut at `limit`.

    A cut text ends in `…`. At most `4 * limit` characters are looked at, so that a title of megabytes costs nothing.
    """
    text = unicodedata.normalize("NFC", text[: 4 * limit])
    kept = "".join(c if c in _JOINERS else " " if c.isspace() else c for c in text if c.isspace() or _is_plain(c))
    kept = _SPACE.sub(" ", kept).strip()
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def _is_plain(char: str) -> bool:
    return char in _JOINERS or (unicodedata.category(char) not in _FOUL and not _NONCHARACTER.match(char))


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


def plain_table(table: pa.Table) -> pa.Table:
    """The table with every text in it plain, those in lists and structs too; rows of plain text stay as they are."""
    for place, field in enumerate(table.schema):
        if _has_text(field.type):
            flat = table.column(place)
            table = table.set_column(place, field, pa.chunked_array([_plain_array(c) for c in flat.chunks], field.type))
    return table


def _has_text(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind):
        return _has_text(kind.value_type)
    return pa.types.is_string(kind) or (pa.types.is_struct(kind) and any(_has_text(f.type) for f in kind))


def _plain_array(array: Any) -> Any:
    return pa.array(_plain_values(array.to_pylist()), array.type) if _is_foul(array) else array


def _is_foul(array: Any) -> bool:
    """Whether some text in the array is not plain."""
    if pa.types.is_list(array.type):
        return _is_foul(array.flatten())
    if pa.types.is_struct(array.type):
        return any(_is_foul(part) for part in array.flatten() if _has_text(part.type))
    if not pa.types.is_string(array.type):
        return False
    texts = pa.chunked_array([array])
    is_long = pc.greater(pc.utf8_length(texts), pa.scalar(TEXT_CHARS))
    return any(bool(pc.any(found).as_py()) for found in (pc.match_substring_regex(texts, _NOT_PLAIN), is_long))


def _plain_values(value: Any) -> Any:
    """The same lists and dicts with their texts plain; a text that is plain stays, white space and all."""
    if isinstance(value, str):
        is_plain = len(value) <= TEXT_CHARS and all(map(_is_plain, value))
        return value if is_plain else plain_text(value, TEXT_CHARS) or NOTHING
    if isinstance(value, list):
        return [_plain_values(v) for v in value]
    if isinstance(value, dict):
        return {name: _plain_values(v) for name, v in value.items()}
    return value
