"""The two sides of a comparison around a cue: the word that opens the other side, the names there, the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extractors.claims.backrefs import taken_up
from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention, is_kin
from extractors.claims.methods import same_model
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.tree import Party, best, party, subject_of, verb_of
from extractors.records import Relation

INVERSE: dict[Relation, Relation] = {"beats": "behind", "behind": "beats", "on_par": "on_par"}
_REACH = 30  # tokens from a cue to its `than`
_SHARED = 6  # tokens of `, or even surpassing,`
_NEAR = 14  # tokens from `than` to a name where the parse leads nowhere
_BEST = re.compile(r"\b(?:best|state[- ]of[- ]the[- ]art|sota|supervised|fine ?-? ?tuned|speciali[sz]ed)\b", re.I)
_COINED = re.compile(r"[A-Z]{2}|[a-z][A-Z]|\d")  # of a system that nobody knows
_ITSELF = re.compile(  # the same model as it was
    r"^(?:its|their) (?:own )?(?:un\w+|non-?\w+|base|vanilla|original|plain|bare|raw|pre-?trained|(?:zero|few) ?- ?shot"
    r"|standard|default|former|direct) (?:[\w-]+ )*"
    r"(?:versions?|variants?|counterparts?|self|selves|baselines?|performance)$",
    re.I,
)
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
    flipped: bool = False  # the sentence says it of the closed model
    is_method: bool = False  # the subject is what was done to the baseline


def marker(cue: Span, pattern: Pattern) -> Token | None:
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
    passed = False
    for t in doc[cue.end : min(len(doc), cue.end + _REACH)]:
        if t.lower_ == "than" and passed:
            break  # it belongs to the nearer comparative
        passed = passed or (
            t.tag_ in ("JJR", "RBR") and t.i > cue.end and t.head.i != cue.root.i and t.head.dep_ != "conj"
        )
        if t.text == ";" or (
            t.tag_ in ("VBZ", "VBP", "VBD")
            and t.dep_ in ("conj", "ROOT", "advcl")
            and t.i > verb.i
            and t.head.i != cue.root.i
            and t.lower_ not in _ANYWHERE
        ):
            break
        if t.lower_ == "of" and t.i > cue.end:
            continue  # `similar levels of skill`
        if t.lower_ == "against" and any(n.lower_ == "than" for n in doc[t.i : t.i + 8]):
            continue  # `more effective against X than`
        if t.lower_ in pattern.markers and (t.i == cue.end or governed(t, governors) or _is_bare_than(t)):
            return t
    for t in doc:
        if (
            t.lower_ in _ANYWHERE
            and t.lower_ in pattern.markers
            and any(n.lower_ in ("to", "with", "against") for n in doc[t.i + 1 : t.i + 2])
            and (t.i < 6 or governed(t, governors) or _is_last(t, cue))
        ):
            return t
    first = doc[0]
    if first.lower_ == "against" and "against" in pattern.markers and first.head.i == verb.i:
        return first
    return None


def _is_bare_than(token: Token) -> bool:
    """A `than` of a comparison, wherever the parser hangs it; what is nearer was asked before."""
    return token.lower_ == "than" and token.i > 0 and token.nbor(-1).lower_ not in ("rather", "other", "more", "less")


def _is_last(token: Token, cue: Span) -> bool:
    """Whether a `compared to` ends the sentence of a cue, with no verb or comparative of its own between."""
    between = token.doc[cue.end : token.i] if token.i >= cue.end else None
    return between is not None and not any(
        t.tag_ in ("VBZ", "VBP", "VBD", "JJR", "RBR", "MD") or t.text in (";", ":") for t in between
    )


def governed(token: Token, governors: set[int]) -> bool:
    for _ in range(4):
        token = token.head
        if token.i in governors:
            return True
    return False


def sides(
    parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation, *anchors: Token, marker: Token | None = None
) -> Iterator[Comparison]:
    """Right: what hangs on the anchors. Left: the subject. The closed name may be on either side."""
    left = subject_of(parsed, cue.root)
    right: list[Mention] = []
    for anchor in anchors:
        right += [m for m in linked(parsed, anchor) if m not in right]
    if marker is not None and right:
        right += [m for m in _repeated(parsed, marker) if m not in right]
    start = (marker.i if marker is not None else cue.end - 1) + 1
    if not right:
        right = _next_name(parsed, start) or taken_up(parsed, cue, anchors, left, start)
    left_names = tuple(m for m in left.mentions if m not in right) if left else ()
    closed_right = [m for m in right if m.kind == "closed"]
    kin = [m for m in left_names if is_kin(m)]
    if closed_right and kin and not any(is_kin(m) for m in right):
        closed_right = []  # of GPT-4 and another closed model GPT-4 is the baseline, wherever it stands
    if len(closed_right) > 1 and len(left_names) == len(closed_right) and "respectively" in parsed.doc.text:
        for one, mention in zip(left_names, closed_right, strict=True):
            yield made(left, (one,), mention, relation, pattern, cue)
        return
    if left is not None and (twins := list(same_model(parsed, left, closed_right))):
        for side, own, m in twins:
            yield replace(made(side, own, m, relation, pattern, cue), is_method=True)
        return
    mine = {n.entity_id for n in left_names if n.kind == "closed"}
    if closed_right and all(m.entity_id in mine for m in closed_right):
        return  # `few-shot GPT-4 is better than zero-shot GPT-4`
    closed_right = [m for m in closed_right if m.entity_id not in {n.entity_id for n in left_names}]
    if closed_right:
        yield from (made(left, left_names, m, relation, pattern, cue) for m in closed_right)
        return
    closed_left = [m for m in left_names if m.kind == "closed"]
    if not closed_left or any(m.kind == "own" for m in left_names):
        return
    other = _other_side(parsed, anchors, right, start)
    if other is not None and _ITSELF.search(other.text):
        for m in closed_left:  # `tuned GPT-4 surpasses its untuned version`
            yield replace(made(left, (), m, relation, pattern, cue), is_method=True)
    elif other is not None and not (left is not None and left.is_we):
        for m in closed_left:
            yield replace(made(other, tuple(right), m, INVERSE[relation], pattern, cue), flipped=True)


def _repeated(parsed: Parsed, marker: Token) -> list[Mention]:
    """`gains 5 points over GPT-3 and 3 points over GPT-4`: the names after the same word further on."""
    out: list[Mention] = []
    for t in parsed.doc[marker.i + 1 :]:
        if t.text == ";" or t.tag_ in ("VBZ", "VBP", "VBD", "MD"):
            break
        number = any(n.like_num for n in parsed.doc[max(marker.i, t.i - 4) : t.i])
        if t.lower_ == marker.lower_ and number:
            out += [m for m in linked(parsed, t) if m.kind == "closed"]
    return out


def _next_name(parsed: Parsed, start: int) -> list[Mention]:
    """The first name after a place, unless a verb, a stop or a preposition that leads elsewhere stands between."""
    doc = parsed.doc
    shared = any(t.lower_ in ("or", "and", "to") for t in doc[start : start + 1 + (doc[start : start + 1].text == ",")])
    # `on par with, or even surpassing, GPT-4`
    listing = False
    for t in doc[start : start + 2 * _NEAR]:
        if t.i >= start + _NEAR and not listing:
            break
        listing = listing or t.lower_ in _EXAMPLES
        if (listing or (shared and t.i < start + _SHARED)) and t.text == ",":
            continue  # names before it that nobody knows
        if shared and t.tag_ in ("VBG", "VB", "VBZ") and t.i < start + 4:
            continue
        if t.i in parsed.mentions and parsed.mentions[t.i].kind != "benchmark":
            return [] if is_blocked(parsed, t.i) else linked(parsed, t)
        if t.text == "," and t.i + 1 < len(doc) and doc[t.i + 1].lower_ in _EXAMPLES:
            continue
        if t.lower_ in ("from", "by") and load_lexicon().outputs.fullmatch(doc[t.i - 1].lower_):
            continue
        if t.lower_ == "than" and doc[t.i - 1].lower_ == "other":
            return []  # see exceptions.py
        if t.text in (";", ":", ".", ",") or load_lexicon().judges.fullmatch(t.lower_) or t.lower_.startswith("exce"):
            return []
        if t.tag_.startswith(("VB", "MD", "W")) and t.lower_ not in _EXAMPLES and t.dep_ != "amod":
            return []
        if t.lower_ == "against" and load_lexicon().systems.fullmatch(doc[t.i - 1].lower_):
            return []  # `more effective than others against X`
        if t.lower_ in ("on", "in", "across", "for", "at", "when", "after", "while"):
            return []
    return []


def _other_side(parsed: Parsed, anchors: tuple[Token, ...], right: list[Mention], start: int) -> Party | None:
    """The right side of a comparison whose left is the closed model, if it is a system."""
    words = load_lexicon()
    for anchor in anchors:
        target = anchor
        if anchor.lower_ == "to" and anchor.dep_ == "aux":  # `inferior to supervised parsers`, read as a verb
            target = next((c for c in anchor.head.children if c.dep_ == "dobj"), anchor)
        elif anchor.dep_ in ("prep", "agent", "mark") or anchor.tag_ == "IN":
            target = next((c for c in anchor.children if c.dep_ in ("pobj", "pcomp", "dobj")), anchor)
            if target.lower_ in ("to", "with"):
                target = next((c for c in target.children if c.dep_ == "pobj"), target)
        side = party(parsed, target)
        if words.humans.search(side.text) and not right:
            return None
        of_system = words.good_dimensions.fullmatch(target.lower_) or words.outputs.fullmatch(target.lower_)
        is_system = words.systems.fullmatch(target.lower_) or (of_system and words.systems.search(side.text))
        alone = target.i not in parsed.mentions and not any(True for _ in target.lefts)
        coined = alone and target.tag_.startswith("NNP") and _COINED.search(target.text)
        if right or is_system or coined or target.lower_ == "ours" or "state of the art" in side.text:
            name = best(right)
            return (
                side
                if name is None or name in side.mentions
                else Party(side.token, tuple(right), name.raw, False, False)
            )
    return None


def pair(parsed: Parsed, cue: Span, pattern: Pattern, anchor: Token, relation: Relation) -> Iterator[Comparison]:
    """`between X and GPT-4`."""
    names = linked(parsed, anchor)
    if not any(m.kind == "closed" for m in names) and anchor.lower_ == "between":
        far = (t for t in anchor.head.conjuncts if t.i > anchor.i and t.i in parsed.mentions)
        names += [parsed.mentions[t.i] for t in far]  # hung on the gap by the parser, not on its other end
    closed = [m for m in names if m.kind == "closed"]
    others = tuple(m for m in names if m.kind != "closed")
    if not closed:
        return
    first = next((c for c in anchor.children if c.dep_ == "pobj"), None)
    if len(closed) > 1 and not others and is_kin(closed[-1]):
        left = party(parsed, first) if first is not None else None
        yield made(left, tuple(closed[:1]), closed[-1], relation, pattern, cue)
        return
    if first is not None and first.i in parsed.mentions and parsed.mentions[first.i].kind == "closed":
        first = next((c for c in first.children if c.dep_ == "conj"), first)  # `between GPT-4 and our model`
        second = party(parsed, first)
        if relation == "behind" and not others and _BEST.search(second.text):
            relation = INVERSE[relation]  # `between ChatGPT and the best supervised methods`
    side = party(parsed, first) if first is not None else None
    if side is not None and not others:
        side = Party(side.token, (), side.text.split(" and ")[0], side.is_we, side.is_pronoun)
    if others or (side and (side.is_we or load_lexicon().systems.search(side.text))):
        yield from (made(side, others, m, relation, pattern, cue) for m in closed)


def made(
    side: Party | None, names: tuple[Mention, ...], baseline: Mention, relation: Relation, pattern: Pattern, cue: Span
) -> Comparison:
    return Comparison(side, names, baseline, relation, pattern.name, pattern.confidence, (cue.start, cue.end))
