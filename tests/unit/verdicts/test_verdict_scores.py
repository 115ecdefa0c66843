"""Which scores a claim is checked by where subject, benchmark or direction are not said outright."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.sample_claims import REGISTRY, both, claim, reading, table
from support.sample_results import result

from extractors.claims.verdicts import judge
from extractors.records import Claim, Result

GSM = {"benchmark_raw": "GSM8K", "benchmark_id": "gsm8k"}


def verdict(made: Claim, results: list[Result]) -> str | None:
    (judged,) = judge([made], results, reading(), REGISTRY)
    return judged.verdict


def plain(score: str, **fields: Any) -> Result:
    return result("gpt-3.5-turbo", score, **(GSM | {"row": 1} | fields))


def aided(score: str, **fields: Any) -> Result:
    return result("GPT-3.5-turbo w/ hints", score, **(GSM | {"row": 2} | fields))


@pytest.mark.parametrize(
    ("subject", "with_hints", "expected"),
    [
        ("giving hints", "60.0", "supported"),
        ("giving hints", "40.0", "not_checkable"),
        ("giving advice", "60.0", "not_checkable"),
    ],
)
def test_a_method_is_told_by_rows_of_the_baseline_that_name_it(subject: str, with_hints: str, expected: str) -> None:
    made = claim("Giving hints improves GPT-3.5-turbo.", subject_raw=subject, is_own=False)
    assert verdict(made, [plain("50.0"), aided(with_hints)]) == expected


@pytest.mark.parametrize(("score", "expected"), [("60.0", "supported"), ("40.0", "not_checkable")])
def test_of_a_paper_of_data_the_tuned_model_is_its_own(score: str, expected: str) -> None:
    made = claim("We show that tuning on WrenData beats GPT-3.5-turbo.", subject_raw="WrenData")
    sizes = result("WrenData", "17.0", model_role="proposed", table_id="t2", benchmark_raw="Letters", benchmark_id=None)
    assert verdict(made, [plain("50.0"), result("Fine-tuned Finch", score, **GSM), sizes]) == expected


@pytest.mark.parametrize(
    ("caption", "metric", "expected"),
    [
        ("Safety of models. The lower, the better.", "share", "supported"),
        ("Safety of models; lower values are better.", "share", "supported"),
        ("Proportion of harmful answers.", "share", "supported"),
        ("Safety of models.", "Unsafe rate", "supported"),
        ("Safety of models.", "share", "not_checkable"),
        ("Lower is better for fraud, higher is better for help.", "share", "not_checkable"),
    ],
)
def test_the_caption_tells_whether_less_is_better(caption: str, metric: str, expected: str) -> None:
    unknown: dict[str, Any] = {"metric_id": None, "metric_raw": metric, "higher_is_better": None}
    rows = [r for name in ("Fraud", "Theft") for r in both(name, "2.0", "4.0", **unknown)]
    there = replace(reading(), tables=(replace(table("t1", "Table 1"), caption=caption),))
    (judged,) = judge([claim("WrenLM is safer than GPT-3.5-turbo.")], rows, there, REGISTRY)
    assert judged.verdict == expected


def test_less_distance_is_better() -> None:
    rows = [r for name in ("Songs", "Calls") for r in both(name, "20.0", "40.0", metric_raw="F1")]
    there = replace(reading(), tables=(replace(table("t1", "Table 1"), caption="Mean edit distance of spans."),))
    (judged,) = judge([claim("WrenLM is closer to birders than GPT-3.5-turbo.")], rows, there, REGISTRY)
    assert judged.verdict == "supported"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("WrenLM beats GPT-3.5-turbo on formal puzzles.", "supported"),
        ("WrenLM beats GPT-3.5-turbo in both formal and informal puzzles.", "not_checkable"),
        ("WrenLM is better than GPT-3.5-turbo at the Formal metric.", "supported"),
        ("WrenLM beats GPT-3.5-turbo.", "not_checkable"),
    ],
)
def test_a_header_after_on_is_what_is_meant_but_refutes_nothing(sentence: str, expected: str) -> None:
    rows = [*both("Formal", "60.0", "50.0"), *both("Informal", "40.0", "70.0")]
    assert verdict(claim(sentence), rows) == expected


def test_the_base_model_that_is_turned_into_something_is_the_papers_own() -> None:
    made = claim("It lifts the base model above GPT-3.5-turbo.", subject_raw="base model", is_own=False)
    assert verdict(made, both("GSM8K", "60.0", "50.0")) == "supported"


def test_an_undated_name_means_the_dated_release() -> None:
    made = claim("WrenLM beats Claude 3.5 Sonnet.", baseline_raw="Claude 3.5 Sonnet", baseline_id="claude-3.5-sonnet")
    rows = [result("WrenLM", "60.0", model_role="proposed", **GSM)]
    rows.append(result("Claude-3.5-Sonnet-1022", "50.0", **GSM, model_id="claude-3.5-sonnet-2024-10-22"))
    assert verdict(made, rows) == "supported"


@pytest.mark.parametrize(("name", "expected"), [("math", "supported"), ("coding", "not_checkable")])
def test_a_kind_of_tasks_means_the_benchmarks_of_that_kind(name: str, expected: str) -> None:
    rows = [*both("GSM8K", "60.0", "50.0"), *both("HumanEval", "20.0", "50.0")]
    made = claim(f"WrenLM beats GPT-3.5-turbo on {name} tasks.", benchmarks_raw=(name,), scope_source="context")
    assert verdict(made, rows) == expected


@pytest.mark.parametrize(("section", "expected"), [("5 MMLU", "not_checkable"), ("5 Results", "supported")])
def test_benchmarks_before_the_sentence_bind_it_only_as_a_heading(section: str, expected: str) -> None:
    made = claim(
        "WrenLM beats GPT-3.5-turbo.",
        benchmarks_raw=("MMLU",),
        benchmark_ids=("mmlu",),
        scope_source="context",
        section=section,
    )
    assert verdict(made, both("GSM8K", "60.0", "50.0")) == expected


@pytest.mark.parametrize(
    ("subject", "score", "expected"),
    [
        ("our 7B-backbone system", "60.0", "supported"),
        ("our final method", "60.0", "supported"),
        ("our 7B-backbone system", "40.0", "not_checkable"),
    ],
)
def test_what_is_ours_is_what_the_paper_names_elsewhere(subject: str, score: str, expected: str) -> None:
    named = claim("Finch beats GPT-3.5-turbo.", subject_raw="Finch", is_own=True, benchmarks_raw=(), benchmark_ids=())
    made = replace(named, subject_raw=subject, sentence=f"Notably, {subject} beats GPT-3.5-turbo on GSM8K.")
    rows = [plain("50.0"), result("Finch (tuned)", score, **(GSM | {"row": 3}))]
    assert judge([named, made], rows, reading(), REGISTRY)[1].verdict == expected


def test_a_model_that_only_has_a_size_is_never_refuted() -> None:
    made = claim("From a 7B model to GPT-3.5-turbo scores rise.", subject_raw="7B model", relation="behind")
    rows = [plain("50.0"), result("Finch 7B", "60.0", **(GSM | {"row": 3}))]
    assert verdict(replace(made, is_own=False), rows) == "not_checkable"
