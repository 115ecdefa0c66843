"""`catchup status`: what a data directory holds: weeks done and missing, failures and why, the last run, the next."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Sequence

import pyarrow.parquet as pq

from assets.stages import BY_ID, is_current
from assets.weeks import FIRST_WEEK, Week
from pipeline.cli.common import DataDir, Debug, data_dir, one_line_errors, out
from pipeline.errors import DataDirError
from pipeline.partitions import weeks_between
from pipeline.resources.arxiv_org.weeks import newest_complete
from pipeline.resources.storage import DirectoryStore

_SHOWN = 10


def status(data: DataDir = None, debug: Debug = False) -> None:
    """Newest snapshot, weeks done and missing, failures by reason, last run, next run."""
    with one_line_errors(debug):
        store = DirectoryStore(data_dir(data))
        if not store.root.is_dir():
            raise DataDirError(f"{store.root} is no data directory yet; `catchup run` makes it, or give another --data")
        now = datetime.datetime.now(datetime.UTC)
        latest = store.published / "latest"
        out.print(f"snapshot    {latest.resolve().name if latest.is_dir() else 'none yet'}", markup=False)
        _weeks(store, now)
        if latest.is_dir():
            papers = pq.read_table(latest / "papers.parquet", columns=["status", "error"]).to_pylist()
            told = ", ".join(f"{n:,} {name}" for name, n in sorted(Counter(p["status"] for p in papers).items()))
            out.print(f"papers      {len(papers):,}: {told}")
            reasons = Counter(_kind(p["error"]) for p in papers if p["status"] == "failed")
            for reason, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
                out.print(f"  failed    {n:,} {reason}", markup=False, soft_wrap=True)
        again = _to_ask_again(store)
        if again:
            out.print(f"  to fetch  {again:,} whose PDFs a run over their weeks asks for again")
        _runs(store, now)


def _runs(store: DirectoryStore, now: datetime.datetime) -> None:
    """The last run, how it ended and why, and what will start the next."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    from pipeline.history import last_run, next_runs  # Dagster takes two seconds to import

    out.print(f"last run    {last_run(store.root) or 'none yet'}", markup=False, soft_wrap=True)
    for line in next_runs(store.root, now):
        out.print(f"next run    {line}", markup=False, soft_wrap=True)


def _to_ask_again(store: DirectoryStore) -> int:
    """PDFs that could not be had for a reason that may pass."""
    tables = (store.read("pdfs", week) for week in store.weeks("pdfs"))
    return sum(1 for t in tables if t is not None for r in t.to_pylist() if r["error"] and r.get("is_final") is False)


def _weeks(store: DirectoryStore, now: datetime.datetime) -> None:
    """Weeks that are done, those to be made anew, and those that arXiv has announced since but were never listed. A
    week of which only single papers were asked for is none that is done."""
    known = list(store.weeks("listing"))
    listed = [w for w in known if not (store.inputs("listing", w) or "").endswith(BY_ID)]
    stale = [w for w in listed if not is_current(store, w)]
    out.print(f"weeks       {len(listed) - len(stale):,} done{_names('; to be made anew: ', stale)}", soft_wrap=True)
    if listed:
        until = max(newest_complete(now), FIRST_WEEK)
        every = weeks_between(min(listed).start, until.end - datetime.timedelta(days=1))
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
