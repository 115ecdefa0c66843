"""What Dagster's own state says of runs: the last one, and what will start the next."""

from __future__ import annotations

import datetime
from pathlib import Path

import dagster as dg

from assets.weeks import Week
from pipeline.alerts import reason
from pipeline.instance import open_instance
from pipeline.partitions import RANGE_END, RANGE_START
from pipeline.resources.arxiv_org.weeks import complete_from, newest_complete
from pipeline.schedules import next_saturday, saturday
from pipeline.sensors import week_complete

_STATES = {dg.DagsterRunStatus.SUCCESS: "ended well", dg.DagsterRunStatus.CANCELED: "was stopped"}


def last_run(data_dir: Path) -> str | None:
    """When the newest run began, over which weeks, how it ended, and why where it failed; None where none ever ran.

    Raises DataDirError where the history cannot be read.
    """
    if not (data_dir / ".dagster").is_dir():
        return None
    with open_instance(data_dir) as instance:
        records = instance.get_run_records(limit=1)
        return _told(instance, records[0]) if records else None


def _told(instance: dg.DagsterInstance, record: dg.RunRecord) -> str:
    run = record.dagster_run
    state = _STATES.get(run.status, run.status.value.lower())
    began = datetime.datetime.fromtimestamp(record.start_time or record.create_timestamp.timestamp(), datetime.UTC)
    parts = [f"{began:%Y-%m-%d %H:%M} UTC"]
    if RANGE_START in run.tags:
        first, last = run.tags[RANGE_START], run.tags[RANGE_END]
        parts.append(f"weeks {first} to {last}" if first != last else f"week {first}")
    if run.status == dg.DagsterRunStatus.FAILURE:
        state = f"failed: {reason(instance, run.run_id) or 'no reason told'}"
    if record.start_time and record.end_time:
        parts.append(f"{record.end_time - record.start_time:.0f} s")
    return f"{', '.join(parts)}, {state}"


def next_runs(data_dir: Path, now: datetime.datetime) -> list[str]:
    """A line each for the schedule and the sensor: when they start a run, or that they are switched off."""
    on = _switched_on(data_dir)
    week = newest_complete(now)
    moment = complete_from(Week(week.end))
    return [
        _line(saturday.name, f"{next_saturday(now):%Y-%m-%d %H:%M} UTC", saturday.name in on),
        _line(week_complete.name, f"{moment:%Y-%m-%d %H:%M} UTC, week {week.end}", week_complete.name in on),
    ]


def _line(name: str, when: str, is_on: bool) -> str:
    return f"{when} ({name})" if is_on else f"{name} is off (`catchup ui`, Automation); it would be {when}"


def _switched_on(data_dir: Path) -> frozenset[str]:
    if not (data_dir / ".dagster").is_dir():
        return frozenset()
    with open_instance(data_dir) as instance:
        return frozenset(s.instigator_name for s in instance.all_instigator_state() if s.is_running)
