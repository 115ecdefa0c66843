"""Numbers of a cell: score, spread, and the second score of `59.7 / 41.8`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)"
_SCORE = re.compile(rf"^[^\w+\-.]*({_NUMBER})")
_SPREAD = re.compile(rf"^[^\w+\-.]*{_NUMBER}\s*%?\s*(?:±|\+/-|\\pm)\s*({_NUMBER})")
_PAIR = re.compile(rf"^[^\w+\-.]*{_NUMBER}\s*%?\s*[/|]\s*({_NUMBER})\s*%?[^\d/]*$")


@dataclass(frozen=True, slots=True)
class Number:
    """A score as printed (`1,234.5` is 1234.5; a percent sign changes nothing)."""

    score: float
    spread: float | None
    has_percent: bool


def read_numbers(text: str) -> tuple[Number, ...]:
    """The scores of a cell: none, one, or the two of a pair. `-`, `N/A` and words hold none."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").strip()
    first = _SCORE.match(plain)
    if first is None:
        return ()
    spread = _SPREAD.match(plain)
    percent = "%" in plain
    out = [Number(_value(first[1]), _value(spread[1]) if spread else None, percent)]
    if pair := _PAIR.match(plain):
        out.append(Number(_value(pair[1]), None, percent))
    return tuple(out)


def _value(text: str) -> float:
    return float(text.replace(",", ""))
