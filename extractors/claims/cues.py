"""Cues of patterns found in a parsed sentence: rows of tokens, each a regular expression on the lower-cased token.

A token after `~` may be missing, `*` stands for any number of adverbs. spaCy's Matcher does the same, but asks every
token for every pattern; here a cue is tried only where its first token can stand, which is looked up by the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

_ADVERBS = ("RB", "RBR", "RBS")


@dataclass(frozen=True, slots=True)
class _Part:
    """One token of a cue; no pattern stands for adverbs."""

    pattern: re.Pattern[str] | None
    optional: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    name: str
    parts: tuple[_Part, ...]


class Cues:
    """The cues of all patterns, by the words with which they begin."""

    def __init__(self, cues: Iterable[tuple[str, str]]) -> None:
        self._cues = tuple(_Cue(name, _parts(cue)) for name, cue in cues)
        self._starting = lru_cache(maxsize=20_000)(self._begin_with)

    def find(self, doc: Doc) -> list[tuple[str, int, int]]:
        """Name of the pattern, first token, token after the last. Of two that overlap in one pattern the longer."""
        found: dict[str, list[tuple[int, int]]] = {}
        for token in doc:
            for cue in self._starting(token.lower_):
                ends = list(_ends(doc, token.i, cue.parts))
                if ends:
                    found.setdefault(cue.name, []).append((token.i, max(ends)))
        return [(name, start, end) for name, spans in found.items() for start, end in _longest(spans)]

    def _begin_with(self, word: str) -> tuple[_Cue, ...]:
        return tuple(cue for cue in self._cues if _may_begin(cue.parts, word))


def _parts(cue: str) -> tuple[_Part, ...]:
    return tuple(
        _Part(None, True) if p == "*" else _Part(re.compile(p.removeprefix("~")), p.startswith("~"))
        for p in cue.split()
    )


def _may_begin(parts: tuple[_Part, ...], word: str) -> bool:
    for part in parts:
        if part.pattern is None or part.pattern.fullmatch(word):
            return True
        if not part.optional:
            return False
    return False


def _ends(doc: Doc, at: int, parts: tuple[_Part, ...]) -> Iterator[int]:
    """Where a cue that begins at a token may end."""
    if not parts:
        yield at
        return
    part, rest = parts[0], parts[1:]
    if part.optional:
        yield from _ends(doc, at, rest)
    if at >= len(doc):
        return
    if part.pattern is None:
        if doc[at].tag_ in _ADVERBS:
            yield from _ends(doc, at + 1, parts)
    elif part.pattern.fullmatch(doc[at].lower_):
        yield from _ends(doc, at + 1, rest)


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if not any(start < e and s < end for s, e in kept):
            kept.append((start, end))
    return sorted(kept)
