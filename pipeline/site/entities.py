"""A page for each paper, model and benchmark, and the page that lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline.site.grids import grid
from pipeline.site.leaderboards import boards
from pipeline.site.links import page_of
from pipeline.site.page import Page, Site, columns, used_benchmarks, used_models
from pipeline.site.snapshot import Row, Snapshot, grouped


def index_page(snap: Snapshot) -> Page:
    models, benchmarks = used_models(snap), used_benchmarks(snap)
    context = {
        "papers": sorted(snap.papers.values(), key=lambda p: (p["published"] or "", p["paper_id"]), reverse=True),
        "models": [m for m in snap.rows["models"] if m["model_id"] in models],
        "benchmarks": [b for b in snap.rows["benchmarks"] if b["benchmark_id"] in benchmarks],
        "n_results": Counter(r["paper_id"] for r in snap.rows["results"]),
        "n_claims": Counter(c["paper_id"] for c in snap.rows["claims"]),
        "of_model": Counter(r["model_id"] for r in snap.rows["results"]),
        "of_benchmark": Counter(r["benchmark_id"] for r in snap.rows["results"]),
    }
    about = "Every paper, model and benchmark in the data."
    return Page("browse.html", "browse.html", "Papers, models, benchmarks", about, context)


def paper_pages(site: Site) -> Iterator[Page]:
    snap = site.snap
    tables, claims = grouped(snap.rows["tables"], "paper_id"), grouped(snap.rows["claims"], "paper_id")
    for paper_id, paper in snap.papers.items():
        shown: list[dict[str, Any]] = []
        for table in sorted(tables.get(paper_id, []), key=_printed_place):
            results = site.results_of_table.get(table["table_id"], [])
            shown.append({"table": table, "grid": grid(table, results), "results": results})
        mine = sorted(claims.get(paper_id, []), key=lambda c: (c["page"], c["claim_id"]))
        versions = [p for p in snap.rows["papers"] if p["paper_id"] == paper_id]
        title = paper["title"] or paper_id
        said = [c for c in snap.rows["corrections"] if c["paper_id"] == paper_id]
        context = {"paper": paper, "tables": shown, "claims": mine, "versions": versions, "corrections": said}
        data = {"paper": paper, "claims": mine, "results": columns(r for t in shown for r in t["results"])}
        path = page_of("paper", paper_id) or ""
        yield Page(path, "paper.html", title, f"What was read from {title}.", context, data)


def _printed_place(table: Row) -> tuple[Any, ...]:
    number = re.search(r"\d+", table["label"] or "")
    return (table["page"], int(number[0]) if number else 0, table["bbox"][1], table["table_id"])


def model_pages(snap: Snapshot) -> Iterator[Page]:
    results, survey = grouped(snap.rows["results"], "model_id"), grouped(snap.rows["survey_results"], "model_id")
    subject, baseline = grouped(snap.rows["claims"], "subject_id"), grouped(snap.rows["claims"], "baseline_id")
    for model_id in sorted(used_models(snap)):
        model = snap.models[model_id]
        rows = results.get(model_id, [])
        rows = sorted(rows, key=lambda r: (snap.benchmark_name(r["benchmark_id"], r["benchmark_raw"]), r["result_id"]))
        claims = [*subject.get(model_id, []), *baseline.get(model_id, [])]
        context = {"model": model, "results": rows, "survey": survey.get(model_id, []), "claims": claims}
        data = {"model": model, "result_ids": [r["result_id"] for r in rows]}
        path = page_of("model", model_id) or ""
        yield Page(path, "model.html", model["name"], f"Scores of {model['name']}.", context, data)


def benchmark_pages(snap: Snapshot) -> Iterator[Page]:
    results = grouped(snap.rows["results"], "benchmark_id")
    survey = grouped(snap.rows["survey_results"], "benchmark_id")
    for benchmark_id in sorted(used_benchmarks(snap)):
        benchmark = snap.benchmarks[benchmark_id]
        rows = results.get(benchmark_id, [])
        context = {
            "benchmark": benchmark,
            "boards": boards(snap, rows),
            "survey": survey.get(benchmark_id, []),
            "n_results": len(rows),
        }
        data = {"benchmark": benchmark, "result_ids": [r["result_id"] for r in rows]}
        path = page_of("benchmark", benchmark_id) or ""
        yield Page(path, "benchmark.html", benchmark["name"], f"Scores on {benchmark['name']}.", context, data)
