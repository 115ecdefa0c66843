"""Cells of text in several lines: one row each, where rules or the words tell."""

from __future__ import annotations

from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

LONG = "The bird comes back each spring and builds its nest in the old wall above the river, where no cat can climb."
MORE = "It leaves when the nights are cold, and nobody has ever seen where it spends the months of frost and snow."
RULE = "table.hline(),"


def read(columns: str, rows: str, *, align: str = "horizon") -> Table:
    source = f"""
#set par(justify: true)
#figure(caption: [Birds.], table(
  columns: {columns}, align: left + {align}, table.hline(), {rows} table.hline(),
))"""
    pages = read_pages(typeset(source))
    (table,) = read_tables(pages, find_captions(pages), "sample")
    return table


def grid(table: Table) -> list[tuple[int, int, int, str]]:
    return [(c.row, c.col, c.row_span, c.text) for c in table.cells]


def test_all_lines_between_two_rules_are_one_row() -> None:
    rows = f"[Bird], [What it does], {RULE} [Wren#linebreak() (small)], [{LONG}], {RULE} [Rook], [{MORE}],"
    table = read("(60pt, 180pt)", rows)
    assert grid(table) == [
        (0, 0, 1, "Bird"),
        (0, 1, 1, "What it does"),
        (1, 0, 1, "Wren (small)"),
        (1, 1, 1, LONG),
        (2, 0, 1, "Rook"),
        (2, 1, 1, MORE),
    ]
    assert table.warnings == ()


def test_a_label_beside_two_ruled_rows_of_text_stands_over_both() -> None:
    part = "table.hline(start: 1),"
    rows = f"""[Bird], [Says who], [What it does], {RULE}
    table.cell(rowspan: 2)[Wren], [A man who sits by the river], [{LONG}], {part} [His wife], [{MORE}], {RULE}
    [Rook], [A child], [{MORE}],"""
    found = grid(read("(50pt, 80pt, 170pt)", rows))
    assert [x for x in found if x[1] == 0] == [(0, 0, 1, "Bird"), (1, 0, 2, "Wren"), (3, 0, 1, "Rook")]
    assert [x[3] for x in found if x[1] == 2] == ["What it does", LONG, MORE, MORE]


def test_lines_that_go_on_in_two_columns_are_one_row_without_a_rule_between() -> None:
    rows = f"[Bird], [By day], [By night], {RULE} [Wren], [{LONG}], [{MORE}], [Rook], [{MORE}], [{LONG}],"
    table = read("(40pt, 150pt, 150pt)", rows, align="top")
    assert [c.text for c in table.cells if c.col == 1] == ["By day", LONG, MORE]


def test_rows_of_names_between_rules_stay_rows() -> None:
    rows = f"""[Bird], [Song], [Nest], {RULE} [Wren], [Loud], [Wall], [Rook], [Hoarse], [Tree], {RULE}
    [Kite], [Shrill], [Tree],"""
    assert read("3", rows).n_rows == 4


def test_columns_of_words_near_each_other_are_no_titles() -> None:
    pairs = ("[Sings by day], [in the old wall]", "[Hunts by night], [in the tall trees]", "[Rests], [in the reeds]")
    table = read("2, column-gutter: -4pt", f"[Habit], [Place], {RULE} {', '.join(pairs)},")
    assert [(c.row, c.col) for c in table.cells if c.row] == [(r, c) for r in (1, 2, 3) for c in (0, 1)]


def test_the_rest_of_a_long_label_below_its_row_of_numbers_is_no_title() -> None:
    label = "Birds that sing in the wall by the old river"
    rows = f"""[Bird], [QuizA], [QuizB], {RULE} [{label}], [10.1], [20.1], [Rook], [11.2], [21.2],
    [{label}], [12.3], [22.3],"""
    table = read("(120pt, 40pt, 40pt), inset: 5pt", rows, align="top")
    found = [(c.row, c.text) for c in table.cells if c.col == 0 and c.row]
    assert found == [(1, label), (2, "Rook"), (3, label)]
