"""What is listed: weeks, ids, versions, withdrawals, hostile words; and how often is asked for it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from support.arxiv_library import UTC, Library, SamplePaper
from support.arxiv_server import Loopback, serve
from support.crawl import WEEK, sample_library, source_for
from support.fake_clock import FakeClock

from assets.ports import PaperUnavailableError
from assets.weeks import Week
from extractors.registry.load import load_registry
from pipeline.errors import SourceError, SourceUnreachableError
from pipeline.resources.arxiv_org.listing_cache import ListingCache
from pipeline.resources.arxiv_org.oai import author_names, oai_set
from pipeline.resources.arxiv_org.settings import ArxivSettings
from pipeline.resources.arxiv_org.source import ArxivSource
from pipeline.resources.arxiv_org.weeks import complete_from
from pipeline.selection.select import load_selector

DAY = datetime.datetime(2024, 1, 2, 12, tzinfo=UTC)


def listed(library: Library, folder: Path, **settings: object) -> list[object]:
    clock = FakeClock()
    with serve(Loopback(library, clock.now)) as loopback, source_for(loopback, folder, clock, **settings) as source:
        return list(source.list_papers(WEEK))


@pytest.mark.parametrize("way", ["api", "oai"])
def test_both_ways_list_the_same_papers(way: str, tmp_path: Path) -> None:
    papers = listed(sample_library(), tmp_path, listing=way)
    assert [p.meta.paper_id for p in papers] == [f"2401.{n:05d}" for n in range(1, 8)]
    first = papers[0].meta
    assert (first.version, first.published, first.authors) == (1, "2024-01-02", ("Ada Sample", "Bo Sample"))
    assert first.pdf_url == "https://arxiv.org/pdf/2401.00001v1"


@pytest.mark.parametrize("way", ["api", "oai"])
def test_the_newest_version_is_listed_in_the_week_of_the_first(way: str, tmp_path: Path) -> None:
    later = DAY + datetime.timedelta(days=10)
    (paper,) = listed(Library([SamplePaper("2401.00001", moments=(DAY, later))]), tmp_path, listing=way)
    assert (paper.meta.version, paper.meta.published, paper.meta.updated) == (2, "2024-01-02", "2024-01-12")


@pytest.mark.parametrize("way", ["api", "oai"])
def test_a_withdrawn_paper_is_listed_as_such_and_never_fetched(way: str, tmp_path: Path) -> None:
    paper = SamplePaper(
        "2401.00001",
        moments=(DAY, DAY + datetime.timedelta(days=1)),
        comment="This paper has been withdrawn by the author due to an error in Table 2",
        is_withdrawn=True,
    )
    clock = FakeClock()
    with serve(Loopback(Library([paper]), clock.now)) as loopback:
        with source_for(loopback, tmp_path, clock, listing=way) as source:
            (found,) = source.list_papers(WEEK)
            assert found.state == "withdrawn"
            with pytest.raises(PaperUnavailableError, match="withdrawn"):
                source.fetch(found, tmp_path / "x.pdf")
    assert not any(t.startswith("/pdf") for t in loopback.targets)


def test_a_withdrawal_that_only_the_pdf_tells_is_final(tmp_path: Path) -> None:
    clock = FakeClock()
    library = Library([SamplePaper("2401.00001", is_withdrawn=True)])
    with serve(Loopback(library, clock.now)) as loopback, source_for(loopback, tmp_path, clock) as source:
        (found,) = source.list_papers(WEEK)
        with pytest.raises(PaperUnavailableError, match="withdrawn") as caught:
            source.fetch(found, tmp_path / "x.pdf")
    assert caught.value.is_final
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("comment", ["22 pages; code withdrawn-free", "We study withdrawn drugs", None])
def test_other_comments_withdraw_nothing(comment: str | None, tmp_path: Path) -> None:
    (paper,) = listed(Library([SamplePaper("2401.00001", comment=comment)]), tmp_path)
    assert paper.state == "wanted"


def test_a_query_too_large_is_split_by_date(tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(7), clock.now)) as loopback:
        with source_for(loopback, tmp_path, clock, query_limit=3, slice_size=2) as source:
            papers = source.list_papers(WEEK)
    assert len(papers) == 7
    spans = {t.split("submittedDate")[1].split("&")[0] for t in loopback.targets}
    assert len(spans) >= 3


def test_more_papers_in_one_minute_than_a_query_may_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachableError, match="one minute"):
        listed(Library([SamplePaper(f"2401.0000{n}") for n in range(1, 6)]), tmp_path, query_limit=3)


def test_an_empty_week_is_asked_for_twice_and_believed(tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(Library([]), clock.now)) as loopback, source_for(loopback, tmp_path, clock) as source:
        assert source.list_papers(WEEK) == []
    assert len(loopback.arrivals) == 2


def test_a_listing_is_asked_for_once_a_day(tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now)) as loopback:
        for _ in range(2):
            with source_for(loopback, tmp_path, clock) as source:
                source.list_papers(WEEK)
        assert len(loopback.arrivals) == 1
        clock.sleep(86_400)
        with source_for(loopback, tmp_path, clock) as source:
            source.list_papers(WEEK)
        assert len(loopback.arrivals) == 2


def test_a_damaged_listing_is_asked_for_again(tmp_path: Path) -> None:
    cache = ListingCache(tmp_path)
    day = datetime.date(2024, 1, 15)
    cache.put("q", day, [])
    (file,) = tmp_path.iterdir()
    file.write_text("[{")
    assert cache.get("q", day) is None


def test_listings_older_than_a_week_are_swept(tmp_path: Path) -> None:
    cache = ListingCache(tmp_path)
    cache.put("q", datetime.date(2024, 1, 1), [])
    cache.put("q", datetime.date(2024, 1, 15), [])
    assert [f.name[:10] for f in tmp_path.iterdir()] == ["2024-01-15"]


def test_ids_come_in_the_order_asked_for_with_the_version_asked_for(tmp_path: Path) -> None:
    clock = FakeClock()
    later = DAY + datetime.timedelta(days=10)
    library = Library([SamplePaper("2401.00001", moments=(DAY, later)), SamplePaper("cs/0501001")])
    with serve(Loopback(library, clock.now)) as loopback, source_for(loopback, tmp_path, clock) as source:
        papers = source.list_ids(["cs/0501001", "2401.00001v1", "cs/0501001"])
        assert [(p.meta.paper_id, p.meta.version) for p in papers] == [("cs/0501001", 1), ("2401.00001", 1)]
        source.fetch(papers[0], tmp_path / "old.pdf")
        assert (tmp_path / "old.pdf").read_bytes() == library.papers[1].body(1)


@pytest.mark.parametrize(
    ("ids", "word"), [(["../etc"], "no arXiv id"), (["2401.00001", "9901.00001"], "has no paper 9901")]
)
def test_ids_that_lead_nowhere_are_named(ids: list[str], word: str, tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now)) as loopback, source_for(loopback, tmp_path, clock) as source:
        with pytest.raises(SourceError, match=word):
            source.list_ids(ids)


def test_an_answer_with_another_paper_is_not_taken_for_the_one_asked_for(tmp_path: Path) -> None:
    clock = FakeClock()
    loopback = Loopback(sample_library(), clock.now, lambda kind, target: "other-paper")
    with serve(loopback), source_for(loopback, tmp_path, clock) as source, pytest.raises(SourceError, match="00001"):
        source.list_ids(["2401.00001"])


def test_newer_versions_of_known_papers_are_found(tmp_path: Path) -> None:
    clock = FakeClock()
    later = DAY + datetime.timedelta(days=10)
    library = Library([SamplePaper("2401.00001", moments=(DAY, later)), SamplePaper("2401.00002")])
    with serve(Loopback(library, clock.now)) as loopback, source_for(loopback, tmp_path, clock) as source:
        (newer,) = source.newer_versions({"2401.00001": 1, "2401.00002": 1, "2401.00009": 1})
    assert (newer.meta.paper_id, newer.meta.version) == ("2401.00001", 2)


@pytest.mark.parametrize("way", ["api", "oai"])
def test_hostile_metadata_ends_as_bounded_plain_text(way: str, tmp_path: Path) -> None:
    paper = SamplePaper(
        "2401.00001",
        title="<script>alert(1)</script> =HYPERLINK(\u202egnp.exe\u2066 \x85 LLM " + "x" * 1_000_000,
        authors=("=cmd|' /C calc'!A0", "\u200b\u202e"),
        categories=("cs.CL",),
    )
    (found,) = listed(Library([paper]), tmp_path, listing=way)
    title = found.meta.title
    assert title.startswith("<script>alert(1)</script> =HYPERLINK(gnp.exe LLM x")
    assert len(title) == 1_000
    assert found.meta.authors == ("=cmd|' /C calc'!A0",)


def test_the_selection_keeps_what_was_passed_over_and_why(tmp_path: Path) -> None:
    clock = FakeClock()
    library = Library([SamplePaper("2401.00001"), SamplePaper("2401.00002", title="Spectra", abstract="Of matrices.")])
    with serve(Loopback(library, clock.now)) as loopback:
        settings = ArxivSettings(**loopback.settings())
        selector = load_selector(load_registry())
        with ArxivSource(tmp_path, selector=selector, settings=settings, clock=clock) as source:
            first, second = source.list_papers(WEEK)
            assert source.list_ids(["2401.00002"])[0].state == "wanted"
    assert (first.state, second.state) == ("wanted", "passed_over")
    assert (first.reason or "").startswith("language models (Language Model)")
    assert second.reason == "no word of language models in title or abstract"


@pytest.mark.parametrize(
    ("category", "name"),
    [("cs.CL", "cs:cs:CL"), ("quant-ph", "physics:quant-ph"), ("physics.optics", "physics:physics:optics")],
)
def test_sets_of_oai_pmh(category: str, name: str) -> None:
    assert oai_set(category) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Sample, Bo Sample and Cy Sample", ["Ada Sample", "Bo Sample", "Cy Sample"]),
        ("Ada Sample (Univ. (Dept. of X)), Bo Sample (1 and 2)", ["Ada Sample", "Bo Sample"]),
        ("", []),
    ],
)
def test_the_line_of_authors(line: str, names: list[str]) -> None:
    assert author_names(line) == names


def test_a_week_is_complete_after_the_announcement_of_the_monday_after() -> None:
    assert complete_from(Week.named("2024-01-01")).isoformat() == "2024-01-09T05:00:00+00:00"


@pytest.mark.integration
def test_recorded_answers_of_the_api_pass_the_checks(shared: Path) -> None:
    from pipeline.resources.arxiv_org.atom import _Session  # the checks of one page
    from pipeline.resources.arxiv_org.http import Answer

    seen = 0
    for file in sorted((shared / "arxiv").glob("q_*.json")):
        record = json.loads(file.read_text())
        session = _Session(ArxivSettings(query_limit=30_000), None)  # type: ignore[arg-type]  # no request is sent
        session._settings = session._settings.model_copy(update={"query_limit": 10**9})
        body = record["body"].encode()
        assert session._look_through(Answer(record["url"], {}, body)).body == body
        assert session.total
        seen += body.count(b"<entry>")
    assert seen > 100
