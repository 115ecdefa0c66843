"""A disk that is full or read-only: one clear line, exit status 2, nothing half-written; then room, and all is well."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.killed_runs import finish, left_over, published, some_papers
from support.pdf_fuzz import DEMO

LONG = pytest.mark.skipif("CATCHUP_LONG" not in os.environ, reason="takes minutes; `make fuzz` runs it")


def said(output: str) -> list[str]:
    assert "Traceback" not in output
    return [line for line in output.splitlines() if line.startswith("catchup: ")]


def test_files_that_cannot_grow_end_a_run_in_one_line_and_the_next_ends_well(tmp_path: Path) -> None:
    source, data = some_papers(DEMO, 2, tmp_path / "source"), tmp_path / "data"
    status, output = finish(source, data, file_bytes=8_000)
    assert status == 2, output
    [line] = said(output)
    assert "history of runs" in line
    assert published(data) == {}
    status, output = finish(source, data)
    assert status == 0, output
    assert left_over(data) == []
    assert published(data)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a megabyte; skips where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False).returncode != 0:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


@LONG
@pytest.mark.parametrize("size", ["100k", "600k"])
def test_a_full_disk_loses_nothing(tmp_path: Path, small_disk: Path, size: str) -> None:
    source, data = some_papers(DEMO, 2, tmp_path / "source"), small_disk / "data"
    subprocess.run(["mount", "-o", f"remount,size={size}", small_disk], check=True)
    status, output = finish(source, data)
    assert status == 2, output
    assert len(said(output)) == 1
    found = published(data)
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    status, output = finish(source, data)
    assert status == 0, output
    assert left_over(data) == []
    assert found in ({}, published(data))
    finish(source, tmp_path / "roomy")
    assert published(data) == published(tmp_path / "roomy")


@LONG
def test_a_data_directory_that_became_read_only_is_one_line(tmp_path: Path, small_disk: Path) -> None:
    source = some_papers(DEMO, 2, tmp_path / "source")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    status, output = finish(source, small_disk / "data")
    assert status == 2, output
    [line] = said(output)
    assert "cannot write into the data directory" in line
    assert "Read-only file system" in line
