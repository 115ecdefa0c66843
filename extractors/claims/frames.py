"""From a cue to a comparison: what each frame of the pattern files asks for, and who stands on which side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors.claims import polarity
from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, governed, made, marker, pair, sides
from extractors.claims.tree import Party, linked, party, subject_of, verb_of
from extractors.records import Relation

_OBJECTS = ("dobj", "attr", "dative", "oprd", "npadvmod", "dep", "pobj", "nsubj", "ccomp", "advmod")


def compare(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """The comparisons with closed models which a cue makes."""
    makers = {
        "verb": _verb,
        "comparison": _comparative,
        "parity": _comparative,
        "gap": _gap,
        "share": _share,
        "lift": _lift,
        "top": _top,
    }
    yield from makers[pattern.frame](parsed, cue, pattern)


def _verb(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    head = cue.root if len(cue) > 1 else cue[0]
    if len(cue) == 1 and not head.tag_.startswith("VB"):
        return
    agent = next((c for c in head.children if c.dep_ == "agent" or (c.lower_ == "by" and _passive(head))), None)
    if agent is not None and _passive(head):
        yield from sides(parsed, cue, pattern, INVERSE[pattern.relation], agent)
        return
    anchors = [c for c in head.children if c.i > head.i and c.dep_ in _OBJECTS and c.dep_ != "ccomp"]
    anchors += [
        c
        for t in cue
        for c in t.children
        if c.i >= cue.start and c.lower_ in pattern.markers and c.dep_ in ("prep", "dep", "agent")
    ]
    anchors += [t for t in cue if t.lower_ in pattern.markers]
    yield from sides(parsed, cue, pattern, pattern.relation, *anchors)


def _passive(verb: Token) -> bool:
    return verb.tag_ in ("VBN", "VBD") and (
        any(c.dep_ in ("auxpass", "agent") for c in verb.children) or verb.dep_ == "acl"
    )


def _comparative(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    if pattern.frame == "comparison" and any(c.lower_ == "there" for c in verb_of(cue.root).children):
        return  # `there are better models than GPT-4` speaks of none
    opener = marker(cue, pattern)
    sign = polarity.sign(parsed, cue) if pattern.dimension and pattern.frame == "comparison" else 1
    if pattern.frame == "parity" and cue.root.dep_ == "amod" and load_lexicon().systems.fullmatch(cue.root.head.lower_):
        return  # `competitive models such as GPT-4` compares none
    if sign == 0 or (pattern.frame == "parity" and not polarity.of_quality(parsed, cue)):
        return
    relation = pattern.relation if sign > 0 else INVERSE[pattern.relation]
    if opener is None:
        if pattern.frame == "parity":
            yield from _both(parsed, cue, pattern)
        else:
            yield from _contrast(parsed, cue, pattern, relation)
        return
    anchor = opener.head if opener.dep_ == "mark" else opener
    if opener.lower_ == "between":
        yield from pair(parsed, cue, pattern, anchor, relation)
        return
    yield from sides(parsed, cue, pattern, relation, anchor, marker=opener)


def _contrast(parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation) -> Iterator[Comparison]:
    """`X reaches 0.52, whereas GPT-4 has a higher score`: the other side is the subject of the clause before."""
    doc = parsed.doc
    turn = next((t.i for t in reversed(doc[: cue.start]) if t.lower_ in ("whereas", "while", "but")), None)
    if turn is None:
        return
    left = subject_of(parsed, cue.root)
    before = next((party(parsed, t) for t in doc[:turn] if t.dep_ in ("nsubj", "nsubjpass")), None)
    if left is None or before is None or left.token <= turn:
        return
    mine = [m for m in left.mentions if m.kind == "closed"]
    theirs = [m for m in before.mentions if m.kind == "closed"]
    if mine and not theirs and before.mentions:
        yield from (made(before, before.mentions, m, INVERSE[relation], pattern, cue) for m in mine)
    elif theirs and not mine and left.mentions:
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in theirs)


def _both(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`X and GPT-4 are on par`: both stand in the subject."""
    left = subject_of(parsed, cue.root)
    if left is None:
        return
    closed = [m for m in left.mentions if m.kind == "closed"]
    others = tuple(m for m in left.mentions if m.kind != "closed")
    if closed and others:
        yield made(left, others, closed[0], pattern.relation, pattern, cue)
    elif len(closed) > 1:
        yield made(left, tuple(closed[:1]), closed[-1], pattern.relation, pattern, cue)


