"""The words that decide how a claim is checked (`verdict_words.yml`), compiled once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from extractors.word_lists import patterns_of

_FILE = Path(__file__).parent / "verdict_words.yml"
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NUMBER = rf"(\d+|{'|'.join(_COUNTS)})"
_OF = re.compile(rf"\b{_NUMBER}\s+(?:out\s+of|of|/)\s+(?:the\s+|all\s+)?{_NUMBER}\b(?!\s*%)", re.I)
_ON = re.compile(
    rf"\b(?:on|in|across)\s+{_NUMBER}\s+(?:\w+\s+)?(?:tasks?|benchmarks?|datasets?|data sets?|tests?|metrics?|"
    r"languages|categories|subjects)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class VerdictWords:
    average: re.Pattern[str]
    overall: re.Pattern[str]
    most: re.Pattern[str]
    some: re.Pattern[str]
    all: re.Pattern[str]
    about: re.Pattern[str]
    absolute: re.Pattern[str]
    relative: re.Pattern[str]
    rest: re.Pattern[str]
    open: re.Pattern[str]
    counting: re.Pattern[str]
    people: re.Pattern[str]
    excepting: re.Pattern[str]
    mean_header: re.Pattern[str]
    versus: re.Pattern[str]
    variant: re.Pattern[str]
    human: re.Pattern[str]
    none: re.Pattern[str]
    matching: re.Pattern[str]
    collection: re.Pattern[str]
    category: re.Pattern[str]
    plain: re.Pattern[str]
    machine: re.Pattern[str]
    effort: re.Pattern[str]
    contrast: re.Pattern[str]
    ability: re.Pattern[str]
    vague: re.Pattern[str]
    broad: re.Pattern[str]
    maths: re.Pattern[str]
    maths_ids: re.Pattern[str]
    coding: re.Pattern[str]
    coding_ids: re.Pattern[str]
    sense: re.Pattern[str]
    sense_ids: re.Pattern[str]

    def kind_of(self, name: str) -> re.Pattern[str] | None:
        """The ids of the benchmarks of the kind of tasks that a name in small letters means, or None."""
        kinds = ((self.maths, self.maths_ids), (self.coding, self.coding_ids), (self.sense, self.sense_ids))
        return next((ids for said, ids in kinds if name.islower() and said.fullmatch(name)), None)


@lru_cache(maxsize=1)
def load_verdict_words() -> VerdictWords:
    """The patterns; raises RegistryError where a list is missing or does not compile."""
    return VerdictWords(**patterns_of(_FILE, [f.name for f in fields(VerdictWords)]))


def stated_count(sentence: str) -> tuple[int, int | None] | None:
    """`4 of 6 tasks` as (4, 6), `on four tasks` as (4, None), else None."""
    if (match := _OF.search(sentence)) and _value(match[1]) <= _value(match[2]):
        return _value(match[1]), _value(match[2])
    match = _ON.search(sentence)
    return (_value(match[1]), None) if match else None


def _value(word: str) -> int:
    return _COUNTS[word.casefold()] if word.casefold() in _COUNTS else int(word)
