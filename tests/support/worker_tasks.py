"""Tasks for worker processes, which have to import them by name."""

from __future__ import annotations

import errno
import os
import time


def behave(task: str) -> str:
    """What a task says that it does."""
    if task == "die":
        os._exit(3)
    if task == "hang":
        time.sleep(60)
    if task == "break":
        raise KeyError("a slip of ours")
    if task == "eat":
        return "x" * (1 << 40)
    if task == "fill":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return task.upper()
