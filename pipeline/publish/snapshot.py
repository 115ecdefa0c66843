"""A snapshot: a new directory of parquet files, then `latest` switched to it in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import PublishError


def publish_snapshot(tables: Mapping[str, pa.Table], data_dir: Path, *, date: str) -> Path | None:
    """Publish as `published/<date>.<n>`; None where the newest snapshot holds the same bytes.

    Raises PublishError where the directory cannot be written; nothing half-written is left under its final name.
    """
    root = data_dir / "published"
    latest = root / "latest"
    draft = root / f".draft-{os.getpid()}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        for stale in root.glob(".draft-*"):
            shutil.rmtree(stale)
        draft.mkdir()
        for name in sorted(tables):
            pq.write_table(tables[name], draft / f"{name}.parquet", compression="zstd", version="2.6")
        if latest.is_dir() and _same(draft, latest):
            shutil.rmtree(draft)
            return None
        n = 1 + max((int(p.name.rsplit(".", 1)[1]) for p in root.glob(f"{date}.*")), default=0)
        target = root / f"{date}.{n}"
        draft.rename(target)
        link = root / f".latest-{os.getpid()}"
        link.symlink_to(target.name, target_is_directory=True)
        link.replace(latest)
    except OSError as error:
        raise PublishError(f"cannot publish into {root}: {error.strerror or error}") from error
    return target


def _same(draft: Path, latest: Path) -> bool:
    mine, theirs = ({p.name: p.read_bytes() for p in d.glob("*.parquet")} for d in (draft, latest))
    return mine == theirs
