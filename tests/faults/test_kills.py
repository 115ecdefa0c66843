"""A run that is killed loses nothing: the next one ends well, with the bytes of an undisturbed run.

This is the short form of `kill_runs.py`, which `make fuzz` has kill a hundred runs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(900)  # three short runs and two kills: a loaded machine takes minutes
def test_runs_killed_at_random_moments_leave_no_trace() -> None:
    script = Path(__file__).with_name("kill_runs.py")
    command = [sys.executable, str(script), "--kills", "2", "--in-a-row", "2", "--papers", "3", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("2 runs killed")
