"""What is said of a run that failed: one line, with the reason that the first error which is not Dagster's told."""

from __future__ import annotations

import datetime
from pathlib import Path

import dagster as dg

FILE = "alerts.log"
_LONGEST = 300


def alert_line(instance: dg.DagsterInstance, run_id: str) -> str:
    """`catchup: run 0123abcd failed: reason`."""
    return f"catchup: run {run_id[:8]} failed: {reason(instance, run_id) or 'see it with `catchup ui`'}"


def record(data_dir: Path, line: str, now: datetime.datetime) -> None:
    """Append to the data directory's `alerts.log`. Raises OSError."""
    with (data_dir / FILE).open("a", encoding="utf-8") as file:
        file.write(f"{now:%Y-%m-%d %H:%M:%S} {line}\n")


def reason(instance: dg.DagsterInstance, run_id: str) -> str | None:
    """Why a run failed, in one line; None where its history does not say."""
    for kind in (dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.RUN_FAILURE):
        found = instance.get_records_for_run(run_id, of_type=kind, limit=1, ascending=False).records
        event = found[0].event_log_entry.get_dagster_event() if found else None
        if event is None:
            continue
        error = getattr(event.event_specific_data, "error", None)
        while error is not None and error.cause is not None and _is_wrapper(error.cls_name):
            error = error.cause
        text = (error.message if error is not None else event.message) or ""
        if text.strip():
            return _line(text)
    return None


def _is_wrapper(kind: str | None) -> bool:
    """Whether an error of this class only carries another one; ours are worded for users, whatever caused them."""
    return kind is not None and (kind.startswith("Dagster") or kind == "RetryRequested")


def _line(text: str) -> str:
    """Without the module of the error's class, which tells a user nothing."""
    kind, colon, rest = text.strip().partition(": ")
    flat = " ".join((rest if colon and "Error" in kind and " " not in kind else text).split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
