"""What stands on which page: each page's address, template and data. The data goes into the JSON beside it as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.site.answers import answers
from pipeline.site.gap import gap_points, races
from pipeline.site.grids import grid
from pipeline.site.leaderboards import Board, boards, survey_tables
from pipeline.site.links import page_of
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot, grouped

RANKS_SHOWN = 10  # lines a ranking has on a capability's page; all of them stand on the benchmark's page
BOARDS_SHOWN = 20
CHANGES_SHOWN = 6
AGENT_ORDER = ("Using tools", "Self-debugging", "Following natural language feedback", "Exploring environment")


@dataclass(frozen=True, slots=True)
class Page:
    """`path` from the root of the site; `context` fills the template, `data` is published as JSON beside the page."""

    path: str
    template: str
    title: str
    description: str
    context: Mapping[str, Any] = field(default_factory=dict)
    data: Any = None

    @property
    def json_path(self) -> str | None:
        return self.path.removesuffix(".html") + ".json" if self.data is not None else None


@dataclass(frozen=True, slots=True)
class Site:
    """What several pages need, computed once."""

    snap: Snapshot
    by_capability: Mapping[str, list[Board]]
    results_of_table: Mapping[Any, list[Row]]


def prepare(snap: Snapshot) -> Site:
    ranked = [r for r in snap.rows["results"] if _counts(snap, r)]
    of_benchmark = grouped(ranked, "benchmark_id")
    by_capability: dict[str, list[Board]] = {}
    for key in CAPABILITIES:
        mine = [r for b, rows in of_benchmark.items() if snap.benchmarks[b]["capability"] == key for r in rows]
        by_capability[key] = boards(snap, mine)
    by_capability["agent"] = sorted(by_capability["agent"], key=lambda b: _agent_place(snap, b))
    return Site(snap, by_capability, grouped(snap.rows["results"], "table_id"))


def _counts(snap: Snapshot, result: Row) -> bool:
    table = snap.tables.get(result["table_id"])
    return result["benchmark_id"] in snap.benchmarks and (table is None or table["kind"] != "ablation")


def _agent_place(snap: Snapshot, board: Board) -> int:
    kind = snap.benchmarks[board.benchmark_id]["sub_capability"]
    return AGENT_ORDER.index(kind) if kind in AGENT_ORDER else len(AGENT_ORDER)


def all_pages(site: Site) -> Iterator[Page]:
    snap = site.snap
    yield _front(snap)
    for key, title in CAPABILITIES.items():
        yield _capability(site, key, title)
    yield _claims(snap)
    yield _conflicts(snap)
    yield _figures(snap)
    yield _indexes(snap)
    yield Page(
        "results.html", "results.html", "All results", "Search every score that was read, by model or benchmark."
    )
    yield Page("download.html", "download.html", "Download", "The data set, and how to read it.")
    yield from _papers(site)
    yield from _models(snap)
    yield from _benchmarks(snap)


def _front(snap: Snapshot) -> Page:
    found = answers(snap)
    claims = {c["claim_id"]: c for c in snap.rows["claims"]}
    added = [c["row_id"] for c in snap.rows["changes"] if c["table_name"] == "claims" and c["change"] == "added"]
    counts = Counter((c["table_name"], c["change"]) for c in snap.rows["changes"])
    fresh = sorted(
        (claims[i] for i in added if i in claims and claims[i]["relation"] == "beats"),
        key=lambda c: (snap.published(c["paper_id"]) or "", c["claim_id"]),
        reverse=True,
    )
    verdicts = Counter(c["verdict"] or "not_judged" for c in snap.rows["claims"])
    context = {
        "answers": found,
        "changes": [(table, change, n) for (table, change), n in sorted(counts.items())],
        "fresh": fresh[:CHANGES_SHOWN],
        "verdicts": verdicts,
        "n": {name: len(rows) for name, rows in snap.rows.items()},
        "newest": sorted(snap.papers.values(), key=lambda p: (p["published"] or "", p["paper_id"]), reverse=True)[
            :CHANGES_SHOWN
        ],
    }
    data = {
        "answers": [
            {"capability": a.capability, "answer": a.word, "wins": a.wins, "on_par": a.pars, "losses": a.losses}
            | {"since": a.since, "widest": a.best}
            for a in found
        ],
        "changes": [{"table": t, "change": c, "rows": n} for (t, c), n in sorted(counts.items())],
    }
    title = "Are open models catching up?"
    return Page(
        "index.html",
        "front.html",
        title,
        "Which open models beat GPT-3.5-turbo, at what, on whose word.",
        context,
        data,
    )


def _capability(site: Site, key: str, title: str) -> Page:
    snap = site.snap
    survey = [r for r in snap.rows["survey_results"] if r["capability"] == key]
    found = site.by_capability[key]
    rows = [c for c in snap.rows["comparisons"] if c["capability"] == key]
    rows.sort(key=lambda c: (snap.published(c["paper_id"]) or "", c["comparison_id"]), reverse=True)
    context = {
        "answer": next(a for a in answers(snap) if a.capability == key),
        "survey": survey_tables(survey),
        "boards": found[:BOARDS_SHOWN],
        "more": found[BOARDS_SHOWN:],
        "ranks": RANKS_SHOWN,
        "comparisons": rows,
        "key": key,
    }
    data = {
        "survey_results": survey,
        "comparisons": rows,
        "leaderboards": [
            {"benchmark_id": b.benchmark_id, "metric_id": b.metric_id, "unit": b.unit}
            | {"results": [e.result["result_id"] for e in b.entries]}
            for b in found
        ],
    }
    about = f"Open models against GPT-3.5-turbo: {title.lower()}."
    return Page(f"capability/{key}.html", "capability.html", title, about, context, data)


def _claims(snap: Snapshot) -> Page:
    rows = sorted(
        snap.rows["claims"],
        key=lambda c: (snap.published(c["paper_id"]) or "", c["paper_id"], -c["page"], c["claim_id"]),
        reverse=True,
    )
    about = "What papers claim against closed models, and whether their own tables bear it out."
    return Page("claims.html", "claims.html", "Claims", about, {"claims": rows}, {"claims": rows})


def _conflicts(snap: Snapshot) -> Page:
    rows = sorted(
        snap.rows["conflicts"], key=lambda c: (c["kind"] != "unexplained", c["benchmark_id"], c["conflict_id"])
    )
    survey = {r["survey_id"]: r for r in snap.rows["survey_results"]}
    about = "Different scores for what should be one measurement."
    context = {"conflicts": rows, "survey": survey}
    return Page("conflicts.html", "conflicts.html", "Conflicts", about, context, {"conflicts": rows})


def _figures(snap: Snapshot) -> Page:
    typology: dict[str, dict[str, list[Row]]] = {key: {} for key in CAPABILITIES}
    for benchmark in snap.rows["benchmarks"]:
        if benchmark["capability"] in typology:
            kind = benchmark["sub_capability"] or "Others"
            typology[benchmark["capability"]].setdefault(kind, []).append(benchmark)
    points, lanes = gap_points(snap), races(snap)
    data = {
        "gap": [
            {"baseline": p.baseline, "capability": p.capability, "date": p.date, "margin": p.margin} for p in points
        ],
        "months": [
            {"baseline": r.baseline, "capability": r.capability, "benchmark_id": r.benchmark_id, "months": r.months}
            | {"first": r.first_date, "reached": r.reached_date}
            for r in lanes
        ],
    }
    context = {"typology": typology, "points": points, "races": lanes, "used": used_benchmarks(snap)}
    return Page("figures.html", "figures.html", "Figures", "The survey's figures, drawn from the data.", context, data)


def _indexes(snap: Snapshot) -> Page:
    context = {
        "papers": sorted(snap.papers.values(), key=lambda p: (p["published"] or "", p["paper_id"]), reverse=True),
        "models": [m for m in snap.rows["models"] if m["model_id"] in used_models(snap)],
        "benchmarks": [b for b in snap.rows["benchmarks"] if b["benchmark_id"] in used_benchmarks(snap)],
        "n_results": Counter(r["paper_id"] for r in snap.rows["results"]),
        "n_claims": Counter(c["paper_id"] for c in snap.rows["claims"]),
        "of_model": Counter(r["model_id"] for r in snap.rows["results"]),
        "of_benchmark": Counter(r["benchmark_id"] for r in snap.rows["results"]),
    }
    about = "Every paper, model and benchmark in the data."
    return Page("browse.html", "browse.html", "Papers, models, benchmarks", about, context)


def _papers(site: Site) -> Iterator[Page]:
    snap = site.snap
    tables, claims = grouped(snap.rows["tables"], "paper_id"), grouped(snap.rows["claims"], "paper_id")
    for paper_id, paper in snap.papers.items():
        shown = []
        for table in sorted(tables.get(paper_id, []), key=_printed_place):
            results = site.results_of_table.get(table["table_id"], [])
            shown.append({"table": table, "grid": grid(table, results), "results": results})
        mine = sorted(claims.get(paper_id, []), key=lambda c: (c["page"], c["claim_id"]))
        versions = [p for p in snap.rows["papers"] if p["paper_id"] == paper_id]
        title = paper["title"] or paper_id
        said = [c for c in snap.rows["corrections"] if c["paper_id"] == paper_id]
        context = {"paper": paper, "tables": shown, "claims": mine, "versions": versions, "corrections": said}
        data = {"paper": paper, "claims": mine, "results": [r for t in shown for r in t["results"]]}
        path = page_of("paper", paper_id) or ""
        yield Page(path, "paper.html", title, f"What was read from {title}.", context, data)


def _printed_place(table: Row) -> tuple[Any, ...]:
    number = re.search(r"\d+", table["label"] or "")
    return (table["page"], int(number[0]) if number else 0, table["bbox"][1], table["table_id"])


def used_models(snap: Snapshot) -> set[str]:
    ids = {r["model_id"] for r in snap.rows["results"]} | {r["model_id"] for r in snap.rows["survey_results"]}
    ids |= {c["subject_id"] for c in snap.rows["claims"]} | {c["baseline_id"] for c in snap.rows["claims"]}
    return {i for i in ids if i in snap.models}


def used_benchmarks(snap: Snapshot) -> set[str]:
    ids = {r["benchmark_id"] for r in snap.rows["results"]} | {r["benchmark_id"] for r in snap.rows["survey_results"]}
    return {i for i in ids if i in snap.benchmarks}


def _models(snap: Snapshot) -> Iterator[Page]:
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


def _benchmarks(snap: Snapshot) -> Iterator[Page]:
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
