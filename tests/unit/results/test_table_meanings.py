"""What rows and columns mean, over the layouts that papers use; one layout a test."""

from __future__ import annotations

import pytest
from support.grid_tables import grid, results_of

from extractors.records import Result


def tuples(found: tuple[Result, ...]) -> list[tuple[str, str | None, str | None, float]]:
    return [(r.model_raw, r.benchmark_raw, r.metric_raw or r.metric_id, r.score) for r in found]


def test_models_in_rows_and_benchmarks_in_columns() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4")
    assert tuples(results_of(table)) == [("GPT-4", "GSM8K", "accuracy", 92.0), ("GPT-4", "MMLU", "accuracy", 86.4)]


def test_models_in_columns_and_benchmarks_in_rows() -> None:
    table = grid("Test | GPT-4 | Vicuna-13B\nGSM8K | 92.0 | 27.6")
    assert [t[:2] for t in tuples(results_of(table))] == [("GPT-4", "GSM8K"), ("Vicuna-13B", "GSM8K")]


def test_metrics_under_benchmarks() -> None:
    table = grid("Model | NQ | < | TriviaQA | <\n^ | EM | F1 | EM | F1\nGPT-4 | 1 | 2 | 3 | 4", head=2)
    assert [t[1:3] for t in tuples(results_of(table))] == [
        ("NQ", "EM"),
        ("NQ", "F1"),
        ("TriviaQA", "EM"),
        ("TriviaQA", "F1"),
    ]


def test_metric_and_benchmark_over_models_in_columns() -> None:
    table = grid("Test | GPT-4 | < | Vicuna-13B | <\n^ | EM | F1 | EM | F1\nNQ | 1 | 2 | 3 | 4", head=2)
    assert tuples(results_of(table))[3] == ("Vicuna-13B", "NQ", "F1", 4.0)


def test_sizes_beside_names_belong_to_the_model() -> None:
    table = grid("Model | Size | GSM8K\nLLaMA 2 | 7B | 14.6\n^ | 13B | 28.7", stub=2)
    assert [(r.model_raw, r.model_id) for r in results_of(table)] == [
        ("LLaMA 2 7B", "llama-2-7b"),
        ("LLaMA 2 13B", "llama-2-13b"),
    ]


def test_a_column_of_sizes_read_as_data_is_no_score() -> None:
    table = grid("Model | #Params | GSM8K\nLLaMA 2 | 7B | 14.6\nGPT-4 | - | 92.0")
    assert {r.benchmark_raw for r in results_of(table)} == {"GSM8K"}


def test_group_rows_of_benchmarks_are_the_benchmark() -> None:
    table = grid("Model | EM | F1\nTriviaQA\nGPT-4 | 1 | 2\nNQ\nGPT-4 | 3 | 4")
    assert [r.benchmark_id for r in results_of(table)] == ["triviaqa", "triviaqa", "nq", "nq"]


def test_group_rows_of_models_carry_the_methods_below() -> None:
    table = grid("Method | GSM8K\nLlama-2-7B\nw/ greedy search | 10.0\nw/ top-p sampling | 9.0\nGPT-4\nw/ CoT | 90.0")
    assert [r.model_raw for r in results_of(table)][:2] == [
        "Llama-2-7B w/ greedy search",
        "Llama-2-7B w/ top-p sampling",
    ]


@pytest.mark.parametrize("group", ["Open-source models", "Closed-source LLMs", "Proprietary models"])
def test_group_rows_about_openness_are_no_part_of_a_name(group: str) -> None:
    table = grid(f"Model | GSM8K | MMLU\n{group}\nGPT-4 | 92.0 | 86.4")
    assert {r.model_raw for r in results_of(table)} == {"GPT-4"}


def test_an_added_method_hangs_on_the_row_above() -> None:
    table = grid("Model | GSM8K | MMLU\nChatGPT | 74.9 | 70.0\n+ CRITIC | 78.2 | 71.0")
    assert [r.model_raw for r in results_of(table)][2:] == ["ChatGPT + CRITIC"] * 2


@pytest.mark.parametrize(
    ("row", "name", "setting"),
    [
        ("w/ retrieval", "ChatGPT w/ retrieval", None),
        ("w/ CoT", "ChatGPT", "w/ CoT"),
        ("w/o retrieval", "w/o retrieval", None),
    ],
)
def test_rows_that_name_only_a_difference(row: str, name: str, setting: str | None) -> None:
    found = results_of(grid(f"Variant | GSM8K | MMLU\nChatGPT | 74.9 | 70.0\n{row} | 78.2 | 71.0"))[2]
    assert (found.model_raw, found.setting) == (name, setting)


def test_methods_under_a_model_are_not_the_model() -> None:
    rows = "Text-Davinci-003\nVanilla | 1.0 | 2.0\nPoT | 3.0 | 4.0\nCRITIC | 5.0 | 6.0\nGPT-4\nVanilla | 7.0 | 8.0"
    found = results_of(grid(f"Methods | GSM8K | SVAMP\n{rows}"))
    assert [(r.model_raw, r.model_id) for r in found if r.score in (1.0, 5.0)] == [
        ("Text-Davinci-003", "text-davinci-003"),
        ("Text-Davinci-003 CRITIC", None),
    ]


