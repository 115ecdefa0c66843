"""On which closed models a method acts: those it is applied to, those it helps, those it raises; for lifts.py."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.tree import Party

_FROM_TO = re.compile(r"from \d+(?:\.\d+)? ?%? to \d+(?:\.\d+)?")
_BETTER = re.compile(  # what a model is helped to, where that is quality
    r"\b(?:(?:reduc|lower|avoid|mitigat)\w* (?:[\w-]+ ){0,3}(?:errors?|hallucinations?|mistakes?|bias(?:es)?)"
    r"|(?:improv|increas|boost|enhanc)\w*|higher|better|correct\w*|accurate\w*|outperform\w*|exceed\w*)\b",
    re.I,
)
_UNIT = re.compile(r"%|percent|points?|pp|pts?")
_RUN = re.compile(
    r"(?:debates?|discussions?|reflection|self-\w+|ensembl\w+|voting|prompting|refinement|collaboration|correction)"
)
_JOINED = frozenset({"applied", "combined", "integrated", "equipped", "paired", "used", "plugged", "coupled"})
_ONTO = frozenset({"to", "with", "on", "onto", "into"})
_EQUIPS = (
    "equip",
    "augment",
    "provid",
    "prompt",
    "suppl",
    "enhanc",
    "fine",
    "train",
    "instruct",
    "guid",
    "endow",
    "tun",
    "giv",
    "allow",
    "grant",
    "let",
    "inform",
    "feed",
    "arm",
    "empower",
    "teach",
    "expos",
    "assist",
    "support",
    "present",
    "ground",
    "condition",
)


def is_quality(verb: Token) -> bool:
    """Whether what is raised is quality by its name."""
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return target is not None and bool(load_lexicon().good_dimensions.fullmatch(target.lower_))


def run_with(parsed: Parsed, verb: Token, left: Party) -> list[Mention]:
    """`debate with GPT-4 improves the results`: the closed models with which a method is run, not made."""
    noun = parsed.doc[left.token]
    if not is_quality(verb) or not _RUN.fullmatch(noun.lower_) or left.mentions:
        return []
    with_ = next((c for c in noun.children if c.lower_ in ("with", "using", "on") and c.i > noun.i), None)
    target = next((c for c in with_.children if c.dep_ in ("pobj", "dobj")), None) if with_ is not None else None
    if target is None or not (target.i in parsed.mentions or target.lower_ in ("instances", "agents")):
        return []
    return [
        parsed.mentions[t.i] for t in target.subtree if t.i in parsed.mentions and parsed.mentions[t.i].kind == "closed"
    ]


def applied_to(parsed: Parsed, verb: Token) -> list[Mention]:
    """`applying X to GPT-4 improved its accuracy`: the closed models to which the subject is applied."""
    subject = next((c for c in verb.children if c.dep_ in ("csubj", "nsubj")), None)
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if subject is None or target is None:
        return []
    theirs = any(t.lower_ in ("its", "their") for t in target.subtree)
    if not (theirs or (subject.dep_ == "csubj" and not any(t.i in parsed.mentions for t in target.subtree))):
        return []
    if subject.dep_ == "csubj" and subject.lower_.startswith(_EQUIPS):
        fitted = [c for c in subject.children if c.dep_ in ("dobj", "dative", "dep") and _is_model(parsed, c)]
        fitted += [t for t in parsed.doc[subject.i + 1 : subject.i + 2] if t.i in parsed.mentions and t not in fitted]
        names = [m for c in fitted for m in linked(parsed, c) if m.kind == "closed"]
        if names:  # `equipping GPT-4 with X`
            return names
    return [
        parsed.mentions[t.i]
        for t in subject.subtree
        if t.i in parsed.mentions and parsed.mentions[t.i].kind == "closed" and t.dep_ != "compound" and onto(t)
    ]


def _is_model(parsed: Parsed, noun: Token) -> bool:
    """`GPT-4`, `models such as GPT-4`."""
    return noun.i in parsed.mentions or bool(load_lexicon().systems.fullmatch(noun.lower_))


def onto(name: Token) -> bool:
    """Whether a name stands after the `to` of `applying X to the larger GPT-4`."""
    return any(t.lower_ in _ONTO for t in name.doc[max(0, name.i - 3) : name.i])


def helped(parsed: Parsed, verb: Token) -> list[Mention]:
    """`helps GPT-4 reach a higher score`: the closed models that are helped to something better."""
    done = parsed.doc[verb.i + 1 : verb.i + 24]
    first = next((t for t in done if t.i in parsed.mentions or t.dep_ in ("dobj", "pobj")), None)
    if first is None or first.i not in parsed.mentions:
        return []
    bare = verb.lower_.startswith("help") and first.dep_ == "dobj" and first.head.i == verb.i
    if not _BETTER.search(done.text) and not (bare and not any(t.tag_ == "VB" for t in done)):
        return []  # `helps GPT-4 on hard tasks` alone is enough
    return [m for m in linked(parsed, first) if m.kind == "closed"]


def raised(parsed: Parsed, verb: Token) -> list[Mention]:
    """`improving from 50% to 61% for GPT-4`: the closed models after the two scores."""
    doc = parsed.doc
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if target is not None and _FROM_TO.search(doc[target.i : target.i + 16].text):
        names = [m for m in linked(parsed, target) if m.kind == "closed"]
        if names:
            return names
    for t in doc[verb.i + 1 : verb.i + 16]:
        if t.lower_ in ("for", "with", "on", "of", "in") and _FROM_TO.search(doc[verb.i + 1 : t.i].text):
            after = next((n.i for n in doc[t.i + 1 : t.i + 3] if n.i in parsed.mentions), None)
            if after is not None and parsed.mentions[after].kind == "closed":
                return [m for m in linked(parsed, doc[after]) if m.kind == "closed"] or [parsed.mentions[after]]
    return []


def when_applied(parsed: Parsed, verb: Token) -> list[Mention]:
    """`when applied to GPT-4, X brings gains`."""
    for opens in (c for c in verb.children if c.dep_ == "prep" and c.i < verb.i and c.lower_ in ("for", "on", "with")):
        if any(c.dep_ == "pobj" and _is_model(parsed, c) for c in opens.children):
            inner = [parsed.mentions[t.i] for t in opens.subtree if t.i in parsed.mentions and t.i < verb.i]
            names = linked(parsed, opens) or inner  # `for models with few errors, specifically GPT-4, X brings gains`
            return [m for m in names if m.kind == "closed"]
    for clause in (c for c in verb.children if c.dep_ in ("advcl", "acl", "prep") and c.lower_ in _JOINED):
        return [m for t in clause.subtree if t.lower_ in _ONTO for m in linked(parsed, t) if m.kind == "closed"]
    return []


def by_each(parsed: Parsed, after: Token, known: Sequence[Mention]) -> list[Mention]:
    """`by 5.2% on GPT-4 and 3.1% on GPT-3.5`: the closed models behind a word, each of which a gain of its own stands
    before; those that are known already, and gains only mentioned in brackets, left out."""
    doc = parsed.doc
    ends = next((t.i for t in doc[after.i :] if t.text in ("(", ";")), len(doc))
    return [
        mention
        for i, mention in sorted(parsed.mentions.items())
        if mention.kind == "closed"
        and after.i + 2 < i < ends
        and doc[i - 1].lower_ in ("on", "for", "with")
        and _UNIT.fullmatch(doc[i - 2].lower_)
        and not (i > 3 and doc[i - 4].lower_ == "to")  # `from 92% to 97% for X` is found as such
        and not any(mention is m for m in known)
    ]
