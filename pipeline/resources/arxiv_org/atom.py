"""Listing through arXiv's API: the `arxiv` package asks and reads, our client carries and checks.

The package's own waiting and retrying is switched off (`delay_seconds=0, num_retries=0`): it reads no Retry-After, has
no time-outs, and takes an empty first page for the end. Here each answer is looked through first: its XML without
entities, its count of entries, its ids. See https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

import arxiv
import defusedxml
import defusedxml.ElementTree

from pipeline.errors import SourceUnreachableError
from pipeline.resources.arxiv_org.faults import MissingError, RequestError, TooManyResultsError, TransientError
from pipeline.resources.arxiv_org.http import Answer, PoliteClient
from pipeline.resources.arxiv_org.ids import ArxivId, parse_id
from pipeline.resources.arxiv_org.listed import ListedPaper, listed_paper
from pipeline.resources.arxiv_org.settings import ArxivSettings

_log = logging.getLogger(__name__)
_ATOM = "{http://www.w3.org/2005/Atom}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_ROUNDS = 3  # of a whole query, where pages shift under the reader
_SHORTEST = datetime.timedelta(minutes=1)  # the grain of submittedDate


@dataclass(frozen=True, slots=True)
class Window:
    """Moments of submission, `start` included, `end` not; both with a time zone."""

    start: datetime.datetime
    end: datetime.datetime

    def halves(self) -> tuple[Window, Window]:
        """Two windows that meet on a whole minute."""
        minutes = int((self.end - self.start) / _SHORTEST)
        middle = self.start + (minutes // 2) * _SHORTEST
        return Window(self.start, middle), Window(middle, self.end)


class AtomListing:
    """Papers of a window or of ids, each at its newest version."""

    def __init__(self, settings: ArxivSettings, client: PoliteClient) -> None:
        self._settings = settings
        self._client = client

    def window(self, window: Window) -> list[ListedPaper]:
        """Every paper first submitted within `window` in one of the categories, by id. A query that is too large is
        split by date. Raises SourceUnreachableError."""
        if window.end <= window.start:
            return []
        last = window.end - _SHORTEST  # both ends of arXiv's range are included
        categories = " OR ".join(f"cat:{c}" for c in self._settings.categories)
        span = f"submittedDate:[{_stamp(window.start)} TO {_stamp(max(window.start, last))}]"
        search = arxiv.Search(
            query=f"({categories}) AND {span}",
            max_results=None,
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Ascending,
        )
        try:
            found = self._whole(search)
        except TooManyResultsError as fault:
            if window.end - window.start <= _SHORTEST:
                raise SourceUnreachableError(f"arXiv names {fault} for one minute; it cannot be listed") from fault
            first, second = window.halves()
            found = {p.meta.paper_id: p for half in (first, second) for p in self.window(half)}
        inside = (
            p for p in found.values() if window.start <= datetime.datetime.fromisoformat(p.submitted) < window.end
        )
        return sorted(inside, key=lambda p: p.meta.paper_id)

    def ids(self, ids: Sequence[ArxivId]) -> dict[ArxivId, ListedPaper | None]:
        """Each id with what arXiv says of it; None where it has no such paper or answers with another one.

        Raises SourceUnreachableError.
        """
        found: dict[ArxivId, ListedPaper | None] = {}
        size = self._settings.ids_per_query
        for start in range(0, len(ids), size):
            found |= self._ids(ids[start : start + size])
        return found

    def _ids(self, ids: Sequence[ArxivId]) -> dict[ArxivId, ListedPaper | None]:
        """A malformed id spoils the whole query and an answer may lack or confuse papers, so those are asked for again
        one by one."""
        search = arxiv.Search(id_list=[str(i) for i in ids], max_results=None)
        try:
            papers = list(self._pages(search, len(ids)))
        except MissingError:
            papers = []
        except RequestError as fault:
            if len(ids) == 1:
                if isinstance(fault, TransientError):
                    raise SourceUnreachableError(f"arXiv's listing cannot be had: {fault}") from fault
                return {ids[0]: None}
            papers = []
        by_id = {p.meta.paper_id: p for p in papers}
        found: dict[ArxivId, ListedPaper | None] = {}
        for wanted in ids:
            paper = by_id.get(wanted.paper_id)
            if paper is not None and wanted.version not in (None, paper.meta.version):
                paper = None
            if paper is None and len(ids) > 1:
                found |= self._ids([wanted])
            else:
                found[wanted] = paper
        return found

    def _whole(self, search: arxiv.Search) -> dict[str, ListedPaper]:
        """All results of a query. New papers shift the pages under a reader, so the query is asked again as a whole
        until as many papers are there as it names."""
        found: dict[str, ListedPaper] = {}
        total = 0
        for _ in range(_ROUNDS):
            session = _Session(self._settings, self._client)
            try:
                found |= {p.meta.paper_id: p for p in self._papers(session, search, self._settings.slice_size)}
            except (TransientError, arxiv.ArxivError) as fault:
                raise SourceUnreachableError(f"arXiv's listing cannot be had: {fault}") from fault
            except (TooManyResultsError, SourceUnreachableError):
                raise
            except RequestError as fault:
                raise SourceUnreachableError(f"arXiv's listing answers otherwise than agreed: {fault}") from fault
            total = session.total or 0
            if len(found) >= total:
                return found
            _log.info("%d of %d papers seen; asking again", len(found), total)
        raise SourceUnreachableError(f"arXiv names {total:,} papers but lists only {len(found):,}; run again later")

    def _pages(self, search: arxiv.Search, size: int) -> Iterator[ListedPaper]:
        return self._papers(_Session(self._settings, self._client), search, size)

    def _papers(self, session: _Session, search: arxiv.Search, size: int) -> Iterator[ListedPaper]:
        client = arxiv.Client(page_size=size, delay_seconds=0.0, num_retries=0)
        client.query_url_format = self._settings.api_url + "?{}"
        client._session = session  # the package offers no other way to bring one's own transport
        for result in client.results(search):
            paper = _paper(result)
            if paper is not None:
                yield paper


@dataclass(frozen=True, slots=True)
class _Response:
    """The two fields of a `requests.Response` that the `arxiv` package reads."""

    status_code: int
    content: bytes


class _Session:
    """What the `arxiv` package needs of a `requests.Session`, over our client. It lives as long as one query."""

    def __init__(self, settings: ArxivSettings, client: PoliteClient) -> None:
        self._settings = settings
        self._client = client
        self._empty_seen = False
        self.total: int | None = None

    def get(self, url: str, headers: object = None) -> _Response:
        """The package's own header is left out: ours names whoever runs this program."""
        answer = self._client.get(url, limit=self._settings.max_listing_bytes, check=self._look_through)
        return _Response(200, answer.body)

    def _look_through(self, answer: Answer) -> Answer:
        """Tells a bad page from a good one; raises TransientError for what another try may mend."""
        feed = read_xml(answer.body)
        if feed.tag != f"{_ATOM}feed":
            raise TransientError(f"no Atom feed but <{feed.tag[:60]}> from arXiv's API")
        total, start = _number(feed, "totalResults"), _number(feed, "startIndex")
        entries = feed.findall(f"{_ATOM}entry")
        if any("api/errors" in (e.findtext(f"{_ATOM}id") or "") for e in entries):
            said = entries[0].findtext(f"{_ATOM}summary") or "an error without a word"
            raise RequestError(f"arXiv's API says: {said[:200]}")
        if total > self._settings.query_limit:
            raise TooManyResultsError(total)
        due = max(total, self.total or 0)
        if not entries and start < due:
            raise TransientError(f"an empty page at {start:,} of {due:,} results")
        if total == 0 and not self._empty_seen:
            self._empty_seen = True  # nothing at all is believed when it is said twice
            raise TransientError("an empty result")
        for entry in entries:
            _check_dates(entry)
        self.total = due
        return answer


