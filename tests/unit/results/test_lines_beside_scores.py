"""Techniques, sizes, aspects and counts beside scores: what they are, and what they are not taken for."""

from __future__ import annotations

import pytest
from support.grid_tables import grid, results_of


def test_attacks_in_columns_are_settings_of_the_captions_benchmark() -> None:
    table = grid("Model | GCG | PAIR | DR\nGPT-4 | 10.0 | 20.0 | 1.0", "Attack success rates on AdvBench.")
    assert [(r.benchmark_id, r.setting) for r in results_of(table)] == [
        ("advbench", "GCG"),
        ("advbench", "PAIR"),
        ("advbench", "DR"),
    ]


def test_a_column_of_the_own_method_makes_its_neighbours_methods() -> None:
    table = grid("Model | Nestling | WREN\nGPT-4 | 10.0 | 20.0", "Accuracy on GSM8K.")
    found = results_of(table, "WREN: a way to sing")
    assert [(r.benchmark_id, r.setting) for r in found] == [("gsm8k", "Nestling"), ("gsm8k", "WREN")]


def test_ways_of_training_in_columns_are_variants_of_the_captions_model() -> None:
    table = grid("Topic | SFT | DPO\nGSM8K | 10.0 | 20.0", "Variants of Llama-2-7B.")
    assert [r.model_raw for r in results_of(table)] == ["Llama-2-7B SFT", "Llama-2-7B DPO"]


def test_outcomes_under_each_model_are_metrics() -> None:
    table = grid("Lang. | GPT-4 | < | Vicuna | <\n^ | unsafe | safe | unsafe | safe\nen | 1 | 99 | 3 | 97", head=2)
    assert [(r.model_raw, r.metric_raw) for r in results_of(table)][:2] == [("GPT-4", "unsafe"), ("GPT-4", "safe")]


def test_a_header_row_of_counts_is_no_part_of_names() -> None:
    table = grid("Test | GPT-4 | Phi-2\n#Params | 1000B | 2.7B\nGSM8K | 92.0 | 57.0", head=2)
    assert [r.model_raw for r in results_of(table)] == ["GPT-4", "Phi-2"]


def test_sizes_under_any_head_belong_to_a_name_that_stands_for_several_rows() -> None:
    table = grid("Model | #P | GSM8K\nLLaMA 2 | 7B | 14.6\n^ | 13B | 28.7\nChatGPT | 175B | 57.1", stub=2)
    assert [r.model_raw for r in results_of(table)] == ["LLaMA 2 7B", "LLaMA 2 13B", "ChatGPT"]


def test_kinds_of_models_left_of_them_are_no_setting() -> None:
    rows = "Base | GPT-4 | 92.0 | 86.4\n^ | Vicuna | 27.0 | 50.0\nLong | Yi-34B | 60.0 | 76.0"
    found = results_of(grid(f"Category | Model | GSM8K | MMLU\n{rows}", stub=2))
    assert {(r.setting, r.subset) for r in found} == {(None, None)}


def test_words_over_kinds_of_models_are_no_setting() -> None:
    table = grid(
        "Test | Language-only models | < | Vision models\n^ | GPT-4 | Phi-2 | GPT-4o\nMMLU | 1 | 2 | 3", head=2
    )
    assert {r.setting for r in results_of(table)} == {None}


def test_an_unnamed_metric_is_that_of_the_other_lines() -> None:
    table = grid("Model | MMLU | ARC-C | BirdQA\nGPT-4 | 86.4 | 96.3 | 50.0")
    bird = results_of(table, text="We report perplexity. Perplexity is low.")[2]
    assert (bird.metric_id, "metric is that of the other lines" in bird.doubts) == ("accuracy", True)


def test_a_score_is_what_the_caption_says_it_is() -> None:
    table = grid("Model | Score\nGPT-4 | 86.4\nVicuna-13B | 20.0", "Accuracy on MMLU.")
    assert {(r.metric_raw, r.metric_id) for r in results_of(table)} == {("Score", "accuracy")}


