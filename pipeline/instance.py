"""Dagster's own state in a data directory: `DATA/.dagster`, SQLite by default, or what its `dagster.yaml` says."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

_CONFIG = """\
# Dagster's instance of this data directory; see https://docs.dagster.io/deployment/oss/dagster-yaml
# (PostgreSQL: set `storage: postgres:`). Runs of `catchup run` and of the UI are both here.
telemetry:
  enabled: false
"""


def dagster_home(data_dir: Path) -> Path:
    """The folder for $DAGSTER_HOME, made with its configuration where there is none yet."""
    home = data_dir.resolve() / ".dagster"
    home.mkdir(parents=True, exist_ok=True)
    config = home / "dagster.yaml"
    if not config.is_file():
        config.write_text(_CONFIG, encoding="utf-8")
    return home


def open_instance(data_dir: Path) -> dg.DagsterInstance:
    """The instance; to be closed, or used as a context manager."""
    return dg.DagsterInstance.from_config(str(dagster_home(data_dir)))
