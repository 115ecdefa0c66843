"""How the gap to a closed baseline closed: in points, as the best margin so far, and in months by benchmark."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from pipeline.site.answers import is_baseline
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot

BASELINES = {"gpt-3.5-turbo": "GPT-3.5-turbo", "gpt-4": "GPT-4"}
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class GapPoint:
    """The best margin up to `date` of any open model, in points of a percent scale, and the comparison that set it."""

    baseline: str
    capability: str
    date: str
    margin: float
    comparison: Row


@dataclass(frozen=True, slots=True)
class Race:
    """One benchmark: when a paper first set an open model beside the baseline, and when one first reached it."""

    baseline: str
    capability: str
    benchmark_id: str
    metric_id: str | None
    first: Row
    first_date: str
    reached: Row | None
    reached_date: str | None
    months: float | None


def gap_points(snap: Snapshot) -> list[GapPoint]:
    """Only scores of a percent scale are set beside each other; a point a record, in order of dates."""
    out = []
    for baseline in BASELINES:
        for capability in CAPABILITIES:
            best: float | None = None
            for date, row in _dated(snap, baseline, capability):
                result = snap.results.get(row["result_ids"][0], {})
                if result.get("unit") != "percent":
                    continue
                if best is None or row["margin"] > best:
                    best = row["margin"]
                    out.append(GapPoint(baseline, capability, date, row["margin"], row))
    return out


def races(snap: Snapshot) -> list[Race]:
    out = []
    for baseline in BASELINES:
        for capability in CAPABILITIES:
            lanes: defaultdict[tuple[str, str | None], list[tuple[str, Row]]] = defaultdict(list)
            for date, row in _dated(snap, baseline, capability):
                if row["benchmark_id"]:
                    lanes[row["benchmark_id"], row["metric_id"]].append((date, row))
            for (benchmark_id, metric_id), rows in sorted(lanes.items(), key=lambda kv: (kv[0][0], kv[0][1] or "")):
                reached = next(((d, r) for d, r in rows if r["margin"] >= 0), None)
                months = _months(rows[0][0], reached[0]) if reached else None
                out.append(
                    Race(
                        *(baseline, capability, benchmark_id, metric_id, rows[0][1], rows[0][0]),
                        *(reached[1] if reached else None, reached[0] if reached else None, months),
                    )
                )
    return out


def _dated(snap: Snapshot, baseline: str, capability: str) -> list[tuple[str, Row]]:
    rows = [
        (snap.published(c["paper_id"]), c)
        for c in snap.rows["comparisons"]
        if c["capability"] == capability and is_baseline(c["baseline_id"], baseline)
    ]
    dated = [(date, row) for date, row in rows if date]
    return sorted(dated, key=lambda pair: (pair[0], -pair[1]["margin"], pair[1]["comparison_id"]))


def _months(start: str, end: str) -> float:
    days = (datetime.date.fromisoformat(end[:10]) - datetime.date.fromisoformat(start[:10])).days
    return round(days / _DAYS_A_MONTH, 1)
