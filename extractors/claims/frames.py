"""From a cue to a comparison: what each frame of the pattern files asks for, and who stands on which side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extractors.claims import polarity
from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.tree import Party, best, is_blocked, linked, party, subject_of, verb_of
from extractors.records import Relation

_INVERSE: dict[Relation, Relation] = {"beats": "behind", "behind": "beats", "on_par": "on_par"}
_OBJECTS = ("dobj", "attr", "dative", "oprd", "npadvmod", "dep", "pobj", "nsubj", "ccomp", "advmod")
_REACH = 30  # tokens from a cue to its `than`
_NEAR = 14  # tokens from `than` to a name where the parse leads nowhere
_EXAMPLES = ("such", "including", "like", "e.g.", "namely", "even")
_ANYWHERE = ("compared", "comparison", "relative")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison as a sentence makes it, before its words are linked."""

    subject: Party | None
    subject_mentions: tuple[Mention, ...]
    baseline: Mention
    relation: Relation
    rule: str
    confidence: float
    cue: tuple[int, int]


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
        yield from _sides(parsed, cue, pattern, _INVERSE[pattern.relation], agent)
        return
    anchors = [c for c in head.children if c.i > head.i and c.dep_ in _OBJECTS and c.dep_ != "ccomp"]
    anchors += [
        c
        for t in cue
        for c in t.children
        if c.i >= cue.start and c.lower_ in pattern.markers and c.dep_ in ("prep", "dep", "agent")
    ]
    anchors += [t for t in cue if t.lower_ in pattern.markers]
    yield from _sides(parsed, cue, pattern, pattern.relation, *anchors)


def _passive(verb: Token) -> bool:
    return verb.tag_ in ("VBN", "VBD") and (
        any(c.dep_ in ("auxpass", "agent") for c in verb.children) or verb.dep_ == "acl"
    )


