"""Scores that a sentence prints, and the pairs of scores that it speaks of by printing them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.verdict_pairs import Pair
from extractors.records import Claim
from extractors.registry.load import Registry

_DECIMAL = re.compile(r"(?<![\w.-])\d*\.\d+(?![\w.-]*[A-Za-z])")
_GAP = re.compile(
    r"\bby (?:\w+ ){0,3}\d+(?:\.\d+)?(?: ?%)?|\d+(?:\.\d+)? ?(?:%|points?|pts) ?(?:and \d+(?:\.\d+)? ?% ?)?"
    r"(?:absolute |relative |point )*(?:more|higher|lower|less|better|worse|gains?|improvements?|increase|drop|gap)\b",
    re.I,
)
_VERSION = re.compile(r"\b([A-Z][A-Za-z]{2,}) v?\d+\.\d+")


def quoted_pairs(claim: Claim, pairs: Sequence[Pair], registry: Registry) -> list[Pair]:
    """Pairs of which the sentence prints both scores: it speaks of these. Else those of which it prints the subject's
    with a decimal, if it prints no other score."""
    both = both_quoted(claim, pairs, registry)
    said = scores_said(claim, registry)
    if both or len(said) != 1:
        return both
    return [p for p in pairs if p.subject.score in said]


def both_quoted(claim: Claim, pairs: Sequence[Pair], registry: Registry) -> list[Pair]:
    """Pairs of which the sentence prints both scores: `from 65.0 to 77.5`."""
    said = scores_said(claim, registry)
    return [p for p in pairs if p.subject.score in said and p.baseline.score in said]


def scores_said(claim: Claim, registry: Registry) -> set[float]:
    """Decimals of the sentence that may be scores: not its margin, nor other gaps (`by 4.5 %`, `31.8% more than`), nor
    versions in the names of models (`GPT 3.5`)."""
    said = _VERSION.sub(lambda m: " " if _is_model_word(m[1], registry) else m[0], _GAP.sub(" ", claim.sentence))
    return {float(n) for n in _DECIMAL.findall(said)} - {claim.margin}


def _is_model_word(word: str, registry: Registry) -> bool:
    return any(word.casefold() in name for name in registry.model_keys)
