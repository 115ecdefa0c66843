"""Which version of a paper its page speaks of."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from expectations.schema import to_arrow
from pipeline.site.snapshot import load_snapshot


@pytest.mark.parametrize(
    ("statuses", "shown"),
    [
        (["superseded", "parsed"], 2),
        (["parsed", "failed"], 1),
        (["failed", "parsed"], 2),
        (["superseded", "withdrawn"], 2),
        (["failed", "failed"], 1),
    ],
)
def test_the_newest_version_that_counts_is_shown(tmp_path: Path, statuses: list[str], shown: int) -> None:
    rows = [{"paper_id": "2401.00001", "version": n, "status": status} for n, status in enumerate(statuses, 1)]
    pq.write_table(to_arrow("papers", rows), tmp_path / "papers.parquet")
    assert load_snapshot(tmp_path).papers["2401.00001"]["version"] == shown
