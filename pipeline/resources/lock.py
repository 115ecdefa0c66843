"""One run at a time on a data directory: the second says so, and waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import DataDirError

_LONGEST = 6 * 3600.0


@contextmanager
def directory_lock(root: Path, tell: Callable[[str], None], seconds: float = _LONGEST) -> Iterator[None]:
    """Holds the data directory; within one process it can be taken again. `tell` hears that a run has to wait.

    Raises DataDirError where the directory is not free after `seconds`.
    """
    lock = FileLock(root / ".catchup.lock", is_singleton=True)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell(f"another run works on {root}; waiting for it to end")
            lock.acquire(timeout=seconds, poll_interval=0.5)
    except Timeout as error:
        raise DataDirError(f"another run has held {root} for {seconds / 60:.0f} minutes; try again later") from error
    try:
        yield
    finally:
        lock.release()
