"""`catchup registry`: looking after the registry of models, benchmarks and metrics."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as pq
import typer
from pydantic import TypeAdapter
from rich.markup import escape
from rich.table import Table

from extractors.records import Result
from extractors.registry.check import check_registry, missing_names
from extractors.registry.load import load_registry
from pipeline.cli.common import DataDir, Debug, err, latest_of, one_line_errors, out

registry = typer.Typer(help="Look after the registry of models, benchmarks and metrics.", no_args_is_help=True)
_RESULTS = TypeAdapter(list[Result])


@registry.command()
def check(
    folder: Annotated[Path | None, typer.Option(help="Another registry than the one that ships")] = None,
    debug: Debug = False,
) -> None:
    """Every fault of the registry, one a line. Exit status 1 where there is one."""
    with one_line_errors(debug):
        faults = check_registry(folder)
        for fault in faults:
            err.print(fault, markup=False, soft_wrap=True)
        if faults:
            raise typer.Exit(1)
        found = load_registry(folder)
        kinds = ("models", found.models), ("benchmarks", found.benchmarks), ("metrics", found.metrics)
        out.print(", ".join(f"{len(entities):,} {name}" for name, entities in kinds) + ": no fault")


@registry.command()
def missing(
    data: DataDir = None,
    limit: Annotated[int, typer.Option(min=1, help="Names of each kind")] = 20,
    debug: Debug = False,
) -> None:
    """Names in the newest snapshot's results that the registry lacks, those of most papers first."""
    with one_line_errors(debug):
        rows: list[dict[str, Any]] = pq.read_table(latest_of(data) / "results.parquet").to_pylist()
        grid = Table("kind", "name", "papers", "results", "for example")
        for name in missing_names(_RESULTS.validate_python(rows), limit=limit):
            numbers = (f"{name.n_papers:,}", f"{name.n_results:,}")
            grid.add_row(name.kind, escape(name.name), *numbers, escape(name.examples[0] if name.examples else ""))
        out.print(grid)
