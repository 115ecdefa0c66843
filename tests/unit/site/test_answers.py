"""Which comparisons count, and what the front page says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.sample_snapshot import write_snapshot

from pipeline.site.answers import Answer, answers
from pipeline.site.counted import AGREE_WITHIN, counted
from pipeline.site.gap import gap_points, races
from pipeline.site.snapshot import Snapshot, load_snapshot

Row = dict[str, Any]
METRICS = {"accuracy": True, "pass@1": True, "attack-success-rate": False, "refusal-rate": None, "win-rate": True}
BENCHMARKS = {
    "math": ("reasoning", "accuracy"),
    "mint": ("agent", None),
    "safe": ("trustworthiness", "attack-success-rate"),
}


def result(result_id: str, paper: str, model: str, score: float, **other: Any) -> Row:
    row: Row = {"result_id": result_id, "paper_id": paper, "table_id": f"t-{paper}", "model_id": model}
    row |= {
        "model_raw": model,
        "model_role": "baseline",
        "model_openness": None,
        "model_size_b": None,
        "benchmark_id": "math",
    }
    row |= {"benchmark_raw": "MATH", "metric_id": "accuracy", "metric_raw": "Acc", "subset": None, "score": score}
    row |= {"score_text": str(score), "unit": "percent", "confidence": 0.9, "doubts": [], "page": 1}
    return row | other


def snapshot(tmp_path: Path, pairs: list[tuple[str, float, float, Row]], **tables: list[Row]) -> Snapshot:
    """A pair a paper: its id, the score of an open model and of the closed one, and what else its results are."""
    rows: dict[str, list[Row]] = {"results": [], "comparisons": [], "tables": [], "papers": []}
    for i, (paper, ours, theirs, other) in enumerate(pairs):
        alike = {name: value for name, value in other.items() if not name.startswith("model_")}
        a, b = (
            result(f"r-a{i}", paper, "llama", ours, **other),
            result(f"r-b{i}", paper, "gpt-3.5-turbo", theirs, **alike),
        )
        rows["results"] += [a, b]
        word = "beats" if (ours > theirs) == (METRICS[a["metric_id"]] is not False) else "behind"
        rows["comparisons"].append(
            {"comparison_id": f"x-{i}", "paper_id": paper, "table_id": f"t-{paper}", "relation": word}
            | {"model_id": "llama", "model_raw": "llama", "model_score": ours, "baseline_id": "gpt-3.5-turbo"}
            | {"baseline_score": theirs, "margin": ours - theirs, "result_ids": [a["result_id"], b["result_id"]]}
            | {k: a[k] for k in ("benchmark_id", "benchmark_raw", "metric_id", "subset")}
            | {"capability": BENCHMARKS[a["benchmark_id"]][0]}
        )
        rows["tables"].append({"table_id": f"t-{paper}", "paper_id": paper, "kind": other.get("kind", "results")})
        rows["papers"].append({"paper_id": paper, "published": f"2024-0{i + 1}-01", "title": paper, "status": "parsed"})
    rows["metrics"] = [{"metric_id": m, "name": m, "higher_is_better": better} for m, better in METRICS.items()]
    rows["benchmarks"] = [
        {"benchmark_id": b, "name": b, "capability": capability, "default_metric_id": usual}
        for b, (capability, usual) in BENCHMARKS.items()
    ]
    rows["models"] = [
        {"model_id": m, "name": m, "openness": o} for m, o in (("llama", "open"), ("gpt-3.5-turbo", "closed"))
    ]
    return load_snapshot(write_snapshot(tmp_path, rows | tables))


def answer(snap: Snapshot, capability: str = "reasoning") -> Answer:
    return next(a for a in answers(snap) if a.capability == capability)


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ({}, True),
        ({"unit": "fraction"}, True),
        ({"metric_id": "pass@1"}, True),  # of one sample: the share of items answered right, as accuracy
        ({"metric_id": "win-rate"}, False),  # not the benchmark's usual measure
        ({"metric_id": "refusal-rate"}, False),  # no direction is better
        ({"metric_id": "attack-success-rate"}, False),  # says how the model was attacked, not how it reasons
        ({"metric_id": "attack-success-rate", "benchmark_id": "safe"}, True),
        ({"metric_id": "attack-success-rate", "benchmark_id": "mint"}, False),  # a benchmark without usual measure
        ({"metric_id": "pass@1", "benchmark_id": "mint"}, True),
        ({"subset": "algebra"}, False),
        ({"confidence": 0.4}, False),
        ({"kind": "ablation"}, False),
        ({"model_id": None, "model_raw": "Wren", "model_openness": "open"}, False),  # may be closed, or no model
        ({"model_id": None, "model_raw": "Wren 7B", "model_openness": "open", "model_size_b": 7.0}, True),
        ({"model_id": None, "model_raw": "Wren", "model_openness": "open", "model_role": "proposed"}, True),
        ({"model_id": None, "model_raw": "Wren-7B Robin-9B", "model_openness": "open", "model_size_b": 7.0}, False),
        ({"doubts": ["metric is the benchmark's usual one"]}, True),
        ({"doubts": ["metric is the benchmark's usual one"], "unit": "fraction"}, False),  # may be a drop or a share
    ],
)
def test_what_counts(tmp_path: Path, other: Row, counts: bool) -> None:
    assert bool(counted(snapshot(tmp_path, [("p", 0.6, 0.5, other)]), "gpt-3.5-turbo")) == counts


def test_a_guess_counts_once_a_maintainer_vouches_for_it(tmp_path: Path) -> None:
    words = [{"row_id": i, "action": "accept", "status": "applied"} for i in ("r-a0", "r-b0")]
    snap = snapshot(tmp_path, [("p", 60.0, 50.0, {"confidence": 0.4})], corrections=words)
    assert len(counted(snap, "gpt-3.5-turbo")) == 1


def test_a_lead_is_in_points_of_a_hundred_whatever_the_unit(tmp_path: Path) -> None:
    found = counted(snapshot(tmp_path, [("p", 0.61, 0.5, {"unit": "fraction"})]), "gpt-3.5-turbo")
    assert [one.lead for one in found] == [11.0]


def test_a_lead_is_positive_where_lower_is_better_and_the_open_model_is_lower(tmp_path: Path) -> None:
    other = {"metric_id": "attack-success-rate", "benchmark_id": "safe"}
    assert [one.lead for one in counted(snapshot(tmp_path, [("p", 2.0, 25.0, other)]), "gpt-3.5-turbo")] == [23.0]


def test_a_closed_score_that_no_other_report_comes_near_is_of_another_kind(tmp_path: Path) -> None:
    pairs = [("p", 40.0, 50.0, {}), ("q", 41.0, 52.0, {}), ("drop", 78.0, 50.0 - AGREE_WITHIN - 2, {})]
    assert [one.row["paper_id"] for one in counted(snapshot(tmp_path, pairs), "gpt-3.5-turbo")] == ["p", "q"]


def test_two_papers_make_a_yes_and_one_makes_it_one_papers_word(tmp_path: Path) -> None:
    assert answer(snapshot(tmp_path / "1", [("p", 60.0, 50.0, {}), ("q", 40.0, 50.0, {})])).word == "one"
    assert answer(snapshot(tmp_path / "2", [("p", 60.0, 50.0, {}), ("q", 55.0, 50.0, {})])).word == "yes"


def test_the_middle_lead_is_shown_and_the_widest_beside_it(tmp_path: Path) -> None:
    pairs = [("a", 51.0, 50.0, {}), ("b", 57.0, 50.0, {}), ("c", 70.0, 50.0, {}), ("d", 45.0, 50.0, {})]
    line = answer(snapshot(tmp_path, pairs)).lines[0]
    assert line.shown is not None
    assert line.widest is not None
    assert (line.ahead, line.n_papers, line.shown.lead, line.widest.lead, line.since) == (3, 4, 7.0, 20.0, "2024-01-01")


def test_the_surveys_own_rows_stand_beside_and_are_not_counted(tmp_path: Path) -> None:
    cell = {"provenance": "survey", "table_label": "Table 3", "benchmark_id": "math", "benchmark_raw": "MATH"}
    cell |= {"capability": "reasoning", "metric_id": None}
    mine = cell | {"survey_id": "s-1", "model_id": "llama", "model_raw": "Llama", "score": 60.0, "score_text": "60.0"}
    theirs = cell | {
        "survey_id": "s-2",
        "model_id": "gpt-3.5-turbo",
        "model_raw": "GPT",
        "score": 50.0,
        "score_text": "50",
    }
    rows = [mine | {"is_baseline": False, "openness": "open"}, theirs | {"is_baseline": True, "openness": "closed"}]
    found = answer(snapshot(tmp_path, [("p", 40.0, 50.0, {})], survey_results=rows))
    assert found.lines[0].by_hand is not None
    assert (found.word, len(found.won), found.lines[0].by_hand.lead) == ("no", 0, 10.0)


def test_a_benchmark_of_the_surveys_tables_stands_where_the_survey_has_it(tmp_path: Path) -> None:
    cell = {"survey_id": "s-1", "provenance": "survey", "table_label": "Table 1", "benchmark_id": "math"}
    cell |= {"benchmark_raw": "MATH", "capability": "general", "metric_id": None, "model_id": "llama"}
    cell |= {"model_raw": "Llama", "score": 60.0, "score_text": "60", "is_baseline": False, "openness": "open"}
    snap = snapshot(tmp_path, [("p", 60.0, 50.0, {})], survey_results=[cell])
    assert answer(snap, "general").word == "one"
    assert answer(snap, "reasoning").word == "unknown"


def test_the_gap_is_a_line_of_records_and_a_race_of_months(tmp_path: Path) -> None:
    snap = snapshot(tmp_path, [("a", 40.0, 50.0, {}), ("b", 35.0, 50.0, {}), ("c", 52.0, 50.0, {})])
    assert [(p.date, p.margin) for p in gap_points(snap)] == [("2024-01-01", -10.0), ("2024-03-01", 2.0)]
    assert [(r.first_date, r.months) for r in races(snap)] == [("2024-01-01", 2.0)]
