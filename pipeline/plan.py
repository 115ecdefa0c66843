"""Which weeks a run has to cover."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.ports import Listed, PaperUnavailableError, Source, Store
from assets.stages import is_current, meta_of
from assets.weeks import Week, week_of
from pipeline.errors import SourceError
from pipeline.partitions import last_complete_week, weeks_between
from pipeline.resources.arxiv_org.source import ArxivSource
from pipeline.resources.arxiv_org.weeks import newest_complete
from pipeline.resources.folder import FolderSource


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run was asked for; dates are inclusive. `updates`: the papers that have a newer version by now."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    ids: tuple[str, ...] = ()
    updates: bool = False


def weeks_to_run(source: Source, store: Store, wanted: Wanted, now: datetime.datetime) -> list[Week]:
    """The weeks in which there is something to do; where there is nothing, the newest one that was asked for, so that
    a run says so. Of a folder that is every week whose papers or rules changed; of arXiv the last complete week, or
    what the dates say. Raises SourceError."""
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise SourceError(f"--until {wanted.until} is before --since {wanted.since}")
    if wanted.ids:
        return sorted({week_of(p.meta.published) for p in source.list_ids(wanted.ids)})
    if not isinstance(source, FolderSource):
        newest = newest_complete(now)
        first = wanted.since or (last_complete_week(wanted.until) if wanted.until else newest).start
        weeks = weeks_between(first, min(wanted.until or newest.end - datetime.timedelta(1), now.date()))
        if not weeks:
            raise SourceError(f"no week from {first} on is over; give an earlier --since")
        return weeks
    known = [w for w in store.weeks("pdfs") if any(r["source"] == source.key for r in _rows(store, w))]
    weeks = [w for w in sorted({*source.papers, *known}) if _overlaps(w, wanted)]
    if not weeks:
        raise SourceError("the folder holds no paper of these dates; give others with --since and --until")
    stale = [w for w in weeks if not (_same(source, store, w) and is_current(store, w))]
    return stale or weeks[-1:]


def updates(source: Source, store: Store, wanted: Wanted) -> tuple[str, ...]:
    """Ids with version of the known papers of arXiv that have a newer version now. Raises SourceError."""
    if wanted.ids or wanted.since or wanted.until:
        raise SourceError("--updates looks at every known paper: give it without --ids, --since and --until")
    if not isinstance(source, ArxivSource):
        raise SourceError("--updates asks arXiv for newer versions; a folder is looked through as a whole anyway")
    known: dict[str, int] = {}
    for week in store.weeks("listing"):
        for row in _rows(store, week, "listing"):
            if row["source"] == source.key and row["state"] != "passed_over":
                known[row["paper_id"]] = max(known.get(row["paper_id"], 0), row["version"] or 0)
    return tuple(f"{p.meta.paper_id}v{p.meta.version}" for p in source.newer_versions(known))


def _overlaps(week: Week, wanted: Wanted) -> bool:
    return (wanted.since is None or week.end > wanted.since) and (wanted.until is None or week.start <= wanted.until)


def _same(source: Source, store: Store, week: Week) -> bool:
    """Whether the week's papers and their bytes are those of the last run."""
    before = [(meta_of(r), r["locator"], r["sha256"]) for r in _rows(store, week) if r["source"] == source.key]
    now = [(p.meta, p.locator, _sha(source, p)) for p in source.list_papers(week)]
    return sorted(before, key=str) == sorted(now, key=str)


def _sha(source: Source, paper: Listed) -> str | None:
    try:
        return source.fetch(paper, Path(paper.locator)).sha256
    except PaperUnavailableError:
        return None


def _rows(store: Store, week: Week, stage: str = "pdfs") -> Sequence[dict[str, Any]]:
    table = store.read(stage, week)
    return table.to_pylist() if table is not None else []
