"""The page of conflicts: different scores for what should be one measurement, grouped by where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.site.page import Page
from pipeline.site.snapshot import Row, Snapshot


@dataclass(frozen=True, slots=True)
class Sources:
    """A conflict and where its scores stand: paper (None for the survey's own rows) and results."""

    conflict: Row
    papers: tuple[tuple[str | None, tuple[str, ...]], ...]

    @property
    def order(self) -> tuple[Any, ...]:
        """What a reader wants first: nothing explains it, papers contradict each other, and it turns comparisons."""
        c = self.conflict
        return (
            *(c["kind"] != "unexplained", len(self.papers) < 2, -len(c.get("flipped_comparison_ids") or ())),
            *(c["benchmark_id"], c["conflict_id"]),
        )


def conflicts_page(snap: Snapshot) -> Page:
    survey = {r["survey_id"]: r for r in snap.rows["survey_results"]}
    found = [Sources(c, _sources(snap, c, survey)) for c in snap.rows["conflicts"]]
    found.sort(key=lambda s: s.order)
    rows = [s.conflict for s in found]
    about = "Different scores for what should be one measurement."
    context = {"conflicts": found, "survey": survey}
    return Page("conflicts.html", "conflicts.html", "Conflicts", about, context, {"conflicts": rows})


def _sources(
    snap: Snapshot, conflict: Row, survey: Mapping[str, Row]
) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    """Results of a conflict by their paper; those of the survey's own rows have none."""
    by_paper: dict[str | None, list[str]] = {}
    for result_id in conflict["result_ids"]:
        result = snap.results.get(result_id)
        if result or result_id in survey:
            by_paper.setdefault(result["paper_id"] if result else None, []).append(result_id)
    return tuple((paper_id, tuple(ids)) for paper_id, ids in by_paper.items())
