"""When the survey runs by itself: on Saturday, over the week that ends.

arXiv announces from Sunday to Thursday at 20:00 Eastern, what was sent in by Thursday 14:00; Thursday's announcement is
the last of a week. By Saturday 06:00 UTC it is out, and listed by the API. Papers sent in after that belong to the week
by date, so that the run covers the week before too.
"""

from __future__ import annotations

import datetime

import dagster as dg

from assets.weeks import DAYS, Week, week_of
from pipeline.jobs import weekly_survey
from pipeline.partitions import range_tags

_WEEKDAY, _HOUR = 5, 6  # Saturday as Python counts, from Monday as 0; cron counts from Sunday


@dg.schedule(
    name="saturday",
    job=weekly_survey,
    cron_schedule=f"0 {_HOUR} * * {_WEEKDAY + 1}",
    execution_timezone="UTC",
    description="Every Saturday at 06:00 UTC: the week that ends, and the one before for its late papers.",
)
def saturday(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """One run over two weeks."""
    this = week_of(context.scheduled_execution_time.date().isoformat())
    before = Week(max(this.start - DAYS, week_of(None).start))
    return dg.RunRequest(run_key=this.name, tags=dict(range_tags([before, this])))


def next_saturday(now: datetime.datetime) -> datetime.datetime:
    """The schedule's next moment after `now`."""
    moment = (now + datetime.timedelta(days=(_WEEKDAY - now.weekday()) % 7)).replace(
        hour=_HOUR, minute=0, second=0, microsecond=0
    )
    return moment if moment > now else moment + datetime.timedelta(days=7)
