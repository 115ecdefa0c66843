"""How a model was asked, by the words of settings, names and captions: number of shots, way of prompting."""

from __future__ import annotations

import re
from functools import lru_cache

_SHOTS = re.compile(r"\b(\d+)[- ]?shots?\b", re.I)
_NAMED_SHOTS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "eight": 8, "ten": 10}
_WORD_SHOTS = re.compile(rf"\b({'|'.join(_NAMED_SHOTS)})[- ]?shot\b", re.I)
_PROMPTING = re.compile(r"\b(CoT|chain[- ]of[- ]thought|PoT|ToT|self-consistency|maj@\d+|greedy)\b", re.I)


def prompting(*texts: str | None) -> str | None:
    """The first way of prompting that the texts name, as printed."""
    return next((found for t in texts if t and (found := _prompting_in(t))), None)


def shots(*texts: str | None) -> int | None:
    """The number of examples that the first text which tells one gives."""
    return next((found for t in texts if t and (found := _shots_in(t)) is not None), None)


@lru_cache(maxsize=4096)
def _prompting_in(text: str) -> str | None:
    match = _PROMPTING.search(text)
    return match[1] if match else None


@lru_cache(maxsize=4096)
def _shots_in(text: str) -> int | None:
    if match := _SHOTS.search(text):
        return int(match[1])
    match = _WORD_SHOTS.search(text)
    return _NAMED_SHOTS[match[1].casefold()] if match else None
