"""A run that is killed loses nothing: the next one ends well, with the bytes of an undisturbed run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.killed_runs import some_papers, trials
from support.pdf_fuzz import DEMO


@pytest.mark.skipif("CATCHUP_LONG" not in os.environ, reason="takes minutes; `make fuzz` runs it")
def test_runs_killed_at_random_moments_leave_no_trace(tmp_path: Path) -> None:
    source = some_papers(DEMO, 6, tmp_path / "source")
    found = list(trials(source, tmp_path, kills=2, in_a_row=2, seed=1))
    assert {t.fault for t in found} == {None}
    assert sum(len(t.struck) for t in found) == 2