def test_a_score_of_1_to_10_is_a_judges() -> None:
    table = grid("Model | Score\nGPT-4 | 8.9\nVicuna-13B | 6.2", "Results on MT-Bench.")
    assert {r.metric_id for r in results_of(table)} == {"gpt-4-score"}


@pytest.mark.parametrize(("caption", "metrics"), [("Human study.", ["Fluency", "Depth"]), ("Elo.", ["Elo", "Elo"])])
def test_aspects_are_metrics_unless_the_caption_names_one(caption: str, metrics: list[str]) -> None:
    table = grid("Model | Fluency | Depth\nGPT-4 | 4.5 | 4.1\nVicuna-13B | 3.9 | 3.0", caption)
    assert [r.metric_raw for r in results_of(table)][:2] == metrics


def test_a_metric_behind_a_name_is_parted_from_it() -> None:
    table = grid("Test | GPT-4 | Vicuna\nMT-Bench | 8.9 | 6.2\nBirdcall ASR | 10.0 | 30.0")
    assert [(r.benchmark_raw, r.metric_raw) for r in results_of(table)][2] == ("Birdcall", "ASR")


def test_a_column_that_begins_with_a_plus_hangs_on_the_one_before() -> None:
    table = grid("Model | MATH | + maj1@k | GSM8K | + maj1@k\nGPT-4 | 1 | 2 | 3 | 4")
    assert [(r.benchmark_id, r.setting) for r in results_of(table)] == [
        ("math", None),
        ("math", "+ maj1@k"),
        ("gsm8k", None),
        ("gsm8k", "+ maj1@k"),
    ]


@pytest.mark.parametrize("word", ["Plan Steps", "Inf. Speed (s)", "Relative expert size", "Avg. length"])
def test_counts_and_speeds_are_no_scores(word: str) -> None:
    table = grid(f"Model | GSM8K | {word}\nGPT-4 | 92.0 | 1.5\nVicuna-13B | 27.6 | 2.5")
    assert {r.benchmark_raw for r in results_of(table)} == {"GSM8K"}


@pytest.mark.parametrize("row", ["WREN-7B", "WREN 13B-Chat", "WREN-30B-A3B", "WREN-Instruct"])
def test_a_size_of_the_own_model_is_proposed(row: str) -> None:
    table = grid(f"Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\n{row} | 1 | 2")
    assert results_of(table, "WREN: a small bird sings")[2].model_role == "proposed"


def test_an_ablation_of_the_own_model_is_a_variation() -> None:
    table = grid("Method | Acc.\nWREN | 92.0\nw/o nest | 90.0", "On StrategyQA.")
    assert [r.model_role for r in results_of(table, "WREN: a small bird sings")] == ["proposed", "variation"]


def test_attacks_beside_victims_are_settings() -> None:
    table = grid("Model | Method | ASR\nVicuna-7B | GCG | 90.0\n^ | PAIR | 80.0", "On AdvBench.", stub=2)
    assert [(r.model_raw, r.setting) for r in results_of(table)] == [("Vicuna-7B", "GCG"), ("Vicuna-7B", "PAIR")]


def test_a_line_of_differences_is_no_line_of_scores() -> None:
    table = grid("Model | GSM8K | Gain\nGPT-4 | 92.0 | -1.5\nVicuna-13B | 27.6 | -2.5", "Accuracy.")
    assert {r.benchmark_raw for r in results_of(table)} == {"GSM8K"}


@pytest.mark.parametrize("head", ["∆-Recall", "∆F1", "Δ (%)"])
def test_differences_of_a_metric_are_no_metric(head: str) -> None:
    table = grid(f"Model | Recall | {head}\nGPT-4 | 92.0 | 1.5\nVicuna-13B | 27.6 | 2.5", "On GSM8K.")
    assert {r.metric_raw for r in results_of(table)} == {"Recall"}


def test_a_guessed_metric_whose_bounds_are_broken_is_withdrawn() -> None:
    table = grid("Model | MMLU | ARC-C | Birds heard\nGPT-4 | 86.4 | 96.3 | 5000\nVicuna | 50.0 | 40.0 | 700")
    assert {r.metric_id for r in results_of(table) if r.benchmark_raw == "Birds heard"} == {None}