def test_a_method_on_a_closed_model_is_not_that_model() -> None:
    table = grid("Model | GSM8K | MMLU\nChatGPT | 74.9 | 70.0\nChatGPT + Birdcage | 78.2 | 71.0")
    assert [r.model_id for r in results_of(table)][2:] == [None, None]


@pytest.mark.parametrize(
    "word", ["#Params", "Cost ($)", "Rank", "p-value", "Training data", "∆", "Improvement", "Latency"]
)
def test_columns_that_hold_no_score_are_left_out(word: str) -> None:
    table = grid(f"Model | GSM8K | {word}\nGPT-4 | 92.0 | 1.5\nVicuna-13B | 27.6 | 2.5")
    assert {r.benchmark_raw for r in results_of(table)} == {"GSM8K"}


def test_an_average_over_models_is_no_model() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\nVicuna-13B | 27.6 | 50.0\nAverage | 59.8 | 68.2")
    assert {r.model_raw for r in results_of(table)} == {"GPT-4", "Vicuna-13B"}


def test_an_average_over_benchmarks_is_a_benchmark() -> None:
    table = grid("Model | GSM8K | MMLU | Avg.\nGPT-4 | 92.0 | 86.4 | 89.2")
    assert results_of(table)[2].benchmark_id == "average"


def test_an_average_over_parts_of_the_captions_suite_is_the_suites() -> None:
    table = grid("Model | STEM | Humanities | Avg.\nGPT-4 | 82.0 | 86.4 | 84.2", "Results on MMLU.")
    assert [(r.benchmark_id, r.subset) for r in results_of(table)] == [
        ("mmlu", "STEM"),
        ("mmlu", "Humanities"),
        ("mmlu", "Avg."),
    ]


def test_a_part_under_a_suite_is_its_subset() -> None:
    table = grid("Model | MMLU | <\n^ | STEM | Humanities\nGPT-4 | 82.0 | 86.4", head=2)
    assert [(r.benchmark_raw, r.subset) for r in results_of(table)] == [("MMLU", "STEM"), ("MMLU", "Humanities")]


def test_a_caption_gives_no_benchmark_to_headers_that_name_theirs() -> None:
    table = grid("Model | GSM8K | BirdTalk\nGPT-4 | 92.0 | 86.4", "Results on MMLU and others.")
    assert [r.benchmark_id for r in results_of(table)] == ["gsm8k", None]


def test_a_metric_in_brackets() -> None:
    table = grid("Benchmark (Metric) | GPT-4 | Vicuna-13B\nDROP (F1) | 80.9 | 40.0")
    assert (results_of(table)[0].benchmark_raw, results_of(table)[0].metric_raw) == ("DROP", "F1")


def test_a_drop_of_scores_is_not_the_benchmark_of_that_name() -> None:
    table = grid("Model | GSM8K | Drop\nGPT-4 | 92.0 | 1.0\nVicuna-13B | 27.6 | 3.0")
    assert {r.benchmark_raw for r in results_of(table)} == {"GSM8K"}


def test_shots_in_brackets_are_no_part_of_a_benchmark() -> None:
    table = grid("Model | MMLU (5-shot) | GSM8K (8-shot)\nGPT-4 | 86.4 | 92.0")
    assert [(r.benchmark_raw, r.n_shots) for r in results_of(table)] == [("MMLU", 5), ("GSM8K", 8)]


def test_the_captions_own_words_for_a_metric() -> None:
    table = grid("Model | XSTEST\nGPT-4 | 4.0", "The percentage of harmful responses of each model.")
    assert results_of(table)[0].metric_raw == "percentage of harmful responses"


def test_a_header_that_the_caption_defines_as_a_metric() -> None:
    table = grid(
        "Judge | Firmness | Error\nGPT-4 | 65.0 | 5.0\nClaude-v1 | 23.8 | 1.2",
        "Bias of judges on MT-Bench. “Firmness” is the percentage of cases with one verdict.",
    )
    row = results_of(table)[0]
    assert (row.benchmark_id, row.metric_raw) == ("mt-bench", "Firmness")


def test_models_named_by_the_caption_alone() -> None:
    table = grid("Dataset | EM | F1\nNQ | 30.0 | 40.0\nTriviaQA | 50.0 | 60.0", "Scores of GPT-4 on open questions.")
    row = results_of(table)[0]
    assert row.model_id == "gpt-4"
    assert "model is taken from the caption" in row.doubts


def test_a_header_row_inside_the_body_starts_a_second_block() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\n | BoolQ | PIQA\nGPT-4 | 91.0 | 85.0")
    assert [r.benchmark_raw for r in results_of(table)] == ["GSM8K", "MMLU", "BoolQ", "PIQA"]


