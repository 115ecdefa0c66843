"""Measures completed from what stands farther away: the group row, the caption, the introducing text, the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.registry.link import link_benchmark, link_metric
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.context import GUESSES, PaperContext, TableContext
from extractors.results.meaning import Measure
from extractors.results.named import metric_in
from extractors.results.parts import is_plain_word
from extractors.results.scales import Scale

_RATING = "gpt-4-score"
USUAL_METRIC = "metric is the benchmark's usual one"  # the doubt where no word of the paper names the measure
FROM_TEXT = "metric is taken from the text"
GUESSED_METRIC = (  # doubts about a metric that neither header nor caption names
    USUAL_METRIC,
    "metric is that of the other lines",
    FROM_TEXT,
)
_TOPIC = "benchmark is the topic of the caption"
_GUESSED = "benchmark is the one that the paper names most"
_OWN_SCORES = ("elo", "factscore-metric", "mauve")  # `Rating` and `Score` of a benchmark whose metric it is
_GENERIC = re.compile(
    r"(?:(?:avg\.?|average|mean|overall|total|final)\s+)?(?:scores?|ratings?|results?|performance|values?)", re.I
)
_COUNTED = (*(m for m in GUESSES if m != _RATING), "perplexity", "error-rate")  # of scores that are no ratings up to 10


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
    """The benchmark a whole table is about, as printed, and the doubt that comes with where it was found. Where the
    caption names it alone and no header does, unknown headers are its parts even beside fewer known ones
    (`takes_parts`)."""

    name: str
    doubt: str
    takes_parts: bool = False

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
        name = near.caption_benchmarks[0]
        link = link_benchmark(name, registry)
        is_alone = len(near.caption_benchmarks) == 1 and link is not None and link.entity_id not in linked
        takes_parts = is_alone and len(headers) > len(linked)
        return Suite(name, "benchmark is taken from the caption", takes_parts)
    if near.caption_benchmarks or linked:
        return None
    own = paper.benchmark if paper.benchmark and link_benchmark(paper.benchmark, registry) else None
    said = near.noun or near.object
    if said and not (own and link_benchmark(said, registry) is None):  # else likely a task of the paper's own suite
        return Suite(said, "benchmark is taken from the caption")
    if len(near.text_benchmarks) == 1:
        return Suite(near.text_benchmarks[0], "benchmark is taken from the text")
    if paper.benchmark:
        return Suite(paper.benchmark, "benchmark is the paper's own")
    named = next(iter(near.text_benchmarks), None) or (paper.topic_benchmark(near.topic) if near.topic else None)
    if named is None and near.source:
        return Suite(near.source, "benchmark is taken from the caption")
    if named := named or paper.page_benchmark(near.page):
        return Suite(named, "benchmark is taken from the text")
    if any(m.metric and link_metric(m.metric, registry) for m in measures) and (named := paper.main_benchmark):
        return Suite(named, _GUESSED)
    if near.task:
        return Suite(near.task, "benchmark is taken from the caption")
    is_name = near.topic is not None and metric_in([near.topic], paper.words) is None
    return Suite(near.topic, _TOPIC) if near.topic and is_name else None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a line: the suite of its table (`is_suite_shared`: no header names a registered benchmark, so
    that all are parts of it), the metric of most lines, whether lines are aspects that a judge rates, caption and
    paper."""

    suite: Suite | None
    is_suite_shared: bool
    peers: str | None
    are_aspects: bool
    near: TableContext
    paper: PaperContext


