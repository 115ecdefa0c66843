"""Weeks: the unit of storage. A week has the name of its Monday; the first is that of ChatGPT, 2022-11-28."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

FIRST_MONDAY = datetime.date(2022, 11, 28)
DAYS = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """Seven days from a Monday: `start` is within it, `end` is not."""

    start: datetime.date

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            raise ValueError(f"{self.start} is no Monday")

    @classmethod
    def named(cls, name: str) -> Week:
        """The week of a name such as `2023-11-27`. Raises ValueError."""
        return cls(datetime.date.fromisoformat(name))

    @property
    def name(self) -> str:
        return self.start.isoformat()

    @property
    def end(self) -> datetime.date:
        return self.start + DAYS

    @property
    def is_first(self) -> bool:
        return self.start == FIRST_MONDAY


FIRST_WEEK = Week(FIRST_MONDAY)


def week_of(published: str | None) -> Week:
    """The week of an ISO date (or date and time). What is undated, or older than the first week, belongs to the first.

    Raises ValueError where `published` begins with no date.
    """
    if published is None:
        return FIRST_WEEK
    day = datetime.date.fromisoformat(published[:10])
    return Week(max(day - datetime.timedelta(days=day.weekday()), FIRST_MONDAY))
