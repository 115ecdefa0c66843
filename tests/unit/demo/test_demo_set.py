"""The sample papers: their PDFs come from their sources byte for byte, and are read as their sources say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from extractors.read import read_paper
from extractors.records import PaperMeta, PaperReading, Table
from pipeline.demo import PDFS
from pipeline.demo.typeset import load, metadata_line, paper_files, typeset

PAPERS = {path.stem: path for path in paper_files()}
TABLES = [(stem, block["table"]) for stem, path in PAPERS.items() for block in load(path)["body"] if "table" in block]
NAMES = [f"{stem}-{table['id']}" for stem, table in TABLES]


def plain(markup: object) -> str:
    text = re.sub(r"#underline\[(.*?)\]", r"\1", str(markup))
    return re.sub(r"(?<!\\)[*_]", "", text).replace("\\@", "@").replace("\\ ", "").strip()


def said_grid(table: dict[str, Any]) -> list[list[str]]:
    """Every slot of a table as its source says it, a spanning cell's text in all its slots."""
    width = len(table["columns"])
    rows = [row for row in [*table["header"], *table["rows"]] if row != "rule"]
    slots: dict[tuple[int, int], str] = {}
    for r, row in enumerate(rows):
        if isinstance(row, dict):
            slots |= {(r, c): plain(row["group"]) for c in range(width)}
            continue
        at = 0
        for given in row:
            cell = given if isinstance(given, dict) else {"text": given}
            while (r, at) in slots:
                at += 1
            down, span = cell.get("down", 1), cell.get("span", 1)
            slots |= {(r + i, at + j): plain(cell["text"]) for i in range(down) for j in range(span)}
            at += span
    return [[slots[r, c] for c in range(width)] for r in range(len(rows))]


def read_grid(table: Table) -> list[list[str]]:
    slots = {
        (cell.row + i, cell.col + j): cell.text
        for cell in table.cells
        for i in range(cell.row_span)
        for j in range(cell.col_span)
    }
    return [[slots.get((r, c), "") for c in range(table.n_cols)] for r in range(table.n_rows)]


def with_paths(grid: list[list[str]], n_header_rows: int) -> list[list[str]]:
    """The grid with its header rows folded into one path a column: on which of its lines a header that spans several
    stands is a matter of taste, what a column is called is not."""
    paths = [list(dict.fromkeys(text for text in column if text)) for column in zip(*grid[:n_header_rows], strict=True)]
    return [[" / ".join(path) for path in paths], *grid[n_header_rows:]]


@pytest.fixture(scope="module")
def readings() -> dict[str, PaperReading]:
    return {stem: read_paper((PDFS / f"{stem}.pdf").read_bytes(), PaperMeta(paper_id=stem)) for stem in PAPERS}


def find(reading: PaperReading, caption: str) -> Table:
    wanted = re.sub(r"\W", "", plain(caption))[:30]
    return next(t for t in reading.tables if re.sub(r"\W", "", t.caption or "").startswith(wanted))


@pytest.mark.parametrize(("stem", "said"), TABLES, ids=NAMES)
def test_a_table_is_read_as_its_source_says(readings: dict[str, PaperReading], stem: str, said: dict[str, Any]) -> None:
    table = find(readings[stem], said["caption"])
    assert with_paths(read_grid(table), table.n_header_rows) == with_paths(said_grid(said), len(said["header"]))


@pytest.mark.parametrize(("stem", "said"), TABLES, ids=NAMES)
def test_bold_and_underlined_scores_are_told(
    readings: dict[str, PaperReading], stem: str, said: dict[str, Any]
) -> None:
    table = find(readings[stem], said["caption"])
    marked = [c for row in said["rows"] if isinstance(row, list) for c in row if isinstance(c, str)]
    bold = sorted(plain(c) for c in marked if c.startswith("*"))
    under = sorted(plain(c) for c in marked if c.startswith("#underline"))
    body = [c for c in table.cells if not c.is_header]
    assert sorted(c.text for c in body if c.bold) == bold
    assert sorted(c.text for c in body if c.underline) == under


def test_the_paper_without_results_has_no_table_of_results(readings: dict[str, PaperReading]) -> None:
    assert [t.kind for t in readings["sample-04"].tables] == ["statistics"]


@pytest.mark.parametrize("stem", PAPERS)
def test_a_pdf_comes_from_its_source_byte_for_byte(stem: str) -> None:
    assert typeset(PAPERS[stem]) == (PDFS / f"{stem}.pdf").read_bytes(), "run python -m pipeline.demo.typeset"


def test_the_metadata_is_what_the_sources_say() -> None:
    lines = (PDFS / "metadata.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == [metadata_line(path) for path in PAPERS.values()]


def test_every_page_says_that_it_is_a_sample(readings: dict[str, PaperReading]) -> None:

    for path in sorted(PDFS.glob("*.pdf")):
        with pymupdf.open(path) as pdf:
            assert all("SAMPLE PAPER" in page.get_text() for page in pdf), path.name


def test_each_file_of_the_set_has_a_line_of_metadata() -> None:
    lines = (PDFS / "metadata.jsonl").read_text(encoding="utf-8").splitlines()
    named = [json.loads(line)["file"] for line in lines]
    assert named == [p.name for p in sorted(Path(PDFS).glob("*.pdf"))]
