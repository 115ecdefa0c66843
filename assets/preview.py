"""Previews: a few rows as Markdown, for the metadata of an asset. What they show is foreign text and stays text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ROWS = 10
WIDTH = 60
_ESCAPED = str.maketrans({c: f"\\{c}" for c in r"\`*_[]<>|#!$~"})


def markdown(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """The first rows as a table of Markdown; long values are cut, markup is escaped."""
    if not rows:
        return "no rows"
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(_cell(row.get(c)) for c in columns) + " |" for row in rows[:ROWS]]
    if len(rows) > ROWS:
        lines.append(f"\n{len(rows) - ROWS:,} more")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = " ".join(str(value).split())
    text = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
    return "".join(c for c in text if c.isprintable()).translate(_ESCAPED)
