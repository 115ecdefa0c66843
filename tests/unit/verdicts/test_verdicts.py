"""Verdicts by the rules of the annotation guide, on claims and scores of our own making."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.sample_claims import REGISTRY, both, claim, reading, table
from support.sample_results import result

from extractors.claims.verdicts import judge
from extractors.records import Caption, Claim, DocumentText, PaperReading, Result, Sentence
from extractors.survey.load import load_statements, load_survey, survey_reading, survey_results

FOUR = [
    *both("GSM8K", "81.6", "57.1"),
    *both("MATH", "40.0", "35.0"),
    *both("MMLU", "65.0", "70.0"),
    *both("ARC", "80.0", "79.0"),
]


def verdict(made: Claim, results: list[Result]) -> Claim:
    (judged,) = judge([made], results, reading(), REGISTRY)
    return judged


ON_GSM = {"benchmarks_raw": ("GSM8K",), "benchmark_ids": ("gsm8k",)}
ON_MMLU = {"benchmarks_raw": ("MMLU",), "benchmark_ids": ("mmlu",)}
ON_BOTH = {"benchmarks_raw": ("GSM8K", "MMLU"), "benchmark_ids": ("gsm8k", "mmlu")}


@pytest.mark.parametrize(
    ("sentence", "relation", "fields", "expected"),
    [
        ("WrenLM beats GPT-3.5-turbo on GSM8K.", "beats", ON_GSM, "supported"),
        ("WrenLM beats GPT-3.5-turbo on MMLU.", "beats", ON_MMLU, "refuted"),
        ("WrenLM beats GPT-3.5-turbo on GSM8K and MMLU.", "beats", ON_BOTH, "refuted"),
        ("WrenLM beats GPT-3.5-turbo.", "beats", {}, "supported"),
        ("WrenLM beats GPT-3.5-turbo on all tasks.", "beats", {}, "refuted"),
        ("WrenLM beats GPT-3.5-turbo on most tasks.", "beats", {}, "supported"),
        ("WrenLM beats GPT-3.5-turbo on 3 of 4 tasks.", "beats", {}, "supported"),
        ("WrenLM beats GPT-3.5-turbo on four tasks.", "beats", {}, "refuted"),
        ("WrenLM beats GPT-3.5-turbo on average.", "beats", {}, "supported"),
        ("On certain tasks WrenLM beats GPT-3.5-turbo.", "beats", {}, "supported"),
        ("WrenLM lags behind GPT-3.5-turbo on MMLU.", "behind", ON_MMLU, "supported"),
        ("WrenLM lags behind GPT-3.5-turbo on GSM8K.", "behind", ON_GSM, "refuted"),
        ("WrenLM is comparable to GPT-3.5-turbo on MMLU.", "on_par", ON_MMLU, "supported"),
    ],
)
def test_relation_is_judged_over_what_the_sentence_speaks_of(
    sentence: str, relation: str, fields: dict[str, Any], expected: str
) -> None:
    assert verdict(claim(sentence, relation, **fields), FOUR).verdict == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("sentence", "refuted"), ("context", "supported")],
)
def test_benchmarks_named_before_the_sentence_do_not_refute_what_the_tables_bear_out(
    source: str, expected: str
) -> None:
    said = "WrenLM beats GPT-3.5-turbo on MMLU." if source == "sentence" else "WrenLM beats GPT-3.5-turbo."
    made = claim(said, **ON_MMLU, scope_source=source)
    assert verdict(made, FOUR).verdict == expected


def test_benchmarks_named_before_the_sentence_may_support() -> None:
    made = claim("WrenLM beats GPT-3.5-turbo.", **ON_GSM, scope_source="context")
    assert verdict(made, FOUR).verdict == "supported"


@pytest.mark.parametrize(("ours", "expected"), [("63.1", "supported"), ("62.9", "refuted"), ("90.0", "supported")])
def test_on_par_ends_at_a_tenth_below_the_baseline(ours: str, expected: str) -> None:
    made = claim("WrenLM is on par with GPT-3.5-turbo on MMLU.", "on_par", **ON_MMLU)
    assert verdict(made, both("MMLU", ours, "70.0")).verdict == expected


@pytest.mark.parametrize(
    ("said", "margin", "unit", "expected"),
    [
        ("by 24.5 points", 24.5, "points", "supported"),
        ("by 24.6%", 24.6, "percent", "supported"),
        ("by 42.9%", 42.9, "percent", "supported"),
        ("by a relative 42.9%", 42.9, "relative", "supported"),
        ("by 42.9% absolute", 42.9, "points", "unit_error"),
        ("by 24.5% relative", 24.5, "relative", "unit_error"),
        ("by an absolute 42.9%", 42.9, "percent", "unit_error"),
        ("by 24.8 points", 24.8, "points", "refuted"),
        ("by 25 points", 25.0, "points", "supported"),
        ("by about 25.5 points", 25.5, "points", "supported"),
        ("by 1.4 times", 1.4, "times", "supported"),
    ],
)
def test_stated_margin_must_come_out_in_its_unit(said: str, margin: float, unit: str, expected: str) -> None:
    made = claim(f"WrenLM beats GPT-3.5-turbo on GSM8K {said}.", margin=margin, margin_unit=unit, **ON_GSM)
    assert verdict(made, FOUR).verdict == expected


@pytest.mark.parametrize(("share", "expected"), [("93%", "supported"), ("97%", "refuted"), ("92.9%", "supported")])
def test_share_of_the_baseline_must_come_out(share: str, expected: str) -> None:
    made = claim(f"WrenLM reaches {share} of GPT-3.5-turbo on MMLU.", "behind", **ON_MMLU)
    assert verdict(made, FOUR).verdict == expected


@pytest.mark.parametrize(
    "made",
    [
        claim("WrenLM beats GPT-3.5-turbo on HumanEval.", benchmarks_raw=("HumanEval",), benchmark_ids=("humaneval",)),
        claim("WrenLM beats GPT-4.", baseline_raw="GPT-4", baseline_id="gpt-4"),
        claim("FinchLM beats GPT-3.5-turbo.", subject_raw="FinchLM", is_own=False),
    ],
)
def test_no_table_with_both_sides_in_scope_is_not_checkable(made: Claim) -> None:
    judged = verdict(made, FOUR)
    assert (judged.verdict, judged.evidence) == ("not_checkable", ())


def test_two_tables_do_not_make_a_pair_for_a_general_statement() -> None:
    apart = [result("WrenLM", "60.0", model_role="proposed"), result("gpt-3.5-turbo", "50.0", table_id="t2")]
    assert verdict(claim("WrenLM beats GPT-3.5-turbo."), apart).verdict == "not_checkable"


def test_lower_wins_where_the_metric_says_so() -> None:
    rates = both("ToxiGen", "2.0", "5.0", metric_id="toxicity", higher_is_better=False)
    made = claim("WrenLM beats GPT-3.5-turbo on ToxiGen.", benchmarks_raw=("ToxiGen",))
    assert verdict(made, rates).verdict == "supported"


def test_best_variation_stands_for_the_papers_own_model() -> None:
    small = result("WrenLM-7B", "50.0", model_role="proposed")
    large = result("WrenLM-70B", "81.6", model_role="proposed")
    results = [small, large, result("gpt-3.5-turbo", "57.1")]
    assert verdict(claim("WrenLM beats GPT-3.5-turbo on GSM8K.", **ON_GSM), results).verdict == "supported"


def test_a_named_variation_stands_for_itself() -> None:
    small = result("WrenLM-7B", "50.0", model_role="proposed")
    large = result("WrenLM-70B", "81.6", model_role="proposed")
    results = [small, large, result("gpt-3.5-turbo", "57.1")]
    made = claim("WrenLM-7B beats GPT-3.5-turbo on GSM8K.", subject_raw="WrenLM-7B", **ON_GSM)
    assert verdict(made, results).verdict == "refuted"


def test_quoted_scores_pick_the_row_of_the_baseline() -> None:
    results = [*both("GSM8K", "63.9", "57.1"), result("gpt-3.5-turbo", "80.8", row=9)]
    made = claim("WrenLM beats GPT-3.5-turbo (63.9 vs 57.1) on GSM8K.", **ON_GSM)
    assert verdict(made, results).verdict == "supported"


def test_win_rate_against_the_baseline_is_measured_at_a_draw() -> None:
    row = result("WrenLM vs. ChatGPT", "43.0", model_role="variation", metric_id="win-rate", benchmark_id=None)
    made = claim("WrenLM is worse than GPT-3.5-turbo.", "behind")
    assert verdict(made, [row]).verdict == "supported"


def test_figure_on_another_benchmark_is_not_checked_by_tables() -> None:
    caption = Caption("figure", "Figure 3", "Accuracy on TruthfulQA.", 1, (0.0, 0.0, 1.0, 1.0))
    drawn = PaperReading("p1", "", 1, DocumentText("WrenLM: a small bird", None, (), (caption,), (), 1), ())
    (judged,) = judge([claim("Figure 3 shows that WrenLM beats GPT-3.5-turbo.")], FOUR, drawn, REGISTRY)
    assert judged.verdict == "not_checkable"


def test_table_named_in_the_sentence_before_is_the_scope() -> None:
    other = both("MMLU", "60.0", "70.0", table_id="t2")
    texts = ("Table 2 shows knowledge.", "WrenLM beats GPT-3.5-turbo.")
    sentences = tuple(Sentence(i, 1, "Results", text, ()) for i, text in enumerate(texts))
    read = replace(reading(*sentences), tables=(table("t1", "Table 1"), table("t2", "Table 2")))
    (judged,) = judge([claim("WrenLM beats GPT-3.5-turbo.")], [*FOUR, *other], read, REGISTRY)
    assert judged.verdict == "refuted"


def test_margin_told_of_another_system_is_not_held_against_the_claim() -> None:
    made = claim(
        "WrenLM is better than GPT-3.5-turbo on GSM8K; and outperforms Vicuna-13B by 113%.",
        margin=113.0,
        margin_unit="percent",
        **ON_GSM,
    )
    assert verdict(made, FOUR).verdict == "supported"


def test_class_of_models_is_not_refuted() -> None:
    made = claim("GPT-3.5-turbo is better than all open-source models.", "behind", subject_raw="all open-source models")
    assert verdict(made, both("GSM8K", "81.6", "57.1")).verdict == "not_checkable"


def test_initials_in_a_table_stand_for_the_name() -> None:
    rows = [result("WL-Coder", "60.0", model_role="baseline"), result("gpt-3.5-turbo", "57.1")]
    made = claim("WrenLark-Coder beats GPT-3.5-turbo on GSM8K.", subject_raw="WrenLark-Coder", is_own=False, **ON_GSM)
    assert verdict(made, rows).verdict == "supported"


def test_reason_names_exception_and_evidence_the_cells() -> None:
    judged = verdict(claim("WrenLM beats GPT-3.5-turbo on GSM8K and MMLU.", **ON_BOTH), FOUR)
    assert judged.verdict_reason is not None
    assert "MMLU 65 < 70" in judged.verdict_reason
    assert {r.result_id for r in FOUR if r.benchmark_id in ("gsm8k", "mmlu")} == set(judged.evidence)


STATEMENTS = {
    c.claim_id: c
    for c in judge(load_statements(), survey_results(load_survey()), survey_reading(load_survey()), REGISTRY)
}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("ST-001", "supported"),
        ("ST-002", "supported"),
        ("ST-003", "supported"),
        ("ST-004", "supported"),
        ("ST-006", "refuted"),
        ("ST-008", "unit_error"),
        ("ST-009", "unit_error"),
    ],
)
def test_statements_of_the_survey_are_judged_over_its_own_rows(statement: str, expected: str) -> None:
    assert STATEMENTS[statement].verdict == expected


def test_survey_gives_a_relative_gain_for_an_absolute_one() -> None:
    reason = STATEMENTS["ST-009"].verdict_reason or ""
    assert "81.6 - 57.1 = 24.5 points, +42.9% of 57.1" in reason
