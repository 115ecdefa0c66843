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


_COUNTED = re.compile(
    r"^#|^no\. of\b|\bnumber of\b|\bcounts?\b|\bsizes?\b|\bexamples\b|\binstances\b|\bsamples\b|\bsentences\b"
    r"|\btokens?\b|\bparam(?:eter)?s?\b|\bavg\.? (?:len|tok|words)|\blength\b"
    r"|^(?:train(?:ing)?|dev|valid(?:ation)?|val|test|total|all)$"
    r"|\blearning rate\b|\bbatch\b|\bepochs?\b|\bsteps\b|\bwarm-?up\b|\bweight decay\b|\bdropout\b|\blayers\b|\bheads\b"
    r"|\btemperature\b|\btop[-_ ]?[pk]\b",
    re.I,
)
_PART = re.compile(r"^(?:w/o\b|without\b|[-−–]\s?[a-z(])", re.I)
_COUNTED_SHARE = 0.6  # of the headers or labels; a score table names one size at most
_PARTS = 2  # rows that take a part away


def classify(caption: str | None, cells: Sequence[Cell]) -> tuple[TableKind, str]:
    """The kind and, in words, why: what the caption says goes before what headers and labels say."""
    body = [c.text for c in cells if not c.is_header and not is_blank(c.text)]
    share = sum(map(is_number, body)) / len(body) if body else 0.0
    words = caption or ""
    if share < 0.25:
        return "other", f"{share:.0%} of the body cells are numbers"
    if match := _STATISTICS.search(words):
        return "statistics", f"the caption says {match.group()!r}"
    if match := _ABLATION.search(words):
        return "ablation", f"the caption says {match.group()!r}"
    tops = [c.text for c in cells if c.is_header and c.row == 0 and c.col > 0 and c.text]
    sides = [c.text for c in cells if c.is_header and c.row > 0 and c.col == 0 and c.col_span == 1 and c.text]
    whole = sum("." not in t for t in body) / len(body)
    for place, names in (("column headers", tops), ("row labels", sides)):
        counted = [n for n in names if _COUNTED.search(n)]
        if len(counted) > 1 and len(counted) >= _COUNTED_SHARE * len(names) and whole > 0.5:
            return (
                "statistics",
                f"{len(counted)} of {len(names)} {place} name counts or settings, such as {counted[0]!r}",
            )
    parts = [n for n in sides if _PART.match(n)]
    if len(parts) >= _PARTS:
        return "ablation", f"{len(parts)} row labels take a part away, such as {parts[0]!r}"
    return "results", f"{share:.0%} of the body cells are numbers; caption, headers and labels name no other use"
