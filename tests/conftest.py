"""Fixtures that every kind of test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real papers beside the checkout; skips with a message where it is absent, and in CI."""
    if os.environ.get("CI"):
        pytest.skip("real papers are not read in CI")
    folder = Path(os.environ.get("CATCHUP_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip("no folder of real papers beside the checkout (set CATCHUP_SHARED)")
    return folder
