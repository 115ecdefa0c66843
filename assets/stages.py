"""Week files, stage by stage, without Dagster: what a stage is made from, whether it is current, how it is made.

listing -> pdfs -> documents -> tables
                             -> results, comparisons
                             -> claims
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets import work
from assets.fingerprint import digest_of, fingerprint
from assets.ports import Fault, Listed, PaperUnavailableError, Progress, Source, Store, Workers
from assets.weeks import Week
from assets.work import PaperTask, Row
from expectations.corrections import NONE, Corrections
from expectations.schema import to_arrow
from extractors.records import PaperMeta

_STR, _STRS, _INT = pa.string(), pa.list_(pa.string()), pa.int32()
_META: list[tuple[str, pa.DataType]] = [
    ("paper_id", _STR),
    ("version", _INT),
    ("title", _STR),
    ("authors", _STRS),
    ("abstract", _STR),
]
_META += [(n, _STR) for n in ("published", "updated", "primary_category")]
_META += [("categories", _STRS), ("license", _STR), ("pdf_url", _STR)]
LISTING = pa.schema([*_META, ("source", _STR), ("locator", _STR), ("state", _STR), ("reason", _STR)])
PDFS = pa.schema([*LISTING, ("path", _STR), ("sha256", _STR), ("error", _STR), ("is_final", pa.bool_())])
DOCUMENTS = pa.schema(
    [
        *PDFS,
        *(("reading", _STR), ("n_pages", _INT), ("n_tables", _INT), ("n_sentences", _INT)),
        *(("title_printed", _STR), ("abstract_printed", _STR)),
    ]
)
FAULTS = pa.schema([("reading", _STR), ("reason", _STR)])


@dataclass(frozen=True, slots=True)
class Derived:
    """A stage that works on readings: the function of a worker, and the tables of which it yields rows."""

    name: str
    work: Callable[[PaperTask], dict[str, list[Row]]]
    code: str
    tables: tuple[str, ...]


DERIVED = {
    "tables": Derived("tables", work.table_rows, "reading", ("tables",)),
    "results": Derived("results", work.result_rows, "results", ("results", "comparisons")),
    "claims": Derived("claims", work.claim_rows, "claims", ("claims",)),
}


BY_ID = ", by id"  # ends the inputs of a listing of which only single papers were asked for


def list_week(store: Store, source: Source, week: Week, ids: Sequence[Listed] | None) -> pa.Table:
    """Note what the source lists in a week. Papers of other sources stay; with `ids` (papers asked for one by one)
    those of this source stay too, but for the ones that are listed anew. Where a source lists the newest versions only,
    the older ones that were listed before stay."""
    listed = source.list_papers(week) if ids is None else ids
    new: list[Row] = [asdict(p.meta) | {"source": source.key, **_where(p)} for p in listed]
    old = store.read("listing", week)
    fresh = {(r["paper_id"], r["version"]) for r in new}
    newest = {r["paper_id"]: r["version"] or 0 for r in new} if source.lists_newest_only else {}
    for row in old.to_pylist() if old is not None else []:
        is_mine = row["source"] == source.key
        is_older = (row["version"] or 0) < newest.get(row["paper_id"], 0)
        if not is_mine or is_older or (ids is not None and (row["paper_id"], row["version"]) not in fresh):
            new.append(row)
    table = pa.Table.from_pylist(sorted(new, key=_order), schema=LISTING)
    before = store.inputs("listing", week)
    is_whole = ids is None or (old is not None and before is not None and not before.endswith(BY_ID))
    return _keep(store, "listing", week, table, inputs=source.key if is_whole else source.key + BY_ID)


def fetch_week(store: Store, source: Source, week: Week, progress: Progress) -> pa.Table:
    """Have the PDF of every wanted paper of this source; rows of other sources keep what is known of them. One that
    could not be had for good is not asked for again."""
    listing, before = store.read("listing", week), store.read("pdfs", week)
    known = {(r["source"], r["paper_id"], r["version"]): r for r in before.to_pylist()} if before is not None else {}
    rows = []
    for row in listing.to_pylist() if listing is not None else []:
        got: Row = {"path": None, "sha256": None, "error": None, "is_final": None}
        kept = known.get((row["source"], row["paper_id"], row["version"]), got)
        if row["source"] != source.key or kept.get("is_final"):
            got = {k: kept.get(k) for k in got}
        elif row["state"] == "wanted":
            paper = Listed(meta_of(row), row["locator"], row["state"], row["reason"])
            try:
                pdf = source.fetch(paper, store.pdf_path(_pdf_name(paper.meta)))
                got |= {"path": str(pdf.path), "sha256": pdf.sha256}
            except PaperUnavailableError as error:
                got |= {"error": " ".join(str(error).split())[:300], "is_final": error.is_final}
            progress.advance("fetch")
        rows.append(row | got)
    return _keep(store, "pdfs", week, pa.Table.from_pylist(rows, schema=PDFS), inputs=store.digest("listing", week))


def document_inputs(store: Store, week: Week) -> str:
    return digest_of(store.digest("pdfs", week), fingerprint("reading"), fingerprint("shapes"))


def derived_inputs(store: Store, week: Week, stage: Derived) -> str:
    said = store.corrections()
    if said != NONE:
        said = said.of_papers({row["paper_id"] for row in _rows(store, "documents", week)})
    told = (said.digest(),) if said != NONE else ()
    return digest_of(store.digest("documents", week), fingerprint(stage.code), fingerprint("shapes"), *told)


def is_current(store: Store, week: Week) -> bool:
    """Whether everything after the PDFs of a week was made from them, by the present rules."""
    if store.inputs("documents", week) != document_inputs(store, week):
        return False
    return all(store.inputs(s.tables[-1], week) == derived_inputs(store, week, s) for s in DERIVED.values())


def read_weeks(store: Store, workers: Workers, weeks: Sequence[Week], progress: Progress) -> int:
    """Read the PDFs of the weeks that are not current, and write their `documents`; how many weeks that were."""
    stale = [w for w in weeks if store.inputs("documents", w) != document_inputs(store, w)]
    rows = {w: _rows(store, "pdfs", w) for w in stale}
    tasks = [(w, _task(store, r)) for w in stale for r in rows[w] if r["sha256"]]
    progress.begin("read", len(tasks))
    answers = _watched(workers.map(work.read, (t for _, t in tasks)), progress, "read")
    done: dict[tuple[Week, str, str], work.Read] = {}
    position = 0
    for week in stale:
        size = sum(1 for r in rows[week] if r["sha256"])
        for _, task in tasks[position : position + size]:
            answer = next(answers)
            read = work.Read(error=answer.reason) if isinstance(answer, Fault) else answer
            done[(week, task.sha256, work.reading_key(task.meta, task.sha256))] = read
        position += size
        table = pa.Table.from_pylist([_document(r, week, done) for r in rows.pop(week)], schema=DOCUMENTS)
        store.write("documents", week, table, inputs=document_inputs(store, week))
        done.clear()
    return len(stale)


def derive_weeks(store: Store, workers: Workers, weeks: Sequence[Week], stage: Derived, progress: Progress) -> int:
    """Write the week files of a stage that works on readings, for the weeks that are not current; how many were."""
    stale = [w for w in weeks if store.inputs(stage.tables[-1], w) != derived_inputs(store, w, stage)]
    said = store.corrections()
    tasks = [(w, _task(store, r, said)) for w in stale for r in _rows(store, "documents", w) if r["n_pages"]]
    progress.begin(stage.name, len(tasks))
    answers = _watched(workers.map(stage.work, (t for _, t in tasks)), progress, stage.name)
    of_week = {week: [t for _, t in group] for week, group in groupby(tasks, key=lambda item: item[0])}
    for week in stale:
        parts: dict[str, list[pa.Table]] = {name: [] for name in stage.tables}
        faults = []
        for task in of_week.pop(week, []):
            key, answer = work.reading_key(task.meta, task.sha256), next(answers)
            if isinstance(answer, Fault):
                faults.append({"reading": key, "reason": answer.reason})
                continue
            for name in stage.tables:
                parts[name].append(_with_reading(to_arrow(name, answer[name]), key))
        inputs = derived_inputs(store, week, stage)
        store.write(f"{stage.name}_faults", week, pa.Table.from_pylist(faults, schema=FAULTS), inputs=inputs)
        for name in stage.tables:
            empty = _with_reading(to_arrow(name, []), "")
            store.write(name, week, pa.concat_tables([empty, *parts[name]]), inputs=inputs)
    return len(stale)


def count(store: Store, weeks: Sequence[Week], name: str, column: str | None = None) -> int:
    """Rows of a stage over weeks; with `column` those in which it is not null."""
    total = 0
    for week in weeks:
        table = store.read(name, week)
        if table is not None:
            total += table.num_rows - (table.column(column).null_count if column else 0)
    return total


def head(store: Store, weeks: Sequence[Week], name: str, rows: int = 50) -> list[Row]:
    """The first rows of a stage over weeks."""
    found: list[Row] = []
    for week in weeks:
        table = store.read(name, week)
        if table is not None and len(found) < rows:
            found += table.slice(0, rows - len(found)).to_pylist()
    return found


def meta_of(row: Mapping[str, Any]) -> PaperMeta:
    """The metadata of a row of `listing`, `pdfs` or `documents`."""
    fields = {name: row[name] for name, _ in _META}
    return PaperMeta(**fields | {"authors": tuple(row["authors"] or ()), "categories": tuple(row["categories"] or ())})


def _where(paper: Listed) -> Row:
    return {"locator": paper.locator, "state": paper.state, "reason": paper.reason}


def _order(row: Mapping[str, Any]) -> tuple[str, int, str, str]:
    return (row["paper_id"], row["version"] or 0, row["source"], row["locator"])


def _pdf_name(meta: PaperMeta) -> str:
    """A file name that no id can lead out of its folder: `cs/0501001` becomes `cs_0501001v1.pdf`."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "_" for c in meta.paper_id).strip(".")[:80]
    tail = "" if safe == meta.paper_id else "-" + hashlib.sha256(meta.paper_id.encode()).hexdigest()[:8]
    return f"{safe}v{meta.version}{tail}.pdf" if meta.version is not None else f"{safe}{tail}.pdf"


