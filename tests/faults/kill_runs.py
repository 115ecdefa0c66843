"""Kills `catchup run` at random moments and looks at what the next run makes of it.

    python tests/faults/kill_runs.py --kills 100 --papers 30 --sources FOLDER [--in-a-row 2] [--seed 0]

Ends with status 1 when a run after a kill failed, or when a byte of its data differs from an undisturbed run's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.killed_runs import some_papers, trials
from support.pdf_fuzz import DEMO


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--in-a-row", type=int, default=4, help="kills on one data directory before it is finished")
    parser.add_argument("--papers", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sources", type=Path, default=DEMO)
    given = parser.parse_args()
    faults = struck = missed = 0
    with tempfile.TemporaryDirectory(prefix="catchup-kills-") as name:
        source = some_papers(given.sources, given.papers, Path(name) / "source")
        for trial in trials(source, Path(name), kills=given.kills, in_a_row=given.in_a_row, seed=given.seed):
            struck += len(trial.struck)
            missed += trial.missed
            faults += trial.fault is not None
            print(f"{struck:4} kills, now at {', '.join(trial.struck)}: {trial.fault or 'well'}", flush=True)
    print(f"{struck} runs killed ({missed} more had ended before), {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
