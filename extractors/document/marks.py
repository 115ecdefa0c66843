"""What is drawn on a page beside its words: straight rules, filled boxes, curves, pictures.

MuPDF lists the marks of a page in the same run as its words, each as a box with a word on how it was painted. That
costs a tenth of a run of their own (`Page.get_cdrawings`), and clips them to what is seen; but the box of a stroke is
wider by the stroke's width, which is not told. A line's own width gives that away, an outline's does not: pages with
outlines are run once more for their paths.
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


def read_marks(page: Any, blocks: Sequence[Any], turn: Turn, settings: PageSettings) -> Marks:
    """The marks of a page, from the blocks of its text page, or from its paths where blocks do not tell enough."""
    vectors = [b for b in blocks if b["type"] == VECTOR and b["alpha"]]
    if len(vectors) > settings.max_drawings:
        return Marks()
    if len(vectors) <= settings.max_outlined and any(_is_outline(v, settings) for v in vectors):
        return _from_paths(page.get_cdrawings(), turn, settings)
    return _from_vectors(vectors, turn, settings)


def _is_outline(vector: Any, settings: PageSettings) -> bool:
    """Whether a mark is a stroked box, or a stroke too wide to tell."""
    x0, y0, x1, y1 = vector["bbox"]
    thick = 2 * settings.rule_thickness
    return bool(vector["stroked"] and vector["isrect"] and y1 - y0 > thick and x1 - x0 > thick)


def _from_vectors(vectors: Sequence[Any], turn: Turn, settings: PageSettings) -> Marks:
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


def _from_paths(paths: Sequence[Any], turn: Turn, settings: PageSettings) -> Marks:
    rules: list[Rule] = []
    fills: list[Fill] = []
    curves: list[BBox] = []
    for path in paths:
        filled = path.get("fill") is not None and "f" in path["type"]
        width = float(path.get("width") or 0.0)
        if any(item[0] == "c" or (item[0] == "l" and _is_slanted(item[1], item[2])) for item in path["items"]):
            curves.append(turn.box(*path["rect"]))
        for item in path["items"]:
            if item[0] == "l" and "s" in path["type"]:
                rules.extend(_rule(turn.box(*_ordered(item[1], item[2])), width, settings))
            elif item[0] in ("re", "qu"):
                box = turn.box(*(item[1] if item[0] == "re" else _hull(item[1])))
                rules.extend(_box_rules(box, width, filled, "s" in path["type"], settings))
                if filled and min(box[2] - box[0], box[3] - box[1]) > settings.rule_thickness:
                    fills.append(Fill(bbox=box, color=_rgb(path["fill"])))
    return Marks(tuple(rules), tuple(fills), tuple(curves))


def _is_slanted(p: Sequence[float], q: Sequence[float]) -> bool:
    return abs(p[0] - q[0]) > 1 and abs(p[1] - q[1]) > 1  # less is the slack of a line drawn by hand or by rounding


def read_images(page: Any, turn: Turn) -> tuple[BBox, ...]:
    """The boxes of pictures of pixels. The page is run for them only where its resources name one: that costs as much
    as reading its words."""
    if not page.get_images():
        return ()
    return tuple(turn.box(*info["bbox"]) for info in page.get_image_info())


def _ordered(p: Sequence[float], q: Sequence[float]) -> BBox:
    return (min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1]))


def _hull(quad: Sequence[Sequence[float]]) -> BBox:
    xs, ys = [p[0] for p in quad], [p[1] for p in quad]
    return (min(xs), min(ys), max(xs), max(ys))


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


def _rgb(color: Sequence[float]) -> int:
    """0xRRGGBB of a colour of one (grey) or three components from 0 to 1; other colour spaces count as grey."""
    parts = list(color) if len(color) == 3 else [color[0]] * 3
    red, green, blue = (round(max(0.0, min(1.0, float(v))) * 255) for v in parts)
    return (red << 16) | (green << 8) | blue
