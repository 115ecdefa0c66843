"""The registry from its YAML files, validated: schema, unique ids, no name that means two things, no dangling id."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from extractors.errors import RegistryError
from extractors.records import BenchmarkEntity, MetricEntity, ModelEntity
from extractors.registry.names import key

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """Entities by id, and for each kind the index from `names.key` of every spelling to the id."""

    models: Mapping[str, ModelEntity]
    benchmarks: Mapping[str, BenchmarkEntity]
    metrics: Mapping[str, MetricEntity]
    model_keys: Mapping[str, str]
    benchmark_keys: Mapping[str, str]
    metric_keys: Mapping[str, str]


@lru_cache(maxsize=4)
def load_registry(folder: Path | None = None) -> Registry:
    """The registry of `folder` (default: the one that ships), read once a process.

    Raises RegistryError with every fault found, one a line.
    """
    root = folder or _HERE
    defs = json.loads((_HERE / "schema.json").read_text(encoding="utf-8"))
    faults: list[str] = []
    models = _entries([*sorted((root / "models").glob("*.yml"))], "model", defs, faults)
    benchmarks = _entries(sorted(root.glob("benchmarks*.yml")), "benchmark", defs, faults)
    metrics = _entries([root / "metrics.yml"], "metric", defs, faults)
    if faults:
        raise RegistryError("\n".join(faults))
    registry = Registry(
        models={e["id"]: ModelEntity(**_fields(e, "model_id")) for e in models},
        benchmarks={e["id"]: BenchmarkEntity(**_fields(e, "benchmark_id")) for e in benchmarks},
        metrics={e["id"]: MetricEntity(**_fields(e, "metric_id")) for e in metrics},
        model_keys=_index(models, "model", faults),
        benchmark_keys=_index(benchmarks, "benchmark", faults),
        metric_keys=_index(metrics, "metric", faults),
    )
    for model in registry.models.values():
        if model.base_model_id is not None and model.base_model_id not in registry.models:
            faults.append(f"model {model.model_id}: base_model_id {model.base_model_id} is not in the registry")
    for benchmark in registry.benchmarks.values():
        if benchmark.default_metric_id is not None and benchmark.default_metric_id not in registry.metrics:
            faults.append(
                f"benchmark {benchmark.benchmark_id}: metric {benchmark.default_metric_id} is not in the registry"
            )
    if faults:
        raise RegistryError("\n".join(faults))
    return registry


@lru_cache(maxsize=8)
def prefixes(registry: Registry, *, of_models: bool) -> frozenset[str]:
    """All that the keys of models, or of benchmarks, begin with: what no name goes on from need not be looked at."""
    keys = registry.model_keys if of_models else registry.benchmark_keys
    return frozenset(k[:n] for k in keys for n in range(1, len(k) + 1))


def _entries(files: Iterable[Path], kind: str, defs: dict[str, Any], faults: list[str]) -> list[dict[str, Any]]:
    validator = jsonschema.Draft202012Validator({**defs, "$ref": f"#/$defs/{kind}"})
    out: list[dict[str, Any]] = []
    for file in files:
        try:
            rows = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        except (OSError, yaml.YAMLError) as error:
            raise RegistryError(f"{file.name}: {error}") from error
        for row in rows:
            mine = sorted(validator.iter_errors(row), key=str)
            faults.extend(f"{file.name}: {row.get('id', row)}: {e.message}" for e in mine)
            if not mine:
                out.append(row)
    return out


def _fields(entry: Mapping[str, Any], id_name: str) -> dict[str, Any]:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k != "id"}
    return {id_name: entry["id"], **values}


def _index(entries: list[dict[str, Any]], kind: str, faults: list[str]) -> dict[str, str]:
    """Every spelling to its entity; two entities under one spelling are a fault, never a matter of order."""
    out: dict[str, str] = {}
    seen: set[str] = set()
    for entry in entries:
        if entry["id"] in seen:
            faults.append(f"{kind} {entry['id']} stands twice")
        seen.add(entry["id"])
        for name in [entry["id"], entry["name"], *entry.get("aliases", [])]:
            other = out.setdefault(key(name), entry["id"])
            if other != entry["id"]:
                faults.append(f"{kind} name {name!r} means both {other} and {entry['id']}")
    return out
