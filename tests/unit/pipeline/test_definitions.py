"""What Dagster loads, the job over a range of weeks, the schedule, and the check that blocks."""

from __future__ import annotations

import datetime
from pathlib import Path

import dagster as dg
import pytest
from support.survey_parts import DEMO, InlineWorkers, MemorySource, paper

from assets.ports import BlockedError
from pipeline.definitions import build_defs
from pipeline.jobs import JOB
from pipeline.partitions import last_complete_week, range_tags, weeks_between
from pipeline.resources.progress import NoProgress
from pipeline.resources.publisher import SnapshotPublisher
from pipeline.resources.storage import DirectoryStore
from pipeline.schedules import saturday

WEEKS = weeks_between(datetime.date(2024, 1, 1), datetime.date(2024, 1, 10))


class NoPage:
    """Builds no page."""

    def build(self) -> Path | None:
        return None


def run(
    data: Path, source: MemorySource, instance: dg.DagsterInstance
) -> tuple[SnapshotPublisher, dg.ExecuteInProcessResult]:
    """The job over `WEEKS`, with everything outside swapped."""
    publisher = SnapshotPublisher(data, datetime.date(2024, 2, 1))
    overrides = {
        "source": source,
        "store": DirectoryStore(data).open(),
        "workers": InlineWorkers(),
        "progress": NoProgress(),
        "publisher": publisher,
        "site": NoPage(),
    }
    job = build_defs(resource_overrides=overrides).resolve_job_def(JOB)
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    return publisher, job.execute_in_process(instance=instance, tags=dict(range_tags(WEEKS)), run_config=quiet)


def test_a_range_of_weeks_is_one_run_with_counts_and_a_preview(tmp_path: Path) -> None:
    source = MemorySource([paper("a1"), paper("b2", published="2024-01-09")], {"a1v1": DEMO / "sample-02.pdf"})
    with dg.DagsterInstance.ephemeral() as instance:
        publisher, result = run(tmp_path / "data", source, instance)
        assert len(instance.get_runs()) == 1
        events = result.asset_materializations_for_node("core_documents")
    assert [e.partition for e in events] == ["2024-01-01", "2024-01-08"]
    assert (events[0].metadata["papers"].value, events[0].metadata["failed"].value) == (2, 1)
    assert "b2" in str(events[0].metadata["preview"].value)
    assert publisher.last is not None
    assert publisher.last.snapshot == tmp_path / "data" / "published" / "2024-02-01.1"


def test_a_blocking_check_keeps_everything_from_being_published(tmp_path: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(BlockedError, match="results"):
        run(tmp_path / "data", MemorySource([paper("a1")], {}), instance)
    assert not (tmp_path / "data" / "published" / "latest").exists()


def test_the_check_that_blocks_is_shown_as_failed(tmp_path: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        with pytest.raises(BlockedError):
            run(tmp_path / "data", MemorySource([paper("a1")], {}), instance)
        records = instance.get_records_for_run(
            instance.get_runs()[0].run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION
        ).records
    outcome = {
        e.asset_check_evaluation_data.check_name: e.asset_check_evaluation_data.passed
        for e in (r.event_log_entry.get_dagster_event() for r in records)
    }
    assert outcome["structure"] is False


def test_the_graph_has_the_layers_in_its_names() -> None:
    keys = {key.to_user_string() for key in build_defs().resolve_asset_graph().get_all_asset_keys()}
    raw, core = (
        {"raw_arxiv__listing", "raw_arxiv__pdfs"},
        {"core_documents", "core_tables", "core_results", "core_claims"},
    )
    assert keys == raw | core | {"out_dataset", "out_site"}


def test_the_schedule_covers_the_week_that_ends_and_the_one_before() -> None:
    moment = datetime.datetime(2024, 1, 13, 6, tzinfo=datetime.UTC)
    with dg.build_schedule_context(scheduled_execution_time=moment) as context:
        request = saturday(context)
    assert isinstance(request, dg.RunRequest)
    assert request.tags["dagster/asset_partition_range_start"] == "2024-01-01"
    assert request.tags["dagster/asset_partition_range_end"] == "2024-01-08"


def test_weeks_of_dates_hold_both_ends() -> None:
    assert [w.name for w in WEEKS] == ["2024-01-01", "2024-01-08"]
    assert weeks_between(datetime.date(2020, 1, 1), datetime.date(2022, 11, 20)) == []


@pytest.mark.parametrize(("today", "week"), [("2024-01-07", "2023-12-25"), ("2024-01-08", "2024-01-01")])
def test_a_week_is_complete_when_its_sunday_is_over(today: str, week: str) -> None:
    assert last_complete_week(datetime.date.fromisoformat(today)).name == week
