"""The cells of a table that hold scores, each with the system and the measure that its row and column name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.records import Cell
from extractors.results.axes import Axes, Path
from extractors.results.meaning import Measure, System
from extractors.results.numbers import Number, read_numbers
from extractors.results.roles import Side

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")


@dataclass(frozen=True, slots=True)
class Score:
    """`numbers` holds one or more; `system` and `measure` are places in the lists of `Scored`."""

    cell: Cell
    numbers: tuple[Number, ...]
    system: int
    measure: int


@dataclass(frozen=True, slots=True)
class Scored:
    """Systems and measures are told apart by what they say, not by where they stand: two columns of one measure
    share it."""

    systems: Sequence[System]
    measures: Sequence[Measure]
    scores: Sequence[Score]


def find_scores(
    axes: Axes,
    n_header_cols: int,
    model_side: Side | None,
    systems: Mapping[Path, System],
    measures: Mapping[Path, Measure],
) -> Scored:
    """`systems` by the paths of the side that names models (a path without one holds no scores), `measures` by those of
    the other side, or of both where no side names models."""
    numbered = _Numbered({}, {})
    scores = []
    for r, c, system, measure in _meant(axes, model_side, systems, measures, numbered):
        cell = axes.cells.get((r, c))
        if cell is None or (cell.row, cell.col) != (r, c) or (cell.is_header and c < n_header_cols):
            continue
        numbers = read_numbers(cell.text)
        if numbers and not (cell.text.startswith("(") and _is_beside(cell.text, axes.rows[r])):
            scores.append(Score(cell, numbers, system, measure))
    return Scored(list(numbered.systems), list(numbered.measures), scores)


def _is_beside(text: str, row: Path) -> bool:
    """Whether a number in brackets, on a line of its own, is the gain of the score above it."""
    return bool(_IN_BRACKETS.fullmatch(text)) and all(_IN_BRACKETS.fullmatch(part.text) for part in row)


@dataclass(frozen=True, slots=True)
class _Numbered:
    systems: dict[System, int]
    measures: dict[Measure, int]

    def system(self, system: System | None) -> int | None:
        """None for what is no system, or one whose path says that it holds no scores."""
        if system is None or system.measure.is_skipped:
            return None
        return self.systems.setdefault(system, len(self.systems))

    def measure(self, measure: Measure) -> int | None:
        return None if measure.is_skipped else self.measures.setdefault(measure, len(self.measures))


def _meant(
    axes: Axes,
    model_side: Side | None,
    systems: Mapping[Path, System],
    measures: Mapping[Path, Measure],
    numbered: _Numbered,
) -> Iterator[tuple[int, int, int, int]]:
    """Row, column, system and measure of every slot that has both."""
    if model_side is None:
        for r, row in axes.rows.items():
            for c, col in axes.blocks[axes.block_of[r]].items():
                system, measure = _of_no_side(measures[row], measures[col])
                s, m = numbered.system(system), numbered.measure(measure)
                if s is not None and m is not None:
                    yield r, c, s, m
        return
    if model_side == "cols":
        over = [{c: numbered.system(systems.get(path)) for c, path in block.items()} for block in axes.blocks]
        for r, row in axes.rows.items():
            if (m := numbered.measure(measures[row])) is not None:
                yield from ((r, c, s, m) for c, s in over[axes.block_of[r]].items() if s is not None)
        return
    under = [{c: numbered.measure(measures[path]) for c, path in block.items()} for block in axes.blocks]
    for r, row in axes.rows.items():
        if (s := numbered.system(systems.get(row))) is not None:
            yield from ((r, c, s, m) for c, m in under[axes.block_of[r]].items() if m is not None)


def _of_no_side(a: Measure, b: Measure) -> tuple[System | None, Measure]:
    """Both sides are measures: the system is to be sought in the caption and the title."""
    if a.is_skipped or b.is_skipped:
        return None, Measure(is_skipped=True)
    outer, inner = (a, b) if a.benchmark and not (b.is_linked and not a.is_linked) else (b, a)
    merged = Measure(
        benchmark=outer.benchmark or inner.benchmark,
        metric=outer.metric or inner.metric,
        subset=outer.subset or (inner.benchmark if outer.benchmark else None) or inner.subset,
        setting="; ".join(s for s in (a.setting, b.setting) if s) or None,
        is_average=outer.is_average,
        is_linked=outer.is_linked,
    )
    return System(None, False, False, Measure()), merged
