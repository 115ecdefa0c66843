"""Whatever metadata and PDFs say ends as plain text: in parquet, page, feed, Markdown and file names."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.survey_parts import DEMO, InlineWorkers, MemorySource

from assets.dataset import assemble
from assets.plain import TEXT_CHARS, plain_meta
from assets.ports import Listed
from assets.stages import DERIVED, derive_weeks, fetch_week, list_week, read_weeks
from assets.weeks import Week
from expectations.validate import validate
from extractors.records import PaperMeta
from extractors.registry.load import load_registry
from extractors.results.confidence import UNSURE_BELOW
from pipeline.resources.progress import NoProgress
from pipeline.resources.publisher import PageBuilder, SnapshotPublisher
from pipeline.resources.storage import DirectoryStore

WEEK = Week.named("2024-01-01")
SCRIPT = "<script>alert(1)</script>"
FOUL = f'=HYPERLINK("//x") \x1b[31m{SCRIPT}\u202egnp\u2066\x00 ../../etc/passwd | [x](javascript:1) {{{{7*7}}}} '
LONG = FOUL + "x" * 1_000_000
# Of each week file the columns that hold words of a PDF.
OF_PDFS = {
    "documents": ("title_printed", "abstract_printed"),
    "tables": ("label", "caption"),
    "results": ("model_raw", "benchmark_raw", "metric_raw", "setting", "score_text"),
    "claims": ("sentence", "section", "subject_raw", "baseline_raw", "verdict_reason"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory made from three papers with foul metadata; a foul text stands in their PDFs wherever there is
    text."""
    root = tmp_path_factory.mktemp("hostile") / "data"
    names = {"../../escaped": "sample-02.pdf", f"{SCRIPT}\u202e": "sample-03.pdf", "/etc/\x00passwd": "sample-04.pdf"}
    metas = {name: plain_meta(_meta(name)) for name in names}
    source = MemorySource(
        [Listed(meta, f"memory:{number}") for number, meta in enumerate(metas.values())],
        {f"{metas[name].paper_id}v1": DEMO / file for name, file in names.items()},
    )
    store, quiet, workers = DirectoryStore(root).open(), NoProgress(), InlineWorkers()
    list_week(store, source, WEEK, None)
    fetch_week(store, source, WEEK, quiet)
    read_weeks(store, workers, [WEEK], quiet)
    for stage in DERIVED.values():
        derive_weeks(store, workers, [WEEK], stage, quiet)
    for stage_name, columns in OF_PDFS.items():
        table = store.read(stage_name, WEEK)
        assert table is not None
        store.write(stage_name, WEEK, _fouled(table, columns), inputs="foul")
    checked = validate(assemble(store, load_registry()), unsure_below=UNSURE_BELOW)
    assert checked.faults == ()
    SnapshotPublisher(root, datetime.date(2024, 2, 1)).publish(checked.tables, inputs="foul")
    PageBuilder(root).build()
    return root


def _meta(paper_id: str) -> PaperMeta:
    return PaperMeta(
        paper_id=paper_id,
        version=1,
        title=LONG,
        authors=(FOUL, "=1+1"),
        abstract=LONG,
        published="2024-01-03",
        license=FOUL,
        pdf_url="javascript:alert(1)",
    )


def _fouled(table: pa.Table, columns: tuple[str, ...]) -> pa.Table:
    """Every text of some columns and of cells with a foul one before it; one in ten of a megabyte."""
    rows = table.to_pylist()
    for number, row in enumerate(rows):
        for name in columns:
            row[name] = (LONG if number % 10 == 0 else FOUL) + str(row[name] or "")
        for cell in row.get("cells") or ():
            cell["text"] = FOUL + cell["text"]
    return pa.Table.from_pylist(rows, schema=table.schema)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _is_plain(text: str) -> bool:
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") for c in text)


def test_every_text_in_parquet_is_plain_and_bounded_and_what_it_says_is_kept(data: Path) -> None:
    latest = data / "published" / "latest"
    for path in sorted(latest.glob("*.parquet")):
        texts = list(_texts(pq.read_table(path).to_pylist()))
        assert [t[:80] for t in texts if not _is_plain(t)] == [], path.name
        assert max(map(len, texts), default=0) <= TEXT_CHARS, path.name
    sentences = pq.read_table(latest / "claims.parquet").column("sentence").to_pylist()
    assert sentences
    assert all(s.startswith(f'=HYPERLINK("//x") [31m{SCRIPT}gnp ../../etc/passwd') for s in sentences)


def test_the_documents_of_a_snapshot_show_none_of_it(data: Path) -> None:
    for path in (data / "published" / "latest").iterdir():
        if path.suffix != ".parquet":
            assert "alert(1)" not in path.read_text(encoding="utf-8"), path.name


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_script = tag == "script"
        self.found += [f"{n}={v}" for n, v in attrs if n.startswith("on") or (v or "").startswith("javascript:")]

    def handle_endtag(self, tag: str) -> None:
        self.is_script = False

    def handle_data(self, text: str) -> None:
        if self.is_script and "alert" in text:
            self.found.append(text)


def test_no_page_runs_any_of_it(data: Path) -> None:
    pages = sorted((data / "site").rglob("*.html"))
    assert any("alert(1)" in p.read_text(encoding="utf-8") for p in pages)  # it is shown, as text
    for page in pages:
        text = page.read_text(encoding="utf-8")
        reader = Elements()
        reader.feed(text)
        assert reader.found == [], page.name
        assert _is_plain(text.replace("\n", "").replace("\t", "")), page.name


def test_feed_json_and_markdown_stay_whole(data: Path) -> None:
    site = data / "site"
    summaries = [
        e.text or "" for e in ElementTree.parse(site / "feed.xml").iter("{http://www.w3.org/2005/Atom}summary")
    ]
    assert any(SCRIPT in text for text in summaries)
    for path in sorted(site.rglob("*.json")):
        assert all(map(_is_plain, _texts(json.loads(path.read_text(encoding="utf-8"))))), path.name
    markdown = (site / "survey.md").read_text(encoding="utf-8")
    assert SCRIPT not in markdown
    assert not re.search(r"(?<!\\)\]\(", markdown)


def test_no_file_name_leads_elsewhere(data: Path) -> None:
    names = [p.relative_to(data).as_posix() for p in data.rglob("*")]
    assert [n for n in names if not re.fullmatch(r"[\w./-]+", n, re.ASCII) or "../" in n] == []
    assert {p.name for p in data.parent.iterdir()} == {"data"}
