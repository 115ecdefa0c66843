"""Worker processes of this machine, each with limits on time and memory; a crash or hang costs one task only."""

from __future__ import annotations

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from assets.ports import Fault

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 8  # tasks given out ahead of the answer that is waited for, a worker; bounds what stands in memory


@dataclass(frozen=True, slots=True)
class ProcessWorkers:
    """A pool of processes; implements `assets.ports.Workers`. A task that ends its process or overruns its time is
    tried once more (a machine may have been short of memory), then answered with a Fault."""

    count: int = 2
    seconds: float = 120.0  # a paper of 100 pages takes about 2 s; what takes longer hangs
    memory_bytes: int = 4 << 30  # address space; reading a paper takes 0.3 GB, spaCy's model 0.6 GB

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Fault]:
        todo = iter(tasks)
        first = list(islice(todo, 1))
        if not first:
            return
        context = get_context("spawn")
        with ProcessPool(self.count, initializer=_limit, initargs=[self.memory_bytes], context=context) as pool:

            def start(task: T) -> tuple[T, ProcessFuture[R]]:
                return task, pool.schedule(work, args=(task,), timeout=self.seconds)

            waiting = deque(start(t) for t in (*first, *islice(todo, self.count * _AHEAD)))
            while waiting:
                task, future = waiting.popleft()
                fault = future.exception()
                if isinstance(fault, TimeoutError | ProcessExpired):
                    future = start(task)[1]
                    fault = future.exception()
                waiting.extend(start(t) for t in islice(todo, 1))
                yield future.result() if fault is None else Fault(_reason(fault, self.seconds))


def _limit(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reason(fault: BaseException, seconds: float) -> str:
    if isinstance(fault, TimeoutError):
        return f"took longer than {seconds:g} s"
    if isinstance(fault, MemoryError):
        return "needed more memory than a worker may have"
    if isinstance(fault, ProcessExpired):
        return f"its worker process died (exit code {fault.exitcode})"
    message: Any = " ".join(str(fault).split())[:200]
    return f"{type(fault).__name__}: {message}"
