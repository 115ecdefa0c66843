"""Corrections brought to records, tables and the registry, and what became of each."""

from __future__ import annotations

import dataclasses

import pytest
from support.contract_rows import ID, as_tables, sound_rows
from support.sample_results import result

from expectations.correction_file import parse_corrections
from expectations.correction_report import correction_rows
from expectations.corrections import Corrections, linked
from expectations.validate import WITHHELD, validate
from extractors.registry.link import link_model
from extractors.registry.load import load_registry

SAID = "reason: wrong column, author: Ada"
RESULT = f"r-{ID}"


def said(*entries: str) -> Corrections:
    return parse_corrections("".join(f"- {{{entry}, {SAID}}}\n" for entry in entries))


def test_a_mended_record_has_the_columns_that_were_set_and_the_others_as_read() -> None:
    read = result("GPT-4", 50.0)
    mended = said(f"row: {read.result_id}, table: results, action: mend, set: {{score: 51, doubts: [seen]}}").mended(
        [read]
    )
    assert (mended[0].score, mended[0].doubts, mended[0].model_raw) == (51, ("seen",), "GPT-4")


def test_what_the_registry_knows_of_a_mended_model_and_metric_follows_unless_it_is_set_too() -> None:
    read, registry = result("Wonderbird", 50.0), load_registry()
    entry = f"row: {read.result_id}, table: results, action: mend, set: {{model_id: gpt-4, metric_id: error-rate"
    (mended,) = said(f"{entry}}}").mended([read], registry)
    assert (mended.model_openness, mended.higher_is_better) == ("closed", False)
    (mended,) = said(f"{entry}, higher_is_better: true}}").mended([read], registry)
    assert (mended.model_openness, mended.higher_is_better) == ("closed", True)


def test_a_size_that_only_the_name_prints_is_kept_under_a_model_of_no_one_size() -> None:
    read = dataclasses.replace(result("Llama-2-70B (ft)", 50.0), model_size_b=70.0)
    entry = f"row: {read.result_id}, table: results, action: mend, set: {{model_id: llama-2}}"
    (mended,) = said(entry).mended([read], load_registry())
    assert (mended.model_id, mended.model_size_b) == ("llama-2", 70.0)


def test_records_of_other_ids_stay_as_they_are() -> None:
    read = result("GPT-4", 50.0)
    assert said("row: r-other, table: results, action: mend, set: {score: 1}").mended([read]) == (read,)


def test_a_linked_name_leads_to_its_entity_and_leaves_the_registry_alone() -> None:
    registry = load_registry()
    corrected = linked(registry, said("link: Wonderbird-9T, kind: model, id: gpt-4").links)
    found = link_model("Wonderbird 9T", corrected)
    assert found is not None
    assert found.entity_id == "gpt-4"
    assert link_model("Wonderbird 9T", registry) is None


def test_a_correction_of_another_paper_does_not_touch_a_paper() -> None:
    mine = said("row: r-1, table: results, action: reject, paper: a", "row: r-2, table: results, action: reject")
    assert [row.row_id for row in mine.of_papers({"b"}).rows] == ["r-2"]


def test_a_refused_row_is_kept_out_with_reason_and_author_and_its_comparison_follows() -> None:
    corrections = said(f"row: {RESULT}, table: results, action: reject")
    checked = validate(as_tables(sound_rows()), refused=corrections.refused)
    rejected = {(r["table_name"], r["check_name"]): r["reason"] for r in checked.tables["rejected"].to_pylist()}
    assert rejected["results", "correction"] == "wrong column (Ada)"
    assert ("comparisons", "result_ids.kept") in rejected


def test_a_verdict_that_lost_its_evidence_is_withheld() -> None:
    checked = validate(as_tables(sound_rows()), refused={("results", RESULT): "wrong"})
    (claim,) = checked.tables["claims"].to_pylist()
    assert (claim["verdict"], claim["verdict_reason"], claim["evidence"]) == (
        "not_checkable",
        WITHHELD,
        [f"r-1{ID[1:]}"],
    )


@pytest.mark.parametrize("spoil", [{"confidence": 0.1}, {"score": 140.0}])
def test_an_accepted_row_is_published_although_a_check_spoke_against_it(spoil: dict[str, float]) -> None:
    rows = sound_rows()
    rows["results"][0] |= spoil
    tables = as_tables(rows)
    assert validate(tables, unsure_below=0.35).tables["results"].num_rows == 1
    assert validate(tables, unsure_below=0.35, accepted={("results", RESULT)}).tables["results"].num_rows == 2


def test_an_accepted_row_still_has_to_meet_its_contract() -> None:
    rows = sound_rows()
    rows["results"][0]["model_role"] = "hero"
    assert validate(as_tables(rows), accepted={("results", RESULT)}).tables["results"].num_rows == 1


def test_a_correction_that_finds_its_row_is_applied_and_another_is_lost() -> None:
    corrections = said(
        f"row: {RESULT}, table: results, action: accept",
        "row: r-gone, table: results, action: reject",
        "link: GPT-3.5, kind: model, id: gpt",
        "link: Nobody, kind: model, id: gpt",
    )
    told = {r["row_id"]: (r["status"], r["n_rows"]) for r in correction_rows(corrections, sound_rows_read())}
    assert told == {RESULT: ("applied", 1), "r-gone": ("lost", 0), "GPT-3.5": ("applied", 2), "Nobody": ("lost", 0)}


def sound_rows_read() -> dict[str, list[dict[str, object]]]:
    return {name: table.to_pylist() for name, table in as_tables(sound_rows()).items()}
