"""Reads spoiled PDFs in worker processes under limits, and tells how each ended.

    python tests/faults/fuzz_pdfs.py --count 2000 --seed 0 [--sources FOLDER] [--workers 2]

Every file ends with a status: parsed, a typed error of extraction, or a fault of its worker (memory, time, a crash
within MuPDF). Anything else is a fault of ours: the script names its seeds and ends with status 1.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.pdf_fuzz import DEMO, Ending, fuzz


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sources", type=Path, default=DEMO)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    statuses: Counter[str] = Counter()
    ours: list[Ending] = []
    slowest, peak = 0.0, 0
    for ending in fuzz(range(given.seed, given.seed + given.count), given.sources, given.workers):
        statuses[ending.status] += 1
        slowest, peak = max(slowest, ending.seconds), max(peak, ending.peak)
        if ending.is_ours:
            ours.append(ending)
            print(f"seed {ending.seed} ({ending.change}): {ending.status}", flush=True)
        if statuses.total() % 100 == 0:
            print(f"{statuses.total():6} read, {statuses['parsed']} parsed, {len(ours)} faults of ours", flush=True)
    for status, count in statuses.most_common():
        print(f"{count:6} {status}")
    print(f"slowest that ended {slowest:.1f} s of processor time, highest memory of a worker {peak} MiB")
    print(f"{len(ours)} faults of ours")
    return 1 if ours else 0


if __name__ == "__main__":
    raise SystemExit(main())
