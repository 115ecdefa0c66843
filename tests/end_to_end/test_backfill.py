"""A year of weeks made up for: from the command line, and from Dagster's UI, against the arXiv on this machine."""

from __future__ import annotations

import datetime
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest
from support.arxiv_library import UTC, Library, SamplePaper
from support.arxiv_server import Loopback, serve
from support.crawl import environment
from support.killed_runs import finish
from support.pdf_fuzz import DEMO

LONG = pytest.mark.skipif("CATCHUP_LONG" not in os.environ, reason="takes minutes; `make fuzz` runs it")
WEEKS = [datetime.date(2023, 1, 2) + datetime.timedelta(days=7 * n) for n in range(52)]
ASSETS = (
    *("raw_arxiv__listing", "raw_arxiv__pdfs", "core_documents", "core_tables", "core_results", "core_claims"),
    *("out_dataset", "out_site"),
)
LAUNCH = """
mutation Launch($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) {
    __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message }
  }
}"""
LOOK = """
query Look($id: String!) {
  partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status numPartitions runs { id status } } }
}"""


@pytest.fixture
def arxiv() -> Iterator[Loopback]:
    """A paper in every second week of 2023."""
    pdf = (DEMO / "sample-02.pdf").read_bytes()
    days = [datetime.datetime.combine(week, datetime.time(12), UTC) + datetime.timedelta(days=2) for week in WEEKS]
    papers = [SamplePaper(f"23{day:%m}.{n:05}", moments=(day,), pdf=pdf) for n, day in enumerate(days) if n % 2 == 0]
    with serve(Loopback(Library(papers))) as loopback:
        yield loopback


def check(data: Path, arxiv: Loopback) -> None:
    papers = pq.read_table(data / "published" / "latest" / "papers.parquet").to_pylist()
    assert [p["status"] for p in papers] == ["parsed"] * 26
    assert sum("/pdf/" in target for target in arxiv.targets) == 26
    assert len(list((data / "raw" / "listing").glob("*.parquet"))) == 52
    assert min(arxiv.gaps()) >= 0.1


@LONG
def test_a_year_from_the_command_line_is_one_run(tmp_path: Path, arxiv: Loopback) -> None:
    env = environment(arxiv)
    span = ("--since", "2023-01-02", "--until", "2023-12-31")
    status, output = finish("arxiv", tmp_path, *span, env=env, seconds=1_800)
    assert status == 0, output
    check(tmp_path, arxiv)


@LONG
def test_a_year_from_the_ui_is_one_run(tmp_path: Path, arxiv: Loopback) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from pipeline.cli.app import main; main()"]
    env = {**os.environ, **environment(arxiv), "CATCHUP_WORKERS": "1"}
    with (
        (tmp_path / "ui.log").open("wb") as log,
        subprocess.Popen(
            [*command, "ui", "--data", str(tmp_path / "data"), "--port", str(port)],
            stdout=log,
            stderr=log,
            env=env,
            start_new_session=True,
        ) as ui,
    ):
        try:
            ask = Asker(f"http://127.0.0.1:{port}/graphql")
            params = {
                "assetSelection": [{"path": [name]} for name in ASSETS],
                "partitionNames": [week.isoformat() for week in WEEKS],
            }
            launched = ask(LAUNCH, params=params)["launchPartitionBackfill"]
            assert launched["__typename"] == "LaunchBackfillSuccess", launched
            seen: dict[str, Any] = {"status": "REQUESTED"}
            end = time.monotonic() + 1_800
            while seen["status"] in ("REQUESTED", "COMPLETING") and time.monotonic() < end:
                time.sleep(3)
                seen = ask(LOOK, id=launched["backfillId"])["partitionBackfillOrError"]
        finally:
            os.killpg(ui.pid, signal.SIGTERM)
    text = (tmp_path / "ui.log").read_text(errors="replace")
    assert seen["status"] == "COMPLETED_SUCCESS", (seen, text[-3_000:])
    check(tmp_path / "data", arxiv)
    assert " DEBUG " not in text


class Asker:
    """Dagster's GraphQL, once it is up."""

    def __init__(self, url: str) -> None:
        self._url = url
        end = time.monotonic() + 180
        while True:
            try:
                self("query { version }")
                return
            except (httpx.HTTPError, KeyError):
                if time.monotonic() > end:
                    raise
                time.sleep(1)

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]:
        answer = httpx.post(self._url, json={"query": query, "variables": variables}, timeout=60).json()
        data: dict[str, Any] = answer["data"]
        return data
