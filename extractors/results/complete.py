"""Measures completed from what stands farther away: the group row, the caption, the introducing text, the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.registry.link import link_benchmark, link_metric
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.context import PaperContext, TableContext
from extractors.results.meaning import Measure

Scale = Literal["rating", "percent", "mixed"]  # what the scores of a table look like
_RATING = "gpt-4-score"
# What a paper's text may give a table whose own words name no metric, where its scores are no ratings up to 10. Words
# that are English before they are metrics (recall, agreement) are not among them.
_COUNTED = (
    *("accuracy", "exact-match", "f1", "macro-f1", "pass@1", "win-rate", "bleu", "success-rate", "pass-rate"),
    *("attack-success-rate", "perplexity", "error-rate"),
)


@dataclass(frozen=True, slots=True)
class Completed:
    """Benchmark and metric with their ids; `doubts` says where each was taken from, if not from the headers."""

    benchmark: str | None
    benchmark_id: str | None
    subset: str | None
    metric: str | None
    metric_id: str | None
    setting: str | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """The benchmark a whole table is about, as printed, and the doubt that comes with where it was found."""

    name: str
    doubt: str

    @property
    def is_captions(self) -> bool:
        return self.doubt == "benchmark is taken from the caption"


def find_suite(
    measures: Sequence[Measure], near: TableContext, paper: PaperContext, registry: Registry
) -> Suite | None:
    """What unregistered headers are parts of. A caption that names several benchmarks, or headers that name some
    themselves, leave no single one."""
    linked = {
        link.entity_id
        for m in measures
        if not m.is_average and (link := link_benchmark(m.benchmark or "", registry)) is not None
    }
    headers = {key(m.benchmark) for m in measures if m.benchmark and not m.is_linked}
    if any(key(name) in header for name in near.caption_benchmarks for header in headers):
        return None  # the headers name it themselves, and others beside it
    if len(near.caption_benchmarks) == 1 or (near.caption_benchmarks and not linked):
        return Suite(near.caption_benchmarks[0], "benchmark is taken from the caption")
    if near.caption_benchmarks or linked:
        return None
    if near.noun or near.object:
        return Suite(near.noun or near.object or "", "benchmark is taken from the caption")
    if len(near.text_benchmarks) == 1:
        return Suite(near.text_benchmarks[0], "benchmark is taken from the text")
    if paper.benchmark:
        return Suite(paper.benchmark, "benchmark is the paper's own")
    if named := next(iter(near.text_benchmarks), None) or paper.page_benchmark(near.page):
        return Suite(named, "benchmark is taken from the text")
    return Suite(near.topic, "benchmark is the topic of the caption") if near.topic else None


def complete(
    measure: Measure,
    group: Measure,
    suite: Suite | None,
    is_suite_shared: bool,
    near: TableContext,
    paper: PaperContext,
    registry: Registry,
    *,
    scale: Scale,
) -> Completed:
    """The measure of a column (or row) with that of the model's own path, then with the context.

    `is_suite_shared` says that no header names a registered benchmark, so that all are parts of the suite.
    """
    doubts: list[str] = []
    benchmark, subset = measure.benchmark, measure.subset
    if benchmark is None and suite is not None and suite.is_captions and not group.is_linked:
        subset = subset or group.benchmark
    elif benchmark is None:
        benchmark = group.benchmark
    elif group.benchmark and not measure.is_linked and group.is_linked:
        benchmark, subset = group.benchmark, benchmark
    elif group.benchmark and subset is None and not measure.is_linked:
        subset = group.benchmark
    link = link_benchmark(benchmark, registry) if benchmark else None
    benchmark_id = link.entity_id if link else None
    if suite is not None:
        of_suite = link_benchmark(suite.name, registry)
        if benchmark is None:
            benchmark, benchmark_id = suite.name, of_suite.entity_id if of_suite else None
            doubts.append(suite.doubt)
        elif (benchmark_id is None or benchmark_id == "average") and is_suite_shared and of_suite:
            subset, benchmark_id = subset or benchmark, of_suite.entity_id
            doubts.append(suite.doubt)
    if benchmark is None:
        doubts.append("no benchmark named")
    elif benchmark_id is None:
        doubts.append("benchmark is not in the registry")
    metric, metric_id, doubt = _metric(measure.metric or group.metric, benchmark_id, near, paper, registry, scale)
    doubts += [doubt] if doubt else []
    setting = "; ".join(s for s in (group.setting, measure.setting) if s) or None
    return Completed(benchmark, benchmark_id, subset, metric, metric_id, setting, tuple(doubts))


def _metric(
    named: str | None,
    benchmark_id: str | None,
    near: TableContext,
    paper: PaperContext,
    registry: Registry,
    scale: Scale,
) -> tuple[str | None, str | None, str | None]:
    """Metric as printed, its id, and the doubt."""
    if named is not None:
        link = link_metric(named, registry) or link_metric(re.sub(r"[^\w@*+-]+", " ", named), registry)
        metric_id = link.entity_id if link else _said(named, registry)
        own = registry.benchmarks[benchmark_id].default_metric_id if benchmark_id else None
        if metric_id == _RATING and own in ("elo", "factscore-metric", "mauve"):
            metric_id = own  # `Rating` and `Score` are the benchmark's own
        return named, metric_id, None
    if near.metric is not None:
        return near.metric[1], near.metric[0] or None, "metric is taken from the caption"
    usual = registry.benchmarks[benchmark_id].default_metric_id if benchmark_id else None
    if usual is not None and not (usual == _RATING and scale == "percent"):
        return None, usual, "metric is the benchmark's usual one"
    fitting = (_RATING,) if scale == "rating" else _COUNTED
    said = near.text_metric
    if said is not None and (said[0] in fitting or said[0] not in (_RATING, *_COUNTED)):
        return said[1], said[0] or None, "metric is taken from the text"
    for metric_id, printed in paper.metrics:
        if metric_id in fitting:
            return printed, metric_id, "metric is taken from the text"
    return None, None, "no metric named"


def _said(text: str, registry: Registry) -> str | None:
    """The registered metric whose name ends or begins a longer one (`Test Precision`, `pass@1 (%)`)."""
    words = re.sub(r"[^\w@*+-]+", " ", text).split()
    for n in range(len(words) - 1, 0, -1):
        for run in (words[-n:], words[:n]):
            if (hit := link_metric(" ".join(run), registry)) and len("".join(run)) > 1:
                return hit.entity_id
    return None
