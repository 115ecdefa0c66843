"""Progress of long work: bars on a terminal, or nothing (in the UI, in tests)."""

from __future__ import annotations

from rich.progress import Progress, TaskID


class NoProgress:
    """Says nothing."""

    def begin(self, what: str, total: int) -> None:
        """Nothing to show."""

    def advance(self, what: str) -> None:
        """Nothing to show."""


class Bars:
    """A bar for each stage that has something to do; shown from the first of them to `close`."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def begin(self, what: str, total: int) -> None:
        if total:
            self._bars.start()
            self._tasks[what] = self._bars.add_task(what, total=total)

    def advance(self, what: str) -> None:
        if what in self._tasks:
            self._bars.advance(self._tasks[what])

    def close(self) -> None:
        """Leave the bars as they are."""
        if self._tasks:
            self._bars.stop()
