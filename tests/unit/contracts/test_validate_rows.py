"""Checks of a data set: for every kind of check a row that fails it, and what becomes of what hangs on the row."""

from __future__ import annotations

from typing import Any

import pytest
from support.contract_rows import ID, as_tables, sound_rows

from expectations.semantics import semantic_checks
from expectations.suites import failures
from expectations.validate import validate


def test_a_sound_data_set_passes_whole() -> None:
    checked = validate(as_tables(sound_rows()), unsure_below=0.35)
    assert not checked.faults
    assert checked.tables["rejected"].num_rows == 0
    assert checked.tables["results"].num_rows == 2


@pytest.mark.parametrize("paper_id", ["2310.06830", "cs/0501001", "My Paper (final)"])
def test_a_file_of_any_name_is_a_paper(paper_id: str) -> None:
    rows = sound_rows()
    rows["papers"][0]["paper_id"] = paper_id
    papers = as_tables({"papers": rows["papers"]})["papers"]
    assert "paper_id.form" not in {f.check for f in failures("papers", papers, {})}


CELL = {"row": 0, "col": 0, "row_span": 1, "col_span": 1, "text": "", "is_header": False, "bold": False} | {
    "underline": False,
    "bbox": [1.0, 1.0, 2.0, 2.0],
}


@pytest.mark.parametrize(
    ("table", "spoil", "check"),
    [
        ("results", {"score": 140.0}, "score.in_bounds"),
        ("results", {"unit": "fraction", "score": 1.5}, "score.in_bounds"),
        ("results", {"confidence": 0.2, "doubts": ["no benchmark named"]}, "unsure"),
        ("results", {"page": 9}, "page.in_paper"),
        ("results", {"page": 0}, "page.bounds"),
        ("results", {"bbox": [10.0, 10.0, 10.0, 20.0]}, "bbox.area"),
        ("results", {"model_raw": " "}, "model_raw.form"),
        ("results", {"score": None}, "score.present"),
        ("results", {"model_role": "hero"}, "model_role.known"),
        ("results", {"spread": -1.0}, "spread.bounds"),
        ("claims", {"verdict_reason": None}, "verdict.reason"),
        ("claims", {"relation": "crushes"}, "relation.known"),
        ("papers", {"pdf_sha256": "none"}, "pdf_sha256.form"),
        ("papers", {"paper_id": "two\nlines"}, "paper_id.form"),
        ("results", {"col": 2}, "cell.in_table"),
        ("results", {"score": float("inf")}, "numbers.finite"),
        ("results", {"doubts": [None]}, "items.known"),
        ("tables", {"n_rows": 1, "n_cols": 1, "cells": [CELL | {"row": 1}]}, "cells.in_table"),
        ("claims", {"evidence": []}, "verdict.evidence"),
        ("claims", {"margin": 3.0}, "margin.unit"),
        ("claims", {"bbox": [[1.0, 1.0, 2.0, 2.0], [1.0, 1.0, 1.0, 2.0]]}, "bbox.area"),
        ("claims", {"bbox": []}, "bbox.area"),
        ("comparisons", {"margin": 11.0}, "margin.difference"),
        ("comparisons", {"margin": -10.0}, "relation.margin"),
        ("conflicts", {"scores": [50.0]}, "scores.results"),
        ("metrics", {"lower": 100.0}, "bounds.order"),
        ("models", {"training": ["FT", "magic"]}, "items.known"),
    ],
)
def test_a_row_that_fails_a_check_is_found_by_it(table: str, spoil: dict[str, Any], check: str) -> None:
    rows = sound_rows()
    rows[table][0] |= spoil
    tables = as_tables(rows)
    found = failures(table, tables[table], semantic_checks(table, tables, unsure_below=0.35))
    spoiled = [f for f in found if f.check == check]
    assert len(spoiled) == 1
    assert tables[table].slice(spoiled[0].row, 1).to_pylist()[0].items() >= spoil.items()


def test_what_is_kept_out_is_told_with_reason_and_row() -> None:
    rows = sound_rows()
    rows["results"][0] |= {"confidence": 0.2, "doubts": ["no benchmark named"]}
    checked = validate(as_tables(rows), unsure_below=0.35)
    told = next(r for r in checked.tables["rejected"].to_pylist() if r["check_name"] == "unsure")
    assert told["reason"] == "confidence 0.2: no benchmark named"
    assert told["row_id"] == f"r-{ID}"
    assert '"model_raw": "Wren-7B"' in told["row_json"]
    assert checked.tables["results"].num_rows == 1


def test_a_comparison_follows_the_result_that_was_kept_out() -> None:
    rows = sound_rows()
    rows["results"][0]["score"] = 140.0
    checked = validate(as_tables(rows))
    assert checked.tables["comparisons"].num_rows == 0
    assert checked.rejections["comparisons: result_ids.kept"] == 1


def test_a_claim_lets_go_of_evidence_that_was_kept_out() -> None:
    rows = sound_rows()
    rows["results"][0]["score"] = 140.0
    claims = validate(as_tables(rows)).tables["claims"].to_pylist()
    assert claims[0]["evidence"] == [f"r-1{ID[1:]}"]


@pytest.mark.parametrize(
    ("table", "spoil", "told"),
    [
        ("results", {"table_id": "t-lost"}, "results.table_id: 1 values are not in tables"),
        ("results", {"result_id": f"r-1{ID[1:]}"}, "results: 1 ids stand twice"),
        ("results", {"result_id": None}, "results.result_id: missing"),
        ("results", {"model_id": "nobody"}, "results.model_id: 1 values are not in models"),
        ("claims", {"evidence": ["r-lost"]}, "claims.evidence: 1 values are not in results"),
    ],
)
def test_a_fault_of_structure_blocks(table: str, spoil: dict[str, Any], told: str) -> None:
    rows = sound_rows()
    rows[table][0] |= spoil
    assert any(fault.startswith(told) for fault in validate(as_tables(rows)).faults)


def test_a_data_set_without_results_blocks() -> None:
    rows = sound_rows() | {"results": [], "claims": [], "comparisons": []}
    assert any("results: no row" in fault for fault in validate(as_tables(rows)).faults)


def test_a_data_set_of_which_no_result_is_sure_blocks() -> None:
    rows = sound_rows()
    for row in rows["results"]:
        row["confidence"] = 0.1
    assert validate(as_tables(rows), unsure_below=0.35).faults