def _comparative(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    if pattern.frame == "comparison" and any(c.lower_ == "there" for c in verb_of(cue.root).children):
        return  # `there are better models than GPT-4` speaks of none
    marker = _marker(cue, pattern)
    sign = polarity.sign(parsed, cue) if pattern.dimension and pattern.frame == "comparison" else 1
    if sign == 0 or (pattern.frame == "parity" and not polarity.of_quality(parsed, cue)):
        return
    relation = pattern.relation if sign > 0 else _INVERSE[pattern.relation]
    if marker is None:
        if pattern.frame == "parity":
            yield from _both(parsed, cue, pattern)
        return
    anchor = marker.head if marker.dep_ == "mark" else marker
    if marker.lower_ == "between":
        yield from _pair(parsed, cue, pattern, anchor, relation)
        return
    yield from _sides(parsed, cue, pattern, relation, anchor, marker=marker)


def _marker(cue: Span, pattern: Pattern) -> Token | None:
    """The word that opens the other side: the nearest to the right that the cue or its verb governs."""
    doc = cue.doc
    if len(cue) > 1 and cue[-1].lower_ in pattern.markers:
        return cue[-1]
    verb = verb_of(cue.root)
    governors = {t.i for t in cue} | {verb.i}
    head = cue.root
    while head.i != verb.i and head.head.i != head.i:
        governors.add(head.i)
        head = head.head
    for t in doc[cue.end : min(len(doc), cue.end + _REACH)]:
        if t.text == ";" or (
            t.tag_ in ("VBZ", "VBP", "VBD")
            and t.dep_ in ("conj", "ROOT", "advcl")
            and t.i > verb.i
            and t.head.i != cue.root.i
            and t.lower_ not in _ANYWHERE
        ):
            break
        if t.lower_ in pattern.markers and (t.i == cue.end or _governed(t, governors)):
            return t
    for t in doc:
        if (
            t.lower_ in _ANYWHERE
            and t.lower_ in pattern.markers
            and any(n.lower_ in ("to", "with") for n in doc[t.i + 1 : t.i + 2])
            and (t.i < 6 or _governed(t, governors))
        ):
            return t
    return None


def _governed(token: Token, governors: set[int]) -> bool:
    for _ in range(4):
        token = token.head
        if token.i in governors:
            return True
    return False


def _sides(
    parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation, *anchors: Token, marker: Token | None = None
) -> Iterator[Comparison]:
    """Right: what hangs on the anchors. Left: the subject. The closed name may be on either side."""
    left = subject_of(parsed, cue.root)
    right: list[Mention] = []
    for anchor in anchors:
        right += [m for m in linked(parsed, anchor) if m not in right]
    start = (marker.i if marker is not None else cue.end - 1) + 1
    if not right:
        right = _next_name(parsed, start) or _taken_up(parsed, cue, anchors)
    left_names = tuple(m for m in left.mentions if m not in right) if left else ()
    closed_right = [m for m in right if m.kind == "closed"]
    if closed_right:
        yield from (_made(left, left_names, m, relation, pattern, cue) for m in closed_right)
        return
    closed_left = [m for m in left_names if m.kind == "closed"]
    if not closed_left or any(m.kind == "own" for m in left_names):
        return
    other = _other_side(parsed, anchors, right, start)
    if other is not None:
        yield from (_made(other, tuple(right), m, _INVERSE[relation], pattern, cue) for m in closed_left)


def _taken_up(parsed: Parsed, cue: Span, anchors: tuple[Token, ...]) -> list[Mention]:
    """The closed models named before, where the object is `them` or `the latter`."""
    words = {t.lower_ for a in anchors for t in (a, *a.children)}
    bare = cue[-1].lower_ == "behind" and cue.end < len(cue.doc) and cue.doc[cue.end].lower_ in ("in", "on", ".", ",")
    if not words & {"them", "latter"} and not bare:
        return []
    before = [m for i, m in sorted(parsed.mentions.items()) if i < cue.start and m.kind == "closed"]
    return before[-1:] if "latter" in words else before


def _next_name(parsed: Parsed, start: int) -> list[Mention]:
    """The first name after a place, unless a verb, a stop or a preposition that leads elsewhere stands between."""
    doc = parsed.doc
    shared = start < len(doc) and doc[start].lower_ in ("or", "and", "to")  # `on par with or even surpassing GPT-4`
    for t in doc[start : start + _NEAR]:
        if shared and t.tag_ in ("VBG", "VB", "VBZ") and t.i < start + 4:
            continue
        if t.i in parsed.mentions and parsed.mentions[t.i].kind != "benchmark":
            return [] if is_blocked(parsed, t.i) else linked(parsed, t)
        if t.text == "," and t.i + 1 < len(doc) and doc[t.i + 1].lower_ in _EXAMPLES:
            continue
        if t.text in (";", ":", ".", ",") or load_lexicon().judges.fullmatch(t.lower_) or t.lower_.startswith("exce"):
            return []
        if t.tag_.startswith(("VB", "MD", "W")) and t.lower_ not in _EXAMPLES and t.dep_ != "amod":
            return []
        if t.lower_ in ("on", "in", "across", "for", "at", "when", "after", "while"):
            return []
    return []


def _other_side(parsed: Parsed, anchors: tuple[Token, ...], right: list[Mention], start: int) -> Party | None:
    """The right side of a comparison whose left is the closed model, if it is a system."""
    words = load_lexicon()
    for anchor in anchors:
        target = anchor
        if anchor.dep_ in ("prep", "agent", "mark") or anchor.tag_ == "IN":
            target = next((c for c in anchor.children if c.dep_ in ("pobj", "pcomp", "dobj")), anchor)
            if target.lower_ in ("to", "with"):
                target = next((c for c in target.children if c.dep_ == "pobj"), target)
        side = party(parsed, target)
        if words.humans.search(side.text) and not right:
            return None
        if right or words.systems.search(side.text):
            name = best(right)
            return (
                side
                if name is None or name in side.mentions
                else Party(side.token, tuple(right), name.raw, False, False)
            )
    return None


def _both(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`X and GPT-4 are on par`: both stand in the subject."""
    left = subject_of(parsed, cue.root)
    if left is None:
        return
    closed = [m for m in left.mentions if m.kind == "closed"]
    others = tuple(m for m in left.mentions if m.kind != "closed")
    if closed and others:
        yield _made(left, others, closed[0], pattern.relation, pattern, cue)
    elif len(closed) > 1:
        yield _made(left, tuple(closed[:1]), closed[-1], pattern.relation, pattern, cue)


def _pair(parsed: Parsed, cue: Span, pattern: Pattern, anchor: Token, relation: Relation) -> Iterator[Comparison]:
    """`between X and GPT-4`."""
    names = linked(parsed, anchor)
    closed = [m for m in names if m.kind == "closed"]
    others = tuple(m for m in names if m.kind != "closed")
    if not closed:
        return
    first = next((c for c in anchor.children if c.dep_ == "pobj"), None)
    side = party(parsed, first) if first is not None else None
    if others or (side and load_lexicon().systems.search(side.text)):
        yield from (_made(side, others, m, relation, pattern, cue) for m in closed)


def _gap(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    marker = _marker(cue, pattern)
    if marker is None or not polarity.of_quality(parsed, cue):
        return
    if marker.lower_ in ("between", "and"):
        yield from _pair(parsed, cue, pattern, marker, pattern.relation)
        return
    yield from _sides(parsed, cue, pattern, pattern.relation, marker, marker=marker)


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
                yield _made(left, left.mentions if left else (), mention, relation, pattern, cue)
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
    yield from (_made(left, left.mentions, m, pattern.relation, pattern, cue) for m in _applied_to(parsed, head))
    by_method = left.is_we or bool(left.mentions) or _is_method(left)
    for anchor in (c for c in head.children if c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in ("in", "for"))):
        quality = load_lexicon().good_dimensions.fullmatch(anchor.lower_) is not None or anchor.dep_ == "prep"
        if polarity.names_other(" ".join(t.text for t in anchor.lefts)) or not (by_method or quality):
            continue
        names = [m for m in linked(parsed, anchor) if m.kind == "closed"]
        yield from (_made(left, left.mentions, m, pattern.relation, pattern, cue) for m in names)


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
        if t.lower_ == "for" and _governed(t, {cue[0].i, verb_of(cue[0]).i}):
            names = [m for m in linked(parsed, t) if m.kind == "closed"]
            yield from (_made(left, left.mentions, m, pattern.relation, pattern, cue) for m in names)


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
    for t in doc:
        if (t.lower_ in ("among", "amongst", "of") and t.i > cue.start - 1) or (t.lower_ == "among"):
            target = next((c for c in t.children if c.dep_ == "pobj"), None)
            if target is None or not load_lexicon().systems.fullmatch(target.lower_):
                continue
            side = party(parsed, target)
            if re.search(r"\b(?:all|other|tested|evaluated|these|the|considered|\d+)\b", side.text, re.I):
                yield from (_made(side, side.mentions, m, "behind", pattern, cue) for m in closed)
                return


def _made(
    side: Party | None, names: tuple[Mention, ...], baseline: Mention, relation: Relation, pattern: Pattern, cue: Span
) -> Comparison:
    return Comparison(side, names, baseline, relation, pattern.name, pattern.confidence, (cue.start, cue.end))
