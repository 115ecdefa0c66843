"""Known papers that have a newer version by now."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from support.arxiv_library import UTC, Library, SamplePaper
from support.arxiv_server import Loopback, serve
from support.crawl import WEEK, source_for
from support.fake_clock import FakeClock
from support.survey_parts import MemorySource

from assets.stages import list_week
from pipeline.errors import SourceError
from pipeline.plan import Wanted, updates, weeks_to_run
from pipeline.resources.storage import DirectoryStore

DAY = datetime.datetime(2024, 1, 2, 12, tzinfo=UTC)


def test_only_papers_with_a_newer_version_are_asked_for_in_their_weeks(tmp_path: Path) -> None:
    clock, store = FakeClock(), DirectoryStore(tmp_path / "data").open()
    papers = [SamplePaper("2401.00001", moments=(DAY,)), SamplePaper("2401.00002", moments=(DAY,))]
    loopback = Loopback(Library(papers), clock.now)
    with serve(loopback), source_for(loopback, tmp_path / "arxiv", clock) as source:
        list_week(store, source, WEEK, None)
        assert updates(source, store) == ()
        loopback.library = Library([SamplePaper("2401.00001", moments=(DAY, DAY)), papers[1]])
        ids = updates(source, store)
        assert ids == ("2401.00001v2",)
        assert weeks_to_run(source, store, Wanted(ids=ids), datetime.date(2024, 3, 1)) == [WEEK]
        rows = list_week(store, source, WEEK, source.list_ids(ids)).to_pylist()
    assert [(r["paper_id"], r["version"]) for r in rows] == [("2401.00001", 1), ("2401.00001", 2), ("2401.00002", 1)]


def test_a_folder_has_no_updates_to_ask_for(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--updates asks arXiv"):
        updates(MemorySource([], {}), DirectoryStore(tmp_path))
