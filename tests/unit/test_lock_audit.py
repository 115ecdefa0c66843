"""Each fault of the lock file or of the environment is told, and a sound one tells none."""

from __future__ import annotations

from typing import Any

import pytest
from support.lock_audit import faults_of_environment, faults_of_lock

SOUND: dict[str, Any] = {
    "name": "a",
    "version": "1",
    "source": {"registry": "x"},
    "wheels": [{"hash": "sha256:" + "0" * 64}],
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"wheels": [{"hash": "md5:0"}]}, ["c has files without a SHA-256"]),
        ({"wheels": []}, ["c has files without a SHA-256"]),
        ({"source": {"git": "x"}}, ["c comes from {'git': 'x'}"]),
        ({"source": {"registry": "y"}}, ["c comes from {'registry': 'y'}"]),
        ({"source": {"editable": "."}, "wheels": []}, []),  # the project itself
    ],
)
def test_faults_of_the_lock_file(change: dict[str, Any], said: list[str]) -> None:
    assert list(faults_of_lock([SOUND, SOUND | {"name": "b"}, SOUND | {"name": "c"} | change])) == said


@pytest.mark.parametrize(
    ("installed", "said"),
    [
        ({"a": "1"}, []),
        ({"a": "2"}, ["a 2 is installed, 1 is locked"]),
        ({"z": "1"}, ["z 1 is installed and not locked"]),
        ({"pip": "9"}, []),
    ],
)
def test_what_is_installed_against_what_is_locked(installed: dict[str, str], said: list[str]) -> None:
    assert list(faults_of_environment([SOUND], installed)) == said
