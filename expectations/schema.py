"""The Arrow schemas of the published tables that exist so far, and records as rows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

_TYPES: Mapping[str, pa.DataType] = {
    "str": pa.string(),
    "int": pa.int32(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "strs": pa.list_(pa.string()),
    "floats": pa.list_(pa.float64()),
    "bbox": pa.list_(pa.float64()),
    "bboxes": pa.list_(pa.list_(pa.float64())),
}


def _fields(spec: str) -> list[tuple[str, pa.DataType]]:
    """`name:type name:type` as Arrow fields."""
    return [(name, _TYPES[kind]) for name, kind in (part.split(":") for part in spec.split())]


_CELL = pa.struct(
    _fields("row:int col:int row_span:int col_span:int text:str is_header:bool bold:bool underline:bool bbox:bbox")
)

SCHEMAS: Mapping[str, pa.Schema] = {
    "papers": pa.schema(
        _fields(
            "paper_id:str version:int title:str authors:strs published:str updated:str primary_category:str "
            "categories:strs abstract:str license:str pdf_url:str pdf_sha256:str n_pages:int status:str error:str"
        )
    ),
    "tables": pa.schema(
        [
            *_fields(
                "table_id:str paper_id:str version:int page:int bbox:bbox label:str caption:str n_rows:int n_cols:int "
                "n_header_rows:int n_header_cols:int kind:str kind_reason:str rotation:int confidence:float "
                "warnings:strs"
            ),
            ("cells", pa.list_(_CELL)),
        ]
    ),
    "results": pa.schema(
        _fields(
            "result_id:str paper_id:str version:int table_id:str page:int bbox:bbox row:int col:int model_raw:str "
            "model_id:str model_role:str model_openness:str model_size_b:float is_own_report:bool "
            "benchmark_raw:str benchmark_id:str subset:str metric_raw:str metric_id:str "
            "score:float score_text:str spread:float unit:str higher_is_better:bool n_shots:int prompting:str "
            "setting:str is_best_marked:bool confidence:float doubts:strs"
        )
    ),
    "comparisons": pa.schema(
        _fields(
            "comparison_id:str paper_id:str table_id:str capability:str benchmark_id:str benchmark_raw:str subset:str "
            "metric_id:str setting:str model_id:str model_raw:str model_score:float baseline_id:str "
            "baseline_score:float margin:float relation:str result_ids:strs"
        )
    ),
    "claims": pa.schema(
        _fields(
            "claim_id:str group_id:str paper_id:str version:int page:int bbox:bboxes section:str sentence:str "
            "subject_raw:str subject_id:str is_own:bool relation:str baseline_raw:str baseline_id:str "
            "benchmarks_raw:strs benchmark_ids:strs metric_id:str margin:float margin_unit:str hedged:bool "
            "negated:bool rule:str confidence:float verdict:str verdict_reason:str evidence:strs"
        )
    ),
    "conflicts": pa.schema(
        _fields(
            "conflict_id:str model_id:str benchmark_id:str subset:str metric_id:str setting:str result_ids:strs "
            "scores:floats spread:float kind:str paper_ids:strs flipped_comparison_ids:strs"
        )
    ),
    "survey_results": pa.schema(
        _fields(
            "survey_id:str provenance:str table_label:str model_raw:str model_id:str benchmark_raw:str "
            "benchmark_id:str metric_id:str score:float score_text:str is_baseline:bool openness:str capability:str "
            "source_paper_id:str"
        )
    ),
    "models": pa.schema(
        _fields(
            "model_id:str name:str aliases:strs family:str snapshot:str openness:str organization:str license:str "
            "size_b:float base_model_id:str training:strs released:str source:str"
        )
    ),
    "benchmarks": pa.schema(
        _fields(
            "benchmark_id:str name:str aliases:strs capability:str sub_capability:str paper_id:str "
            "default_metric_id:str description:str"
        )
    ),
    "metrics": pa.schema(
        _fields("metric_id:str name:str aliases:strs higher_is_better:bool lower:float upper:float unit:str")
    ),
}

_SORT = {
    "papers": ("paper_id", "version"),
    "tables": ("paper_id", "page", "table_id"),
    "results": ("paper_id", "page", "table_id", "row", "col", "result_id"),
    "comparisons": ("paper_id", "table_id", "comparison_id"),
    "claims": ("paper_id", "page", "claim_id"),
    "conflicts": ("benchmark_id", "model_id", "conflict_id"),
}


def to_arrow(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as the Arrow table of a contract, in its defined order; a key that the contract lacks is left out."""
    schema = SCHEMAS[name]
    keys = _SORT.get(name, (schema.names[0],))
    ordered = sorted(
        rows, key=lambda row: tuple((row[k] is not None, row[k] if row[k] is not None else 0) for k in keys)
    )
    return pa.Table.from_pylist([{n: row.get(n) for n in schema.names} for row in ordered], schema=schema)


def structural_faults(tables: Mapping[str, pa.Table]) -> list[str]:
    """What keeps a snapshot from being published: missing or doubled ids, broken references, no result at all."""
    faults = []
    for name, key in (
        *(("tables", "table_id"), ("results", "result_id"), ("models", "model_id")),
        *(("claims", "claim_id"), ("comparisons", "comparison_id"), ("conflicts", "conflict_id")),
    ):
        ids = tables[name].column(key).to_pylist()
        if None in ids or len(set(ids)) != len(ids):
            faults.append(f"{name}.{key}: missing or doubled ids")
    known = {n: set(tables[n].column(k).to_pylist()) for n, k in (("papers", "paper_id"), ("tables", "table_id"))}
    for name, column, target in (("tables", "paper_id", "papers"), ("results", "table_id", "tables")):
        lost = set(tables[name].column(column).to_pylist()) - known[target]
        if lost:
            faults.append(f"{name}.{column}: {len(lost)} values are not in {target}")
    if tables["results"].num_rows == 0:
        faults.append("results: no row at all")
    return faults
