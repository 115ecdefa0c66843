"""Numbers of a cell: score, spread, and the second score of `59.7 / 41.8`. What is counted in billions, shots or
seconds is no score."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)"
_LEAD = r"^[^\w+\-.$€#]*"
_SCORE = re.compile(rf"{_LEAD}({_NUMBER})")
_SPREAD = re.compile(rf"{_LEAD}{_NUMBER}\s*%?\s*(?:±|\+/-|\\pm)\s*({_NUMBER})")
_PAIR = re.compile(rf"{_LEAD}{_NUMBER}\s*%?\s*[/|]\s*({_NUMBER})\s*%?[^\d/]*$")
# what follows a number that is a size, a count, a time, a factor, a date, a range of layers or a number of examples
_NO_SCORE = re.compile(
    r"\s*(?:[BMKGT]B?\b|k\b|[x×](?!\w)|[x×]\d|[-–\s]?shots?\b|(?:m?s|secs?|seconds?|h|hrs?|hours?|mins?|minutes?|days?|"
    r"tokens?|layers?|samples?|epochs?|steps?|examples?|turns?|points? scale)\b|[a-z]?-\d\d-|[A-Za-z]{4,})"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A score as printed (`1,234.5` is 1234.5; a percent sign changes nothing)."""

    score: float
    spread: float | None
    has_percent: bool


@lru_cache(maxsize=65536)
def read_numbers(text: str) -> tuple[Number, ...]:
    """The scores of a cell: none, one, or the two of a pair. `-`, `N/A`, `OOM`, `7B`, `5-shot` and `#1` hold none."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").strip()
    first = _SCORE.match(plain)
    if first is None or _NO_SCORE.match(plain, first.end()):
        return ()
    spread = _SPREAD.match(plain)
    percent = "%" in plain
    out = [Number(_value(first[1]), _value(spread[1]) if spread else None, percent)]
    if pair := _PAIR.match(plain):
        out.append(Number(_value(pair[1]), None, percent))
    return tuple(out)


def _value(text: str) -> float:
    return float(text.replace(",", ""))
