"""Bounds on the memory and processor time of a worker, so that a bomb costs one paper and not the machine.

A pool is given `limit_memory` as initializer and calls `bounded` for each task. On other systems than Linux only the
pool's own time-out holds.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORKER_BYTES = 2 * 2**30
"""Of private memory. A worker with spaCy's pipeline loaded holds 0.33 GiB, after the largest papers of the corpus
0.37 GiB."""


def limit_memory(n_bytes: int = WORKER_BYTES) -> None:
    """Bounds the private memory of this process (Linux; elsewhere nothing happens); a lower one stays.

    Beyond it an allocation fails: MemoryError in Python, an error of MuPDF, at worst the end of the process, each of
    which the pool tells as the fault of one task. RLIMIT_DATA counts private writable mappings since Linux 4.7; the
    address space as a whole (RLIMIT_AS) would count mapped libraries and reserved stacks too.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource  # not everywhere

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bounds = [n_bytes, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), hard))


TASK_SECONDS = 20
"""Of processor time, which other load on the machine does not use up; the largest paper of the corpus takes 3."""


def bounded(work: Callable[[T], R], task: T, seconds: int = TASK_SECONDS) -> R:
    """`work(task)`; a process that uses more than `seconds` of processor time for it is ended by the kernel (SIGXCPU),
    which the pool tells as the fault of this task. It holds in C code too, which no handler of Python interrupts."""
    if sys.platform.startswith("linux"):
        import resource  # not everywhere

        spent = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        bound = int(spent.ru_utime + spent.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    return work(task)


def death(exit_code: int | None) -> str:
    """What the exit code of a worker says, in a few words for a paper's `error`."""
    if exit_code == -signal.SIGXCPU:
        return f"stopped after {TASK_SECONDS} s of processor time"
    if exit_code is not None and exit_code < 0:
        return f"the worker died of {signal.Signals(-exit_code).name}"
    return f"the worker ended with exit code {exit_code}"
