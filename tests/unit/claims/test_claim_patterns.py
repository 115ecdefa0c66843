"""Every pattern against its own examples: those in which it must find a claim, those in which none stands."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.claims.extract import comparisons
from extractors.claims.mentions import find_mentions
from extractors.claims.parsing import parse
from extractors.claims.rules import load_patterns, load_rules
from extractors.registry.load import load_registry

OWN = {"orca": None}
FORMS = yaml.safe_load((Path(__file__).parent / "forms.yml").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("told", FORMS)
def test_ways_in_which_comparisons_are_worded(told):
    sentences = FORMS[told]
    expected = set() if told == "nothing" else set(told.split(" and "))
    mentions = [find_mentions(s, load_registry(), OWN) for s in sentences]
    parsed = parse(zip(sentences, mentions, strict=True))
    said = [
        {f"{c.relation} {c.baseline.entity_id}" for c, _ in comparisons(p, load_rules())}
        for p in parsed
        if p is not None
    ]
    assert [s for s, got in zip(sentences, said, strict=True) if got != expected] == []
