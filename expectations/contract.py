"""The contracts of the published tables, loaded from `contracts/*.yml` and checked against `contract.schema.json`.

Here stand the shapes of a contract and its loading. What is made from one (Arrow schema, suite, dictionary, package
descriptions) stands in the modules that make it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema
import yaml

HERE = Path(__file__).parent
ColumnType = Literal["string", "integer", "number", "boolean", "strings", "numbers", "bbox", "bboxes", "structs"]
LISTS = ("strings", "numbers", "bbox", "bboxes", "structs")
ROW_ID_JOINT = "@"  # joins the parts of a longer key; arXiv ids, versions and check names hold none


class ContractError(Exception):
    """A contract file breaks its schema or contradicts itself or another; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one field of a column of structs. `source` is the name of the field in the record."""

    name: str
    type: ColumnType
    description: str
    source: str
    nullable: bool = True
    unit: str | None = None
    enum: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    min_items: int | None = None
    pattern: str | None = None
    unique: bool = False
    fields: tuple[Column, ...] = ()

    @property
    def is_list(self) -> bool:
        return self.type in LISTS


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Values of `column` (or items of its list) stand in one of `targets`, pairs of table and column."""

    column: str
    targets: tuple[tuple[str, str], ...]
    blocking: bool
    if_rejected: Literal["follow", "release"]


@dataclass(frozen=True, slots=True)
class Contract:
    """One published table. `summary` names the columns that tell a reader which row it is, `noun` what one row and
    several rows are called."""

    name: str
    title: str
    description: str
    primary_key: tuple[str, ...]
    sort: tuple[str, ...]
    summary: tuple[str, ...]
    noun: tuple[str, str]
    min_rows: int
    foreign_keys: tuple[ForeignKey, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        return {c.name: c for c in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    def row_id(self, row: Mapping[str, Any]) -> str:
        """The primary key of a row as one string; a part that is null is empty."""
        parts = (row.get(key) for key in self.primary_key)
        return ROW_ID_JOINT.join("" if part is None else str(part) for part in parts)


@cache
def contracts() -> Mapping[str, Contract]:
    """The contracts that ship, by table, in the order in which the data set presents them."""
    return load_contracts(HERE / "contracts")


@cache
def dataset() -> Mapping[str, Any]:
    """What holds for the data set as a whole: name, version of the schema, licence, sources, order of the tables."""
    path = HERE / "dataset.yml"
    return _validated(path, json.loads((HERE / "dataset.schema.json").read_text(encoding="utf-8")))


def load_contracts(folder: Path) -> Mapping[str, Contract]:
    """The contracts of a folder. Raises ContractError where a file is broken, or names what is not there."""
    schema = json.loads((HERE / "contract.schema.json").read_text(encoding="utf-8"))
    found = {path.stem: _contract(path.stem, _validated(path, schema)) for path in sorted(folder.glob("*.yml"))}
    order = {name: i for i, name in enumerate(dataset()["tables"])}
    for contract in found.values():
        _cross_check(contract, found)
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def _validated(path: Path, schema: Mapping[str, Any]) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ContractError(f"{path.name}: {error}") from error
    faults = sorted(jsonschema.Draft202012Validator(schema).iter_errors(raw), key=lambda e: list(map(str, e.path)))
    if faults:
        where = "/".join(map(str, faults[0].path)) or "top"
        raise ContractError(f"{path.name}: {where}: {faults[0].message}")
    return dict(raw)


def _contract(name: str, raw: Mapping[str, Any]) -> Contract:
    return Contract(
        name=name,
        title=raw["title"],
        description=raw["description"],
        primary_key=tuple(raw["primary_key"]),
        sort=tuple(raw["sort"]),
        summary=tuple(raw["summary"]),
        noun=(raw["noun"][0], raw["noun"][1]),
        min_rows=raw.get("min_rows", 0),
        foreign_keys=tuple(_foreign_key(key) for key in raw.get("foreign_keys", ())),
        columns=tuple(_column(column) for column in raw["columns"]),
    )


def _foreign_key(raw: Mapping[str, Any]) -> ForeignKey:
    targets = tuple((table, column) for table, column in (t.split(".") for t in raw["references"].split("|")))
    return ForeignKey(raw["column"], targets, raw.get("blocking", True), raw.get("if_rejected", "follow"))


def _column(raw: Mapping[str, Any]) -> Column:
    special = {"from", "enum", "fields"}
    return Column(
        **{key: value for key, value in raw.items() if key not in special},
        source=raw.get("from", raw["name"]),
        enum=tuple(raw.get("enum", ())),
        fields=tuple(_column(field) for field in raw.get("fields", ())),
    )


def _cross_check(contract: Contract, found: Mapping[str, Contract]) -> None:
    names = contract.names
    if len(set(names)) != len(names):
        raise ContractError(f"{contract.name}: a column stands twice")
    used = {*contract.primary_key, *contract.sort, *contract.summary, *(key.column for key in contract.foreign_keys)}
    if lost := sorted(used - set(names)):
        raise ContractError(f"{contract.name}: {', '.join(lost)}: named, but no column")
    for key in contract.foreign_keys:
        for table, column in key.targets:
            if table not in found or column not in found[table].names:
                raise ContractError(f"{contract.name}.{key.column}: refers to {table}.{column}, which is not there")
        if key.if_rejected == "release" and not contract.column(key.column).is_list:
            raise ContractError(f"{contract.name}.{key.column}: only a list can release an item")
