"""The place where snapshots are published, and the builder of the page, as resources."""

from __future__ import annotations

import datetime
import hashlib
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

    def current(self, inputs: str) -> Published | None:
        latest, stamp = self._latest, self._stamp
        if not latest.is_dir() or not stamp.is_file() or stamp.read_text() != self._made_from(inputs):
            return None
        self.last = Published(None, latest)
        return self.last

    def publish(self, tables: Mapping[str, pa.Table], *, inputs: str) -> Published:
        snapshot = publish_snapshot(tables, self.data_dir, date=self.today.isoformat())
        draft = self._stamp.with_suffix(".part")
        draft.write_text(self._made_from(inputs))
        draft.replace(self._stamp)
        self.last = Published(snapshot, self._latest)
        return self.last

    def _made_from(self, inputs: str) -> str:
        return f"{self._latest.resolve().name} {inputs} {_code('publish')}"

    @property
    def _latest(self) -> Path:
        return self.data_dir / "published" / "latest"

    @property
    def _stamp(self) -> Path:
        """Says from what the newest snapshot was made; beside the snapshots, as it tells of this machine."""
        return self.data_dir / "published" / ".made-from"


@dataclass(frozen=True, slots=True)
class PageBuilder:
    """Implements `assets.ports.SiteBuilder`: the page of the newest snapshot, in the data directory.

    It is built anew only where the snapshot or the code of the page is another than the one it was built from.
    """

    data_dir: Path

    def build(self) -> Path | None:
        from pipeline.site.build import build_site  # takes a second to import

        latest, site = self.data_dir / "published" / "latest", self.data_dir / "site"
        stamp = self.data_dir / ".site-of"
        wanted = f"{latest.resolve().name} {_code('site')}"
        if not (site / "index.html").is_file() or not stamp.is_file() or stamp.read_text() != wanted:
            build_site(latest, site)
            draft = stamp.with_suffix(".part")
            draft.write_text(wanted)
            draft.replace(stamp)
        return site


def _code(part: str) -> str:
    """A fingerprint of what builds the page (`site`), or the documents of a snapshot (`publish`)."""
    folder = Path(__file__).resolve().parents[1] / part
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".pyc")
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]
