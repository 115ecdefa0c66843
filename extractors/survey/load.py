"""The survey's table cells and statements from their YAML files, checked against the schema and the registry.

Scores come as `SurveyScore`; `survey_results` gives the same cells the shape of mined results, so that the statements
can be judged by the very engine that judges the claims of papers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from extractors.errors import RegistryError
from extractors.ids import stable_id
from extractors.records import (
    BBox,
    Claim,
    DocumentText,
    PaperReading,
    Result,
    SurveyScore,
    Table,
)
from extractors.registry.load import Registry, load_registry

SURVEY_PAPER_ID = "2311.16989"
_HERE = Path(__file__).parent
_NOWHERE: BBox = (0.0, 0.0, 0.0, 0.0)  # the survey's cells were typed by hand and have no place on a page


@lru_cache(maxsize=1)
def load_survey() -> tuple[SurveyScore, ...]:
    """The 152 cells in the order of their tables. Raises RegistryError with every fault found, one a line."""
    rows = _entries("scores.yml", "score")
    scores = tuple(
        SurveyScore(
            survey_id=row["id"],
            provenance=row["provenance"],
            table_label=row["table"],
            model_raw=row["model_raw"],
            model_id=row["model_id"],
            benchmark_raw=row["benchmark_raw"],
            benchmark_id=row["benchmark_id"],
            metric_id=row.get("metric_id"),
            score=float(row["score_text"]),
            score_text=row["score_text"],
            is_baseline=row.get("is_baseline", False),
            openness=row["openness"],
            capability=row["capability"],
            source_paper_id=row.get("source_paper_id"),
        )
        for row in rows
    )
    _check_ids(scores, load_registry())
    return scores


@lru_cache(maxsize=1)
def load_statements() -> tuple[Claim, ...]:
    """What the survey's running text says of its tables, as claims without a verdict. `sentence` is a paraphrase."""
    out = []
    for row in _entries("statements.yml", "statement"):
        margin = row.get("margin")
        out.append(
            Claim(
                claim_id=row["id"],
                group_id=row["id"],
                paper_id=SURVEY_PAPER_ID,
                page=0,
                lines=(),
                section=row["section"],
                sentence=row["says"],
                subject_raw=row["subject_raw"],
                subject_id=row["subject_id"],
                is_own=False,
                relation=row["relation"],
                baseline_raw=row["baseline_id"],
                baseline_id=row["baseline_id"],
                benchmarks_raw=tuple(row.get("benchmark_ids", ())),
                benchmark_ids=tuple(row.get("benchmark_ids", ())),
                metric_id=None,
                margin=float(margin) if margin is not None else None,
                margin_unit=row.get("margin_unit"),
                hedged=False,
                negated=False,
                rule="by hand",
                confidence=1.0,
            )
        )
    return tuple(out)


def survey_results(scores: Sequence[SurveyScore]) -> tuple[Result, ...]:
    """The cells as results, one table for each printed one; `result_id` is the cell's own id, page 0 is no page."""
    registry = load_registry()
    rows: dict[tuple[str, str], int] = {}
    cols: dict[tuple[str, str], int] = {}
    out = []
    for s in scores:
        table_id = _table_id(s)
        metric = registry.metrics.get(s.metric_id or "")
        out.append(
            Result(
                result_id=s.survey_id,
                paper_id=SURVEY_PAPER_ID,
                table_id=table_id,
                page=0,
                bbox=_NOWHERE,
                row=rows.setdefault((table_id, s.model_id), len(rows)),
                col=cols.setdefault((table_id, s.benchmark_id), len(cols)),
                model_raw=s.model_raw,
                model_id=s.model_id,
                model_role="baseline",
                benchmark_raw=s.benchmark_raw,
                benchmark_id=s.benchmark_id,
                subset=None,
                metric_raw=None,
                metric_id=s.metric_id,
                score=s.score,
                score_text=s.score_text,
                spread=None,
                unit=None,
                # every benchmark of the survey's tables is better the higher; see `higher_is_better` in its data
                higher_is_better=metric.higher_is_better if metric else True,
                n_shots=None,
                prompting=None,
                setting=None,
                is_best_marked=False,
                confidence=1.0,
                model_openness=s.openness,
            )
        )
    return tuple(out)


def survey_reading(scores: Sequence[SurveyScore]) -> PaperReading:
    """The survey as a paper whose tables carry labels and nothing else: what a verdict needs of a reading."""
    tables = {_table_id(s): _empty_table(_table_id(s), s) for s in scores}
    text = DocumentText(title=None, abstract=None, sections=(), captions=(), sentences=(), n_pages=0)
    return PaperReading(SURVEY_PAPER_ID, "", 0, text, tuple(tables.values()))


def _table_id(score: SurveyScore) -> str:
    return stable_id("t", SURVEY_PAPER_ID, score.provenance, score.table_label)


def _empty_table(table_id: str, score: SurveyScore) -> Table:
    where = "survey" if score.provenance == "survey" else "live page"
    return Table(
        table_id=table_id,
        paper_id=SURVEY_PAPER_ID,
        page=0,
        bbox=_NOWHERE,
        label=f"{score.table_label} ({where})",
        caption=None,
        n_rows=0,
        n_cols=0,
        n_header_rows=0,
        n_header_cols=0,
        kind="results",
        kind_reason="typed by hand",
        rotation=0,
        cells=(),
    )


def _entries(file: str, kind: str) -> list[dict[str, Any]]:
    """The rows of a YAML file; raises RegistryError where one breaks the schema or an id stands twice."""
    defs = json.loads((_HERE / "schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator({**defs, "$ref": f"#/$defs/{kind}"})
    rows: list[dict[str, Any]] = yaml.safe_load((_HERE / file).read_text(encoding="utf-8"))
    faults = [f"{file}: {row.get('id', row)}: {e.message}" for row in rows for e in validator.iter_errors(row)]
    ids = [row.get("id") for row in rows]
    faults += [f"{file}: {i} stands twice" for i in dict.fromkeys(ids) if ids.count(i) > 1]
    if faults:
        raise RegistryError("\n".join(faults))
    return rows


def _check_ids(scores: Sequence[SurveyScore], registry: Registry) -> None:
    faults = []
    for s in scores:
        if s.model_id not in registry.models:
            faults.append(f"scores.yml: {s.survey_id}: model {s.model_id} is not in the registry")
        if s.benchmark_id not in registry.benchmarks:
            faults.append(f"scores.yml: {s.survey_id}: benchmark {s.benchmark_id} is not in the registry")
        if s.metric_id is not None and s.metric_id not in registry.metrics:
            faults.append(f"scores.yml: {s.survey_id}: metric {s.metric_id} is not in the registry")
    if faults:
        raise RegistryError("\n".join(faults))
