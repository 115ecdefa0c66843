"""Snapshots: whole, immutable, new only when rows are, and readable by the tools of the ecosystem."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import mlcroissant
import pandas as pd
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frictionless import Package
from support.contract_rows import ID, as_tables, sound_rows

from expectations.contract import contracts
from pipeline.errors import PublishError
from pipeline.publish import documents
from pipeline.publish.snapshot import mend, publish_snapshot

DAY = "2026-01-02"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    snapshot = publish_snapshot(as_tables(sound_rows()), tmp_path, date=DAY)
    assert snapshot is not None
    return snapshot


def test_latest_points_to_the_new_snapshot(published: Path) -> None:
    assert published.name == f"{DAY}.1"
    assert (published.parent / "latest").resolve() == published


def test_the_same_rows_publish_nothing(published: Path, tmp_path: Path) -> None:
    assert publish_snapshot(as_tables(sound_rows()), tmp_path, date="2026-02-02") is None
    assert [p.name for p in published.parent.iterdir() if p.is_dir() and not p.is_symlink()] == [published.name]


def test_the_same_rows_give_the_same_bytes(published: Path, tmp_path: Path) -> None:
    again = publish_snapshot(as_tables(sound_rows()), tmp_path / "other", date=DAY)
    assert again is not None
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in published.iterdir()}


def test_changes_tell_what_was_added_changed_and_withdrawn(published: Path, tmp_path: Path) -> None:
    rows = sound_rows()
    rows["claims"][0] |= {"claim_id": f"c-9{ID[1:]}"}
    rows["results"][1]["score"] = 41.0
    rows["comparisons"] = []
    again = publish_snapshot(as_tables(rows), tmp_path, date=DAY)
    assert again is not None
    changes = {(r["table_name"], r["change"]): r for r in pq.read_table(again / "changes.parquet").to_pylist()}
    assert changes.keys() == {
        ("claims", "added"),
        ("claims", "withdrawn"),
        ("results", "changed"),
        ("comparisons", "withdrawn"),
    }
    assert changes["results", "changed"]["changed_columns"] == ["score"]
    assert json.loads(changes["results", "changed"]["after_json"]) == {"score": 41.0}
    assert "- 1 new claim to beat GPT-3.5, 1 withdrawn" in (again / "CHANGES.md").read_text()


def test_old_snapshots_go_but_never_the_newest(tmp_path: Path) -> None:
    for score in (1.0, 2.0, 3.0):
        rows = sound_rows()
        rows["results"][0]["score"] = score
        publish_snapshot(as_tables(rows), tmp_path, date=DAY, keep=2)
    names = sorted(p.name for p in (tmp_path / "published").iterdir() if not p.is_symlink())
    assert names == [f"{DAY}.2", f"{DAY}.3"]


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "published").write_text("a file in the way")
    with pytest.raises(PublishError, match="cannot publish into"):
        publish_snapshot(as_tables(sound_rows()), tmp_path, date=DAY)


def test_a_failed_publication_leaves_the_old_snapshot(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    rows = sound_rows()
    rows["results"][0]["score"] = 1.0
    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(PublishError, match="No space left"):
        publish_snapshot(as_tables(rows), tmp_path, date=DAY)
    assert (published.parent / "latest").resolve() == published


def test_the_dictionary_names_every_table_and_column(published: Path) -> None:
    text = (published / "SCHEMA.md").read_text()
    for contract in contracts().values():
        assert f"## {contract.name}" in text
        assert all(f"`{column}`" in text for column in contract.names)


def test_croissant_validates_and_reads_rows(published: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=published / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    row = next(iter(dataset.records("results")))
    assert row["results/score"] == 50.0


def test_the_data_package_descriptor_is_valid_and_agrees_with_the_files(published: Path) -> None:
    descriptor = json.loads((published / "datapackage.json").read_text())
    assert not list(Package.metadata_validate(descriptor))
    for resource in descriptor["resources"]:
        names = pq.read_schema(published / resource["path"]).names
        assert [field["name"] for field in resource["schema"]["fields"]] == names
        assert resource["n_bytes"] == (published / resource["path"]).stat().st_size


def test_the_data_package_validates_with_its_rows(published: Path) -> None:
    report = Package(str(published / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "message"])[:3]


def test_the_data_package_finds_a_row_that_breaks_its_contract(published: Path) -> None:
    path = published / "claims.parquet"
    table: pa.Table = pq.read_table(path)
    place = table.column_names.index("relation")
    pq.write_table(table.set_column(place, "relation", pa.array(["crushes"] * table.num_rows)), path)
    report = Package(str(published / "datapackage.json")).validate()
    assert [(t.name, e.type) for t in report.tasks for e in t.errors] == [("claims", "constraint-error")]


def test_pandas_polars_duckdb_and_datasets_read_the_folder(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets
    import duckdb

    assert pd.read_parquet(published / "results.parquet")["score"].tolist() == [50.0, 40.0]
    assert polars.read_parquet(published / "results.parquet").height == 2
    (n,) = duckdb.sql(f"SELECT count(*) FROM '{published}/claims.parquet'").fetchall()[0]
    assert n == 1
    loaded = datasets.load_dataset(str(published), "results", split="train", cache_dir=str(tmp_path / "hf"))
    assert loaded.num_rows == 2


def test_text_of_papers_stays_data(tmp_path: Path) -> None:
    hostile = "=cmd|' /C calc'!A0 <script>alert(1)</script> | \u202e ../../x"
    rows = sound_rows()
    rows["papers"][0]["title"] = hostile
    snapshot = publish_snapshot(as_tables(rows), tmp_path, date=DAY)
    assert snapshot is not None
    table: pa.Table = pq.read_table(snapshot / "papers.parquet")
    assert table.column("title").to_pylist() == [hostile]
    assert all("<script>" not in (snapshot / name).read_text() for name in ("README.md", "CHANGES.md", "SCHEMA.md"))


def test_a_switch_of_latest_that_was_killed_is_made_up_for(published: Path, tmp_path: Path) -> None:
    rows = sound_rows()
    rows["results"][0]["score"] = 1.0
    assert _killed_at("os.symlink", lambda: publish_snapshot(as_tables(rows), tmp_path, date=DAY))
    latest = published.parent / "latest"
    assert latest.resolve() == published
    assert (published.parent / f"{DAY}.2").is_dir()
    assert publish_snapshot(as_tables(rows), tmp_path, date="2026-02-02") is None
    assert latest.resolve().name == f"{DAY}.2"
    assert {p.name for p in published.parent.iterdir()} == {"latest", f"{DAY}.1", f"{DAY}.2"}


def test_a_snapshot_that_latest_was_set_back_to_by_hand_stays_the_newest(published: Path, tmp_path: Path) -> None:
    rows = sound_rows()
    rows["results"][0]["score"] = 1.0
    publish_snapshot(as_tables(rows), tmp_path, date=DAY)
    latest = published.parent / "latest"
    latest.unlink()
    latest.symlink_to(published.name)
    mend(published.parent)
    assert latest.resolve() == published


def test_kills_between_any_two_steps_of_a_publication_leave_nothing(tmp_path: Path) -> None:
    first, second = as_tables(sound_rows()), sound_rows()
    second["results"][0]["score"] = 1.0
    publish_snapshot(first, tmp_path / "whole", date=DAY)
    wanted = {p.name: p.read_bytes() for p in _published(as_tables(second), tmp_path / "whole").iterdir()}
    struck: Counter[str] = Counter()
    for event in ("os.mkdir", "os.rename", "os.symlink", "os.remove"):
        for number in itertools.count():
            data = tmp_path / f"{event}-{number}"
            publish_snapshot(first, data, date=DAY)
            if not _killed_at(event, lambda d=data: publish_snapshot(as_tables(second), d, date=DAY), number):
                break
            struck[event] += 1
            assert (data / "published" / "latest" / "papers.parquet").is_file()
            publish_snapshot(as_tables(second), data, date=DAY)
            latest = (data / "published" / "latest").resolve()
            assert latest.name == f"{DAY}.2"
            assert {p.name: p.read_bytes() for p in latest.iterdir()} == wanted
            assert {p.name for p in latest.parent.iterdir()} == {"latest", f"{DAY}.1", f"{DAY}.2"}
    assert set(struck) == {"os.mkdir", "os.rename", "os.symlink", "os.remove"}


def _published(tables: dict[str, pa.Table], data: Path) -> Path:
    snapshot = publish_snapshot(tables, data, date=DAY)
    assert snapshot is not None
    return snapshot


def _killed_at(event: str, work: Callable[[], object], number: int = 0) -> bool:
    """Do `work` in a forked process that is killed when it comes to an event of the file system for the `number`-th
    time, counted from 0; False where it ended before."""
    child = os.fork()
    if child == 0:
        seen = []

        def strike(name: str, _: object) -> None:
            if name == event:
                seen.append(name)
                if len(seen) > number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(strike)
        ended = 1
        try:
            work()
            ended = 0
        finally:
            os._exit(ended)  # the parent says what failed: the child must not go on with the tests
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"the publication itself failed: {status}"
    return status == -signal.SIGKILL


def test_a_reader_that_holds_an_old_snapshot_open_reads_on_when_it_goes(published: Path, tmp_path: Path) -> None:
    with pa.memory_map(str(published.parent / "latest" / "results.parquet")) as held:
        reader = pq.ParquetFile(held)
        for score in (1.0, 2.0):
            rows = sound_rows()
            rows["results"][0]["score"] = score
            publish_snapshot(as_tables(rows), tmp_path, date=DAY, keep=1)
        assert not published.exists()
        assert reader.read().column("score").to_pylist() == [50.0, 40.0]
    assert pd.read_parquet(published.parent / "latest" / "results.parquet")["score"].tolist() == [2.0, 40.0]


def test_other_words_of_the_card_are_published_though_no_row_changed(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "card", lambda *_, **__: "# Another card\n")
    again = publish_snapshot(as_tables(sound_rows()), tmp_path, date=DAY)
    assert again is not None
    assert (again / "README.md").read_text() == "# Another card\n"
    assert pq.read_metadata(again / "changes.parquet").num_rows == 0
    assert publish_snapshot(as_tables(sound_rows()), tmp_path, date=DAY) is None
