"""Core assets: documents, tables, results, claims; a parquet file a week each, made from the kept readings."""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from assets.partitions import weekly, weeks_of
from assets.ports import Progress, Store, Workers
from assets.preview import markdown
from assets.raw_arxiv import raw_arxiv__pdfs
from assets.stages import DERIVED, count, derive_weeks, head, read_weeks


@weekly(
    deps=[raw_arxiv__pdfs],
    group_name="core",
    kinds={"python", "parquet"},
)
def core_documents(
    context: dg.AssetExecutionContext,
    store: dg.ResourceParam[Store],
    workers: dg.ResourceParam[Workers],
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[Any]:
    """Every PDF read in a worker process: pages, text, tables. A damaged one is recorded and costs itself only."""
    weeks = weeks_of(context)
    made = read_weeks(store, workers, weeks, progress)
    shown = head(store, weeks, "documents")
    failed = [r for r in shown if r["error"]]
    columns = ("paper_id", "n_pages", "n_tables", "n_sentences", "error")
    return dg.MaterializeResult(
        metadata={
            "papers": count(store, weeks, "documents"),
            "failed": count(store, weeks, "documents", "error"),
            "weeks made": made,
            "preview": dg.MetadataValue.md(markdown(failed or shown, columns)),
        }
    )


@weekly(deps=[core_documents], group_name="core", kinds={"python", "parquet"})
def core_tables(
    context: dg.AssetExecutionContext,
    store: dg.ResourceParam[Store],
    workers: dg.ResourceParam[Workers],
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[Any]:
    """The tables of the papers, as grids of cells with their places."""
    return _derive(
        context, store, workers, progress, "tables", ("paper_id", "page", "label", "kind", "n_rows", "n_cols")
    )


@weekly(deps=[core_documents], group_name="core", kinds={"python", "parquet"})
def core_results(
    context: dg.AssetExecutionContext,
    store: dg.ResourceParam[Store],
    workers: dg.ResourceParam[Workers],
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[Any]:
    """The scores that tables report, linked to the registry, and the comparisons that follow from them."""
    columns = ("paper_id", "model_raw", "model_id", "benchmark_id", "metric_id", "score_text")
    return _derive(context, store, workers, progress, "results", columns)


@weekly(deps=[core_results], group_name="core", kinds={"python", "parquet"})
def core_claims(
    context: dg.AssetExecutionContext,
    store: dg.ResourceParam[Store],
    workers: dg.ResourceParam[Workers],
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[Any]:
    """The sentences that compare a model with a closed one, each judged by the paper's own results."""
    columns = ("paper_id", "page", "subject_raw", "relation", "baseline_raw", "verdict", "sentence")
    return _derive(context, store, workers, progress, "claims", columns)


def _derive(
    context: dg.AssetExecutionContext,
    store: Store,
    workers: Workers,
    progress: Progress,
    name: str,
    columns: Sequence[str],
) -> dg.MaterializeResult[Any]:
    weeks = weeks_of(context)
    stage = DERIVED[name]
    metadata: dict[str, Any] = {"weeks made": derive_weeks(store, workers, weeks, stage, progress)}
    for table in stage.tables:
        metadata[table] = count(store, weeks, table)
    metadata["failed"] = count(store, weeks, f"{name}_faults")
    shown = head(store, weeks, stage.tables[0])
    return dg.MaterializeResult(metadata=metadata | {"preview": dg.MetadataValue.md(markdown(shown, columns))})