def complete(measure: Measure, group: Measure, scale: Scale, around: Around, registry: Registry) -> Completed:
    """The measure of a column (or row), of whose scores `scale` tells, with that of the model's own path, then with the
    context."""
    suite = around.suite
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
    if link and benchmark and benchmark.islower() and link.entity_id != "average":
        is_word = is_plain_word(benchmark, registry.benchmarks[link.entity_id].name, around.paper.words)
        link = None if is_word else link  # `bird` beside `cat` and `boat`
    benchmark_id = link.entity_id if link else None
    if suite is not None:
        of_suite = link_benchmark(suite.name, registry)
        if benchmark is None:
            benchmark, benchmark_id = suite.name, of_suite.entity_id if of_suite else None
            doubts.append(suite.doubt)
        elif of_suite and (
            (benchmark_id is None and (around.is_suite_shared or suite.takes_parts))
            or (benchmark_id == "average" and around.is_suite_shared)
        ):
            subset, benchmark_id = subset or benchmark, of_suite.entity_id
            doubts.append(suite.doubt)
    if benchmark is None:
        doubts.append("no benchmark named")
    elif benchmark_id is None:
        doubts.append("benchmark is not in the registry")
    named = measure.metric or group.metric
    if named is None and around.are_aspects and around.near.metric is None and not measure.is_linked:
        named = measure.benchmark  # what a judge rates is measure and metric at once
    sure_id = None if _GUESSED in doubts else benchmark_id
    metric, metric_id, doubt = _metric(named, sure_id, scale, around, registry)
    doubts += [doubt] if doubt else []
    setting = "; ".join(s for s in (group.setting, measure.setting) if s) or None
    return Completed(benchmark, benchmark_id, subset, metric, metric_id, setting, tuple(doubts))


def without_guess(done: Completed) -> Completed:
    """The measure without a metric that no header or caption names."""
    guesses = [d for d in done.doubts if d in GUESSED_METRIC]
    if not guesses:
        return done
    doubts = (*(d for d in done.doubts if d not in guesses), "no metric named")
    return replace(done, metric=None, metric_id=None, doubts=doubts)


def _metric(
    named: str | None, benchmark_id: str | None, scale: Scale, around: Around, registry: Registry
) -> tuple[str | None, str | None, str | None]:
    """Metric as printed, its id, and the doubt."""
    usual = registry.benchmarks[benchmark_id].default_metric_id if benchmark_id else None
    if usual == _RATING and scale == "percent":
        usual = None
    if named is not None and not _GENERIC.fullmatch(named):
        forms = (named, re.sub(r"\s*\([^()]*\)", "", named), re.sub(r"[^\w@*+-]+", " ", named))
        link = next((hit for form in forms if (hit := link_metric(form, registry))), None)
        return named, link.entity_id if link else _said(named, around, registry), None
    if named is not None and (usual in _OWN_SCORES or scale == "rating"):
        return named, usual if usual in _OWN_SCORES else _RATING, None
    printed, metric_id, doubt = _unnamed(usual, scale, around)
    if named is not None and doubt == FROM_TEXT:
        return named, None, None  # what the text counts need not be this score
    return named or printed, metric_id, doubt


def _unnamed(usual: str | None, scale: Scale, around: Around) -> tuple[str | None, str | None, str | None]:
    """The metric of a line whose headers name none, or call it only a score."""
    near = around.near
    if near.metric is not None:
        return near.metric[1], near.metric[0] or None, "metric is taken from the caption"
    if usual is not None:
        return None, usual, USUAL_METRIC
    fitting = (_RATING,) if scale == "rating" else _COUNTED
    if around.peers in fitting:
        return None, around.peers, "metric is that of the other lines"
    said = near.text_metric
    if said is not None and (said[0] in fitting or said[0] not in (_RATING, *_COUNTED)):
        return said[1], said[0] or None, FROM_TEXT
    for metric_id, printed in around.paper.metrics:
        if metric_id in fitting:
            return printed, metric_id, FROM_TEXT
    return None, None, "no metric named"


def _said(text: str, around: Around, registry: Registry) -> str | None:
    """The registered metric whose name ends or begins a longer one (`Test Precision`, `pass@1 (%)`), or which the text
    describes (`Quality (judged by GPT-4)`)."""
    words = re.sub(r"[^\w@*+-]+", " ", text).split()
    for n in range(len(words) - 1, 0, -1):
        for run in (words[-n:], words[:n]):
            if (hit := link_metric(" ".join(run), registry)) and len("".join(run)) > 1:
                return hit.entity_id
    described = metric_in([text], around.paper.words)
    return described[0] or None if described else None
