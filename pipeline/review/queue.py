"""The list of what to review, from a published snapshot: refuted claims, conflicts, unlinked names, unsure rows."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from expectations.corrections import Corrections
from extractors.registry.names import key
from pipeline.review.weights import WEIGHTS, Weights

Row = Mapping[str, Any]
TABLES = ("tables", "results", "claims", "comparisons", "conflicts", "rejected")
KINDS = ("claim", "conflict", "name", "unsure", "doubtful")
_PLACES = 3  # places that the evidence of a name shows
_LINES = 8  # results that the evidence of a claim or conflict shows


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


def load_material(snapshot: Path) -> Material:
    """The material of a snapshot directory; a table that it lacks counts as empty."""
    rows = {name: _read(snapshot / f"{name}.parquet") for name in TABLES}
    hanging: Counter[str] = Counter()
    for comparison in rows["comparisons"]:
        hanging.update(comparison["result_ids"])
    for claim in rows["claims"]:
        hanging.update(claim["evidence"])
    labels = {t["table_id"]: t["label"] for t in rows["tables"] if t["label"]}
    return Material(rows, {r["result_id"]: r for r in rows["results"]}, labels, hanging)


def review_items(material: Material, said: Corrections, weights: Weights = WEIGHTS) -> list[Item]:
    """All items that nobody has spoken on yet, the most valuable first; equal ones by kind and id."""
    done = {row.key for row in said.rows}
    names = {(link.kind, key(link.name)) for link in said.links}
    found = [
        *_claims(material, weights),
        *_conflicts(material, weights),
        *_unsure(material, weights),
        *_doubtful(material),
    ]
    items = [item for item in found if (item.table, item.row_id) not in done] + list(_names(material, names, weights))
    return sorted(items, key=lambda item: (-item.value, KINDS.index(item.kind), item.table, item.row_id))


def _claims(material: Material, weights: Weights) -> Iterator[Item]:
    for claim in material.rows["claims"]:
        if claim["verdict"] in ("refuted", "unit_error"):
            chance = max(weights.wrong_refutation, 1 - claim["confidence"])
            title = f"{claim['verdict']}: {claim['subject_raw']} {claim['relation']} {claim['baseline_raw']}"
            yield Item(
                "claim",
                "claims",
                claim["claim_id"],
                claim["paper_id"],
                chance * weights.refutation_rows,
                title,
                (
                    f"{claim['paper_id']} p. {claim['page']}: {claim['sentence']}",
                    f"arithmetic: {claim['verdict_reason']}",
                    *_some([material.told(i) for i in claim["evidence"]]),
                ),
            )


def _conflicts(material: Material, weights: Weights) -> Iterator[Item]:
    for conflict in material.rows["conflicts"]:
        is_open = conflict["kind"] in ("unexplained", "transposed")
        chance = weights.wrong_conflict if is_open else weights.explained_conflict
        papers = conflict["paper_ids"]
        yield Item(
            "conflict",
            "conflicts",
            conflict["conflict_id"],
            papers[0] if len(papers) == 1 else None,
            chance * (2 + len(conflict["flipped_comparison_ids"])),
            f"{conflict['kind']}: {conflict['model_id']} on {conflict['benchmark_id']}, {conflict['spread']:g} apart",
            _some([material.told(i) for i in conflict["result_ids"]]),
        )


def _unsure(material: Material, weights: Weights) -> Iterator[Item]:
    for rejection in material.rows["rejected"]:
        if rejection["check_name"] == "unsure":
            row = json.loads(rejection["row_json"])
            named = f"{row.get('model_raw')} on {row.get('benchmark_raw') or 'no benchmark named'}"
            yield Item(
                "unsure",
                rejection["table_name"],
                rejection["row_id"],
                rejection["paper_id"],
                min(weights.unsure_row, row["confidence"]),
                f"kept out: {named}: {row.get('score_text')}",
                (material.place(row), rejection["reason"]),
            )


def _doubtful(material: Material) -> Iterator[Item]:
    """Published rows, by how unsure they are and what hangs on them."""
    for result in material.rows["results"]:
        reach = 1 + material.hanging.get(result["result_id"], 0)
        about = f"{result['model_raw']} on {result['benchmark_raw'] or 'no benchmark named'}: {result['score_text']}"
        yield Item(
            "doubtful",
            "results",
            result["result_id"],
            result["paper_id"],
            (1 - result["confidence"]) * reach,
            about,
            (material.place(result), f"confidence {result['confidence']:g}: {'; '.join(result['doubts'])}"),
        )
    for claim in material.rows["claims"]:
        if claim["verdict"] not in ("refuted", "unit_error"):
            yield Item(
                "doubtful",
                "claims",
                claim["claim_id"],
                claim["paper_id"],
                1 - claim["confidence"],
                f"{claim['subject_raw']} {claim['relation']} {claim['baseline_raw']}",
                (f"{claim['paper_id']} p. {claim['page']}: {claim['sentence']}", f"found by rule {claim['rule']}"),
            )


def _names(material: Material, done: Collection[tuple[str, str]], weights: Weights) -> Iterator[Item]:
    for kind in ("model", "benchmark", "metric"):
        rows = [r for r in material.rows["results"] if r[f"{kind}_raw"] and r[f"{kind}_id"] is None]
        for name, places in _by_name(rows, f"{kind}_raw").items():
            if (kind, name) in done:
                continue
            papers = sorted({r["paper_id"] for r in places})
            reach = len(places) + sum(material.hanging.get(r["result_id"], 0) for r in places)
            chance = weights.shared_name if len(papers) > 1 else weights.own_name
            spellings = Counter(r[f"{kind}_raw"] for r in places)
            common = min(spellings, key=lambda s: (-spellings[s], s))
            one = papers[0] if len(papers) == 1 else None
            title = f"{kind} {common!r} is not linked: {len(places)} scores in {len(papers)} papers"
            yield Item("name", f"{kind}s", common, one, chance * reach, title, tuple(_first(material, places)))


def _by_name(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    out: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[key(row[column])].append(row)
    out.pop("", None)
    return out


def _first(material: Material, places: Sequence[Row]) -> Iterator[str]:
    """The first place of each paper, a few papers."""
    seen: dict[str, str] = {}
    for row in places:
        seen.setdefault(row["paper_id"], material.told(row["result_id"]))
    yield from list(seen.values())[:_PLACES]


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    more = (f"and {len(lines) - _LINES} more",) if len(lines) > _LINES else ()
    return (*lines[:_LINES], *more)


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    columns = [n for n in pq.read_schema(path).names if n != "cells"]  # the cells are most of the bytes, and not needed
    rows: list[dict[str, Any]] = pq.read_table(path, columns=columns).to_pylist()
    return rows
