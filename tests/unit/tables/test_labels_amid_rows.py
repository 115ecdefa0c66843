"""Labels that stand half-way between the rows they name, and header words half-way between two lines."""

from __future__ import annotations

from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

TABLE = """
#set page(width: 460pt, height: 420pt, margin: 40pt)
#set text(size: 10pt)
#figure(
  table(
    columns: 4, stroke: none, inset: 3pt, align: (left + horizon, center + horizon, center + horizon, center + horizon),
    table.hline(), HEADER, table.hline(),
    ROWS, table.hline(),
  ),
  caption: [Birds.], kind: table, supplement: [Table],
)
"""


def read(header: str, rows: str) -> Table:
    pages = read_pages(typeset(TABLE.replace("HEADER", header).replace("ROWS", rows)))
    (table,) = read_tables(pages, find_captions(pages), "sample")
    return table


def spans(table: Table) -> list[tuple[str, int, int]]:
    return [(c.text, c.row, c.row_span) for c in table.cells if c.col == 0 and c.row >= table.n_header_rows]


def test_labels_of_two_and_of_four_rows_without_a_rule_between_each_name_their_own() -> None:
    rows = """
    table.cell(rowspan: 2)[Wren], [3B], [10.1], [20.1], [9B], [11.2], [21.2],
    table.cell(rowspan: 4)[Rook], [1B], [12.3], [22.3], [2B], [13.4], [23.4], [5B], [14.5], [24.5], [8B], [15.6], [25.6]
    """
    table = read("[Bird], [Size], [QuizA], [QuizB]", rows)
    assert spans(table) == [("Wren", 1, 2), ("Rook", 3, 4)]


def test_header_words_between_two_lines_of_their_neighbours_are_kept() -> None:
    rows = "[Wren], [3B], [10.1], [20.1], [Rook], [9B], [11.2], [21.2], [Kite], [5B], [12.2], [22.2]"
    table = read("[Bird], [train-\\ ing], [Quiz], [word\\ quiz]", rows)
    header = [c.text for c in table.cells if c.row < table.n_header_rows]
    assert header == ["Bird", "train- ing", "Quiz", "word quiz"]
    assert table.warnings == ()


def test_a_label_between_two_rules_names_all_rows_between_them_though_it_is_set_off_their_middle() -> None:
    off = "table.cell(rowspan: 3)[#move(dy: 5pt)[NAME]]"
    rows = f"""
    {off.replace("NAME", "Wren")}, [3B], [10.1], [20.1], [9B], [11.2], [21.2], [12B], [11.9], [21.9], table.hline(),
    {off.replace("NAME", "Rook")}, [1B], [12.3], [22.3], [2B], [13.4], [23.4], [5B], [14.5], [24.5]
    """
    assert spans(read("[Bird], [Size], [QuizA], [QuizB]", rows)) == [("Wren", 1, 3), ("Rook", 4, 3)]


def test_a_label_of_two_lines_level_with_rows_names_all_rows_between_its_rules() -> None:
    label = "table.cell(rowspan: 4)[Wren\\ (old)], "
    rows = f"""
    {label}[3B], [10.1], [20.1], [9B], [11.2], [21.2], [12B], [11.9], [21.9], [14B], [12.9], [22.9], table.hline(),
    {label}[1B], [12.3], [22.3], [2B], [13.4], [23.4], [5B], [14.5], [24.5], [6B], [15.5], [25.5]
    """
    table = read("[Bird], [Size], [QuizA], [QuizB]", rows)
    assert spans(table) == [("Wren (old)", 1, 4), ("Wren (old)", 5, 4)]


def test_rules_beside_a_label_do_not_part_the_rows_that_it_names() -> None:
    beside = "table.hline(start: 1)"
    rows = f"""
    table.cell(rowspan: 3)[Wren], [3B], [10.1], [20.1], {beside}, [9B], [11.2], [21.2], {beside}, [12B], [11.9], [21.9],
    table.hline(),
    table.cell(rowspan: 3)[Rook], [1B], [12.3], [22.3], {beside}, [2B], [13.4], [23.4], {beside}, [5B], [14.5], [24.5]
    """
    assert spans(read("[Bird], [Size], [QuizA], [QuizB]", rows)) == [("Wren", 1, 3), ("Rook", 4, 3)]


