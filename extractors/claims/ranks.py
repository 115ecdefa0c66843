"""Places, choices and levels: `second after GPT-4`, `users prefer X over GPT-4`, `GPT-4-level quality`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, is_passive, party, subject_of, verb_of
from extractors.records import Relation

_APART = 9  # tokens that the ends of `between X and Y` stand apart
_PLACED = re.compile(  # what says that places are told
    r"\b(?:second|third|fourth|fifth|2nd|3rd|4th|runner-up|best|second-best|highest|strongest|top|first|leads?|leading"
    r"|places?|ranks?|ranked|ranking|winner|lead|sota|state-of-the-art)\b",
    re.I,
)
_SCORED = re.compile(r"\b(?:scores?|scored|achiev\w+|obtain\w*|reach\w*|attain\w*)\b.*\d", re.I)
_WON = re.compile(
    r"\b(?:best|highest|strongest|top|leads?|leading|lead|winner|most|first place|(?:rank|com|plac|finish)\w* first)\b",
    re.I,
)
_ATTAINS = ("achiev", "reach", "attain", "deliver", "offer", "provid", "giv", "show", "exhibit", "demonstrat", "match",
            "obtain", "yield", "has", "have", "had", "retain", "maintain", "reveal", "display", "produc")  # fmt: skip
_CHOOSERS = re.compile(r"\b(?:users?|people|participants?|readers?|students?|teachers?|clinicians?|physicians?|doctors?"
                       r"|raters?|judges?|reviewers?|workers?|listeners?|players?|evaluators?)\b", re.I)  # fmt: skip
_OFTEN = re.compile(
    r"%|\b(?:cases|comparisons|times?|thirds|half|most|majority|often|pairs|users|annotators|raters)\b", re.I
)
_DEEMED = re.compile(
    r"(?:is|are|was|were|be|been|becom\w+|became|acknowledg|consider|regard|recogni|deem|call|rat|judg|rank)"
)
_OURS = re.compile(r"\b(?:proposed|presented|our)\b", re.I)
_REACH = 12  # tokens from a choice to its `over`


def next_to(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`ranks second after GPT-4`, `GPT-4 is best, followed by X`: who stands nearer to the top is said first or named
    after the preposition."""
    doc, word = parsed.doc, cue[-1]
    before = doc[max(0, cue.start - 10) : cue.start]
    follows = word.lower_ == "by"
    anchor = word
    if word.lower_ == "next":
        anchor = next((c for c in word.children if c.lower_ == "to"), word)
    first = next((t for t in doc[anchor.i + 1 : anchor.i + 4] if t.i in parsed.mentions), None)
    if follows:
        first = first or next((t for t in doc[anchor.i + 1 : anchor.i + 5] if t.tag_.startswith("NNP")), None)
        if not (_WON.search(before.text) or _SCORED.search(doc[: cue.start].text)):
            return
    elif not _PLACED.search(before.text):
        return
    if first is None or first.dep_ == "compound" or _has_verb(first):
        return
    left = subject_of(parsed, cue.root if follows else verb_of(cue.root))
    right = linked(parsed, word if follows else first) if first.i in parsed.mentions else []
    if left is None or (first.i in parsed.mentions and not follows and is_blocked(parsed, first.i)):
        return
    if follows:
        # the subject leads: of two closed models the one after `by` is the baseline of a win
        for m in (m for m in (*left.mentions, *_held_by(parsed, cue)) if m.kind == "closed"):
            others = tuple(n for n in right if n.entity_id != m.entity_id)
            if others or not right:
                other = party(parsed, first)
                yield made(other, others, m, "behind", pattern, cue)
        ours = left.mentions or left.is_we or _OURS.search(left.text)
        if not any(m.kind == "closed" for m in left.mentions) and ours:
            yield from (made(left, left.mentions, m, "beats", pattern, cue) for m in right if m.kind == "closed")
        return
    names = tuple(m for m in left.mentions if m not in right)
    yield from (made(left, names, m, "behind", pattern, cue) for m in right if m.kind == "closed")


def _held_by(parsed: Parsed, cue: Span) -> list[Mention]:
    """`the highest score is achieved by GPT-4, followed by X`."""
    agents = (c for c in verb_of(cue.root).children if c.dep_ == "agent" and c.i < cue.start)
    heads = (c for t in parsed.doc[: cue.start] if is_passive(t) for c in t.children if c.dep_ == "agent")
    agent = next(agents, None) or next(heads, None)
    return linked(parsed, agent) if agent is not None else []


def _has_verb(name: Token) -> bool:
    """Whether a name is the subject of a clause: `better after GPT-4 wrote its data`."""
    return name.dep_ in ("nsubj", "nsubjpass")


