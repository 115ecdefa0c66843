"""What a method does to a closed model: `improves GPT-4`, `hurts ChatGPT`, `from 50% to 61% for GPT-4`; frame `lift`.

The method on the model is the subject, the bare model the baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors.claims import polarity
from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.methods import METHOD, UNMEANT
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, governed, made
from extractors.claims.tree import Party, is_passive, party, subject_of, unspaced, verb_of
from extractors.records import Relation

_FROM_TO = re.compile(r"from \d+(?:\.\d+)? ?%? to \d+(?:\.\d+)?")
_HELPS = ("help", "enabl", "allow", "lead")
_BETTER = re.compile(  # what a model is helped to, where that is quality
    r"\b(?:(?:reduc|lower|avoid|mitigat)\w* (?:[\w-]+ ){0,3}(?:errors?|hallucinations?|mistakes?|bias(?:es)?)"
    r"|(?:improv|increas|boost|enhanc)\w*|higher|better|correct\w*|accurate\w*|outperform\w*|exceed\w*)\b",
    re.I,
)
_MEASURED = re.compile(
    r"\b(?:significant|substantial|considerabl|great|notabl|consistent|drastic|dramatic|clear)", re.I
)
_LEFT_OUT = re.compile(r"(?:remov|omit|ablat|disabl|exclud|leaving out|turning off)\w*", re.I)
_JOINED = frozenset({"applied", "combined", "integrated", "equipped", "paired", "used", "plugged", "coupled"})
_ONTO = frozenset({"to", "with", "on", "onto", "into"})
_DONE = frozenset(
    {
        "tuned",
        "fine-tuned",
        "finetuned",
        "trained",
        "equipped",
        "augmented",
        "combined",
        "prompted",
        "enhanced",
        "guided",
    }
)
_GIVEN = ("dative", "iobj", "dobj")  # of `gives GPT-4 a boost`
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
)
_REACH = 6  # tokens from the noun to the `for` that names the model


def lift(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """What the verb or noun of a cue says that a method did to closed models."""
    head = cue[0]
    if head.tag_.startswith("NN"):
        yield from _noun(parsed, cue, pattern)
        return
    if not head.tag_.startswith("VB") or is_passive(head) or _is_purpose(head):
        return
    left = subject_of(parsed, head)
    if left is None:
        return
    if re.match(r"(?:mov|switch|go|upgrad|scal|replac|chang)\w*ing\b", left.text, re.I):
        return  # `moving from one model to another`
    relation = _relation(head, pattern)
    if relation is not None and _LEFT_OUT.match(left.text):
        relation = INVERSE[relation]  # `removing the retriever lowers` what it had raised
    applied = _applied_to(parsed, head)
    if relation is not None and applied:
        method = tuple(m for m in left.mentions if m not in applied)
        yield from (made(left, method, m, relation, pattern, cue) for m in applied)
        return
    if any(m.kind == "closed" for m in left.mentions) and not any(m.kind in ("own", "model") for m in left.mentions):
        yield from _with_method(parsed, cue, pattern, left)
        return
    bare = left.text.casefold() in ("we", "us")
    if relation is None or (bare and not left.mentions and not _by_number(parsed, head)):
        return  # `we enhance GPT-4 by search` tells what was done
    yield from (made(left, left.mentions, m, relation, pattern, cue) for m in _raised(parsed, head))
    numbered = _by_number(parsed, head) and _is_quality(head)
    if not (left.is_we or left.mentions or METHOD.search(left.text) or numbered) or UNMEANT.search(left.text):
        return
    if head.lower_.startswith(_HELPS):
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in _helped(parsed, head))
        return
    if any(c.dep_ == "dobj" for c in head.children):
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in _when_applied(parsed, head))
    for anchor in (
        c
        for c in head.children
        if c.dep_ == "dobj"
        or (c.dep_ == "prep" and c.lower_ in (("to",) if head.lower_.startswith("add") else ("in", "for")))
    ):
        if polarity.names_other(" ".join(t.text for t in anchor.lefts)):
            continue
        names = [m for m in linked(parsed, anchor) if m.kind == "closed"]
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in names)


def _is_quality(verb: Token) -> bool:
    """Whether what is raised is quality by its name."""
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return target is not None and bool(load_lexicon().good_dimensions.fullmatch(target.lower_))


def _relation(verb: Token, pattern: Pattern) -> Relation | None:
    """The relation of a word that raises or lowers; by what it raises: more errors are worse."""
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if verb.tag_.startswith("NN"):
        target = next((c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"), None)
    words = "" if target is None else " ".join(t.lower_ for t in (*target.lefts, target, *target.rights))
    lexicon = load_lexicon()
    if not pattern.dimension:
        return None if lexicon.bad_dimensions.search(words) else pattern.relation
    if lexicon.bad_dimensions.search(words):
        return INVERSE[pattern.relation]
    if target is not None and target.lower_ in ("rate", "rates") and verb.tag_.startswith("VB"):
        return None  # of what is said elsewhere
    return pattern.relation if target is None or lexicon.good_dimensions.search(words) else None


def _applied_to(parsed: Parsed, verb: Token) -> list[Mention]:
    """`applying X to GPT-4 improved its accuracy`: the closed models to which the subject is applied."""
    subject = next((c for c in verb.children if c.dep_ in ("csubj", "nsubj")), None)
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if subject is None or target is None:
        return []
    theirs = any(t.lower_ in ("its", "their") for t in target.subtree)
    if not (theirs or (subject.dep_ == "csubj" and not any(t.i in parsed.mentions for t in target.subtree))):
        return []
    if subject.dep_ == "csubj" and subject.lower_.startswith(_EQUIPS):
        fitted = [c for c in subject.children if c.dep_ in ("dobj", "dative") and c.i in parsed.mentions]
        if fitted:  # `equipping GPT-4 with X`
            return [parsed.mentions[c.i] for c in fitted if parsed.mentions[c.i].kind == "closed"]
    return [
        parsed.mentions[t.i]
        for t in subject.subtree
        if t.i in parsed.mentions and parsed.mentions[t.i].kind == "closed" and t.dep_ != "compound" and _onto(t)
    ]


def _onto(name: Token) -> bool:
    """Whether a name stands after the `to` of `applying X to the larger GPT-4`."""
    return any(t.lower_ in _ONTO for t in name.doc[max(0, name.i - 3) : name.i])


def _by_number(parsed: Parsed, verb: Token) -> bool:
    """Whether what `we` did to a model is said to have come out well, or is only told."""
    numbers = any(
        t.text[0].isdigit() and t.i not in parsed.mentions and (t.i == 0 or t.nbor(-1).text not in ("[", ","))
        for t in parsed.doc
    )
    return numbers or verb.lower_.startswith(_HELPS) or bool(_MEASURED.search(parsed.doc.text))


def _helped(parsed: Parsed, verb: Token) -> list[Mention]:
    """`helps GPT-4 reach a higher score`: the closed models that are helped to something better."""
    done = parsed.doc[verb.i + 1 : verb.i + 24]
    first = next((t for t in done if t.i in parsed.mentions or t.dep_ in ("dobj", "pobj")), None)
    if first is None or first.i not in parsed.mentions:
        return []
    bare = verb.lower_.startswith("help") and first.dep_ == "dobj" and first.head.i == verb.i
    if not _BETTER.search(done.text) and not (bare and not any(t.tag_ == "VB" for t in done)):
        return []  # `helps GPT-4 on hard tasks` alone is enough
    return [m for m in linked(parsed, first) if m.kind == "closed"]


def _raised(parsed: Parsed, verb: Token) -> list[Mention]:
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


def _with_method(parsed: Parsed, cue: Span, pattern: Pattern, left: Party) -> Iterator[Comparison]:
    """`GPT-4 improves by 5 points with our method`, `GPT-4 tuned with X shows gains`: the model is the grammar's
    subject, the method on it the claim's."""
    relation = _relation(cue[0], pattern)
    closed = [m for m in left.mentions if m.kind == "closed"]
    if relation is None:
        return
    for mention in closed:
        side = _tuned(parsed, next(i for i, m in parsed.mentions.items() if m is mention))
        if side is not None:
            yield made(side, tuple(m for m in side.mentions if m.kind == "own"), mention, relation, pattern, cue)
            return
    head = cue[0]
    noun = parsed.doc[left.token]
    if _is_quality(head) and noun.i not in parsed.mentions and METHOD.search(left.text):
        run = [m for i, m in parsed.mentions.items() if m in closed and _onto(parsed.doc[i])]
        yield from (made(left, (), m, relation, pattern, cue) for m in run)  # `debate with GPT-4 improves results`
        return
    if not head.tag_.startswith("VB") or any(c.dep_ == "dobj" and c.tag_.startswith("NN") for c in head.children):
        return
    for t in parsed.doc:
        if t.lower_ not in ("with", "from", "when", "using", "after") or not governed(t, {head.i, verb_of(head).i}):
            continue
        target = next((c for c in t.children if c.dep_ in ("pobj", "dobj", "pcomp")), None)
        side = party(parsed, target) if target is not None else None
        if side is None or any(m.kind == "closed" for m in side.mentions):
            continue
        if side.is_we or any(m.kind == "own" for m in side.mentions) or METHOD.search(side.text):
            yield from (made(side, side.mentions, m, relation, pattern, cue) for m in closed)
            return


