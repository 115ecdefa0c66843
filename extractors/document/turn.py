"""The turning of pages: from places on the page as stored to places on the page as displayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.records import BBox


@dataclass(frozen=True, slots=True)
class Turn:
    """From the coordinates of the unrotated page, in which PyMuPDF reports marks, to those of the page as displayed."""

    degrees: int
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any) -> Turn:
        if not page.rotation:
            return _UPRIGHT
        return cls(int(page.rotation), *(float(v) for v in page.rotation_matrix))

    def point(self, x: float, y: float) -> tuple[float, float]:
        if not self.degrees:
            return x, y
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        if not self.degrees:
            return (x0, y0, x1, y1)
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def direction(self, cosine: float, sine: float) -> int:
        """Way of writing in degrees, clockwise from left-to-right, to the nearest right angle."""
        if abs(cosine) >= abs(sine):
            own = 0 if cosine >= 0 else 180
        else:
            own = 90 if sine > 0 else 270
        return (own + self.degrees) % 360


_UPRIGHT = Turn(0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
