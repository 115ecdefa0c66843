"""What the rows and columns of a table mean: which side names the models, and what each header path says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.records import Cell, Table
from extractors.registry.link import link_benchmark, link_metric, link_model, size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import tidy
from extractors.results.words import Words

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """Header paths of the data rows and columns, outermost part first. `groups` is the group row above a row."""

    rows: Mapping[int, Path]
    cols: Mapping[int, Path]
    groups: Mapping[int, str | None]
    cells: Mapping[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a header path says of the measurement; parts as printed."""

    benchmark: str | None = None
    metric: str | None = None
    subset: str | None = None
    setting: str | None = None
    is_skipped: bool = False


def header_paths(table: Table) -> Paths:
    slots: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.col, cell.col + cell.col_span):
                slots.setdefault((r, c), cell)
    top, left = table.n_header_rows, table.n_header_cols
    cols = {c: _distinct([slots.get((r, c)) for r in range(top)]) for c in range(left, table.n_cols)}
    rows: dict[int, Path] = {}
    groups: dict[int, str | None] = {}
    group: str | None = None
    for r in range(top, table.n_rows):
        first = slots.get((r, 0))
        if first is not None and first.col_span == table.n_cols and first.is_header:
            group = first.text
            continue
        rows[r] = _distinct([slots.get((r, c)) for c in range(left)])
        groups[r] = group
    return Paths(rows, cols, groups, slots)


def _distinct(cells: Sequence[Cell | None]) -> Path:
    return tuple(c.text for c in dict.fromkeys(cells) if c is not None and c.text.strip())


def models_in_columns(paths: Paths, registry: Registry, words: Words) -> bool:
    """Whether the columns, not the rows, name the models: by which side links to more models, and the other to more
    benchmarks and metrics. Rows win a tie, as most tables set models in rows."""
    rows = _evidence(list(paths.rows.values()), registry, words)
    cols = _evidence(list(paths.cols.values()), registry, words)
    return cols[0] - cols[1] > rows[0] - rows[1] + 0.15 and cols[0] > 0.2


def _evidence(paths: Sequence[Path], registry: Registry, words: Words) -> tuple[float, float]:
    """Shares of paths that name a model, and that name a benchmark or metric."""
    if not paths:
        return 0.0, 0.0
    models = measures = 0
    for path in paths:
        if any(_is_model(p, registry, words) for p in (*path, " ".join(path))):
            models += 1
        elif any(link_benchmark(p, registry) or link_metric(p, registry) for p in path):
            measures += 1
    return models / len(paths), measures / len(paths)


def _is_model(text: str, registry: Registry, words: Words) -> bool:
    name = tidy(text)
    return bool(
        link_model(name, registry)
        or words.own.fullmatch(name)
        or (size_in_name(name) is not None and len(name) > 5)
        or re.search(r"\bGPT-?[34]|ChatGPT|LLaMA|Claude|PaLM", name, re.I)
    )


def model_names(paths: Mapping[int, Path], groups: Mapping[int, str | None], words: Words) -> dict[int, str]:
    """A name for each path of the model side: the first part where it tells the rows apart, else all parts together.
    Parts that say how it was run or are no words stay out of it."""
    heads = Counter((groups.get(k), path[0]) for k, path in paths.items() if path)
    out: dict[int, str] = {}
    for k, path in paths.items():
        parts = [p for p in path if re.search(r"[^\W_]", p)]
        if not parts:
            if groups.get(k):
                out[k] = tidy(groups[k] or "")
            continue
        alone = heads[(groups.get(k), path[0])] == 1 or all(words.setting.fullmatch(p.strip()) for p in parts[1:])
        out[k] = tidy(parts[0]) if alone else " ".join(tidy(p) for p in parts)
    return out


def read_measure(path: Path, registry: Registry, words: Words) -> Measure:
    """Benchmark, metric, subset and setting of a header path. Of several names the outermost is the benchmark and the
    innermost the subset; a metric in brackets counts as one of its own."""
    benchmark: str | None = None
    metric: str | None = None
    subset: str | None = None
    setting: str | None = None
    for part in path:
        name, bracket = _bracket(part, registry)
        metric = metric or bracket
        if words.skip.fullmatch(tidy(name)):
            return Measure(is_skipped=True)
        if words.setting.fullmatch(name.strip()):
            setting = name
        elif link_benchmark(name, registry) and (benchmark is None or not link_benchmark(benchmark, registry)):
            subset, benchmark = benchmark, name
        elif link_metric(name, registry) and metric is None:
            metric = name
        elif benchmark is None:
            benchmark = name
        else:
            subset = name
    return Measure(benchmark, metric, subset, setting)


def _bracket(part: str, registry: Registry) -> tuple[str, str | None]:
    match = re.search(r"[(\[]([^()\[\]]+)[)\]]", part)
    if match and link_metric(match[1], registry):
        return part[: match.start()].strip() or part, match[1]
    return part, None
