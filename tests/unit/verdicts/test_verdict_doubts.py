"""What keeps a verdict from being spoken, and which rows a name means: sentences and scores of our own making."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.sample_claims import REGISTRY, both, claim, reading
from support.sample_results import result

from extractors.claims.verdicts import judge
from extractors.records import Claim, Result

MMLU = {"benchmark_raw": "MMLU", "benchmark_id": "mmlu"}
ON_MMLU = {"benchmarks_raw": ("MMLU",), "benchmark_ids": ("mmlu",)}
WORSE = both("MMLU", "60.0", "70.0")


def verdict(made: Claim, results: list[Result]) -> str | None:
    (judged,) = judge([made], results, reading(), REGISTRY)
    return judged.verdict


def row(name: str, score: str, **fields: Any) -> Result:
    return result(name, score, **(MMLU | fields))


@pytest.mark.parametrize(
    ("sentence", "fields", "expected"),
    [
        ("WrenLM beats GPT-3.5-turbo on MMLU.", {}, "refuted"),
        ("There is none but WrenLM that beats GPT-3.5-turbo on MMLU.", {}, "not_checkable"),
        ("WrenLM beats GPT-3.5-turbo on MMLU.", {"rule": "exception"}, "not_checkable"),
        ("In a human evaluation WrenLM beats GPT-3.5-turbo on MMLU.", {}, "not_checkable"),
        ("In automatic and human evaluation WrenLM beats GPT-3.5-turbo on MMLU.", {}, "refuted"),
        ("It beats GPT-3.5-turbo on MMLU.", {"subject_raw": "It"}, "not_checkable"),
        ("Such advice beats GPT-3.5-turbo on MMLU.", {"subject_raw": "advice", "is_own": False}, "not_checkable"),
        ("WrenLM beats GPT-3.5-turbo.", {"scope_source": "sentence"}, "not_checkable"),
        ("WrenLM beats GPT-3.5-turbo, and GPT-4 by 4%.", {"scope_source": "context", "margin": 4.0}, "not_checkable"),
        ("WrenLM 2.5 beats GPT-3.5-turbo on MMLU with 91.2.", {}, "not_checkable"),
    ],
)
def test_a_refutation_is_held_back_where_the_sentence_may_mean_something_else(
    sentence: str, fields: dict[str, Any], expected: str
) -> None:
    assert verdict(claim(sentence, **ON_MMLU, **fields), WORSE) == expected


def test_more_of_one_metric_and_less_of_another_are_told_apart() -> None:
    sentence = "WrenLM has more precision than GPT-3.5-turbo, but less recall."
    made = [claim(sentence, "beats", metric_id="precision"), claim(sentence, "behind", metric_id="recall")]
    there: dict[str, Any] = {"model_role": "proposed"}
    rows = [row("WrenLM", "60.0", metric_id="precision", **there), row("gpt-3.5-turbo", "50.0", metric_id="precision")]
    rows += [row("WrenLM", "40.0", metric_id="recall", **there), row("gpt-3.5-turbo", "50.0", metric_id="recall")]
    assert [c.verdict for c in judge(made, rows, reading(), REGISTRY)] == ["supported", "supported"]


def test_the_version_in_a_name_is_no_score() -> None:
    made = claim("WrenLM beats GPT 3.5 on MMLU.", baseline_raw="GPT 3.5", **ON_MMLU)
    assert verdict(made, WORSE) == "refuted"


def test_a_sentence_that_says_both_of_the_same_systems_is_not_refuted() -> None:
    sentence = "WrenLM beats GPT-3.5-turbo on long questions of MMLU and loses on short ones."
    made = [claim(sentence, r, **ON_MMLU) for r in ("beats", "behind")]
    judged = judge(made, WORSE, reading(), REGISTRY)
    assert [c.verdict for c in judged] == ["not_checkable", "supported"]


def test_a_second_mention_after_but_leaves_open_which_scores_are_meant() -> None:
    digits = (("5", "40.0", "39.0"), ("6", "31.0", "38.0"), ("7", "30.0", "38.0"))
    results = [r for n, ours, theirs in digits for r in both(f"Sums ({n} digits)", ours, theirs)]
    sentence = "WrenLM beats GPT-3.5-turbo for five digits, but GPT-3.5-turbo shines for six and seven in Sums."
    assert verdict(claim(sentence, benchmarks_raw=("Sums",)), results) == "not_checkable"


@pytest.mark.parametrize(("ours", "expected"), [("69.0", "supported"), ("50.0", "refuted")])
def test_matches_or_exceeds_is_borne_out_by_a_near_score(ours: str, expected: str) -> None:
    made = claim("WrenLM matches or exceeds GPT-3.5-turbo on MMLU.", **ON_MMLU)
    assert verdict(made, both("MMLU", ours, "70.0")) == expected


def test_parity_that_names_no_benchmark_may_be_of_the_scores_that_are_near() -> None:
    made = claim("WrenLM is on par with GPT-3.5-turbo.", "on_par")
    near, far = both("MMLU", "69.0", "70.0"), both("MATH", "10.0", "40.0")
    assert verdict(made, far) == "refuted"
    assert verdict(made, [*near, *far]) == "not_checkable"


def test_one_of_several_figures_that_does_not_come_out_refutes_nothing() -> None:
    sentence = "WrenLM beats GPT-3.5-turbo on MMLU by 5.0% and MATH by 9.0%."
    made = claim(sentence, **ON_MMLU, margin=5.0, margin_unit="percent")
    assert verdict(made, both("MMLU", "80.0", "70.0")) == "supported"
    one = replace(made, sentence="WrenLM beats GPT-3.5-turbo on MMLU by 5.0%.")
    assert verdict(one, both("MMLU", "80.0", "70.0")) == "refuted"


def test_a_system_after_except_takes_no_benchmark_out() -> None:
    made = claim("WrenLM beats all except GPT-4, also GPT-3.5-turbo, on MMLU.", **ON_MMLU)
    assert verdict(made, both("MMLU", "80.0", "70.0")) == "supported"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("WrenLM beats retrieval-augmented GPT-3.5-turbo on MMLU.", "supported"),
        ("WrenLM beats GPT-3.5-turbo and retrieval-augmented models on MMLU.", "refuted"),
        ("WrenLM beats GPT-3.5-turbo with tools on MMLU.", "refuted"),
    ],
)
def test_the_words_beside_the_baseline_choose_its_row(sentence: str, expected: str) -> None:
    rows = [row("WrenLM", "60.0"), row("gpt-3.5-turbo", "70.0"), row("Ret-GPT-3.5-turbo", "50.0", model_id=None)]
    assert verdict(claim(sentence, **ON_MMLU), rows) == expected


@pytest.mark.parametrize(
    ("subject", "name", "expected"),
    [
        ("WrenLM 7B", "WrenLM-Instruct", "supported"),
        ("WrenLM 7B", "WrenLM-Chat 7B", "supported"),
        ("WrenLM 7B", "WrenLM-Instruct 70B", "not_checkable"),
        ("WrenLM 7B", "Robin-Instruct", "not_checkable"),
    ],
)
def test_size_and_tuning_may_be_left_out_of_a_name_but_do_not_contradict(
    subject: str, name: str, expected: str
) -> None:
    made = claim(f"{subject} beats GPT-3.5-turbo on MMLU.", subject_raw=subject, is_own=False, **ON_MMLU)
    assert verdict(made, [row(name, "80.0", model_id=None), row("gpt-3.5-turbo", "70.0")]) == expected


def test_the_best_variation_of_the_own_system_stands_for_it() -> None:
    rows = [
        row("WrenLM", "60.0", model_role="proposed"),
        row("WrenLM (tuned)", "80.0", model_role="variation"),
        row("gpt-3.5-turbo", "70.0"),
    ]
    assert verdict(claim("WrenLM beats GPT-3.5-turbo on MMLU.", **ON_MMLU), rows) == "supported"


def test_our_system_is_looked_for_under_the_name_in_the_title() -> None:
    made = claim("Our small network beats GPT-3.5-turbo on MMLU.", subject_raw="Our small network", **ON_MMLU)
    assert verdict(made, [row("WrenLM", "80.0", model_role=None), row("gpt-3.5-turbo", "70.0")]) == "supported"


@pytest.mark.parametrize(("used", "expected"), [("80.0", "supported"), ("60.0", "not_checkable")])
def test_a_method_without_a_row_is_the_baseline_used_otherwise_than_plainly(used: str, expected: str) -> None:
    rows = [
        row("gpt-3.5-turbo", "70.0", setting="zero-shot"),
        row("gpt-3.5-turbo", used, setting="with hints"),
    ]
    made = claim("We improve GPT-3.5-turbo on MMLU.", subject_raw="We", **ON_MMLU)
    assert verdict(made, rows) == expected


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Heron Prompts", "WrenLM beats GPT-3.5-turbo in the Heron evaluation set."),
        ("Dates", "WrenLM beats GPT-3.5-turbo in dates, sums and riddles categories."),
        ("Level 1", "At Level 1 WrenLM beats GPT-3.5-turbo."),
    ],
)
def test_a_header_named_in_other_words_is_the_scope(header: str, sentence: str) -> None:
    results = [*both(header, "80.0", "70.0"), *both("MMLU", "10.0", "70.0"), *both("MATH", "10.0", "70.0")]
    assert verdict(claim(sentence), results) == "supported"


def test_a_win_rate_against_another_model_of_the_family_is_none_against_the_baseline() -> None:
    rows = [row("WrenLM", "80.0", benchmark_raw="Arena (GPT-4-0314)", benchmark_id=None, metric_id="win-rate")]
    made = claim("WrenLM beats GPT-4o.", baseline_raw="GPT-4o", baseline_id="gpt-4o")
    assert verdict(made, rows) == "not_checkable"
    assert verdict(replace(made, baseline_raw="GPT-4", baseline_id="gpt-4"), rows) == "supported"


@pytest.mark.parametrize(
    ("sentence", "fields"),
    [
        ("WrenLM makes writers 3.0 times more efficient than GPT-3.5-turbo.", {"margin": 3.0, "margin_unit": "times"}),
        ("Many LLMs beat GPT-3.5-turbo.", {"subject_raw": "LLMs", "is_own": False}),
    ],
)
def test_figures_of_effort_and_nameless_subjects_are_not_checkable(sentence: str, fields: dict[str, Any]) -> None:
    assert verdict(claim(sentence, **fields), both("MMLU", "80.0", "70.0")) == "not_checkable"


def test_another_release_of_the_baselines_family_is_not_the_baseline() -> None:
    made = claim("WrenLM beats GPT-4-0314 on MMLU.", baseline_raw="GPT-4-0314", baseline_id="gpt-4-0314", **ON_MMLU)
    assert verdict(made, [row("WrenLM", "80.0"), row("gpt-4o", "70.0")]) == "not_checkable"
    assert verdict(made, [row("WrenLM", "80.0"), row("gpt-4", "70.0")]) == "supported"


@pytest.mark.parametrize(("subject", "baseline"), [("Gopher", "GPT-3"), ("WrenLM", "Chinchilla")])
def test_a_closed_model_may_stand_in_the_table_with_its_size(subject: str, baseline: str) -> None:
    made = claim(
        f"{subject} beats {baseline} on MMLU.",
        subject_raw=subject,
        subject_id=REGISTRY.model_keys.get(subject.casefold()),
        is_own=False,
        baseline_raw=baseline,
        baseline_id=REGISTRY.model_keys[baseline.casefold().replace("-", "")],
        **ON_MMLU,
    )
    rows = [row("WrenLM", "80.0"), row("gopher-280b", "75.0"), row("gpt-3", "50.0"), row("chinchilla-70b", "70.0")]
    assert verdict(made, rows) == "supported"


def test_a_baseline_of_a_size_that_the_registry_lacks_is_found_by_its_name() -> None:
    made = claim("WrenLM beats PaLM 2 on MMLU.", baseline_raw="PaLM 2", baseline_id="palm-2", **ON_MMLU)
    rows = [row("WrenLM", "80.0"), row("PaLM 2 540B", "70.0", model_id=None), row("Flan-PaLM 2 540B", "85.0")]
    assert verdict(made, rows) == "supported"


def test_a_year_in_the_header_is_an_edition_of_the_benchmark_named() -> None:
    made = claim("WrenLM beats GPT-3.5-turbo on AIME.", benchmarks_raw=("AIME",), benchmark_ids=("aime",))
    there = {"benchmark_raw": "AIME 2024", "benchmark_id": "aime-2024"}
    assert verdict(made, [row("WrenLM", "80.0", **there), row("gpt-3.5-turbo", "70.0", **there)]) == "supported"


def test_all_benchmarks_but_one_leaves_that_one_out() -> None:
    sentence = "WrenLM beats GPT-3.5-turbo on all reported benchmarks but MMLU."
    results = [*both("MMLU", "60.0", "70.0"), *both("MATH", "50.0", "40.0")]
    assert verdict(claim(sentence, **ON_MMLU, scope_source="sentence"), results) == "supported"


@pytest.mark.parametrize(
    ("fields", "rows", "reason"),
    [
        ({}, [row("WrenLM", "80.0")], "no table of the paper has scores of GPT-3.5-turbo, to compare with WrenLM"),
        (
            {"subject_raw": "our model"},
            [row("gpt-3.5-turbo", "70.0")],
            "no table of the paper has scores of the paper's own system (WrenLM), to compare with GPT-3.5-turbo",
        ),
        (
            {"benchmarks_raw": ("MATH",), "benchmark_ids": ("math",)},
            both("MMLU", "80.0", "70.0"),
            "no table of the paper has scores of both WrenLM and GPT-3.5-turbo on MATH",
        ),
    ],
)
def test_the_reason_says_what_was_looked_for(fields: dict[str, Any], rows: list[Result], reason: str) -> None:
    (judged,) = judge([claim("WrenLM beats GPT-3.5-turbo.", **fields)], rows, reading(), REGISTRY)
    assert (judged.verdict, judged.verdict_reason) == ("not_checkable", reason)


def test_a_column_with_a_plus_goes_on_with_the_benchmark_to_its_left() -> None:
    added = {"benchmark_raw": "+vote", "benchmark_id": None, "metric_id": "exact-match", "col": 2}
    rows = [
        *(row("WrenLM", "60.0", row=1), row("WrenLM", "75.0", row=1, **added)),
        *(row("gpt-3.5-turbo", "61.0", row=2), row("gpt-3.5-turbo", "70.0", row=2, **added)),
    ]
    assert verdict(claim("WrenLM beats GPT-3.5-turbo on MMLU.", **ON_MMLU), rows) == "supported"
    assert verdict(claim("WrenLM beats GPT-3.5-turbo on MMLU.", **ON_MMLU), [rows[0], rows[2]]) == "refuted"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("WrenLM has a win rate of 80.0 against the baseline GPT-4-0314.", "supported"),
        ("WrenLM has a win rate of 80.0 and beats GPT-4-0314.", "not_checkable"),
    ],
)
def test_a_sentence_may_say_whom_a_win_rate_is_against(sentence: str, expected: str) -> None:
    rows = [row("WrenLM", "80.0", benchmark_raw="Arena-Hard", benchmark_id="arena-hard", metric_id="win-rate")]
    made = claim(sentence, baseline_raw="GPT-4-0314", baseline_id="gpt-4-0314")
    assert verdict(made, rows) == expected


def test_a_note_in_brackets_after_a_closed_models_name_is_no_part_of_it() -> None:
    made = claim(
        "WrenLM beats OpenAI-o3- mini on MMLU.", baseline_raw="OpenAI-o3- mini", baseline_id="o3-mini", **ON_MMLU
    )
    rows = [row("WrenLM", "80.0"), row("OpenAI-o3-mini (medium)", "70.0", model_id=None)]
    assert verdict(made, rows) == "supported"


def test_an_average_of_unnamed_benchmarks_refutes_nothing_that_some_of_them_bear_out() -> None:
    made = claim("On average WrenLM beats GPT-3.5-turbo on riddles.")
    worse, better = both("MMLU", "30.0", "70.0"), both("MATH", "41.0", "40.0")
    assert verdict(made, [*worse, *both("ARC", "30.0", "70.0")]) == "refuted"
    assert verdict(made, [*worse, *better]) == "not_checkable"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("GPT-3.5-turbo has an edge over WrenLM in following long dialogues.", "not_checkable"),
        ("WrenLM is worse than GPT-3.5-turbo on storytelling capability.", "not_checkable"),
        ("WrenLM makes more lively and varied jokes than GPT-3.5-turbo, it seems.", "not_checkable"),
        ("WrenLM is worse than GPT-3.5-turbo in overall ability.", "supported"),
        ("WrenLM is worse than GPT-3.5-turbo in its reasoning ability.", "supported"),
        ("WrenLM is worse than GPT-3.5-turbo in answering trivia.", "supported"),
    ],
)
def test_an_ability_that_no_table_measures_cannot_be_checked(sentence: str, expected: str) -> None:
    rows = [*both("Trivia", "60.0", "70.0"), *both("Riddles", "50.0", "70.0")]
    assert verdict(claim(sentence, "behind"), rows) == expected


def test_a_method_is_judged_by_the_scores_that_the_sentence_prints() -> None:
    rows = [
        row("gpt-3.5-turbo", "65.0", setting="zero-shot", row=1),
        row("gpt-3.5-turbo", "77.5", setting="few-shot", row=2),
    ]
    made = claim(
        "The few-shot judge lifts GPT-3.5-turbo from 65.0% to 77.5%.", subject_raw="few-shot judge", is_own=False
    )
    assert verdict(made, rows) == "supported"
    bare = replace(made, sentence="The new judge lifts GPT-3.5-turbo.", subject_raw="new judge")
    assert verdict(bare, rows) == "not_checkable"


def test_a_margin_that_comes_out_counts_though_the_benchmark_named_before_has_no_scores() -> None:
    made = claim(
        "WrenLM is better than GPT-3.5-turbo by 12.5 points.",
        benchmarks_raw=("MATH",),
        benchmark_ids=("math",),
        scope_source="context",
        margin=12.5,
        margin_unit="points",
    )
    assert verdict(made, both("MMLU", "82.5", "70.0")) == "supported"
    assert verdict(replace(made, margin=3.0), both("MMLU", "82.5", "70.0")) == "not_checkable"


def test_a_system_that_is_made_with_the_baseline_is_not_the_baseline() -> None:
    made = claim("WrenLM beats RoleFinch (using GPT-3.5-turbo) on GSM8K.")
    assert verdict(made, both("GSM8K", "40.0", "60.0")) == "not_checkable"
    assert verdict(made, both("GSM8K", "60.0", "40.0")) == "supported"


@pytest.mark.parametrize(("what", "expected"), [("the order of the options", "not_checkable"), ("typos", "supported")])
def test_by_what_a_system_is_swayed_is_not_told_by_plain_scores(what: str, expected: str) -> None:
    made = claim(f"WrenLM is less easily influenced by {what} than GPT-3.5-turbo.")
    assert verdict(made, both("GSM8K", "60.0", "40.0")) == expected
