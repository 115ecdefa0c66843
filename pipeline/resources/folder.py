"""A folder of PDFs as a source, with an optional `metadata.jsonl` beside them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.records import PaperMeta
from pipeline.errors import SourceError

_ARXIV = re.compile(r"^(\d{4}\.\d{4,5})(?:v(\d+))?$")
_TEXT = ("title", "abstract", "published", "updated", "primary_category", "license", "pdf_url")


@dataclass(frozen=True, slots=True)
class FolderPaper:
    path: Path
    meta: PaperMeta


def list_folder(folder: Path) -> list[FolderPaper]:
    """The PDFs of a folder by name; raises SourceError where there is no folder, no PDF, or a broken metadata line."""
    if not folder.is_dir():
        raise SourceError(f"{folder} is no folder; give one of PDFs with --source DIR")
    said = _metadata(folder / "metadata.jsonl")
    papers = [FolderPaper(p, _meta(p, said.get(p.name, {}))) for p in sorted(folder.glob("*.pdf"))]
    if not papers:
        raise SourceError(f"{folder} holds no PDF")
    return papers


def _metadata(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    out = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            out[str(row["file"])] = row
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise SourceError(f"{path} line {number} is no object with a file: {error}") from error
    return out


def _meta(path: Path, row: dict[str, Any]) -> PaperMeta:
    match = _ARXIV.match(path.stem)
    version = row.get("version") or (int(match[2]) if match and match[2] else None)
    return PaperMeta(
        paper_id=str(row.get("paper_id") or (match[1] if match else path.stem)),
        version=int(version) if version is not None else None,
        authors=tuple(map(str, row.get("authors") or ())),
        categories=tuple(map(str, row.get("categories") or ())),
        **{name: str(row[name]) for name in _TEXT if row.get(name) is not None},
    )
