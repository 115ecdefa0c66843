"""Labels written upwards at the left of rows are a stub column of their own."""

from __future__ import annotations

import pytest
from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

ROWS = """
table.cell(rowspan: 3, align: horizon, rotate(ANGLE, reflow: true)[seed eaters]),
[Wren], [10.1], [20.1], [Finch], [11.2], [21.2], [Linnet], [12.3], [22.3], RULE
table.cell(rowspan: 4, align: horizon, rotate(ANGLE, reflow: true)[waders]),
[Heron], [13.4], [23.4], [Crane], [14.5], [24.5], [Stork], [15.6], [25.6], [Ibis], [16.7], [26.7],
"""


def read(angle: str, rule: str) -> Table:
    body = ROWS.replace("ANGLE", angle).replace("RULE", rule)
    source = f"""
#figure(caption: [Accuracy of birds.], table(
  columns: 4, align: (center, left, center, center),
  table.hline(), [], [Model], [QuizA], [QuizB], table.hline(), {body} table.hline(),
))
"""
    pages = read_pages(typeset(source))
    (table,) = read_tables(pages, find_captions(pages), "sample")
    return table


@pytest.mark.parametrize("angle", ["-90deg", "90deg"])
@pytest.mark.parametrize("rule", ["table.hline(),", ""])
def test_side_labels_span_the_rows_beside_them(angle: str, rule: str) -> None:
    table = read(angle, rule)
    labels = [(c.text, c.row, c.row_span, c.is_header) for c in table.cells if c.col == 0 and c.row > 0]
    assert labels == [("seed eaters", 1, 3, True), ("waders", 4, 4, True)]


def test_the_names_of_the_rows_are_the_second_stub_column() -> None:
    table = read("-90deg", "table.hline(),")
    assert (table.n_cols, table.n_header_cols) == (4, 2)
    assert [c.text for c in table.cells if c.col == 1] == [
        "Model", "Wren", "Finch", "Linnet", "Heron", "Crane", "Stork", "Ibis",
    ]  # fmt: skip


def test_no_word_of_a_side_label_is_lost() -> None:
    assert read("-90deg", "").warnings == ()
