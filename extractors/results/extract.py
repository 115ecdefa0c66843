"""Every score of a paper's result tables as a record: model, benchmark, metric, number, place, confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.ids import stable_id
from extractors.records import Cell, Link, ModelRole, PaperMeta, PaperReading, Result, Table
from extractors.registry.link import link_benchmark, link_metric, link_model, size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.context import around, benchmark_in, metric_in, own_model
from extractors.results.numbers import Number, read_numbers
from extractors.results.roles import Measure, Paths, header_paths, model_names, models_in_columns, read_measure
from extractors.results.words import Words, load_words

_SHOTS = re.compile(r"\b(\d+)[- ]?shots?\b", re.I)
_NAMED_SHOTS = {"zero": 0, "one": 1}
_PROMPTING = re.compile(r"\b(CoT|chain[- ]of[- ]thought|PoT|self-consistency|maj@\d+|greedy)\b", re.I)


def extract_results(reading: PaperReading, meta: PaperMeta, registry: Registry) -> tuple[Result, ...]:
    """The scores of all tables of kind `results` or `ablation`, in the order of tables, rows and columns."""
    words = load_words()
    own = own_model(meta)
    out: list[Result] = []
    for table in reading.tables:
        if table.kind in ("results", "ablation"):
            out.extend(_TableReader(table, own, registry, words).results())
    return tuple(out)


@dataclass(slots=True)
class _TableReader:
    table: Table
    own: str | None
    registry: Registry
    words: Words

    def results(self) -> list[Result]:
        paths = header_paths(self.table)
        by_column = models_in_columns(paths, self.registry, self.words)
        model_side, other = (paths.cols, paths.rows) if by_column else (paths.rows, paths.cols)
        names = model_names(model_side, {} if by_column else paths.groups, self.words)
        measures = {k: read_measure(path, self.registry, self.words) for k, path in other.items()}
        texts = around(self.table)
        said_benchmark, said_metric = benchmark_in(texts, self.registry), metric_in(texts, self.words)
        if not self._is_about_scores(names, measures, said_benchmark, said_metric):
            return []
        out = []
        for r in paths.rows:
            for c in paths.cols:
                cell = paths.cells.get((r, c))
                if cell is None or cell.is_header or (cell.row, cell.col) != (r, c):
                    continue
                name, measure = names.get(c if by_column else r), measures[r if by_column else c]
                if name is None or measure.is_skipped or self.words.skip.fullmatch(name):
                    continue
                group = paths.groups.get(r)
                measure = self._completed(measure, group, said_benchmark, said_metric)
                out.extend(self._cell_results(cell, name, measure, paths))
        return out

    def _is_about_scores(
        self, names: dict[int, str], measures: dict[int, Measure], benchmark: str | None, metric: str | None
    ) -> bool:
        """Whether anything in the table is known as a model, a benchmark or a metric."""
        return bool(
            any(link_model(n, self.registry) or self.words.own.fullmatch(n) for n in names.values())
            or any(m.metric or link_benchmark(m.benchmark or "", self.registry) for m in measures.values())
            or benchmark
            or metric
        )

    def _completed(self, measure: Measure, group: str | None, benchmark: str | None, metric: str | None) -> Measure:
        """The measure of a header path, filled from the group row, then from the caption and the text."""
        named, subset = measure.benchmark, measure.subset
        if named is None or not link_benchmark(named, self.registry):
            outer = group if group and link_benchmark(group, self.registry) else benchmark
            if named is None:
                named = outer
            elif outer and group == outer:
                named, subset = outer, named
        return Measure(named, measure.metric or metric, subset, measure.setting)

    def _cell_results(self, cell: Cell, name: str, measure: Measure, paths: Paths) -> list[Result]:
        numbers = read_numbers(cell.text)
        metrics = [m.strip() for m in re.split(r"\s*[/|]\s*", measure.metric or "")]
        if len(numbers) > 1 and len(metrics) < 2:
            numbers = numbers[:1]
        out = []
        for i, number in enumerate(numbers):
            metric = metrics[i] if len(numbers) > 1 and i < len(metrics) else measure.metric
            out.append(self._result(cell, i, number, name, measure, metric))
        return out

    def _result(
        self, cell: Cell, index: int, number: Number, name: str, measure: Measure, metric: str | None
    ) -> Result:
        registry, table = self.registry, self.table
        is_own = bool(self.words.own.fullmatch(name))
        model = link_model(self.own if is_own and self.own else name, registry)
        benchmark = link_benchmark(measure.benchmark, registry) if measure.benchmark else None
        metric_link = link_metric(metric, registry) if metric else None
        metric_id = metric_link.entity_id if metric_link else None
        doubts = []
        if metric_id is None and metric in registry.metrics:
            metric_id = metric
        if metric_id is None and benchmark:
            metric_id = registry.benchmarks[benchmark.entity_id].default_metric_id
            doubts += ["metric is the benchmark's usual one"] if metric_id else []
        known = registry.metrics.get(metric_id or "")
        entity = registry.models.get(model.entity_id) if model else None
        if measure.benchmark is None:
            doubts.append("no benchmark named")
        return Result(
            result_id=stable_id("r", table.table_id, cell.row, cell.col, index),
            paper_id=table.paper_id,
            table_id=table.table_id,
            page=table.page,
            bbox=cell.bbox,
            row=cell.row,
            col=cell.col,
            model_raw=self.own if is_own and self.own else name,
            model_id=model.entity_id if model else None,
            model_role=self._role(name, is_own),
            benchmark_raw=measure.benchmark,
            benchmark_id=benchmark.entity_id if benchmark else None,
            subset=measure.subset,
            metric_raw=metric,
            metric_id=metric_id,
            score=number.score,
            score_text=cell.text,
            spread=number.spread,
            unit=_unit(number, known.unit if known else None),
            higher_is_better=known.higher_is_better if known else None,
            n_shots=_shots(name, measure.setting, table.caption),
            prompting=_first(_PROMPTING, name, measure.setting),
            setting=measure.setting,
            is_best_marked=cell.bold,
            confidence=_confidence(table, model, benchmark, metric_id, doubts),
            doubts=tuple(doubts),
            model_openness=entity.openness if entity else None,
            model_size_b=(entity.size_b if entity else None) or size_in_name(name),
        )

    def _role(self, name: str, is_own: bool) -> ModelRole | None:
        if is_own:
            return "proposed"
        if self.own and key(self.own) in key(name):
            return "proposed" if key(name) == key(self.own) else "variation"
        return "baseline" if self.own or link_model(name, self.registry) else None


def _unit(number: Number, usual: str | None) -> str | None:
    """`percent` where printed, or usual and the score above 1; a score up to 1 of such a metric is a fraction."""
    if number.has_percent:
        return "percent"
    if usual == "percent" and abs(number.score) <= 1:
        return "fraction"
    return usual


def _first(pattern: re.Pattern[str], *texts: str | None) -> str | None:
    return next((m.group(1) for t in texts if t and (m := pattern.search(t))), None)


def _shots(*texts: str | None) -> int | None:
    for text in texts:
        if match := _SHOTS.search(text or ""):
            return int(match[1])
        if match := re.search(r"\b(zero|one)[- ]?shot\b", text or "", re.I):
            return _NAMED_SHOTS[match[1].casefold()]
    return None


def _confidence(
    table: Table, model: Link | None, benchmark: Link | None, metric_id: str | None, doubts: list[str]
) -> float:
    """From 0 to 1: the table's own confidence times that of each link; an unlinked name is less sure than a linked."""
    value = table.confidence
    value *= model.confidence if model else 0.8
    value *= benchmark.confidence if benchmark else 0.7
    value *= (1.0 if metric_id else 0.8) * 0.9 ** len(doubts)
    return round(value, 3)
