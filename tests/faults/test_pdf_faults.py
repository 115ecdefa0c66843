"""Spoiled PDFs and bombs: each ends with a status, within bounds of time and memory, and costs itself only."""

from __future__ import annotations

import os
import sys
from multiprocessing import get_context
from pathlib import Path

import pymupdf
import pytest
from pebble import ProcessExpired, ProcessPool
from support import pdf_bombs
from support.pdf_fuzz import DEMO, MIB, bomb, fuzz, read_demo, spin, take

from extractors.document.page import read_pages
from extractors.errors import DamagedPdfError, ExtractionError
from extractors.read import read_paper
from extractors.records import PaperMeta
from pipeline.resources.limits import death, limit_memory

MUTANTS = int(os.environ.get("CATCHUP_MUTANTS", "40"))
ONLY_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bounds are Linux's")


def test_every_mutant_ends_with_a_status() -> None:
    endings = list(fuzz(range(MUTANTS), DEMO, workers=1))
    assert [e for e in endings if e.is_ours] == []
    assert len({e.status for e in endings}) > 1  # or the mutants are too tame


@ONLY_LINUX
@pytest.mark.parametrize("name", ["spaces", "paths", "forms"])
def test_a_bomb_ends_within_bounds_and_the_next_paper_is_read(name: str) -> None:
    with ProcessPool(max_workers=1, context=get_context("spawn")) as pool:
        first = pool.schedule(bomb, args=(name,), timeout=60)
        after = pool.schedule(read_demo, timeout=60)
        fault = first.exception()
        assert after.result() > 0
    if fault is None:
        assert first.result() in ("DamagedPdfError", "MemoryError", "TooLargeError", "parsed 1")
    else:
        assert isinstance(fault, ProcessExpired)


@pytest.mark.parametrize(
    "body",
    [pdf_bombs.looped_pages(), pdf_bombs.many_pages(100_000), pdf_bombs.many_pages(501)],
    ids=["looped pages", "a page told 100,000 times", "501 pages"],
)
def test_absurd_page_trees_are_typed_errors(body: bytes) -> None:
    with pytest.raises(ExtractionError):
        read_paper(body, PaperMeta(paper_id="bomb"))


@pytest.mark.parametrize(
    "body", [pdf_bombs.deep_array(1_000_000), pdf_bombs.huge_page()], ids=["brackets", "huge page"]
)
def test_odd_but_harmless_documents_are_read(body: bytes) -> None:
    assert read_paper(body, PaperMeta(paper_id="odd")).n_pages == 1


def test_a_file_cut_short_is_damaged_though_its_page_tree_is_there() -> None:
    """A linearised file keeps its first pages and the tree when its end is missing."""
    with pymupdf.open() as document:
        for number in range(8):
            document.new_page().insert_text((72, 72), f"Page {number} has words.")
        whole = document.tobytes()
    with pytest.raises(DamagedPdfError, match="cut or damaged"):
        read_paper(_without_streams(whole, keep=2), PaperMeta(paper_id="cut"))


def _without_streams(pdf: bytes, keep: int) -> bytes:
    """All but the first streams broken, and the index too, as after a cut that a reader has to mend."""
    parts = pdf.split(b"stream\n")
    kept = parts[: 2 * keep + 1]
    rest = [part[len(part) // 2 :] if index % 2 else part for index, part in enumerate(parts[2 * keep + 1 :], 1)]
    return b"stream\n".join([*kept, *rest]).replace(b"startxref", b"startxxxx")


@pytest.mark.parametrize("matrix", ["0 0 0 0 72 700", "1e38 0 0 1e38 72 700", "1 0 0 1 1e30 700"])
def test_type_of_no_size_or_place_is_no_word(matrix: str) -> None:
    body = pdf_bombs.one_line(f"{matrix} Tm (unseen) Tj 1 0 0 1 72 600 Tm (seen) Tj")
    (page,) = read_pages(body)
    assert [w.text for w in page.words] == ["seen"]


@ONLY_LINUX
def test_memory_beyond_the_bound_is_refused() -> None:
    with ProcessPool(
        max_workers=1, context=get_context("spawn"), initializer=limit_memory, initargs=(1_024 * MIB,)
    ) as pool:
        assert pool.schedule(take, args=(64,), timeout=30).result() == 64
        assert isinstance(pool.schedule(take, args=(4_096,), timeout=30).exception(), MemoryError)
        assert pool.schedule(take, args=(64,), timeout=30).result() == 64


@ONLY_LINUX
def test_a_loop_in_c_is_ended_and_named() -> None:
    with ProcessPool(max_workers=1, context=get_context("spawn")) as pool:
        fault = pool.schedule(spin, timeout=60).exception()
    assert isinstance(fault, ProcessExpired)
    assert death(fault.exitcode) == "stopped after 20 s of processor time"


@pytest.mark.integration
def test_the_odd_files_end_as_they_should(shared: Path) -> None:
    endings = {}
    for file in sorted((shared / "odd").iterdir()):
        try:
            reading = read_paper(file.read_bytes(), PaperMeta(paper_id=file.stem))
            endings[file.stem] = f"{reading.n_pages} pages"
        except ExtractionError as error:
            endings[file.stem] = type(error).__name__
    assert len(endings) == 24
    assert endings["git-lfs-pointer-longlora"] == "NotAPdfError"
    assert endings["derived-truncated-toolllm-60pct"] == "DamagedPdfError"
    assert endings["pypdf-r6-user-password"] == "EncryptedPdfError"
    assert endings["pypdf-r6-empty-password"] == "1 pages"
    assert endings["docling-ocr-test"] == "NoTextError"
    assert endings["sample-files-unreadablemetadata"] == "DamagedPdfError"
