"""The table reader on annotated real papers: the figures that the docs state."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.tables.reader import read_tables

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def tool(shared: Path, name: str) -> ModuleType:
    sys.path.insert(0, str(shared / "tools"))
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        pytest.skip(f"no tool {name}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_annotated_tables_are_found_and_read(shared: Path) -> None:
    score, kit = tool(shared, "score"), tool(shared, "goldkit")
    files = {
        row["sha256"]: row["file"]
        for row in map(json.loads, (shared / "corpus" / "metadata.jsonl").read_text().splitlines())
    }
    found = wanted = same = predicted = gold_pairs = 0
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text())
        if not gold["tables"]:
            continue
        pages = read_pages((shared / "corpus" / files[gold["sha256"]]).read_bytes())
        tables = read_tables(pages, find_captions(pages), path.stem)
        for truth in gold["tables"]:
            wanted += 1
            hit = next((t for t in tables if t.page == truth["page"] and t.label == truth["label"]), None)
            want = score.adjacency(kit.grid_of(truth["html"]))
            cells = [
                {k: getattr(c, k) for k in ("row", "col", "row_span", "col_span", "text", "is_header")}
                for c in (hit.cells if hit else ())
            ]
            have = score.adjacency(score.grid_from_cells(cells)) if hit else Counter()
            found += hit is not None
            same += sum((want & have).values())
            predicted += sum(have.values())
            gold_pairs += sum(want.values())
    assert found / wanted >= 0.99
    assert 2 * same / (predicted + gold_pairs) >= 0.95
