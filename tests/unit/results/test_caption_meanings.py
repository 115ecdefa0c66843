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


@pytest.mark.parametrize(
    ("caption", "model"),
    [
        ("Performance of the 7B+ instruction-tuned models.", "qwen2-7b-instruct"),
        ("Scores of small models. “-Instruct” is omitted in the table.", "qwen2-7b-instruct"),
        ("Results of the 1.5B-7B Instruct models.", "qwen2-7b-instruct"),
        ("Performance of base and instruction-tuned models.", "qwen2-7b"),
        ("Results of an instruction-tuned model and others.", "qwen2-7b"),
        ("Scores on five tests.", "qwen2-7b"),
    ],
)
def test_a_caption_may_say_that_all_models_are_tuned(caption: str, model: str) -> None:
    assert [r.model_id for r in results_of(grid("Model | GSM8K\nQwen2-7B | 70.0", caption))] == [model]


def test_unknown_headers_are_parts_of_the_one_benchmark_of_the_caption_beside_known_ones() -> None:
    table = grid(
        "Model | MT-Bench | Email QA | Web QA\nGPT-4 | 4.8 | 0.11 | 0.1\nBard | 4.0 | 0.2 | 0.3", "Defences on BIPIA."
    )
    assert [(r.benchmark_id, r.subset) for r in results_of(table)][:2] == [("mt-bench", None), ("bipia", "Email QA")]


def test_headers_beside_the_benchmark_of_the_caption_are_no_parts_of_it() -> None:
    table = grid("Model | XNLI | Nests\nGPT-4 | 4.8 | 0.11\nBard | 4.0 | 0.2", "Safety and usefulness on XNLI.")
    assert {r.benchmark_id for r in results_of(table) if r.benchmark_raw == "Nests"} == {None}


def test_a_model_is_named_by_its_possessive() -> None:
    table = grid("Fallacy type | Task 1 | Task 2\nBegging | 76.1 | 89.5", "Vicuna-13B’s accuracy by type.")
    assert {r.model_id for r in results_of(table)} == {"vicuna-13b"}


def test_languages_are_not_measured_on() -> None:
    table = grid("Model | en | it\nGPT-4 | 0.9 | 2.5\nBard | 1.9 | 3.5", "Unsafe rate on English and 9 languages.")
    found = results_of(table, title="NestBench: a benchmark", abstract="We introduce NestBench, a benchmark of birds.")
    assert {r.benchmark_raw for r in found} == {"en", "it"}


def test_a_task_in_small_letters_is_measured_on_where_nothing_else_is_named() -> None:
    table = grid("Model | Closed-book | Oracle\nGPT-4 | 56.1 | 88.3", "Accuracy on the multi-page reading task.")
    assert {(r.benchmark_raw, r.setting) for r in results_of(table)} == {
        ("multi-page reading", "Closed-book"),
        ("multi-page reading", "Oracle"),
    }


def test_a_system_may_be_named_by_its_citation_alone() -> None:
    table = grid("Model | GSM8K\nWren et al. (2021) | 55.2\nGPT-4 (OpenAI, 2023) | 92.0", "Scores.")
    assert [r.model_raw for r in results_of(table)] == ["Wren et al. (2021)", "GPT-4"]
