"""A folder of PDFs as a source."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.resources.folder import FolderSource

TODAY = datetime.date(2026, 1, 7)


def folder(tmp_path: Path, *names: str, said: list[dict[str, object]] | None = None) -> FolderSource:
    for name in names:
        (tmp_path / name).write_bytes(b"%PDF-1.7 of " + name.encode())
    if said is not None:
        (tmp_path / "metadata.jsonl").write_text("\n".join(json.dumps(row) for row in said))
    return FolderSource(tmp_path, TODAY)


def test_the_file_name_gives_id_and_version(tmp_path: Path) -> None:
    source = folder(tmp_path, "2310.06830v2.pdf", "notes.pdf")
    listed = [p.meta for papers in source.papers.values() for p in papers]
    assert [(m.paper_id, m.version) for m in listed] == [("2310.06830", 2), ("notes", None)]


def test_metadata_goes_before_the_file_name_and_sets_the_week(tmp_path: Path) -> None:
    said: list[dict[str, object]] = [{"file": "x.pdf", "paper_id": "cs/0501001", "published": "2024-01-03T10:00:00Z"}]
    source = folder(tmp_path, "x.pdf", said=said)
    [(week, [paper])] = source.papers.items()
    assert (week.name, paper.meta.paper_id, paper.meta.published) == ("2024-01-01", "cs/0501001", "2024-01-03")


def test_a_pdf_is_left_in_its_place(tmp_path: Path) -> None:
    source = folder(tmp_path, "x.pdf")
    [[paper]] = source.papers.values()
    pdf = source.fetch(paper, tmp_path / "elsewhere.pdf")
    assert pdf.path == (tmp_path / "x.pdf").resolve()
    assert not (tmp_path / "elsewhere.pdf").exists()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"file": "x.pdf", "version": "two"}',
        '{"file": "x.pdf", "version": true}',
        '{"file": "x.pdf", "version": -1}',
        '{"file": "x.pdf", "version": 2.5}',
        '{"file": "x.pdf", "version": 1e999}',
        '{"file": "x.pdf", "version": 99999999999}',
        '{"file": "x.pdf", "version": [2]}',
        '{"file": "x.pdf", "authors": 5}',
        '{"paper_id": "x"}',
        '{"file": "x.pdf", "published": "last May"}',
    ],
)
def test_a_broken_line_of_metadata_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "metadata.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(SourceError, match=r"metadata.jsonl line 2"):
        FolderSource(tmp_path, TODAY).check()


def test_no_folder_and_an_empty_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no folder"):
        FolderSource(tmp_path / "none", TODAY).check()
    with pytest.raises(SourceError, match="holds no PDF"):
        FolderSource(tmp_path, TODAY).check()


def test_papers_by_id_with_and_without_version(tmp_path: Path) -> None:
    source = folder(tmp_path, "2310.06830v1.pdf", "2310.06830v2.pdf")
    assert [p.meta.version for p in source.list_ids(["2310.06830"])] == [1, 2]
    assert [p.meta.version for p in source.list_ids(["2310.06830v2"])] == [2]
    with pytest.raises(SourceError, match=r"2401\.00001"):
        source.list_ids(["2401.00001"])


@pytest.mark.parametrize("said", [2, "2", "v2"])
def test_a_version_may_be_said_as_arxiv_says_it(tmp_path: Path, said: object) -> None:
    source = folder(tmp_path, "x.pdf", said=[{"file": "x.pdf", "version": said}])
    [[paper]] = source.papers.values()
    assert paper.meta.version == 2


def test_a_file_name_with_an_absurd_version_is_a_name(tmp_path: Path) -> None:
    source = folder(tmp_path, "2310.06830v99999999999.pdf")
    [[paper]] = source.papers.values()
    assert (paper.meta.paper_id, paper.meta.version) == ("2310.06830v99999999999", None)


def test_one_author_may_stand_without_a_list(tmp_path: Path) -> None:
    source = folder(tmp_path, "x.pdf", said=[{"file": "x.pdf", "authors": "Ada Sample"}])
    [[paper]] = source.papers.values()
    assert paper.meta.authors == ("Ada Sample",)


def test_a_date_to_come_is_not_believed_and_the_listing_says_so(tmp_path: Path) -> None:
    said: list[dict[str, object]] = [
        {"file": "x.pdf", "published": "2026-01-12"},
        {"file": "y.pdf", "published": "2026-01-11"},  # within the running week
    ]
    weeks = folder(tmp_path, "x.pdf", "y.pdf", said=said).papers
    (first, [undated]), (running, [dated]) = sorted(weeks.items())
    assert (first.name, undated.meta.published) == ("2022-11-28", None)
    assert undated.reason == "undated: it is said to be of 2026-01-12, which is still to come"
    assert (running.name, dated.meta.published, dated.reason) == ("2026-01-05", "2026-01-11", None)
