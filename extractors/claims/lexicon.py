"""The words of `lexicon.yml`, compiled once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from extractors.word_lists import patterns_of

_FILE = Path(__file__).parent / "lexicon.yml"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One pattern for each list; they match whole words without regard to case."""

    good_adjectives: re.Pattern[str]
    bad_adjectives: re.Pattern[str]
    good_dimensions: re.Pattern[str]
    bad_dimensions: re.Pattern[str]
    other_dimensions: re.Pattern[str]
    systems: re.Pattern[str]
    humans: re.Pattern[str]
    negations: re.Pattern[str]
    hedges: re.Pattern[str]
    wishes: re.Pattern[str]
    judges: re.Pattern[str]
    exceptions: re.Pattern[str]
    outputs: re.Pattern[str]
    succeeding: re.Pattern[str]
    failing: re.Pattern[str]
    achieving: re.Pattern[str]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Raises RegistryError where a list is missing or a pattern does not compile."""
    return Lexicon(**patterns_of(_FILE, [f.name for f in fields(Lexicon)], inner=r"\w-"))
