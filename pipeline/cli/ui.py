"""`catchup ui`: Dagster's web UI and daemon on a data directory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.common import DataDir, Debug, data_dir, err, one_line_errors
from pipeline.errors import PipelineError
from pipeline.resources.storage import DirectoryStore


def ui(
    data: DataDir = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine")] = 3000,
    source: Annotated[str | None, typer.Option(help="Of runs started in the UI: arxiv, or a folder of PDFs")] = None,
    debug: Debug = False,
) -> None:
    """Dagster's web UI and daemon (for the weekly schedule, switched on in the UI) on this data directory."""
    with one_line_errors(debug):
        root = data_dir(data).resolve()
        DirectoryStore(root).open()
        from pipeline.instance import dagster_home  # Dagster takes two seconds to import

        home = dagster_home(root)
        env = {**os.environ, "DAGSTER_HOME": str(home), "CATCHUP_DATA": str(root)}
        if source is not None:
            env["CATCHUP_SOURCE"] = source if source == "arxiv" else str(Path(source).resolve())
        code = ("-w", str(home / "workspace.yaml"))
        server = ("dagster_webserver", "-h", "127.0.0.1", "-p", str(port), *code)
        daemon = ("dagster._daemon", "run", *code)
        err.print(f"Dagster's UI: http://127.0.0.1:{port}  (Ctrl-C ends it)")
        _together([[sys.executable, "-m", *server], [sys.executable, "-m", *daemon]], env)


def _together(commands: list[list[str]], env: dict[str, str]) -> None:
    """Run commands side by side until one ends or Ctrl-C; then end the others. Raises PipelineError."""
    children = [subprocess.Popen(command, env=env) for command in commands]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()
    raise PipelineError("the web UI or its daemon ended by itself; see the lines above (is the port in use? --port N)")
