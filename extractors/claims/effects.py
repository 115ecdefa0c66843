"""What becomes of a closed model by a method, told of the model: `its accuracy rises with retrieval`; frame `effect`.

As in lifts.py the method on the model is the subject of the claim and the bare model the baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.lifted import when_applied
from extractors.claims.links import linked
from extractors.claims.methods import is_method
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, is_passive, party, subject_of, unspaced, verb_of
from extractors.records import Relation

_SEES = (
    "see",
    "saw",
    "achiev",
    "show",
    "exhibit",
    "get",
    "got",
    "obtain",
    "experienc",
    "enjoy",
    "receiv",
    "ha",
    "gain",
)
_GIVEN = re.compile(  # what is done to a model in a clause
    r"\b(?:given|asked|told|provid|us(?:ed|ing)|add|equip|augment|combin|prompt|fine-?tun|tun|train|appl|suppl|retriev|guid|allow"
    r"|enabl|instruct|integrat|incorporat|employ|adopt|introduc|instead of|rather than)",
    re.I,
)
_CAUSES = frozenset(
    {"with", "by", "after", "via", "through", "using", "when", "under", "from", "given", "upon", "once", "if"}
)
_REACH = 3  # tokens from `makes` to the model, and from there to what it is made


def effect(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """The model, or a measure of it, is the grammar's subject; the method stands in an adverbial or is the agent."""
    verb = cue.root
    seen = verb.dep_ == "dobj" and verb.head.lower_.startswith(_SEES)  # `GPT-4 sees a gain`
    verb = verb.head if seen else verb
    if not verb.tag_.startswith("VB") or any(c.lower_ == "than" for c in verb.subtree):
        return
    theme = subject_of(parsed, verb)
    if theme is None or any(m.kind != "closed" for m in theme.mentions) or not theme.mentions:
        return
    head = parsed.doc[theme.token]
    measured = head.i in parsed.mentions or _is_measure(head) or load_lexicon().systems.fullmatch(head.lower_)
    if not measured or (not seen and _has_object(parsed, verb)):
        return
    named = " ".join(t.lower_ for t in (*(c for c in head.lefts if c.i not in parsed.mentions), head))
    relation = INVERSE[pattern.relation] if load_lexicon().bad_dimensions.search(named) else pattern.relation
    method = cause(parsed, verb)
    if method is None and (lacking := _lacking(parsed, verb)) is not None:
        method, relation = lacking, INVERSE[relation]
    if method is not None:
        own = tuple(m for m in method.mentions if m.kind == "own")
        for mention in theme.mentions:
            yield replace(made(method, own, mention, relation, pattern, cue), is_method=True)


