"""The model of a result: its name, its entity in the registry, its role in the paper, and what an unregistered name
still tells (size, openness of the model that it is built on)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.records import ModelEntity, ModelRole
from extractors.registry.link import link_model, size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import key, without_setting
from extractors.results.context import PaperContext, TableContext
from extractors.results.meaning import System
from extractors.results.parts import name_inside

_OURS = re.compile(r"\s*\(ours\)\s*", re.I)
_ONLY_OURS = re.compile(r"\(?(?:ours|(?:our|proposed|this)(?: \w+)?)\)?(?P<size>\s+\d[\d.]*[BM])?", re.I)
# what tells the models of one release apart: size, base or chat
_VERSION = re.compile(
    r"(?:[\s_-]*\(?(?:\d+(?:\.\d+)?[BM](?:-A\d+(?:\.\d+)?B)?|base|chat|instruct|it|sft|rl)\b\)?)+\s*$", re.I
)
_ONLY_SIZE = re.compile(r"~?\d+(?:\.\d+)?\s*[BM]", re.I)
_LESS = re.compile(r"(?:w/o|without|no)\s|[-–−]\s*\w", re.I)  # an ablation, named by what the own system is without


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    model_id: str | None
    role: ModelRole | None
    openness: Literal["open", "closed"] | None
    size_b: float | None
    is_own_report: bool | None
    doubts: tuple[str, ...]


def name_model(system: System, paper: PaperContext, near: TableContext, registry: Registry) -> Model | None:
    """None where neither the headers nor the caption nor the title name a system."""
    doubts: list[str] = []
    name = _OURS.sub(" ", system.name or "").strip() or None
    if system.is_own and (name is None or _ONLY_OURS.fullmatch(name)):
        only = _ONLY_OURS.fullmatch(name or "")
        name = paper.own[0] + (only["size"] or "" if only else "") if paper.own else system.name
    if name is None or not re.search(r"[^\W\d_]", name) or _ONLY_SIZE.fullmatch(name):
        if near.models:
            base, doubt = near.models[0], "model is taken from the caption"
        elif paper.own:
            base, doubt = paper.own[0], "model is taken from the title"
        else:
            return None
        name, doubts = (base if name is None else f"{base} {name}"), [doubt]
    link = link_model(name, registry)
    entity = registry.models[link.entity_id] if link else None
    if entity is not None and near.is_about_tuned:
        entity = _tuned(entity, registry)
    if link is None:
        doubts.append("model is not in the registry")
    elif link.how == "fuzzy":
        doubts.append("model is linked by a near spelling")
    role = _role(name, system, paper.own, is_linked=entity is not None)
    built_on = entity
    if built_on is None:
        inside = next(iter(name_inside(name, registry, of_models=True)), None)
        built_on = registry.models[inside] if inside else None
    own_openness = paper.own_openness if role in ("proposed", "variation") and not built_on else None
    return Model(
        name=name,
        model_id=entity.model_id if entity else None,
        role=role,
        openness=(built_on.openness if built_on else None) or system.openness or own_openness,
        size_b=(entity.size_b if entity else None) or size_in_name(name),
        is_own_report=None if role is None else role != "baseline",
        doubts=tuple(doubts),
    )


def _tuned(entity: ModelEntity, registry: Registry) -> ModelEntity:
    """The chat model of an open base model, where the registry has one."""
    ids = (f"{entity.model_id}-{suffix}" for suffix in ("instruct", "chat", "it"))
    tuned = next((i for i in ids if i in registry.models), None)
    return registry.models[tuned] if tuned and entity.openness == "open" else entity


def _role(name: str, system: System, own: Sequence[str], *, is_linked: bool) -> ModelRole | None:
    """Proposed: `Ours`, or a name that title or abstract introduce (with a size or not); variation: one that holds
    such a name; baseline: the rest, where the paper presents anything or the model is a known one."""
    if system.is_human:
        return "baseline"
    printed = without_setting(name)
    form = key(printed)
    bare = key(_VERSION.sub("", printed))
    if any(key(candidate) in (form, bare) for candidate in own):
        return "proposed"
    if system.is_own:
        return "proposed"
    if own and _LESS.match(name):
        return "variation"
    if any(key(candidate) in form for candidate in own if len(key(candidate)) > 2):
        return "variation"
    return "baseline" if own or is_linked else None
