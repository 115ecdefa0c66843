"""A snapshot: a new directory of parquet files and documents, then `latest` switched to it in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import contracts
from pipeline.errors import PublishError
from pipeline.publish.changes import row_changes
from pipeline.publish.documents import write_documents

KEPT_SNAPSHOTS = 60  # a year of weeks and some; what is older goes, the newest never


def publish_snapshot(
    tables: Mapping[str, pa.Table], data_dir: Path, *, date: str, keep: int = KEPT_SNAPSHOTS
) -> Path | None:
    """Publish as `published/<date>.<n>`; None where the newest snapshot holds the same rows.

    Adds `changes` against the snapshot before, the documents, and takes away the oldest snapshots over `keep`.
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
        for name in sorted(set(tables) - {"changes"}):
            _write(tables[name], draft / f"{name}.parquet")
        is_first = not latest.is_dir()
        if not is_first and _same(draft, latest):
            shutil.rmtree(draft)
            return None
        before = None if is_first else _read(latest)
        full = {**tables, "changes": row_changes(before, tables)}
        _write(full["changes"], draft / "changes.parquet")
        target = root / f"{date}.{1 + max((_number(p) for p in root.glob(f'{date}.*')), default=0)}"
        write_documents(draft, full, version=target.name, date=date, is_first=is_first)
        draft.rename(target)
        link = root / f".latest-{os.getpid()}"
        link.symlink_to(target.name, target_is_directory=True)
        link.replace(latest)
        _prune(root, keep)
    except OSError as error:
        raise PublishError(f"cannot publish into {root}: {error.strerror or error}") from error
    return target


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", version="2.6")


def _read(snapshot: Path) -> dict[str, pa.Table]:
    return {p.stem: pq.read_table(p) for p in sorted(snapshot.glob("*.parquet")) if p.stem in contracts()}


def _same(draft: Path, latest: Path) -> bool:
    mine, theirs = (
        {p.name: p.read_bytes() for p in d.glob("*.parquet") if p.name != "changes.parquet"} for d in (draft, latest)
    )
    return mine == theirs


def _number(snapshot: Path) -> int:
    tail = snapshot.name.rsplit(".", 1)[1]
    return int(tail) if tail.isdigit() else 0


def _prune(root: Path, keep: int) -> None:
    """A reader that holds a file of an old snapshot open keeps it: the file goes when it is closed."""
    snapshots = sorted((p for p in root.iterdir() if p.is_dir() and not p.is_symlink()), key=_age)
    newest = (root / "latest").resolve()
    for old in snapshots[: max(0, len(snapshots) - keep)]:
        if old.resolve() != newest:
            shutil.rmtree(old)


def _age(snapshot: Path) -> tuple[str, int]:
    return snapshot.name.rsplit(".", 1)[0], _number(snapshot)
