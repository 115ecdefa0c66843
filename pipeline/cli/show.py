"""`catchup show`: what was read from one paper, with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer
from rich.markup import escape
from rich.table import Table

from pipeline.cli.common import DataDir, Debug, data_dir, latest_of, one_line_errors, out
from pipeline.errors import SourceError
from pipeline.resources.storage import DirectoryStore

Row = dict[str, Any]


def show(
    paper_id: Annotated[str, typer.Argument(help="Such as 2310.06830")],
    data: DataDir = None,
    page: Annotated[int | None, typer.Option(min=1, help="Only this page")] = None,
    draw: Annotated[Path | None, typer.Option(help="Write that page as PNG, with the tables drawn in")] = None,
    debug: Debug = False,
) -> None:
    """The tables, results and claims read from one paper, with their pages."""
    with one_line_errors(debug):
        if draw is not None:
            _draw(data, paper_id, page or 1, draw)
            return
        latest = latest_of(data)
        papers = _rows(latest, "papers", paper_id)
        if not papers:
            raise SourceError(f"no paper {paper_id!r} in {latest.resolve()}; its papers.parquet lists those it has")
        for paper in papers:
            version = f"v{paper['version']}" if paper["version"] is not None else ""
            reason = f": {paper['error']}" if paper["error"] else ""
            title = paper["title"] or "no title"
            out.print(f"{paper_id}{version} {title} ({paper['status']}{reason})", markup=False, soft_wrap=True)
        found = {name: _rows(latest, name, paper_id) for name in ("tables", "results", "claims")}
        if page is not None:
            found = {name: [r for r in rows if r["page"] == page] for name, rows in found.items()}
        _tables(found["tables"], found["results"])
        _claims(found["claims"])


def _draw(data: Path | None, paper_id: str, page: int, to: Path) -> None:
    from pipeline.cli.draw import draw  # PyMuPDF takes a while to import

    draw(DirectoryStore(data_dir(data)), paper_id, page, to)
    out.print(f"page {page} of {paper_id} is in {to}", markup=False, soft_wrap=True)


def _rows(latest: Path, name: str, paper_id: str) -> list[Row]:
    path = latest / f"{name}.parquet"
    if not path.is_file():
        return []
    rows: list[Row] = pq.read_table(path, filters=pc.equal(pc.field("paper_id"), pa.scalar(paper_id))).to_pylist()
    return rows


def _tables(tables: list[Row], results: list[Row]) -> None:
    for table in tables:
        where = f"{table['label'] or 'a table without label'}, p. {table['page']}"
        out.print(f"\n{where} ({table['kind']}): {table['caption'] or ''}", markup=False, soft_wrap=True)
        mine = [r for r in results if r["table_id"] == table["table_id"]]
        if mine:
            grid = Table("model", "benchmark", "metric", "score", "confidence")
            for r in mine:
                metric = r["metric_id"] or r["metric_raw"]
                shown = (
                    r["model_id"] or r["model_raw"],
                    r["benchmark_id"] or r["benchmark_raw"],
                    metric,
                    r["score_text"],
                )
                grid.add_row(*(escape(str(c or "")) for c in shown), f"{r['confidence']:.2f}")
            out.print(grid)


def _claims(claims: list[Row]) -> None:
    for claim in claims:
        about = f"{claim['subject_raw']} {claim['relation']} {claim['baseline_raw']}"
        verdict = f"{claim['verdict']}: {claim['verdict_reason']}" if claim["verdict"] else "not judged"
        out.print(f"\nclaim, p. {claim['page']}: {claim['sentence']}", markup=False, soft_wrap=True)
        out.print(f"  {about} [{verdict}]", markup=False, soft_wrap=True)
