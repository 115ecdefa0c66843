"""The survey's page built from a small snapshot: complete, linked, escaped, the same each time."""

from __future__ import annotations

import json
import re
import struct
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from support.sample_snapshot import HOSTILE, sample_rows, with_hostile, write_snapshot

from pipeline.errors import SourceError
from pipeline.site import SiteReport, build_site
from pipeline.site.build import ANSWERS

FRONT_LIMIT = 150_000  # bytes, without the charts


class Links(HTMLParser):
    """Collects ids and addresses of a page, and elements that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
            if name == "src" or (name == "href" and tag == "link"):
                self.loaded.append(value or "")
            if name.startswith("on"):
                self.handlers.append(f"{tag} {name}")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_snapshot(tmp_path_factory.mktemp("published"), with_hostile(sample_rows()))


@pytest.fixture(scope="module")
def built(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteReport:
    return build_site(snapshot, tmp_path_factory.mktemp("data") / "site")


@pytest.fixture(scope="module")
def pages(built: SiteReport) -> dict[Path, Links]:
    found = {}
    for path in sorted(built.site.rglob("*.html")):
        found[path] = Links()
        found[path].feed(path.read_text(encoding="utf-8"))
    return found


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(pages: dict[Path, Links]) -> None:
    lost = []
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            file, anchor = urldefrag(link)
            target = (path.parent / unquote(file)).resolve() if file else path
            ids = pages[target].ids if target in pages else [anchor]
            is_search = anchor.startswith("q=")
            if not target.is_file() or (anchor and not is_search and unquote(anchor) not in ids):
                lost.append((path.name, link))
    assert lost == []


def test_no_page_uses_an_id_twice(pages: dict[Path, Links]) -> None:
    assert [p.name for p, page in pages.items() if len(page.ids) != len(set(page.ids))] == []


def test_nothing_is_loaded_from_outside(pages: dict[Path, Links]) -> None:
    assert {u for page in pages.values() for u in page.loaded if "//" in u} == set()


def test_hostile_text_is_shown_as_text(built: SiteReport, pages: dict[Path, Links]) -> None:
    assert [h for page in pages.values() for h in page.handlers] == []
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert HOSTILE not in text
        assert not any(link.startswith("javascript:") for link in pages[path].links)
    assert "&lt;script&gt;document.title" in (built.site / "claims.html").read_text(encoding="utf-8")


def test_the_feed_is_xml_with_an_entry_a_claim(built: SiteReport) -> None:
    from defusedxml.ElementTree import fromstring

    feed = fromstring((built.site / "feed.xml").read_bytes())
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 16


def test_markdown_cannot_be_broken_out_of(built: SiteReport) -> None:
    text = (built.site / "survey.md").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "| Model | HumanEval | GSM8K |" in text


def test_the_mined_tables_of_the_markdown_end_with_the_gpt_lines(built: SiteReport) -> None:
    text = (built.site / "survey.md").read_text(encoding="utf-8")
    tables = re.findall(r"### Mined from papers\n\n(.*?)\n\n", text + "\n\n", re.S)
    assert any(t.splitlines()[-1].startswith("| GPT-4 |") and "\n| GPT-3.5-turbo |" in t for t in tables)


def test_the_front_page_answers_each_capability_and_is_small(built: SiteReport) -> None:
    front = (built.site / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<p class="word">(.*?)</p>', front)[2] == ANSWERS["one"]
    assert front.count('class="word"') == 6
    assert built.front_bytes <= FRONT_LIMIT


def test_sample_data_says_that_it_is_invented(pages: dict[Path, Links]) -> None:
    assert all("models and numbers are invented" in path.read_text(encoding="utf-8") for path in pages)


def test_json_stands_beside_each_page_that_shows_data(built: SiteReport) -> None:
    claims = json.loads((built.site / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert {c["verdict"] for c in claims} == {"supported", "refuted", "unit_error"}
    results = json.loads((built.site / "papers/sample-02.json").read_text(encoding="utf-8"))["results"]
    assert "score" in results["columns"]
    assert len(results["data"][0]) == len(results["columns"])


def test_a_preview_picture_of_the_usual_size_stands_beside_the_front(built: SiteReport) -> None:
    picture = (built.site / "preview.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 100_000


def test_the_same_snapshot_gives_the_same_bytes(snapshot: Path, built: SiteReport, tmp_path: Path) -> None:
    again = build_site(snapshot, tmp_path / "site").site
    for path in sorted(p for p in built.site.rglob("*") if p.is_file()):
        assert path.read_bytes() == (again / path.relative_to(built.site)).read_bytes(), path.name


def test_a_site_is_replaced_as_a_whole(snapshot: Path, tmp_path: Path) -> None:
    stale = tmp_path / "site" / "stale.html"
    stale.parent.mkdir()
    stale.write_text("old")
    build_site(snapshot, tmp_path / "site")
    assert not stale.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_snapshot_without_claims_and_comparisons_still_gives_a_page(tmp_path: Path) -> None:
    rows = {k: v for k, v in sample_rows().items() if k in ("papers", "tables", "results", "models", "benchmarks")}
    report = build_site(write_snapshot(tmp_path / "p", rows), tmp_path / "site")
    assert "No comparison yet" in (report.site / "index.html").read_text(encoding="utf-8")


def test_what_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no published snapshot"):
        build_site(tmp_path, tmp_path / "site")
