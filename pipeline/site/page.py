"""A page of the site, and what several pages need, computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.site.answers import Answer, answers
from pipeline.site.leaderboards import Board, boards
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot, grouped

AGENT_ORDER = ("Using tools", "Self-debugging", "Following natural language feedback", "Exploring environment")


@dataclass(frozen=True, slots=True)
class Page:
    """`path` from the root of the site; `context` fills the template, `data` is published as JSON beside the page."""

    path: str
    template: str
    title: str
    description: str
    context: Mapping[str, Any] = field(default_factory=dict)
    data: Any = None

    @property
    def json_path(self) -> str | None:
        return self.path.removesuffix(".html") + ".json" if self.data is not None else None


@dataclass(frozen=True, slots=True)
class Site:
    """What several pages need, computed once."""

    snap: Snapshot
    answers: Sequence[Answer]
    by_capability: Mapping[str, list[Board]]
    results_of_table: Mapping[Any, list[Row]]


def prepare(snap: Snapshot) -> Site:
    ranked = [r for r in snap.rows["results"] if _counts(snap, r)]
    of_benchmark = grouped(ranked, "benchmark_id")
    by_capability: dict[str, list[Board]] = {}
    for key in CAPABILITIES:
        mine = [r for b, rows in of_benchmark.items() if snap.capabilities.get(b) == key for r in rows]
        by_capability[key] = boards(snap, mine)
    by_capability["agent"] = sorted(by_capability["agent"], key=lambda b: _agent_place(snap, b))
    return Site(snap, answers(snap), by_capability, grouped(snap.rows["results"], "table_id"))


def _counts(snap: Snapshot, result: Row) -> bool:
    table = snap.tables.get(result["table_id"])
    return result["benchmark_id"] in snap.benchmarks and (table is None or table["kind"] != "ablation")


def _agent_place(snap: Snapshot, board: Board) -> int:
    kind = snap.benchmarks[board.benchmark_id]["sub_capability"]
    return AGENT_ORDER.index(kind) if kind in AGENT_ORDER else len(AGENT_ORDER)


def used_models(snap: Snapshot) -> set[str]:
    ids = {r["model_id"] for r in snap.rows["results"]} | {r["model_id"] for r in snap.rows["survey_results"]}
    ids |= {c["subject_id"] for c in snap.rows["claims"]} | {c["baseline_id"] for c in snap.rows["claims"]}
    return {i for i in ids if i in snap.models}


def used_benchmarks(snap: Snapshot) -> set[str]:
    ids = {r["benchmark_id"] for r in snap.rows["results"]} | {r["benchmark_id"] for r in snap.rows["survey_results"]}
    return {i for i in ids if i in snap.benchmarks}


def columns(rows: Iterable[Row]) -> dict[str, list[Any]]:
    """Many rows for JSON with their names written once, as `pandas.DataFrame(**part)` takes them."""
    rows = list(rows)
    names = list(rows[0]) if rows else []
    return {"columns": names, "data": [[row[name] for name in names] for row in rows]}
