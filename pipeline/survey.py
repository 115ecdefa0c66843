"""The whole way of one run over a folder: read the papers in worker processes, link, check, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pebble import ProcessPool
from pydantic import TypeAdapter

import extractors
from expectations.schema import structural_faults, to_arrow
from extractors.errors import ExtractionError
from extractors.read import read_paper
from extractors.records import PaperMeta, PaperReading
from extractors.registry.load import load_registry
from extractors.results.extract import extract_results
from pipeline.errors import CheckFailedError
from pipeline.publish.snapshot import publish_snapshot
from pipeline.resources.folder import FolderPaper

_READING = TypeAdapter(PaperReading)
PAPER_SECONDS = 120  # a paper of 100 pages takes about 2 s; what takes longer hangs


@dataclass(frozen=True, slots=True)
class Outcome:
    """One paper after reading: either `reading` or `error` is there."""

    paper: FolderPaper
    sha256: str
    reading: PaperReading | None
    error: str | None


@dataclass(slots=True)
class Summary:
    snapshot: Path | None = None
    counts: dict[str, int] = field(default_factory=dict)


def fingerprint() -> str:
    """A hash of the reading code: a reading is kept until its file or this changes."""
    root = Path(extractors.__path__[0])
    files = [*sorted((root / "document").glob("*.py")), *sorted((root / "tables").glob("*.py"))]
    files += [root / "read.py", root / "records.py"]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def _read(paper: FolderPaper, store: Path) -> Outcome:
    """Runs in a worker; a reading kept from an earlier run is taken as it is."""
    pdf = paper.path.read_bytes()
    sha = hashlib.sha256(pdf).hexdigest()
    kept = store / f"{sha}.{hashlib.sha256(paper.meta.paper_id.encode()).hexdigest()[:8]}.json"
    if kept.is_file():
        return Outcome(paper, sha, _READING.validate_json(kept.read_bytes()), None)
    try:
        reading = read_paper(pdf, paper.meta)
    except ExtractionError as error:
        return Outcome(paper, sha, None, f"{type(error).__name__}: {error}")
    draft = kept.with_suffix(f".{sha[:6]}.part")
    draft.write_bytes(_READING.dump_json(reading))
    draft.replace(kept)
    return Outcome(paper, sha, reading, None)


def read_all(papers: list[FolderPaper], data_dir: Path, workers: int) -> Iterator[Outcome]:
    """Outcomes in the order of `papers`. A worker that dies or hangs costs its paper only; the reason is recorded."""
    store = data_dir / "core" / fingerprint()
    store.mkdir(parents=True, exist_ok=True)
    with ProcessPool(max_workers=workers, context=get_context("spawn")) as pool:
        futures = [pool.schedule(_read, args=(paper, store), timeout=PAPER_SECONDS) for paper in papers]
        for paper, future in zip(papers, futures, strict=True):
            fault = future.exception()
            if fault is None:
                yield future.result()
            else:
                sha = hashlib.sha256(paper.path.read_bytes()).hexdigest()
                yield Outcome(paper, sha, None, f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}")


def run_folder(
    papers: list[FolderPaper], data_dir: Path, *, date: str, workers: int, progress: Callable[[], None]
) -> Summary:
    """Read, link, check and publish. Of two versions of a paper the newest counts, the older is `superseded`.

    Raises CheckFailedError or PublishError; nothing is published then.
    """
    registry = load_registry()
    newest: dict[str, int] = {}
    for paper in papers:
        newest[paper.meta.paper_id] = max(newest.get(paper.meta.paper_id, 0), paper.meta.version or 0)
    rows: dict[str, list[dict[str, Any]]] = {"papers": [], "tables": [], "results": []}
    for outcome in read_all(papers, data_dir, workers):
        progress()
        meta = outcome.paper.meta
        is_old = (meta.version or 0) < newest[meta.paper_id]
        rows["papers"].append(_paper_row(meta, outcome, "superseded" if is_old else None))
        if outcome.reading is None or is_old:
            continue
        version = {"version": meta.version}
        rows["tables"].extend(asdict(t) | version for t in outcome.reading.tables)
        rows["results"].extend(asdict(r) | version for r in extract_results(outcome.reading, meta, registry))
    rows["models"] = [asdict(m) for m in registry.models.values()]
    rows["benchmarks"] = [asdict(b) for b in registry.benchmarks.values()]
    rows["metrics"] = [asdict(m) for m in registry.metrics.values()]
    tables = {name: to_arrow(name, items) for name, items in rows.items()}
    faults = structural_faults(tables)
    if faults:
        raise CheckFailedError("nothing published: " + "; ".join(faults))
    snapshot = publish_snapshot(tables, data_dir, date=date)
    failed = sum(1 for p in rows["papers"] if p["status"] == "failed")
    counts = {name: table.num_rows for name, table in tables.items()} | {"failed": failed}
    return Summary(snapshot, counts)


def _paper_row(meta: PaperMeta, outcome: Outcome, status: str | None) -> dict[str, Any]:
    return asdict(meta) | {
        "pdf_sha256": outcome.sha256,
        "n_pages": outcome.reading.n_pages if outcome.reading else None,
        "status": "failed" if outcome.error else status or "parsed",
        "error": outcome.error,
    }
