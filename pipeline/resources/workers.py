"""Worker processes of this machine, each with limits on time and memory; a crash or hang costs one task only."""

from __future__ import annotations

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from assets.ports import Fault
from pipeline.resources.limits import WORKER_BYTES, bounded, death, limit_memory

T = TypeVar("T")
R = TypeVar("R")
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE})
_AHEAD = 8  # tasks given out ahead of the answer that is waited for, a worker; bounds what stands in memory


@dataclass(slots=True)
class ProcessWorkers:
    """A pool of processes, begun with the first task and kept until `close`; implements `assets.ports.Workers`.

    A task that ends its process or overruns its time is tried once more (the machine may have been short of memory),
    then answered with a Fault. An error of the disk (full, read-only) is no task's: it is raised.
    """

    count: int = 2
    seconds: float = 120.0  # of wall time: what waits for longer hangs; `bounded` holds processor time
    memory_bytes: int = WORKER_BYTES
    _pool: ProcessPool | None = field(default=None, repr=False)

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Fault]:
        todo = iter(tasks)
        first = list(islice(todo, 1))
        if not first:
            return
        pool = self._open()

        def start(task: T) -> tuple[T, ProcessFuture[R]]:
            return task, pool.schedule(bounded, args=(work, task), timeout=self.seconds)

        waiting = deque(start(t) for t in (*first, *islice(todo, self.count * _AHEAD)))
        while waiting:
            task, future = waiting.popleft()
            fault = future.exception()
            if isinstance(fault, TimeoutError | ProcessExpired):
                future = start(task)[1]
                fault = future.exception()
            if isinstance(fault, OSError) and fault.errno in _OF_THE_DISK:
                raise fault  # it is not this paper's, and the next run does it all
            waiting.extend(start(t) for t in islice(todo, 1))
            yield future.result() if fault is None else Fault(_reason(fault, self.seconds))

    def close(self) -> None:
        """End the processes; what they still work on is given up."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _open(self) -> ProcessPool:
        if self._pool is None:
            context = get_context("spawn")  # a forked process would share locks of Dagster's threads
            self._pool = ProcessPool(
                self.count, initializer=limit_memory, initargs=[self.memory_bytes], context=context
            )
        return self._pool


def _reason(fault: BaseException, seconds: float) -> str:
    if isinstance(fault, TimeoutError):
        return f"took longer than {seconds:g} s"
    if isinstance(fault, MemoryError):
        return "needed more memory than a worker may have"
    if isinstance(fault, ProcessExpired):
        return death(fault.exitcode)
    return f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}"
