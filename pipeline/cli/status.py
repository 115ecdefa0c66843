"""`catchup status`: what a data directory holds, which weeks are done, what failed and why, and the next run."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import pyarrow.parquet as pq

from assets.stages import is_current
from assets.weeks import FIRST_WEEK, Week
from pipeline.cli.common import DataDir, Debug, data_dir, one_line_errors, out
from pipeline.errors import DataDirError
from pipeline.partitions import last_complete_week, weeks_between
from pipeline.resources.storage import DirectoryStore

_SHOWN = 10


def status(data: DataDir = None, debug: Debug = False) -> None:
    """Newest snapshot, weeks done and missing, failures by reason, next run."""
    with one_line_errors(debug):
        store = DirectoryStore(data_dir(data))
        if not store.root.is_dir():
            raise DataDirError(f"{store.root} is no data directory yet; `catchup run` makes it, or give another --data")
        today = datetime.datetime.now(datetime.UTC).date()
        latest = store.published / "latest"
        out.print(f"snapshot    {latest.resolve().name if latest.is_dir() else 'none yet'}", markup=False)
        _weeks(store, today)
        if latest.is_dir():
            papers = pq.read_table(latest / "papers.parquet", columns=["status", "error"]).to_pylist()
            told = ", ".join(f"{n:,} {name}" for name, n in sorted(Counter(p["status"] for p in papers).items()))
            out.print(f"papers      {len(papers):,}: {told}")
            reasons = Counter(_kind(p["error"]) for p in papers if p["status"] == "failed")
            for reason, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
                out.print(f"  failed    {n:,} {reason}", markup=False)
        out.print(
            f"schedule    {_next(datetime.datetime.now(datetime.UTC))} UTC, where it is switched on (`catchup ui`)"
        )


def _weeks(store: DirectoryStore, today: datetime.date) -> None:
    """Weeks that have been listed, those to be read again, and those between which were never listed."""
    listed = list(store.weeks("listing"))
    stale = [w for w in listed if not is_current(store, w)]
    out.print(f"weeks       {len(listed):,} listed{_names('; to be made anew: ', stale)}", soft_wrap=True)
    if listed:
        until = last_complete_week(today)
        every = weeks_between(min(listed).start, max(until, FIRST_WEEK).end - datetime.timedelta(days=1))
        missing = sorted(set(every) - set(listed))
        out.print(f"  missing   {len(missing):,} since {min(listed).name}{_names(': ', missing)}", soft_wrap=True)


def _names(lead: str, weeks: Sequence[Week]) -> str:
    if not weeks:
        return ""
    more = f" and {len(weeks) - _SHOWN:,} more" if len(weeks) > _SHOWN else ""
    return lead + " ".join(w.name for w in weeks[-_SHOWN:]) + more


def _kind(error: str | None) -> str:
    """A reason without what is particular to one paper."""
    return (error or "no reason").split(":")[0][:80]


def _next(now: datetime.datetime) -> str:
    """The next Saturday 06:00 UTC, as `pipeline.schedules` has it."""
    moment = (now + datetime.timedelta(days=(5 - now.weekday()) % 7)).replace(hour=6, minute=0)
    return f"{moment if moment > now else moment + datetime.timedelta(days=7):%Y-%m-%d %H:%M}"
