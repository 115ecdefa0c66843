"""Rows of text between rules that were once taken for the text of the page, or for a column a word."""

from __future__ import annotations

import pymupdf

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Table
from extractors.tables.reader import read_tables

Words = list[tuple[float, float, str]]
LEFT, RIGHT = 60.0, 360.0


def tables(words: Words, rules: list[float], walls: tuple[tuple[float, float, float], ...] = ()) -> tuple[Table, ...]:
    """The tables of a page with words at (x, base line), rules over its width and walls at (x, top, bottom), and a
    caption below the last rule."""
    document = pymupdf.open()
    page = document.new_page(width=500, height=500)
    for x, y, text in (*words, (LEFT, rules[-1] + 20, "Table 1: What birds do.")):
        page.insert_text((x, y), text, fontname="tiro", fontsize=10)
    for y in rules:
        page.draw_line((LEFT, y), (RIGHT, y), width=0.6)
    for x, top, bottom in walls:
        page.draw_line((x, top), (x, bottom), width=0.4)
    pages = read_pages(document.tobytes())
    return read_tables(pages, find_captions(pages), "sample")


def test_a_row_whose_words_run_out_beyond_the_rules_is_a_row_beside_a_wall() -> None:
    words: Words = [(64, 100, "Bird"), (130, 100, "What it does")]
    rules, walls = [90.0, 105.0], [(120.0, 92.0, 103.0)]
    for k, name in enumerate(("Wren", "Rook", "Kite")):
        y = 117.0 + 30 * k
        words += [
            (64, y, name),
            (130, y, "sings in the old wall above the river until the sun goes down behind the far hills"),
            (130, y + 12, "and then rests."),
        ]
        rules.append(y + 18)
        walls.append((120.0, y - 9, y + 15))
    (found,) = tables(words, rules, tuple(walls))
    assert [c.text for c in found.cells if c.col == 0] == ["Bird", "Wren", "Rook", "Kite"]


def test_two_columns_of_text_near_each_other_are_a_table() -> None:
    left = ("The wren sings in the old wall", "and rests when the sun is down.", "The rook calls from a high tree")
    right = (
        "In winter it looks for a warm place",
        "near houses, where men feed it.",
        "In winter it flies to the south.",
    )
    x = 64 + max(pymupdf.get_text_length(t, "tiro", 10) for t in left) + 7
    words: Words = [(64, 100, "By day"), (x, 100, "In winter")]
    for k, pair in enumerate(zip(left, right, strict=True)):
        words += [(64, 119 + 12.0 * k, pair[0]), (x, 119 + 12.0 * k, pair[1])]
    (found,) = tables(words, [90, 105, 152])
    assert [c.text for c in found.cells if c.row == 0] == ["By day", "In winter"]
    assert found.n_cols == 2


def test_a_text_whose_words_stand_apart_is_one_column() -> None:
    sentences = (
        "Does the bird sing well or not at all",
        "Say if the bird is small or large now",
        "Tell me which of the birds you like best",
    )
    words: Words = [(64, 100, "Name"), (220, 100, "Words")]
    for k, text in enumerate(sentences):
        x = 110.0
        words.append((64, 118 + 18.0 * k, f"P{k}"))
        for word in text.split():
            words.append((x, 118 + 18.0 * k, word))
            x += pymupdf.get_text_length(word, "tiro", 10) + 6.5
    (found,) = tables(words, [90, 105, 123, 141, 159], tuple((100.0, 107.0 + 18 * k, 121.0 + 18 * k) for k in range(3)))
    assert found.n_cols == 2
    assert [c.text for c in found.cells if c.col == 1] == ["Words", *sentences]
