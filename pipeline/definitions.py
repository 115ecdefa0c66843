"""What Dagster loads: assets, job, schedule, and resources made from the settings when a run begins."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import dagster as dg

from assets import core, out, raw_arxiv
from assets.ports import Source
from extractors.registry.load import load_registry
from pipeline.jobs import weekly_survey
from pipeline.resources.arxiv_org.source import ArxivSource
from pipeline.resources.clock import SystemClock, day_of
from pipeline.resources.folder import FolderSource
from pipeline.resources.lock import directory_lock
from pipeline.resources.progress import NoProgress
from pipeline.resources.publisher import PageBuilder, SnapshotPublisher
from pipeline.resources.storage import DirectoryStore
from pipeline.resources.workers import ProcessWorkers
from pipeline.schedules import saturday
from pipeline.selection.select import load_selector
from pipeline.sensors import alert, week_complete
from pipeline.settings import Settings


@contextmanager
def open_source(name: str, data_dir: Path, today: datetime.date) -> Iterator[Source]:
    """The source of a name: `arxiv`, or a folder of PDFs. Raises SourceError."""
    if name == "arxiv":
        with ArxivSource(data_dir / "raw" / "arxiv", selector=load_selector(load_registry())) as source:
            yield source
    else:
        folder = FolderSource(Path(name), today)
        folder.check()
        yield folder


@dg.resource(description="Where papers come from: $CATCHUP_SOURCE, `arxiv` or a folder of PDFs.")
def _source(_: dg.InitResourceContext) -> Iterator[Source]:
    settings = Settings()
    with open_source(settings.source, settings.data, day_of(SystemClock())) as source:
        yield source


@dg.resource(description="The data directory, $CATCHUP_DATA, held by one run at a time.")
def _store(context: dg.InitResourceContext) -> Iterator[DirectoryStore]:
    store = DirectoryStore(Settings().data).open()
    tell = context.log.info if context.log else print
    with directory_lock(store.root, tell):
        store.sweep()
        yield store


@dg.resource(description="Worker processes, $CATCHUP_WORKERS.")
def _workers(_: dg.InitResourceContext) -> Iterator[ProcessWorkers]:
    with closing(workers_of(Settings())) as workers:
        yield workers


@dg.resource(description="Writes snapshots, named by today's date.")
def _publisher(_: dg.InitResourceContext) -> SnapshotPublisher:
    return SnapshotPublisher(Settings().data, day_of(SystemClock()))


@dg.resource(description="Builds the page of the newest snapshot.")
def _site(_: dg.InitResourceContext) -> PageBuilder:
    return PageBuilder(Settings().data)


def workers_of(settings: Settings) -> ProcessWorkers:
    """Workers with the limits of the settings."""
    return ProcessWorkers(settings.workers, settings.paper_seconds, int(settings.worker_memory_gb * 2**30))


def build_defs(*, resource_overrides: Mapping[str, Any] | None = None) -> dg.Definitions:
    """All definitions; a test or the command line puts resources of its own in the place of `source`, `store`,
    `workers`, `progress`, `publisher` or `site`."""
    resources: dict[str, Any] = {
        "source": _source,
        "store": _store,
        "workers": _workers,
        "progress": NoProgress(),
        "publisher": _publisher,
        "site": _site,
    }
    return dg.Definitions(
        assets=dg.load_assets_from_modules([raw_arxiv, core, out]),
        jobs=[weekly_survey],
        schedules=[saturday],
        sensors=[week_complete, alert],
        resources=resources | dict(resource_overrides or {}),
        executor=dg.in_process_executor,
    )


defs = build_defs()
