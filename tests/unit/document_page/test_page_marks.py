"""Rules, filled boxes, curves and pictures of a page, from the blocks of its text page."""

from __future__ import annotations

from collections.abc import Callable

import pymupdf
import pytest

from extractors.document.page import read_pages
from extractors.document.settings import PageSettings
from extractors.records import Page

Draw = Callable[[pymupdf.Page], object]
BOX = (50, 130, 200, 160)


def drawn(*marks: Draw, rotation: int = 0, settings: PageSettings | None = None) -> Page:
    document = pymupdf.open()
    page = document.new_page(width=300, height=400)
    page.insert_text((50, 100), "plain words", fontname="tiro")
    for mark in marks:
        mark(page)
    page.set_rotation(rotation)
    (read,) = read_pages(document.tobytes(), settings or PageSettings())
    return read


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.8) -> Draw:
    return lambda page: page.draw_line((x0, y0), (x1, y1), width=width)


def box(x0: float, y0: float, x1: float, y1: float, **paint: object) -> Draw:
    return lambda page: page.draw_rect((x0, y0, x1, y1), **paint)


def picture(x0: float, y0: float, x1: float, y1: float) -> Draw:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 4, 4), False)
    return lambda page: page.insert_image((x0, y0, x1, y1), pixmap=pixels, keep_proportion=False)


@pytest.mark.parametrize("width", [0.3, 0.8, 1.9])
@pytest.mark.parametrize("ends", [(50, 130, 200, 130), (50, 130, 50, 230)])
def test_stroke_is_a_rule_with_its_ends_and_width(ends: tuple[float, ...], width: float) -> None:
    (rule,) = drawn(line(*ends, width=width)).rules
    assert (rule.x0, rule.y0, rule.x1, rule.y1) == pytest.approx(ends, abs=0.01)
    assert rule.width == pytest.approx(width, abs=0.01)


def test_thin_filled_box_is_a_rule_along_its_middle() -> None:
    page = drawn(box(50, 130, 200, 131, fill=(0, 0, 0), color=None))
    (rule,) = page.rules
    assert (rule.x0, rule.y0, rule.x1, rule.width) == pytest.approx((50, 130.5, 200, 1), abs=0.01)
    assert not page.fills


def test_filled_box_is_a_fill_with_its_colour() -> None:
    page = drawn(box(*BOX, fill=(1, 0, 0.2), color=None))
    (fill,) = page.fills
    assert fill.bbox == pytest.approx(BOX, abs=0.01)
    assert fill.color == 0xFF0033
    assert not page.rules


@pytest.mark.parametrize("width", [0.4, 1.5])
def test_outline_is_four_rules_within_a_stroke_of_its_places(width: float) -> None:
    rules = drawn(box(*BOX, color=(0, 0, 0), width=width)).rules
    level = sorted(r.y0 for r in rules if r.is_horizontal)
    upright = sorted(r.x0 for r in rules if not r.is_horizontal)
    assert (level, upright) == (
        pytest.approx([130, 160], abs=width + 0.01),
        pytest.approx([50, 200], abs=width + 0.01),
    )


def test_curve_and_slanted_line_are_no_rules() -> None:
    page = drawn(lambda p: p.draw_circle((100, 200), 20), line(50, 300, 200, 350))
    assert not page.rules
    assert len(page.curves) == 2


def test_marks_do_not_part_the_words_that_they_are_drawn_amid() -> None:
    def underlined(page: pymupdf.Page) -> None:
        page.insert_text((50, 200), "one ", fontname="tiro")
        page.draw_line((50, 202), (70, 202))
        page.insert_text((72, 200), "two", fontname="tiro")

    assert "one two" in [one.text for one in drawn(underlined).lines]


def test_marks_of_a_turned_page_stand_where_they_are_displayed() -> None:
    page = drawn(line(50, 130, 200, 130), box(100, 200, 150, 260, fill=(0, 0, 1), color=None), rotation=90)
    (rule,) = page.rules
    assert (rule.x0, rule.y0, rule.y1) == pytest.approx((270, 50, 200), abs=0.01)
    assert page.fills[0].bbox == pytest.approx((140, 100, 200, 150), abs=0.01)


def test_page_with_more_marks_than_allowed_has_none() -> None:
    page = drawn(line(50, 130, 200, 130), line(50, 150, 200, 150), settings=PageSettings(max_drawings=1))
    assert (page.rules, page.fills, page.curves) == ((), (), ())


@pytest.mark.parametrize(("rotation", "place"), [(0, (50, 200, 150, 260)), (90, (140, 50, 200, 150))])
def test_picture_has_the_place_where_it_is_displayed(rotation: int, place: tuple[float, ...]) -> None:
    (found,) = drawn(picture(50, 200, 150, 260), rotation=rotation).images
    assert found == pytest.approx(place, abs=0.5)


def test_page_without_pictures_has_none() -> None:
    assert drawn().images == ()
