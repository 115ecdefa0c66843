"""The Atom feed of new claims. Dates are those of the papers, so that a feed built twice is the same."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from pipeline.site.links import page_of
from pipeline.site.snapshot import Snapshot

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
_AUTHORITY = "tag:catchup-survey.invalid,2023:"


def atom_feed(snap: Snapshot, base_url: str | None) -> bytes:
    """The newest claims; `base_url` ends in a slash, without it links are relative to the feed."""
    root = base_url or ""
    dated = [(snap.published(c["paper_id"]) or "1970-01-01", c) for c in snap.rows["claims"]]
    newest = sorted(dated, key=lambda pair: (pair[0], pair[1]["claim_id"]), reverse=True)[:ENTRIES]
    feed = ElementTree.Element("feed", {"xmlns": ATOM})
    _add(feed, "id", _AUTHORITY + "claims")
    _add(feed, "title", "Are open models catching up? New claims")
    _add(feed, "updated", f"{snap.date}T00:00:00Z")
    _add(feed, "link", None, rel="self", href=f"{root}feed.xml")
    _add(feed, "link", None, rel="alternate", type="text/html", href=f"{root}claims.html")
    author = _add(feed, "author", None)
    _add(author, "name", "catchup")
    for date, claim in newest:
        paper = snap.papers.get(claim["paper_id"], {})
        entry = _add(feed, "entry", None)
        _add(entry, "id", _AUTHORITY + claim["claim_id"])
        says = claim["relation"].replace("_", " ")
        _add(entry, "title", f"{claim['subject_raw']}: claims {says} {claim['baseline_raw']}")
        _add(entry, "updated", f"{date[:10]}T00:00:00Z")
        _add(entry, "link", None, href=f"{root}{page_of('paper', claim['paper_id'])}#{claim['claim_id']}")
        verdict = (claim["verdict"] or "not judged").replace("_", " ")
        reason = f" ({claim['verdict_reason']})" if claim["verdict_reason"] else ""
        title = paper.get("title") or claim["paper_id"]
        _add(entry, "summary", f"“{claim['sentence']}” In: {title}. Checked: {verdict}{reason}")
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ElementTree.Element, tag: str, text: str | None, **attributes: Any) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    # XML 1.0 has no place for control characters, which a hostile PDF may hold.
    child.text = "".join(ch for ch in text if ch >= " " or ch in "\t\n") if text is not None else None
    return child
