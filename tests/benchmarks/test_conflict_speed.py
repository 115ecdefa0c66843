"""Time of finding conflicts among as many results as a year of papers gives; fails nothing by time."""

from __future__ import annotations

from typing import Any

from support.sample_results import result

from extractors.registry.load import load_registry
from extractors.results.conflicts import find_conflicts


def test_conflicts_among_forty_thousand_results(benchmark: Any) -> None:
    registry = load_registry()
    many = [
        result("gpt-4" if i % 2 else "mixtral-8x7b", f"{i % 997 / 10}", table_id=f"t{i}", subset=str(i // 40))
        for i in range(40_000)
    ]
    assert benchmark.pedantic(find_conflicts, (many, (), (), registry), rounds=1)
