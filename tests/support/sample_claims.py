"""A claim of an invented system against GPT-3.5-turbo, scores of both, and a reading for tests of verdicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from support.sample_results import result

from extractors.records import Claim, DocumentText, PaperReading, Result, Sentence, Table
from extractors.registry.load import load_registry

REGISTRY = load_registry()


def claim(sentence: str, relation: str = "beats", **fields: Any) -> Claim:
    base = Claim(
        claim_id="k",
        group_id="k",
        paper_id="p1",
        page=1,
        lines=(),
        section="Results",
        sentence=sentence,
        subject_raw="WrenLM",
        subject_id=None,
        is_own=True,
        relation="beats",
        baseline_raw="GPT-3.5-turbo",
        baseline_id="gpt-3.5-turbo",
        benchmarks_raw=(),
        benchmark_ids=(),
        metric_id=None,
        margin=None,
        margin_unit=None,
        hedged=False,
        negated=False,
        rule="test",
        confidence=1.0,
    )
    return replace(base, relation=relation, **fields)


def reading(*sentences: Sentence) -> PaperReading:
    return PaperReading("p1", "", 1, DocumentText("WrenLM: a small bird", None, (), (), sentences, 1), ())


def table(table_id: str, label: str) -> Table:
    box = (0.0, 0.0, 1.0, 1.0)
    return Table(table_id, "p1", 1, box, label, None, 2, 2, 1, 1, "results", "test", 0, ())


def both(name: str, ours: str, theirs: str, **fields: Any) -> list[Result]:
    """Scores of WrenLM and of GPT-3.5-turbo on one benchmark of one table."""
    there = {"benchmark_raw": name, "benchmark_id": REGISTRY.benchmark_keys.get(name.casefold())} | fields
    return [result("WrenLM", ours, model_role="proposed", **there), result("gpt-3.5-turbo", theirs, **there)]
