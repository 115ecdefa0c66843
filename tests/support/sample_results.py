"""A result of invented numbers with every field filled, for tests that need a few of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractors.records import Result

_BASE = Result(
    result_id="r",
    paper_id="p1",
    table_id="t1",
    page=1,
    bbox=(0.0, 0.0, 1.0, 1.0),
    row=1,
    col=1,
    model_raw="WrenLM",
    model_id=None,
    model_role="baseline",
    benchmark_raw="GSM8K",
    benchmark_id="gsm8k",
    subset=None,
    metric_raw=None,
    metric_id="accuracy",
    score=50.0,
    score_text="50.0",
    spread=None,
    unit="percent",
    higher_is_better=True,
    n_shots=None,
    prompting=None,
    setting=None,
    is_best_marked=False,
    confidence=1.0,
)


def result(model: str, score: str, **fields: Any) -> Result:
    """`model` is an id of the registry or, with a capital letter in it, a raw name; the id is made of what is said."""
    known = model == model.lower()
    named = replace(
        _BASE,
        model_raw=model,
        model_id=model if known else None,
        model_openness=None if known else "open",
        score=float(score),
        score_text=score,
    )
    made = replace(named, **fields)
    where = (made.paper_id, made.table_id, model, made.benchmark_raw, made.subset, made.metric_id, made.setting)
    return replace(made, result_id=fields.get("result_id", "|".join(str(w) for w in (*where, made.n_shots, score))))
