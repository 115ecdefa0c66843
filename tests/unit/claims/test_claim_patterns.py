"""Every pattern against its own examples: those in which it must find a claim, those in which none stands."""

from __future__ import annotations

import pytest

from extractors.claims.extract import comparisons
from extractors.claims.mentions import find_mentions
from extractors.claims.parsing import parse
from extractors.claims.rules import load_patterns, load_rules
from extractors.registry.load import load_registry

OWN = {"orca": None}
PATTERNS = {p.name: p for p in load_patterns()}


def found(sentence):
    parsed = next(parse([(sentence, find_mentions(sentence, load_registry(), OWN))]))
    return [c for c, _ in comparisons(parsed, load_rules())]


@pytest.mark.parametrize(("name", "sentence"), [(n, s) for n, p in PATTERNS.items() for s in p.positive])
def test_pattern_finds_its_example(name, sentence):
    assert name in {c.rule for c in found(sentence)}


@pytest.mark.parametrize("sentence", sorted({s for p in PATTERNS.values() for s in p.negative}))
def test_no_claim_in_counter_example(sentence):
    assert found(sentence) == []
