"""Headings: which blocks are one, what they are called, and where the text that a reader reads ends (references)."""

from __future__ import annotations

import re

from extractors.document.blocks import Block

_NUMBERED = re.compile(r"^(?:Appendix\s+)?(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,3}\.?\s+[A-Z][^.;]{1,90}[^.,;:]$")
_NAMED = re.compile(
    r"^(?:abstract|introduction|related works?|background|preliminar(?:y|ies)|methods?|methodology|approach"
    r"|experiments?|experimental (?:setup|results)|evaluations?|results?(?: and (?:discussion|analysis))?|analysis"
    r"|discussions?|conclusions?(?: and .*)?|limitations?(?: and .*)?|ethics statement"
    r"|ethical considerations|broader impacts?"
    r"|acknowledge?ments?|references?|bibliography|literature cited|appendix|appendices|supplementary materials?"
    r"|contents|table of contents|reproducibility statement)\.?$",
    re.I,
)
_REFERENCES = re.compile(r"^(?:\d{1,2}\.?\s+|[IVX]+\.\s+)?(?:references?|bibliography|literature cited)\.?$", re.I)
_CONTENTS = re.compile(r"^(?:table of )?contents$", re.I)
_ABSTRACT = re.compile(r"^abstract\.?$", re.I)
_LONGEST = 14  # words; longer bold rows are sentences
_LARGER = 0.6  # points above the size of the text from which type is display type


def heading_of(block: Block, body_size: float, gap_below: float) -> str | None:
    """The heading that a block is, as printed, or None. `gap_below` is the white space to the next block in points."""
    text = block.text.strip()
    n_words = len(text.split())
    if not text or n_words > _LONGEST or len(block.rows) > 3:
        return None
    plain = re.sub(r"^(?:\d{1,2}|[IVX]+)(?:\.\d+)*\.?\s+", "", text)
    if _NAMED.match(plain) or _NAMED.match(re.sub(r"(?<=\b[A-Z]) (?=[A-Z]+\b)", "", plain)):
        return text
    bold = all(row.bold for row in block.rows)
    larger = block.size > body_size + _LARGER
    capitals = text.isupper() and len(text) > 5
    apart = gap_below > 0.25 * block.size
    if _NUMBERED.match(text) and (bold or larger or capitals):
        return text
    if (larger or (bold and apart) or capitals) and text[-1] not in ".,;:" and re.search(r"[A-Za-z]{3}", text):
        return text
    return None


def opens_references(heading: str) -> bool:
    """Whether a list of references follows, which ends at the next heading."""
    return bool(_REFERENCES.match(_closed(heading)))


def opens_contents(heading: str) -> bool:
    """Whether a table of contents follows."""
    return bool(_CONTENTS.match(heading))


def opens_abstract(heading: str) -> bool:
    return bool(_ABSTRACT.match(_closed(heading)))


def _closed(heading: str) -> str:
    """Letters set apart for display (`R EFERENCES`, small capitals) brought together."""
    return re.sub(r"(?<=\b[A-Z]) (?=[A-Z]+\b)", "", heading)