def test_two_header_rows_inside_the_body_are_one_header() -> None:
    table = grid(
        """Model | NQ | < | TriviaQA | <
        ^ | EM | F1 | EM | F1
        GPT-4 | 1 | 2 | 3 | 4
         | HotpotQA | < | SQuAD | <
         | EM | F1 | EM | F1
        GPT-4 | 5 | 6 | 7 | 8""",
        head=2,
    )
    assert [t[1:] for t in tuples(results_of(table))][4:] == [
        ("HotpotQA", "EM", 5.0),
        ("HotpotQA", "F1", 6.0),
        ("SQuAD", "EM", 7.0),
        ("SQuAD", "F1", 8.0),
    ]


def test_a_pair_of_scores_under_a_pair_of_metrics() -> None:
    table = grid("Model | NQ | <\n^ | EM / F1 | EM / F1\nGPT-4 | 59.7 / 41.8 | 1.0 / 2.0", head=2)
    assert tuples(results_of(table))[:2] == [("GPT-4", "NQ", "EM", 59.7), ("GPT-4", "NQ", "F1", 41.8)]


def test_human_rows_are_results_of_that_name() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\nHuman | 98.0 | 89.8")
    assert [r.model_raw for r in results_of(table)][2:] == ["Human", "Human"]


def test_numbers_of_no_paper_on_models_give_nothing() -> None:
    table = grid("Year | Reviews | Submissions\n2018 | 2921 | 1007\n2019 | 4734 | 1569")
    assert results_of(table) == ()


def test_the_usual_metric_of_a_benchmark_is_noted_as_a_doubt() -> None:
    table = grid("Model | GSM8K\nGPT-4 | 92.0\nVicuna-13B | 27.6")
    assert "metric is the benchmark's usual one" in results_of(table)[0].doubts


def test_ratings_take_no_accuracy_from_the_text() -> None:
    table = grid("Model | BirdTalk | NestTalk\nGPT-4 | 8.99 | 9.1\nVicuna-13B | 6.39 | 7.2")
    found = results_of(table, text="We report accuracy.\nAnswers are rated by GPT-4.")
    assert {r.metric_id for r in found} == {"gpt-4-score"}


def test_an_english_word_of_a_caption_is_no_benchmark_in_capitals() -> None:
    table = grid("Model | North | South\nGPT-4 | 82.0 | 86.4", "Quality of songs. Bold denotes best.")
    assert {r.benchmark_id for r in results_of(table)} == {None}


def test_a_column_of_kinds_of_methods_is_no_part_of_their_names() -> None:
    table = grid(
        "Method Category | Method | Agent | GSM8K\nSingle-agent | Eight-shot CoT | Bard | 58.7\n"
        "Advanced single-agent | Self-Refine | ChatGPT | 74.3",
        stub=3,
    )
    assert [(r.model_raw, r.n_shots) for r in results_of(table)] == [("Bard", 8), ("Self-Refine ChatGPT", None)]


def test_what_stands_before_a_header_row_says_what_its_cells_are() -> None:
    table = grid(
        "Tasks | Essay | < | < | < | Post | < | < | <\nMetrics | MEAN | ACC | SONG | NEST | MEAN | ACC | SONG | NEST\n"
        "High | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8",
        "Persona scores (GPT-4).",
        head=2,
    )
    assert [(r.model_id, r.metric_raw) for r in results_of(table)][1:4] == [
        ("gpt-4", "ACC"),
        ("gpt-4", "SONG"),
        ("gpt-4", "NEST"),
    ]


def test_the_last_words_before_header_rows_head_the_names_below() -> None:
    table = grid("Models | GPT-4 | <\nMethods | ASR | PPL\nGCG | 0.97 | 8.7\nPAIR | 0.14 | 3.1", "AdvBench.", head=2)
    assert {r.model_id for r in results_of(table)} == {"gpt-4"}


def test_gains_in_brackets_on_lines_of_their_own_are_no_scores() -> None:
    table = grid(
        "Task | GPT-4 | Orca-13B\nLogiQA | 49.3 | 35.2\n | | (18.1%)\nSAT | 88.8 | 76.7\n(w/o passage) | | (7%)",
        "Scores on AGIEval.",
    )
    assert [r.score for r in results_of(table)] == [49.3, 35.2, 88.8, 76.7]


def test_accuracy_below_a_metric_says_how_that_is_counted() -> None:
    table = grid(
        "Model | MC1 | < | MC2 | <\n^ | Count | Accuracy | Count | Accuracy\nGPT-4 | 817 | 31.2 | 817 | 50.1", head=2
    )
    assert [(r.metric_id, r.score) for r in results_of(table)] == [("mc1", 31.2), ("mc2", 50.1)]


def test_questions_about_time_are_scored_and_times_are_not() -> None:
    table = grid("Model | Time Qs | Time (s) | Training time\nGPT-4 | 93.9 | 12.0 | 3.5", "Recall by type.")
    assert [(r.benchmark_raw, r.score) for r in results_of(table)] == [("Time Qs", 93.9)]
