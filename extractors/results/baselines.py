"""The closed baselines that comparisons are made against, from `baselines.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from extractors.errors import RegistryError
from extractors.registry.load import Registry


def closed_baselines(registry: Registry) -> Mapping[str, int]:
    """Ids of baselines and of their dated snapshots, each with its rank in the list (0 is the survey's own baseline).

    Raises RegistryError where the list names a model that the registry lacks or does not hold for closed.
    """
    listed = _listed()
    faults = [
        f"baselines.yml: {name} is no closed model of the registry"
        for name in listed
        if name not in registry.models or registry.models[name].openness != "closed"
    ]
    if faults:
        raise RegistryError("\n".join(faults))
    ranks = {name: rank for rank, name in enumerate(listed)}
    for model in registry.models.values():
        if model.snapshot is None or model.model_id in ranks:
            continue
        parents = [
            name
            for name in listed
            if model.model_id.startswith(f"{name}-") and registry.models[name].family == model.family
        ]
        if parents:
            ranks[model.model_id] = ranks[max(parents, key=len)]
    return ranks


@lru_cache(maxsize=1)
def _listed() -> tuple[str, ...]:
    names = yaml.safe_load((Path(__file__).parent / "baselines.yml").read_text(encoding="utf-8"))
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names) or len(set(names)) != len(names):
        raise RegistryError("baselines.yml: a list of model ids is wanted, each once")
    return tuple(names)