def choice(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`annotators prefer X over GPT-4`: what people choose is better; what the authors choose tells nothing."""
    doc, verb = parsed.doc, cue.root
    if not verb.tag_.startswith("VB"):
        return
    if is_passive(verb):
        yield from _chosen(parsed, cue, pattern)
        return
    chooser = subject_of(parsed, verb)
    if chooser is None or chooser.is_we or not _is_people(chooser):
        return
    chosen = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    over = next((t for t in doc[cue.end : cue.end + _REACH] if t.lower_ in pattern.markers), None)
    if chosen is None or over is None or chosen.i > over.i:
        return
    left, right = party(parsed, chosen), linked(parsed, over)
    if not right:
        near = (i for i in range(over.i + 1, min(len(doc), over.i + 4)) if i in parsed.mentions)
        right = [parsed.mentions[i] for i in near if not is_blocked(parsed, i)]
    names = left.mentions or tuple(m for m in linked(parsed, chosen) if m not in right)
    closed = [m for m in right if m.kind == "closed"]
    if closed and (names or left.is_we or load_lexicon().systems.search(left.text)):
        yield from (made(left, names, m, pattern.relation, pattern, cue) for m in closed)
    elif right:
        target = next((c for c in over.children if c.dep_ in ("pobj", "pcomp")), over)
        yield from (
            made(party(parsed, target), tuple(right), m, INVERSE[pattern.relation], pattern, cue)
            for m in names
            if m.kind == "closed"
        )


def _chosen(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`X is chosen over GPT-4 in most cases`; what was chosen once, and why, tells nothing."""
    doc, verb = parsed.doc, cue.root
    over = next((t for t in verb.subtree if t.lower_ in ("over", "against") and t.i > verb.i), None)
    left = subject_of(parsed, verb)
    if over is None or left is None or not _OFTEN.search(doc[verb.i :].text):
        return
    named = [m for m in linked(parsed, over) if m not in left.mentions]
    right = [m for m in named if m.kind == "closed"]
    yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in right)
    if named and not right and left.token < verb.i:
        other = party(parsed, next((c for c in over.children if c.dep_ == "pobj"), over))
        mine = (m for m in left.mentions if m.kind == "closed")
        yield from (made(other, tuple(named), m, INVERSE[pattern.relation], pattern, cue) for m in mine)


def _is_people(side: Party) -> bool:
    return not side.mentions and bool(load_lexicon().humans.search(side.text) or _CHOOSERS.search(side.text))


def direct(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`X leads GPT-4`, `X reaches the accuracy of GPT-4`: verbs of many meanings, whose object must be a system or its
    quality and which lead nowhere else."""
    verb = cue.root
    target = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    left = subject_of(parsed, verb)
    leading = verb.tag_ == "VBG" and not any(c.dep_ == "aux" for c in verb.children)  # `leading models like GPT-4`
    if verb.tag_[:2] != "VB" or leading or target is None or left is None or is_passive(verb):
        return
    after = [c for c in verb.children if c.i > target.i]
    if any(c.lower_ in ("to", "into", "through", "astray", "via") or c.dep_ in ("xcomp", "ccomp") for c in after):
        return
    words = load_lexicon()
    whole = target.i in parsed.mentions
    if not whole and not (words.good_dimensions.fullmatch(target.lower_) or words.systems.fullmatch(target.lower_)):
        return
    between = parsed.doc[verb.i : target.i]
    if any((t.like_num and t.i not in parsed.mentions) or t.tag_ in ("JJR", "RBR") for t in between):
        return
    nobody = re.match(r"(?:none|no one)\b", left.text, re.I)
    if not (left.mentions or left.is_we or nobody or words.systems.search(left.text)):
        return
    right = [m for m in linked(parsed, target) if m not in left.mentions]
    closed = [m for m in right if m.kind == "closed"]
    for m in closed:
        yield made(left, left.mentions, m, pattern.relation, pattern, cue)
    if closed or any(m.kind == "own" for m in left.mentions):
        return
    other = party(parsed, target)
    if right or words.systems.fullmatch(target.lower_):
        for m in (m for m in left.mentions if m.kind == "closed"):
            told = made(other, tuple(right), m, INVERSE[pattern.relation], pattern, cue)
            yield replace(told, flipped=True)


def between(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`Orca ranks between ChatGPT and GPT-4`: ahead of the first, behind the second."""
    doc = parsed.doc
    left = subject_of(parsed, cue.root)
    joint = next((t.i for t in doc[cue.end : cue.end + _APART] if t.lower_ == "and"), None)
    if left is None or joint is None or any(m.kind == "closed" for m in left.mentions):
        return
    if not (left.mentions or left.is_we or left.is_pronoun or load_lexicon().systems.search(left.text)):
        return
    for i, mention in sorted(parsed.mentions.items()):
        if mention.kind != "closed" or not cue.end <= i <= joint + _APART:
            continue
        if i > joint and any(t.tag_.startswith("VB") or t.text in (",", ";") for t in doc[joint:i]):
            break
        relation: Relation = "beats" if i < joint else pattern.relation
        yield made(left, left.mentions, mention, relation, pattern, cue)


def _said_to_be(cue: Span) -> Token | None:
    """The level where something is said to be of it: `acknowledged as GPT-4-level`, `is a GPT-4-level model`."""
    last = cue[-1]
    named = next((t for t in cue.doc[cue.end : cue.end + 3] if load_lexicon().systems.fullmatch(t.lower_)), None)
    told = named if named is not None else last
    if told.dep_ in ("pobj", "attr", "acomp", "oprd", "ccomp", "dobj") and _DEEMED.match(verb_of(told).lower_):
        return told
    return None


def level(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`achieves GPT-4-level accuracy`: a closed model as the measure of what is attained."""
    doc = parsed.doc
    place = cue.start - 1
    if place >= 0 and doc[place].text == "-":
        place -= 1
    if place not in parsed.mentions or parsed.mentions[place].kind != "closed":
        return
    noun = next((t for t in doc[cue.end : cue.end + 3] if load_lexicon().good_dimensions.fullmatch(t.lower_)), None)
    if noun is None or not verb_of(noun).lower_.startswith(_ATTAINS):
        noun = _said_to_be(cue)
    if noun is None:
        return
    left = subject_of(parsed, noun)
    mention = parsed.mentions[place]
    told = left is not None and (left.mentions or left.is_we or left.is_pronoun)
    if left is not None and mention not in left.mentions and (told or load_lexicon().systems.search(left.text)):
        yield made(left, left.mentions, mention, pattern.relation, pattern, cue)
