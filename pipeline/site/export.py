"""The tables as plain Markdown in the shape of the survey's live page: a table a capability, models by benchmarks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.site.counted import BASELINES
from pipeline.site.leaderboards import Board, survey_tables
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot, grouped

COLUMNS = 8  # benchmarks a table: the most reported ones
ROWS = 30


def escape(text: object) -> str:
    """Text for a Markdown table: no cell border, link, emphasis or tag can come from it."""
    flat = " ".join(str(text).split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_{}\[\]()#!|~>$])", r"\\\1", flat)


def markdown(snap: Snapshot, by_capability: dict[str, list[Board]]) -> str:
    lines = [f"# Are open-source LLMs catching up? ({snap.date})", ""]
    lines += ["Mined: best score that any paper reports, without checking that settings agree.", ""]
    survey = grouped(snap.rows["survey_results"], "capability")
    for key, title in CAPABILITIES.items():
        lines += [f"## {title}", ""]
        for table in survey_tables(survey.get(key, [])):
            where = "survey" if table.provenance == "survey" else "live page"
            lines += [f"### {escape(table.label)} of the {where}, as it stood (made by hand)", ""]
            lines += _table(["Model", *table.columns], [[row["model_raw"], *cells] for row, cells in table.rows])
        mined = _mined(by_capability.get(key, []))
        if mined:
            lines += ["### Mined from papers", "", *mined]
    return "\n".join(lines).rstrip() + "\n"


def _mined(boards: Sequence[Board]) -> list[str]:
    """Models by benchmarks, those with a score of GPT-3.5-turbo first; the GPT lines stand below, as in the survey."""
    shown = sorted(boards, key=lambda b: not b.has_baseline)[:COLUMNS]
    scores: dict[tuple[str, int], Row] = {}
    names: dict[str, int] = {}
    lines: dict[str, str] = {}
    for i, board in enumerate(shown):
        for entry in board.entries:
            if entry.model_id:
                scores[entry.name, i] = entry.result
                names[entry.name] = names.get(entry.name, 0) + 1
                if entry.model_id in BASELINES:
                    lines[entry.model_id] = entry.name
    if not names:
        return []
    below = [lines[model_id] for model_id in BASELINES if model_id in lines]
    ordered = [n for n in sorted(names, key=lambda n: (-names[n], n)) if n not in below][:ROWS] + below
    rows = [[n, *(scores[n, i]["score_text"] if (n, i) in scores else "" for i in range(len(shown)))] for n in ordered]
    return _table(["Model", *(f"{b.name} ({b.metric})" for b in shown)], rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    out = ["| " + " | ".join(escape(h) for h in header) + " |", "|---" * len(header) + "|"]
    out += ["| " + " | ".join(escape(c) for c in row) + " |" for row in rows]
    return [*out, ""]
