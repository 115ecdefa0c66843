"""What became of the corrections: the rows of the published table of that name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from expectations.contract import contracts
from expectations.corrections import LINKED, Corrections, LinkCorrection, RowCorrection
from extractors.ids import stable_id
from extractors.registry.names import key


def correction_rows(corrections: Corrections, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The rows of the published table `corrections`: each entry with the rows of `rows` that it reached; `lost` where
    there is none."""
    ids = {t: {contracts()[t].row_id(row) for row in rows.get(t, ())} for t in {r.table for r in corrections.rows}}
    out = []
    for row in corrections.rows:
        n = int(row.row_id in ids[row.table])
        out.append(_told(row, row.table, row.row_id, row.action, row.values, n))
    for link in corrections.links:
        n = sum(1 for raw, entity, paper in _names(link.kind, rows) if _meant(link, raw, entity, paper))
        out.append(_told(link, LINKED[link.kind], link.name, "link", json.dumps({"id": link.entity_id}), n))
    return list({row["correction_id"]: row for row in out}.values())


def _told(
    entry: RowCorrection | LinkCorrection, table: str, row_id: str, action: str, values: str | None, n: int
) -> dict[str, Any]:
    return {
        "correction_id": stable_id("x", table, row_id, entry.paper_id, action, values),
        "table_name": table,
        "row_id": row_id,
        "paper_id": entry.paper_id,
        "action": action,
        "values_json": values,
        "reason": entry.reason,
        "author": entry.author,
        "date": entry.date,
        "status": "applied" if n else "lost",
        "n_rows": n,
    }


def _names(kind: str, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str | None, str]]:
    """Printed names of a kind with the entity they were linked to and their paper."""
    for row in rows.get("results", ()):
        if row[f"{kind}_raw"]:
            yield row[f"{kind}_raw"], row[f"{kind}_id"], row["paper_id"]
    for row in rows.get("claims", ()):
        if kind == "model":
            yield row["subject_raw"], row["subject_id"], row["paper_id"]
            yield row["baseline_raw"], row["baseline_id"], row["paper_id"]
        if kind == "benchmark":
            for raw in row["benchmarks_raw"] or ():
                yield raw, _only(row["benchmark_ids"]), row["paper_id"]


def _only(ids: Sequence[str] | None) -> str | None:
    """The only entity of a list, for names that stand beside it; None where it is not the only one."""
    return ids[0] if ids is not None and len(ids) == 1 else None


def _meant(link: LinkCorrection, raw: str, entity: str | None, paper_id: str) -> bool:
    here = link.paper_id is None or link.paper_id == paper_id
    return here and entity == link.entity_id and key(raw) == key(link.name)
