"""Two runs on one data directory: the second says so and waits, but not for ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import DataDirError
from pipeline.resources.lock import directory_lock

_OTHER = """
import sys
from pathlib import Path
from pipeline.resources.lock import directory_lock
with directory_lock(Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the directory until it is told to let go, or is killed."""
    command = [sys.executable, "-c", _OTHER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_run_says_that_it_waits_and_goes_on_when_the_first_is_over(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        other.communicate("let go\n")

    with directory_lock(tmp_path, tell):
        pass
    assert told == [f"another run works on {tmp_path}; waiting for it to end"]


def test_a_run_that_was_killed_holds_nothing(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    told: list[str] = []
    with directory_lock(tmp_path, told.append):
        assert told == []


def test_waiting_ends_with_a_clear_error(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    with pytest.raises(DataDirError, match="try again later"), directory_lock(tmp_path, lambda _: None, seconds=0.1):
        pass
