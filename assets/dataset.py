"""The whole data set from the week files: which version of a paper counts, and the tables over all weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from assets.fingerprint import digest_of, fingerprint
from assets.plain import TITLE_CHARS, plain_or_none, plain_table
from assets.ports import Store
from assets.stages import DERIVED
from assets.weeks import Week
from assets.work import Row
from expectations.correction_report import correction_rows
from expectations.corrections import NONE, check_names
from expectations.schema import to_arrow
from extractors.records import Comparison, Result
from extractors.registry.load import Registry
from extractors.results.confidence import UNSURE_BELOW
from extractors.results.conflicts import find_conflicts
from extractors.survey.load import load_survey

T = TypeVar("T", Result, Comparison)
CORRECTED = ("tables", "results", "claims", "comparisons", "conflicts")


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows of `papers`, and of each week the readings that count."""

    papers: Sequence[Row]
    readings: Mapping[Week, frozenset[str]]


def dataset_inputs(store: Store) -> str:
    """A digest of all that the data set is made from: week files, registry, rules, and the code that publishes."""
    stages = [
        "documents",
        *(f"{s.name}_faults" for s in DERIVED.values()),
        *(t for s in DERIVED.values() for t in s.tables),
    ]
    files = [f"{stage} {week.name} {store.digest(stage, week)}" for stage in stages for week in store.weeks(stage)]
    return digest_of(fingerprint("dataset"), store.corrections().digest(), *files)


def choose_papers(store: Store) -> Choice:
    """Of two versions of a paper the newest that could be read counts and the older is `superseded`; one that is
    withdrawn counts too, so that nothing of the paper stays. A newer one that failed is told as `failed` beside the one
    that counts. Of the same version from two sources the one that could be read, then the first by name of source and
    place. A paper that was passed over is none."""
    rows: list[tuple[Week, Row]] = []
    for week in store.weeks("documents"):
        faults = _faults(store, week)
        table = store.read("documents", week)
        for row in table.to_pylist() if table is not None else []:
            if row["state"] != "passed_over":
                reason = row["error"] or faults.get(row["reading"]) or _missing(row)
                rows.append((week, row | {"error": reason, "status": _status(row, reason)}))
    rows.sort(key=lambda item: _preference(item[1]))
    newest: dict[str, int] = {}
    for _, row in rows:
        if row["status"] != "failed":
            newest[row["paper_id"]] = max(newest.get(row["paper_id"], 0), row["version"] or 0)
    seen: set[tuple[str, int | None]] = set()
    papers: list[Row] = []
    readings: dict[Week, set[str]] = {}
    for week, row in rows:
        if (row["paper_id"], row["version"]) in seen:
            continue
        seen.add((row["paper_id"], row["version"]))
        is_newest = (row["version"] or 0) == newest.get(row["paper_id"])
        papers.append(_paper(row, row["status"] if is_newest or row["status"] == "failed" else "superseded"))
        if is_newest and row["status"] == "parsed":
            readings.setdefault(week, set()).add(row["reading"])
    return Choice(papers, {week: frozenset(keys) for week, keys in readings.items()})


def assemble(store: Store, registry: Registry) -> dict[str, pa.Table]:
    """Every published table, before checks: rows of the readings that count, and the registry as used."""
    choice, said = choose_papers(store), store.corrections()
    check_names(said, registry)
    tables = {"papers": to_arrow("papers", choice.papers)}
    for stage in DERIVED.values():
        for name in stage.tables:
            tables[name] = to_arrow(name, _collect(store, name, choice.readings))
    survey = load_survey()
    results = [_record(Result, r) for r in tables["results"].to_pylist()]
    results = [r for r in results if (r.confidence >= UNSURE_BELOW or said.is_accepted(r)) and not said.is_refused(r)]
    comparisons = [_record(Comparison, r) for r in tables["comparisons"].to_pylist()]
    captions = {t["table_id"]: t["caption"] for t in tables["tables"].select(["table_id", "caption"]).to_pylist()}
    conflicts = find_conflicts(results, comparisons, survey, registry, captions)
    tables["conflicts"] = to_arrow("conflicts", [asdict(c) for c in conflicts])
    tables["survey_results"] = to_arrow("survey_results", [asdict(s) for s in survey])
    tables["models"] = to_arrow("models", [asdict(m) for m in registry.models.values()])
    tables["benchmarks"] = to_arrow("benchmarks", [asdict(b) for b in registry.benchmarks.values()])
    tables["metrics"] = to_arrow("metrics", [asdict(m) for m in registry.metrics.values()])
    corrected = {name: tables[name].to_pylist() for name in CORRECTED} if said != NONE else {}
    tables["corrections"] = to_arrow("corrections", correction_rows(said, corrected))
    return {name: plain_table(table) for name, table in tables.items()}


def _collect(store: Store, name: str, readings: Mapping[Week, frozenset[str]]) -> list[Row]:
    rows: list[Row] = []
    for week in store.weeks(name):
        table = store.read(name, week)
        if table is not None and week in readings:
            wanted = pa.array(sorted(readings[week]), pa.string())
            rows.extend(table.filter(pc.is_in(table.column("reading"), value_set=wanted)).to_pylist())
    return rows


def _record(kind: type[T], row: Row) -> T:
    """A row of a week file as the record that it was."""
    names = {field.name for field in fields(kind)}
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in names}
    return kind(**values)


def _faults(store: Store, week: Week) -> dict[str, str]:
    """Readings on which a later stage failed, with its name and the reason."""
    found: dict[str, str] = {}
    for stage in DERIVED.values():
        table = store.read(f"{stage.name}_faults", week)
        for row in table.to_pylist() if table is not None else []:
            found.setdefault(row["reading"], f"{stage.name}: {row['reason']}")
    return found


def _missing(row: Row) -> str | None:
    return "its PDF was not fetched" if row["state"] == "wanted" and row["sha256"] is None else None


def _status(row: Row, reason: str | None) -> str:
    if row["state"] == "withdrawn":
        return "withdrawn"
    return "failed" if reason else "parsed"


def _preference(row: Row) -> tuple[str, int, bool, str, str]:
    return (row["paper_id"], row["version"] or 0, row["status"] != "parsed", row["source"], row["locator"])


def _paper(row: Row, status: str) -> Row:
    """What the source does not say of a paper is taken from its PDF."""
    title = row["title"] or plain_or_none(row["title_printed"], TITLE_CHARS)
    abstract = row["abstract"] or row["abstract_printed"]
    error = row["error"] if status == "failed" else None
    if status == "withdrawn":
        error = row["reason"]
    return row | {"title": title, "abstract": abstract, "pdf_sha256": row["sha256"], "status": status, "error": error}
