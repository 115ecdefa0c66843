"""A header that is printed again in the middle of a table, over columns of its own."""

from __future__ import annotations

from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

TABLE = """
#figure(caption: [Scores of birds.], table(
  columns: 5, align: (left, center, center, center, center),
  table.hline(),
  [], table.cell(colspan: 2)[QuizA], table.cell(colspan: 2)[QuizB],
  [By day], [dev], [test], [dev], [test],
  table.hline(),
  [Wren], [71.2], [70.9], [55.0], [54.1],
  [Rook], [61.0], [60.2], [44.0], [44.4],
  table.hline(),
  SECOND
  table.hline(),
  [Wren], [72.5], [71.0], [56.2], [53.9],
  [Rook], [62.5], [61.0], [46.2], [43.9],
  table.hline(),
))
"""


def read(second: str) -> Table:
    pages = read_pages(typeset(TABLE.replace("SECOND", second)))
    (table,) = read_tables(pages, find_captions(pages), "sample")
    return table


def test_a_second_header_stands_over_its_columns() -> None:
    second = """
    [], table.cell(colspan: 2)[QuizC], table.cell(colspan: 2)[QuizD],
    [By night], [dev], [test], [dev], [test],
    """
    table = read(second)
    assert [(c.text, c.col, c.col_span, c.is_header) for c in table.cells if c.row == 4] == [
        ("QuizC", 1, 2, True),
        ("QuizD", 3, 2, True),
    ]
    assert [(c.text, c.is_header) for c in table.cells if c.row == 5] == [
        (text, True) for text in ("By night", "dev", "test", "dev", "test")
    ]


def test_a_row_of_other_words_between_two_rules_is_no_header() -> None:
    table = read("[Kite], [none], [few], [some], [all],")
    assert [c.is_header for c in table.cells if c.row == 4] == [True, False, False, False, False]
