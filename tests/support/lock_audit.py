"""What is wrong with the lock file, and where what is installed departs from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any


def faults_of_lock(packages: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the lock file: a package from elsewhere than most come from, or a file without a hash."""
    registries = Counter(p["source"]["registry"] for p in packages if "registry" in p["source"])
    index = max(registries, key=lambda name: registries[name], default=None)
    for package in packages:
        source = package["source"]
        if "editable" in source or "virtual" in source:
            continue
        if source.get("registry") != index:
            yield f"{package['name']} comes from {source}"
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        if not files or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", f.get("hash", "")) for f in files):
            yield f"{package['name']} has files without a SHA-256"


def faults_of_environment(packages: list[dict[str, Any]], installed: dict[str, str]) -> Iterator[str]:
    """Where what is installed is not what is locked; `pip` and what brings the project itself are not looked at."""
    locked: dict[str, set[str]] = {}
    for package in packages:
        locked.setdefault(package["name"], set()).add(package.get("version", ""))
    for name, version in sorted(installed.items()):
        if name in locked and version not in locked[name] and locked[name] != {""}:
            yield f"{name} {version} is installed, {', '.join(sorted(locked[name]))} is locked"
        elif name not in locked and name not in ("pip", "setuptools"):
            yield f"{name} {version} is installed and not locked"
