"""Week files: made once, made anew only where their inputs changed, with the faults of single papers recorded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from support.survey_parts import DEMO, InlineWorkers, MemorySource, paper

from assets.dataset import choose_papers
from assets.stages import BY_ID, DERIVED, derive_weeks, fetch_week, is_current, list_week, read_weeks
from assets.weeks import Week
from pipeline.resources.progress import NoProgress
from pipeline.resources.storage import DirectoryStore

WEEK = Week.named("2024-01-01")
PDFS = {"a1v1": DEMO / "sample-02.pdf", "a1v2": DEMO / "sample-03.pdf", "b2v1": DEMO / "sample-04.pdf"}


def survey(store: DirectoryStore, source: MemorySource, workers: InlineWorkers, ids: list[str] | None = None) -> None:
    """All stages over one week."""
    quiet = NoProgress()
    list_week(store, source, WEEK, source.list_ids(ids) if ids else None)
    fetch_week(store, source, WEEK, quiet)
    read_weeks(store, workers, [WEEK], quiet)
    for stage in DERIVED.values():
        derive_weeks(store, workers, [WEEK], stage, quiet)


def papers(store: DirectoryStore) -> dict[str, Any]:
    """Status and error by paper and version."""
    return {f"{p['paper_id']}v{p['version']}": (p["status"], p["error"]) for p in choose_papers(store).papers}


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "data").open()


def test_a_second_run_works_on_nothing(store: DirectoryStore) -> None:
    source, first, second = MemorySource([paper("a1"), paper("b2")], PDFS), InlineWorkers(), InlineWorkers()
    survey(store, source, first)
    assert sorted(first.done)[:2] == ["claim_rows a1", "claim_rows b2"]
    assert is_current(store, WEEK)
    survey(store, source, second)
    assert second.done == []


def test_only_the_changed_week_is_made_anew_and_kept_readings_are_taken(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1")], PDFS), InlineWorkers())
    kept = {p.name: p.stat().st_mtime_ns for p in store.root.rglob("core/readings/*/*.json")}
    survey(store, MemorySource([paper("a1"), paper("b2")], PDFS), InlineWorkers())
    after = {p.name: p.stat().st_mtime_ns for p in store.root.rglob("core/readings/*/*.json")}
    assert len(after) == 2
    assert kept.items() <= after.items()


def test_a_paper_without_pdf_is_recorded_and_the_others_are_read(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1"), paper("zz")], PDFS), InlineWorkers())
    assert papers(store) == {"a1v1": ("parsed", None), "zzv1": ("failed", "404")}


def test_a_damaged_pdf_is_recorded_with_its_reason(store: DirectoryStore, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"<html>not found</html>")
    survey(store, MemorySource([paper("a1"), paper("zz")], PDFS | {"zzv1": bad}), InlineWorkers())
    status, error = papers(store)["zzv1"]
    assert status == "failed"
    assert error.startswith("NotAPdfError: ")


def test_a_paper_on_which_a_worker_fails_costs_itself_only(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1"), paper("b2")], PDFS), InlineWorkers(broken=frozenset({"b2"})))
    assert papers(store) == {"a1v1": ("parsed", None), "b2v1": ("failed", "broke")}


def test_of_two_versions_the_newest_counts(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1", 1), paper("a1", 2)], PDFS), InlineWorkers())
    assert papers(store) == {"a1v1": ("superseded", None), "a1v2": ("parsed", None)}
    choice = choose_papers(store)
    assert [len(readings) for readings in choice.readings.values()] == [1]


def test_a_withdrawn_version_takes_the_rows_of_the_paper_along(store: DirectoryStore) -> None:
    listed = [paper("a1", 1), paper("a1", 2, state="withdrawn", reason="error in Table 1")]
    survey(store, MemorySource(listed, PDFS), InlineWorkers())
    assert papers(store) == {"a1v1": ("superseded", None), "a1v2": ("withdrawn", "error in Table 1")}
    assert choose_papers(store).readings == {}


def test_what_is_passed_over_stays_in_the_listing_and_is_no_paper(store: DirectoryStore) -> None:
    source = MemorySource([paper("a1"), paper("b2", state="passed_over", reason="no reason")], PDFS)
    survey(store, source, InlineWorkers())
    assert source.fetched == 1
    assert list(papers(store)) == ["a1v1"]
    listing = store.read("listing", WEEK)
    assert listing is not None
    assert listing.column("reason").to_pylist() == [None, "no reason"]


def test_papers_asked_for_by_id_are_added_to_those_of_the_week(store: DirectoryStore) -> None:
    source = MemorySource([paper("a1"), paper("b2")], PDFS)
    survey(store, MemorySource([paper("a1")], PDFS), InlineWorkers())
    survey(store, source, InlineWorkers(), ids=["b2"])
    assert sorted(papers(store)) == ["a1v1", "b2v1"]


def test_a_week_counts_as_listed_only_where_all_of_it_was(store: DirectoryStore) -> None:
    source = MemorySource([paper("a1"), paper("b2")], PDFS)
    week, some = WEEK, [p for p in source.list_papers(WEEK) if p.meta.paper_id == "a1"]
    list_week(store, source, week, some)
    assert (store.inputs("listing", week) or "").endswith(BY_ID)
    list_week(store, source, week, None)
    assert store.inputs("listing", week) == source.key
    list_week(store, source, week, some)
    assert store.inputs("listing", week) == source.key


def test_another_source_keeps_the_papers_of_the_first(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1")], PDFS), InlineWorkers())
    survey(store, MemorySource([paper("b2")], PDFS, key="other"), InlineWorkers())
    assert papers(store) == {"a1v1": ("parsed", None), "b2v1": ("parsed", None)}


@pytest.mark.parametrize("paper_id", ["../../escaped", "/etc/passwd", "a/b", "...", "x" * 500])
def test_no_id_leads_out_of_the_folder_of_pdfs(store: DirectoryStore, paper_id: str) -> None:
    seen: list[Path] = []

    class Watched(MemorySource):
        def fetch(self, paper: Any, to: Path) -> Any:
            seen.append(to)
            return super().fetch(paper, to)

    survey(store, Watched([paper(paper_id)], {}), InlineWorkers())
    assert seen[0].resolve().parent == (store.root / "raw" / "files").resolve()
    assert len(seen[0].name) < 120


def test_a_newest_version_that_cannot_be_read_leaves_the_last_good_one_in_its_place(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1", 1), paper("a1", 3)], PDFS), InlineWorkers())
    assert papers(store) == {"a1v1": ("parsed", None), "a1v3": ("failed", "404")}
    assert [len(readings) for readings in choose_papers(store).readings.values()] == [1]


def test_a_source_that_lists_newest_versions_only_keeps_the_older_ones_that_were_seen(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1", 1), paper("b2", 1)], PDFS, lists_newest_only=True), InlineWorkers())
    survey(store, MemorySource([paper("a1", 2)], PDFS, lists_newest_only=True), InlineWorkers())
    assert papers(store) == {"a1v1": ("superseded", None), "a1v2": ("parsed", None)}


@pytest.mark.parametrize(("is_final", "asked"), [(True, 1), (False, 2)])
def test_what_cannot_be_had_for_good_is_not_asked_for_again(store: DirectoryStore, is_final: bool, asked: int) -> None:
    source = MemorySource([paper("zz")], {}, is_final=is_final)
    for _ in range(2):
        survey(store, source, InlineWorkers())
    assert source.fetched == asked
    assert papers(store) == {"zzv1": ("failed", "404")}


def test_readings_of_the_present_code_and_of_the_one_before_are_kept(store: DirectoryStore) -> None:
    for moment, code in enumerate(("oldest", "older", "before", "now"), 1):
        kept = store.reading_path(code, "x")
        kept.write_text("{}")
        os.utime(kept.parent, (moment, moment))
    store.forget_readings("now")
    assert sorted(p.name for p in (store.root / "core" / "readings").iterdir()) == ["before", "now"]


def test_drafts_of_a_killed_run_are_swept_and_nothing_else(store: DirectoryStore) -> None:
    survey(store, MemorySource([paper("a1")], PDFS), InlineWorkers())
    (store.root / "thesis.part").write_bytes(b"somebody's own")
    whole = sorted(store.root.rglob("*"))
    for place in ("raw/pdfs/.2024-01-01.7.part", "raw/files/.abc.part", "core/claims/.x.1.part", ".site-of.part"):
        (store.root / place).parent.mkdir(parents=True, exist_ok=True)
        (store.root / place).write_bytes(b"half")
    (store.root / ".site-draft-7" / "papers").mkdir(parents=True)
    store.sweep()
    assert [p for p in sorted(store.root.rglob("*")) if p.name != "files"] == [p for p in whole if p.name != "files"]
