"""What the numbers of a line, and the other lines of its table, tell of a line that names no metric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from extractors.records import MetricEntity
from extractors.registry.link import link_benchmark, link_metric
from extractors.registry.load import Registry
from extractors.results.meaning import Measure
from extractors.results.words import Words

Scale = Literal["rating", "percent", "mixed"]  # what the scores of a line look like
_RATING_TOP = 10  # judges rate up to 10
_MANY = 0.8  # share of ratings above 1, below which they are rather fractions
_MOST = 0.6  # share of the lines that must be measured alike to speak for another


def scale_of(scores: Sequence[float]) -> Scale:
    """`rating` where the scores run from 1 to 10, as judges give them; `percent` where all are above."""
    if scores and max(scores) <= _RATING_TOP and sum(v > 1 for v in scores) > _MANY * len(scores):
        return "rating"
    return "percent" if scores and min(scores) > _RATING_TOP else "mixed"


def common_metric(measures: Iterable[Measure], registry: Registry) -> str | None:
    """The metric of most lines that name one, or whose benchmark has a usual one; None where fewer than two agree."""
    found = [metric for m in measures if not m.is_average and (metric := _usual(m, registry)) is not None]
    if not found:
        return None
    metric, n = Counter(found).most_common(1)[0]
    return metric if n > 1 and n >= _MOST * len(found) else None


def _usual(measure: Measure, registry: Registry) -> str | None:
    if measure.metric is not None:
        named = link_metric(measure.metric, registry)
        return named.entity_id if named else None
    link = link_benchmark(measure.benchmark or "", registry)
    return registry.benchmarks[link.entity_id].default_metric_id if link else None


def are_aspects(measures: Sequence[Measure], words: Words) -> bool:
    """Whether half of the lines or more are what judges rate (`Fluency`, `Coherence`)."""
    names = [m.benchmark for m in measures if m.benchmark and not m.is_average]
    return len(names) > 1 and sum(1 for n in names if words.aspect.fullmatch(n)) >= 0.5 * len(names)


def is_difference(scores: Sequence[float], metric: MetricEntity | None) -> bool:
    """Whether a fifth of the scores or more are below what the metric can be, so that they are differences of it."""
    low = metric.lower if metric else None
    return low is not None and low >= 0 and sum(1 for v in scores if v < low) >= 0.2 * len(scores)


def is_beyond(scores: Sequence[float], metric: MetricEntity | None) -> bool:
    """Whether a score is out of the bounds of the metric, so that it was something else that was counted."""
    if metric is None:
        return False
    low, top = metric.lower, metric.upper
    return any((low is not None and v < low) or (top is not None and v > top) for v in scores)
