"""A small published snapshot for the tests of the page: the sample papers as really read, the claims that their sources
say they make, the survey's rows, and one paper by somebody who writes HTML into every field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.read import read_paper
from extractors.records import PaperMeta, Result
from extractors.registry.load import load_registry
from extractors.results.comparisons import compare
from extractors.results.conflicts import find_conflicts
from extractors.results.extract import extract_results
from extractors.survey.load import load_survey
from pipeline.demo import PDFS
from pipeline.demo.typeset import load, paper_files
from pipeline.resources.folder import list_folder

HOSTILE = """"><script>document.title='hit'</script><img src=x onerror=alert(1)>{{7*7}}"""
HOSTILE_ID = "evil/<b>&\"'"
Rows = dict[str, list[dict[str, Any]]]


@lru_cache(maxsize=1)
def sample_rows() -> Rows:
    """The rows of every table of the snapshot, read once; nobody changes them."""
    registry = load_registry()
    rows: Rows = {"papers": [], "tables": []}
    results: list[Result] = []
    for path, meta in list_folder(PDFS):
        reading = read_paper(path.read_bytes(), meta)
        is_old = path.stem == "sample-01v1"
        rows["papers"].append(_paper(meta, "superseded" if is_old else "parsed", reading.n_pages))
        if not is_old:
            rows["tables"] += [asdict(table) | {"version": meta.version} for table in reading.tables]
            results += extract_results(reading, meta, registry)
    comparisons = compare(results, registry)
    conflicts = find_conflicts(results, comparisons, load_survey(), registry)
    rows["results"] = [asdict(r) for r in results]
    rows["comparisons"] = [asdict(c) for c in comparisons]
    rows["conflicts"] = [asdict(c) for c in conflicts]
    rows["claims"] = _claims(results)
    rows["survey_results"] = [asdict(s) for s in load_survey()]
    for name in ("models", "benchmarks", "metrics"):
        rows[name] = [asdict(x) for x in getattr(registry, name).values()]
    rows["changes"] = [
        {"table_name": "claims", "row_id": claim["claim_id"], "paper_id": claim["paper_id"], "change": "added"}
        for claim in rows["claims"]
    ]
    return rows


def write_snapshot(root: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Writes `root/2025-07-01.1` and gives it back."""
    folder = root / "2025-07-01.1"
    folder.mkdir(parents=True)
    for name, found in rows.items():
        if found:
            pq.write_table(pa.Table.from_pylist([dict(row) for row in found]), folder / f"{name}.parquet")
    return folder


def with_hostile(rows: Rows) -> Rows:
    """The same rows and a paper whose title, table, result and claim are markup."""
    out = {name: list(found) for name, found in rows.items()}
    paper = dict(rows["papers"][-1]) | {"paper_id": HOSTILE_ID, "title": HOSTILE, "pdf_url": "javascript:alert(1)"}
    table = dict(rows["tables"][-1]) | {"table_id": "t-hostile", "paper_id": HOSTILE_ID, "caption": HOSTILE}
    table["label"] = HOSTILE
    table["cells"] = [dict(cell) | {"text": HOSTILE} for cell in table["cells"]]
    result = next(r for r in rows["results"] if r["table_id"] == rows["tables"][-1]["table_id"])
    result = dict(result) | {"result_id": "r-hostile", "paper_id": HOSTILE_ID, "table_id": "t-hostile"}
    result |= {"model_raw": HOSTILE, "model_id": None, "score_text": HOSTILE}
    claim = dict(rows["claims"][0]) | {"claim_id": "c-hostile", "paper_id": HOSTILE_ID, "sentence": HOSTILE}
    claim |= {"subject_raw": HOSTILE, "subject_id": None, "verdict_reason": HOSTILE, "evidence": ["r-hostile"]}
    for name, row in (("papers", paper), ("tables", table), ("results", result), ("claims", claim)):
        out[name].append(row)
    return out


def many_results(rows: Rows, n: int) -> Rows:
    """The same rows with results repeated under new ids until there are `n`."""
    have = rows["results"]
    more = [dict(have[i % len(have)]) | {"result_id": f"r-more-{i}"} for i in range(n - len(have))]
    return {**rows, "results": [*have, *more]}


def _paper(meta: PaperMeta, status: str, n_pages: int) -> dict[str, Any]:
    return asdict(meta) | {"pdf_sha256": "0" * 64, "n_pages": n_pages, "status": status, "error": None}


def _claims(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The claims that the sources of the sample papers say they make (`shows`)."""
    out = []
    for path in paper_files():
        paper_id = path.stem.partition("v")[0]
        if path.stem == "sample-01v1":
            continue
        mine = [r for r in results if r.paper_id == paper_id]
        for i, said in enumerate(load(path)["shows"]):
            benchmarks = sorted(
                {r.benchmark_id for r in mine if r.benchmark_id and r.benchmark_raw in said["sentence"]}
            )
            out.append(
                {
                    "claim_id": f"c-{paper_id}-{i}",
                    "group_id": f"c-{paper_id}-{i}",
                    "paper_id": paper_id,
                    "version": 1,
                    "page": 1,
                    "section": "Results",
                    "sentence": f"Our model {said['sentence']}.",
                    "subject_raw": "Our model",
                    "subject_id": None,
                    "is_own": True,
                    "relation": said["relation"],
                    "baseline_raw": "GPT-3.5-turbo" if "3.5" in said["baseline"] else "GPT-4",
                    "baseline_id": said["baseline"],
                    "benchmarks_raw": benchmarks,
                    "benchmark_ids": benchmarks,
                    "metric_id": None,
                    "margin": None,
                    "margin_unit": None,
                    "hedged": "seems" in said["sentence"],
                    "negated": "not" in said["sentence"],
                    "rule": "sample",
                    "confidence": 0.9,
                    "verdict": said["verdict"],
                    "verdict_reason": "50.0 - 35.0 = 15.0 points",
                    "evidence": [r.result_id for r in mine[:2]],
                }
            )
    return out
