"""A snapshot: a new directory of parquet files and documents, then `latest` switched to it in one step.

One run at a time publishes into a data directory (`pipeline.resources.lock`). What a run that was killed left here is
mended by the next: drafts go, and a snapshot that came to stand under its name, but to which `latest` was not switched
any more, is whole, so that the switch is made up for (`.switching` says that one was under way).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.contract import contracts
from pipeline.errors import PublishError
from pipeline.publish.changes import row_changes
from pipeline.publish.documents import write_documents

_NAME = re.compile(r"\d{4}-\d\d-\d\d\.\d+")
_NOTE = ".switching"
KEPT_SNAPSHOTS = 60  # a year of weeks and some; what is older goes, the newest never


def publish_snapshot(
    tables: Mapping[str, pa.Table], data_dir: Path, *, date: str, keep: int = KEPT_SNAPSHOTS
) -> Path | None:
    """Publish as `published/<date>.<n>`; None where the newest snapshot holds the same rows and documents.

    Adds `changes` against the snapshot before, the documents, and takes away the oldest snapshots over `keep`.
    Raises PublishError where the directory cannot be written; nothing half-written is left under its final name.
    """
    root = data_dir / "published"
    latest = root / "latest"
    draft = root / f".draft-{os.getpid()}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        mend(root)
        draft.mkdir()
        for name in sorted(set(tables) - {"changes"}):
            _write(tables[name], draft / f"{name}.parquet")
        is_first = not latest.is_dir()
        if not is_first and _same(draft, latest) and _same_documents(draft, latest, tables):
            shutil.rmtree(draft)
            return None
        before = None if is_first else _read(latest)
        full = {**tables, "changes": row_changes(before, tables)}
        _write(full["changes"], draft / "changes.parquet")
        target = root / f"{date}.{1 + max((_number(p) for p in root.glob(f'{date}.*')), default=0)}"
        write_documents(draft, full, version=target.name, date=date, is_first=is_first)
        for file in draft.iterdir():
            _to_disk(file)
        _announce(target)
        draft.rename(target)
        _to_disk(root)
        _switch(latest, target)
        (root / _NOTE).unlink()
        _prune(root, keep)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise PublishError(f"cannot publish into {root}: {error.strerror or error}") from error
    return target


def mend(root: Path) -> None:
    """Finish or take away what a killed run left in `published`. Raises OSError."""
    for stale in root.glob(".draft-*"):
        shutil.rmtree(stale)
    for stale in root.glob(".latest-*"):
        stale.unlink()
    note = root / _NOTE
    if note.is_file():
        target = root / note.read_text(encoding="utf-8")
        if _NAME.fullmatch(target.name) and target.is_dir():
            _switch(root / "latest", target)
        note.unlink()


def _announce(target: Path) -> None:
    """Note that `latest` is about to be switched; a maintainer who points it elsewhere by hand leaves no such note."""
    draft = target.with_name(f".latest-{os.getpid()}.note")
    draft.write_text(target.name, encoding="utf-8")
    draft.replace(target.with_name(_NOTE))


def _switch(latest: Path, target: Path) -> None:
    link = latest.with_name(f".latest-{os.getpid()}")
    link.symlink_to(target.name, target_is_directory=True)
    link.replace(latest)


def _to_disk(path: Path) -> None:
    """Before a name stands for it: a power cut may take what the system has only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", version="2.6")


def _read(snapshot: Path) -> dict[str, pa.Table]:
    return {p.stem: pq.read_table(p) for p in sorted(snapshot.glob("*.parquet")) if p.stem in contracts()}


def _same(draft: Path, latest: Path) -> bool:
    mine, theirs = (
        {p.name: p.read_bytes() for p in d.glob("*.parquet") if p.name != "changes.parquet"} for d in (draft, latest)
    )
    return mine == theirs


def _same_documents(draft: Path, latest: Path, tables: Mapping[str, pa.Table]) -> bool:
    """Whether the documents of the newest snapshot would be written again as they are; CHANGES.md, which speaks of the
    snapshot before it, aside."""
    shutil.copyfile(latest / "changes.parquet", draft / "changes.parquet")
    full = {**tables, "changes": pq.read_table(latest / "changes.parquet")}
    name = latest.resolve().name
    write_documents(draft, full, version=name, date=name.rsplit(".", 1)[0], is_first=False)
    files = [p for p in draft.iterdir() if p.suffix != ".parquet" and p.name != "CHANGES.md"]
    return all((latest / p.name).is_file() and (latest / p.name).read_bytes() == p.read_bytes() for p in files)


def _number(snapshot: Path) -> int:
    tail = snapshot.name.rsplit(".", 1)[1]
    return int(tail) if tail.isdigit() else 0


def _prune(root: Path, keep: int) -> None:
    """A reader that holds a file of an old snapshot open keeps it: the file goes when it is closed."""
    snapshots = sorted(_snapshots(root), key=_age)
    newest = (root / "latest").resolve()
    for old in snapshots[: max(0, len(snapshots) - keep)]:
        if old.resolve() != newest:
            shutil.rmtree(old)


def _snapshots(root: Path) -> list[Path]:
    return [p for p in root.iterdir() if p.is_dir() and not p.is_symlink() and _NAME.fullmatch(p.name)]


def _age(snapshot: Path) -> tuple[str, int]:
    return snapshot.name.rsplit(".", 1)[0], _number(snapshot)
