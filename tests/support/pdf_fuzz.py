"""What a worker does with a spoiled PDF or a bomb, for the tests and the long run of `tests/faults/fuzz_pdfs.py`.

It stands here, since worker processes import it by its name.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessPool
from support import pdf_bombs
from support.pdf_mutants import mutant

from extractors.errors import ExtractionError
from extractors.read import read_paper
from extractors.records import PaperMeta
from extractors.registry.load import load_registry
from extractors.results.extract import extract_results
from pipeline.resources.limits import WORKER_BYTES, bounded, death, limit_memory

MIB = 2**20
WALL_SECONDS = 300  # under load; the bound that counts is of processor time
DEMO = Path(__file__).resolve().parents[2] / "pipeline" / "demo" / "pdf"
_registry = cache(load_registry)


@dataclass(frozen=True)
class Ending:
    """`is_ours`: the status names a fault of ours. `peak` is the highest memory of the worker so far, in MiB."""

    seed: int
    change: str
    status: str
    seconds: float
    peak: int
    is_ours: bool = False


@cache
def _sources(folder: Path) -> tuple[bytes, ...]:
    return tuple(p.read_bytes() for p in sorted(folder.glob("*.pdf")))


def attempt(task: tuple[int, Path]) -> Ending:
    """Runs in a worker: the seconds are those of reading, not of spoiling."""
    return bounded(_attempt, task)


def _attempt(task: tuple[int, Path]) -> Ending:
    seed, folder = task
    change, body = mutant(seed, _sources(folder))
    began = time.process_time()
    is_ours = False
    try:
        meta = PaperMeta(paper_id=f"mutant-{seed}")
        reading = read_paper(body, meta)
        extract_results(reading, meta, _registry())
        status = "parsed"
    except ExtractionError as error:
        status = type(error).__name__
    except MemoryError:
        status = "out of memory"
    except Exception as error:  # noqa: BLE001  # what the fuzzing looks for
        status, is_ours = f"{type(error).__name__}: {str(error)[:80]}", True
    return Ending(seed, change, status, time.process_time() - began, _peak(), is_ours)


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def fuzz(seeds: range, folder: Path, workers: int) -> Iterator[Ending]:
    """One ending a seed, in their order."""
    with ProcessPool(
        max_workers=workers, context=get_context("spawn"), initializer=limit_memory, initargs=(WORKER_BYTES,)
    ) as pool:
        futures = [pool.schedule(attempt, args=((seed, folder),), timeout=WALL_SECONDS) for seed in seeds]
        for seed, future in zip(seeds, futures, strict=True):
            try:
                yield future.result()
            except TookTooLong:
                yield Ending(seed, "", f"no end within {WALL_SECONDS} s", WALL_SECONDS, 0, is_ours=True)
            except ProcessExpired as error:
                yield Ending(seed, "", death(error.exitcode), 0, 0)


def bomb(name: str) -> str:
    """Read a bomb under tight bounds."""
    limit_memory(512 * MIB)
    return bounded(_bomb, name, seconds=2)


def _bomb(name: str) -> str:
    body = {
        "spaces": lambda: pdf_bombs.deflated_spaces(2**32),
        "paths": lambda: pdf_bombs.many_paths(3_000_000),
        "forms": lambda: pdf_bombs.nested_forms(9, 10),
    }[name]()
    try:
        return f"parsed {read_paper(body, PaperMeta(paper_id='bomb')).n_pages}"
    except (ExtractionError, MemoryError) as error:
        return type(error).__name__


def read_demo() -> int:
    return read_paper((DEMO / "sample-02.pdf").read_bytes(), PaperMeta(paper_id="after")).n_pages


def take(mib: int) -> int:
    return len(bytearray(mib * MIB)) // MIB


def spin() -> int:
    return bounded(lambda n: sum(range(n)), 10**13, seconds=1)
