"""The survey's rows as data: complete, linked, well-formed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractors.errors import RegistryError
from extractors.registry.link import link_benchmark, link_model
from extractors.registry.load import load_registry
from extractors.survey import load
from extractors.survey.load import load_statements, load_survey, survey_results

REGISTRY = load_registry()
BY_ID = {s.survey_id: s for s in load_survey()}


def test_all_cells_of_survey_and_live_page_are_there() -> None:
    assert Counter(s.provenance for s in load_survey()) == {"survey": 42, "live_page": 110}


def test_every_model_and_benchmark_is_in_the_registry() -> None:
    assert {s.model_id for s in load_survey()} <= set(REGISTRY.models)
    assert {s.benchmark_id for s in load_survey()} <= set(REGISTRY.benchmarks)


def test_a_baseline_is_closed() -> None:
    assert {s.openness for s in load_survey() if s.is_baseline} == {"closed"}


@pytest.mark.parametrize("name", ["GPT-3.5-turbo + CRITIC", "CoK + GPT-3.5-turbo", "text-davinci-002 + LMvsLM"])
def test_a_method_on_a_closed_model_is_no_bare_model(name: str) -> None:
    link = link_model(name, REGISTRY)
    assert link is not None
    assert "-plus-" in link.entity_id


def test_columns_of_the_survey_link_by_their_printed_names() -> None:
    link = link_benchmark(BY_ID["S-T2-C004"].benchmark_raw, REGISTRY)
    assert link is not None
    assert link.entity_id == "code-generation"


def test_scores_are_the_printed_ones() -> None:
    assert (BY_ID["L-T3-C003"].score, BY_ID["L-T3-C009"].score) == (81.6, 57.1)


def test_results_keep_the_ids_of_the_cells() -> None:
    assert [r.result_id for r in survey_results(load_survey())] == [s.survey_id for s in load_survey()]


def test_statements_name_models_and_benchmarks_of_the_survey() -> None:
    models, benchmarks = {s.model_id for s in load_survey()}, {s.benchmark_id for s in load_survey()}
    for claim in load_statements():
        assert {claim.subject_id, claim.baseline_id} <= models, claim.claim_id
        assert set(claim.benchmark_ids) <= benchmarks, claim.claim_id


def test_a_row_that_breaks_the_schema_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "scores.yml").write_text("- {id: S-T1-C001, provenance: memory}\n", encoding="utf-8")
    schema = (Path(load.__file__).parent / "schema.json").read_text(encoding="utf-8")
    (tmp_path / "schema.json").write_text(schema, encoding="utf-8")
    monkeypatch.setattr(load, "_HERE", tmp_path)
    load.load_survey.cache_clear()
    with pytest.raises(RegistryError, match="S-T1-C001"):
        load_survey()
    load.load_survey.cache_clear()
