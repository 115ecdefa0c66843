"""The file of corrections: one YAML list of the form of `corrections.schema.json`, checked against the contracts.

Text comes in, records come out; who reads and writes the file stands in `pipeline/`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import jsonschema
import yaml

from expectations.contract import HERE, Column, contracts
from expectations.corrections import Corrections, CorrectionsError, LinkCorrection, RowCorrection
from extractors.registry.names import key

# What says where a row was read is no matter of opinion.
_FIXED = frozenset({"paper_id", "version", "page", "bbox", "table_id", "row", "col", "cells"})
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "strings": (list,),
}


@lru_cache(maxsize=8)
def parse_corrections(text: str) -> Corrections:
    """The corrections of a file's text. Raises CorrectionsError, which names the entry by its place."""
    try:
        entries = yaml.load(text, Loader=_Plain) or []
    except yaml.YAMLError as error:
        raise CorrectionsError(f"corrections: no YAML: {' '.join(str(error).split())}") from error
    schema: dict[str, Any] = json.loads((HERE / "corrections.schema.json").read_text(encoding="utf-8"))
    faults = sorted(jsonschema.Draft202012Validator(schema).iter_errors(entries), key=str)
    fault = faults[0] if faults else None
    if fault is not None:
        place = f"entry {int(fault.path[0]) + 1}" if fault.path else "the file"
        raise CorrectionsError(f"corrections: {place}: {fault.message[:300]}")
    rows = tuple(_row(entry, n) for n, entry in enumerate(entries, 1) if "row" in entry)
    links = tuple(_link(entry) for entry in entries if "link" in entry)
    _no_quarrel(rows, links)
    return Corrections(rows, links)


class _Plain(yaml.SafeLoader):
    """Dates stay the text that they are."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _row(entry: Mapping[str, Any], place: int) -> RowCorrection:
    values = entry.get("set")
    for name, value in (values or {}).items():
        if (why := mend_fault(entry["table"], name, value)) is not None:
            raise CorrectionsError(f"corrections: entry {place}: {why}")
    return RowCorrection(
        table=entry["table"],
        row_id=entry["row"],
        action=entry["action"],
        values=json.dumps(values, ensure_ascii=False, sort_keys=True) if values else None,
        **_common(entry),
    )


def _link(entry: Mapping[str, Any]) -> LinkCorrection:
    return LinkCorrection(entry["kind"], entry["link"], entry["id"], **_common(entry))


def _common(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reason": entry["reason"],
        "author": entry["author"],
        "paper_id": entry.get("paper"),
        "date": entry.get("date"),
    }


def mend_fault(table: str, name: str, value: Any) -> str | None:
    """Why a column cannot be set to a value by hand; None where it can. What says where a row comes from stays."""
    contract = contracts()[table]
    if name not in contract.names:
        return f"{table} has no column {name!r}"
    column = contract.column(name)
    if name in _FIXED or name in contract.primary_key or column.type not in _KINDS:
        return f"{table}.{name} says where the row comes from and cannot be mended"
    if value is None:
        return None if column.nullable else f"{table}.{name} cannot be null"
    return _value_fault(f"{table}.{name}", column, value)


def _value_fault(where: str, column: Column, value: Any) -> str | None:
    is_flag = isinstance(value, bool) and column.type != "boolean"
    if is_flag or not isinstance(value, _KINDS[column.type]):
        return f"{where} is a {column.type}, not {value!r}"
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return f"{where} is a list of strings"
    if column.enum and any(v not in column.enum for v in (value if isinstance(value, list) else [value])):
        return f"{where} is one of {', '.join(map(str, column.enum))}"
    return None


def _no_quarrel(rows: Sequence[RowCorrection], links: Sequence[LinkCorrection]) -> None:
    """One word a row and a name; several of them may mend other columns of a row."""
    said: dict[object, object] = {}
    for row in rows:
        if said.setdefault(row.key, row.action) != row.action:
            raise CorrectionsError(
                f"corrections: {row.table} {row.row_id}: {said[row.key]} and {row.action}; take one of them out"
            )
    for link in links:
        name = (link.kind, key(link.name), link.paper_id)
        if said.setdefault(name, link.entity_id) != link.entity_id:
            raise CorrectionsError(f"corrections: link {link.name!r} leads to two entities; take one of them out")
