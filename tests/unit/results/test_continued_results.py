"""Scores on further pages of a split table mean what the header of its first page says."""

from __future__ import annotations

from support.sample_tables import typeset

from extractors.read import read_paper
from extractors.records import PaperMeta
from extractors.registry.load import load_registry
from extractors.results.extract import extract_results

ROWS = ", ".join(f"[Bird {k}], [{10 + k}.{k % 10}], [{60 - k}.5]" for k in range(30))
PAPER = f"""
#set page(width: 400pt, height: 300pt, margin: 40pt)
#show figure: set block(breakable: true)
#figure(
  caption: [Accuracy of birds.],
  table(
    columns: 3, align: (left, center, center),
    table.header(repeat: false, table.hline(), [Model], [GSM8K], [MMLU], table.hline()),
    {ROWS}, table.hline(),
  ),
)
"""


def test_scores_below_no_header_of_their_own_take_that_of_the_first_part() -> None:
    meta = PaperMeta("sample")
    reading = read_paper(typeset(PAPER), meta)
    results = extract_results(reading, meta, load_registry())
    last = [r for r in results if r.model_raw == "Bird 29"]
    assert [(r.benchmark_id, r.score) for r in last] == [("gsm8k", 39.9), ("mmlu", 31.5)]
    assert {r.page for r in last} != {1}


def test_rows_of_further_parts_count_from_their_own_first_row() -> None:
    meta = PaperMeta("sample")
    reading = read_paper(typeset(PAPER), meta)
    second = reading.tables[1]
    found = [r for r in extract_results(reading, meta, load_registry()) if r.table_id == second.table_id]
    cells = {(c.row, c.col): c.text for c in second.cells}
    assert found
    assert all(cells[r.row, r.col] == r.score_text for r in found)
