from __future__ import annotations

import pytest
from support.grid_tables import grid, results_of

from extractors.results.confidence import ConfidenceSettings, confidence


def test_doubts_lower_confidence() -> None:
    settings = ConfidenceSettings(doubts={"a": 0.5, "b": 0.8})
    assert confidence(0.9, ["a", "b"], settings) == pytest.approx(0.36)


@pytest.mark.parametrize("below", [-0.1, 1.1])
def test_a_line_outside_of_0_and_1_is_refused(below: float) -> None:
    with pytest.raises(ValueError, match="unsure_below"):
        ConfidenceSettings(unsure_below=below)


def test_a_weight_outside_of_0_and_1_is_refused() -> None:
    with pytest.raises(ValueError, match="doubts"):
        ConfidenceSettings(doubts={"a": 0.0})


def test_a_result_without_benchmark_is_unsure() -> None:
    table = grid("Model | EM | F1\nGPT-4 | 92.0 | 86.4\nVicuna-13B | 1.0 | 2.0")
    assert all(r.confidence < ConfidenceSettings().unsure_below for r in results_of(table))


def test_a_result_whose_headers_say_all_is_sure() -> None:
    table = grid("Model | NQ | <\n^ | EM | F1\nGPT-4 | 92.0 | 86.4", head=2)
    assert all(r.confidence == 1.0 for r in results_of(table))
