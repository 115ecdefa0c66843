"""Limits and thresholds of the page reader, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSettings:
    """Limits and thresholds of the page reader."""

    max_bytes: int = 200_000_000  # larger files are scans or bombs: the largest real paper seen has 60 MB
    max_pages: int = 500  # theses end below; a page costs about 10 ms
    max_drawings: int = 20_000  # a page with more paths is a plot; its rules tell nothing of tables
    rule_thickness: float = 2.0  # points; a filled box thinner than this is a rule (booktabs' heaviest has 1.2)
    rule_length: float = 3.0  # points; shorter strokes are parts of glyphs and tick marks
    script_size: float = 0.85  # share of the line's type size below which raised or lowered type is a script
    script_shift: float = 0.08  # share of the type size by which a script's base line is off the line's

    def __post_init__(self) -> None:
        if not (0 < self.script_size < 1 and self.rule_thickness > 0 and self.max_pages > 0):
            raise ValueError("PageSettings: script_size in (0, 1), rule_thickness and max_pages above 0")


DEFAULT_SETTINGS = PageSettings()
