"""Rows that meet their contracts: the smallest data set that may be published, for tests to spoil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from expectations.contract import contracts
from expectations.schema import to_arrow

Row = dict[str, Any]
ID = "0123456789abcdef"


def sound_rows() -> dict[str, list[Row]]:
    """One paper with one table, two results, a claim and a comparison; two models, a benchmark, a metric."""
    box = [10.0, 10.0, 20.0, 20.0]
    cell = {"row": 0, "col": 0, "row_span": 1, "col_span": 1, "text": "50.0", "is_header": False, "bold": False}
    result = {
        "paper_id": "2401.00001",
        "version": 1,
        "table_id": f"t-{ID}",
        "page": 2,
        "bbox": box,
        "row": 1,
        "col": 1,
        "benchmark_raw": "Finches",
        "benchmark_id": "finches",
        "metric_raw": "Acc.",
        "metric_id": "accuracy",
        "score": 50.0,
        "score_text": "50.0",
        "unit": "percent",
        "higher_is_better": True,
        "is_best_marked": False,
        "confidence": 0.9,
        "doubts": [],
    }
    return {
        "papers": [{"paper_id": "2401.00001", "version": 1, "title": "Wren", "status": "parsed", "n_pages": 4}],
        "tables": [
            {
                "table_id": f"t-{ID}",
                "paper_id": "2401.00001",
                "version": 1,
                "page": 2,
                "bbox": box,
                "label": "Table 1",
                "n_rows": 3,
                "n_cols": 2,
                "n_header_rows": 1,
                "n_header_cols": 1,
                "kind": "results",
                "kind_reason": "scores",
                "rotation": 0,
                "confidence": 1.0,
                "cells": [cell | {"underline": False, "bbox": box}],
            }
        ],
        "results": [
            result | {"result_id": f"r-{ID}", "model_raw": "Wren-7B", "model_id": "wren-7b"},
            result | {"result_id": f"r-1{ID[1:]}", "model_raw": "GPT-3.5", "model_id": "gpt", "score": 40.0, "row": 2},
        ],
        "claims": [
            {
                "claim_id": f"c-{ID}",
                "group_id": "g",
                "paper_id": "2401.00001",
                "version": 1,
                "page": 1,
                "bbox": [box],
                "sentence": "Wren beats GPT-3.5.",
                "subject_raw": "Wren",
                "is_own": True,
                "relation": "beats",
                "baseline_raw": "GPT-3.5",
                "baseline_id": "gpt",
                "hedged": False,
                "negated": False,
                "rule": "beats.verb",
                "confidence": 0.9,
                "verdict": "supported",
                "verdict_reason": "50.0 > 40.0",
                "evidence": [f"r-{ID}", f"r-1{ID[1:]}"],
            }
        ],
        "comparisons": [
            {
                "comparison_id": f"k-{ID}",
                "paper_id": "2401.00001",
                "table_id": f"t-{ID}",
                "benchmark_id": "finches",
                "metric_id": "accuracy",
                "model_id": "wren-7b",
                "model_raw": "Wren-7B",
                "model_score": 50.0,
                "baseline_id": "gpt",
                "baseline_score": 40.0,
                "margin": 10.0,
                "relation": "beats",
                "result_ids": [f"r-{ID}", f"r-1{ID[1:]}"],
            }
        ],
        "conflicts": [
            {
                "conflict_id": f"x-{ID}",
                "model_id": "wren-7b",
                "benchmark_id": "finches",
                "metric_id": "accuracy",
                "result_ids": [f"r-{ID}", f"r-1{ID[1:]}"],
                "scores": [50.0, 40.0],
                "spread": 10.0,
                "kind": "unexplained",
                "paper_ids": ["2401.00001"],
            }
        ],
        "models": [
            {"model_id": "wren-7b", "name": "Wren-7B", "openness": "open"},
            {"model_id": "gpt", "name": "GPT-3.5", "openness": "closed"},
        ],
        "benchmarks": [{"benchmark_id": "finches", "name": "Finches"}],
        "metrics": [{"metric_id": "accuracy", "name": "Accuracy", "lower": 0.0, "upper": 100.0, "unit": "percent"}],
    }


def as_tables(rows: Mapping[str, Sequence[Row]]) -> dict[str, pa.Table]:
    """Every contract's table; those that `rows` does not name are empty."""
    return {name: to_arrow(name, rows.get(name, [])) for name in contracts()}
