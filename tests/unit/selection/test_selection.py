"""Which papers are wanted, by title and abstract."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extractors.errors import RegistryError
from extractors.registry.load import load_registry
from pipeline.selection.select import Selector, load_selector


@pytest.fixture(scope="module")
def selector() -> Selector:
    return load_selector(load_registry())


@pytest.mark.parametrize(
    "title",
    [
        "Large Language Models Are Zero-Shot Rankers",
        "QWEN TECHNICAL REPORT",
        "LLM-based agents for trading",
        "Do GPT‑4 and GPT3.5 agree?",
        "Results on GSM8K and HumanEval",
        "Chain-of-Thought considered",
        "Prompting and pre-training for languages",
        "Retrieval-augmented question answering",
    ],
)
def test_a_title_with_a_reason_is_wanted(title: str, selector: Selector) -> None:
    assert selector.choose(title, None).is_wanted


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Quantum Criticality on a Bethe Lattice", "We find a phase transition."),
        ("A Benchmark for Model Checkers", "We outperform the state of the art."),
        ("Deep Residual Networks", "We evaluate pre-trained networks on ImageNet and outperform baselines."),
        ("The film of a falling drop", "An orca, a falcon and a phoenix race to the arc."),
    ],
)
def test_a_paper_of_another_field_is_passed_over(title: str, abstract: str, selector: Selector) -> None:
    choice = selector.choose(title, abstract)
    assert not choice.is_wanted
    assert choice.reason


def test_a_paper_of_which_nothing_is_known_is_wanted(selector: Selector) -> None:
    assert selector.choose(None, "  ").is_wanted


def test_a_choice_names_its_reasons(selector: Selector) -> None:
    assert selector.choose("LLM benchmarks", None).reason == "language models (LLM), evaluation (benchmarks)"


def test_a_megabyte_is_chosen_in_no_time(selector: Selector) -> None:
    assert not selector.choose("x " * 10_000 + "pre-" * 50_000, None).is_wanted


@pytest.mark.parametrize("text", ["threshold: 2\n", "threshold: [", "threshold: 0\ngroups: []\nregistry: {}\n"])
def test_words_that_break_the_schema_are_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text(text)
    with pytest.raises(RegistryError, match=r"words\.yml"):
        load_selector(load_registry(), file)


# Papers of the corpus without a word on language models; all others are about them or have results of them.
OTHER = {"1111.2011", "1408.2690", "1512.03385", "1608.06993", "2502.17532", "2503.04589", "2505.15921"}


@pytest.mark.integration
def test_recall_over_real_papers(shared: Path, selector: Selector) -> None:
    import pymupdf

    rows = [json.loads(line) for line in (shared / "corpus" / "metadata.jsonl").read_text().splitlines()]
    wanted = set()
    for row in rows:
        with pymupdf.open(shared / "corpus" / row["file"]) as document:
            text = " ".join(" ".join(document[n].get_text() for n in range(min(2, len(document)))).split())
        match = re.search(r"a\s?b\s?s\s?t\s?r\s?a\s?c\s?t\b(.*?)(?:1\.? I ?n ?t ?r ?o ?d|$)", text, re.I)
        if selector.choose(row["title"], (match[1] if match else text)[:1_900]).is_wanted:
            wanted.add(row["paper_id"])
    about = {row["paper_id"] for row in rows} - OTHER
    assert len(about & wanted) / len(about) >= 0.98
    assert len(OTHER - wanted) >= 5
