"""What a listing says of a paper, whichever way it was asked for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assets.plain import ABSTRACT_CHARS, MAX_AUTHORS, NAME_CHARS, TITLE_CHARS, plain_or_none, plain_text
from extractors.records import PaperMeta

# A withdrawal is a new version without files; its comment says so (https://info.arxiv.org/help/withdraw.html).
_WITHDRAWN = re.compile(
    r"\bwithdrawn\s+(?:by|due|because|for|as|from|pending)\b|\b(?:is|been|was)\s+withdrawn\b|^\W*withdrawn\W*$", re.I
)
_COMMENT_CHARS = 2_000
_CATEGORY = re.compile(r"[A-Za-z][A-Za-z.-]{1,30}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One paper at its newest version. `submitted` is the moment of the first version, ISO with zone UTC."""

    meta: PaperMeta
    submitted: str
    comment: str | None = None
    is_withdrawn: bool = False


def listed_paper(
    *,
    paper_id: str,
    version: int,
    title: str,
    authors: Iterable[str],
    abstract: str,
    submitted: datetime.datetime,
    updated: datetime.datetime,
    primary_category: str | None,
    categories: Iterable[str],
    comment: str | None,
    license_url: str | None,
    is_withdrawn: bool = False,
) -> ListedPaper:
    """A record of plain, bounded text; dates are days in UTC; `pdf_url` is the public address."""
    comment = plain_or_none(comment, _COMMENT_CHARS)
    names = [plain_text(name, NAME_CHARS) for _, name in zip(range(MAX_AUTHORS), authors, strict=False)]
    kept = tuple(dict.fromkeys(c for c in categories if _CATEGORY.fullmatch(c)))
    meta = PaperMeta(
        paper_id=paper_id,
        version=version,
        title=plain_or_none(title, TITLE_CHARS),
        authors=tuple(name for name in names if name),
        abstract=plain_or_none(abstract, ABSTRACT_CHARS),
        published=_utc(submitted).date().isoformat(),
        updated=_utc(updated).date().isoformat(),
        primary_category=primary_category if primary_category and _CATEGORY.fullmatch(primary_category) else None,
        categories=kept,
        license=license_url
        if license_url and re.fullmatch(r"https?://[\w./-]{1,200}", license_url, re.ASCII)
        else None,
        pdf_url=f"https://arxiv.org/pdf/{paper_id}v{version}",
    )
    return ListedPaper(
        meta=meta,
        submitted=_utc(submitted).isoformat(timespec="seconds"),
        comment=comment,
        is_withdrawn=is_withdrawn or bool(comment and _WITHDRAWN.search(comment)),
    )


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)
