"""Structure over rows and tables: ids there and unique, references that hold, enough rows to publish at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from expectations.contract import Contract, ForeignKey, contracts

Tables = Mapping[str, pa.Table]


def structural_faults(tables: Tables) -> list[str]:
    """What keeps a snapshot from being published, a line each: missing or doubled ids, broken references, no rows."""
    out: list[str] = []
    for name, contract in contracts().items():
        if name in tables:
            out.extend(_keys(contract, tables[name]))
            out.extend(
                f"{name}.{key.column}: {n} values are not in {_targets(key)}" for key, n in _broken(name, tables)
            )
            if tables[name].num_rows < contract.min_rows:
                out.append(f"{name}: {tables[name].num_rows or 'no'} row, at least {contract.min_rows} needed")
    return out


def lost_references(key: ForeignKey, row: Mapping[str, Any], known: set[str]) -> list[str]:
    """The values of a row's reference that no target holds."""
    value = row[key.column]
    values = value if isinstance(value, list) else [value]
    return [v for v in values if v is not None and v not in known]


def known_values(key: ForeignKey, tables: Tables) -> set[str]:
    """All values that the targets of a reference hold; a table that is not there holds none."""
    return {
        v for table, column in key.targets if table in tables for v in tables[table].column(column).to_pylist() if v
    }


def _keys(contract: Contract, table: pa.Table) -> Iterator[str]:
    parts = [table.column(key).to_pylist() for key in contract.primary_key]
    ids = list(zip(*parts, strict=True))
    if any(i[0] is None for i in ids):
        yield f"{contract.name}.{contract.primary_key[0]}: missing in {sum(i[0] is None for i in ids)} rows"
    doubled = [i for i, n in Counter(ids).items() if n > 1]
    if doubled:
        yield f"{contract.name}: {len(doubled)} ids stand twice, such as {doubled[0][0]}"


def _broken(name: str, tables: Tables) -> Iterator[tuple[ForeignKey, int]]:
    for key in contracts()[name].foreign_keys:
        if key.blocking:
            known = known_values(key, tables)
            column = tables[name].column(key.column).to_pylist()
            n = sum(len(lost_references(key, {key.column: value}, known)) for value in column)
            if n:
                yield key, n


def _targets(key: ForeignKey) -> str:
    return " or ".join(table for table, _ in key.targets)
