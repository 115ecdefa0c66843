"""What watches: the sensor of complete weeks, the alert of failed runs; another try where nobody waits."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.errors import DagsterMaxRetriesExceededError
from support.survey_parts import DEMO, InlineWorkers, MemorySource, paper

from assets import retries
from assets.ports import BlockedError, Listed
from assets.weeks import Week
from pipeline import sensors
from pipeline.alerts import alert_line, record
from pipeline.definitions import build_defs
from pipeline.errors import SourceError, SourceUnreachableError
from pipeline.history import last_run, next_runs
from pipeline.instance import close_dead_runs, dagster_home, open_instance
from pipeline.jobs import JOB
from pipeline.partitions import range_tags
from pipeline.resources.progress import NoProgress
from pipeline.resources.publisher import SnapshotPublisher
from pipeline.resources.storage import DirectoryStore

WEEK = Week.named("2024-01-01")
COMPLETE = datetime.datetime(2024, 1, 9, 5, tzinfo=datetime.UTC)  # Monday 20:00 Eastern, and four hours for the index
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass
class FaultySource(MemorySource):
    """Cannot be reached the first times."""

    faults: int = 0

    def list_papers(self, week: Week) -> Sequence[Listed]:
        if self.faults:
            self.faults -= 1
            raise SourceUnreachableError("arXiv is not there")
        return super().list_papers(week)


class NoPage:
    def build(self) -> Path | None:
        return None


def run(
    data: Path, source: MemorySource, instance: dg.DagsterInstance, **tags: str
) -> Callable[[], dg.ExecuteInProcessResult]:
    """The job over one week, with everything outside swapped."""
    overrides = {
        "source": source,
        "store": DirectoryStore(data).open(),
        "workers": InlineWorkers(),
        "progress": NoProgress(),
        "publisher": SnapshotPublisher(data, datetime.date(2024, 2, 1)),
        "site": NoPage(),
    }
    job = build_defs(resource_overrides=overrides).resolve_job_def(JOB)
    return lambda: job.execute_in_process(instance=instance, tags={**range_tags([WEEK]), **tags}, run_config=QUIET)


def sound(faults: int) -> FaultySource:
    return FaultySource([paper("a1")], {"a1v1": DEMO / "sample-02.pdf"}, faults=faults)


@pytest.mark.parametrize(
    ("cursor", "minutes", "due"),
    [
        (None, 0, ["2024-01-01"]),
        (None, -1, ["2023-12-25"]),
        ("2023-12-25", -1, []),
        ("2023-12-25", 0, ["2024-01-01"]),
        ("2023-12-11", 0, ["2023-12-18", "2023-12-25", "2024-01-01"]),
        ("2024-01-01", 0, []),
    ],
)
def test_weeks_are_due_once_from_the_moment_all_of_them_is_announced(
    cursor: str | None, minutes: int, due: list[str]
) -> None:
    now = COMPLETE + datetime.timedelta(minutes=minutes)
    assert [w.name for w in sensors.weeks_due(cursor, now)] == due


def test_the_sensor_asks_for_one_run_and_then_says_what_it_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CATCHUP_SOURCE", raising=False)
    with dg.DagsterInstance.ephemeral() as instance:
        first = sensors.week_complete(dg.build_sensor_context(instance=instance))
        assert isinstance(first, dg.SensorResult)
        [request] = first.run_requests or []
        assert request.tags["dagster/asset_partition_range_end"] == first.cursor
        again = sensors.week_complete(dg.build_sensor_context(instance=instance, cursor=first.cursor))
    assert isinstance(again, dg.SkipReason)
    assert "is complete from" in str(again.skip_message)


def test_the_sensor_leaves_a_folder_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATCHUP_SOURCE", str(DEMO))
    with dg.DagsterInstance.ephemeral() as instance:
        assert isinstance(sensors.week_complete(dg.build_sensor_context(instance=instance)), dg.SkipReason)


def test_a_source_that_is_away_for_a_while_is_asked_again_where_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "REST_SECONDS", 0)
    with dg.DagsterInstance.ephemeral() as instance:
        assert run(tmp_path / "data", sound(faults=2), instance)().success


def test_it_is_not_asked_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "REST_SECONDS", 0)
    source = sound(faults=9)
    with dg.DagsterInstance.ephemeral() as instance:
        with pytest.raises(DagsterMaxRetriesExceededError):
            run(tmp_path / "data", source, instance)()
        assert alert_line(instance, instance.get_runs()[0].run_id).endswith("failed: arXiv is not there")
    assert source.faults == 9 - 1 - retries.RETRIES


def test_a_user_who_waits_is_told_at_once(tmp_path: Path) -> None:
    source = sound(faults=9)
    with dg.DagsterInstance.ephemeral() as instance, pytest.raises(SourceUnreachableError):
        run(tmp_path / "data", source, instance, **{retries.ATTENDED: "yes"})()
    assert source.faults == 8


def test_a_failed_run_is_one_line_with_its_reason_in_log_and_status(tmp_path: Path) -> None:
    empty = MemorySource([paper("a1")], {})
    with open_instance(tmp_path) as instance:
        with pytest.raises(BlockedError):
            run(tmp_path, empty, instance)()
        line = alert_line(instance, instance.get_runs()[0].run_id)
    assert line.startswith("catchup: run ")
    assert " failed: nothing published: " in line
    assert len(line.splitlines()) == 1
    record(tmp_path, line, COMPLETE)
    record(tmp_path, line, COMPLETE)
    assert (tmp_path / "alerts.log").read_text() == f"2024-01-09 05:00:00 {line}\n" * 2
    told = last_run(tmp_path)
    assert told is not None
    assert "week 2024-01-01" in told
    assert "failed: nothing published: " in told


def test_a_failed_run_tells_the_error_that_was_worded_for_users_not_what_caused_it(tmp_path: Path) -> None:
    class Away(MemorySource):
        def list_papers(self, week: Week) -> Sequence[Listed]:
            raise SourceError("the library is shut; come back on Monday") from OSError("[Errno 111] refused")

    with open_instance(tmp_path) as instance:
        with pytest.raises(SourceError):
            run(tmp_path, Away([], {}), instance)()
        line = alert_line(instance, instance.get_runs()[0].run_id)
    assert line.endswith(" failed: the library is shut; come back on Monday")


def test_a_run_that_was_killed_is_closed_by_the_next_and_one_of_the_ui_is_not(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        job = build_defs().resolve_job_def(JOB)
        killed = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED, tags={retries.ATTENDED: "yes"})
        other = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        close_dead_runs(instance)
        states = {run.run_id: run.status for run in instance.get_runs()}
    assert states == {killed.run_id: dg.DagsterRunStatus.FAILURE, other.run_id: dg.DagsterRunStatus.STARTED}


def test_the_next_runs_are_told_with_their_switches(tmp_path: Path) -> None:
    saturday, complete = next_runs(tmp_path, COMPLETE)
    assert saturday == "saturday is off (`catchup ui`, Automation); it would be 2024-01-13 06:00 UTC"
    assert complete.endswith("it would be 2024-01-16 05:00 UTC, week 2024-01-08")


def test_dagsters_configuration_is_renewed_where_nobody_changed_it(tmp_path: Path) -> None:
    file = dagster_home(tmp_path) / "dagster.yaml"
    whole = file.read_text()
    assert "python_log_level: WARNING" in whole
    file.write_text(whole.partition("python_logs:")[0])  # as earlier versions wrote it
    assert (dagster_home(tmp_path) / "dagster.yaml").read_text() == whole
    file.write_text("# mine\n")
    assert (dagster_home(tmp_path) / "dagster.yaml").read_text() == "# mine\n"
