"""Boxes `(x0, y0, x1, y1)` in points: union, area, and how two of them lie to each other."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import BBox, Word


def union(boxes: Sequence[BBox]) -> BBox:
    """The smallest box around one box or more."""
    if len(boxes) == 1:
        return boxes[0]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return (min(x0), min(y0), max(x1), max(y1))


def inside(inner: BBox, outer: BBox) -> bool:
    """Whether the middle of one box lies in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def meets(a: BBox, b: BBox) -> bool:
    """Whether two boxes share a point."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def middle_x(words: Sequence[Word]) -> float:
    """The x half-way between the left and the right edge of words."""
    return (min(w.bbox[0] for w in words) + max(w.bbox[2] for w in words)) / 2
