"""Which side of a table names the models, and what each level of its headers is: model, method, size, benchmark,
metric, setting or nothing that a result needs.

Levels are judged as a whole (a column of names is a column of models though half of them are unknown), single parts
may still say otherwise (`Avg.` or `EM` among benchmarks).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.axes import GROUP, Axes, Path
from extractors.results.parts import read_part
from extractors.results.words import Words

_SOME = 0.3  # share of known names among the texts of a level that makes it one of such names
LevelRole = Literal["model", "method", "size", "benchmark", "metric", "setting", "skip", "unknown"]
Side = Literal["rows", "cols"]


@dataclass(frozen=True, slots=True)
class Level:
    """One stub column, one header row or the group rows: the mean strengths of its distinct texts, and its role."""

    index: int
    head: str | None
    n_texts: int
    model: float
    benchmark: float
    metric: float
    setting: float
    skip: float
    size: float
    technique: float
    aspect: float
    is_repeated: bool
    role: LevelRole = "unknown"


@dataclass(frozen=True, slots=True)
class Roles:
    """`model_side` is None where neither side names systems; they are then to be sought in the caption."""

    model_side: Side | None
    rows: Mapping[int, Level]
    cols: Mapping[int, Level]
    is_guess: bool


def read_roles(
    axes: Axes,
    registry: Registry,
    words: Words,
    *,
    models_in_caption: int,
    is_one_run: bool = False,
    metrics: frozenset[str],
    own: frozenset[str] = frozenset(),
) -> Roles:
    """`is_one_run`: the caption names one model and says nothing of training, so that unknown rows are ways of running
    it. `metrics` are the header texts that the caption defines as metrics, `own` the keys of the names of the paper's
    own systems."""
    rows = _levels(axes.rows.values(), registry, words, metrics, own)
    cols = _levels([path for block in axes.blocks for path in block.values()], registry, words, metrics, own)
    side, is_guess = _model_side(rows, cols, models_in_caption, is_one_run, words)
    lacks = side == "cols" and _side_strength(rows, words)[1] < 0.3
    rows = {k: replace(v, role=_role(v, side == "rows", rows, words)) for k, v in rows.items()}
    cols = {
        k: replace(v, role=_role(v, side == "cols", cols, words, lacks_measure=lacks, trusts_head=True))
        for k, v in cols.items()
    }
    if side is None and models_in_caption and any(v.role in ("benchmark", "unknown") for v in cols.values()):
        # `Retrieval unit` or `Top-k` before the scores of the one model that the caption names: how it was run
        rows = {k: replace(v, role="setting") if v.role == "unknown" and v.head else v for k, v in rows.items()}
    return Roles(side, rows, cols, is_guess)


def _levels(
    paths: Iterable[Path], registry: Registry, words: Words, metrics: frozenset[str], own: frozenset[str]
) -> dict[int, Level]:
    texts: dict[int, dict[str, set[Path]]] = defaultdict(lambda: defaultdict(set))
    heads: dict[int, str | None] = {}
    for path in paths:
        for i, part in enumerate(path):
            texts[part.level][part.text].add(path[:i])
            heads[part.level] = part.head
    out = {}
    for index, found in sorted(texts.items()):
        senses = [
            replace(read_part(text, registry, words), metric=1.0)
            if text in metrics
            else read_part(text, registry, words)
            for text in found
        ]
        counted = [s for s in senses if not s.is_average and not s.is_skipped] or senses
        n = len(counted)
        out[index] = Level(
            index=index,
            head=heads[index],
            n_texts=len(found),
            model=sum(s.model for s in counted) / n,
            benchmark=sum(s.benchmark for s in counted if not s.is_technique) / n,
            metric=sum(1.0 if s.metric == 1 else s.metric for s in counted) / n,
            setting=sum(s.is_setting for s in counted) / n,
            skip=sum(s.is_skipped for s in senses) / len(senses),
            size=sum(s.is_size for s in counted) / n,
            technique=1.0 if any(key(s.name) in own for s in counted) else sum(s.is_technique for s in counted) / n,
            aspect=sum(bool(words.aspect.fullmatch(s.name)) for s in counted) / n,
            is_repeated=sum(1 for outer in found.values() if len(outer) > 1) > 0.5 * len(found),
        )
    return out


def _head_says(level: Level, words: Words) -> LevelRole | None:
    said = _said_by((level.head or "").strip(), words)
    if said == "size":
        return "size" if level.size > 0.5 else "skip"
    return said


@lru_cache(maxsize=4096)
def _said_by(head: str, words: Words) -> LevelRole | None:
    """What a head says of what is below it; `size` where that may hold sizes."""
    roles: tuple[tuple[LevelRole, re.Pattern[str]], ...] = (
        ("model", words.head_model),
        ("benchmark", words.head_benchmark),
        ("metric", words.head_metric),
        ("setting", words.head_setting),
        ("benchmark", words.head_subset),
        ("method", words.head_method),
        ("size", words.head_size),
        ("skip", words.skip),
    )
    found = next((role for role, pattern in roles if pattern.fullmatch(head)), None) if head else None
    return found if found != "size" or words.skip.fullmatch(head) else None


def _side_strength(levels: Mapping[int, Level], words: Words) -> tuple[float, float]:
    """How much a side looks like models, and how much like measurements."""
    model = measure = 0.0
    for level in levels.values():
        said = _head_says(level, words)
        own = max(level.model - 0.5 * max(level.benchmark, level.metric), 0.0)
        own += {"model": 0.6, "method": 0.3, "benchmark": -0.4, "metric": -0.4}.get(said or "", 0.0)
        model = max(model, own)
        other = max(level.benchmark, level.metric) - 0.5 * level.model
        other += {"benchmark": 0.5, "metric": 0.5}.get(said or "", 0.0)
        measure = max(measure, other)
    return model, measure


def _model_side(
    rows: Mapping[int, Level], cols: Mapping[int, Level], models_in_caption: int, is_one_run: bool, words: Words
) -> tuple[Side | None, bool]:
    row_model, row_measure = _side_strength(rows, words)
    col_model, col_measure = _side_strength(cols, words)
    row, col = row_model - 0.35 * row_measure, col_model - 0.35 * col_measure
    is_treated = any(words.head_treatment.fullmatch((v.head or "").strip()) for v in rows.values())
    if is_treated and models_in_caption == 1 and all(v.model < _SOME for v in (*rows.values(), *cols.values())):
        return None, True  # what was done to the one model
    if max(row_model, col_model) >= 0.25:
        return ("cols", False) if col > row + 0.1 else ("rows", False)
    if models_in_caption == 1 and any(v.size > _SOME for v in cols.values()):
        return "cols", True  # sizes of the model that the caption names
    # no side names a system that is known: the side that is no measurement holds methods, if there is one
    stub_says = {_head_says(level, words) for level in rows.values()}
    if row_measure < 0.3 and col_measure >= 0.3 and rows:
        only_settings = all(v.setting > 0.5 for v in rows.values())
        if ("benchmark" in stub_says or only_settings) and "method" not in stub_says:
            return None, True
        if is_one_run and not stub_says & {"model", "method"}:
            return None, True
        return "rows", True
    if col_measure < 0.3 and row_measure >= 0.3 and cols:
        some_settings = any(v.setting >= 0.4 for v in cols.values())
        only_settings = all(v.setting > 0.5 for v in cols.values())
        return (None if only_settings or (some_settings and models_in_caption) else "cols"), True
    if row_measure < 0.3 and col_measure < 0.3 and rows and not models_in_caption and "benchmark" not in stub_says:
        return "rows", True
    return None, True


def _role(
    level: Level,
    names_models: bool,
    side: Mapping[int, Level],
    words: Words,
    *,
    lacks_measure: bool = False,
    trusts_head: bool = False,
) -> LevelRole:
    """`lacks_measure`: the other side names no measurement, so what stands under the models here does. `trusts_head`:
    a head `Metric` stands over metrics; that of a stub column may stand over names of tests."""
    said = _head_says(level, words)
    if level.size > 0.5 and said != "skip":
        return "size"
    if names_models:
        best = max(side.values(), key=lambda v: (_main(v, words), -v.index))
        if level is best:
            return "model"
        if _describes_models(level, best, words):
            return "skip"
        if level.index == GROUP or level.head is None:
            strengths: list[tuple[float, LevelRole]] = [
                (level.model, "model"),
                (level.benchmark, "benchmark"),
                (level.metric, "metric"),
                (level.setting, "setting"),
            ]
            top = max(strengths, key=lambda s: s[0])
            if top[0] >= 0.45:
                return top[1]
            if level.index == GROUP:
                return "unknown"
            if level.index > best.index:
                return "benchmark" if lacks_measure else "method"
            return "setting"
        if said == "benchmark" and level.benchmark < 0.2 and words.kind.fullmatch(level.head or ""):
            said = "method"  # `Type` beside models is base, chat or tuned
        if said in ("model", "method"):
            return "method" if level.setting < 0.9 else "setting"
        if said is not None:
            return said
        if level.benchmark >= 0.5 or level.metric >= 0.5:
            return "benchmark" if level.benchmark >= level.metric else "metric"
        if level.setting >= 0.5 or level.index < best.index:
            return "setting"
        return "method" if level.is_repeated or level.model >= 0.4 else "unknown"
    if said == "metric" and not trusts_head and max(level.metric, level.aspect) < _SOME and level.n_texts > 3:
        said = None
    if said in ("benchmark", "metric", "setting", "skip"):
        return said
    if level.metric > level.benchmark and (level.metric >= 0.6 or (level.metric >= 0.3 and level.benchmark < 0.1)):
        return "metric"
    if level.benchmark >= 0.3:
        return "benchmark"
    if level.setting >= 0.6 or (level.technique >= _SOME and level.n_texts > 1):
        return "setting"
    return "unknown"


def _describes_models(level: Level, best: Level, words: Words) -> bool:
    """Whether a stub column left of the models sorts them (`Base` or `Long context`), so that each stands under one."""
    is_sorting = level.head is None or bool(words.grouping.fullmatch(level.head))
    is_named = max(level.model, level.benchmark, level.metric, level.setting if level.head is None else 0.0) >= _SOME
    return GROUP < level.index < best.index and not best.is_repeated and is_sorting and not is_named


def _main(level: Level, words: Words) -> float:
    said = _head_says(level, words)
    bonus = {"model": 0.5, "method": 0.25, "benchmark": -0.5, "metric": -0.5, "setting": -0.5, "skip": -1.0}
    return (
        level.model
        - 0.4 * max(level.benchmark, level.metric)
        + bonus.get(said or "", 0.0)
        - (0.2 if level.index == GROUP else 0.0)
        - 0.5 * level.setting
    )
