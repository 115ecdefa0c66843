"""Audits what is installed: the lock file and the environment offline, advisories where they can be had.

    python tests/faults/audit_lock.py

Offline: every package of `uv.lock` comes from one and the same index, with a SHA-256 for each of its files, and what is
installed is what is locked. Then `pip-audit` asks for known holes. It counts packages that it could not look up as
sound; here they are told apart, so that an audit without network is not taken for one that found nothing. Ends with
status 1 where something is wrong, 3 where no package's advisories could be had, 0 otherwise.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.lock_audit import faults_of_environment, faults_of_lock  # run as a script, not by pytest

LOCK = Path(__file__).resolve().parents[2] / "uv.lock"


def advisories() -> tuple[list[str], int, int]:
    """Known holes, how many packages were looked up, and how many could not be."""
    command = [sys.executable, "-m", "pip_audit", "--skip-editable", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    start = done.stdout.find("{")
    found = json.loads(done.stdout[start:])["dependencies"] if start >= 0 else []
    looked = [d for d in found if "skip_reason" not in d]
    holes = [f"{d['name']} {d['version']}: {v['id']}" for d in looked for v in d.get("vulns", ())]
    return holes, len(looked), len(found) - len(looked)


def main() -> int:
    packages = tomllib.loads(LOCK.read_text(encoding="utf-8"))["package"]
    installed = {re.sub(r"[-_.]+", "-", d.name).lower(): d.version for d in distributions()}
    faults = [*faults_of_lock(packages), *faults_of_environment(packages, installed)]
    print("\n".join(faults) or f"{len(packages)} locked packages: one index, SHA-256 each, installed as locked")
    holes, looked, missed = advisories()
    print("\n".join(holes) or f"no known hole in {looked} packages")
    if missed or not looked:
        print(f"{missed or 'all'} packages could not be looked up (no network, or an index without PyPI's JSON)")
    return 1 if faults or holes else 0 if looked else 3


if __name__ == "__main__":
    raise SystemExit(main())
