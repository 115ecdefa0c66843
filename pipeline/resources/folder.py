"""A folder of PDFs as a source, with an optional `metadata.jsonl` beside them. PDFs are read where they are."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from assets.plain import plain_meta
from assets.ports import Listed, PaperUnavailableError, Pdf
from assets.weeks import Week, week_of
from extractors.records import PaperMeta
from pipeline.errors import SourceError

_ARXIV = re.compile(r"(\d{4}\.\d{4,5})(?:v([1-9]\d{0,3}))?", re.ASCII)
_VERSION = re.compile(r"v?([1-9]\d{0,3})", re.ASCII)
_DATES = ("published", "updated")
_TEXT = ("title", "abstract", "published", "updated", "primary_category", "license", "pdf_url")


class FolderSource:
    """Papers by the week of their published date; undated ones, and those older than the first week, are in the first.
    A date after the week of `today` is not believed: the paper counts as undated, and its listing says why.

    Implements `assets.ports.Source`. Raises SourceError where there is no folder, no PDF, or a broken line of metadata.
    """

    lists_newest_only = False

    def __init__(self, folder: Path, today: datetime.date) -> None:
        self._folder = folder.resolve()
        self._today = today

    @property
    def key(self) -> str:
        return f"folder:{self._folder}"

    def check(self) -> None:
        """Raises SourceError where the folder cannot serve as a source."""
        _ = self.papers

    @cached_property
    def papers(self) -> Mapping[Week, Sequence[Listed]]:
        """What the folder holds, by week, each week in the order of (paper_id, version, file)."""
        found: dict[Week, list[Listed]] = {}
        for path, meta in list_folder(self._folder):
            reason = None
            if meta.published is not None and meta.published >= week_of(self._today.isoformat()).end.isoformat():
                reason = f"undated: it is said to be of {meta.published}, which is still to come"
                meta = replace(meta, published=None)
            found.setdefault(week_of(meta.published), []).append(Listed(meta, str(path), reason=reason))
        return {week: sorted(papers, key=_order) for week, papers in sorted(found.items())}

    def list_papers(self, week: Week) -> Sequence[Listed]:
        return self.papers.get(week, ())

    def list_ids(self, ids: Sequence[str]) -> Sequence[Listed]:
        every = [p for papers in self.papers.values() for p in papers]
        wanted = [p for p in every if _names(p.meta) & set(ids)]
        unknown = set(ids) - {name for p in wanted for name in _names(p.meta)}
        if unknown:
            raise SourceError(f"{self._folder} holds no paper {', '.join(sorted(unknown))}")
        return wanted

    def fetch(self, paper: Listed, to: Path) -> Pdf:
        """The file in its place; `to` is left alone."""
        path = Path(paper.locator)
        try:
            with path.open("rb") as file:
                return Pdf(path, hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as error:
            raise PaperUnavailableError(f"cannot read {path.name}: {error.strerror}", is_final=False) from error


def list_folder(folder: Path) -> list[tuple[Path, PaperMeta]]:
    """The PDFs of a folder by name, with what is known of each."""
    if not folder.is_dir():
        raise SourceError(f"{folder} is no folder; give one of PDFs with --source DIR, or --source arxiv")
    said = _metadata(folder / "metadata.jsonl")
    papers = [(p, _meta(p, said.get(p.name, {}))) for p in sorted(folder.glob("*.pdf"))]
    if not papers:
        raise SourceError(f"{folder} holds no PDF; put some there, or give another folder with --source DIR")
    return papers


def _metadata(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    out = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: JSON may hold other separators
    except ValueError as error:
        raise SourceError(f"{path} is no text in UTF-8: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = _said(json.loads(line))
            except ValueError as error:
                raise SourceError(f"{path} line {number}: {error}") from error
            out[str(row["file"])] = row
    return out


def _said(row: Any) -> dict[str, Any]:
    """A line of metadata with its dates as days and its version as a number; raises ValueError for another thing."""
    if not isinstance(row, dict) or not row.get("file"):
        raise ValueError('it is no object that names its PDF: {"file": ..., "paper_id": ..., "published": ...}')
    dates = {n: datetime.date.fromisoformat(str(row[n])[:10]).isoformat() for n in _DATES if row.get(n)}
    names = {n: _names_in(row[n], n) for n in ("authors", "categories") if row.get(n)}
    return {**row, **dates, **names, "version": _version(row.get("version"))}


def _version(said: Any) -> int | None:
    """1 to 9999, also as `v2` or "2"; None for what is unknown: null, "" or 0."""
    if said in (None, "", 0) and not isinstance(said, bool):
        return None
    match = _VERSION.fullmatch(str(said).strip()) if isinstance(said, int | str) else None
    if match is None:
        raise ValueError(f"version {str(said)[:40]!r} is no number from 1 to 9999")
    return int(match[1])


def _names_in(said: Any, field: str) -> list[str]:
    if isinstance(said, str):
        return [said]
    if not isinstance(said, list):
        raise ValueError(f"{field} is no list of names")
    return [str(name) for name in said]


def _meta(path: Path, row: Mapping[str, Any]) -> PaperMeta:
    match = _ARXIV.fullmatch(path.stem)
    version: int | None = row.get("version") or (int(match[2]) if match and match[2] else None)
    # Whoever wrote metadata.jsonl: a lone surrogate would end the whole run when it is written to parquet.
    return plain_meta(
        PaperMeta(
            paper_id=str(row.get("paper_id") or (match[1] if match else path.stem)),
            version=version,
            authors=tuple(row.get("authors") or ()),
            categories=tuple(row.get("categories") or ()),
            **{name: str(row[name]) for name in _TEXT if row.get(name)},
        )
    )


def _names(meta: PaperMeta) -> frozenset[str]:
    """The ids under which a paper can be asked for, with and without its version."""
    return frozenset({meta.paper_id, f"{meta.paper_id}v{meta.version}"})


def _order(paper: Listed) -> tuple[str, int, str]:
    return (paper.meta.paper_id, paper.meta.version or 0, paper.locator)
