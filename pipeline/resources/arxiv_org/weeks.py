"""A week of arXiv: what was first submitted from Monday to Sunday, UTC, and when all of it is announced.

arXiv announces Sunday to Thursday at 20:00 Eastern; what comes in over the weekend is announced on Monday, dated
Tuesday. https://info.arxiv.org/help/availability.html
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from assets.weeks import DAYS, FIRST_WEEK, Week, week_of
from pipeline.resources.arxiv_org.atom import Window

EASTERN = ZoneInfo("America/New_York")
_ANNOUNCED = datetime.time(20, 0)
_INDEXED = datetime.timedelta(hours=4)  # the API's index follows the announcement with some delay


def window_of(week: Week) -> Window:
    """The moments of submission of a week."""
    midnight = datetime.time(0, 0, tzinfo=datetime.UTC)
    return Window(datetime.datetime.combine(week.start, midnight), datetime.datetime.combine(week.end, midnight))


def complete_from(week: Week) -> datetime.datetime:
    """The moment from which a listing of the week is whole, but for papers that moderators hold back longer."""
    return datetime.datetime.combine(week.end, _ANNOUNCED, EASTERN).astimezone(datetime.UTC) + _INDEXED


def newest_complete(now: datetime.datetime) -> Week:
    """The newest week of which all is announced; `now` with a time zone. The first week where none is yet."""
    week = week_of(now.astimezone(datetime.UTC).date().isoformat())
    while week > FIRST_WEEK and complete_from(week) > now:
        week = Week(week.start - DAYS)
    return week
