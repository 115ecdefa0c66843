"""Looking after the registry: the faults of its files, and the names in results that it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractors.errors import RegistryError
from extractors.records import Result
from extractors.registry.link import size_in_name
from extractors.registry.load import Registry, load_registry
from extractors.registry.names import key, without_setting

_SIZE_TOLERANCE = 0.25  # makers round sizes (`7B` has 6.7 billion parameters, `2B` has 2.4)


def check_registry(folder: Path | None = None) -> tuple[str, ...]:
    """Every fault of the registry in `folder` (default: the one that ships), one a string; empty if there is none.

    What `load_registry` refuses (schema, an id twice, a name with two meanings, a dangling id), and what it can not
    see: a size that is not the name's, a base model newer than what is built on it, a circle of base models.
    """
    try:
        registry = load_registry(folder)
    except RegistryError as error:
        return tuple(str(error).splitlines())
    return (*_size_faults(registry), *_base_faults(registry))


def _size_faults(registry: Registry) -> Iterator[str]:
    for model in registry.models.values():
        said = size_in_name(model.name)
        if said and model.size_b and abs(said - model.size_b) > _SIZE_TOLERANCE * said:
            yield f"model {model.model_id}: size_b is {model.size_b:g}, its name says {said:g}"


def _base_faults(registry: Registry) -> Iterator[str]:
    for model in registry.models.values():
        seen = [model.model_id]
        at = model
        while at.base_model_id is not None:
            at = registry.models[at.base_model_id]
            if at.model_id in seen:
                yield f"model {model.model_id}: its base models go in a circle"
                break
            seen.append(at.model_id)
        base = registry.models.get(model.base_model_id or "")
        if base and base.released and model.released and base.released > model.released:
            yield f"model {model.model_id}: released {model.released}, its base {base.model_id} only {base.released}"


@dataclass(frozen=True, slots=True)
class MissingName:
    """An unlinked name: how it is printed most often, the results and papers that carry it, and up to three places as
    `paper_id page table_id`."""

    kind: Literal["model", "benchmark", "metric"]
    name: str
    n_results: int
    n_papers: int
    examples: tuple[str, ...]


def missing_names(results: Iterable[Result], *, limit: int = 50) -> tuple[MissingName, ...]:
    """The unlinked names of each kind, those of most papers first, then those of most results; `limit` for each kind.
    The paper's own systems and variations of them are left out: no other paper is likely to name them yet."""
    found: dict[tuple[Literal["model", "benchmark", "metric"], str], list[tuple[str, Result]]] = {}
    for result in results:
        kinds: tuple[tuple[Literal["model", "benchmark", "metric"], str | None, str | None], ...] = (
            ("model", result.model_raw if result.model_role in (None, "baseline") else None, result.model_id),
            ("benchmark", result.benchmark_raw, result.benchmark_id),
            ("metric", result.metric_raw, result.metric_id),
        )
        for kind, raw, entity in kinds:
            if raw and entity is None and key(without_setting(raw)):
                found.setdefault((kind, key(without_setting(raw))), []).append((raw, result))
    rows = [_missing(kind, hits) for (kind, _), hits in found.items()]
    rows.sort(key=lambda m: (m.kind, -m.n_papers, -m.n_results, m.name))
    out: list[MissingName] = []
    for kind in ("model", "benchmark", "metric"):
        out += [m for m in rows if m.kind == kind][:limit]
    return tuple(out)


def _missing(kind: Literal["model", "benchmark", "metric"], hits: list[tuple[str, Result]]) -> MissingName:
    spellings = [raw for raw, _ in hits]
    name = max(sorted(set(spellings)), key=spellings.count)
    places = dict.fromkeys(f"{r.paper_id} page {r.page} {r.table_id}" for _, r in hits)
    return MissingName(kind, name, len(hits), len({r.paper_id for _, r in hits}), tuple(places)[:3])
