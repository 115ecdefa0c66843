"""Rankings: of the mined results on one benchmark and metric, and the survey's own rows as they stood.

A mined ranking shows each model's best score with how many reports there are and how far they differ; results on a
subset, in an ablation, of low confidence, or of a name that nobody vouches for (the
registry, or the paper as a model of its own) are left to the page of their paper.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.site.counted import is_named, is_sure
from pipeline.site.snapshot import Row, Snapshot


@dataclass(frozen=True, slots=True)
class Entry:
    """One model's line: its best report, and the span of all reports by any paper."""

    name: str
    model_id: str | None
    openness: str | None
    result: Row
    n_reports: int
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Board:
    benchmark_id: str
    name: str
    metric_id: str
    metric: str
    unit: str | None
    higher_is_better: bool
    entries: tuple[Entry, ...]
    has_baseline: bool


def boards(snap: Snapshot, rows: Sequence[Row]) -> list[Board]:
    """Rankings of the given results, the most reported benchmark first."""
    by_measure: defaultdict[tuple[str, str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        if row["benchmark_id"] and row["metric_id"] and not row["subset"] and _ranks(snap, row):
            by_measure[row["benchmark_id"], row["metric_id"], row["unit"]].append(row)
    made = [_board(snap, key, found) for key, found in by_measure.items()]
    return sorted(made, key=lambda b: (-len(b.entries), b.name, b.metric, b.unit or ""))


def _ranks(snap: Snapshot, row: Row) -> bool:
    return is_named(row) and is_sure(snap, row)


def _board(snap: Snapshot, key: tuple[str, str, str | None], rows: Sequence[Row]) -> Board:
    benchmark_id, metric_id, unit = key
    said = Counter(r["higher_is_better"] for r in rows if r["higher_is_better"] is not None)
    higher = said[True] >= said[False]
    sign = 1 if higher else -1
    by_model: defaultdict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        name = (row["model_id"], None) if row["model_id"] else (row["model_raw"], row["paper_id"])
        by_model[name].append(row)
    entries = []
    for found in by_model.values():
        best = max(found, key=lambda r: (sign * r["score"], r["confidence"], r["result_id"]))
        scores = [r["score"] for r in found]
        model = snap.models.get(best["model_id"] or "")
        entries.append(
            Entry(
                name=str(model["name"]) if model else best["model_raw"],
                model_id=best["model_id"],
                openness=model["openness"] if model else best.get("model_openness"),
                result=best,
                n_reports=len(found),
                lowest=min(scores),
                highest=max(scores),
            )
        )
    entries.sort(key=lambda e: (-sign * e.result["score"], e.name, e.result["result_id"]))
    return Board(
        benchmark_id=benchmark_id,
        name=snap.benchmark_name(benchmark_id, None),
        metric_id=metric_id,
        metric=snap.metric_name(metric_id, None) or metric_id,
        unit=unit,
        higher_is_better=higher,
        entries=tuple(entries),
        has_baseline=any((e.model_id or "").startswith("gpt-3.5-turbo") for e in entries),
    )


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """A table of the survey or its live page, as it stood: models by benchmarks; a cell holds its rows' text."""

    label: str
    provenance: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Row, tuple[str, ...]], ...]


def survey_tables(rows: Sequence[Row]) -> list[SurveyTable]:
    by_table: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_table[row["provenance"], row["table_label"]].append(row)
    out = []
    for (provenance, label), cells in sorted(by_table.items(), key=lambda kv: (kv[0][0] != "survey", kv[0][1])):
        columns = tuple(dict.fromkeys(c["benchmark_raw"] for c in cells))
        models = {c["model_raw"]: c for c in reversed(cells)}
        text: dict[tuple[str, str], str] = {(c["model_raw"], c["benchmark_raw"]): c["score_text"] for c in cells}
        ordered = dict.fromkeys(c["model_raw"] for c in cells)
        lines = tuple((models[m], tuple(text.get((m, b), "") for b in columns)) for m in ordered)
        out.append(SurveyTable(label, provenance, columns, lines))
    return out
