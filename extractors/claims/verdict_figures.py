"""Figures and systems that a sentence states: of whom a margin is told, whether scores stand side by side."""

from __future__ import annotations

import re

from extractors.claims.verdict_names import family_of
from extractors.records import Claim
from extractors.registry.load import Registry
from extractors.registry.names import key

_SIDE_BY_SIDE = re.compile(r"\d\.\d+ ?%?\s*(?:vs\.?|versus|→|->|to|against|compared (?:to|with))\s*\d*\.\d")
FIGURE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?) ?(?:%|points?\b|pts\b)")


def quotes_scores(sentence: str) -> bool:
    """Whether a sentence prints two scores side by side, as in `57.3% vs. 49.1%` or `75.6% → 87.7%`."""
    return _SIDE_BY_SIDE.search(sentence) is not None


def states_figure(sentence: str) -> bool:
    """Whether a sentence states a share or a difference of anything."""
    return FIGURE.search(sentence) is not None


def is_of_baseline(claim: Claim, registry: Registry) -> bool:
    """Whether the margin is told of this claim's baseline and not of another system of the sentence: the one just
    before a `by`, else the next one named, else the last before."""
    if claim.margin is None:
        return False
    figure = re.search(rf"(?<![\d.]){re.escape(f'{abs(claim.margin):g}')}0*(?!\d)", claim.sentence)
    if figure is None:
        return True
    before = [m for m in systems_in(claim, registry) if m[0] < figure.start()]
    after = [m for m in systems_in(claim, registry) if m[0] > figure.end()]
    closing = re.search(r"[;.]\s", claim.sentence[figure.end() :])
    after = [m for m in after if closing is None or m[0] < figure.end() + closing.start()]
    ends_in_by = re.search(r"\bby\s+(?:\w+\s+){0,3}$", claim.sentence[: figure.start()])
    owner = (before or after)[-1 if before else 0][1] if ends_in_by and (before or after) else None
    if owner is None:
        owner = after[0][1] if after else before[-1][1] if before else None
    return owner is None or owner == family_of(claim.baseline_id or claim.baseline_raw)


def systems_in(claim: Claim, registry: Registry) -> list[tuple[int, str]]:
    """Systems that the sentence names, the subject apart: where, and OpenAI's family or the registry's id."""
    out: list[tuple[int, str]] = []
    for match in re.finditer(r"[A-Za-z][\w.+-]*\w(?:[ -](?:v?\d[\w.]*))?", claim.sentence):
        name = match[0]
        entity = family_of(name) or registry.model_keys.get(key(name))
        if entity is not None and key(name) != key(claim.subject_raw) and entity != claim.subject_id:
            out.append((match.start(), entity))
    return out
