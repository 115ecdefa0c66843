"""A data set against its contracts: failing rows go to `rejected`, what hangs on them follows, structure may block."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import contracts
from expectations.schema import empty, to_arrow
from expectations.semantics import semantic_checks
from expectations.structure import known_values, lost_references, structural_faults
from expectations.suites import Failure, failures
from extractors.results.confidence import unsure_reason

_DERIVED = ("rejected", "changes")  # made from the others, never checked themselves

_REASONS = {
    "cell.in_table": "row or column lies outside of the table",
    "cells.in_table": "a cell reaches out of the table",
    "verdict.evidence": "a verdict without evidence",
    "margin.unit": "a margin and its unit go together",
    "margin.difference": "the margin is not the difference of the scores",
    "relation.margin": "the relation does not fit the margin",
    "scores.results": "a conflict has one score a result, and two at least",
    "bounds.order": "the lower bound is not below the upper one",
    "numbers.finite": "a number is infinite or none; an unknown one is null",
    "items.known": "a list holds an item that is null or none of its values",
}
WITHHELD = "results that the verdict rested on were kept out of the data"


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be published, `rejected` among it; `faults` block; `rejections` counts rows by table and check."""

    tables: Mapping[str, pa.Table]
    faults: tuple[str, ...]
    rejections: Mapping[str, int]


def validate(
    tables: Mapping[str, pa.Table],
    *,
    unsure_below: float = 0.0,
    accepted: Collection[tuple[str, str]] = (),
    refused: Mapping[tuple[str, str], str] | None = None,
) -> Checked:
    """Check every table by its contract.

    `unsure_below` is the confidence under which a result is kept out as `unsure`. A maintainer's word goes before:
    `accepted` are rows (table, row id) that neither checks over several columns nor doubts keep out, `refused` rows to
    keep out, with the reason. Structural faults are looked for
    before anything is rejected: a broken reference is a fault of ours, a reference to a rejected row is none.
    """
    full = {name: tables.get(name, empty(name)) for name in contracts() if name not in _DERIVED}
    faults = structural_faults(full)
    if faults:
        return Checked({**full, "rejected": empty("rejected")}, tuple(faults), {})
    rejected: list[dict[str, Any]] = []
    kept = dict(full)
    for name in full:
        checks = semantic_checks(name, full, unsure_below=unsure_below)
        found = _weighed(name, full[name], failures(name, full[name], checks), set(checks), accepted, refused or {})
        rejected += _rejections(name, full[name], found)
        kept[name] = _without(full[name], {f.row for f in found})
    rejected += _follow(kept)
    kept["rejected"] = to_arrow("rejected", rejected)
    counts = Counter(f"{row['table_name']}: {row['check_name']}" for row in rejected)
    late = [fault for fault in structural_faults(kept) if fault.endswith("needed")]
    return Checked(kept, tuple(late), dict(sorted(counts.items())))


def _weighed(
    name: str,
    table: pa.Table,
    found: Sequence[Failure],
    excusable: Collection[str],
    accepted: Collection[tuple[str, str]],
    refused: Mapping[tuple[str, str], str],
) -> list[Failure]:
    """What speaks against rows, with the word of the maintainers: for a refused row it is the only one that counts."""
    if not any(table_name == name for table_name, _ in (*accepted, *refused)):
        return list(found)
    contract = contracts()[name]
    keys = [(name, contract.row_id(row)) for row in table.select(list(contract.primary_key)).to_pylist()]
    kept = [f for f in found if keys[f.row] not in refused and not (f.check in excusable and keys[f.row] in accepted)]
    return kept + [Failure(i, "correction", refused[row]) for i, row in enumerate(keys) if row in refused]


def _follow(kept: dict[str, pa.Table]) -> list[dict[str, Any]]:
    """Take out, in place, the rows that refer to rows which are gone, until nothing refers to one any more."""
    rejected: list[dict[str, Any]] = []
    changed = True
    while changed:
        changed = False
        for name in kept:
            for key in contracts()[name].foreign_keys:
                known = known_values(key, kept)
                rows = kept[name].select([key.column]).to_pylist()
                lost = {i: gone for i, row in enumerate(rows) if (gone := lost_references(key, row, known))}
                if not lost:
                    continue
                changed = True
                if key.if_rejected == "release":
                    kept[name] = _released(kept[name], key.column, known)
                    if name == "claims":
                        kept[name] = _withheld(kept[name], set(lost))
                    continue
                found = [
                    Failure(i, f"{key.column}.kept", f"{key.column}: {v[0]} was kept out") for i, v in lost.items()
                ]
                rejected += _rejections(name, kept[name], found)
                kept[name] = _without(kept[name], set(lost))
    return rejected


def _released(table: pa.Table, column: str, known: set[str]) -> pa.Table:
    values = [None if v is None else [x for x in v if x in known] for v in table.column(column).to_pylist()]
    at = table.schema.get_field_index(column)
    return table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))


def _withheld(claims: pa.Table, touched: set[int]) -> pa.Table:
    """A verdict whose evidence was kept out is not kept up: no reader could follow it."""
    rows = claims.to_pylist()
    for place in touched:
        if rows[place]["verdict"] not in (None, "not_checkable"):
            rows[place] |= {"verdict": "not_checkable", "verdict_reason": WITHHELD}
    return pa.Table.from_pylist(rows, schema=claims.schema)


def _without(table: pa.Table, rows: set[int]) -> pa.Table:
    if not rows:
        return table
    return table.filter(pc.invert(pa.array([i in rows for i in range(table.num_rows)])))


def _rejections(name: str, table: pa.Table, found: Sequence[Failure]) -> list[dict[str, Any]]:
    contract = contracts()[name]
    rows = {i: table.slice(i, 1).to_pylist()[0] for i in sorted({f.row for f in found})}
    return [
        {
            "table_name": name,
            "row_id": contract.row_id(rows[f.row]),
            "paper_id": rows[f.row].get("paper_id"),
            "check_name": f.check,
            "reason": _reason(f, rows[f.row]),
            "row_json": json.dumps(rows[f.row], ensure_ascii=False, sort_keys=True),
        }
        for f in found
    ]


def _reason(failure: Failure, row: Mapping[str, Any]) -> str:
    if failure.check == "unsure":
        return f"confidence {row['confidence']}: {unsure_reason(row['doubts'] or ())}"
    if failure.check == "score.in_bounds":
        return f"score {row['score']} is out of the bounds of {row['metric_id']}"
    if failure.check == "page.in_paper":
        return f"page {row['page']} is not in the paper"
    if failure.check == "verdict.reason":
        return "a verdict without its reason"
    if failure.check == "bbox.area":
        return f"bbox {row['bbox']} has no area"
    return _REASONS.get(failure.check, failure.reason)
