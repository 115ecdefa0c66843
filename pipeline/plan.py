"""Which weeks a run has to cover."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.ports import Listed, PaperUnavailableError, Source, Store
from assets.stages import is_current, meta_of
from assets.weeks import Week, week_of
from pipeline.errors import SourceError
from pipeline.partitions import last_complete_week, weeks_between
from pipeline.resources.folder import FolderSource


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run was asked for; dates are inclusive."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    ids: tuple[str, ...] = ()


def weeks_to_run(source: Source, store: Store, wanted: Wanted, today: datetime.date) -> list[Week]:
    """The weeks in which there is something to do; where there is nothing, the newest one that was asked for, so that
    a run says so. Of a folder that is every week whose papers or rules changed; of arXiv the last complete week, or
    what the dates say. Raises SourceError."""
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise SourceError(f"--until {wanted.until} is before --since {wanted.since}")
    if wanted.ids:
        return sorted({week_of(p.meta.published) for p in source.list_ids(wanted.ids)})
    if not isinstance(source, FolderSource):
        first = wanted.since or last_complete_week(wanted.until or today).start
        weeks = weeks_between(first, min(wanted.until or last_complete_week(today).end - datetime.timedelta(1), today))
        if not weeks:
            raise SourceError(f"no week from {first} on is over; give an earlier --since")
        return weeks
    known = [w for w in store.weeks("pdfs") if any(r["source"] == source.key for r in _rows(store, w))]
    weeks = [w for w in sorted({*source.papers, *known}) if _overlaps(w, wanted)]
    if not weeks:
        raise SourceError("the folder holds no paper of these dates; give others with --since and --until")
    stale = [w for w in weeks if not (_same(source, store, w) and is_current(store, w))]
    return stale or weeks[-1:]


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


def _rows(store: Store, week: Week) -> Sequence[dict[str, object]]:
    table = store.read("pdfs", week)
    return table.to_pylist() if table is not None else []
