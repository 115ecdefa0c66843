"""Out assets: the published data set and its page, over all weeks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import pyarrow.parquet as pq

from assets.core import core_claims, core_results, core_tables
from assets.dataset import assemble, dataset_inputs
from assets.fingerprint import fingerprint
from assets.ports import BlockedError, Publisher, SiteBuilder, Store
from assets.preview import markdown
from assets.work import Row
from expectations.contract import contracts
from expectations.validate import validate
from extractors.registry.load import load_registry
from extractors.results.confidence import UNSURE_BELOW

STRUCTURE = "structure"
CORRECTIONS = "corrections_found"
_CHECKED = tuple(name for name in contracts() if name not in ("corrections", "rejected", "changes"))
_SPECS = [
    dg.AssetCheckSpec(
        STRUCTURE,
        asset="out_dataset",
        blocking=True,
        description="Ids are there and unique, references hold, there are results. Otherwise nothing is published.",
    ),
    dg.AssetCheckSpec(
        CORRECTIONS, asset="out_dataset", description="Every correction by hand still finds what it speaks of."
    ),
    *(
        dg.AssetCheckSpec(
            f"rows_of_{name}",
            asset="out_dataset",
            description=f"Rows of {name} meet their contract; others are in rejected (unsure ones are usual).",
        )
        for name in _CHECKED
    ),
]


@dg.asset(deps=[core_tables, core_results, core_claims], group_name="out", kinds={"parquet"}, check_specs=_SPECS)
def out_dataset(
    store: dg.ResourceParam[Store], publisher: dg.ResourceParam[Publisher]
) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[Any]]:
    """The tables of all weeks, checked by their contracts and published as a snapshot; nothing where a check blocks."""
    inputs = dataset_inputs(store)
    current = publisher.current(inputs)
    if current is not None:
        yield from _checks(pq.read_table(current.latest / "rejected.parquet").to_pylist())
        yield _corrections_found(pq.read_table(current.latest / "corrections.parquet").to_pylist())
        rows = {name: pq.read_metadata(current.latest / f"{name}.parquet").num_rows for name in _CHECKED}
        yield dg.MaterializeResult(metadata={**rows, "snapshot": current.latest.resolve().name, "is_new": False})
        return
    said = store.corrections()
    tables = assemble(store, load_registry())
    checked = validate(tables, unsure_below=UNSURE_BELOW, accepted=said.accepted, refused=said.refused)
    yield from _checks(checked.tables["rejected"].to_pylist(), checked.faults)
    yield _corrections_found(checked.tables["corrections"].to_pylist())
    if checked.faults:
        raise BlockedError("nothing published: " + "; ".join(checked.faults))
    published = publisher.publish(checked.tables, inputs=inputs)
    store.forget_readings(fingerprint("reading"))
    papers = checked.tables["papers"].to_pylist()
    preview = markdown(papers, ("paper_id", "version", "status", "n_pages", "title"))
    yield dg.MaterializeResult(
        metadata={
            **{name: table.num_rows for name, table in checked.tables.items()},
            "failed": sum(1 for p in papers if p["status"] == "failed"),
            "snapshot": published.latest.resolve().name,
            "is_new": published.snapshot is not None,
            "preview": dg.MetadataValue.md(preview),
        }
    )


def _checks(rejected: Sequence[Row], faults: Sequence[str] = ()) -> Iterator[dg.AssetCheckResult]:
    """The outcome of every check: structure by its faults, each table by its rows that were kept out."""
    told = "; ".join(faults) or "none"
    yield dg.AssetCheckResult(check_name=STRUCTURE, passed=not faults, metadata={"faults": told})
    for name in _CHECKED:
        counts = Counter(str(row["check_name"]) for row in rejected if row["table_name"] == name)
        yield dg.AssetCheckResult(
            check_name=f"rows_of_{name}",
            passed=not counts.keys() - {"unsure"},
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"kept out": sum(counts.values()), **dict(sorted(counts.items()))},
        )


def _corrections_found(corrections: Sequence[Row]) -> dg.AssetCheckResult:
    lost = [f"{row['action']} {row['table_name']} {row['row_id']}" for row in corrections if row["status"] == "lost"]
    return dg.AssetCheckResult(
        check_name=CORRECTIONS,
        passed=not lost,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"applied": len(corrections) - len(lost), "lost": "; ".join(lost) or "none"},
    )


@dg.asset(deps=[out_dataset], group_name="out", kinds={"html"})
def out_site(site: dg.ResourceParam[SiteBuilder]) -> dg.MaterializeResult[Any]:
    """The web page of the newest snapshot."""
    place = site.build()
    return dg.MaterializeResult(metadata={"site": str(place) if place else "not built"})
