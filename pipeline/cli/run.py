"""`catchup run`: the whole way from papers to a published snapshot."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated

import pyarrow.parquet as pq
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assets.ports import Published
from pipeline.cli.common import DataDir, Debug, data_dir, err, one_line_errors, out
from pipeline.plan import Wanted
from pipeline.settings import Settings

_TABLES = ("tables", "results", "claims", "comparisons", "conflicts", "rejected")


def run(
    source: Annotated[
        str | None, typer.Option(help="arxiv, or a folder of PDFs [default: $CATCHUP_SOURCE, else arxiv]")
    ] = None,
    since: Annotated[
        datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From the week of this day on")
    ] = None,
    until: Annotated[
        datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="To the week of this day")
    ] = None,
    ids: Annotated[list[str] | None, typer.Option(help="Only this paper, such as 2310.06830; can be repeated")] = None,
    updates: Annotated[
        bool, typer.Option("--updates", help="Only known papers that have a newer version by now")
    ] = False,
    data: DataDir = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes")] = None,
    debug: Debug = False,
) -> None:
    """List, fetch, read and check papers, publish a snapshot of what they report, and build the page.

    Without dates, arXiv's last complete week, or everything that a folder holds. Exit status: 0 published or nothing
    new, 1 a blocking check failed, 2 wrong use, 3 the source could not be reached.
    """
    wanted = Wanted(since.date() if since else None, until.date() if until else None, tuple(_split(ids or ())), updates)
    with one_line_errors(debug):
        given = {"source": source, "data": data_dir(data), "workers": workers}
        settings = Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
        published = _run(settings, wanted, debug)
        _summary(published)


def _split(ids: list[str] | tuple[()]) -> list[str]:
    """Ids as given one by one, or with commas or spaces between."""
    return [one for text in ids for one in text.replace(",", " ").split()]


def _run(settings: Settings, wanted: Wanted, debug: bool) -> Published:
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    from pipeline.resources.progress import Bars
    from pipeline.run import run_survey  # Dagster takes two seconds to import; `--help` need not wait for it

    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    now = datetime.datetime.now(datetime.UTC)
    with closing(Bars(Progress(*columns, console=err))) as bars:
        return run_survey(settings, wanted, progress=bars, now=now, tell=err.print)


def _summary(published: Published) -> None:
    papers = pq.read_table(published.latest / "papers.parquet", columns=["status"]).column("status").to_pylist()
    told = ", ".join(f"{n:,} {status}" for status, n in sorted(Counter(map(str, papers)).items()))
    out.print(f"{'papers':12} {len(papers):>9,}   {told}")
    for name in _TABLES:
        path = published.latest / f"{name}.parquet"
        if path.is_file():
            out.print(f"{name:12} {pq.read_metadata(path).num_rows:>9,}")
    _corrections(published.latest)
    what = "published" if published.snapshot else "nothing new; the newest snapshot is"
    out.print(f"{what} {published.snapshot or published.latest.resolve()}", markup=False, soft_wrap=True)


def _corrections(latest: Path) -> None:
    """How many corrections by hand found their rows, and each that did not."""
    path = latest / "corrections.parquet"
    rows = pq.read_table(path).to_pylist() if path.is_file() else []
    if rows:
        lost = [row for row in rows if row["status"] == "lost"]
        out.print(f"{'corrections':12} {len(rows):>9,}   {len(rows) - len(lost):,} applied, {len(lost):,} lost")
        for row in lost:
            line = f"catchup: correction lost: {row['action']} {row['table_name']} {row['row_id']} ({row['reason']})"
            err.print(line, markup=False, soft_wrap=True)
