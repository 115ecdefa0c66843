"""Addresses: of pages by id, of anchors in them, of PDFs at a page. All stay the same from build to build."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from pipeline.site.snapshot import Row, Snapshot

_ARXIV = re.compile(r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$")


def slug(entity_id: str) -> str:
    """A file name for an id. Ids of plain characters keep their looks; others end in a piece of their hash."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", entity_id)[:80].lstrip(".") or "_"
    if plain == entity_id:
        return plain
    return f"{plain}-{hashlib.sha256(entity_id.encode()).hexdigest()[:8]}"


def page_of(kind: str, entity_id: str | None) -> str | None:
    """`paper`, `model` or `benchmark` to the address of its page, from the root of the site."""
    return f"{kind}s/{slug(entity_id)}.html" if entity_id else None


def evidence(snap: Snapshot, result_id: str) -> str | None:
    """The cell of a result in its paper's page; None for an id that is no mined result."""
    result = snap.results.get(result_id)
    return f"{page_of('paper', result['paper_id'])}#{result_id}" if result else None


def pdf_at(paper: Row | None, page: int | None = None) -> str | None:
    """The PDF of a paper, opened at a page. Only web addresses are followed: a source's word is not trusted further."""
    if paper is None:
        return None
    url = paper.get("pdf_url")
    if not url and _ARXIV.match(paper["paper_id"]):
        version = f"v{paper['version']}" if paper.get("version") else ""
        url = f"https://arxiv.org/pdf/{paper['paper_id']}{version}"
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return None
    return f"{url}#page={page}" if page else str(url)
