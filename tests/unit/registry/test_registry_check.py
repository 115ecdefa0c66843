"""Faults that the check finds, each planted in a small registry; and the names that results lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.grid_tables import grid, results_of

from extractors.registry.check import check_registry, missing_names

MODELS = "- {id: wren-7b, name: Wren-7B, size_b: 6.9, released: '2023-05-01'}\n"


def folder(tmp_path: Path, models: str, benchmarks: str = "[]", metrics: str = "[]") -> Path:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "00-birds.yml").write_text(models)
    (tmp_path / "benchmarks.yml").write_text(benchmarks)
    (tmp_path / "metrics.yml").write_text(metrics)
    return tmp_path


def test_the_registry_that_ships_has_no_fault() -> None:
    assert check_registry() == ()


def test_a_sound_registry_has_no_fault(tmp_path: Path) -> None:
    assert check_registry(folder(tmp_path, MODELS)) == ()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("- {id: wren-7b-b, name: Wren-7B}\n", "means both"),
        ("- {id: wren-13b, name: Wren-13B, size_b: 70}\n", "its name says 13"),
        ("- {id: wren-13b, name: Wren-13B, base_model_id: finch}\n", "finch is not in the registry"),
        (
            "- {id: tit, name: Tit, base_model_id: wren-7b, released: '2022-01-01'}\n",
            "its base wren-7b only 2023-05-01",
        ),
        ("- {id: a, name: A1, base_model_id: b}\n- {id: b, name: B1, base_model_id: a}\n", "circle"),
        ("- {id: tit, name: Tit, openness: ajar}\n", "ajar"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, more: str, fault: str) -> None:
    assert any(fault in f for f in check_registry(folder(tmp_path, MODELS + more)))


def test_missing_names_come_with_counts_and_places() -> None:
    found = results_of(grid("Model | GSM8K | BirdTalk\nGPT-4 | 92.0 | 1.0\nMagpie-X | 30.0 | 2.0"))
    model, benchmark = missing_names(found)
    assert (model.kind, model.name, model.n_results, model.examples) == ("model", "Magpie-X", 2, ("p page 1 t-1",))
    assert (benchmark.kind, benchmark.name, benchmark.n_papers) == ("benchmark", "BirdTalk", 1)


def test_own_systems_are_not_missing() -> None:
    table = grid("Model | GSM8K | MMLU\nGPT-4 | 92.0 | 1.0\nWrenLM | 30.0 | 2.0")
    assert missing_names(results_of(table, "WrenLM: a small bird sings")) == ()
