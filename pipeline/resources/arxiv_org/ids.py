"""arXiv's identifiers: `2310.06830v2`, and `cs/0501001` as before April 2007."""

from __future__ import annotations

import re
from typing import NamedTuple

# https://info.arxiv.org/help/arxiv_identifier.html; the archive of an old id may carry a class (`math.GT/0309136`).
_ID = re.compile(
    r"(?:(?P<new>\d{4}\.\d{4,5})|(?P<archive>[a-z][a-z-]{1,15})(?:\.[A-Z]{2})?/(?P<number>\d{7}))(?:v(?P<v>[1-9]\d{0,3}))?",
    re.ASCII,
)
_PREFIX = re.compile(r"^(?:arxiv:|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/)", re.I)


class ArxivId(NamedTuple):
    paper_id: str
    version: int | None

    def __str__(self) -> str:
        return self.paper_id if self.version is None else f"{self.paper_id}v{self.version}"


def parse_id(text: str) -> ArxivId | None:
    """The id that `text` is: bare, with `arXiv:`, or the address of an abstract or PDF. None where it is none."""
    bare = _PREFIX.sub("", text.strip()).removesuffix(".pdf")
    match = _ID.fullmatch(bare)
    if match is None:
        return None
    paper_id = match["new"] or f"{match['archive']}/{match['number']}"
    return ArxivId(paper_id, int(match["v"]) if match["v"] else None)
