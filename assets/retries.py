"""Another try, some minutes later, for steps that ask a source: in runs that nobody waits for.

A run of the command line tells its user at once; in runs of the schedule, the sensor and the UI the step waits and is
tried again. After a refusal the source itself sends nothing more, however often it is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from assets.ports import PassingError

RETRIES = 2
REST_SECONDS = 600  # the source has had its own tries by then, over several minutes
ATTENDED = "catchup/attended"
"""The tag of a run whose user waits for it."""


@contextmanager
def tried_again(context: dg.AssetExecutionContext) -> Iterator[None]:
    """Turns a PassingError into Dagster's request for another try, `RETRIES` times."""
    try:
        yield
    except PassingError as error:
        if ATTENDED in context.run.tags:
            raise
        raise dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=REST_SECONDS) from error
