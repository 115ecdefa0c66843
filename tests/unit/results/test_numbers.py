from __future__ import annotations

import pytest

from extractors.results.numbers import read_numbers


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("81.6", [81.6]),
        ("81.6 (+24.8)", [81.6]),
        ("1,234.5", [1234.5]),
        ("−0.3", [-0.3]),
        (".75", [0.75]),
        ("73.2†", [73.2]),
        ("84%", [84.0]),
        ("59.7 / 41.8", [59.7, 41.8]),
        ("↑ 1.2", [1.2]),
        ("-", []),
        ("N/A", []),
        ("OOM", []),
        ("", []),
    ],
)
def test_scores_of_a_cell(text: str, scores: list[float]) -> None:
    assert [n.score for n in read_numbers(text)] == scores


@pytest.mark.parametrize(
    ("text", "spread"), [("73.2 ± 0.4", 0.4), ("73.2±.4", 0.4), ("73.2 +/- 1", 1.0), ("73.2", None)]
)
def test_spread_of_a_cell(text: str, spread: float | None) -> None:
    assert read_numbers(text)[0].spread == spread


def test_percent_sign_is_noted() -> None:
    assert read_numbers("84%")[0].has_percent
