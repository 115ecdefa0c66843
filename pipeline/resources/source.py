"""The interface of a source of papers, for those who write one.

The protocol itself stands in `assets.ports`, as assets may not import from `pipeline`. Its two implementations are
`folder.py` and `arxiv_org/`.
"""

from __future__ import annotations

from assets.ports import Listed, PaperUnavailableError, Pdf, Source
from assets.weeks import Week, week_of
from pipeline.errors import SourceError, SourceUnreachableError

__all__ = [
    "Listed",
    "PaperUnavailableError",
    "Pdf",
    "Source",
    "SourceError",
    "SourceUnreachableError",
    "Week",
    "week_of",
]
