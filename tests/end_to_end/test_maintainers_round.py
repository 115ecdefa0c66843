"""A maintainer's round: run, review, correct, run again; the correction is in the data and its reason on the page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from support.killed_runs import finish
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.demo import PDFS

runner = CliRunner()


def call(*arguments: str) -> str:
    answer = runner.invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def run_over(source: Path, data: Path) -> str:
    """A run as a user starts it, in a process of its own."""
    status, output = finish(source, data)
    assert status == 0, output
    return output


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(data / "published/latest" / f"{name}.parquet").to_pylist()
    return found


@pytest.mark.slow
def test_corrections_reach_the_data_and_the_page_and_outlive_the_next_run(tmp_path: Path) -> None:
    source, data = tmp_path / "papers", tmp_path / "data"
    source.mkdir()
    shutil.copy(PDFS / "sample-03.pdf", source)
    run_over(source, data)
    at, told = ("--author", "Ada", "--data", str(data)), "--reason"
    claim = next(c for c in rows(data, "claims") if c["verdict"] == "unit_error")
    assert claim["claim_id"] in call("review", "--data", str(data))
    mended, refused = [r for r in rows(data, "results") if r["result_id"] not in claim["evidence"]][:2]
    call("review", "accept", claim["claim_id"], told, "the unit is wrong indeed", *at)
    call("review", "mend", mended["result_id"], "setting=greedy", told, "said in section 4", *at)
    call("review", "reject", refused["result_id"], told, "a wrong cell", *at)
    call("review", "link", "model", "Kestrel-13B", "llama-2-13b", told, "for the test", *at)

    assert "4 applied, 0 lost" in run_over(source, data)
    results = {r["result_id"]: r for r in rows(data, "results")}
    assert results[mended["result_id"]]["setting"] == "greedy"
    assert refused["result_id"] not in results
    assert {r["model_id"] for r in results.values() if r["model_raw"] == "Kestrel-13B"} == {"llama-2-13b"}
    rejected = {(r["row_id"], r["check_name"]): r["reason"] for r in rows(data, "rejected")}
    assert rejected[refused["result_id"], "correction"] == "a wrong cell (Ada)"
    assert all(refused["result_id"] not in c["result_ids"] for c in rows(data, "comparisons"))
    pages = "".join(p.read_text() for p in (data / "site").rglob("*.html"))
    for reason in ("the unit is wrong indeed", "said in section 4", "a wrong cell", "for the test"):
        assert reason in pages
    assert claim["claim_id"] not in call("review", "--data", str(data))
    assert "nothing new" in run_over(source, data)
