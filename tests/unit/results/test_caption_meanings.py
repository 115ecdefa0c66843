"""What a caption says of the scores of its table, one wording a test."""

from __future__ import annotations

import pytest
from support.grid_tables import grid, results_of

_TWO = "Model | Wrens | Tits\nGPT-4 | 40.0 | 50.0\nVicuna-13B | 30.0 | 20.0"


@pytest.mark.parametrize(
    ("caption", "suite"),
    [
        ("Scores on BirdBook.", "BirdBook"),
        ("Results are based on F1 over all rows of BirdBook, on Fledge.", "Fledge"),  # a metric is not measured on
        ("Scores with prompts made from BirdBook.", "BirdBook"),
        ("Birds by kind, computed using Equation 3.", "Birds"),
    ],
)
def test_what_scores_were_measured_on_is_named_behind_a_preposition(caption: str, suite: str | None) -> None:
    table = grid("Model | EM\nGPT-4 | 40.0\nVicuna-13B | 30.0", caption)
    assert {r.benchmark_raw for r in results_of(table)} == {suite}


def test_the_papers_own_benchmark_comes_before_what_was_used() -> None:
    table = grid("Model | EM\nGPT-4 | 40.0", "Scores of models asked using Fledgling prompts.")
    found = results_of(table, title="BirdBench: a benchmark of song", abstract="We introduce BirdBench, a benchmark.")
    assert [r.benchmark_raw for r in found] == ["BirdBench"]


def test_a_name_that_ends_as_benchmarks_do_is_the_one_that_the_paper_presents() -> None:
    table = grid("Model | EM\nGPT-4 | 40.0")
    found = results_of(
        table,
        title="BirdLLM: Benchmarking and enhancing models of birds",
        abstract="We introduce BirdLLM, a framework to benchmark and to enhance. BirdBench is our data set.",
    )
    assert [r.benchmark_raw for r in found] == ["BirdBench"]


def test_what_the_caption_calls_a_metric_is_no_benchmark() -> None:
    table = grid(
        "Model | FactScore | <\n^ | Precision | Recall\nGPT-4 | 40.0 | 50.0\nVicuna-13B | 30.0 | 20.0",
        "Summaries of birds. Based on ROUGE and FactScore (Wren et al., 2023) metrics.",
        head=2,
    )
    found = results_of(table, title="BirdBench", abstract="We introduce BirdBench, a benchmark of birds.")
    assert {r.benchmark_id for r in found} == {None}
    assert {r.benchmark_raw for r in found} == {"BirdBench"}


def test_a_stub_column_beside_the_one_model_of_the_caption_tells_how_it_was_run() -> None:
    table = grid(
        "Retrieval unit | Single hop | Multi hop | Overall\nDialog | 42.9 | 19.4 | 31.7\nSummary | 34.6 | 15.7 | 29.9",
        "Question answering of GPT-4 with retrieval.",
    )
    found = results_of(table)
    assert {r.model_id for r in found} == {"gpt-4"}
    assert [(r.setting, r.benchmark_raw) for r in found][:2] == [("Dialog", "Single hop"), ("Dialog", "Multi hop")]


def test_a_share_of_something_is_no_system() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\nPercent of overlap | 0.7% | 11.2%", "Scores.")
    assert {r.model_raw for r in results_of(table)} == {"GPT-4"}


def test_names_that_nobody_knows_are_models_under_a_header_that_says_so() -> None:
    table = grid("Model | SONG | NEST\nBirdGPT | 57.6 | 53.2\nBirdGLM (5+5) | 32.9 | 37.6", "Scores of general birds.")
    assert [r.model_raw for r in results_of(table)] == ["BirdGPT", "BirdGPT", "BirdGLM (5+5)", "BirdGLM (5+5)"]


def test_a_word_in_lower_case_is_not_the_benchmark_of_its_letters() -> None:
    table = grid("System | bird | cat\nGPT-4 | 40.0 | 50.0", "Average precision by class.")
    assert {r.benchmark_id for r in results_of(table)} == {None}


def test_a_metric_in_words_is_told_by_what_they_describe() -> None:
    table = grid(_TWO.replace("Wrens", "Quality (judged by GPT-4)"), "Quality and diversity metrics on BirdBook.")
    assert next(r.metric_id for r in results_of(table)) == "gpt-4-score"


def test_sizes_over_columns_are_those_of_the_model_in_the_caption() -> None:
    table = grid(" | 7B | 13B\nher/she | 65.0 | 66.7\nhis/he | 60.8 | 62.5", "WinoGender accuracy of the LLaMA models.")
    assert [r.model_id for r in results_of(table)] == ["llama-7b", "llama-13b", "llama-7b", "llama-13b"]


def test_attacks_before_the_scores_of_the_one_model_of_the_caption_are_how_it_was_asked() -> None:
    table = grid("Attack | SST-2 | QQP\nTypoBird | 58.8 | 44.9\nNestSwap | 66.2 | 61.5", "Accuracy of GPT-4.")
    assert {(r.model_id, r.setting) for r in results_of(table)} == {("gpt-4", "TypoBird"), ("gpt-4", "NestSwap")}


def test_brackets_below_a_metric_are_part_of_it() -> None:
    table = grid("Model | ROUGE-1 | ASR\n^ | (recall) | (text)\nGPT-4 | 0.61 | 0.2\nBard | 0.5 | 0.1", "BIPIA.", head=2)
    assert next((r.metric_raw, r.metric_id) for r in results_of(table)) == ("ROUGE-1 (recall)", "rouge-1")
