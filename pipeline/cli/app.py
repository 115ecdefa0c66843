"""`catchup`: run the survey over a folder of papers, and show what was read from one."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from extractors.errors import RegistryError
from pipeline.errors import PipelineError, SourceError
from pipeline.resources.folder import list_folder
from pipeline.survey import run_folder

app = typer.Typer(help="What papers report about open language models, read from their PDFs.", no_args_is_help=True)
_out, _err = Console(highlight=False), Console(stderr=True, highlight=False)
DataDir = Annotated[Path | None, typer.Option("--data", help="Data directory [default: $CATCHUP_DATA, else ./data]")]


def _data(given: Path | None) -> Path:
    return given or Path(os.environ.get("CATCHUP_DATA") or "data")


@app.callback()
def root() -> None:
    """Keeps `run` a command of its own."""


@app.command()
def run(
    source: Annotated[Path, typer.Option(help="A folder of PDFs, with an optional metadata.jsonl")],
    data: DataDir = None,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes")] = 2,
    debug: Annotated[bool, typer.Option(help="Show tracebacks")] = False,
) -> None:
    """Read a folder of papers and publish a snapshot of what they report."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    directory = _data(data)
    try:
        papers = list_folder(source)
        with Progress(*columns, console=_err) as bar:
            task = bar.add_task("papers", total=len(papers))
            summary = run_folder(papers, directory, date=today, workers=workers, progress=lambda: bar.advance(task))
    except (PipelineError, RegistryError, OSError) as error:
        if debug:
            raise
        _err.print(f"catchup: {error}", markup=False)
        raise typer.Exit(error.exit_code if isinstance(error, PipelineError) else 2) from error
    for name in ("papers", "failed", "tables", "results"):
        _out.print(f"{name:8} {summary.counts[name]:>8,}")
    where = summary.snapshot or directory / "published" / "latest"
    _out.print(f"{'published' if summary.snapshot else 'nothing new; the newest is'} {where}", markup=False)


@app.command()
def show(paper_id: str, data: DataDir = None) -> None:
    """The tables and results read from one paper, with their pages."""
    latest = _data(data) / "published" / "latest"
    if not latest.is_dir():
        _err.print(f"catchup: no snapshot in {_data(data)}; run `catchup run --source DIR` first", markup=False)
        raise typer.Exit(SourceError.exit_code)
    only = pc.equal(pc.field("paper_id"), pa.scalar(paper_id))
    tables = pq.read_table(latest / "tables.parquet", filters=only).to_pylist()
    results = pq.read_table(latest / "results.parquet", filters=only).to_pylist()
    if not tables:
        _err.print(f"catchup: no table of a paper {paper_id!r} in {latest}", markup=False)
        raise typer.Exit(SourceError.exit_code)
    for table in tables:
        _out.print(f"{table['label'] or 'no label'}, p. {table['page']}: {table['caption'] or ''}", markup=False)
        grid = Table("model", "benchmark", "metric", "score", "confidence")
        mine = [r for r in results if r["table_id"] == table["table_id"]]
        for r in mine:
            cells = (r["model_raw"], r["benchmark_raw"], r["metric_id"] or r["metric_raw"], r["score_text"])
            grid.add_row(*(str(c or "").replace("[", r"\[") for c in cells), str(r["confidence"]))
        if mine:
            _out.print(grid)


def main() -> None:
    """Entry point of the `catchup` command."""
    app()
