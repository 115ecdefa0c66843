"""Columns that stand close to each other, headers of numbers, labels amid rows: what each broke is in its name."""

from __future__ import annotations

import pymupdf

from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

Row = tuple[float, list[tuple[float, str]]]


def table(rows: list[Row], rules: list[float], cmidrules: tuple[tuple[float, float, float], ...] = ()) -> Table:
    """The one table of a page on which words stand at given places: rows of (base line, [(x, words)])."""
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for y, cells in rows:
        for x, text in cells:
            page.insert_text((x, y), text, fontname="tiro", fontsize=10)
    for y in rules:
        page.draw_line((60, y), (360, y), width=0.6)
    for x0, y, x1 in cmidrules:
        page.draw_line((x0, y), (x1, y), width=0.3)
    (found,) = read_tables(read_pages(document.tobytes()), (), "sample")
    return found


def texts(found: Table, row: int) -> list[str]:
    return [c.text for c in found.cells if c.row == row]


def test_two_scores_nearer_than_the_usual_gap_stand_in_two_columns() -> None:
    rows: list[Row] = [(100, [(62, "Bird"), (150, "20"), (172, "50"), (250, "100")])]
    for k, name in enumerate(("Wren", "Rook", "Heron and swan")):
        rows.append((118 + 12 * k, [(62, name), (150, "0.28"), (171, "0.53"), (250, "0.91")]))
    found = table(rows, [90, 104, 148])
    assert [texts(found, r) for r in (0, 1)] == [["Bird", "20", "50", "100"], ["Wren", "0.28", "0.53", "0.91"]]


def test_whole_numbers_over_an_empty_stub_are_a_second_header_row() -> None:
    rows: list[Row] = [
        (100, [(170, "Speed"), (290, "Span")]),
        (114, [(150, "20"), (200, "50"), (270, "20"), (320, "50")]),
        (132, [(62, "Wren"), (150, "0.41"), (200, "0.53"), (270, "0.6"), (320, "0.7")]),
        (144, [(62, "Rook"), (150, "0.28"), (200, "0.33"), (270, "0.4"), (320, "0.5")]),
    ]
    found = table(rows, [90, 118, 150], ((148, 104, 220), (268, 104, 340)))
    assert found.n_header_rows == 2
    assert [(c.text, c.col, c.col_span) for c in found.cells if c.row == 0] == [("Speed", 1, 2), ("Span", 3, 2)]


def test_ticks_and_crosses_are_data_and_name_no_rows() -> None:
    rows: list[Row] = [(100, [(62, "Bird"), (150, "Wing"), (200, "Beak"), (250, "Score")])]
    for k, (name, a, b) in enumerate((("Wren", "x", "-"), ("Rook", "-", "x"), ("Heron", "x", "x"))):
        rows.append((118 + 12 * k, [(62, name), (155, a), (205, b), (250, f"4{k}.5")]))
    found = table([(y, [(x, t.replace("x", "×")) for x, t in cells]) for y, cells in rows], [90, 104, 148])
    assert found.n_header_cols == 1
    assert all(c.row_span == 1 for c in found.cells)


def test_a_label_of_two_lines_amid_three_rows_stands_over_them() -> None:
    rows: list[Row] = [(100, [(62, "Part"), (130, "What"), (200, "Wren"), (280, "Rook")])]
    for start, (upper, lower) in ((118, ("Wing", "(cm)")), (160, ("Flight", "time (s)"))):
        for k, what in enumerate(("least", "mean", "most")):
            rows.append((start + 14 * k, [(130, what), (200, f"{k}.1 s"), (280, f"{k}.7 s")]))
        rows += [(start + 7, [(62, upper)]), (start + 21, [(62, lower)])]
    found = table(sorted(rows), [90, 104, 151, 194])
    assert [(c.text, c.row, c.row_span) for c in found.cells if c.col == 0] == [
        ("Part", 0, 1),
        ("Wing (cm)", 1, 3),
        ("Flight time (s)", 4, 3),
    ]


def test_a_header_of_two_lines_over_two_columns_is_one_row() -> None:
    rows: list[Row] = [
        (100, [(150, "Small and quick"), (268, "Large and slow")]),
        (112, [(162, "field birds"), (276, "water birds")]),
        (128, [(150, "Wren"), (200, "Rook"), (270, "Heron"), (320, "Swan")]),
        (146, [(62, "Speed"), (150, "4.1"), (200, "5.3"), (270, "6.5"), (320, "7.2")]),
        (158, [(62, "Span"), (150, "2.8"), (200, "3.3"), (270, "4.2"), (320, "5.1")]),
    ]
    found = table(rows, [90, 132, 164])
    assert texts(found, 0) == ["Small and quick field birds", "Large and slow water birds"]


