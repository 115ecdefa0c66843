"""Conflicts between results of invented numbers, and against the survey's own rows."""

from __future__ import annotations

import pytest
from support.sample_results import result

from extractors.records import Conflict, Result
from extractors.registry.load import load_registry
from extractors.results.comparisons import compare
from extractors.results.conflicts import find_conflicts
from extractors.survey.load import load_survey

REGISTRY = load_registry()


def conflicts(*results: Result) -> tuple[Conflict, ...]:
    return find_conflicts(results, (), (), REGISTRY)


def pair(first: str, second: str, **fields: object) -> tuple[Conflict, ...]:
    """Two scores of one model, the second in another paper and with `fields`."""
    there = {"paper_id": "p2", "table_id": "t2"} | fields
    return conflicts(result("mixtral-8x7b", first), result("mixtral-8x7b", second, **there))


def test_two_papers_that_differ_are_a_conflict() -> None:
    (found,) = pair("58.4", "74.4")
    assert (found.scores, found.spread, found.kind) == ((58.4, 74.4), 16.0, "unexplained")
    assert found.paper_ids == ("p1", "p2")


@pytest.mark.parametrize(("first", "second"), [("57.1", "57.1"), ("57.1", "57"), ("57.14", "57.1"), ("57.15", "57.2")])
def test_rounding_is_no_conflict(first: str, second: str) -> None:
    assert pair(first, second) == ()


def test_a_fraction_meets_a_percentage() -> None:
    assert pair("57.1", "0.571", unit="fraction") == ()


def test_printed_zeros_count_as_digits() -> None:
    assert len(pair("57.0", "57.4")) == 1


@pytest.mark.parametrize(
    ("first", "second", "fields", "kind"),
    [
        ("57.1", "57.2", {}, "rounding"),
        ("74.9", "79.4", {}, "transposed"),
        ("58.4", "74.4", {"n_shots": 5}, "setting"),
    ],
)
def test_kind_names_the_likely_reason(first: str, second: str, fields: dict[str, object], kind: str) -> None:
    (found,) = pair(first, second, **fields)
    assert found.kind == kind


def test_undated_name_of_a_model_with_snapshots_is_of_kind_snapshot() -> None:
    (found,) = conflicts(result("gpt-3.5-turbo", "57.1"), result("gpt-3.5-turbo", "74.9", paper_id="p2", table_id="t2"))
    assert found.kind == "snapshot"


def test_two_dated_snapshots_are_two_models() -> None:
    assert conflicts(result("gpt-4-0314", "57.1"), result("gpt-4-0613", "74.9", table_id="t2")) == ()


def test_a_family_name_without_a_size_is_of_kind_size() -> None:
    (found,) = conflicts(result("llama-2", "40.0"), result("llama-2", "56.8", paper_id="p2", table_id="t2"))
    assert found.kind == "size"


@pytest.mark.parametrize(
    "fields", [{"subset": "hard"}, {"metric_id": "f1"}, {"benchmark_id": "math", "benchmark_raw": "MATH"}]
)
def test_other_measurements_do_not_meet(fields: dict[str, object]) -> None:
    assert pair("58.4", "74.4", **fields) == ()


def test_contradicting_settings_do_not_meet() -> None:
    zero = result("mixtral-8x7b", "58.4", n_shots=0)
    assert conflicts(zero, result("mixtral-8x7b", "74.4", n_shots=8, table_id="t2")) == ()


def test_rows_that_one_table_does_not_tell_apart_take_no_part() -> None:
    unclear = [result("mixtral-8x7b", s, row=i) for i, s in enumerate(("58.4", "60.0"))]
    assert conflicts(*unclear, result("mixtral-8x7b", "58.4", table_id="t2")) == ()


@pytest.mark.parametrize(
    ("second", "count"), [("59.0", 1), ("74.4", 0), ("85.4", 1)], ids=["a slip", "told apart", "digits swapped"]
)
def test_within_one_paper_only_a_slip_is_a_conflict(second: str, count: int) -> None:
    assert len(conflicts(result("mixtral-8x7b", "58.4"), result("mixtral-8x7b", second, table_id="t2"))) == count


def test_a_paper_with_scores_that_it_tells_apart_takes_no_part() -> None:
    unclear = [result("mixtral-8x7b", s, table_id=t) for s, t in (("58.4", "t1"), ("74.4", "t2"))]
    assert conflicts(*unclear, result("mixtral-8x7b", "61.0", paper_id="p2", table_id="t3")) == ()


def captioned(first: str, second: str, **fields: object) -> tuple[Conflict, ...]:
    """Two scores of one open model under these captions, of two papers unless `fields` say otherwise."""
    there = {"paper_id": "p2", "table_id": "t2"} | fields
    found = [result("mixtral-8x7b", "58.4"), result("mixtral-8x7b", "60.0", **there)]
    return find_conflicts(found, (), (), REGISTRY, {"t1": first, "t2": second})


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("Results of base models.", "Results of models.", 1),
        ("Results of base models.", "Results of chat models.", 0),
        ("Results of chat models.", "Results of instruction-tuned models.", 1),
        ("Results.", "Results with tools.", 0),
        ("Thinking models.", "Non-thinking models.", 0),
        ("Results.", "", 0),
    ],
)
def test_captions_part_what_was_run_in_different_ways(first: str, second: str, count: int) -> None:
    assert len(captioned(first, second)) == count


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("Scores of birds on the first half.", "Scores of birds on the second half.", 0), ("Scores.", "Birds again.", 1)],
)
def test_captions_of_one_paper_that_are_alike_part_one_test(first: str, second: str, count: int) -> None:
    assert len(captioned(first, second, paper_id="p1")) == count


@pytest.mark.parametrize(
    "fields",
    [
        {"model_raw": "Mixtral-8x7B preview"},
        {"benchmark_raw": "GSM8K (translated)"},
        {"prompting": "CoT"},
        {"metric_id": None},
    ],
)
def test_other_runs_do_not_meet(fields: dict[str, object]) -> None:
    assert len(pair("58.4", "60.0")) == 1
    assert pair("58.4", "60.0", **fields) == ()


def test_scores_too_far_apart_are_not_of_one_test() -> None:
    assert len(pair("58.4", "30.0")) == 1
    assert pair("58.4", "28.0") == ()


def test_averages_take_no_part() -> None:
    assert pair("58.4", "74.4", benchmark_id="average") == ()


def test_survey_row_meets_a_mined_result_and_turns_its_comparison_round() -> None:
    mined = [result("gpt-3.5-turbo", "74.9"), result("llama-2-70b", "60.0", row=3)]
    found = find_conflicts(mined, compare(mined, REGISTRY), load_survey(), REGISTRY)
    known = next(c for c in found if (c.model_id, c.benchmark_id) == ("gpt-3.5-turbo", "gsm8k"))
    assert set(known.scores) == {57.1, 74.9}
    assert known.flipped_comparison_ids == tuple(c.comparison_id for c in compare(mined, REGISTRY))
