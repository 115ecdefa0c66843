"""What a table is for: results, ablation, statistics or other, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.records import Cell, TableKind
from extractors.tables.lines import is_blank, is_number

_ABLATION = re.compile(r"\bablat|\bwithout\b|\beffect of\b|\bimpact of\b|\bcontribution of\b", re.I)
_STATISTICS = re.compile(
    r"\bstatistic|\bnumber of (?:examples|instances|samples|tokens|questions)|\bhyper-?parameter"
    r"|\bdata (?:mix|composition)"
    r"|\bdataset (?:size|split|details)|\btraining (?:details|configuration)"
    r"|\bconfigurations? of\b|\bdistribution of\b",
    re.I,
)


def classify(caption: str | None, cells: Sequence[Cell]) -> tuple[TableKind, str]:
    """The kind and, in words, why."""
    body = [c.text for c in cells if not c.is_header and not is_blank(c.text)]
    share = sum(map(is_number, body)) / len(body) if body else 0.0
    words = caption or ""
    if share < 0.25:
        return "other", f"{share:.0%} of the body cells are numbers"
    if match := _STATISTICS.search(words):
        return "statistics", f"the caption says {match.group()!r}"
    if match := _ABLATION.search(words):
        return "ablation", f"the caption says {match.group()!r}"
    return "results", f"{share:.0%} of the body cells are numbers"
