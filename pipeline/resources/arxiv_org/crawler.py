"""The arXiv source as a whole: list by weeks or ids, then fetch. One object a run; closing it ends the connection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import SourceError
from pipeline.resources.arxiv_org.atom import AtomListing, Window
from pipeline.resources.arxiv_org.gate import Gate
from pipeline.resources.arxiv_org.http import PoliteClient
from pipeline.resources.arxiv_org.ids import ArxivId, parse_id
from pipeline.resources.arxiv_org.listed import ListedPaper
from pipeline.resources.arxiv_org.listing_cache import ListingCache
from pipeline.resources.arxiv_org.oai import OaiListing
from pipeline.resources.arxiv_org.pdfs import PdfFetcher, WithdrawnError
from pipeline.resources.arxiv_org.settings import ArxivSettings
from pipeline.resources.clock import Clock, SystemClock, day_of


class ArxivCrawler:
    """Everything that asks arXiv, for one data directory. Its state (turns, kept listings) is in `folder`."""

    def __init__(self, folder: Path, settings: ArxivSettings | None = None, clock: Clock | None = None) -> None:
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def list_window(self, window: Window) -> list[ListedPaper]:
        """Papers first submitted within `window`, by id, at their newest version; asked for once a day.

        Raises SourceUnreachableError.
        """
        today = day_of(self._clock)
        way = self._settings.listing
        question = [way, self._settings.categories, window.start.isoformat(), window.end.isoformat()]
        papers = self._cache.get(question, today)
        if papers is None:
            papers = self._oai.window(window, today=today) if way == "oai" else self._atom.window(window)
            self._cache.put(question, today, papers)
        return papers

    def list_ids(self, ids: Sequence[str]) -> list[ListedPaper]:
        """Papers by id, with or without version, in the order asked for; what stands twice comes once.

        Raises SourceError for what is no arXiv id and for ids that arXiv does not know; SourceUnreachableError.
        """
        parsed = [parse_id(text) for text in ids]
        wrong = [text for text, found in zip(ids, parsed, strict=True) if found is None]
        if wrong:
            raise SourceError(f"no arXiv id: {', '.join(wrong)[:200]}; give such as 2310.06830 or cs/0501001v2")
        wanted = list(dict.fromkeys(i for i in parsed if i is not None))
        today = day_of(self._clock)
        question = ["ids", sorted(map(str, wanted))]
        papers = self._cache.get(question, today)
        if papers is None:
            found = self._atom.ids(wanted)
            unknown = [str(i) for i, paper in found.items() if paper is None]
            if unknown:
                raise SourceError(f"arXiv has no paper {', '.join(unknown)[:200]}")
            papers = [paper for i in wanted if (paper := found[i]) is not None]
            self._cache.put(question, today, papers)
        return papers

    def newer_versions(self, known: dict[str, int]) -> list[ListedPaper]:
        """Of papers known by id and version those with a newer version now. Raises SourceUnreachableError."""
        found = self._atom.ids([ArxivId(paper_id, None) for paper_id in sorted(known)])
        papers = (paper for paper in found.values() if paper is not None)
        return [p for p in papers if (p.meta.version or 0) > known[p.meta.paper_id]]

    def fetch(self, paper: ListedPaper, to: Path) -> str:
        """Writes the PDF to `to` by rename and returns its sha256 as hex.

        Raises PaperFetchError (WithdrawnError) for what costs this paper only, SourceUnreachableError, OSError.
        """
        if paper.is_withdrawn:
            raise WithdrawnError(f"{paper.meta.paper_id} is withdrawn")
        return self._pdfs.fetch(ArxivId(paper.meta.paper_id, paper.meta.version), to)