def _tuned(parsed: Parsed, place: int) -> Party | None:
    """`ChatGPT tuned on letters`, `GPT-4 after our training`: a model with what was done to it."""
    name = parsed.doc[place]
    for child in name.children:
        if child.i < place or not (
            child.lower_ in _DONE or (child.dep_ == "prep" and child.lower_ in ("with", "after"))
        ):
            continue
        span = parsed.doc[place : max(t.i for t in child.subtree) + 1]
        own = tuple(parsed.mentions[t.i] for t in span[1:] if t.i in parsed.mentions)
        if child.lower_ in _DONE or own or METHOD.search(span[1:].text):
            return Party(place, own, unspaced(span.text), False, False)
    return None


def _noun(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`an improvement of 6% for GPT-4`: what a method brings to a closed model."""
    left = subject_of(parsed, verb_of(cue[0]))
    if left is None or not (left.is_we or left.mentions or METHOD.search(left.text)):
        return
    onto = [m for i, m in parsed.mentions.items() if m in left.mentions and m.kind == "closed" and _onto(parsed.doc[i])]
    if onto and parsed.doc[left.token].tag_ == "VBG" and METHOD.search(left.text):
        yield from (made(left, (), m, pattern.relation, pattern, cue) for m in onto)  # `applying X to GPT-4 brings`
        return
    if any(m.kind == "closed" for m in left.mentions) and not any(m.kind == "own" for m in left.mentions):
        yield from _with_method(parsed, cue, pattern, left)
        return
    given = [parsed.mentions[c.i] for c in verb_of(cue[0]).children if c.dep_ in _GIVEN and c.i in parsed.mentions]
    if not pattern.dimension:
        yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in given if m.kind == "closed")
    if pattern.dimension or given or any(t.lower_ in ("over", "compared", "than", "relative") for t in parsed.doc):
        return  # what it is measured against is said
    applied = _when_applied(parsed, verb_of(cue[0]))
    yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in applied)
    for t in parsed.doc[cue.end : cue.end + _REACH]:
        if t.lower_ in ("for", "on", "in", "with", "to") and governed(t, {cue[0].i, verb_of(cue[0]).i}):
            names = [m for m in linked(parsed, t) if m.kind == "closed" and not _is_tool(parsed, m)]
            yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in names)


def _when_applied(parsed: Parsed, verb: Token) -> list[Mention]:
    """`when applied to GPT-4, X brings gains`."""
    for opens in (c for c in verb.children if c.dep_ == "prep" and c.i < verb.i and c.lower_ in ("for", "on", "with")):
        if any(c.dep_ == "pobj" and c.i in parsed.mentions for c in opens.children):
            return [m for m in linked(parsed, opens) if m.kind == "closed"]  # `for GPT-4, X brings gains`
    for clause in (c for c in verb.children if c.dep_ in ("advcl", "acl", "prep") and c.lower_ in _JOINED):
        return [m for t in clause.subtree if t.lower_ in _ONTO for m in linked(parsed, t) if m.kind == "closed"]
    return []


def _is_tool(parsed: Parsed, mention: Mention) -> bool:
    return any(m is mention and is_blocked(parsed, i) for i, m in parsed.mentions.items())


def _is_purpose(verb: Token) -> bool:
    """`an approach for enhancing X`: what it is for, not what it did."""
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "in")
