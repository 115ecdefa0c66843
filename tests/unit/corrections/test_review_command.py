"""`catchup review` used wrongly, and what it takes for a value."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.contract_rows import ID, as_tables, sound_rows
from typer.testing import CliRunner

from expectations.correction_file import parse_corrections
from pipeline.cli.app import app
from pipeline.publish.snapshot import publish_snapshot

runner = CliRunner()


@pytest.fixture
def published_data(tmp_path: Path) -> Path:
    publish_snapshot(as_tables(sound_rows()), tmp_path, date="2026-01-02")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("accept", "r-none", "--reason", "x"), "no row 'r-none'"),
        (("link", "model", "Foo", "no-such-model", "--reason", "x"), "the registry has no model"),
        (("--kind", "nonsense"), "no kind 'nonsense'"),
    ],
)
def test_a_wrong_word_is_one_line_and_status_2(arguments: tuple[str, ...], words: str, published_data: Path) -> None:
    answer = runner.invoke(app, ["review", *arguments, "--data", str(published_data)])
    assert answer.exit_code == 2
    assert words in answer.output
    assert not (published_data / "corrections.yml").exists()


def test_values_of_text_stay_text_and_others_are_read_as_yaml(published_data: Path) -> None:
    values = ["score=51.5", "subset=12", "metric_raw=null", "doubts=[seen, twice]"]
    arguments = [
        "review",
        "mend",
        f"r-{ID}",
        *values,
        "--reason",
        "x",
        "--author",
        "Ada",
        "--data",
        str(published_data),
    ]
    answer = runner.invoke(app, arguments)
    assert answer.exit_code == 0, answer.output
    (row,) = parse_corrections((published_data / "corrections.yml").read_text()).rows
    assert row.values == '{"doubts": ["seen", "twice"], "metric_raw": null, "score": 51.5, "subset": "12"}'
    assert row.paper_id == "2401.00001"
