"""Names and what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import RegistryError
from extractors.registry.link import link_benchmark, link_metric, link_model, size_in_name
from extractors.registry.load import load_registry

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("ChatGPT", "gpt-3.5-turbo"),
        ("ChatGPT [46]", "gpt-3.5-turbo"),
        ("GPT-3.5-turbo-0613", "gpt-3.5-turbo-0613"),
        ("GPT-3.5-turbo-0301", "gpt-3.5-turbo-0301"),
        ("GPT-4 (OpenAI, 2023)", "gpt-4"),
        ("GPT-4 (5-shot)", "gpt-4"),
        ("Llama-2-70B-chat", "llama-2-70b-chat"),
        ("LLaMA 2 70B", "llama-2-70b"),
        ("LLaMA 2 > 70B", "llama-2-70b"),
        ("LLaMA-65B", "llama-65b"),
        ("Mixtral 8x7B", "mixtral-8x7b"),
        ("Claude 2", "claude-2"),
    ],
)
def test_name_links_to_its_model(name: str, model_id: str) -> None:
    link = link_model(name, REGISTRY)
    assert link is not None
    assert link.entity_id == model_id


@pytest.mark.parametrize(
    "name", ["GPT-3.5-turbo + WREN", "Llama 9 70B", "GPT-4 with tools", "Ours", "Method", "Qwen2-71B", ""]
)
def test_name_of_another_system_links_to_none(name: str) -> None:
    assert link_model(name, REGISTRY) is None


@pytest.mark.parametrize(
    ("name", "benchmark_id"),
    [("GSM8k", "gsm8k"), ("MMLU (5-shot)", "mmlu"), ("ARC-c", "arc-challenge"), ("Avg.", "average"), ("BBH", "bbh")],
)
def test_name_links_to_its_benchmark(name: str, benchmark_id: str) -> None:
    link = link_benchmark(name, REGISTRY)
    assert link is not None
    assert link.entity_id == benchmark_id


@pytest.mark.parametrize(("name", "metric_id"), [("Acc.", "accuracy"), ("EM", "exact-match"), ("Pass@1", "pass@1")])
def test_name_links_to_its_metric(name: str, metric_id: str) -> None:
    link = link_metric(name, REGISTRY)
    assert link is not None
    assert link.entity_id == metric_id


@pytest.mark.parametrize(
    ("name", "size"), [("Llama-2-70B", 70.0), ("Mixtral-8x7B", 56.0), ("OPT-350M", 0.35), ("GPT-4", None)]
)
def test_size_in_a_name(name: str, size: float | None) -> None:
    assert size_in_name(name) == size


def write(folder: Path, models: str) -> Path:
    (folder / "models").mkdir()
    (folder / "models" / "a.yml").write_text(models)
    (folder / "benchmarks.yml").write_text("- {id: quiz, name: Quiz}\n")
    (folder / "metrics.yml").write_text("- {id: accuracy, name: Accuracy}\n")
    return folder


@pytest.mark.parametrize(
    ("models", "fault"),
    [
        ("- {id: a, name: Wren}\n- {id: b, name: wren}\n", "means both a and b"),
        ("- {id: a, name: Wren, base_model_id: zzz}\n", "zzz is not in the registry"),
        ("- {id: a, name: Wren, openness: ajar}\n", "'ajar' is not one of"),
        ("- {name: Wren}\n", "'id' is a required property"),
        ("- {id: a, name: Wren\n", "a.yml"),
    ],
)
def test_faulty_registry_is_refused_with_the_fault(tmp_path: Path, models: str, fault: str) -> None:
    with pytest.raises(RegistryError, match=fault):
        load_registry(write(tmp_path, models))


def test_an_entry_of_two_fields_is_enough(tmp_path: Path) -> None:
    registry = load_registry(write(tmp_path, "- id: wren\n  name: Wren\n"))
    link = link_model("WREN", registry)
    assert link is not None
    assert (link.entity_id, link.how) == ("wren", "name")


@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("ChatGPT CRITIC", "gpt-3.5-turbo-plus-critic"),
        ("CRITIC (ChatGPT)", "gpt-3.5-turbo-plus-critic"),
        ("ChatGPT CRITIC w/o Tool", None),
        ("Qwen2.5-7B-Inst.", "qwen2.5-7b-instruct"),
        ("Qwen2.5-7B", "qwen2.5-7b"),
        ("Llama-2-chat-70B", "llama-2-70b-chat"),
        ("Qwen2.5-72B Base", "qwen2.5-72b"),
        ("gpt-3.5-turbo-0301", "gpt-3.5-turbo-0301"),
        ("gpt-3.5-turbo-0302", None),
    ],
)
def test_more_ways_to_print_a_model(name: str, model_id: str | None) -> None:
    link = link_model(name, load_registry())
    assert (link.entity_id if link else None) == model_id


@pytest.mark.parametrize(
    ("name", "benchmark_id"),
    [("MT-Bench Score", "mt-bench"), ("HotpotQA dev", "hotpotqa"), ("IFEval strict prompt", "ifeval"), ("GSM9K", None)],
)
def test_benchmarks_with_what_was_measured(name: str, benchmark_id: str | None) -> None:
    link = link_benchmark(name, load_registry())
    assert (link.entity_id if link else None) == benchmark_id
