"""The pages that look over the whole: front, capabilities, claims, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from expectations.contract import contracts, dataset
from pipeline.publish.changes import news
from pipeline.publish.documents import quality
from pipeline.site.answers import Line
from pipeline.site.counted import BASELINES, RULE, is_baseline
from pipeline.site.gap import gap_points, races
from pipeline.site.leaderboards import survey_tables
from pipeline.site.page import Page, Site, columns, used_benchmarks
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot

RANKS_SHOWN = 10  # lines a ranking has on a capability's page; all of them stand on the benchmark's page
BOARDS_SHOWN = 20
CHANGES_SHOWN = 6
COMPARISONS_SHOWN = 300  # on a capability's page; all of them stand in the JSON beside it


def front_page(site: Site) -> Page:
    snap, found = site.snap, site.answers
    claims = {c["claim_id"]: c for c in snap.rows["claims"]}
    added = [c["row_id"] for c in snap.rows["changes"] if c["table_name"] == "claims" and c["change"] == "added"]
    counts = Counter((c["table_name"], c["change"]) for c in snap.rows["changes"])
    fresh = sorted(
        (claims[i] for i in added if i in claims and claims[i]["relation"] == "beats"),
        key=lambda c: (snap.published(c["paper_id"]) or "", c["claim_id"]),
        reverse=True,
    )
    verdicts = Counter(c["verdict"] or "not_judged" for c in snap.rows["claims"])
    names = {model_id: model["name"] for model_id, model in snap.models.items()}
    said = news(snap.rows["changes"], snap.rows["claims"], names)
    context = {
        "answers": found,
        "rule": RULE,
        "changes": [(table, change, n) for (table, change), n in sorted(counts.items())],
        "news": said,
        "fresh": fresh[:CHANGES_SHOWN],
        "verdicts": verdicts,
        "n": {name: len(rows) for name, rows in snap.rows.items()},
        "newest": sorted(snap.papers.values(), key=lambda p: (p["published"] or "", p["paper_id"]), reverse=True)[
            :CHANGES_SHOWN
        ],
    }
    data = {
        "answers": [
            {"capability": a.capability, "answer": a.word, "benchmarks": [_line_data(line) for line in a.lines]}
            for a in found
        ],
        "changes": [{"table": t, "change": c, "rows": n} for (t, c), n in sorted(counts.items())],
        "news": said,
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


def _line_data(line: Line) -> dict[str, Any]:
    hand = line.by_hand
    return {
        "benchmark_id": line.benchmark_id,
        "papers": line.n_papers,
        "papers_ahead": line.ahead,
        "since": line.since,
        "lead": line.shown.lead if line.shown else None,
        "is_percent": line.percent,
        "comparison_id": line.shown.row["comparison_id"] if line.shown else None,
        "widest_comparison_id": line.widest.row["comparison_id"] if line.widest else None,
        "by_hand": {"survey_id": hand.best["survey_id"], "lead": hand.lead} if hand else None,
    }


def capability_page(site: Site, key: str, title: str) -> Page:
    snap = site.snap
    survey = [r for r in snap.rows["survey_results"] if r["capability"] == key]
    found = site.by_capability[key]
    rows = [c for c in snap.rows["comparisons"] if snap.capabilities.get(c["benchmark_id"]) == key]
    rows.sort(key=lambda c: (snap.published(c["paper_id"]) or "", c["comparison_id"]), reverse=True)
    context = {
        "answer": next(a for a in site.answers if a.capability == key),
        "survey": survey_tables(survey),
        "boards": found[:BOARDS_SHOWN],
        "more": found[BOARDS_SHOWN:],
        "ranks": RANKS_SHOWN,
        "rule": RULE,
        "comparisons": _near(rows)[:COMPARISONS_SHOWN],
        "n_comparisons": len(rows),
        "key": key,
    }
    data = {
        "survey_results": survey,
        "comparisons": columns(rows),
        "leaderboards": [
            {"benchmark_id": b.benchmark_id, "metric_id": b.metric_id, "unit": b.unit}
            | {"results": [e.result["result_id"] for e in b.entries]}
            for b in found
        ],
    }
    about = f"Open models against GPT-3.5-turbo: {title.lower()}."
    return Page(f"capability/{key}.html", "capability.html", title, about, context, data)


def _near(comparisons: Sequence[Row]) -> list[Row]:
    """Comparisons with the baselines that the survey asks about first; each part keeps its order."""
    asked = [any(is_baseline(c["baseline_id"], family) for family in BASELINES) for c in comparisons]
    return [c for c, yes in zip(comparisons, asked, strict=True) if yes] + [
        c for c, yes in zip(comparisons, asked, strict=True) if not yes
    ]


def claims_page(snap: Snapshot) -> Page:
    rows = sorted(
        snap.rows["claims"],
        key=lambda c: (snap.published(c["paper_id"]) or "", c["paper_id"], -c["page"], c["claim_id"]),
        reverse=True,
    )
    about = "What papers claim against closed models, and whether their own tables bear it out."
    return Page("claims.html", "claims.html", "Claims", about, {"claims": rows}, {"claims": rows})


def download_page(snap: Snapshot) -> Page:
    tables = [(contract, len(snap.rows.get(name, ()))) for name, contract in contracts().items()]
    context = {"tables": tables, "about": dataset(), "quality": quality()}
    return Page("download.html", "download.html", "Download", "The data set, and how to read it.", context)


def figures_page(snap: Snapshot) -> Page:
    typology: dict[str, dict[str, list[Row]]] = {key: {} for key in CAPABILITIES}
    for benchmark in snap.rows["benchmarks"]:
        capability = snap.capabilities.get(benchmark["benchmark_id"])
        if capability in typology:
            kind = benchmark["sub_capability"] or "Others"
            typology[capability].setdefault(kind, []).append(benchmark)
    for capability, kinds in typology.items():
        typology[capability] = dict(sorted(kinds.items(), key=lambda kv: kv[0] == "Others"))
    points, lanes = gap_points(snap), races(snap)
    data = {
        "gap": [
            {"baseline": p.baseline, "capability": p.capability, "benchmark_id": p.benchmark_id, "date": p.date}
            | {"lead": p.margin, "comparison_id": p.record.row["comparison_id"]}
            for p in points
        ],
        "months": [
            {"baseline": r.baseline, "capability": r.capability, "benchmark_id": r.benchmark_id, "months": r.months}
            | {"first": r.first_date, "reached": r.reached.date if r.reached else None}
            for r in lanes
        ],
    }
    context = {"typology": typology, "points": points, "races": lanes, "used": used_benchmarks(snap)}
    return Page("figures.html", "figures.html", "Figures", "The survey's figures, drawn from the data.", context, data)
