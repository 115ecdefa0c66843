"""Checks that need more than one column or table, or look into lists: scores within the bounds of their metric, pages
within the paper, cells within their table, boxes with an area, verdicts with reason and evidence, margins that are the
difference of the scores, rows too unsure to be published. Each yields a truth value a row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.contract import Column, contracts

Tables = Mapping[str, pa.Table]
SLACK = 1e-6  # scores are printed numbers read as floats


def semantic_checks(name: str, tables: Tables, *, unsure_below: float) -> dict[str, pd.Series]:
    """Truth values by check for the rows of one table, True where nothing speaks against the row."""
    rows = tables[name].to_pylist()
    out: dict[str, list[bool]] = {}
    if name == "results":
        metrics = {m["metric_id"]: m for m in tables["metrics"].to_pylist()}
        out["score.in_bounds"] = [_in_bounds(row, metrics.get(row["metric_id"])) for row in rows]
        out["unsure"] = [row["confidence"] is None or row["confidence"] >= unsure_below for row in rows]
    if name in ("tables", "results", "claims"):
        pages = {(p["paper_id"], p["version"]): p["n_pages"] for p in tables["papers"].to_pylist()}
        out["page.in_paper"] = [_in_paper(row, pages) for row in rows]
    if name in ("tables", "results"):
        out["bbox.area"] = [_has_area(row["bbox"]) for row in rows]
    if name == "results":
        sizes = {t["table_id"]: t for t in tables["tables"].select(["table_id", "n_rows", "n_cols"]).to_pylist()}
        out["cell.in_table"] = [_in_table(row, sizes.get(row["table_id"])) for row in rows]
    if name == "tables":
        out["cells.in_table"] = [_cells_fit(row) for row in rows]
    if name == "claims":
        out["verdict.reason"] = [row["verdict"] is None or bool(row["verdict_reason"]) for row in rows]
        judged = ("supported", "refuted", "unit_error")
        out["verdict.evidence"] = [row["verdict"] not in judged or bool(row["evidence"]) for row in rows]
        out["margin.unit"] = [(row["margin"] is None) == (row["margin_unit"] is None) for row in rows]
        out["bbox.area"] = [bool(row["bbox"]) and all(map(_has_area, row["bbox"])) for row in rows]
    if name == "comparisons":
        out["margin.difference"] = [_is_difference(row) for row in rows]
        out["relation.margin"] = [_fits(row["relation"], row["margin"]) for row in rows]
    if name == "conflicts":
        out["scores.results"] = [len(row["scores"] or ()) == len(row["result_ids"] or ()) >= 2 for row in rows]
    if name == "metrics":
        out["bounds.order"] = [None in (r["lower"], r["upper"]) or r["lower"] < r["upper"] for r in rows]
    numbers = [column.name for column in contracts()[name].columns if column.type == "number"]
    if numbers:
        out["numbers.finite"] = [all(row[n] is None or math.isfinite(row[n]) for n in numbers) for row in rows]
    if listed := [column for column in contracts()[name].columns if column.type == "strings"]:
        out["items.known"] = [all(_items_known(column, row[column.name]) for column in listed) for row in rows]
    return {check: pd.Series(values, dtype=bool) for check, values in out.items()}


def _in_bounds(row: Mapping[str, Any], metric: Mapping[str, Any] | None) -> bool:
    """Bounds stand in the metric's unit; a fraction of a metric told in percent has a hundredth of them. Where the
    units are unknown or others nothing is said."""
    if metric is None or row["unit"] is None or row["score"] is None:
        return True
    if row["unit"] == metric["unit"]:
        scale = 1.0
    elif (row["unit"], metric["unit"]) == ("fraction", "percent"):
        scale = 0.01
    else:
        return True
    low, high = metric["lower"], metric["upper"]
    return (low is None or row["score"] >= low * scale - SLACK) and (
        high is None or row["score"] <= high * scale + SLACK
    )


def _in_paper(row: Mapping[str, Any], pages: Mapping[tuple[str, int | None], int | None]) -> bool:
    n_pages = pages.get((row["paper_id"], row["version"]))
    return n_pages is None or row["page"] is None or row["page"] <= n_pages


def _has_area(bbox: list[float] | None) -> bool:
    return bbox is None or (len(bbox) == 4 and bbox[2] > bbox[0] and bbox[3] > bbox[1])


def _in_table(row: Mapping[str, Any], table: Mapping[str, Any] | None) -> bool:
    if table is None or None in (row["row"], row["col"], table["n_rows"], table["n_cols"]):
        return True
    return bool(row["row"] < table["n_rows"] and row["col"] < table["n_cols"])


def _cells_fit(table: Mapping[str, Any]) -> bool:
    if None in (table["n_rows"], table["n_cols"]):
        return True
    return all(
        cell["row"] + cell["row_span"] <= table["n_rows"] and cell["col"] + cell["col_span"] <= table["n_cols"]
        for cell in table["cells"] or ()
    )


def _is_difference(row: Mapping[str, Any]) -> bool:
    if None in (row["model_score"], row["baseline_score"], row["margin"]):
        return True
    return math.isclose(abs(row["model_score"] - row["baseline_score"]), abs(row["margin"]), abs_tol=2 * SLACK)


def _fits(relation: str | None, margin: float | None) -> bool:
    """The model's lead is positive where it beats the baseline, negative where it is behind."""
    if margin is None:
        return True
    return not ((relation == "beats" and margin <= 0) or (relation == "behind" and margin >= 0))


def _items_known(column: Column, items: list[str | None] | None) -> bool:
    return all(item is not None and (not column.enum or item in column.enum) for item in items or ())
