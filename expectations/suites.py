"""Great Expectations suites from the contracts: what one row of a table has to be, whatever stands in other rows.

Structure over rows and tables (ids, references) stands in `structure.py`, what needs other columns in `semantics.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.contract import Column, contracts

ROW_ID = "row_id"


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that failed a check; `row` is its place in the table that was checked."""

    row: int
    check: str
    reason: str


def failures(name: str, table: pa.Table, derived: Mapping[str, pd.Series]) -> list[Failure]:
    """The rows of a published table that fail its suite, in the order of checks and rows.

    `derived` are columns of truth values, each a check of its own named by its key.
    """
    import great_expectations as gx  # takes three seconds: only who checks pays for it

    expectations = dict(_expectations(name)) | {check: _is_true(check) for check in derived}
    if not table.num_rows or not expectations:
        return []
    frame = _frame(name, table, derived)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    suite = gx.ExpectationSuite(name=name, expectations=list(expectations.values()))
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe(name).get_batch(batch_parameters={"dataframe": frame})
    result_format = {"result_format": "COMPLETE", "unexpected_index_column_names": [ROW_ID]}
    answer = batch.validate(suite, result_format=result_format)
    found = {_signature(r.expectation_config): r for r in answer.results}
    out: list[Failure] = []
    for check, expectation in expectations.items():
        result = found[_signature(expectation.configuration)]
        if result.exception_info and result.exception_info.get("raised_exception"):
            raise RuntimeError(f"{name}: check {check} did not run: {result.exception_info.get('exception_message')}")
        out.extend(_failures(check, result.result))
    return out


def _expectations(name: str) -> Iterator[tuple[str, Any]]:
    import great_expectations.expectations as gxe

    for column in contracts()[name].columns:
        if not column.nullable:
            yield f"{column.name}.present", gxe.ExpectColumnValuesToNotBeNull(column=column.name)
        if column.is_list:
            continue
        if column.enum:
            yield (
                f"{column.name}.known",
                gxe.ExpectColumnValuesToBeInSet(column=column.name, value_set=list(column.enum)),
            )
        if column.pattern:
            yield f"{column.name}.form", gxe.ExpectColumnValuesToMatchRegex(column=column.name, regex=column.pattern)
        low = column.minimum if column.minimum is not None else column.exclusive_minimum
        if low is not None or column.maximum is not None:
            yield (
                f"{column.name}.bounds",
                gxe.ExpectColumnValuesToBeBetween(
                    column=column.name,
                    min_value=low,
                    max_value=column.maximum,
                    strict_min=column.exclusive_minimum is not None,
                ),
            )


def _is_true(check: str) -> Any:
    import great_expectations.expectations as gxe

    return gxe.ExpectColumnValuesToBeInSet(column=check, value_set=[True])


def _signature(config: Any) -> tuple[str, str]:
    return (str(config.type), str(config.kwargs["column"]))


def _frame(name: str, table: pa.Table, derived: Mapping[str, pd.Series]) -> pd.DataFrame:
    columns = {c.name: _series(c, table.column(c.name)) for c in contracts()[name].columns}
    return pd.DataFrame({ROW_ID: range(table.num_rows), **columns, **derived})


def _series(column: Column, values: Any) -> Any:
    """Scalars as they are; of a list only whether it is there, which is all that a suite asks of it."""
    if column.is_list:
        return pd.Series([True if v else None for v in values.is_valid().to_pylist()], dtype=object)
    if column.type == "string":
        return pd.Series(values.to_pylist(), dtype=object)
    return values.to_pandas()


def _failures(check: str, result: Mapping[str, Any]) -> Iterator[Failure]:
    for entry in result.get("unexpected_index_list") or ():
        column = check.split(".")[0]
        shown = next((v for k, v in entry.items() if k != ROW_ID), None)
        what = "is missing" if check.endswith(".present") else f"is {str(shown)[:80]!r}"
        yield Failure(int(entry[ROW_ID]), check, f"{column} {what}")