def read_xml(body: bytes) -> Element:
    """The root of a foreign XML document. Raises TransientError where it is malformed or brings a DTD or entities."""
    try:
        root: Element = defusedxml.ElementTree.fromstring(body, forbid_dtd=True)
    except (ParseError, defusedxml.DefusedXmlException, ValueError, LookupError) as error:
        raise TransientError(f"no sound XML: {type(error).__name__} {error}") from error
    return root


def _check_dates(entry: Element) -> None:
    """The package drops an entry without dates and breaks on a date that is none."""
    for name in ("published", "updated"):
        text = (entry.findtext(f"{_ATOM}{name}") or "").strip()
        try:
            datetime.datetime.fromisoformat(text)
        except ValueError as error:
            raise TransientError(f"an entry whose {name} is {text[:40]!r}") from error


def _number(feed: Element, name: str) -> int:
    text = (feed.findtext(f"{_SEARCH}{name}") or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise TransientError(f"no {name} in arXiv's answer")
    return int(text)


def _paper(result: arxiv.Result) -> ListedPaper | None:
    """None for an entry whose id is none. The feed's word on where the PDF is, is not taken."""
    parsed = parse_id(result.entry_id)
    if parsed is None or parsed.version is None:
        _log.warning("an entry without a sound id: %.80r", result.entry_id)
        return None
    return listed_paper(
        paper_id=parsed.paper_id,
        version=parsed.version,
        title=result.title,
        authors=(a.name for a in result.authors),
        abstract=result.summary,
        submitted=result.published,
        updated=result.updated,
        primary_category=result.primary_category,
        categories=result.categories,
        comment=result.comment,
        license_url=None,
    )


def _stamp(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).strftime("%Y%m%d%H%M")
