"""Time of the table stage beside plain word extraction of the same pages, and its memory; fails nothing by time.

Real papers are read where they stand beside the checkout, else tables typeset here.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from support.sample_tables import BOOKTABS, typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.tables.reader import read_tables

ROUNDS = 5
LONG = 70  # pages
# The high-water mark of Linux begins anew with the process; that of getrusage is handed on by the one that started it.
READ = """
import resource, sys
from pathlib import Path
from extractors.read import read_paper
from extractors.records import PaperMeta

def peak():
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) // 1024

before = peak()
reading = read_paper(Path(sys.argv[1]).read_bytes(), PaperMeta("long"))
print(reading.n_pages, before, peak())
"""


@pytest.fixture(scope="module")
def papers() -> list[bytes]:
    """Every tenth of the real papers, so that figures can be compared from one day to the next."""
    folder = Path(os.environ.get("CATCHUP_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "corpus"
    return [path.read_bytes() for path in sorted(folder.glob("*.pdf"))[::10]] or [typeset(BOOKTABS * 8)]


def plain_words(pdf: bytes) -> int:
    return sum(len(page.get_text("words")) for page in pymupdf.open(stream=pdf, filetype="pdf"))


def table_stage(pdf: bytes) -> int:
    pages = read_pages(pdf)
    return len(read_tables(pages, find_captions(pages), "sample"))


def seconds(work: Callable[[bytes], int], pdf: bytes) -> float:
    """Time of this process alone, so that what else the machine does counts as little as can be."""
    start = time.process_time()
    work(pdf)
    return time.process_time() - start


def shown(benchmark: Any, capsys: pytest.CaptureFixture[str], what: str, value: str) -> None:
    benchmark.extra_info[what] = value
    with capsys.disabled():
        print(f"\n{what}: {value}")


def test_table_stage_beside_plain_words(
    benchmark: Any, papers: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sum(map(table_stage, papers)) > 0  # warms up, too
    times: list[tuple[float, float]] = []

    def both() -> None:
        pairs = [(seconds(table_stage, pdf), seconds(plain_words, pdf)) for pdf in papers]
        times.append((sum(a for a, _ in pairs), sum(b for _, b in pairs)))

    benchmark.pedantic(both, rounds=ROUNDS)
    pages = sum(pymupdf.open(stream=pdf, filetype="pdf").page_count for pdf in papers)
    ratio = statistics.median(a / b for a, b in times)
    each = 1000 * statistics.median(a for a, _ in times) / pages
    shown(benchmark, capsys, "table stage", f"{ratio:.2f} times plain words, {each:.1f} ms a page ({pages} pages)")


def test_peak_memory_of_a_long_paper(
    benchmark: Any, papers: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = pymupdf.open()
    while whole.page_count < LONG:
        for pdf in papers:
            source = pymupdf.open(stream=pdf, filetype="pdf")
            whole.insert_pdf(source, to_page=min(source.page_count, LONG - whole.page_count) - 1)
            if whole.page_count == LONG:
                break
    path = tmp_path / "long.pdf"
    whole.save(path)
    done = benchmark.pedantic(
        lambda: subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True),
        rounds=1,
    )
    pages, before, peak = done.stdout.split()
    assert int(pages) == LONG
    shown(benchmark, capsys, f"peak memory of a paper of {LONG} pages", f"{peak} MB, {before} MB before reading")


def test_camelot_stream(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The best of the existing tools, for comparison: `uv sync --group bench` installs it."""
    camelot = pytest.importorskip("camelot")
    pdf = typeset(BOOKTABS * 8)
    benchmark.pedantic(lambda: camelot.read_pdf(io.BytesIO(pdf), flavor="stream", pages="all"), rounds=1)
    ratio = benchmark.stats.stats.mean / statistics.median(seconds(plain_words, pdf) for _ in range(ROUNDS))
    shown(benchmark, capsys, "camelot stream", f"{ratio:.0f} times plain words on typeset tables")
