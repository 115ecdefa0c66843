"""Dagster's own state in a data directory: `DATA/.dagster`, SQLite by default, or what its `dagster.yaml` says."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy
import sqlalchemy.exc
from sqlalchemy.engine import Engine

from assets.retries import ATTENDED
from pipeline.errors import DataDirError

_CONFIG = """\
# Dagster's instance of this data directory; see https://docs.dagster.io/deployment/oss/dagster-yaml
# (PostgreSQL: set `storage: postgres:`). Runs of `catchup run` and of the UI are both here.
telemetry:
  enabled: false
compute_logs:  # otherwise two more processes a step copy what it prints; errors are in the history anyway
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
nux:  # asks every newcomer for a mail address
  enabled: false
"""
_BEFORE = _CONFIG  # what earlier versions wrote: taken for the new one where nobody changed it
_CONFIG += """\
python_logs:  # otherwise a run of the UI prints each of its events, a dozen for each week; the history has them all
  python_log_level: WARNING
"""
_WORKSPACE = """\
load_from:
  - python_module:
      module_name: pipeline.definitions
      location_name: catchup
"""


def dagster_home(data_dir: Path) -> Path:
    """The folder for $DAGSTER_HOME, made with its configuration and `workspace.yaml` where there are none yet."""
    home = data_dir.resolve() / ".dagster"
    home.mkdir(parents=True, exist_ok=True)
    for name, text in (("dagster.yaml", _CONFIG), ("workspace.yaml", _WORKSPACE)):
        if not (home / name).is_file() or (home / name).read_text(encoding="utf-8") == _BEFORE:
            draft = home / f".{name}.{os.getpid()}.part"
            draft.write_text(text, encoding="utf-8")
            draft.replace(home / name)
    return home


@contextmanager
def open_instance(data_dir: Path) -> Iterator[dg.DagsterInstance]:
    """The instance, closed in the end. Raises DataDirError where its files cannot be read or written, also later, while
    it is in use.

    Dagster writes about a dozen events for each week of a run, each a transaction. SQLite need not wait for the
    disk at each: a killed process loses nothing by that, a power cut may cost the history of runs, never the data.
    """
    if not sqlalchemy.event.contains(Engine, "connect", _unhurried):
        sqlalchemy.event.listen(Engine, "connect", _unhurried)
    try:
        with dg.DagsterInstance.from_config(str(dagster_home(data_dir))) as instance:
            yield instance
    except sqlalchemy.exc.DatabaseError as error:
        said = f"{error.orig}; is the disk full, or not to be written?"
        raise DataDirError(f"the history of runs in {data_dir / '.dagster'} cannot be used: {said}") from error


def close_dead_runs(instance: dg.DagsterInstance) -> None:
    """Note runs of the command line that were killed as failed; for who holds the directory's lock, so that none of
    them can be alive."""
    alive = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING], tags={ATTENDED: "yes"})
    for run in instance.get_runs(filters=alive):
        instance.report_run_failed(run, "the run was killed; the next one went on from there")


def _unhurried(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")
