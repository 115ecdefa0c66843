"""Listing through OAI-PMH, arXiv's way for harvests of years: https://info.arxiv.org/help/oa/index.html.

A harvest goes by the day of last change, not of submission: it runs from the first day asked for until today and keeps
what was first submitted within the window. The format `arXivRaw` tells each version and its date.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from pipeline.errors import SourceUnreachableError
from pipeline.resources.arxiv_org.atom import Window, read_xml
from pipeline.resources.arxiv_org.faults import BadTokenError, RequestError, TransientError
from pipeline.resources.arxiv_org.http import Answer, PoliteClient
from pipeline.resources.arxiv_org.ids import parse_id
from pipeline.resources.arxiv_org.listed import ListedPaper, listed_paper
from pipeline.resources.arxiv_org.settings import ArxivSettings

_log = logging.getLogger(__name__)
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_HARVESTS = 3  # begun anew when a resumption token is no longer known
_MAX_PAGES = 20_000  # all of arXiv has about 3,000; a server that hands out tokens without end is not followed
_AUTHORS = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_NOTES = re.compile(r"\s*\([^()]*\)")


class OaiListing:
    """Papers of a window, by the sets of the categories."""

    def __init__(self, settings: ArxivSettings, client: PoliteClient) -> None:
        self._settings = settings
        self._client = client

    def window(self, window: Window, *, today: datetime.date) -> list[ListedPaper]:
        """Every paper first submitted within `window` in one of the categories, by id, at its newest version.

        Raises SourceUnreachableError.
        """
        found: dict[str, ListedPaper] = {}
        since = window.start.astimezone(datetime.UTC).date()
        for category in self._settings.categories:
            for paper in self._harvest(category, since, max(since, today)):
                if window.start <= datetime.datetime.fromisoformat(paper.submitted) < window.end:
                    found[paper.meta.paper_id] = paper
        return sorted(found.values(), key=lambda p: p.meta.paper_id)

    def changed(self, since: datetime.date, *, today: datetime.date) -> list[ListedPaper]:
        """Every paper of the categories that is new or has a new version or new metadata since that day, by id."""
        found = {p.meta.paper_id: p for c in self._settings.categories for p in self._harvest(c, since, today)}
        return sorted(found.values(), key=lambda p: p.meta.paper_id)

    def _harvest(self, category: str, since: datetime.date, until: datetime.date) -> list[ListedPaper]:
        for _ in range(_HARVESTS):
            try:
                return list(self._records(category, since, until))
            except BadTokenError:
                _log.info("the resumption token for %s is no longer known; harvesting anew", category)
            except RequestError as fault:
                raise SourceUnreachableError(f"arXiv's OAI-PMH cannot be had: {fault}") from fault
        raise SourceUnreachableError(f"arXiv's OAI-PMH forgot its resumption tokens {_HARVESTS} times; run again later")

    def _records(self, category: str, since: datetime.date, until: datetime.date) -> Iterator[ListedPaper]:
        asked = {"metadataPrefix": "arXivRaw", "set": oai_set(category), "from": str(since), "until": str(until)}
        seen: set[str] = set()
        for _ in range(_MAX_PAGES):
            url = f"{self._settings.oai_url}?{urlencode({'verb': 'ListRecords', **asked})}"
            page = self._client.get(url, limit=self._settings.max_listing_bytes, check=_list_records)
            if page is None:
                return
            for record in page.findall(f"{_OAI}record"):
                paper = _paper(record)
                if paper is not None:
                    yield paper
            token = (page.findtext(f"{_OAI}resumptionToken") or "").strip()
            if not token:
                return
            if token in seen:
                raise BadTokenError(f"the token {token[:40]!r} came twice")
            seen.add(token)
            asked = {"resumptionToken": token}
        raise SourceUnreachableError(f"arXiv's OAI-PMH comes to no end after {_MAX_PAGES:,} pages")


def oai_set(category: str) -> str:
    """`cs.CL` is the set `cs:cs:CL`, a category without a class (`quant-ph`) is `physics:quant-ph`."""
    archive, dot, kind = category.partition(".")
    if dot and archive in ("cs", "math", "stat", "econ", "eess", "q-bio", "q-fin"):
        return f"{archive}:{archive}:{kind}"
    return f"physics:{archive}:{kind}" if dot else f"physics:{archive}"


def _list_records(answer: Answer) -> Element | None:
    """The ListRecords element; None for OAI-PMH's own word that nothing matches."""
    root = read_xml(answer.body)
    if root.tag != f"{_OAI}OAI-PMH":
        raise TransientError(f"no OAI-PMH but <{root.tag[:60]}>")
    error = root.find(f"{_OAI}error")
    if error is not None:
        code, said = error.get("code", ""), (error.text or "").strip()[:200]
        if code == "noRecordsMatch":
            return None
        if code == "badResumptionToken":
            raise BadTokenError(said)
        raise RequestError(f"OAI-PMH says {code}: {said}")
    page = root.find(f"{_OAI}ListRecords")
    if page is None or page.find(f"{_OAI}record") is None:
        raise TransientError("an OAI-PMH page without records")
    return page


def _paper(record: Element) -> ListedPaper | None:
    """None for a deleted record and for one that lacks its id, a version or a date."""
    header = record.find(f"{_OAI}header")
    raw = record.find(f"{_OAI}metadata/{_RAW}arXivRaw")
    if raw is None or (header is not None and header.get("status") == "deleted"):
        return None
    parsed = parse_id(raw.findtext(f"{_RAW}id") or "")
    versions = [v for v in (_version(e) for e in raw.findall(f"{_RAW}version")) if v is not None]
    if parsed is None or not versions:
        _log.warning("a record without a sound id or version: %.80r", raw.findtext(f"{_RAW}id"))
        return None
    number, updated, kind = max(versions)
    categories = (raw.findtext(f"{_RAW}categories") or "").split()
    return listed_paper(
        paper_id=parsed.paper_id,
        version=number,
        title=raw.findtext(f"{_RAW}title") or "",
        authors=author_names(raw.findtext(f"{_RAW}authors") or ""),
        abstract=raw.findtext(f"{_RAW}abstract") or "",
        submitted=min(versions)[1],
        updated=updated,
        primary_category=categories[0] if categories else None,
        categories=categories,
        comment=raw.findtext(f"{_RAW}comments"),
        license_url=raw.findtext(f"{_RAW}license"),
        is_withdrawn=kind == "I",
    )


def _version(element: Element) -> tuple[int, datetime.datetime, str] | None:
    """Number, moment, source type (`I` is a version without files: a withdrawal)."""
    name = element.get("version") or ""
    try:
        moment = parsedate_to_datetime(element.findtext(f"{_RAW}date") or "")
    except ValueError:
        return None
    if not re.fullmatch(r"v[1-9]\d{0,3}", name, re.ASCII):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return int(name[1:]), moment, (element.findtext(f"{_RAW}source_type") or "").strip()


def author_names(text: str) -> list[str]:
    """The names in arXiv's one line of authors, without the affiliations in parentheses."""
    bare = text[:500_000]
    for _ in range(4):  # parentheses within parentheses
        bare, changed = _NOTES.subn("", bare)
        if not changed:
            break
    return [name.strip() for name in _AUTHORS.split(bare) if name.strip()]