def made_better(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`makes GPT-4 more accurate`."""
    doc, verb = parsed.doc, cue.root
    place = next((i for i in range(cue.end, min(len(doc), cue.end + _REACH)) if i in parsed.mentions), None)
    left = subject_of(parsed, verb)
    if (
        place is None
        or left is None
        or left.text.casefold() == "we"
        or parsed.mentions[place].kind != "closed"
        or is_passive(verb)
    ):
        return
    words = load_lexicon()
    for t in doc[place + 1 : place + 1 + _REACH]:
        following = doc[t.i + 1].lower_ if t.i + 1 < len(doc) else ""
        way = 0
        if t.lower_ in ("more", "less"):
            sign = 1 if words.good_adjectives.fullmatch(following) else -bool(words.bad_adjectives.fullmatch(following))
            way = sign if t.lower_ == "more" else -sign
        elif t.lower_ in ("better", "stronger", "safer", "smarter", "worse", "weaker"):
            way = -1 if t.lower_ in ("worse", "weaker") else 1
        if way and is_method(left):
            relation: Relation = "beats" if way > 0 else "behind"
            yield replace(made(left, left.mentions, parsed.mentions[place], relation, pattern, cue), is_method=True)
            return


def without(
    parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation, preposition: Token
) -> Iterator[Comparison]:
    """`GPT-4 scores higher than without hints`: the model with a method beside the same model without it."""
    left = subject_of(parsed, cue.root)
    target = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    if left is None:
        return
    side = party(parsed, target) if target is not None and target.lower_ not in ("it", "them") else left
    own = tuple(m for m in (*side.mentions, *left.mentions) if m.kind == "own")
    for mention in (m for m in left.mentions if m.kind == "closed"):
        yield replace(made(side, own, mention, relation, pattern, cue), is_method=True)


def good_for(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`demonstrations are beneficial for GPT-4`."""
    left = subject_of(parsed, cue.root)
    opener = next((c for c in cue.root.children if c.lower_ in pattern.markers and c.i >= cue.end - 1), None)
    if left is None or opener is None or not is_method(left) or any(m.kind == "closed" for m in left.mentions):
        return
    names = [m for m in linked(parsed, opener) if m.kind == "closed"]
    for mention in names:
        yield replace(made(left, left.mentions, mention, pattern.relation, pattern, cue), is_method=True)


def fitted(parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation) -> Iterator[Comparison]:
    """`Equipped with X, GPT-4 answers more questions`: a comparative after a clause that tells what was done to it."""
    left = subject_of(parsed, cue.root)
    bare = left is not None and bool(left.mentions) and all(m.kind == "closed" for m in left.mentions)
    if left is not None and bare and (lacking := _lacking(parsed, verb_of(cue.root))) is not None:
        mine = tuple(m for m in lacking.mentions if m.kind == "own")
        for m in left.mentions:
            yield replace(made(lacking, mine, m, INVERSE[relation], pattern, cue), is_method=True)
        return
    if left is None or left.token not in parsed.mentions or cue.root.i < left.token:
        return
    closed = [m for m in left.mentions if m.kind == "closed"]
    start = next((t for t in parsed.doc[: left.token] if t.text == ","), None)
    first = parsed.doc[0]
    if not closed or len(closed) < len(left.mentions) or start is None:
        return
    if first.lower_ not in _CAUSES and not _GIVEN.match(first.lower_):
        return
    tokens = parsed.doc[: start.i]
    own = tuple(parsed.mentions[t.i] for t in tokens if t.i in parsed.mentions and parsed.mentions[t.i].kind == "own")
    side = Party(first.i, own, unspaced(tokens.text), any(t.lower_ == "our" for t in tokens), False)
    if is_method(side):
        yield from (replace(made(side, own, m, relation, pattern, cue), is_method=True) for m in closed)


def for_model(parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation) -> Iterator[Comparison]:
    """`For GPT-4, adding facts yields better results`: a comparative with a method for subject and nobody to beat."""
    verb = verb_of(cue.root)
    left = subject_of(parsed, cue.root)
    if left is None or cue[0].tag_ not in ("JJR", "RBR") or left.is_pronoun or left.text.casefold() == "we":
        return
    if cue.root.i < verb.i or left.token > verb.i:
        return
    humans = load_lexicon().humans.search(left.text)
    if humans or not is_method(left) or any(m.kind == "closed" for m in left.mentions):
        return
    for m in when_applied(parsed, verb):
        yield replace(made(left, left.mentions, m, relation, pattern, cue), is_method=True)


def _is_measure(noun: Token) -> bool:
    words = load_lexicon()
    return bool(words.good_dimensions.fullmatch(noun.lower_) or words.bad_dimensions.fullmatch(noun.lower_))


def _has_object(parsed: Parsed, verb: Token) -> bool:
    """Whether the verb does something to something: a difference in points is nothing done."""
    objects = (c for c in verb.children if c.dep_ == "dobj")
    return any(not (c.like_num or c.lower_ in ("%", "points", "point", "pts")) for c in objects)


def _lacking(parsed: Parsed, verb: Token) -> Party | None:
    """The method of `without retrieval, the accuracy drops`."""
    opens = next((c for c in verb.children if c.lower_ == "without" and c.i < verb.i), None)
    target = next((c for c in opens.children if c.dep_ in ("pobj", "pcomp")), None) if opens is not None else None
    side = party(parsed, target) if target is not None else None
    return side if side is not None and is_method(side) and not any(m.kind == "closed" for m in side.mentions) else None


def cause(parsed: Parsed, verb: Token) -> Party | None:
    """The method in an adverbial of a verb, as a phrase or a clause."""
    manner = [c for c in verb.children if c.dep_ in ("advmod", "acomp") and c.i > verb.i]
    nouns = [c for c in verb.children if c.dep_ == "dobj"]
    manner += nouns + [p for n in nouns for c in n.children if c.dep_ == "prep" for p in c.children]
    theme = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    manner += theme  # `the error rate of GPT-4 after training sees a drop`
    for child in (*verb.children, *(c for m in manner for c in m.children)):
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in _CAUSES):
            target = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        elif child.dep_ in ("advcl", "ccomp") and any(
            c.lower_ in _CAUSES and (c.dep_ in ("mark", "advmod") or c.i == child.i) for c in child.subtree
        ):
            target = child if _GIVEN.search(" ".join(t.text for t in child.subtree)) else None
        else:
            continue
        if target is None:
            continue
        nested = [t for p in child.subtree if p.lower_ in _CAUSES and p.dep_ == "prep" for t in p.children]
        for token in (target, *(t for t in nested if t.dep_ == "pobj" and t.i != target.i)):
            side = _whole(parsed, token)
            if is_method(side) and not any(m.kind == "closed" for m in side.mentions):
                return side
    return None


def _whole(parsed: Parsed, token: Token) -> Party:
    """A phrase or clause with all its words, which a method may take."""
    if token.tag_.startswith("NN") or token.i in parsed.mentions:
        return party(parsed, token)
    tokens = [t for t in token.subtree if t.lower_ not in _CAUSES or t.i > token.i]
    mentions = tuple(parsed.mentions[t.i] for t in tokens if t.i in parsed.mentions)
    words = {t.lower_ for t in tokens}
    text = unspaced(" ".join(t.text for t in tokens))
    return Party(token.i, tuple(m for m in mentions if m.kind != "benchmark"), text, bool(words & {"our", "we"}), False)
