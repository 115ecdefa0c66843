"""Corrections by hand: what a maintainer says of a row or a name, and how it is brought to the records.

A correction finds its row by the stable id, so it holds over re-crawls. How the file is read stands in
`correction_file`, what became of each correction in `correction_report`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from extractors.records import Claim, Result, Table
from extractors.registry.link import size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import key

RowKey = tuple[str, str]  # table and row id
T = TypeVar("T", Table, Result, Claim)
LINKED = {"model": "models", "benchmark": "benchmarks", "metric": "metrics"}
_KEYS = {"model": "model_keys", "benchmark": "benchmark_keys", "metric": "metric_keys"}
_IDS: Mapping[type, tuple[str, str]] = {
    Table: ("tables", "table_id"),
    Result: ("results", "result_id"),
    Claim: ("claims", "claim_id"),
}
_REFERS: Mapping[str, str] = {
    "model_id": "models",
    "subject_id": "models",
    "baseline_id": "models",
    "benchmark_id": "benchmarks",
    "benchmark_ids": "benchmarks",
    "metric_id": "metrics",
}


class CorrectionsError(Exception):
    """The file of corrections is broken; the message is one line that names the entry."""


@dataclass(frozen=True, slots=True)
class RowCorrection:
    """What is said of one row. `values` is what `mend` sets, as JSON, so that the record can be hashed."""

    table: str
    row_id: str
    action: str
    reason: str
    author: str
    paper_id: str | None = None
    date: str | None = None
    values: str | None = None

    @property
    def key(self) -> RowKey:
        return (self.table, self.row_id)


@dataclass(frozen=True, slots=True)
class LinkCorrection:
    """A printed name means an entity: everywhere, or in one paper."""

    kind: str
    name: str
    entity_id: str
    reason: str
    author: str
    paper_id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of a data directory, in the order of the file."""

    rows: tuple[RowCorrection, ...] = ()
    links: tuple[LinkCorrection, ...] = ()

    def of_papers(self, paper_ids: Collection[str]) -> Corrections:
        """Those that can touch these papers: entries that name no paper can touch any."""
        mine = {None, *paper_ids}
        rows = tuple(r for r in self.rows if r.paper_id in mine)
        return Corrections(rows, tuple(link for link in self.links if link.paper_id in mine))

    def digest(self) -> str:
        """Twelve hex digits over what the corrections do; empty where there is none."""
        if not self.rows and not self.links:
            return ""
        return hashlib.sha256(repr((self.rows, self.links)).encode()).hexdigest()[:12]

    @property
    def refused(self) -> Mapping[RowKey, str]:
        """Rows to keep out, each with who says so and why."""
        return {r.key: f"{r.reason} ({r.author})" for r in self.rows if r.action == "reject"}

    @property
    def accepted(self) -> frozenset[RowKey]:
        """Rows that a maintainer vouches for: accepted or mended."""
        return frozenset(r.key for r in self.rows if r.action in ("accept", "mend"))

    def mended(self, records: Sequence[T], registry: Registry | None = None) -> tuple[T, ...]:
        """The records with their columns set as the corrections say; what the registry knows of a model or metric that
        was set follows it, unless it was set as well."""
        return tuple(self._mended(record, registry) for record in records)

    def _mended(self, record: T, registry: Registry | None) -> T:
        mine = self._of(record, "mend")
        if not mine:
            return record
        values: dict[str, Any] = {}
        for correction in mine:
            values |= json.loads(correction.values or "{}")
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        if registry is not None and isinstance(record, Result):
            values = _followed(record, values, registry) | values
        return dataclasses.replace(record, **values)

    def is_refused(self, record: Table | Result | Claim) -> bool:
        return bool(self._of(record, "reject"))

    def is_accepted(self, record: Table | Result | Claim) -> bool:
        return bool(self._of(record, "accept") or self._of(record, "mend"))

    def _of(self, record: Table | Result | Claim, action: str) -> list[RowCorrection]:
        table, column = _IDS[type(record)]
        wanted = (table, getattr(record, column))
        return [r for r in self.rows if r.key == wanted and r.action == action]


NONE = Corrections()


def _followed(record: Result, values: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """The columns of a result that the registry fills once its model or metric is known."""
    model = registry.models.get(values.get("model_id") or "")
    metric = registry.metrics.get(values.get("metric_id") or "")
    out: dict[str, Any] = {}
    if model is not None:
        out |= {"model_openness": model.openness, "model_size_b": model.size_b or size_in_name(record.model_raw)}
    if metric is not None:
        out |= {"higher_is_better": metric.higher_is_better}
    return out


@lru_cache(maxsize=64)
def linked(registry: Registry, links: tuple[LinkCorrection, ...]) -> Registry:
    """The registry with the corrected names; an id that it does not hold is left to `check_names`."""
    for link in links:
        index = {**getattr(registry, _KEYS[link.kind]), key(link.name): link.entity_id}
        registry = dataclasses.replace(registry, **{_KEYS[link.kind]: index})
    return registry


def check_names(corrections: Corrections, registry: Registry) -> None:
    """Raises CorrectionsError where a link or a mended column leads to an entity that the registry lacks."""
    wanted: list[tuple[str, str, Any]] = [(link.name, f"{link.kind}_id", link.entity_id) for link in corrections.links]
    for row in corrections.rows:
        for column, value in json.loads(row.values or "{}").items():
            wanted += [(row.row_id, column, v) for v in (value if isinstance(value, list) else [value])]
    for where, column, value in wanted:
        table = _REFERS.get(column)
        if table and value is not None and value not in getattr(registry, table):
            raise CorrectionsError(f"corrections: {where}: the registry has no {table[:-1]} {value!r}")
