"""A page of a paper with the tables that were read from it drawn in, for `catchup show --page N --draw FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assets.fingerprint import fingerprint
from assets.work import kept_reading
from extractors.errors import ExtractionError
from extractors.tables.draw import draw_page
from pipeline.errors import SourceError
from pipeline.resources.storage import DirectoryStore


def draw(store: DirectoryStore, paper_id: str, page: int, to: Path) -> None:
    """Writes the page (from 1) of the newest version as PNG. Raises SourceError where there is nothing to draw."""
    row = _newest(store, paper_id)
    reading = kept_reading(store.reading_path(fingerprint("reading"), row["reading"]))
    if reading is None:
        raise SourceError(f"{paper_id} was read by older rules, or could not be read; see `catchup status`")
    try:
        png = draw_page(Path(row["path"]).read_bytes(), page, reading.tables)
    except ExtractionError as error:
        raise SourceError(str(error)) from error
    to.write_bytes(png)


def _newest(store: DirectoryStore, paper_id: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for week in store.weeks("documents"):
        table = store.read("documents", week)
        if table is not None:
            rows += [r for r in table.to_pylist() if r["paper_id"] == paper_id and r["reading"] is not None]
    if not rows:
        raise SourceError(f"no PDF of a paper {paper_id!r} in {store.root}")
    return max(rows, key=lambda r: (r["version"] or 0, r["locator"]))
