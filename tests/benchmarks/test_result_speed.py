"""Time of the results stage a page, and that of comparisons beside it; fails nothing by time.

Real papers are read where they stand beside the checkout, else tables typeset here.
"""

from __future__ import annotations

import os
import statistics
import time
from functools import cache
from pathlib import Path

from support.sample_tables import BOOKTABS, typeset

from extractors.read import read_paper
from extractors.records import PaperMeta, PaperReading
from extractors.registry import link, names
from extractors.registry.load import load_registry
from extractors.results import parts
from extractors.results.comparisons import compare
from extractors.results.extract import extract_results
from extractors.results.words import load_words

ROUNDS = 5


@cache
def readings() -> list[PaperReading]:
    """Every tenth of the real papers, so that figures can be compared from one day to the next."""
    folder = Path(os.environ.get("CATCHUP_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "corpus"
    pdfs = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))[::10]] or [typeset(BOOKTABS * 8)]
    return [read_paper(pdf, PaperMeta(f"sample-{i}")) for i, pdf in enumerate(pdfs)]


def forget() -> None:
    """As in a new process: what is known of names is asked again."""
    for module in (link, names, parts):
        for function in vars(module).values():
            if hasattr(function, "cache_clear") and function is not load_registry:
                function.cache_clear()


def test_results_are_timed_by_the_page() -> None:
    registry = load_registry()
    load_words()
    n_pages = sum(r.n_pages for r in readings())
    times = []
    for _ in range(ROUNDS):
        forget()
        start = time.process_time()
        results = [extract_results(r, PaperMeta(r.paper_id), registry) for r in readings()]
        middle = time.process_time()
        compared = [compare(rows, registry, {}) for rows in results]
        times.append((middle - start, time.process_time() - middle))
    taken = [statistics.median(t[i] for t in times) * 1000 / n_pages for i in (0, 1)]
    n_rows = sum(map(len, results))
    print(f"\nresults {taken[0]:.2f} ms a page, comparisons {taken[1]:.2f}, {n_pages} pages, {n_rows} rows")
    assert n_rows >= len(readings())
    assert len(compared) == len(results)
