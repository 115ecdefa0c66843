"""Open models against closed baselines, from results of invented numbers."""

from __future__ import annotations

import pytest
from support.sample_results import result

from extractors.errors import RegistryError
from extractors.registry.load import load_registry
from extractors.results import baselines
from extractors.results.baselines import closed_baselines
from extractors.results.comparisons import compare

REGISTRY = load_registry()
GPT = result("gpt-3.5-turbo", "57.1", row=2)


def test_margin_and_relation_come_from_both_scores_of_one_table() -> None:
    ours = result("wizardmath-70b", "81.6")
    (found,) = compare([ours, GPT], REGISTRY)
    assert (found.margin, found.relation, found.baseline_id) == (24.5, "beats", "gpt-3.5-turbo")
    assert found.result_ids == (ours.result_id, GPT.result_id)


def test_capability_is_that_of_the_benchmark() -> None:
    (found,) = compare([result("wizardmath-70b", "81.6"), GPT], REGISTRY)
    assert found.capability == REGISTRY.benchmarks["gsm8k"].capability


def test_a_lower_score_beats_where_lower_is_better() -> None:
    lower = {"metric_id": "perplexity", "higher_is_better": False}
    (found,) = compare([result("llama-2-7b", "5.0", **lower), result("gpt-4", "6.0", **lower)], REGISTRY)
    assert (found.relation, found.margin) == ("beats", 1.0)


def test_on_par_is_equal_as_printed() -> None:
    (found,) = compare([result("llama-2-7b", "57.1"), GPT], REGISTRY)
    assert found.relation == "on_par"


@pytest.mark.parametrize(
    "fields",
    [
        {"table_id": "t2"},
        {"benchmark_id": "math", "benchmark_raw": "MATH"},
        {"subset": "hard"},
        {"metric_id": "f1"},
        {"setting": "tuned"},
        {"n_shots": 8},
        {"prompting": "CoT"},
    ],
)
def test_scores_of_two_measurements_are_not_compared(fields: dict[str, object]) -> None:
    assert compare([result("llama-2-7b", "50.0", **fields), GPT], REGISTRY) == ()


def test_a_model_open_by_the_papers_word_is_compared_without_an_id() -> None:
    (found,) = compare([result("WrenLM", "60.0"), GPT], REGISTRY)
    assert (found.model_raw, found.model_id) == ("WrenLM", None)


def test_a_closed_model_is_not_compared_as_open() -> None:
    assert compare([result("claude-2", "60.0"), GPT], REGISTRY) == ()


def test_no_comparison_without_a_direction() -> None:
    unknown = {"metric_id": None, "higher_is_better": None}
    assert compare([result("llama-2-7b", "1", **unknown), result("gpt-4", "2", **unknown)], REGISTRY) == ()


def test_rows_of_one_name_that_would_give_two_outcomes_are_dropped() -> None:
    rows = [result("llama-2-7b", "50.0"), result("llama-2-7b", "60.0", row=3), GPT]
    assert compare(rows, REGISTRY) == ()


def test_a_dated_snapshot_of_a_listed_model_is_a_baseline_with_its_own_id() -> None:
    (found,) = compare([result("llama-2-7b", "50.0"), result("gpt-3.5-turbo-0613", "57.1")], REGISTRY)
    assert found.baseline_id == "gpt-3.5-turbo-0613"


def test_first_baseline_is_that_of_the_survey() -> None:
    ranks = closed_baselines(REGISTRY)
    assert ranks["gpt-3.5-turbo"] == ranks["gpt-3.5-turbo-0301"] == 0


def test_a_listed_open_model_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "_listed", lambda: ("llama-2-7b",))
    with pytest.raises(RegistryError, match="llama-2-7b"):
        closed_baselines(REGISTRY)


def test_the_success_of_an_attack_is_no_score_of_the_model() -> None:
    asr = {"metric_id": "attack-success-rate", "higher_is_better": False}
    assert compare([result("llama-2-7b", "5.0", **asr), result("gpt-4", "60.0", **asr)], REGISTRY) == ()


GUESSED = ("metric is the benchmark's usual one",)


@pytest.mark.parametrize(
    ("caption", "fields", "count"),
    [
        ("Accuracy of birds.", {"doubts": GUESSED}, 1),
        ("Performance drop of birds under noise.", {"doubts": GUESSED}, 0),
        ("Performance drop of birds under noise.", {"metric_raw": "Accuracy"}, 1),
        (None, {"benchmark_raw": "Overlapping samples", "benchmark_id": None}, 0),
    ],
)
def test_numbers_that_a_caption_calls_a_drop_are_no_scores_unless_the_metric_is_printed(
    caption: str | None, fields: dict[str, object], count: int
) -> None:
    both = [result("llama-2-7b", "80.0", **fields), result("gpt-3.5-turbo", "57.1", row=2, **fields)]
    assert len(compare(both, REGISTRY, {"t1": caption})) == count
