"""How the gap to a closed baseline closed: in points, benchmark by benchmark, and in months.

Both rest on the comparisons that count (`counted`).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from pipeline.site.counted import BASELINES, Counted, counted, is_baseline, measure
from pipeline.site.snapshot import CAPABILITIES, Snapshot

BENCHMARKS = 3  # lines a capability and baseline: more would not be told apart
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class GapPoint:
    """The best lead so far of any open model on one benchmark, in points of a scale of 0 to 100, and what set it."""

    baseline: str
    capability: str
    benchmark_id: str
    date: str
    margin: float
    record: Counted


@dataclass(frozen=True, slots=True)
class Race:
    """One benchmark: when a paper first reported a score of the closed model, and when one first showed an open model
    that reached it in the same table; `reached` is None where none has yet."""

    baseline: str
    capability: str
    benchmark_id: str
    first_paper: str
    first_date: str
    reached: Counted | None
    months: float | None


def gap_points(snap: Snapshot) -> list[GapPoint]:
    """The records, a benchmark after the other, each in order of dates.

    Drawn are the `BENCHMARKS` of a capability that most papers speak of: a record that one paper sets and no other
    looks at says little, and the benchmarks of a capability come and go, so they are not averaged."""
    out = []
    for baseline in BASELINES:
        dated = _dated(snap, baseline)
        for capability in CAPABILITIES:
            lanes: defaultdict[str, list[tuple[str, Counted]]] = defaultdict(list)
            for date, one in dated:
                if one.percent and snap.capabilities.get(one.row["benchmark_id"]) == capability:
                    lanes[one.row["benchmark_id"]].append((date, one))
            papers = {name: len({one.row["paper_id"] for _, one in rows}) for name, rows in lanes.items()}
            for benchmark in sorted(lanes, key=lambda b: (-papers[b], -len(lanes[b]), b))[:BENCHMARKS]:
                best: float | None = None
                for date, one in lanes[benchmark]:
                    if best is None or one.lead > best:
                        best = one.lead
                        out.append(GapPoint(baseline, capability, benchmark, date, best, one))
    return out


def races(snap: Snapshot) -> list[Race]:
    out = []
    for baseline in BASELINES:
        first = _first_reports(snap, baseline)
        lanes: defaultdict[str, list[tuple[str, Counted]]] = defaultdict(list)
        for date, one in _dated(snap, baseline):
            lanes[one.row["benchmark_id"]].append((date, one))
        for capability in CAPABILITIES:
            for benchmark_id, rows in sorted(lanes.items()):
                if snap.capabilities.get(benchmark_id) != capability:
                    continue
                date, paper_id = first[benchmark_id]
                reached = next(((d, one) for d, one in rows if one.row["relation"] != "behind"), None)
                months = _months(date, reached[0]) if reached else None
                out.append(
                    Race(baseline, capability, benchmark_id, paper_id, date, reached[1] if reached else None, months)
                )
    return out


def _dated(snap: Snapshot, baseline: str) -> list[tuple[str, Counted]]:
    dated = [(one.date, one) for one in counted(snap, baseline) if one.date]
    return sorted(dated, key=lambda pair: (pair[0], -pair[1].lead, pair[1].row["comparison_id"]))


def _first_reports(snap: Snapshot, baseline: str) -> dict[str, tuple[str, str]]:
    """The date of the first paper with a score of the closed model on a benchmark, and that paper."""
    out: dict[str, tuple[str, str]] = {}
    for result in snap.rows["results"]:
        date = snap.published(result["paper_id"])
        if date and is_baseline(result["model_id"], baseline) and measure(snap, result) is not None:
            benchmark, found = result["benchmark_id"], (date, result["paper_id"])
            out[benchmark] = min(out.get(benchmark, found), found)
    return out


def _months(start: str, end: str) -> float:
    days = (datetime.date.fromisoformat(end[:10]) - datetime.date.fromisoformat(start[:10])).days
    return round(days / _DAYS_A_MONTH, 1)
