"""Arrow schemas from the contracts, and records as rows of them in their defined order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from expectations.contract import Column, contracts, dataset

_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "numbers": pa.list_(pa.float64()),
    "bbox": pa.list_(pa.float64()),
    "bboxes": pa.list_(pa.list_(pa.float64())),
}


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type of a column; structs become a list of structs."""
    if column.type == "structs":
        return pa.list_(pa.struct([pa.field(f.name, arrow_type(f)) for f in column.fields]))
    return _TYPES[column.type]


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The schema of a published table. Its metadata name the table and the version of the schema."""
    fields = [pa.field(c.name, arrow_type(c)) for c in contracts()[name].columns]
    return pa.schema(fields, metadata={"table": name, "schema_version": dataset()["schema_version"]})


def to_arrow(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as the Arrow table of a contract, in its defined order; a key that the contract lacks is left out.

    A column that comes from a record's field of another name (`from`) is taken from either. A list that is never null
    is empty where a record holds none.
    """
    contract = contracts()[name]
    shaped = [{c.name: _value(row, c) for c in contract.columns} for row in rows]
    shaped.sort(key=lambda row: tuple(_rank(row[key]) for key in contract.sort))
    return pa.Table.from_pylist(shaped, schema=arrow_schema(name))


def _value(row: Mapping[str, Any], column: Column) -> Any:
    value = row[column.name] if column.name in row else row.get(column.source)
    return [] if value is None and column.is_list and not column.nullable else value


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, 0 if value is None else value)


def empty(name: str) -> pa.Table:
    """A table of that contract without rows."""
    return arrow_schema(name).empty_table()
