"""Listings kept for the day on which they were asked for: arXiv changes its own but once a day."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.resources.arxiv_org.listed import ListedPaper

_PAPERS = TypeAdapter(list[ListedPaper])
_KEPT_DAYS = 7


class ListingCache:
    """Files `<day>-<hash of the question>.json` in one folder, written by rename; older ones are swept away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, question: object, day: datetime.date) -> list[ListedPaper] | None:
        """What was answered on that day; None where nothing was, or where the file is damaged."""
        try:
            return _PAPERS.validate_json(self._path(question, day).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def put(self, question: object, day: datetime.date, papers: list[ListedPaper]) -> None:
        """Keeps an answer and sweeps those that are older than a week."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(question, day)
        draft = path.with_suffix(".part")
        draft.write_bytes(_PAPERS.dump_json(papers))
        draft.replace(path)
        oldest = (day - datetime.timedelta(days=_KEPT_DAYS)).isoformat()
        for old in self._folder.glob("????-??-??-*.json"):
            if old.name[:10] < oldest:
                old.unlink(missing_ok=True)

    def _path(self, question: object, day: datetime.date) -> Path:
        key = hashlib.sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()[:16]
        return self._folder / f"{day.isoformat()}-{key}.json"
