"""`catchup run` as a whole against the arXiv on this machine; two runs at once; hostile words."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support.arxiv_library import UTC, Library, SamplePaper
from support.arxiv_server import Loopback, serve
from support.crawl import environment
from support.killed_runs import finish, published, some_papers, start
from support.pdf_fuzz import DEMO

LONG = pytest.mark.skipif("CATCHUP_LONG" not in os.environ, reason="takes minutes; `make fuzz` runs it")
WEEK = ("--since", "2024-01-01", "--until", "2024-01-07")
HOSTILE = "<script>alert('x')</script> =HYPERLINK(\"http://x\") ../../etc/passwd \u202egnp.exe LLM"


def library() -> Library:
    """Four papers of a week: read, withdrawn, passed over, and one whose PDF is no PDF."""
    pdf = (DEMO / "sample-02.pdf").read_bytes()
    day = datetime.datetime(2024, 1, 3, 12, tzinfo=UTC)
    return Library(
        [
            SamplePaper("2401.00001", title=HOSTILE, moments=(day,), pdf=pdf, authors=("=1+1", "Bo\x85 Sample")),
            SamplePaper("2401.00002", moments=(day, day), comment="This paper has been withdrawn", is_withdrawn=True),
            SamplePaper("2401.00003", title="Spectra of matrices", abstract="Of no words.", moments=(day,), pdf=pdf),
            SamplePaper("2401.00004", moments=(day,), pdf=b"%PDF-1.4\n" + b"x" * 3_000 + b"\n%%EOF\n"),
        ]
    )


@pytest.mark.slow
def test_a_week_of_arxiv_is_published_and_fetched_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serve(Loopback(library())) as loopback:
        env = environment(loopback)
        status, output = finish("arxiv", data, *WEEK, env=env)
        assert status == 0, output
        first = len(loopback.arrivals)
        assert sum("/pdf/" in target for target in loopback.targets) == 2  # neither the withdrawn nor the passed over
        status, output = finish("arxiv", data, *WEEK, env=env)
        assert status == 0, output
        assert "nothing new" in output
        assert len(loopback.arrivals) == first
    papers = {p["paper_id"]: p for p in pq.read_table(data / "published/latest/papers.parquet").to_pylist()}
    assert {k: p["status"] for k, p in papers.items()} == {
        "2401.00001": "parsed",
        "2401.00002": "withdrawn",
        "2401.00004": "failed",
    }
    assert papers["2401.00001"]["title"] == HOSTILE.replace("\u202e", "")
    assert papers["2401.00004"]["error"]


def test_a_host_that_is_not_there_ends_with_status_3_and_one_line(tmp_path: Path) -> None:
    with serve(Loopback(Library([]))) as loopback:
        pass
    status, output = finish("arxiv", tmp_path, *WEEK, env=environment(loopback))
    assert status == 3
    assert "Traceback" not in output
    assert len([line for line in output.splitlines() if line.startswith("catchup:")]) == 1


@LONG
def test_two_runs_at_once_end_well_with_one_snapshot(tmp_path: Path) -> None:
    source, data = some_papers(DEMO, 3, tmp_path / "source"), tmp_path / "data"
    both = [start(source, data) for _ in range(2)]
    outputs = [process.communicate(timeout=300)[0].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert len([p for p in (data / "published").iterdir() if p.name[0].isdigit()]) == 1
    assert published(data)


@LONG
def test_hostile_metadata_of_a_folder_ends_as_plain_text_in_its_place(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    rows = [
        {"paper_id": "../../escaped", "title": HOSTILE + "\ud800", "authors": ["\u202e=cmd|' /C calc'!A0"]},
        {"paper_id": "/etc/passwd", "title": "x" * 1_000_000, "abstract": "\x00\x1b[31mred"},
        {"paper_id": "a\nb\x00c", "title": "LLM", "license": "javascript:alert(1)"},
    ]
    for number, row in enumerate(rows):
        row["file"] = f"{number}.pdf"
        shutil.copyfile(DEMO / "sample-02.pdf", source / row["file"])
    (source / "metadata.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    before = {p for p in tmp_path.rglob("*") if p.is_dir() or p.suffix == ".pdf"}
    status, output = finish(source, tmp_path / "data")
    assert status == 0, output
    outside = {p for p in tmp_path.rglob("*") if tmp_path / "data" not in (p, *p.parents)} - before
    assert {p.name for p in outside} == {"metadata.jsonl"}
    papers = pq.read_table(tmp_path / "data/published/latest/papers.parquet").to_pylist()
    assert len(papers) == 3
    for paper in papers:
        assert len(paper["title"]) <= 1_000
        words = [paper["title"], paper["abstract"] or "", paper["paper_id"], *(paper["authors"] or ())]
        assert not any(ord(c) < 32 or c in "\u202e\ud800" for text in words for c in text)
