"""The place where snapshots are published, and the builder of the page, as resources."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from assets.ports import Published
from pipeline.publish.snapshot import publish_snapshot


@dataclass(slots=True)
class SnapshotPublisher:
    """Implements `assets.ports.Publisher`. `today` names the snapshot and is nowhere in its rows; `last` is what was
    published by this object."""

    data_dir: Path
    today: datetime.date
    last: Published | None = None

    def publish(self, tables: Mapping[str, pa.Table]) -> Published:
        snapshot = publish_snapshot(tables, self.data_dir, date=self.today.isoformat())
        self.last = Published(snapshot, self.data_dir / "published" / "latest")
        return self.last


@dataclass(frozen=True, slots=True)
class NoSite:
    """No page is built."""

    def build(self) -> Path | None:
        return None