def test_labels_without_a_rule_between_stand_each_in_the_middle_of_its_rows() -> None:
    rows = """
    table.cell(rowspan: 3)[Wren], [3B], [10.1], [20.1], [9B], [11.2], [21.2], [12B], [11.9], [21.9],
    table.cell(rowspan: 3)[Rook], [1B], [12.3], [22.3], [2B], [13.4], [23.4], [5B], [14.5], [24.5],
    [Kite], [5B], [12.2], [22.2]
    """
    assert spans(read("[Bird], [Size], [QuizA], [QuizB]", rows)) == [("Wren", 1, 3), ("Rook", 4, 3), ("Kite", 7, 1)]


def test_rows_with_a_label_each_keep_them_below_a_row_without() -> None:
    rows = "[], [day], [dusk], [night], [Wren], [10.1], [20.1], [30.1], [Rook], [11.2], [21.2], [31.2]"
    assert spans(read("[Bird], [QuizA], [QuizB], [QuizC]", rows))[-2:] == [("Wren", 2, 1), ("Rook", 3, 1)]


ROWS = "[Wren], [3B], [10.1], [20.1], [Rook], [9B], [11.2], [21.2], [Kite], [5B], [12.2], [22.2]"


def heads(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.col, c.row_span, c.col_span) for c in table.cells if c.row < table.n_header_rows]


def test_words_between_a_group_header_and_its_columns_stand_over_both_rows() -> None:
    header = """
    table.cell(rowspan: 2)[Bird], table.cell(rowspan: 2)[Size], table.cell(colspan: 2)[Quizzes],
    table.hline(start: 2), [QuizA], [QuizB]
    """
    assert heads(read(header, ROWS)) == [
        ("Bird", 0, 0, 2, 1),
        ("Size", 0, 1, 2, 1),
        ("Quizzes", 0, 2, 1, 2),
        ("QuizA", 1, 2, 1, 1),
        ("QuizB", 1, 3, 1, 1),
    ]


def test_words_beside_headers_of_two_lines_stay_below_the_rule_over_them() -> None:
    header = """
    table.cell(rowspan: 2)[Bird], table.cell(colspan: 3)[Quizzes\\ of birds],
    table.hline(start: 1), [short\\ quiz], [QuizA], [word\\ quiz]
    """
    assert heads(read(header, ROWS)) == [
        ("Bird", 0, 0, 2, 1),
        ("Quizzes of birds", 0, 1, 1, 3),
        ("short quiz", 1, 1, 1, 1),
        ("QuizA", 1, 2, 1, 1),
        ("word quiz", 1, 3, 1, 1),
    ]


def test_two_rows_that_say_one_thing_twice_beside_a_label_and_a_number_for_both() -> None:
    both = "table.cell(rowspan: 2)"
    rows = f"""
    {both}[Wren], [loud song], [dawn], {both}[7], [loud song], [dusk], table.hline(),
    [Rook], [low call], [noon], [5], table.hline(),
    {both}[Kite], [high call], [dawn], {both}[9], [high call], [noon]
    """
    table = read("[Bird], [Heard], [When], [Score]", rows)
    assert [(c.row, c.col, c.row_span, c.text) for c in table.cells if c.row in (1, 2)] == [
        (1, 0, 2, "Wren"),
        (1, 1, 1, "loud song"),
        (1, 2, 1, "dawn"),
        (1, 3, 2, "7"),
        (2, 1, 1, "loud song"),
        (2, 2, 1, "dusk"),
    ]


def test_two_labels_half_way_between_two_rows_of_numbers_leave_no_empty_row() -> None:
    both = "table.cell(rowspan: 2)"
    rows = f"""
    {both}[Wren], {both}[3B], [10.1], [20.1], [11.2], [21.2], table.hline(),
    {both}[Rook], {both}[9B], [12.1], [22.1], [13.2], [23.2]
    """
    table = read("[Bird], [Size], [QuizA], [QuizB]", rows)
    assert table.n_rows == 5
    assert [(c.row, c.row_span) for c in table.cells if c.text in ("Wren", "3B", "Rook", "9B")] == [(1, 2)] * 2 + [
        (3, 2)
    ] * 2
