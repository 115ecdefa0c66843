"""The data directory: where week files, PDFs and readings are. No other module of the pipeline knows this layout.

raw/listing raw/pdfs            week files          raw/files/<id>v<n>.pdf     PDFs fetched from arXiv
core/<stage>/<week>.parquet     week files          core/readings/<code>/      one JSON a PDF
published/ site/                what is handed out  .dagster/                  Dagster's own state
corrections.yml                 what maintainers say of rows and names
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from assets.weeks import Week
from expectations.correction_file import parse_corrections
from expectations.corrections import NONE, Corrections
from pipeline.errors import DataDirError
from pipeline.publish.snapshot import mend

_RAW = frozenset({"listing", "pdfs"})
_INPUTS = b"catchup.inputs"
_OTHER_READINGS = 1  # of the code before, so that a change that is taken back reads nothing again


class DirectoryStore:
    """The store of a data directory on this machine; implements `assets.ports.Store`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self) -> DirectoryStore:
        """Make the directory and see that it can be written. Raises DataDirError."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            probe = self.root / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink(missing_ok=True)
        except OSError as error:
            raise DataDirError(
                f"cannot write into the data directory {self.root}: {error.strerror}; give another with --data DIR"
            ) from error
        return self

    def sweep(self) -> None:
        """Take away the drafts of runs that were killed; for who holds the directory's lock. Raises OSError."""
        for place in ("raw", "core"):
            for draft in (self.root / place).rglob("*.part"):
                draft.unlink(missing_ok=True)
        for draft in [*self.root.glob(".probe-*"), *self.root.glob(".*.part")]:
            draft.unlink(missing_ok=True)
        for draft in [*self.root.glob(".site-draft-*"), *self.root.glob(".site-old-*")]:
            shutil.rmtree(draft)
        if self.published.is_dir():
            mend(self.published)

    def weeks(self, stage: str) -> Sequence[Week]:
        return [Week.named(f.stem) for f in sorted(self._folder(stage).glob("*.parquet"))]

    def read(self, stage: str, week: Week) -> pa.Table | None:
        path = self._file(stage, week)
        if not path.is_file():
            return None
        table = pq.read_table(path)
        return table.replace_schema_metadata({k: v for k, v in (table.schema.metadata or {}).items() if k != _INPUTS})

    def write(self, stage: str, week: Week, table: pa.Table, *, inputs: str) -> None:
        path = self._file(stage, week)
        path.parent.mkdir(parents=True, exist_ok=True)
        metadata = {**(table.schema.metadata or {}), _INPUTS: inputs.encode()}
        draft = path.with_name(f".{path.stem}.{os.getpid()}.part")
        pq.write_table(table.replace_schema_metadata(metadata), draft, compression="zstd", version="2.6")
        draft.replace(path)

    def inputs(self, stage: str, week: Week) -> str | None:
        path = self._file(stage, week)
        if not path.is_file():
            return None
        value = (pq.read_schema(path).metadata or {}).get(_INPUTS)
        return value.decode() if value is not None else None

    def digest(self, stage: str, week: Week) -> str:
        path = self._file(stage, week)
        return hashlib.sha256(path.read_bytes()).hexdigest()[:24] if path.is_file() else ""

    def pdf_path(self, name: str) -> Path:
        return self._inside("raw/files") / name

    def reading_path(self, fingerprint: str, key: str) -> Path:
        return self._inside(f"core/readings/{fingerprint}") / f"{key}.json"

    def forget_readings(self, fingerprint: str) -> None:
        present = self._inside(f"core/readings/{fingerprint}")
        others = [p for p in present.parent.iterdir() if p.is_dir() and p != present]
        for old in sorted(others, key=lambda p: (p.stat().st_mtime_ns, p.name))[: -_OTHER_READINGS or None]:
            shutil.rmtree(old)

    def corrections(self) -> Corrections:
        try:
            return parse_corrections(self.corrections_path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return NONE

    @property
    def corrections_path(self) -> Path:
        return self.root / "corrections.yml"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def _inside(self, folder: str) -> Path:
        place = self.root / folder
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _folder(self, stage: str) -> Path:
        return self.root / ("raw" if stage in _RAW else "core") / stage

    def _file(self, stage: str, week: Week) -> Path:
        return self._folder(stage) / f"{week.name}.parquet"
