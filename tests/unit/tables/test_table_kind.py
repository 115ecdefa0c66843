"""What a table is for, and what decided it."""

from __future__ import annotations

import pytest
from support.grid_tables import grid

from extractors.tables.kind import classify

SCORES = "Model | Speed | Span\nWren | 12.5 | 3.1\nRook | 40.0 | 4.2"
COUNTS = "Set | # Train | # Test\nNests | 1,200 | 300\nEggs | 4,000 | 500"
SETTINGS = "Name | Wren | Rook\nLearning rate | 2e-5 | 1e-5\nBatch size | 64 | 128\nEpochs | 3 | 2"
PARTS = "Model | Speed\nWren | 12.5\nw/o tail | 11.0\n- beak | 10.2"
WORDS = "Bird | Nest\nWren | moss and leaves\nRook | twigs"


@pytest.mark.parametrize(
    ("caption", "cells", "kind", "why"),
    [
        ("Speeds of birds.", SCORES, "results", "name no other use"),
        ("Speeds of birds.", COUNTS, "statistics", "column headers name counts"),
        (None, SETTINGS, "statistics", "row labels name counts or settings, such as 'Learning rate'"),
        ("Speeds of birds.", PARTS, "ablation", "2 row labels take a part away, such as 'w/o tail'"),
        ("Ablation of the tail.", SCORES, "ablation", "the caption says 'Ablat'"),
        ("Statistics of nests.", SCORES, "statistics", "the caption says 'Statistic'"),
        ("Nests.", WORDS, "other", "0% of the body cells are numbers"),
    ],
)
def test_kind_and_its_reason(caption: str | None, cells: str, kind: str, why: str) -> None:
    got, reason = classify(caption, grid(cells).cells)
    assert got == kind
    assert why in reason
