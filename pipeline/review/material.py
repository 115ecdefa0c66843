"""What the list of review is made from: the rows of a snapshot, and what hangs on each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rapidfuzz import fuzz, process

from extractors.registry.names import key
from pipeline.site.links import pdf_at

Row = Mapping[str, Any]
TABLES = (
    "papers",
    "models",
    "benchmarks",
    "metrics",
    "tables",
    "results",
    "claims",
    "comparisons",
    "conflicts",
    "rejected",
    "corrections",
)
KINDS = ("lost", "answer", "claim", "conflict", "name", "unsure", "doubtful")
_NEAR = 75  # Indel similarity of 100: below, names have letters in common and no more


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at. `value` orders the list; `row_id` is what a correction names, for a name the name itself,
    `table` then the registry's table that it would link to. `evidence` are lines to read before one decides."""

    kind: str
    table: str
    row_id: str
    paper_id: str | None
    value: float
    title: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """The rows of a snapshot that the list is made from, and what hangs on each result."""

    rows: Mapping[str, Sequence[Row]]
    results: Mapping[str, Row]
    labels: Mapping[str, str]
    papers: Mapping[str, dict[str, Any]]
    hanging: Mapping[str, int] = field(default_factory=dict)

    def place(self, result: Row) -> str:
        """Where a result stands, for a reader who has the PDF open."""
        label = self.labels.get(result["table_id"], "a table without label")
        return f"{result['paper_id']} p. {result['page']}, {label}, row {result['row']}, column {result['col']}"

    def told(self, result_id: str) -> str:
        result = self.results.get(result_id)
        if result is None:
            return result_id
        about = f"{result['model_raw']} on {result['benchmark_raw'] or 'no benchmark named'}"
        return f"{about}: {result['score_text']} ({self.place(result)})"

    def look(self, paper_id: str | None, page: int | None) -> tuple[str, ...]:
        """The address of a PDF at a page, as a line of evidence; nothing where the paper has none."""
        address = pdf_at(self.papers.get(paper_id or ""), page)
        return (f"look: {address}",) if address else ()

    def near(self, table: str, name: str) -> list[str]:
        """Up to three ids of the registry's `table` whose names or aliases look like a printed name, best first."""
        column = f"{table.removesuffix('s')}_id"
        ids = [(n, e[column]) for e in self.rows[table] for n in (e["name"], *(e["aliases"] or ()))]
        hits = process.extract(*(key(name), [key(n) for n, _ in ids]), scorer=fuzz.ratio, limit=12, score_cutoff=_NEAR)
        return list(dict.fromkeys(ids[place][1] for _, _, place in hits))[:3]


def load_material(snapshot: Path) -> Material:
    """The material of a snapshot directory; a table that it lacks counts as empty."""
    rows = {name: _read(snapshot / f"{name}.parquet") for name in TABLES}
    hanging: Counter[str] = Counter()
    for comparison in rows["comparisons"]:
        hanging.update(comparison["result_ids"])
    for claim in rows["claims"]:
        hanging.update(claim["evidence"])
    labels = {t["table_id"]: t["label"] for t in rows["tables"] if t["label"]}
    papers = {p["paper_id"]: p for p in rows["papers"]}
    return Material(rows, {r["result_id"]: r for r in rows["results"]}, labels, papers, hanging)


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    columns = [n for n in pq.read_schema(path).names if n != "cells"]  # the cells are most of the bytes, and not needed
    rows: list[dict[str, Any]] = pq.read_table(path, columns=columns).to_pylist()
    return rows
