"""Checks that need more than one column or table: scores within the bounds of their metric, pages within the paper,
boxes with an area, verdicts with a reason, rows too unsure to be published. Each yields a truth value a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

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
    if name == "claims":
        out["verdict.reason"] = [row["verdict"] is None or bool(row["verdict_reason"]) for row in rows]
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
