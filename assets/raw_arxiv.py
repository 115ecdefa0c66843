"""Raw assets: what the source lists in a week, and the PDFs of the papers that are wanted.

The source is arXiv, or a folder of PDFs in its place; raw is passed on untouched.
"""

from collections.abc import Iterable
from typing import Any

import dagster as dg
from pydantic import Field

from assets.partitions import weekly, weeks_of
from assets.ports import Listed, Progress, Source, Store
from assets.preview import markdown
from assets.retries import tried_again
from assets.stages import fetch_week, list_week
from assets.weeks import Week, week_of
from assets.work import Row

_SHOWN = ("paper_id", "version", "published", "state", "reason", "title")


class ListingConfig(dg.Config):
    """`ids`: only these papers, added to what is listed; empty: every paper of the weeks."""

    ids: list[str] = Field(default_factory=list)


@weekly(group_name="raw", kinds={"parquet"})
def raw_arxiv__listing(
    context: dg.AssetExecutionContext,
    config: ListingConfig,
    source: dg.ResourceParam[Source],
    store: dg.ResourceParam[Store],
) -> dg.MaterializeResult[Any]:
    """Every paper that the source announces in a week, with what was passed over and why."""
    rows: list[Row] = []
    with tried_again(context):
        by_week = _by_week(source.list_ids(config.ids)) if config.ids else None
        for week in weeks_of(context):
            if by_week is None:
                rows += list_week(store, source, week, None).to_pylist()
            elif week in by_week:  # a week between those of the papers asked for was not looked at
                rows += list_week(store, source, week, by_week[week]).to_pylist()
    states = {s: sum(1 for r in rows if r["state"] == s) for s in ("wanted", "passed_over", "withdrawn")}
    return dg.MaterializeResult(
        metadata={"papers": len(rows), **states, "source": source.key, "preview": _preview(rows, _SHOWN)}
    )


@weekly(
    deps=[raw_arxiv__listing],
    group_name="raw",
    kinds={"file", "parquet"},
)
def raw_arxiv__pdfs(
    context: dg.AssetExecutionContext,
    source: dg.ResourceParam[Source],
    store: dg.ResourceParam[Store],
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[Any]:
    """The PDFs of the papers that are wanted, each with its SHA-256; those of a folder stay where they are."""
    weeks = weeks_of(context)
    progress.begin("fetch", sum(_wanted(store, source, week) for week in weeks))
    rows: list[Row] = []
    with tried_again(context):
        for week in weeks:
            rows += fetch_week(store, source, week, progress).to_pylist()
    failed = [r for r in rows if r["error"]]
    return dg.MaterializeResult(
        metadata={
            "pdfs": sum(1 for r in rows if r["sha256"]),
            "failed": len(failed),
            "preview": _preview(failed or rows, ("paper_id", "version", "sha256", "error")),
        }
    )


def _by_week(papers: Iterable[Listed]) -> dict[Week, list[Listed]]:
    found: dict[Week, list[Listed]] = {}
    for paper in papers:
        found.setdefault(week_of(paper.meta.published), []).append(paper)
    return found


def _wanted(store: Store, source: Source, week: Week) -> int:
    table = store.read("listing", week)
    rows = table.to_pylist() if table is not None else []
    return sum(1 for r in rows if r["state"] == "wanted" and r["source"] == source.key)


def _preview(rows: list[Row], columns: tuple[str, ...]) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md(markdown(rows, columns))
