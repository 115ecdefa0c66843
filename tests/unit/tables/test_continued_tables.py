"""A table split over pages: the further parts know the first, its label and its header."""

from __future__ import annotations

import pytest
from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import BBox, Page, Table, Word
from extractors.tables.continued import headed, link_parts
from extractors.tables.reader import read_tables

ROWS = ", ".join(f"[Bird {k}], [{10 + k}.{k % 10}], [{60 - k}.5]" for k in range(30))


def parts(*, repeat: str, rows: str = ROWS, after: str = "", foot: str = "") -> tuple[Table, ...]:
    source = f"""
#set page(width: 400pt, height: 300pt, margin: 40pt)
#show figure: set block(breakable: true)
#figure(
  caption: [Accuracy of birds.],
  table(
    columns: 3, align: (left, center, center),
    table.header(repeat: {repeat}, table.hline(), [Model], [QuizA], [QuizB], table.hline()),
    {rows}, table.hline(), {foot}
  ),
)
{after}
"""
    pages = read_pages(typeset(source))
    return read_tables(pages, find_captions(pages), "sample")


@pytest.mark.parametrize("repeat", ["true", "false"])
def test_parts_on_further_pages_bear_label_and_id_of_the_first(repeat: str) -> None:
    first, *rest = parts(repeat=repeat)
    assert len(rest) >= 1
    assert first.continues is None
    assert {(t.label, t.caption, t.continues) for t in rest} == {("Table 1", "Accuracy of birds.", first.table_id)}


@pytest.mark.parametrize("repeat", ["true", "false"])
def test_no_row_is_lost_between_the_parts(repeat: str) -> None:
    names = [c.text for t in parts(repeat=repeat) for c in t.cells if c.col == 0 and c.text.startswith("Bird")]
    assert names == [f"Bird {k}" for k in range(30)]


def test_first_row_of_a_part_without_header_is_no_header() -> None:
    _, second, *_ = parts(repeat="false")
    assert second.n_header_rows == 0
    assert [c.is_header for c in second.cells if c.row == 0] == [True, False, False]


def test_header_of_the_first_part_is_put_above_a_part_without_one() -> None:
    first, second, *_ = parts(repeat="false")
    whole, down = headed(second, first)
    assert (down, [c.text for c in whole.cells if c.row == 0]) == (1, ["Model", "QuizA", "QuizB"])
    assert whole.n_rows == second.n_rows + 1


def test_part_that_repeats_the_header_stays_as_it_is() -> None:
    first, second, *_ = parts(repeat="true")
    assert headed(second, first) == (second, 0)


def test_next_table_on_the_next_page_is_no_part() -> None:
    other = """
#pagebreak()
#figure(
  caption: [Speed of birds.],
  table(
    columns: 3, table.hline(), [Model], [QuizA], [QuizB], table.hline(),
    [Wren], [1.0], [2.0], [Rook], [3.0], [4.0], table.hline(),
  ),
)
"""
    rows = ", ".join(f"[Bird {k}], [{10 + k}.1], [{60 - k}.5]" for k in range(4))
    found = parts(repeat="true", rows=rows, after=other)
    assert [(t.label, t.continues) for t in found] == [("Table 1", None), ("Table 2", None)]


FIRST, SECOND = (50.0, 60.0, 350.0, 260.0), (50.0, 40.0, 350.0, 200.0)


def bare(page: int, box: BBox, label: str | None = None, caption: str | None = None) -> Table:
    return Table(f"t{page}", "p1", page, box, label, caption, 5, 3, 1, 1, "results", "", 0, ())


def sheet(number: int, *words: tuple[str, float]) -> Page:
    """A page of 400 by 300 points with words at heights."""
    made = tuple(Word(t, (100.0, y, 160.0, y + 8), 8.0, y + 7, "Times") for t, y in words)
    return Page(number, 400.0, 300.0, 0, made, (), (), ())


@pytest.mark.parametrize(
    ("below", "above", "second", "goes_on"),
    [
        ((), (), bare(2, SECOND), True),
        ((("17", 285.0),), (("Birds", 10.0),), bare(2, SECOND), True),  # page number, running head
        ((("text", 265.0),), (), bare(2, SECOND), False),
        ((), (("text", 29.0),), bare(2, SECOND), False),
        ((), (("(continued)", 29.0),), bare(2, SECOND), True),
        ((), (), bare(2, (60.0, 40.0, 350.0, 200.0)), False),  # other edges
        ((), (), bare(2, SECOND, None, "Speed of birds."), False),
        ((("text", 265.0),), (), bare(2, SECOND, "Table 1"), True),
        ((), (), bare(2, SECOND, "Table 2"), False),
    ],
)
def test_a_part_goes_on_where_nothing_stands_between(
    below: tuple[tuple[str, float], ...], above: tuple[tuple[str, float], ...], second: Table, goes_on: bool
) -> None:
    found = link_parts([bare(1, FIRST, "Table 1", "Birds."), second], [sheet(1, *below), sheet(2, *above)])
    assert (found[1].continues == "t1") == goes_on


def test_what_follows_a_table_without_label_is_no_part() -> None:
    assert link_parts([bare(1, FIRST), bare(2, SECOND)], [sheet(1), sheet(2)])[1].continues is None


def test_a_foot_that_says_that_the_table_goes_on_is_no_row() -> None:
    foot = "table.footer(table.cell(colspan: 3, align: right)[Continued on next page], table.hline()),"
    first, second, *_ = parts(repeat="true", foot=foot)
    assert second.continues == first.table_id
    assert not any("Continued" in c.text for t in (first, second) for c in t.cells)
    assert first.warnings == ()
