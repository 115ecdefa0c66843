"""What workers do for one paper: pure, picklable functions from a task to what a week file needs of it.

Nothing here imports Dagster, as every worker process imports this module. An error of extraction is an answer; any
other error is left to rise, and costs the paper in `Workers.map`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from expectations.corrections import NONE, Corrections, linked
from extractors.claims.extract import extract_claims
from extractors.claims.verdicts import judge
from extractors.errors import ExtractionError
from extractors.read import read_paper
from extractors.records import PaperMeta, PaperReading, Result
from extractors.registry.load import Registry, load_registry
from extractors.results.comparisons import compare
from extractors.results.confidence import UNSURE_BELOW
from extractors.results.extract import extract_results

_READING = TypeAdapter(PaperReading)
Row = dict[str, Any]
_registry = cache(load_registry)


@dataclass(frozen=True, slots=True)
class PaperTask:
    """A paper to work on: its PDF, the file that keeps its reading, and what was said of it by hand."""

    meta: PaperMeta
    pdf: Path
    sha256: str
    kept: Path
    corrections: Corrections = NONE


@dataclass(frozen=True, slots=True)
class Read:
    """How the reading of a PDF ended: counts, or `error`. `title` and `abstract` are those that the PDF prints."""

    n_pages: int | None = None
    n_tables: int | None = None
    n_sentences: int | None = None
    title: str | None = None
    abstract: str | None = None
    error: str | None = None


def reading_key(meta: PaperMeta, sha256: str) -> str:
    """The name under which a reading is kept: the bytes, and whose they are."""
    whose = hashlib.sha256(f"{meta.paper_id}\0{meta.version}".encode()).hexdigest()[:8]
    return f"{sha256[:40]}-{whose}"


def read(task: PaperTask) -> Read:
    """Read a PDF and keep the reading as JSON; one that is kept already is taken as it is."""
    reading = kept_reading(task.kept)
    if reading is None:
        try:
            reading = read_paper(task.pdf.read_bytes(), task.meta)
        except ExtractionError as error:
            return Read(error=f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")
        draft = task.kept.with_suffix(f".{os.getpid()}.part")
        draft.write_bytes(_READING.dump_json(reading))
        draft.replace(task.kept)
    text = reading.text
    return Read(reading.n_pages, len(reading.tables), len(text.sentences), text.title, text.abstract)


def table_rows(task: PaperTask) -> dict[str, list[Row]]:
    """The rows of `tables`."""
    version = {"version": task.meta.version}
    return {"tables": [asdict(t) | version for t in task.corrections.mended(_reading(task).tables)]}


def result_rows(task: PaperTask) -> dict[str, list[Row]]:
    """The rows of `results` and `comparisons`."""
    version = {"version": task.meta.version}
    reading, registry = _corrected(task), _names(task)
    results = _results(task, reading)
    compared = compare(_usable(task, results), registry, {t.table_id: t.caption for t in reading.tables})
    return {"results": [asdict(r) | version for r in results], "comparisons": [asdict(c) for c in compared]}


def claim_rows(task: PaperTask) -> dict[str, list[Row]]:
    """The rows of `claims`, judged by the paper's own results (made again: that is quicker than to keep them)."""
    reading, registry, said = _corrected(task), _names(task), task.corrections
    claims = said.mended(extract_claims(reading, task.meta, registry))
    if claims:  # mended before they are judged, and after: a verdict by hand stays
        claims = said.mended(judge(claims, _usable(task, _results(task, reading)), reading, registry))
    version = {"version": task.meta.version}
    return {"claims": [asdict(c) | version | {"bbox": c.lines} for c in claims]}


def _results(task: PaperTask, reading: PaperReading) -> tuple[Result, ...]:
    registry = _names(task)
    return task.corrections.mended(extract_results(reading, task.meta, registry), registry)


def _usable(task: PaperTask, results: Sequence[Result]) -> list[Result]:
    """Nothing is computed from scores that are kept out of the data."""
    said = task.corrections
    return [r for r in results if (r.confidence >= UNSURE_BELOW or said.is_accepted(r)) and not said.is_refused(r)]


def _names(task: PaperTask) -> Registry:
    """The registry, with the names that were linked by hand for all papers or for this one."""
    return linked(_registry(), task.corrections.links)


def _corrected(task: PaperTask) -> PaperReading:
    """The reading with its tables mended; one that was refused yields no results."""
    reading, said = _reading(task), task.corrections
    return replace(reading, tables=tuple(t for t in said.mended(reading.tables) if not said.is_refused(t)))


def _reading(task: PaperTask) -> PaperReading:
    reading = kept_reading(task.kept)
    if reading is None:
        read(task)
        reading = kept_reading(task.kept)
    if reading is None:
        raise FileNotFoundError(f"the reading of {task.meta.paper_id} is gone and its PDF cannot be read again")
    return reading


def kept_reading(path: Path) -> PaperReading | None:
    try:
        return _READING.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):  # none yet, or one of an older shape: read anew
        return None
