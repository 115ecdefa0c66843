"""The reader's checks of its own grid: each has a grid that passes and one in which it speaks."""

from __future__ import annotations

from extractors.records import Cell, Word
from extractors.tables.checks import self_check
from extractors.tables.settings import DEFAULT_SETTINGS


def cell(
    row: int, col: int, text: str, x: float | None = None, *, down: int = 1, across: int = 1, header: bool = False
) -> Cell:
    left = 50.0 + 80 * col if x is None else x
    box = (left, 100.0 + 12 * row, left + 5.0 * len(text), 110.0 + 12 * row)
    return Cell(row, col, down, across, text, header, False, False, box)


def words_of(cells: list[Cell]) -> list[Word]:
    return [Word(t, c.bbox, 10.0, c.bbox[3] - 2, "Times") for c in cells for t in c.text.split()]


def birds() -> list[Cell]:
    rows = [("Wren", "12.5", "3"), ("Rook", "40.0", "4"), ("Heron", "35.2", "4"), ("Swan", "50.1", "6")]
    head = [cell(0, c, t, header=True) for c, t in enumerate(("Bird", "Speed", "Eggs"))]
    return [*head, *(cell(r, c, t, header=c == 0) for r, row in enumerate(rows, 1) for c, t in enumerate(row))]


def findings(cells: list[Cell], words: list[Word] | None = None) -> tuple[str, ...]:
    return self_check(cells, words_of(cells) if words is None else words, DEFAULT_SETTINGS)


def test_a_sound_grid_has_no_findings() -> None:
    assert findings(birds()) == ()


def test_two_cells_on_one_place() -> None:
    cells = [*birds()[:-3], cell(3, 0, "Owl", down=2, header=True), *birds()[-3:]]
    assert findings(cells) == ("overlapping cells: 2 places of the grid are taken twice",)


def test_a_word_in_no_cell() -> None:
    assert findings(birds()[:-1], words_of(birds())) == ("1 characters of the region stand in no cell",)


def test_a_word_in_two_cells() -> None:
    cells = birds()
    cells[3] = cell(1, 0, "Wren Wren", header=True)
    assert findings(cells, words_of(birds())) == ("4 characters stand in more cells than one",)


def test_two_scores_in_one_cell_of_a_column_of_scores() -> None:
    cells = birds()
    cells[4] = cell(1, 1, "12.5 13.0")
    assert findings(cells) == ("two numbers in one cell of column 2",)


def test_a_score_with_its_spread_is_one_number() -> None:
    cells = [c if c.col != 1 or c.row == 0 else cell(c.row, 1, f"{c.text} ± 0.5") for c in birds()]
    assert findings(cells) == ()


def test_numbers_that_keep_to_no_line() -> None:
    places = {1: 130.0, 2: 145.0, 3: 162.0, 4: 178.0}
    cells = [cell(c.row, 1, c.text, places[c.row]) if c.col == 1 and c.row else c for c in birds()]
    assert findings(cells) == ("the numbers of column 2 keep to no line",)


def test_numbers_of_unequal_length_aligned_at_their_points_keep_to_a_line() -> None:
    texts = {1: "1.25", 2: "140.0", 3: "35.25", 4: "1250.125"}
    cells = [
        cell(c.row, 1, texts[c.row], 160.0 - 5 * texts[c.row].index(".")) if c.col == 1 and c.row else c
        for c in birds()
    ]
    assert findings(cells) == ()


def test_many_scores_in_the_cells_of_a_column() -> None:
    cells = [c if c.is_header or c.col != 1 else cell(c.row, 1, "1.1 2.2 3.3 4.4") for c in birds()]
    assert "several numbers in one cell" in findings(cells)


def test_a_header_of_several_words_over_all_columns_without_headers_below() -> None:
    cells = [cell(0, 0, "Bird Speed Eggs", across=3, header=True), *birds()[3:]]
    assert findings(cells) == ("a header of several words stands over several columns and has none below it",)


def test_a_score_in_the_cell_of_its_label() -> None:
    cells = [c for c in birds() if c.row != 2]
    cells += [cell(2, 0, "Rook in winter 40.0", across=2, header=True), cell(2, 2, "4")]
    assert findings(cells) == ("a label and a number in one cell",)


def test_lines_of_cells_that_were_read_as_rows() -> None:
    texts = ["small birds of the for-", "est and the gar-", "den", "large ones"]
    cells = [cell(0, 0, "Bird"), cell(0, 1, "Note"), *(cell(r, 1, t) for r, t in enumerate(texts, 1))]
    assert findings(cells) == ("words are parted between rows in 2 places",)


def test_rows_of_text_over_all_columns() -> None:
    cells = [cell(0, 0, "Bird"), cell(0, 1, "Note"), *(cell(r, 0, f"Line {r}", across=2) for r in range(1, 6))]
    assert findings(cells) == ("5 of 5 rows are one cell over all columns",)


def test_a_sentence_cut_at_its_spaces() -> None:
    rows = ["they fly far over the old wall", "they come back in the same spring"]
    cells = [cell(r, c, t) for r, row in enumerate(rows) for c, t in enumerate(row.split())]
    assert findings(cells) == ("most cells hold one small word",)


def test_a_box_of_text() -> None:
    assert findings([cell(r, 0, f"Line {r} of the text") for r in range(4)]) == ("lines of text in one column",)
