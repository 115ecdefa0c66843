"""The commands as a user calls them, over the sample papers: counts, exit status, one-line errors, the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.killed_runs import published
from support.survey_parts import DEMO
from typer.testing import CliRunner, Result

from pipeline.cli.app import app
from pipeline.resources.storage import DirectoryStore


def catchup(*words: object) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A data directory with the sample papers, and how the run ended."""
    data = tmp_path_factory.mktemp("survey") / "data"
    return data, catchup("run", "--source", DEMO, "--data", data, "--workers", 2)


def test_a_run_publishes_and_says_how_much(surveyed: tuple[Path, Result]) -> None:
    data, result = surveyed
    assert result.exit_code == 0, result.output
    assert "10   9 parsed, 1 superseded" in result.output
    assert "published " in result.output.splitlines()[-1]
    assert (data / "site" / "index.html").is_file()


def test_a_second_run_has_nothing_new_and_reads_nothing(surveyed: tuple[Path, Result]) -> None:
    data, _ = surveyed
    before = {p: p.stat().st_mtime_ns for p in (data / "core").rglob("*.*")}
    result = catchup("run", "--source", DEMO, "--data", data)
    assert result.exit_code == 0, result.output
    assert "nothing new" in result.output
    assert {p: p.stat().st_mtime_ns for p in (data / "core").rglob("*.*")} == before


@pytest.mark.slow
def test_another_data_directory_gets_the_same_bytes(surveyed: tuple[Path, Result], tmp_path: Path) -> None:
    data, _ = surveyed
    result = catchup("run", "--source", DEMO, "--data", tmp_path / "data", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert published(tmp_path / "data") == published(data)


def test_the_evidence_of_a_paper_is_shown(surveyed: tuple[Path, Result]) -> None:
    result = catchup("show", "sample-03", "--data", surveyed[0])
    assert result.exit_code == 0, result.output
    assert "Table 1, p. 1" in result.output
    assert "unit_error" in result.output


def test_a_page_is_drawn_with_its_tables(surveyed: tuple[Path, Result], tmp_path: Path) -> None:
    result = catchup("show", "sample-03", "--data", surveyed[0], "--page", 1, "--draw", tmp_path / "page.png")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_status_tells_weeks_papers_and_the_next_run(surveyed: tuple[Path, Result]) -> None:
    result = catchup("status", "--data", surveyed[0])
    assert result.exit_code == 0, result.output
    assert "10: 9 parsed, 1 superseded" in result.output
    assert "06:00 UTC" in result.output


def test_names_that_the_registry_lacks_are_listed(surveyed: tuple[Path, Result]) -> None:
    result = catchup("registry", "missing", "--data", surveyed[0])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("run", "--source", "nowhere"), 2, "is no folder"),
        (("run", "--source", "{empty}"), 2, "holds no PDF"),
        (("run", "--source", DEMO, "--data", "{file}/data"), 2, "cannot write into the data directory"),
        (("run", "--source", DEMO, "--ids", "2401.00001"), 2, "holds no paper 2401.00001"),
        (("run", "--source", DEMO, "--since", "2024-02-01", "--until", "2024-01-01"), 2, "before --since"),
        (("run", "--source", DEMO, "--until", "2020-01-01"), 2, "no paper of these dates"),
        (("show", "sample-03"), 2, "no snapshot"),
        (("status", "--data", "{empty}/none"), 2, "is no data directory yet"),
        (("site",), 2, "no page"),
    ],
)
def test_wrong_use_ends_with_its_status_and_one_line(
    words: tuple[object, ...], status: int, says: str, tmp_path: Path
) -> None:
    empty, file = tmp_path / "empty", tmp_path / "file"
    empty.mkdir()
    file.write_text("no directory")
    filled = [str(w).format(empty=empty, file=file) for w in words]
    data = [] if "--data" in filled else ["--data", str(tmp_path / "data")]
    result = catchup(*filled, *data)
    assert result.exit_code == status, result.output
    assert says in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_papers_that_hold_no_result_are_not_published(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    result = catchup("run", "--source", source, "--data", tmp_path / "data", "--workers", 1)
    assert result.exit_code == 1
    assert result.output.strip().splitlines()[-1].startswith("catchup: nothing published: ")
    assert not DirectoryStore(tmp_path / "data").published.joinpath("latest").exists()
