"""Gains that are only told of: `an improvement is seen with GPT-4 when ...`, `the gains hold for GPT-4 too`, and the
record that a closed model held before. The frames `seen`, `extends` and `record`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.claims.effects import cause
from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.methods import UNMEANT
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, is_passive, party, subject_of, verb_of

_GAINS = re.compile(
    r"(?:improvement|gain|benefit|boost|increase|advantage|uplift|effectiveness|superiority|usefulness)s?", re.I
)
_LOSSES = re.compile(r"(?:drop|decline|degradation|decrease|loss|deterioration)s?", re.I)
_TOLD = frozenset({"there", "we", "one", "it", "they"})  # who sees, and has no part in it
_ONTO = frozenset({"for", "with", "on", "in", "to", "across", "of", "over"})
_DONE = re.compile(
    r"\b(?:set(?:s|ting)?|new|advanc\w+|surpass\w*|exceed\w*|outperform\w*|improv\w+|beat\w*|better|higher|establish\w*"
    r"|push\w*|rais\w+|top(?:s|ped)|overtak\w+|break\w*)\b",
    re.I,
)
_APART = re.compile(r"[,(] the")
_HELD = re.compile(r"h[eo]ld|obtain|achiev|set\b|reach|attain|report|score")
_REACH = 8  # tokens from `the previous best` to the name


def seen(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`there is a gain of 5% with GPT-4 when the input is X instead of Y`: nobody brings it but the clause."""
    noun = cue.root
    if not noun.tag_.startswith("NN") or any(t.lower_ in ("over", "compared", "than") for t in noun.subtree):
        return
    verb = verb_of(noun)
    doers = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]
    own = noun in doers and is_passive(verb)
    if not own and not (doers and doers[0].lower_ in _TOLD):
        return
    names = _onto(parsed, noun, verb)
    method = cause(parsed, verb) if names else None
    if method is None or UNMEANT.search(method.text):
        return
    mine = tuple(m for m in method.mentions if m.kind == "own")
    for m in names:
        yield replace(made(method, mine, m, pattern.relation, pattern, cue), is_method=True)


def extends(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`the improvement holds even for GPT-4`: what brings it was said before."""
    verb = verb_of(cue.root)
    noun = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if noun is None or UNMEANT.search(" ".join(t.text for t in noun.subtree)):
        return
    gain, loss = _GAINS.fullmatch(noun.text), _LOSSES.fullmatch(noun.text)
    if not gain and not loss:
        return
    relation = pattern.relation if gain else INVERSE[pattern.relation]
    owner = subject_of(parsed, noun)
    mine = owner.mentions if owner is not None and any(m.kind == "own" for m in owner.mentions) else ()
    side = owner if mine else None
    for m in _onto(parsed, verb, verb):
        yield replace(made(side, mine, m, relation, pattern, cue), is_method=bool(mine))


def _onto(parsed: Parsed, noun: Token, verb: Token) -> list[Mention]:
    """The closed models on which something is seen."""
    heads = {noun.i, verb.i}
    for t in parsed.doc[noun.i + 1 :]:
        if t.lower_ in _ONTO and t.dep_ == "prep" and (t.head.i in heads or t.head.head.i in heads):
            found = [m for m in linked(parsed, t) if m.kind == "closed"]
            if found:
                return found
    return []


def record(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`sets a new record, better than the previous best, GPT-4`: who holds it now has beaten who held it."""
    doc = parsed.doc
    near = range(cue.end, min(len(doc), cue.end + _REACH))
    place = next((i for i in near if i in parsed.mentions and parsed.mentions[i].kind == "closed"), None)
    if place is None and _APART.fullmatch(doc[max(0, cue.start - 2) : cue.start].text):
        place = cue.start - 3 if cue.start - 3 in parsed.mentions else None  # `GPT-4, the previous best`
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    if (
        place is None
        or root is None
        or parsed.mentions[place].kind != "closed"
        or any(t.text in (".", ";") for t in doc[min(place, cue.end) : place])
    ):
        return
    if place and doc[place - 1].lower_ in ("by", "with") and not _HELD.match(doc[place - 1].head.lower_):
        return  # `previous sets, written by GPT-4`
    rest = " ".join(t.text for t in doc if not cue.start <= t.i < cue.end)
    if not _DONE.search(rest) or load_lexicon().negations.search(rest):
        return
    verb = verb_of(cue.root)
    agent = next((p for c in root.children if c.dep_ == "agent" for p in c.children if c.lower_ == "by"), None)
    sides = [party(parsed, agent)] if agent is not None and is_passive(root) else []
    sides += [s for s in (subject_of(parsed, verb), subject_of(parsed, root)) if s is not None]
    sides += [party(parsed, t) for t in doc[: root.i] if t.i in parsed.mentions and parsed.mentions[t.i].kind == "own"]
    side: Party | None = next((s for s in sides if s.mentions or s.is_we), None)
    if side is not None and not any(m.kind == "closed" for m in side.mentions):
        yield made(side, side.mentions, parsed.mentions[place], pattern.relation, pattern, cue)
