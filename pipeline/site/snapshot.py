"""A published snapshot in memory: the rows of its tables, and what is looked up in them again and again.

A table that a snapshot does not have is empty here, so that a page can be built from an older one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.errors import SourceError

Row = dict[str, Any]
TABLES = (
    *("papers", "tables", "results", "claims", "comparisons", "conflicts", "models", "benchmarks", "metrics"),
    *("rejected", "changes", "survey_results", "corrections"),
)
# The survey's order of capabilities, with the titles and sections of arXiv 2311.16989.
CAPABILITIES: Mapping[str, str] = {
    "general": "General capabilities",
    "agent": "Agents",
    "reasoning": "Logical reasoning",
    "long-context": "Long context",
    "application": "Applications",
    "trustworthiness": "Trustworthiness",
}
SAMPLE_PREFIX = "sample-"  # ids of the demo set; its models and numbers are invented, which every page must say


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`date` is the snapshot's own, `YYYY-MM-DD`; the indexes go by id and keep the published order."""

    name: str
    date: str
    rows: Mapping[str, Sequence[Row]]
    papers: Mapping[str, Row]
    models: Mapping[str, Row]
    benchmarks: Mapping[str, Row]
    metrics: Mapping[str, Row]
    results: Mapping[str, Row]
    tables: Mapping[str, Row]
    said: Mapping[str, Sequence[Row]]  # corrections by hand that stand, by the row that they speak of
    capabilities: Mapping[str, str]  # of benchmarks: where the survey's tables have one, else where the registry has it

    @property
    def has_samples(self) -> bool:
        return any(paper_id.startswith(SAMPLE_PREFIX) for paper_id in self.papers)

    def said_of(self, row_id: str) -> list[Row]:
        """The corrections by hand that stand for a row."""
        return list(self.said.get(row_id, ()))

    def is_vouched(self, row_id: str) -> bool:
        """Whether a maintainer said that the row is right, or set it right."""
        return any(c["action"] in ("accept", "mend") for c in self.said.get(row_id, ()))

    def published(self, paper_id: str | None) -> str | None:
        """The date of a paper's first version, if known."""
        paper = self.papers.get(paper_id or "")
        date: str | None = paper["published"] if paper else None
        return date

    def model_name(self, model_id: str | None, raw: str | None) -> str:
        model = self.models.get(model_id or "")
        return str(model["name"]) if model else (raw or "not named")

    def benchmark_name(self, benchmark_id: str | None, raw: str | None) -> str:
        benchmark = self.benchmarks.get(benchmark_id or "")
        return str(benchmark["name"]) if benchmark else (raw or "not named")

    def metric_name(self, metric_id: str | None, raw: str | None) -> str | None:
        metric = self.metrics.get(metric_id or "")
        return str(metric["name"]) if metric else raw


def load_snapshot(published: Path) -> Snapshot:
    """Reads a snapshot directory (`DATA/published/latest`); raises SourceError where it is none."""
    folder = published.resolve()
    if not (folder / "papers.parquet").is_file():
        raise SourceError(f"{published} is no published snapshot; run `catchup run` first")
    rows = {name: _read(folder / f"{name}.parquet") for name in TABLES}
    papers: dict[str, Row] = {}
    for paper in rows["papers"]:  # by version: the newest stays, unless it failed and an older one counts in its place
        if paper["status"] != "failed" or paper["paper_id"] not in papers:
            papers[paper["paper_id"]] = paper
    dated = re.match(r"\d{4}-\d\d-\d\d", folder.name)
    dates = [p["published"] for p in rows["papers"] if p["published"]]
    return Snapshot(
        name=folder.name,
        date=dated[0] if dated else max(dates, default="1970-01-01"),
        rows=rows,
        papers=papers,
        models=_by_id(rows["models"], "model_id"),
        benchmarks=_by_id(rows["benchmarks"], "benchmark_id"),
        metrics=_by_id(rows["metrics"], "metric_id"),
        results=_by_id(rows["results"], "result_id"),
        tables=_by_id(rows["tables"], "table_id"),
        said=grouped((c for c in rows["corrections"] if c["status"] == "applied"), "row_id"),
        capabilities=_capabilities(rows),
    )


def _read(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    rows: list[Row] = pq.read_table(path).to_pylist()
    return rows


def _capabilities(rows: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    out = {r["benchmark_id"]: r["capability"] for r in rows["benchmarks"]}
    out |= {r["benchmark_id"]: r["capability"] for r in rows["survey_results"] if r["benchmark_id"] in out}
    return {benchmark: capability for benchmark, capability in out.items() if capability}


def _by_id(rows: Iterable[Row], column: str) -> dict[str, Row]:
    return {row[column]: row for row in rows}


def grouped(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column, those without one left out; groups and rows keep their order."""
    out: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get(column) is not None:
            out[row[column]].append(row)
    return dict(out)