def test_numbers_each_in_the_middle_of_a_block_stand_over_its_rows() -> None:
    rows: list[Row] = [(100, [(62, "Bird"), (130, "Eggs"), (200, "Speed"), (280, "Span")])]
    for block, eggs in enumerate(("6", "4")):
        for k in range(3):
            cells = [(62.0, f"Kind {block}{k}"), (200.0, f"1{k}.5"), (280.0, f"2{block}.5")]
            rows.append((118 + 44 * block + 12 * k, [*cells[:1], *([(136.0, eggs)] if k == 1 else []), *cells[1:]]))
    found = table(rows, [90, 104, 149, 194])
    assert [(c.text, c.row, c.row_span) for c in found.cells if c.col == 1] == [
        ("Eggs", 0, 1),
        ("6", 1, 3),
        ("4", 4, 3),
    ]


def test_headers_over_one_long_rule_share_its_columns() -> None:
    rows: list[Row] = [
        (100, [(62, "Bird"), (172, "Speed"), (298, "Span")]),
        (114, [(130, "A"), (180, "B"), (230, "C"), (280, "D"), (330, "E")]),
        (132, [(62, "Wren"), (128, "4.1"), (178, "5.3"), (228, "6.5"), (278, "7.2"), (328, "7.7")]),
        (144, [(62, "Rook"), (128, "2.8"), (178, "3.3"), (228, "4.2"), (278, "5.1"), (328, "5.9")]),
    ]
    found = table(rows, [90, 118, 150], ((125, 104, 345),))
    assert [(c.text, c.col, c.col_span) for c in found.cells if c.row == 0][1:] == [("Speed", 1, 3), ("Span", 4, 2)]


def centred(words: list[str], middles: list[float]) -> list[tuple[float, str]]:
    """Words by their middles on one line."""
    return [(m - pymupdf.get_text_length(w, "tiro", 10) / 2, w) for w, m in zip(words, middles, strict=True)]


def test_long_headers_near_each_other_stand_each_over_its_column() -> None:
    heads, middles = ["Conversation", "Summarization", "Generally"], [170.0, 233.0, 287.0]
    rows: list[Row] = [(100, [(62, "Bird"), *centred(heads, middles)])]
    for k, name in enumerate(("Wren", "Rook")):
        rows.append((118 + 12 * k, [(62, name), *centred([f"{k}1.5", f"{k}2.5", f"{k}3.5"], middles)]))
    found = table(rows, [90, 104, 136])
    assert texts(found, 0) == ["Bird", *heads]


def test_a_header_of_several_words_over_several_columns_stays_whole() -> None:
    middles = [170.0, 200.0, 230.0]
    rows: list[Row] = [(100, [(62, "Bird"), *centred(["Speed in the air"], [200.0])])]
    for k, name in enumerate(("Wren", "Rook")):
        rows.append((118 + 12 * k, [(62, name), *centred([f"{k}1.5", f"{k}2.5", f"{k}3.5"], middles)]))
    assert texts(table(rows, [90, 104, 136]), 0) == ["Bird", "Speed in the air"]


def test_a_long_label_that_nearly_meets_its_number_does_not_swallow_it() -> None:
    rows: list[Row] = [(100, [(62, "Bird"), (116, "Calls"), (180, "Eggs")])]
    for k, name in enumerate(("Wren", "Rook", "in the winter")):  # ends 4 points before its number
        rows.append((118 + 12 * k, [(62, name), (116, f"1{k}.5"), (180, f"2{k}.5")]))
    assert texts(table(rows, [90, 104, 148]), 3) == ["in the winter", "12.5", "22.5"]


def test_two_columns_of_names_of_which_one_label_nearly_meets_the_next() -> None:
    rows: list[Row] = [(100, [(100, "Place"), (150, "Calls"), (200, "Eggs")])]
    places = ("north", "south", "coast", "river")
    for k, place in enumerate(places):
        rows.append((118 + 12 * k, [(100, place), (152, f"1{k}.5"), (202, f"2{k}.5")]))
    rows[1][1].insert(0, (62, "Nightjar"))  # 3.5 points before the place
    found = table(rows, [90, 104, 160])
    assert texts(found, 0) == ["Place", "Calls", "Eggs"]
    assert texts(found, 1) == ["Nightjar", "north", "10.5", "20.5"]


def test_the_title_of_rows_in_the_middle_does_not_widen_the_column_below_it() -> None:
    heads, middles = ["Conversation", "Summarization", "Generalization"], [170.0, 233.0, 297.0]
    rows: list[Row] = [(100, [(62, "Bird"), *centred(heads, middles)]), (118, centred(["Birds of day"], [195.0]))]
    for k, name in enumerate(("Wren", "Rook")):
        rows.append((136 + 12 * k, [(62, name), *centred([f"{k}1.5", f"{k}2.5", f"{k}3.5"], middles)]))
    found = table(rows, [90, 104, 124, 154])
    assert texts(found, 0) == ["Bird", *heads]
    assert texts(found, 1) == ["Birds of day"]


def test_times_and_stores_are_data_and_name_no_rows() -> None:
    rows: list[Row] = [(100, [(62, "Bird"), (150, "Time"), (200, "Store"), (250, "Score")])]
    for k, name in enumerate(("Wren", "Rook", "Heron")):
        rows.append((118 + 12 * k, [(62, name), (150, f"57{k}ms"), (200, f"1{k} GB"), (250, f"4{k}.5")]))
    assert table(rows, [90, 104, 148]).n_header_cols == 1