def _task(store: Store, row: Row, said: Corrections = NONE) -> PaperTask:
    meta = meta_of(row)
    kept = store.reading_path(fingerprint("reading"), work.reading_key(meta, row["sha256"]))
    return PaperTask(meta, Path(row["path"]), row["sha256"], kept, said.of_papers({meta.paper_id}))


def _document(row: Row, week: Week, done: Mapping[tuple[Week, str, str], work.Read]) -> Row:
    if row["sha256"] is None:
        return row
    key = work.reading_key(meta_of(row), row["sha256"])
    read = done[(week, row["sha256"], key)]
    printed = {"title_printed": read.title, "abstract_printed": read.abstract}
    numbers = {"n_pages": read.n_pages, "n_tables": read.n_tables, "n_sentences": read.n_sentences}
    return row | printed | numbers | {"reading": key, "error": read.error}


def _with_reading(table: pa.Table, key: str) -> pa.Table:
    """The table with a last column that says from which reading its rows come."""
    return table.append_column("reading", pa.array([key] * table.num_rows, pa.string()))


def _rows(store: Store, stage: str, week: Week) -> list[Row]:
    table = store.read(stage, week)
    return table.to_pylist() if table is not None else []


def _keep(store: Store, stage: str, week: Week, table: pa.Table, *, inputs: str) -> pa.Table:
    """Write a week file unless it stands there with the same rows."""
    old = store.read(stage, week)
    if old is None or not old.equals(table) or store.inputs(stage, week) != inputs:
        store.write(stage, week, table, inputs=inputs)
    return table


def _watched(answers: Iterator[Any], progress: Progress, what: str) -> Iterator[Any]:
    for answer in answers:
        progress.advance(what)
        yield answer
