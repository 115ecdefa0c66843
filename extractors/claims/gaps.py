"""Gaps between two systems and shares of what one attains: `a gap to GPT-4 remains`, `92% of ChatGPT's quality`.

The frames `gap` and `share`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors.claims import polarity
from extractors.claims.lexicon import load_lexicon
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made, marker, pair, sides
from extractors.claims.tree import subject_of
from extractors.records import Relation

_NONE = frozenset({"negligible", "insignificant", "minimal", "immaterial", "nonsignificant", "non-significant"})
LITTLE = frozenset({"small", "slight", "minor", "marginal", "tiny", "modest"})
_GREAT = frozenset({"significant", "large", "big", "substantial", "considerable", "notable", "meaningful", "great"})


def gap(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """What a gap, difference or margin between two systems says of them; none to speak of is parity."""
    opener = marker(cue, pattern)
    if opener is None or not polarity.of_quality(parsed, cue):
        return
    relation: Relation = "on_par" if _is_small(cue.root) else pattern.relation
    if cue[0].lower_.startswith("differ") and not _is_small(cue.root):
        return  # which way it goes is not said
    if opener.lower_ == "over" and cue[0].lower_.startswith("margin"):
        relation = INVERSE[relation]  # `a margin of 5 points over`
    if opener.lower_ in ("between", "and"):
        yield from pair(parsed, cue, pattern, opener, relation)
        return
    yield from sides(parsed, cue, pattern, relation, opener, marker=opener)


def _is_small(noun: Token) -> bool:
    """Whether a gap or difference is said to be none to speak of."""
    if any(c.dep_ == "amod" and c.lower_ in _NONE for c in noun.children):
        return True
    be = noun.head
    if be.lower_.startswith(("disappear", "vanish")) and noun.dep_ == "nsubj":
        return True
    if noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    said = [c.lower_ for c in be.children if c.dep_ in ("acomp", "attr", "oprd") and c.i > be.i]
    if any(c.dep_ == "neg" for c in be.children):
        return any(w in _GREAT for w in said)
    return any(w in _NONE or w in LITTLE for w in said)


def share(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """A system that attains so many per cent of what a closed model does."""
    doc = parsed.doc
    value = float(cue[0].text)
    if cue.start > 1 and doc[cue.start - 1].text in ("-", "–") and doc[cue.start - 2].like_num:
        return  # a range
    words = [t.lower_ for t in doc[cue.end : cue.end + 12]]
    for t in doc[cue.end : cue.end + 8]:
        if t.i in parsed.mentions:
            mention = parsed.mentions[t.i]
            around = " ".join([*words[: t.i - cue.end], *[w.lower_ for w in doc[t.i + 1 : t.i + 4]]])
            quality = load_lexicon().good_dimensions.search(around)
            if mention.kind == "closed" and not is_blocked(parsed, t.i) and quality:
                relation: Relation = "behind" if value < 100 else "beats"
                left = subject_of(parsed, cue.root)
                yield made(left, left.mentions if left else (), mention, relation, pattern, cue)
            return
        if (
            t.tag_.startswith("VB")
            or t.text in (",", ";", ":")
            or t.lower_
            in ("than", "for", "against", "with", "when", "over", "on", "in", "and", "while", "points", "improvement")
        ):
            return
