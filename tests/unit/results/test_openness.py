"""What a paper says of the openness of models that the registry does not know."""

from __future__ import annotations

import pytest
from support.grid_tables import grid, results_of


@pytest.mark.parametrize(
    ("group", "openness"),
    [
        ("Open models", "open"),
        ("Open-source LLMs", "open"),
        ("Closed models", "closed"),
        ("Proprietary models", "closed"),
        ("Closed- and open-source models", None),
        ("Baselines", None),
    ],
)
def test_a_group_of_models_tells_of_those_below(group: str, openness: str | None) -> None:
    table = grid(f"Model | GSM8K | MMLU\n{group}\nNestling-7B | 1.0 | 2.0")
    assert {r.model_openness for r in results_of(table)} == {openness}


def test_the_registry_is_asked_before_the_group() -> None:
    table = grid("Model | GSM8K | MMLU\nOpen models\nGPT-4 | 92.0 | 86.4")
    assert {r.model_openness for r in results_of(table)} == {"closed"}


@pytest.mark.parametrize(
    ("title", "sentence", "openness"),
    [
        ("WREN: an open-source model of songs", "", "open"),
        ("WREN: a model of songs", "We release the weights of our model.", "open"),
        ("WREN: a model of songs", "We open-source all WREN models.", "open"),
        ("WREN: a model of songs", "Our models are publicly available.", "open"),
        ("WREN: a model of songs", "The checkpoints will be released.", "open"),
        ("WREN: a model of songs", "We make our model weights publicly available.", "open"),
        ("WREN: a model of songs", "We evaluate open-source models.", None),
        ("WREN: a model of songs", "We release our data and code.", None),
        ("WREN: a model of songs", "We do not release our model.", None),
    ],
)
def test_title_and_text_tell_of_the_own_model(title: str, sentence: str, openness: str | None) -> None:
    found = results_of(grid("Model | GSM8K | MMLU\nWREN | 1.0 | 2.0\nNestling | 3.0 | 4.0"), title, text=sentence)
    assert [r.model_openness for r in found] == [openness, openness, None, None]