def _gap(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    opener = marker(cue, pattern)
    if opener is None or not polarity.of_quality(parsed, cue):
        return
    if opener.lower_ in ("between", "and"):
        yield from pair(parsed, cue, pattern, opener, pattern.relation)
        return
    yield from sides(parsed, cue, pattern, pattern.relation, opener, marker=opener)


def _share(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    doc = parsed.doc
    value = float(cue[0].text)
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
            or t.lower_ in ("than", "for", "against", "with", "when", "over", "on", "in", "points", "improvement")
        ):
            return


def _lift(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    head = cue[0]
    if head.tag_.startswith("NN"):
        yield from _lift_noun(parsed, cue, pattern)
        return
    if not head.tag_.startswith("VB") or _passive(head) or _is_purpose(head):
        return
    left = subject_of(parsed, head)
    if left is None or (
        any(m.kind == "closed" for m in left.mentions) and not any(m.kind in ("own", "model") for m in left.mentions)
    ):
        return
    yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in _applied_to(parsed, head))
    by_method = left.is_we or bool(left.mentions) or _is_method(left)
    for anchor in (c for c in head.children if c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in ("in", "for"))):
        if polarity.names_other(" ".join(t.text for t in anchor.lefts)) or not by_method:
            continue
        names = [m for m in linked(parsed, anchor) if m.kind == "closed"]
        yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in names)


def _applied_to(parsed: Parsed, verb: Token) -> list[Mention]:
    """`applying X to GPT-4 improved its accuracy`: the closed models to which the subject is applied."""
    subject = next((c for c in verb.children if c.dep_ in ("csubj", "nsubj")), None)
    theirs = any(t.lower_ in ("its", "their") for c in verb.children if c.dep_ == "dobj" for t in c.subtree)
    if subject is None or not theirs:
        return []
    return [
        parsed.mentions[t.i]
        for t in subject.subtree
        if t.i in parsed.mentions and parsed.mentions[t.i].kind == "closed" and t.head.lower_ in ("to", "with")
    ]


def _lift_noun(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`an improvement of 6% for GPT-4`: what a method brings to a closed model."""
    left = subject_of(parsed, cue[0])
    if left is None or not (left.is_we or left.mentions or _is_method(left)):
        return
    for t in parsed.doc[cue.end : cue.end + 6]:
        if t.lower_ == "for" and governed(t, {cue[0].i, verb_of(cue[0]).i}):
            names = [m for m in linked(parsed, t) if m.kind == "closed"]
            yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in names)


def _is_purpose(verb: Token) -> bool:
    """`an approach for enhancing X`: what it is for, not what it did."""
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "in")


def _is_method(side: Party) -> bool:
    return bool(
        re.search(
            r"\b(?:method|approach|framework|prompting|fine-?tuning|training|technique|pipeline|strategy)",
            side.text,
            re.I,
        )
    )


def _top(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`GPT-4 is the best among all models`: the others are behind, where they are named."""
    left = subject_of(parsed, cue.root)
    if left is None or left.is_pronoun:
        return
    closed = [m for m in left.mentions if m.kind == "closed"]
    if not closed or any(m.kind == "own" for m in left.mentions):
        return
    doc = parsed.doc
    verb = verb_of(cue.root)
    if any(t.lower_ == "one" for t in doc[max(0, cue.start - 4) : cue.start]) or verb.i > cue.start:
        return
    root = next((t for t in doc if t.dep_ == "ROOT"), verb)
    if any(t.lower_ == "with" and root.i < t.i < verb.i for t in verb.ancestors):
        others = subject_of(parsed, root)  # `X do well, with GPT-4 being the best`
        named = others is not None and (others.mentions or load_lexicon().systems.search(others.text))
        if others is not None and named and all(m.kind != "closed" for m in others.mentions):
            yield from (made(others, others.mentions, m, "behind", pattern, cue) for m in closed)
            return
    for t in doc:
        if (t.lower_ in ("among", "amongst", "of") and t.i > cue.start - 1) or (t.lower_ == "among"):
            target = next((c for c in t.children if c.dep_ == "pobj"), None)
            if target is None or not load_lexicon().systems.fullmatch(target.lower_):
                continue
            side = party(parsed, target)
            if re.search(r"\b(?:all|other|tested|evaluated|these|the|considered|\d+)\b", side.text, re.I):
                yield from (made(side, side.mentions, m, "behind", pattern, cue) for m in closed)
                return
