"""Places and ways of writing of a turned page."""

from __future__ import annotations

import pymupdf
import pytest

from extractors.document.turn import Turn


def turn(degrees: int) -> Turn:
    page = pymupdf.open().new_page(width=300, height=400)
    page.set_rotation(degrees)
    return Turn.of(page)


@pytest.mark.parametrize(
    ("degrees", "box"),
    [(0, (10, 20, 60, 40)), (90, (360, 10, 380, 60)), (180, (240, 360, 290, 380)), (270, (20, 240, 40, 290))],
)
def test_box_turns_with_the_page(degrees: int, box: tuple[float, ...]) -> None:
    assert turn(degrees).box(10, 20, 60, 40) == pytest.approx(box)


@pytest.mark.parametrize(
    ("degrees", "cosine", "sine", "way"),
    [(0, 1, 0, 0), (0, 0, -1, 270), (0, 0, 1, 90), (0, -1, 0, 180), (90, 1, 0, 90), (90, 0, -1, 0), (0, 0.9, 0.4, 0)],
)
def test_way_of_writing_turns_with_the_page(degrees: int, cosine: float, sine: float, way: int) -> None:
    assert turn(degrees).direction(cosine, sine) == way
