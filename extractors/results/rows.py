"""Scores as records: what a model and a measure say of all their cells, put together once, and each cell with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.ids import ids_below
from extractors.records import Cell, Result, Table
from extractors.registry.link import link_metric
from extractors.registry.load import Registry
from extractors.results.asked import prompting, shots
from extractors.results.complete import Completed
from extractors.results.confidence import ConfidenceSettings, confidence
from extractors.results.naming import Model
from extractors.results.numbers import Number

_SETTINGS = ConfidenceSettings()
_BETWEEN = re.compile(r"\s*[/|]\s*")  # two metrics of one header, as of two scores of one cell


@dataclass(frozen=True, slots=True)
class _Metric:
    """A metric as printed, its id, and what the registry says of it."""

    printed: str | None
    metric_id: str | None
    unit: str | None
    higher_is_better: bool | None


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line measures; `parts` are the metrics of a header that names several."""

    measure: Completed
    metric: _Metric
    parts: tuple[_Metric, ...]
    shots: int | None
    prompting: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A model with what all its rows share: the doubts that come before those of the measure, and how its name says
    that it was asked."""

    model: Model
    doubts: tuple[str, ...]
    shots: int | None
    prompting: str | None


@dataclass(slots=True)
class RowMaker:
    """Makes the records of one table. `is_guess`: the side of the table that names the models had to be guessed."""

    table: Table
    registry: Registry
    is_guess: bool
    _confidences: dict[tuple[str, ...], float] = field(default_factory=dict)
    _id: Callable[..., str] = field(init=False)
    _shots: int | None = field(init=False)

    def __post_init__(self) -> None:
        self._id = ids_below("r", self.table.table_id)
        self._shots = shots(self.table.caption)

    def meant(self, measure: Completed) -> Meant:
        """A measure with its metrics."""
        named = [m.strip() for m in _BETWEEN.split(measure.metric)] if measure.metric else []
        links = [link_metric(m, self.registry) for m in named] if len(named) > 1 else []
        parts = [self._metric(m, link.entity_id if link else None) for m, link in zip(named, links, strict=False)]
        metric = self._metric(measure.metric, measure.metric_id)
        return Meant(measure, metric, tuple(parts), shots(measure.setting), prompting(measure.setting))

    def asked(self, model: Model) -> Asked:
        """A model with the doubts about it."""
        lone = self.table.caption is None and not self.table.label and model.model_id is None
        doubts = (
            *model.doubts,
            *(["table has no caption"] if lone else []),
            *(["side of the models is guessed"] if self.is_guess else []),
        )
        return Asked(model, doubts, shots(model.name), prompting(model.name))

    def rows(self, cell: Cell, numbers: tuple[Number, ...], asked: Asked, meant: Meant) -> list[Result]:
        """The records of a cell: of a pair of scores two where the header names two metrics, else one."""
        if len(numbers) == 1 or not meant.parts:
            return [self._row(cell, 0, numbers[0], asked, meant, meant.metric)]
        pairs = zip(numbers, meant.parts, strict=False)
        return [self._row(cell, i, n, asked, meant, metric) for i, (n, metric) in enumerate(pairs)]

    def _metric(self, printed: str | None, metric_id: str | None) -> _Metric:
        known = self.registry.metrics.get(metric_id or "")
        return _Metric(printed, metric_id, known.unit if known else None, known.higher_is_better if known else None)

    def _row(self, cell: Cell, index: int, number: Number, asked: Asked, meant: Meant, metric: _Metric) -> Result:
        table, measure, model = self.table, meant.measure, asked.model
        doubts = asked.doubts + measure.doubts
        if doubts not in self._confidences:
            self._confidences[doubts] = confidence(table.confidence, doubts, _SETTINGS)
        n_shots = meant.shots if meant.shots is not None else asked.shots
        return Result(
            result_id=self._id(cell.row, cell.col, index),
            paper_id=table.paper_id,
            table_id=table.table_id,
            page=table.page,
            bbox=cell.bbox,
            row=cell.row,
            col=cell.col,
            model_raw=model.name,
            model_id=model.model_id,
            model_role=model.role,
            benchmark_raw=measure.benchmark,
            benchmark_id=measure.benchmark_id,
            subset=measure.subset,
            metric_raw=metric.printed,
            metric_id=metric.metric_id,
            score=number.score,
            score_text=cell.text,
            spread=number.spread,
            unit=_unit(number, metric.unit),
            higher_is_better=metric.higher_is_better,
            n_shots=n_shots if n_shots is not None else self._shots,
            prompting=meant.prompting or asked.prompting,
            setting=measure.setting,
            is_best_marked=cell.bold,
            confidence=self._confidences[doubts],
            doubts=doubts,
            model_openness=model.openness,
            model_size_b=model.size_b,
            is_own_report=model.is_own_report,
        )


def _unit(number: Number, usual: str | None) -> str | None:
    """`percent` where printed, or usual and the score above 1; a score up to 1 of such a metric is a fraction."""
    if number.has_percent:
        return "percent"
    if usual == "percent" and abs(number.score) <= 1:
        return "fraction"
    return usual
