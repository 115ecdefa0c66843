"""Out assets: the published data set and its page, over all weeks."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.core import core_claims, core_results, core_tables
from assets.dataset import assemble, dataset_inputs
from assets.ports import BlockedError, Publisher, SiteBuilder, Store
from assets.preview import markdown
from expectations.schema import structural_faults
from extractors.registry.load import load_registry

STRUCTURE = "structure"


@dg.asset(
    deps=[core_tables, core_results, core_claims],
    group_name="out",
    kinds={"parquet"},
    check_specs=[
        dg.AssetCheckSpec(
            STRUCTURE, asset="out_dataset", blocking=True, description="Ids are there and unique, references hold."
        )
    ],
)
def out_dataset(
    store: dg.ResourceParam[Store], publisher: dg.ResourceParam[Publisher]
) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[Any]]:
    """The tables of all weeks, checked by their contracts and published as a snapshot; nothing where a check blocks."""
    inputs = dataset_inputs(store)
    current = publisher.current(inputs)
    if current is not None:
        yield dg.AssetCheckResult(check_name=STRUCTURE, passed=True, metadata={"faults": "none, as before"})
        yield dg.MaterializeResult(metadata={"snapshot": current.latest.resolve().name, "is_new": False})
        return
    tables = assemble(store, load_registry())
    faults = structural_faults(tables)
    yield dg.AssetCheckResult(check_name=STRUCTURE, passed=not faults, metadata={"faults": "; ".join(faults) or "none"})
    if faults:
        raise BlockedError("nothing published: " + "; ".join(faults))
    published = publisher.publish(tables, inputs=inputs)
    papers = tables["papers"].to_pylist()
    preview = markdown(papers, ("paper_id", "version", "status", "n_pages", "title"))
    yield dg.MaterializeResult(
        metadata={
            **{name: table.num_rows for name, table in tables.items()},
            "failed": sum(1 for p in papers if p["status"] == "failed"),
            "snapshot": published.latest.resolve().name,
            "is_new": published.snapshot is not None,
            "preview": dg.MetadataValue.md(preview),
        }
    )


@dg.asset(deps=[out_dataset], group_name="out", kinds={"html"})
def out_site(site: dg.ResourceParam[SiteBuilder]) -> dg.MaterializeResult[Any]:
    """The web page of the newest snapshot."""
    place = site.build()
    return dg.MaterializeResult(metadata={"site": str(place) if place else "not built"})
