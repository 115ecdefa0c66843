"""Sentences that say two things of the same systems, of which the scores that belong to each are not told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.records import Claim
from extractors.registry.names import key


def told_of(claim: Claim) -> tuple[str, str, str, str]:
    """What a claim is told of: claims of one sentence on two metrics (`more precision, less recall`) are told apart."""
    subject = claim.subject_id or key(claim.subject_raw)
    return claim.sentence, subject, claim.baseline_id or key(claim.baseline_raw), claim.metric_id or ""


def divided_sentences(claims: Sequence[Claim]) -> frozenset[tuple[str, str, str, str]]:
    """Sentence, subject and baseline of claims that say two things at once: `better on long texts, worse on short
    ones`. Which scores belong to which is not told by the benchmarks alone."""
    relations: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for claim in claims:
        relations[told_of(claim)].add(claim.relation)
    return frozenset(told for told, said in relations.items() if len(said) > 1)
