"""The reading examples of the docs and of the data-set card run on a snapshot, and the docs name what is there."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support.contract_rows import as_tables, sound_rows

from expectations.correction_file import parse_corrections
from pipeline.publish.snapshot import publish_snapshot
from pipeline.site import build_site

DOCS = Path(__file__).resolve().parents[3] / "docs" / "data.md"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    snapshot = publish_snapshot(as_tables(sound_rows()), tmp_path, date="2026-01-02")
    assert snapshot is not None
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    return snapshot


def test_the_examples_of_the_docs_run(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published.parents[1])
    examples = blocks(DOCS.read_text(encoding="utf-8"), "python")
    assert examples
    for example in examples:
        exec(compile(example, str(DOCS), "exec"), {})


def test_the_examples_of_the_card_run(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    monkeypatch.chdir(published)
    card = (published / "README.md").read_text(encoding="utf-8")
    for example in blocks(card, "python"):
        exec(compile(example, "README.md", "exec"), {})
    queries = blocks(card, "sql")
    assert queries
    for query in queries:
        assert duckdb.sql(query).columns


def test_the_examples_of_the_download_page_run(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published.parents[1])
    build_site(published, Path("site"))
    page = Path("site/download.html").read_text(encoding="utf-8")
    examples = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.S)
    assert len(examples) == 4
    for example in examples:
        exec(compile(html.unescape(example), "download.html", "exec"), {})


def test_every_table_with_rows_is_a_config_that_loads(published: Path, tmp_path: Path) -> None:
    """`datasets` cannot load a table without rows, so the card offers none."""
    import datasets

    full = {p.stem: n for p in published.glob("*.parquet") if (n := pq.read_metadata(p).num_rows)}
    assert set(datasets.get_dataset_config_names(str(published))) == full.keys()
    for name, rows in full.items():
        loaded = datasets.load_dataset(str(published), name, split="train", cache_dir=str(tmp_path / "hf"))
        assert loaded.num_rows == rows


def test_the_corrections_of_the_docs_are_taken() -> None:
    (example,) = blocks(DOCS.read_text(encoding="utf-8"), "yaml")
    found = parse_corrections(example)
    assert (len(found.rows), len(found.links)) == (1, 1)
