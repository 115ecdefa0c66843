"""Contract files: what is refused, and what of the promised columns they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.contract import ContractError, contracts, load_contracts
from expectations.schema import arrow_schema, to_arrow

GOOD = """
title: T
description: D
primary_key: [a_id]
sort: [a_id]
summary: [a_id]
noun: [row, rows]
columns:
  - {name: a_id, type: string, description: Id}
"""


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (GOOD.replace("type: string", "type: text"), "text"),
        (GOOD.replace("sort: [a_id]", "sort: [b]"), "b: named, but no column"),
        (GOOD + "  - {name: a_id, type: string, description: Again}\n", "stands twice"),
        (GOOD + "foreign_keys: [{column: a_id, references: lost.b_id}]\n", "not there"),
        (GOOD.replace("title: T", "title: ["), "a.yml"),
    ],
)
def test_a_broken_contract_is_refused_with_its_fault(tmp_path: Path, spoiled: str, told: str) -> None:
    (tmp_path / "a.yml").write_text(spoiled)
    with pytest.raises(ContractError, match=told.replace(".", r"\.")):
        load_contracts(tmp_path)


def test_every_promised_table_has_a_contract() -> None:
    promised = {"papers", "tables", "results", "claims", "comparisons", "conflicts", "models", "benchmarks", "metrics"}
    assert promised | {"rejected", "changes"} <= set(contracts())


@pytest.mark.parametrize("name", sorted(contracts()))
def test_every_column_is_explained(name: str) -> None:
    assert all(column.description.strip() for column in contracts()[name].columns)


def test_rows_come_in_the_order_of_the_contract_whatever_order_they_are_given_in() -> None:
    rows = [{"metric_id": "b", "name": "B"}, {"metric_id": "a", "name": "A"}]
    assert to_arrow("metrics", rows) == to_arrow("metrics", rows[::-1])
    assert to_arrow("metrics", rows).column("metric_id").to_pylist() == ["a", "b"]


def test_unknown_is_null_and_a_list_that_is_never_null_is_empty() -> None:
    row = to_arrow("metrics", [{"metric_id": "a", "name": "A"}]).to_pylist()[0]
    assert row["unit"] is None
    assert row["aliases"] == []


def test_the_schema_carries_its_version() -> None:
    assert arrow_schema("results").metadata[b"schema_version"].count(b".") == 2
