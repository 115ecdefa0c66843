"""arXiv as a source of papers (`assets.ports.Source`): list by weeks or ids, choose, fetch.

One object a run; closing it ends the connection. Its state (turns, kept listings) is in a folder of the data directory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from assets.ports import Listed, PaperUnavailableError, Pdf
from assets.weeks import Week
from pipeline.errors import SourceError
from pipeline.resources.arxiv_org.atom import AtomListing
from pipeline.resources.arxiv_org.gate import Gate
from pipeline.resources.arxiv_org.http import PoliteClient
from pipeline.resources.arxiv_org.ids import ArxivId, parse_id
from pipeline.resources.arxiv_org.listed import ListedPaper
from pipeline.resources.arxiv_org.listing_cache import ListingCache
from pipeline.resources.arxiv_org.oai import OaiListing
from pipeline.resources.arxiv_org.pdfs import PdfFetcher
from pipeline.resources.arxiv_org.settings import ArxivSettings
from pipeline.resources.arxiv_org.weeks import window_of
from pipeline.resources.clock import Clock, SystemClock, day_of
from pipeline.selection.select import Selector


class ArxivSource:
    """Every method may raise SourceUnreachableError. `selector` None wants every paper."""

    def __init__(
        self,
        folder: Path,
        *,
        selector: Selector | None,
        settings: ArxivSettings | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings or ArxivSettings()
        self._clock = clock or SystemClock()
        gate = Gate(
            folder,
            interval=self._settings.interval,
            patience=self._settings.retry_after_cap,
            clock=self._clock,
        )
        self._client = PoliteClient(self._settings, gate, self._clock)
        self._cache = ListingCache(folder / "listings")
        self._atom = AtomListing(self._settings, self._client)
        self._oai = OaiListing(self._settings, self._client)
        self._pdfs = PdfFetcher(self._settings, self._client)
        self._selector = selector

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def key(self) -> str:
        """Of this source within a data directory."""
        return "arxiv"

    @property
    def lists_newest_only(self) -> bool:
        return True

    def list_papers(self, week: Week) -> list[Listed]:
        """Papers first submitted in the week, by id, at their newest version; asked for once a day."""
        today = day_of(self._clock)
        way, window = self._settings.listing, window_of(week)
        question = [way, self._settings.categories, window.start.isoformat(), window.end.isoformat()]
        papers = self._cache.get(question, today)
        if papers is None:
            papers = self._oai.window(window, today=today) if way == "oai" else self._atom.window(window)
            self._cache.put(question, today, papers)
        return [self._listed(paper) for paper in papers]

    def list_ids(self, ids: Sequence[str]) -> list[Listed]:
        """Papers by id, with or without version, in the order asked for; what stands twice comes once. All are wanted.

        Raises SourceError for what is no arXiv id and for ids that arXiv does not know.
        """
        parsed = [parse_id(text) for text in ids]
        wrong = [text for text, found in zip(ids, parsed, strict=True) if found is None]
        if wrong:
            raise SourceError(f"no arXiv id: {', '.join(wrong)[:200]}; give such as 2310.06830 or cs/0501001v2")
        wanted = list(dict.fromkeys(i for i in parsed if i is not None))
        today = day_of(self._clock)
        question = ["ids", list(map(str, wanted))]
        papers = self._cache.get(question, today)
        if papers is None:
            found = self._atom.ids(wanted)
            unknown = [str(i) for i, paper in found.items() if paper is None]
            if unknown:
                raise SourceError(f"arXiv has no paper {', '.join(unknown)[:200]}")
            papers = [paper for i in wanted if (paper := found[i]) is not None]
            self._cache.put(question, today, papers)
        return [self._listed(paper, is_asked_for=True) for paper in papers]

    def newer_versions(self, known: Mapping[str, int]) -> list[Listed]:
        """Of papers known by id and version those that have a newer version now, all of them wanted."""
        found = self._atom.ids([ArxivId(paper_id, None) for paper_id in sorted(known)])
        papers = (paper for paper in found.values() if paper is not None)
        newer = (p for p in papers if (p.meta.version or 0) > known[p.meta.paper_id])
        return [self._listed(paper, is_asked_for=True) for paper in newer]

    def fetch(self, paper: Listed, to: Path) -> Pdf:
        """The PDF of a listed paper at `to`, written by rename; one that stands there whole is not fetched again.

        Raises PaperUnavailableError for what costs this paper only, SourceUnreachableError, OSError.
        """
        if paper.state == "withdrawn":
            raise PaperUnavailableError(f"{paper.meta.paper_id} is withdrawn")
        if to.is_file():
            body = to.read_bytes()  # it came by rename, so it is whole
            if body:
                return Pdf(to, hashlib.sha256(body).hexdigest())
        wanted = parse_id(paper.meta.paper_id)
        if wanted is None:
            raise PaperUnavailableError(f"{paper.meta.paper_id!r:.80} is no arXiv id")
        return Pdf(to, self._pdfs.fetch(wanted._replace(version=paper.meta.version), to))

    def _listed(self, paper: ListedPaper, *, is_asked_for: bool = False) -> Listed:
        meta = paper.meta
        locator = f"{self._settings.pdf_url}/{meta.paper_id}v{meta.version}"
        if paper.is_withdrawn:
            return Listed(meta, locator, "withdrawn", paper.comment)
        if is_asked_for or self._selector is None:
            return Listed(meta, locator, "wanted", "asked for by id" if is_asked_for else None)
        choice = self._selector.choose(meta.title, meta.abstract)
        return Listed(meta, locator, "wanted" if choice.is_wanted else "passed_over", choice.reason)
