"""What the commands share: options, consoles, and errors as one line with their exit status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assets.ports import BlockedError
from expectations.corrections import CorrectionsError
from extractors.errors import RegistryError
from pipeline.errors import CheckFailedError, DataDirError, PipelineError
from pipeline.settings import Settings

out, err = Console(highlight=False), Console(stderr=True, highlight=False)

DataDir = Annotated[Path | None, typer.Option("--data", help="Data directory [default: $CATCHUP_DATA, else ./data]")]
Debug = Annotated[bool, typer.Option("--debug", help="Show tracebacks")]


def data_dir(given: Path | None) -> Path:
    """The data directory of a command."""
    return given or Settings().data


def latest_of(given: Path | None) -> Path:
    """The newest snapshot. Raises DataDirError where there is none."""
    latest = data_dir(given) / "published" / "latest"
    if not latest.is_dir():
        raise DataDirError(f"no snapshot in {data_dir(given)}; make one with `catchup run`, or give another --data")
    return latest


@contextmanager
def one_line_errors(debug: bool) -> Iterator[None]:
    """Errors that a user can act on become a line on stderr and an exit status; others, and all with --debug, rise."""
    try:
        yield
    except (PipelineError, BlockedError, CorrectionsError, RegistryError, OSError) as error:
        if debug:
            raise
        line = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) and error.strerror else str(error)
        err.print(f"catchup: {line}", markup=False, soft_wrap=True)
        raise typer.Exit(_status(error)) from error
    except KeyboardInterrupt as error:
        err.print("catchup: stopped; the next run goes on from here")
        raise typer.Exit(130) from error


def _status(error: BaseException) -> int:
    if isinstance(error, BlockedError):
        return CheckFailedError.exit_code
    return error.exit_code if isinstance(error, PipelineError) else PipelineError.exit_code
