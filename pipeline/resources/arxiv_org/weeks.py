"""arXiv's week: which moments of submission a week of announcements covers.

arXiv announces Sunday to Thursday at 20:00 Eastern what came in until 14:00 of that day (Sunday: until Friday 14:00;
Monday: over the weekend). So the listings dated Monday to Friday of a week hold what was submitted from Thursday 14:00
of the week before to Thursday 14:00. https://info.arxiv.org/help/availability.html
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from pipeline.resources.arxiv_org.atom import Window

EASTERN = ZoneInfo("America/New_York")
_CLOSING = datetime.time(14, 0)
_ANNOUNCED = datetime.time(20, 0)
_THURSDAY = 3


def announced_in(monday: datetime.date) -> Window:
    """The submissions that are announced in the week that begins on `monday`. Raises ValueError for another day."""
    if monday.weekday() != 0:
        raise ValueError(f"{monday} is no Monday")
    thursday = monday + datetime.timedelta(days=_THURSDAY)
    return Window(_closing(thursday - datetime.timedelta(days=7)), _closing(thursday))


def announced_from(first: datetime.date, last: datetime.date) -> Window:
    """The submissions that are announced in the weeks that hold the days `first` to `last`, both included."""
    start = announced_in(first - datetime.timedelta(days=first.weekday())).start
    return Window(start, announced_in(last - datetime.timedelta(days=last.weekday())).end)


def is_complete(monday: datetime.date, now: datetime.datetime) -> bool:
    """Whether the last listing of that week is out: Thursday 20:00 Eastern, dated Friday."""
    thursday = monday + datetime.timedelta(days=_THURSDAY)
    return now >= datetime.datetime.combine(thursday, _ANNOUNCED, EASTERN)


def _closing(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, _CLOSING, EASTERN).astimezone(datetime.UTC)