def test_rows_that_differ_in_a_mark_differ_in_setting() -> None:
    table = grid("Method | GSM8K | MMLU\nNestling | 1.0 | 2.0\nNestling* | 3.0 | 4.0")
    assert [r.setting for r in results_of(table)] == [None, None, "*", "*"]


def test_a_name_over_the_rows_in_two_parts_is_one_name() -> None:
    rows = "Vicuna | GCG | 1\n^ | PAIR | 2\n(7B) | TAP | 3\n^ | PAP | 4"
    found = results_of(grid(f"Model | Method | ASR\n{rows}", "On AdvBench.", stub=2))
    assert {r.model_raw for r in found} == {"Vicuna (7B)"}


def test_rows_without_a_name_after_a_full_run_are_those_of_the_name_below() -> None:
    rows = "GPT-4 | a | 1\n^ | b | 2\n^ | c | 3\n | a | 4\nVicuna | b | 5\n^ | c | 6"
    found = results_of(grid(f"Model | Task | Acc.\n{rows}", "On RTE.", stub=2))
    assert [r.model_raw for r in found] == ["GPT-4"] * 3 + ["Vicuna"] * 3


def test_a_name_with_other_capitals_is_still_that_benchmark() -> None:
    table = grid("Dataset | Tuning | GPT-4\nReclor | A | 1\n^ | B | 2", stub=2)
    assert {r.benchmark_id for r in results_of(table)} == {"reclor"}


def test_a_topic_is_looked_up_in_the_text() -> None:
    table = grid("Model | Max. | Prob.\nGPT-4 | 0.5 | 0.1\nVicuna | 0.6 | 0.2", "Results of toxicity reduction.")
    text = "For toxicity reduction we take prompts of RealToxicityPrompts.\nGSM8K is hard. GSM8K is easy.\nGSM8K."
    assert {r.benchmark_id for r in results_of(table, text=text)} == {"realtoxicityprompts"}


def test_names_under_the_head_metric_are_tests_unless_they_sound_like_metrics() -> None:
    table = grid("Metric | GPT-4 | Vicuna\nRewardBench\nChat | 1 | 2\nSafety | 3 | 4\nReasoning | 5 | 6\nCode | 7 | 8")
    assert {(r.benchmark_id, r.subset) for r in results_of(table)} >= {("rewardbench", "Chat"), ("rewardbench", "Code")}


@pytest.mark.parametrize(
    ("caption", "metric"),
    [
        ("The QVDR of several attacks.", "QVDR"),
        ("AUROC on open questions.", "AUROC"),
        ("Harmlessness scores of models in ten languages.", "Harmlessness scores"),
    ],
)
def test_what_a_caption_is_about_is_the_metric(caption: str, metric: str) -> None:
    found = results_of(grid("Model | GSM8K | MMLU\nGPT-4 | 0.2 | 0.4\nVicuna | 0.1 | 0.3", caption))
    assert {(r.metric_raw, "metric is taken from the caption" in r.doubts) for r in found} == {(metric, True)}


def test_a_benchmark_that_a_caption_is_about_is_no_metric() -> None:
    found = results_of(grid("Model | STEM | Other\nGPT-4 | 80.2 | 70.4\nVicuna | 50.1 | 40.3", "MMLU of two models."))
    assert {(r.benchmark_id, r.metric_id) for r in found} == {("mmlu", "accuracy")}


def test_size_and_kind_of_a_base_model_are_no_part_of_the_name_of_what_was_built_on_it() -> None:
    rows = "Nestling-R1 | 7B-Inst | 40.0\nLlama-2 | 7B-chat | 20.0\nWren | 13B | 30.0"
    found = results_of(grid(f"Model | Size | GSM8K\n{rows}", stub=2))
    assert [(r.model_raw, r.setting) for r in found] == [
        ("Nestling-R1", "7B-Inst"),
        ("Llama-2 7B-chat", None),
        ("Wren 13B", None),
    ]
