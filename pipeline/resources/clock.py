"""Time as a thing that is handed in, so that tests run hours of waiting in no time."""

from __future__ import annotations

import datetime
import time
from typing import Protocol


class Clock(Protocol):
    """Wall-clock seconds since the epoch, and a way to wait."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds))


def day_of(clock: Clock) -> datetime.date:
    """Today's date, UTC."""
    return datetime.datetime.fromtimestamp(clock.now(), datetime.UTC).date()
