"""Known papers that have a newer version by now."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from support.arxiv_library import UTC, Library, SamplePaper
from support.arxiv_server import Loopback, serve
from support.crawl import WEEK, source_for
from support.fake_clock import FakeClock
from support.survey_parts import MemorySource

from assets.stages import list_week
from pipeline import run
from pipeline.demo import PDFS as DEMO
from pipeline.errors import SourceError
from pipeline.plan import Wanted, updates, weeks_to_run
from pipeline.resources.arxiv_org.weeks import newest_complete
from pipeline.resources.progress import NoProgress
from pipeline.resources.storage import DirectoryStore
from pipeline.settings import Settings

DAY = datetime.datetime(2024, 1, 2, 12, tzinfo=UTC)


def test_only_papers_with_a_newer_version_are_asked_for_in_their_weeks(tmp_path: Path) -> None:
    clock, store = FakeClock(), DirectoryStore(tmp_path / "data").open()
    papers = [SamplePaper("2401.00001", moments=(DAY,)), SamplePaper("2401.00002", moments=(DAY,))]
    loopback = Loopback(Library(papers), clock.now)
    with serve(loopback), source_for(loopback, tmp_path / "arxiv", clock) as source:
        list_week(store, source, WEEK, None)
        assert updates(source, store, Wanted(updates=True)) == ()
        loopback.library = Library([SamplePaper("2401.00001", moments=(DAY, DAY)), papers[1]])
        ids = updates(source, store, Wanted(updates=True))
        assert ids == ("2401.00001v2",)
        assert weeks_to_run(source, store, Wanted(ids=ids), DAY) == [WEEK]
        rows = list_week(store, source, WEEK, source.list_ids(ids)).to_pylist()
    assert [(r["paper_id"], r["version"]) for r in rows] == [("2401.00001", 1), ("2401.00001", 2), ("2401.00002", 1)]


def test_a_folder_has_no_updates_to_ask_for(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--updates asks arXiv"):
        updates(MemorySource([], {}), DirectoryStore(tmp_path), Wanted(updates=True))


@pytest.mark.parametrize("more", [{"ids": ("2401.00001",)}, {"since": DAY.date()}, {"until": DAY.date()}])
def test_updates_go_with_nothing_that_would_narrow_them(tmp_path: Path, more: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="without --ids, --since and --until"):
        updates(MemorySource([], {}), DirectoryStore(tmp_path), Wanted(updates=True, **more))


def test_a_run_for_updates_that_finds_none_lists_and_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published" / "latest").mkdir(parents=True)
    monkeypatch.setattr(run, "updates", lambda *_: ())
    monkeypatch.setattr(run, "weeks_to_run", lambda *_: pytest.fail("a crawl was planned"))
    settings = Settings(source=str(DEMO), data=tmp_path)
    told: list[str] = []
    done = run.run_survey(settings, Wanted(updates=True), progress=NoProgress(), now=DAY, tell=told.append)
    assert (done.snapshot, done.latest, told) == (
        None,
        tmp_path / "published" / "latest",
        ["0 papers have a newer version"],
    )


@pytest.mark.parametrize(("hour", "newest"), [(4, "2024-01-15"), (12, "2024-01-22")])
def test_a_run_takes_a_week_from_the_moment_on_that_status_calls_it_missing(
    tmp_path: Path, hour: int, newest: str
) -> None:
    clock = FakeClock()
    now = datetime.datetime(2024, 1, 30, hour, tzinfo=UTC)  # Tuesday; all of the week before is out about 05:00
    loopback = Loopback(Library([]), clock.now)
    with serve(loopback), source_for(loopback, tmp_path / "arxiv", clock) as source:
        weeks = weeks_to_run(source, DirectoryStore(tmp_path), Wanted(), now)
    assert [w.name for w in weeks] == [newest] == [newest_complete(now).name]
