"""How a model was asked, by the words of settings, names and captions: number of shots, way of prompting."""

from __future__ import annotations

import re
from functools import lru_cache

_SHOTS = re.compile(r"\b(\d+)[- ]?shots?\b", re.I)
_WORD_SHOTS = re.compile(r"\b(zero|one)[- ]?shot\b", re.I)
_NAMED_SHOTS = {"zero": 0, "one": 1}
_PROMPTING = re.compile(r"\b(CoT|chain[- ]of[- ]thought|PoT|ToT|self-consistency|maj@\d+|greedy)\b", re.I)


@lru_cache(maxsize=4096)
def prompting(*texts: str | None) -> str | None:
    """The first way of prompting that the texts name, as printed."""
    return next((m[1] for t in texts if t and (m := _PROMPTING.search(t))), None)


@lru_cache(maxsize=4096)
def shots(*texts: str | None) -> int | None:
    """The number of examples that the first text which tells one gives."""
    for text in texts:
        if match := _SHOTS.search(text or ""):
            return int(match[1])
        if match := _WORD_SHOTS.search(text or ""):
            return _NAMED_SHOTS[match[1].casefold()]
    return None
