"""What is to be reviewed, in which order, and the entry that a word on it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.contract_rows import ID, as_tables, sound_rows

from expectations.correction_file import parse_corrections
from expectations.correction_report import correction_rows
from expectations.corrections import NONE, CorrectionsError
from expectations.validate import validate
from extractors.registry.load import load_registry
from pipeline.publish.snapshot import publish_snapshot
from pipeline.review.entry import add_entry
from pipeline.review.material import Material, load_material
from pipeline.review.queue import review_items
from pipeline.site.answers import Answer, Line
from pipeline.site.counted import Counted


def material(tmp_path: Path, rows: dict[str, list[dict[str, object]]]) -> Material:
    checked = validate(as_tables(rows), unsure_below=0.35)
    assert not checked.faults
    snapshot = publish_snapshot(checked.tables, tmp_path, date="2026-01-02")
    assert snapshot is not None
    return load_material(snapshot)


def test_a_refuted_claim_comes_first_with_sentence_arithmetic_and_cells(tmp_path: Path) -> None:
    rows = sound_rows()
    rows["claims"][0] |= {"verdict": "refuted", "verdict_reason": "50.0 < 60.0"}
    first = review_items(material(tmp_path, rows), NONE)[0]
    assert (first.kind, first.row_id) == ("claim", f"c-{ID}")
    assert first.evidence[0] == "2401.00001 p. 1: Wren beats GPT-3.5."
    assert first.evidence[1] == "arithmetic: 50.0 < 60.0"
    assert "Wren-7B on Finches: 50.0 (2401.00001 p. 2, Table 1, row 1, column 1)" in first.evidence


def test_what_more_hangs_on_comes_first_among_rows_as_unsure(tmp_path: Path) -> None:
    rows = sound_rows()
    rows["results"].append(rows["results"][0] | {"result_id": f"r-7{ID[1:]}", "col": 0})
    doubtful = [i.row_id for i in review_items(material(tmp_path, rows), NONE) if i.table == "results"]
    assert doubtful[-1] == f"r-7{ID[1:]}"


def test_a_name_of_several_papers_goes_before_one_papers_own(tmp_path: Path) -> None:
    rows = sound_rows()
    other = {"paper_id": "2401.00002", "version": 1, "title": "Robin", "status": "parsed", "n_pages": 4}
    rows["papers"].append(other)
    table = rows["tables"][0]
    rows["tables"].append(table | {"table_id": f"t-2{ID[1:]}", "paper_id": "2401.00002"})
    base = rows["results"][0] | {"model_id": None}
    rows["results"] += [
        base | {"result_id": f"r-2{ID[1:]}", "model_raw": "Shared-7B"},
        base
        | {"result_id": f"r-3{ID[1:]}", "model_raw": "shared 7B", "paper_id": "2401.00002", "table_id": f"t-2{ID[1:]}"},
        base | {"result_id": f"r-4{ID[1:]}", "model_raw": "Ours"},
    ]
    names = [item for item in review_items(material(tmp_path, rows), NONE) if item.kind == "name"]
    assert [item.title for item in names] == [
        "model 'Shared-7B' is not linked: 2 scores in 2 papers",
        "model 'Ours' is not linked: 1 scores in 1 papers",
    ]


def test_a_name_that_was_linked_for_one_paper_is_still_asked_for_the_others(tmp_path: Path) -> None:
    rows = sound_rows()
    base = rows["results"][0] | {"model_id": None, "model_raw": "Ours"}
    rows["papers"].append(rows["papers"][0] | {"paper_id": "2401.00002"})
    rows["tables"].append(rows["tables"][0] | {"table_id": f"t-2{ID[1:]}", "paper_id": "2401.00002"})
    rows["results"].append(base | {"result_id": f"r-4{ID[1:]}"})
    there = {"paper_id": "2401.00002", "table_id": f"t-2{ID[1:]}"}
    rows["results"].append(base | there | {"result_id": f"r-5{ID[1:]}"})
    made = material(tmp_path, rows)
    said = parse_corrections("- {link: Ours, kind: model, id: gpt-4, paper: '2401.00001', reason: read, author: Ada}\n")
    assert [i.title for i in review_items(made, said) if i.kind == "name"] == [
        "model 'Ours' is not linked: 1 scores in 1 papers"
    ]


def test_a_lead_of_the_front_page_is_reviewed_with_its_cells(tmp_path: Path) -> None:
    made = material(tmp_path, sound_rows())
    comparison = made.rows["comparisons"][0]
    one = Counted(dict(comparison), "2024-01-02", True, 10.0, ())
    line = Line("finches", True, 1, 1, 1, "one", one, one, "2024-01-02", (), None)
    (item,) = [
        i for i in review_items(made, NONE, [Answer("agent", "Agents", "one", (line,), ())]) if i.kind == "answer"
    ]
    assert (item.table, item.row_id) == ("comparisons", comparison["comparison_id"])
    assert item.evidence[2] == "no other paper reports the closed model here"


def test_a_correction_that_lost_its_row_is_asked_for_until_it_is_taken_out(tmp_path: Path) -> None:
    rows = sound_rows()
    said = parse_corrections(
        "- {row: r-gone, table: results, action: mend, set: {score: 51}, reason: seen, author: Ada}\n"
    )
    rows["corrections"] = correction_rows(said, {"results": rows["results"]})
    made = material(tmp_path, rows)
    (item,) = [i for i in review_items(made, said) if i.kind == "lost"]
    assert (item.row_id, item.evidence) == ("r-gone", ("Ada: seen", 'it sets {"score": 51}'))
    assert [i for i in review_items(made, NONE) if i.kind == "lost"] == []


def test_one_big_table_does_not_outweigh_a_refuted_claim(tmp_path: Path) -> None:
    rows = sound_rows()
    rows["claims"][0] |= {"verdict": "refuted", "verdict_reason": "50.0 < 60.0"}
    base = rows["results"][0] | {"model_id": None, "model_raw": "Ours"}
    rows["results"] += [base | {"result_id": f"r-{n:016x}", "row": n % 2, "col": n % 2} for n in range(200)]
    assert review_items(material(tmp_path, rows), NONE)[0].kind == "claim"


def test_a_row_that_was_kept_out_as_unsure_can_be_reviewed(tmp_path: Path) -> None:
    rows = sound_rows()
    rows["results"].append(rows["results"][0] | {"result_id": f"r-5{ID[1:]}", "confidence": 0.1, "doubts": ["guessed"]})
    (item,) = [i for i in review_items(material(tmp_path, rows), NONE) if i.kind == "unsure"]
    assert (item.row_id, item.evidence[1]) == (f"r-5{ID[1:]}", "confidence 0.1: guessed")


def test_what_was_spoken_on_is_not_asked_again(tmp_path: Path) -> None:
    made = material(tmp_path, sound_rows())
    said = parse_corrections(f"- {{row: c-{ID}, table: claims, action: accept, reason: read, author: Ada}}\n")
    assert {i.row_id for i in review_items(made, NONE)} - {i.row_id for i in review_items(made, said)} == {f"c-{ID}"}


ENTRY = {"row": "r-1", "table": "results", "action": "reject", "reason": "a <b>: 'sum' | #1\nline", "author": "Ada"}


def test_an_entry_is_added_below_what_people_wrote(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text("# our notes\n- {row: r-0, table: results, action: accept, reason: seen, author: Bo}\n")
    corrections = add_entry(path, ENTRY, load_registry())
    assert [row.row_id for row in corrections.rows] == ["r-0", "r-1"]
    assert corrections.rows[1].reason == ENTRY["reason"]
    assert path.read_text().startswith("# our notes\n")


def test_an_entry_that_breaks_the_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    add_entry(path, ENTRY, load_registry())
    before = path.read_bytes()
    with pytest.raises(CorrectionsError):
        add_entry(path, ENTRY | {"action": "accept"}, load_registry())
    assert path.read_bytes() == before
