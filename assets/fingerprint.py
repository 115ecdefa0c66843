"""Fingerprints of the code of a stage: what was made by other rules is made anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import assets
import expectations
import extractors

_READING = tuple(f"extractors/{part}" for part in ("document", "tables", "read.py", "records.py", "ids.py"))
_RESULTS = (*_READING, "extractors/registry", "extractors/results")
_CLAIMS = (*_RESULTS, "extractors/claims")
_DATASET = (*_CLAIMS, "extractors/survey", "expectations", "assets")
_SHAPES = ("expectations/contracts", "expectations/schema.py", "assets/stages.py", "assets/work.py")
STAGES = {"shapes": _SHAPES, "reading": _READING, "results": _RESULTS, "claims": _CLAIMS, "dataset": _DATASET}
_PACKAGES = {package.__name__: Path(package.__path__[0]) for package in (assets, expectations, extractors)}
_LIBRARIES = ("pymupdf", "spacy")  # another version of these may read another text
_SUFFIXES = frozenset({".py", ".yml", ".json"})


@cache
def fingerprint(stage: str) -> str:
    """Twelve hex digits over the files of a stage of `STAGES` and the versions of the libraries that they stand on."""
    digest = hashlib.sha256()
    for part in STAGES[stage]:
        package, _, below = part.partition("/")
        root = _PACKAGES[package]
        place = root / below
        files = sorted(f for f in place.rglob("*") if f.suffix in _SUFFIXES) if place.is_dir() else [place]
        for file in files:
            digest.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}".encode())
        except PackageNotFoundError:  # a build without metadata
            digest.update(library.encode())
    return digest.hexdigest()[:12]


def digest_of(*parts: str) -> str:
    """A short digest over digests and fingerprints."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
