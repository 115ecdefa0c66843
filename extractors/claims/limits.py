"""Where a comparison stops: `better on all tracks except law`, `beats ChatGPT, but not GPT-4`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.sides import Comparison

_RULE = "limit"
_FAR = 30  # tokens from a cue to the exception
_ALL = re.compile(r"(?:all|every|each|any)", re.I)
_SOON = 7  # tokens from a name to `but not`
_WIDTH = 7  # tokens from `all` to `except`
_EXCEPT = frozenset({"except", "but", "save", "excluding", "barring", "excepting"})
_PHRASES = (("apart", "from"), ("aside", "from"), ("other", "than"), ("exception", "of"))
_LEADS = frozenset({"for", "on", "in", "the", "of", "from", "than", "that", "those", "with"})


def limits(parsed: Parsed, found: Sequence[tuple[Comparison, bool]]) -> Iterator[Comparison]:
    """The subject is behind in what is excepted; nothing where systems are excepted, or it is worse in all but that."""
    done: set[int] = set()
    for comparison, negated in found:
        if negated or comparison.flipped or comparison.relation == "behind" or comparison.baseline.start in done:
            continue
        place = next((i for i, m in parsed.mentions.items() if m is comparison.baseline), None)
        for mention in _not_of(parsed, place) if place is not None else []:
            done.add(mention.start)
            yield replace(comparison, baseline=mention, relation="behind", rule=_RULE, confidence=0.6)
        if place is None or place < comparison.cue[0] or not _is_limited(parsed, max(place, comparison.cue[1] - 1)):
            continue
        done.add(comparison.baseline.start)
        yield replace(comparison, relation="behind", rule=_RULE, confidence=0.5)


def _not_of(parsed: Parsed, start: int) -> list[Mention]:
    """`beats ChatGPT, but not GPT-4`: the closed models after the `but not`."""
    doc = parsed.doc
    for t in doc[start + 1 : start + _SOON]:
        if t.lower_ == "not" and doc[t.i - 1].lower_ in ("but", "though", "yet", "if"):
            near = next((n.i for n in doc[t.i + 1 : t.i + 4] if n.i in parsed.mentions), None)
            verbs = near is None or any(n.tag_.startswith(("VB", "MD")) for n in doc[t.i : near])
            names = [] if verbs or near is None else [m for m in linked(parsed, doc[near]) if m.kind == "closed"]
            mine = parsed.mentions.get(near) if near is not None else None
            return names or ([mine] if mine is not None and mine.kind == "closed" and not verbs else [])
    return []


def _is_limited(parsed: Parsed, start: int) -> bool:
    """Whether `all ... except Z` follows, before the clause ends, Z being no system."""
    doc = parsed.doc
    for t in doc[start + 1 : start + _FAR]:
        if t.text in (";", ":") or (t.tag_ in ("VBZ", "VBP", "VBD", "MD") and t.lower_ not in _EXCEPT):
            return False
        opens = t.lower_ in _EXCEPT or (t.lower_, doc[t.i + 1 : t.i + 2].text.lower()) in _PHRASES
        if not opens or not any(_ALL.fullmatch(w.lower_) for w in doc[max(start, t.i - _WIDTH) : t.i - 1]):
            continue
        after = [w for w in doc[t.i + 1 : t.i + 7] if w.lower_ not in _LEADS]
        if not after or not after[0].tag_.startswith(("NN", "CD", "DT", "JJ", "VBG", "NNP")):
            return False
        systems = any(
            (w.i in parsed.mentions and parsed.mentions[w.i].kind != "benchmark")
            or load_lexicon().systems.fullmatch(w.lower_)
            for w in after[:3]
        )
        return not systems
    return False
