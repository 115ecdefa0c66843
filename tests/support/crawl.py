"""A crawl of the loopback arXiv with a clock that waits in no time: list a week, fetch all of it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from support.arxiv_library import UTC, Library, SamplePaper
from support.arxiv_server import Loopback
from support.fake_clock import FakeClock

from assets.ports import PaperUnavailableError
from assets.weeks import Week
from pipeline.resources.arxiv_org.settings import ArxivSettings
from pipeline.resources.arxiv_org.source import ArxivSource

WEEK = Week.named("2024-01-01")


def sample_library(count: int = 7) -> Library:
    """Papers of one week, one a day, with one of the week before and one of the week after."""
    inside = [
        SamplePaper(f"2401.{n:05d}", moments=(datetime.datetime(2024, 1, 1 + n % 7, 3, n, tzinfo=UTC),))
        for n in range(1, count + 1)
    ]
    before = SamplePaper("2312.99999", moments=(datetime.datetime(2023, 12, 31, 23, 59, tzinfo=UTC),))
    after = SamplePaper("2401.99999", moments=(datetime.datetime(2024, 1, 8, 0, 0, tzinfo=UTC),))
    return Library([*inside, before, after])


def source_for(loopback: Loopback, folder: Path, clock: FakeClock, **settings: object) -> ArxivSource:
    """A source that points at the loopback server."""
    return ArxivSource(folder, selector=None, settings=ArxivSettings(**loopback.settings(**settings)), clock=clock)


def crawl(loopback: Loopback, folder: Path, clock: FakeClock, **settings: object) -> tuple[set[str], set[str]]:
    """The ids of the papers whose PDF is there in the end, and of those that could not be had."""
    had, lost = set(), set()
    with source_for(loopback, folder / "state", clock, **settings) as source:
        for paper in source.list_papers(WEEK):
            try:
                source.fetch(paper, folder / "pdfs" / f"{paper.meta.paper_id}v{paper.meta.version}.pdf")
                had.add(paper.meta.paper_id)
            except PaperUnavailableError:
                lost.add(paper.meta.paper_id)
    return had, lost


def environment(loopback: Loopback) -> dict[str, str]:
    """The settings of the loopback server as a user would give them; a short rest, as time is real here."""
    settings = loopback.settings(interval=0.1, backoff=0.1, read_timeout=10)
    said = {k: json.dumps(v) if isinstance(v, tuple | bool) else str(v) for k, v in settings.items()}
    return {f"CATCHUP_ARXIV_{k.upper()}": v for k, v in said.items()}
