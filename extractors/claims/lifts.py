"""What a method does to a closed model: `improves GPT-4`, `hurts ChatGPT`, `from 50% to 61% for GPT-4`; frame `lift`.

The method on the model is the subject, the bare model the baseline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors.claims import polarity
from extractors.claims.lexicon import load_lexicon
from extractors.claims.lifted import applied_to, by_each, helped, is_quality, onto, raised, run_with, when_applied
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.methods import METHOD, UNMEANT
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, governed, made
from extractors.claims.tree import Party, is_passive, party, subject_of, unspaced, verb_of
from extractors.records import Relation

_HELPS = ("help", "enabl", "allow", "lead")
_MEASURED = re.compile(
    r"\b(?:significant|substantial|considerabl|great|notabl|consistent|drastic|dramatic|clear)", re.I
)
_LEFT_OUT = re.compile(r"(?:remov|omit|ablat|disabl|exclud|leaving out|turning off)\w*", re.I)
_HARMS = ("hurt", "harm", "degrad", "impair", "worsen", "deteriorat")
_AGAINST = frozenset({"over", "compared", "than", "relative"})
_PLAIN = re.compile(
    r"(?:to |with )?(?:the |its |their )?(?:zero|standard|vanilla|direct|plain|base\b|bare|default|original"
    r"|no\b|without)",
    re.I,
)
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
_DOES = ("make", "made", "produc", "commit", "generat", "get", "answer", "solve")
_GIVEN = ("dative", "iobj", "dobj")  # of `gives GPT-4 a boost`
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
    relation = _relation(parsed, head, pattern)
    if relation is not None and _LEFT_OUT.match(left.text):
        relation = INVERSE[relation]  # `removing the retriever lowers` what it had raised
    applied = applied_to(parsed, head)
    if relation is not None and applied:
        method = tuple(m for m in left.mentions if m not in applied)
        yield from (made(left, method, m, relation, pattern, cue) for m in applied)
        return
    if any(m.kind == "closed" for m in left.mentions) and not any(m.kind in ("own", "model") for m in left.mentions):
        yield from _with_method(parsed, cue, pattern, left)
        return
    if relation is not None and (run := run_with(parsed, head, left)):
        yield from (made(left, (), m, relation, pattern, cue) for m in run)
        return
    bare = left.text.casefold() in ("we", "us")
    if relation is None or (bare and not left.mentions and not _by_number(parsed, head)):
        return  # `we enhance GPT-4 by search` tells what was done
    yield from (made(left, left.mentions, m, relation, pattern, cue) for m in raised(parsed, head))
    numbered = _by_number(parsed, head) and is_quality(head)
    if not (left.is_we or left.mentions or METHOD.search(left.text) or numbered) or UNMEANT.search(left.text):
        return
    if head.lower_.startswith(_HELPS):
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in helped(parsed, head))
        return
    if any(c.dep_ == "dobj" for c in head.children):
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in when_applied(parsed, head))
    for anchor in (
        c
        for c in head.children
        if c.dep_ == "dobj"
        or (c.dep_ == "prep" and c.lower_ in (("to",) if head.lower_.startswith("add") else ("in", "for")))
    ):
        if polarity.names_other(" ".join(t.text for t in anchor.lefts)):
            continue
        names = [m for m in linked(parsed, anchor) if m.kind == "closed"] or _made_by(parsed, anchor)
        names += _and_those(parsed, anchor) if names else []
        names += by_each(parsed, anchor, names) if anchor.dep_ == "dobj" else []
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in names)


def _made_by(parsed: Parsed, errors: Token) -> list[Mention]:
    """`cuts the number of mistakes that GPT-4 makes`: who does what is lessened."""
    does = (t for t in errors.subtree if t.dep_ == "relcl" and t.lower_.startswith(_DOES))
    doers = (c for verb in does for c in verb.children if c.dep_ == "nsubj" and c.i in parsed.mentions)
    return [parsed.mentions[c.i] for c in doers if parsed.mentions[c.i].kind == "closed"]


def _and_those(parsed: Parsed, after: Token) -> list[Mention]:
    """`raises the accuracy of X by 14% and that of GPT-4 by 9%`: the closed models after `that of`."""
    doc = parsed.doc
    pairs = (t for t in doc[after.i : -2] if t.lower_ in ("that", "those") and t.nbor().lower_ in ("of", "for"))
    return [
        parsed.mentions[t.i + 2]
        for t in pairs
        if t.i + 2 in parsed.mentions and parsed.mentions[t.i + 2].kind == "closed"
    ]


def _relation(parsed: Parsed, verb: Token, pattern: Pattern) -> Relation | None:
    """The relation of a word that raises or lowers; by what it raises: more errors are worse."""
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if verb.tag_.startswith("NN"):
        target = next((c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"), None)
    words = "" if target is None else _phrase(target)
    lexicon = load_lexicon()
    if not pattern.dimension:
        return None if lexicon.bad_dimensions.search(words) else pattern.relation
    if lexicon.bad_dimensions.search(words):
        return INVERSE[pattern.relation]
    if target is not None and target.lower_ in ("rate", "rates") and verb.tag_.startswith("VB"):
        return None  # of what is said elsewhere
    harmed = target is not None and target.i in parsed.mentions and verb.lower_.startswith(_HARMS)
    return pattern.relation if target is None or harmed or lexicon.good_dimensions.search(words) else None


def _phrase(noun: Token) -> str:
    """A noun with its modifiers and what `of` says it is of: `the rate of errors`."""
    whose = (c for p in noun.rights if p.lower_ == "of" for c in p.children if c.dep_ == "pobj")
    return " ".join(t.lower_ for t in (*noun.lefts, noun, *noun.rights, *whose))


def _by_number(parsed: Parsed, verb: Token) -> bool:
    """Whether what `we` did to a model is said to have come out well, or is only told."""
    numbers = any(
        t.text[0].isdigit() and t.i not in parsed.mentions and (t.i == 0 or t.nbor(-1).text not in ("[", ","))
        for t in parsed.doc
    )
    return numbers or verb.lower_.startswith(_HELPS) or bool(_MEASURED.search(parsed.doc.text))


def _with_method(parsed: Parsed, cue: Span, pattern: Pattern, left: Party) -> Iterator[Comparison]:
    """`GPT-4 improves by 5 points with our method`, `GPT-4 tuned with X shows gains`: the model is the grammar's
    subject, the method on it the claim's."""
    relation = _relation(parsed, cue[0], pattern)
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
    if is_quality(head) and noun.i not in parsed.mentions and METHOD.search(left.text):
        run = [m for i, m in parsed.mentions.items() if m in closed and onto(parsed.doc[i])]
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
    run = [m for i, m in parsed.mentions.items() if m in left.mentions and m.kind == "closed" and onto(parsed.doc[i])]
    if run and parsed.doc[left.token].tag_ == "VBG" and METHOD.search(left.text):
        yield from (made(left, (), m, pattern.relation, pattern, cue) for m in run)  # `applying X to GPT-4 brings`
        return
    if any(m.kind == "closed" for m in left.mentions) and not any(m.kind == "own" for m in left.mentions):
        yield from _with_method(parsed, cue, pattern, left)
        return
    given = [parsed.mentions[c.i] for c in verb_of(cue[0]).children if c.dep_ in _GIVEN and c.i in parsed.mentions]
    if not pattern.dimension:
        yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in given if m.kind == "closed")
    if pattern.dimension or given or any(t.lower_ in _AGAINST and not _is_plain(t) for t in parsed.doc):
        return  # what it is measured against is said
    applied = when_applied(parsed, verb_of(cue[0]))
    yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in applied)
    found: list[Mention] = []
    for t in parsed.doc[cue.end : cue.end + _REACH]:
        if t.lower_ in ("for", "on", "in", "with", "to", "across") and governed(t, {cue[0].i, verb_of(cue[0]).i}):
            found += [m for m in linked(parsed, t) if m.kind == "closed" and not _is_tool(parsed, m)]
    found += by_each(parsed, cue[0], found)
    yield from (made(left, left.mentions, m, pattern.relation, pattern, cue) for m in found)


def _is_plain(opener: Token) -> bool:
    """`over zero-shot prompting`: what it is measured against is the bare model."""
    return bool(_PLAIN.match(opener.doc[opener.i + 1 : opener.i + 6].text))


def _is_tool(parsed: Parsed, mention: Mention) -> bool:
    return any(m is mention and is_blocked(parsed, i) for i, m in parsed.mentions.items())


def _is_purpose(verb: Token) -> bool:
    """`an approach for enhancing X`: what it is for, not what it did."""
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "in")
