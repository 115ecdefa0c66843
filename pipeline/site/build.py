"""Writes the site into a draft beside its place, then puts it there; a reader never meets half of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.errors import PublishError
from pipeline.site import links
from pipeline.site.charts import Panel, gap_chart, general_chart, survey_chart, timeline_chart
from pipeline.site.counted import BASELINES
from pipeline.site.export import markdown
from pipeline.site.feed import atom_feed
from pipeline.site.overview import figures_page
from pipeline.site.page import Page, Site, prepare, used_benchmarks, used_models
from pipeline.site.pages import all_pages
from pipeline.site.preview import preview
from pipeline.site.snapshot import CAPABILITIES, SAMPLE_PREFIX, Snapshot, load_snapshot

HERE = Path(__file__).resolve().parent
VERDICTS = {
    "supported": "supported",
    "refuted": "refuted",
    "unit_error": "wrong unit",
    "not_checkable": "not checkable",
    None: "not judged",
}
ANSWERS = {
    "yes": "Yes",
    "one": "Yes, on one paper’s word",
    "on_par": "On par",
    "no": "Not yet",
    "unknown": "No comparison yet",
}
PREVIEWED = (("papers", "papers"), ("results", "scores"), ("claims", "claims"), ("conflicts", "conflicts"))
RELATIONS = {"beats": "beats", "on_par": "on par with", "behind": "behind"}


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was built: files, bytes in all and of the front page alone."""

    site: Path
    n_pages: int
    n_files: int
    n_bytes: int
    front_bytes: int


def build_site(published: Path, site: Path, *, base_url: str | None = None) -> SiteReport:
    """Builds the page of a published snapshot into the directory `site`, replacing what stands there.

    `base_url` is where the site will be served, if known; it makes links absolute where formats ask for it (feed,
    previews). Raises SourceError where `published` is no snapshot, PublishError where `site` cannot be written.
    """
    snap = load_snapshot(published)
    if base_url is not None and not base_url.endswith("/"):
        base_url += "/"
    draft = site.parent / f".{site.name}-draft-{os.getpid()}"
    old = site.parent / f".{site.name}-old-{os.getpid()}"
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        for stale in (draft, old):
            shutil.rmtree(stale, ignore_errors=True)
        draft.mkdir()
        n_pages = _write(snap, draft, base_url)
        if site.exists():
            site.rename(old)
        draft.rename(site)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise PublishError(f"cannot build the page in {site}: {error.strerror or error}") from error
    files = [p for p in site.rglob("*") if p.is_file()]
    sizes = {p: p.stat().st_size for p in files}
    return SiteReport(site, n_pages, len(files), sum(sizes.values()), sizes[site / "index.html"])


def _write(snap: Snapshot, root: Path, base_url: str | None) -> int:
    shutil.copytree(HERE / "static", root / "static")
    prepared = prepare(snap)
    charts = _charts(prepared, root / "charts")
    env = environment(snap, charts, base_url)
    n_pages = 0
    for page in all_pages(prepared):
        n_pages += 1
        path = root / page.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(_render(env, page), encoding="utf-8")
        if page.json_path:
            (root / page.json_path).write_text(_json(page.data), encoding="utf-8")
    (root / "results.json").write_text(_json(result_index(snap)), encoding="utf-8")
    counts = ", ".join(f"{len(snap.rows[name]):,} {word}" for name, word in PREVIEWED)
    (root / "preview.png").write_bytes(preview(prepared.answers, ANSWERS, note=f"{counts} ({snap.date})"))
    (root / "feed.xml").write_bytes(atom_feed(snap, base_url))
    (root / "survey.md").write_text(markdown(snap, dict(prepared.by_capability)), encoding="utf-8")
    return n_pages


def environment(snap: Snapshot, charts: Mapping[str, Sequence[Panel]], base_url: str | None) -> Environment:
    """Templates with every value escaped and none missing."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["num"] = lambda value: f"{value:,.10g}"
    env.filters["signed"] = lambda value: f"{value:+.10g}"
    env.globals |= {
        "snap": snap,
        "charts": charts,
        "base_url": base_url,
        "capabilities": CAPABILITIES,
        "baselines": BASELINES,
        "verdict_words": VERDICTS,
        "relation_words": RELATIONS,
        "answer_words": ANSWERS,
        "has_page": {"model": used_models(snap), "benchmark": used_benchmarks(snap)},
        "page_of": links.page_of,
        "pdf_at": links.pdf_at,
        "evidence": lambda result_id: links.evidence(snap, result_id),
        "is_sample": lambda paper_id: str(paper_id).startswith(SAMPLE_PREFIX),
    }
    return env


def _render(env: Environment, page: Page) -> str:
    root = "../" * page.path.count("/")
    common: Mapping[str, Any] = {
        "root": root,
        "path": page.path,
        "title": page.title,
        "description": page.description,
        "json_url": f"{root}{page.json_path}" if page.json_path else None,
    }
    return env.get_template(page.template).render(**page.context, **common)


def _charts(prepared: Site, folder: Path) -> dict[str, tuple[Panel, ...]]:
    """Writes the panels of each figure; those that have any."""
    folder.mkdir()
    snap = prepared.snap
    context = figures_page(snap).context
    drawn = {
        "gap": gap_chart(context["points"], {b["benchmark_id"]: b["name"] for b in snap.rows["benchmarks"]}),
        "general": general_chart(snap, prepared.by_capability["general"]),
        "survey": survey_chart([r for r in snap.rows["survey_results"] if r["capability"] == "general"]),
        "timeline": timeline_chart(snap.rows["models"]),
    }
    for name, panels in drawn.items():
        for panel in panels:
            (folder / f"{name}-{panel.name}.svg").write_text(panel.svg, encoding="utf-8")
    return {name: panels for name, panels in drawn.items() if panels}


def result_index(snap: Snapshot) -> dict[str, Any]:
    """All results for the search in the browser, names written once: a row is [model, benchmark, metric, score as
    printed, paper, page, result_id], the first three and the paper as places in their lists, -1 for none."""
    names: dict[str, dict[str, int]] = {"models": {}, "benchmarks": {}, "metrics": {}, "papers": {}}

    def place(kind: str, name: str | None) -> int:
        return -1 if name is None else names[kind].setdefault(name, len(names[kind]))

    rows = []
    for r in snap.rows["results"]:
        model = snap.model_name(r["model_id"], r["model_raw"])
        benchmark = snap.benchmark_name(r["benchmark_id"], r["benchmark_raw"])
        metric = snap.metric_name(r["metric_id"], r["metric_raw"])
        spot = [place("models", model), place("benchmarks", benchmark), place("metrics", metric)]
        rows.append([*spot, r["score_text"], place("papers", r["paper_id"]), r["page"], r["result_id"]])
    pages = [links.page_of("paper", paper_id) for paper_id in names["papers"]]
    return {kind: list(found) for kind, found in names.items()} | {"pages": pages, "rows": rows}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False)
