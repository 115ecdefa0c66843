"""One request at a time, and a rest between two, for all processes that share a data directory.

A lock file keeps requests apart; a small file beside it remembers when the last one ended. The rest is counted from
the end of an answer, so that requests cannot arrive closer than the rest, however long each was on its way. A process
that dies within its turn leaves a turn without an end: the next one then rests its whole time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import SourceUnreachableError
from pipeline.resources.clock import Clock

LONGEST_REST = 86_400.0  # a day; what a server or a clock set back asks for beyond is not believed


class Gate:
    """`turn()` holds the only turn of the data directory. `interval`, `patience` (the longest rest that is sat out) and
    `lock_seconds` (how long to stand in the queue) in seconds."""

    def __init__(
        self, folder: Path, *, interval: float, clock: Clock, patience: float = 900.0, lock_seconds: float = 1_800.0
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._state = folder / "arxiv-requests.json"
        self._lock = FileLock(folder / "arxiv-requests.lock")
        self._interval = interval
        self._clock = clock
        self._patience = patience
        self._lock_seconds = lock_seconds

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for the lock and the rest. Raises SourceUnreachableError where the server asked for a long rest before
        which nobody may ask again, or where another process keeps the lock too long."""
        try:
            self._lock.acquire(timeout=self._lock_seconds, poll_interval=0.05)
        except Timeout as error:
            raise SourceUnreachableError("another run keeps asking arXiv; wait for it to end") from error
        try:
            self._rest()
            self._write(started=self._clock.now(), ended=None, not_before=None)
            try:
                yield
            finally:
                self._write(started=None, ended=self._clock.now(), not_before=self._not_before())
        finally:
            self._lock.release()

    def hold_until(self, moment: float) -> None:
        """Nobody asks before `moment` (seconds since the epoch), in this run or another. Called within a turn."""
        self._write(started=None, ended=self._clock.now(), not_before=moment)

    def waiting(self) -> float:
        """Seconds that the server asked everybody to wait from now on."""
        until = self._not_before()
        return 0.0 if until is None else min(max(0.0, until - self._clock.now()), LONGEST_REST)

    def _rest(self) -> None:
        state = self._read()
        now = self._clock.now()
        rest = self._interval
        ended = state.get("ended")
        if not state:
            rest = 0.0
        elif ended is not None:
            rest = min(max(0.0, ended + self._interval - now), self._interval)
        asked = self.waiting()
        if asked > self._patience:
            raise SourceUnreachableError(
                f"arXiv asks to be left alone for another {asked / 60:.0f} minutes; run again then"
            )
        self._clock.sleep(max(rest, asked))

    def _not_before(self) -> float | None:
        return self._read().get("not_before")

    def _read(self) -> dict[str, float | None]:
        """An unreadable state counts as a turn without an end."""
        try:
            said = json.loads(self._state.read_text(encoding="utf-8"))
            return {k: float(said[k]) if said.get(k) is not None else None for k in ("started", "ended", "not_before")}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, AttributeError):
            return {"started": None, "ended": None, "not_before": None}

    def _write(self, *, started: float | None, ended: float | None, not_before: float | None) -> None:
        draft = self._state.with_suffix(".part")
        draft.write_text(json.dumps({"started": started, "ended": ended, "not_before": not_before}), encoding="utf-8")
        draft.replace(self._state)
