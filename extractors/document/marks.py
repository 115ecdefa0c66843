"""What is drawn on a page beside its words: straight rules, filled boxes, curves, pictures.

MuPDF lists the marks of a page in the same run as its words, each as a box with a word on how it was painted. That
costs a tenth of a run of their own (`Page.get_cdrawings`), and clips them to what is seen; but the box of a stroke is
wider by the stroke's width, which is not told. A line's own width gives that away, an outline's does not: its four
rules stand a stroke too far out, which no table was found to mind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.document.settings import PageSettings
from extractors.document.turn import Turn
from extractors.records import BBox, Fill, Rule

VECTOR = 3  # type of the blocks of a text page that are marks, PyMuPDF manual, "Block Dictionaries"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn on a page, in the order drawn; `curves` are the boxes of paths with curves or slanted lines."""

    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    curves: tuple[BBox, ...] = ()


def read_marks(blocks: Sequence[Any], turn: Turn, settings: PageSettings) -> Marks:
    """The marks of a page, from the blocks of its text page."""
    vectors = [b for b in blocks if b["type"] == VECTOR and b["alpha"]]
    if len(vectors) > settings.max_drawings:
        return Marks()
    rules: list[Rule] = []
    fills: list[Fill] = []
    curves: list[BBox] = []
    for vector in vectors:
        x0, y0, x1, y1 = box = vector["bbox"]
        thin = min(x1 - x0, y1 - y0)
        if vector["stroked"] and vector["isrect"] and thin <= 2 * settings.rule_thickness:
            half = thin / 2  # the stroke's width, by which its box is wider on each side
            inner = (x0 + half, y0 + half, x1 - half, y1 - half)
            rules.extend(_rule(turn.box(*inner), half, settings))
        elif vector["stroked"] and vector["isrect"]:
            rules.extend(_box_rules(turn.box(*box), 0.0, False, True, settings))
        elif vector["isrect"]:
            box = turn.box(*box)
            if thin > settings.rule_thickness:
                fills.append(Fill(bbox=box, color=vector["color"]))
            else:
                rules.extend(_rule(box, 0.0, settings))
        else:
            curves.append(turn.box(*box))
    return Marks(tuple(rules), tuple(fills), tuple(curves))


def read_images(textpage: Any, turn: Turn) -> tuple[BBox, ...]:
    """The boxes of pictures of pixels, from a text page that holds them."""
    return tuple(turn.box(*info["bbox"]) for info in textpage.extractIMGINFO())


def _rule(box: BBox, width: float, settings: PageSettings) -> Iterator[Rule]:
    """The rule that runs along a thin box, through its middle; nothing where the box is no axis-parallel stroke."""
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if high <= settings.rule_thickness and wide >= settings.rule_length and wide > high:
        y = (y0 + y1) / 2
        yield Rule(x0, y, x1, y, max(width, high))
    elif wide <= settings.rule_thickness and high >= settings.rule_length:
        x = (x0 + x1) / 2
        yield Rule(x, y0, x, y1, max(width, wide))


def _box_rules(box: BBox, width: float, filled: bool, stroked: bool, settings: PageSettings) -> Iterator[Rule]:
    """A thin box is one rule, a stroked larger one is four."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= settings.rule_thickness:
        if filled or stroked:
            yield from _rule(box, width, settings)
    elif stroked:
        for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            yield from _rule(side, width, settings)
