"""A clock that waits in no time."""

from __future__ import annotations

import threading


class FakeClock:
    """Begins at noon of 2024-01-15 UTC, a Monday; `sleep` moves it on."""

    def __init__(self, now: float = 1_705_320_000.0) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.slept = 0.0

    def now(self) -> float:
        with self._lock:
            return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += max(0.0, seconds)
            self.slept += max(0.0, seconds)
