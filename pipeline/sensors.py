"""What watches: for the moment when all of a week is announced, and for runs that fail."""

from __future__ import annotations

import datetime
import logging

import dagster as dg

from assets.weeks import Week
from pipeline.alerts import alert_line, record
from pipeline.jobs import weekly_survey
from pipeline.partitions import range_tags, weeks_between
from pipeline.resources.arxiv_org.weeks import complete_from, newest_complete
from pipeline.settings import Settings

_log = logging.getLogger("catchup")


def weeks_due(cursor: str | None, now: datetime.datetime) -> list[Week]:
    """The weeks that have become complete since the one that the cursor names; without cursor the newest alone, since
    older ones are a back-fill's."""
    newest = newest_complete(now)
    return [newest] if cursor is None else weeks_between(Week.named(cursor).end, newest.start)


@dg.sensor(
    name="week_complete",
    job=weekly_survey,
    minimum_interval_seconds=1_800,
    description="Runs a week as soon as arXiv has announced all of it: Tuesday about 05:00 UTC. Not for a folder.",
)
def week_complete(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """One run over the weeks that have become complete, those included that passed while no daemon ran."""
    if Settings().source != "arxiv":
        return dg.SkipReason("the source is a folder, whose weeks are never known to be complete")
    now = datetime.datetime.now(datetime.UTC)
    due = weeks_due(context.cursor, now)
    if not due:
        running = Week(newest_complete(now).end)
        return dg.SkipReason(f"the week of {running.name} is complete from {complete_from(running):%Y-%m-%d %H:%M} UTC")
    request = dg.RunRequest(run_key=f"complete {due[-1].name}", tags=dict(range_tags(due)))
    return dg.SensorResult(run_requests=[request], cursor=due[-1].name)


@dg.run_failure_sensor(
    name="alert",
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Says in one line, in the daemon's log and in DATA/alerts.log, that a run failed and why.",
)
def alert(context: dg.RunFailureSensorContext) -> None:
    """The place to hang other ways of telling on."""
    line = alert_line(context.instance, context.dagster_run.run_id)
    _log.error(line)
    record(Settings().data, line, datetime.datetime.now(datetime.UTC))
