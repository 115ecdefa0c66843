"""How the paper's own system is named, and which rows are it, a variation of it, or a baseline."""

from __future__ import annotations

import pytest
from support.grid_tables import grid, results_of

from extractors.results.context import own_names

ABSTRACT = "Birds are rare. We introduce Wide Reading Network (WRN), trained on nests."


@pytest.mark.parametrize(
    ("title", "abstract", "name"),
    [
        ("WREN: a small bird sings", "", "WREN"),
        ("Qwen Technical Report", "", "Qwen"),
        ("KIMI K1.5: SCALING", "", "KIMI K1.5"),
        ("How birds sing", "In this paper we present BirdLM, a model of songs.", "BirdLM"),
        ("How birds sing", "We train a model called Wren on nests.", "Wren"),
        ("How birds sing", ABSTRACT, "WRN"),
    ],
)
def test_names_that_title_and_abstract_give(title: str, abstract: str, name: str) -> None:
    assert name in own_names(title, abstract)


def test_a_title_without_a_name_gives_none() -> None:
    assert own_names("A study of how birds sing", "We look at GPT-4 and others.") == ()


@pytest.mark.parametrize("row", ["Ours", "Our model", "(Ours)", "Proposed"])
def test_ours_takes_the_name_of_the_title(row: str) -> None:
    table = grid(f"Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\n{row} | 93.0 | 87.0")
    assert results_of(table, "WrenLM: a small bird sings")[2].model_raw == "WrenLM"


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ("WrenLM", "proposed"),
        ("WrenLM-7B", "proposed"),
        ("WrenLM (ours)", "proposed"),
        ("WrenLM w/o songs", "variation"),
        ("GPT-4", "baseline"),
        ("Magpie", "baseline"),
    ],
)
def test_roles_of_models(row: str, role: str) -> None:
    table = grid(f"Model | GSM8K | MMLU\nClaude 2 | 88.0 | 78.5\n{row} | 93.0 | 87.0")
    found = results_of(table, "WrenLM: a small bird sings")[2]
    assert (found.model_role, found.is_own_report) == (role, role != "baseline")


def test_an_unlinked_name_tells_size_and_openness_of_what_it_is_built_on() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 86.4\nLlama-2-7B-Nightingale | 30.0 | 40.0")
    row = results_of(table)[2]
    assert (row.model_id, row.model_openness, row.model_size_b) == (None, "open", 7.0)
