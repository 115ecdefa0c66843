"""Words of a page found by boxes."""

from __future__ import annotations

import pytest

from extractors.records import BBox, Word
from extractors.tables.places import Places

WORDS = [
    Word(f"{x},{y}", (float(x), float(y), x + 10.0, y + 8.0), 8.0, y + 6.0, "Times")
    for y in (300, 100, 200)
    for x in (50, 10)
]


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ((0, 90, 100, 120), ["50,100", "10,100"]),
        ((0, 90, 100, 210), ["50,100", "10,100", "50,200", "10,200"]),
        ((40, 0, 100, 1000), ["50,300", "50,100", "50,200"]),
        ((17, 105, 100, 120), ["50,100", "10,100"]),  # two points and one of slack
        ((18, 106, 100, 120), []),
        ((0, 110, 100, 190), []),
    ],
)
def test_words_whose_middle_a_box_holds_come_in_their_order(box: BBox, found: list[str]) -> None:
    assert [w.text for w in Places(WORDS).held(box)] == found


def test_no_words_hold_nothing() -> None:
    assert Places(()).numbers((0, 0, 1000, 1000)) == []
