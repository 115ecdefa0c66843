"""The reader's checks of its own grid: each has a grid that passes and one in which it speaks."""

from __future__ import annotations

from extractors.records import Cell, Word
from extractors.tables.checks import self_check
from extractors.tables.settings import DEFAULT_SETTINGS


def cell(row: int, col: int, text: str, x: float | None = None, *, down: int = 1, header: bool = False) -> Cell:
    left = 50.0 + 80 * col if x is None else x
    box = (left, 100.0 + 12 * row, left + 5.0 * len(text), 110.0 + 12 * row)
    return Cell(row, col, down, 1, text, header, False, False, box)


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
