"""Ranges of weeks: which weeks dates span, and the tags by which one Dagster run covers them.

The partitions themselves stand in `assets.partitions`, as assets may not import from `pipeline`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from assets.weeks import DAYS, FIRST_WEEK, Week, week_of

RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


def weeks_between(since: datetime.date, until: datetime.date) -> list[Week]:
    """The weeks that hold a day of a range, both ends included; none before the first week."""
    return list(_from(week_of(since.isoformat()), until)) if until >= FIRST_WEEK.start else []


def last_complete_week(today: datetime.date) -> Week:
    """The newest week that is over."""
    return week_of((today - DAYS).isoformat())


def range_tags(weeks: Sequence[Week]) -> Mapping[str, str]:
    """Tags of a run from the first to the last of some weeks."""
    return {RANGE_START: min(weeks).name, RANGE_END: max(weeks).name}


def _from(week: Week, until: datetime.date) -> Iterator[Week]:
    while week.start <= until:
        yield week
        week = Week(week.end)
