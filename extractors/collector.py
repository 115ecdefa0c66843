"""Python's collector of cycles, held off while records are made that hold none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """No search for cycles: reading makes hundreds of records a page that all live on and hold none, and Python would
    walk over all of them again and again. Freezing and thawing counts them as old without a look at each (`gc.freeze`,
    Python's manual); else the collector would walk over all of them as soon as it is let on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
