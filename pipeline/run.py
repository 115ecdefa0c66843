"""One run of the weekly survey in this process, in the instance of its data directory, so that the UI shows it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any

import dagster as dg

from assets.ports import Progress, Published
from assets.retries import ATTENDED
from expectations.corrections import check_names
from extractors.registry.load import load_registry
from pipeline.definitions import build_defs, open_source, workers_of
from pipeline.errors import PublishError, SourceError
from pipeline.instance import close_dead_runs, open_instance
from pipeline.jobs import JOB
from pipeline.partitions import range_tags
from pipeline.plan import Wanted, updates, weeks_to_run
from pipeline.resources.lock import directory_lock
from pipeline.resources.publisher import PageBuilder, SnapshotPublisher
from pipeline.resources.storage import DirectoryStore
from pipeline.settings import Settings

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_survey(
    settings: Settings, wanted: Wanted, *, progress: Progress, now: datetime.datetime, tell: Callable[[str], None]
) -> Published:
    """List, fetch, read, extract, check, publish; answers what was published.

    Raises a PipelineError, KeyboardInterrupt, or what an asset raised; nothing is published then. `tell` hears what a
    user should know.
    """
    store = DirectoryStore(settings.data)
    with open_source(settings.source, settings.data, now.date()) as source:
        store.open()
        check_names(store.corrections(), load_registry())
        with directory_lock(store.root, tell), ExitStack() as held:
            store.sweep()
            if wanted.updates:
                newer = updates(source, store, wanted)
                tell(f"{len(newer):,} papers have a newer version")
                if not newer:
                    return _nothing_new(store)
                wanted = replace(wanted, ids=newer)
            weeks = weeks_to_run(source, store, wanted, now)
            publisher = SnapshotPublisher(settings.data, now.date())
            workers = held.enter_context(closing(workers_of(settings)))
            overrides = {
                "source": source,
                "store": store,
                "workers": workers,
                "progress": progress,
                "publisher": publisher,
                "site": PageBuilder(settings.data),
            }
            job = build_defs(resource_overrides=overrides).resolve_job_def(JOB)
            config: dict[str, Any] = dict(_QUIET)
            if wanted.ids:
                config["ops"] = {"raw_arxiv__listing": {"config": {"ids": list(wanted.ids)}}}
            with open_instance(settings.data) as instance:
                try:
                    close_dead_runs(instance)
                    tags = {**range_tags(weeks), ATTENDED: "yes"}
                    job.execute_in_process(instance=instance, tags=tags, run_config=config)
                except dg.DagsterExecutionInterruptedError as error:
                    raise KeyboardInterrupt from error
    if publisher.last is None:
        raise PublishError("the run ended without a publication; see it with `catchup ui`")
    return publisher.last


def _nothing_new(store: DirectoryStore) -> Published:
    """What a run answers that had nothing to do. Raises SourceError where nothing was ever published."""
    latest = store.published / "latest"
    if not latest.is_dir():
        raise SourceError("no paper is known yet, so that none can be newer; run once without --updates")
    return Published(None, latest)
