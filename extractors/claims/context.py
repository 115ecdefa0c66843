"""What surrounds a cue: negation, hedges, and wishes or questions, in which nothing is claimed."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.tree import verb_of

_WINDOW = 5  # tokens before a cue in which a negation reaches it
_BOUNDARY = frozenset({",", ";", ":", "but", "while", "although", "whereas", "and", "however"})
_FAR_OFF = re.compile(r"\b(?:long way|far to go|much work|some way|room for)\b", re.I)  # `before they match GPT-4`
_NOWHERE = re.compile(  # `there is no track on which X beats Y`
    r"\b(?:no|not (?:a single|one|any)) (?:[\w-]+ )?[\w-]+ (?:(?:on|in|for|at) which|where)\b", re.I
)
_ENABLES = ("enabl", "allow", "empower", "help", "permit", "led", "lead")
_NOT_NEGATING = re.compile(
    r"\b(?:not only|no doubt|nothing short|not just|without (?:any |using |additional |the need |access))\b",
    re.I,
)


def clause_before(doc: Doc, start: int) -> str:
    """The words before a cue back to the edge of its clause, in lower case."""
    out: list[str] = []
    for t in reversed(doc[max(0, start - 14) : start]):
        if t.text in (";", ":") or (t.lower_ in ("but", "while", "although", "whereas") and out):
            break
        out.append(t.lower_)
    return " ".join(reversed(out))


def is_negated(doc: Doc, start: int, end: int) -> bool:
    """Whether a negation reaches the cue."""
    near: list[str] = []
    own = verb_of(doc[start:end].root)
    for t in reversed(doc[max(0, start - _WINDOW) : start]):
        if t.text in _BOUNDARY:
            break
        if t.i == own.i and doc[start].tag_ in ("RBR", "JJR"):
            continue  # `fails more often`: the failure is what is compared
        if t.lower_ == "without" and t.head.tag_.startswith("NN") and own.tag_ in ("VBZ", "VBP", "VBD"):
            continue  # `reflection without feedback harms`: it bears on a noun
        near.append(t.lower_)
    verb = verb_of(doc[start:end].root)
    near_text = " ".join(reversed(near))
    if _NOT_NEGATING.search(f"{near_text} {doc[start:end].text}"):
        return False
    if load_lexicon().negations.search(near_text):
        return True
    if any(c.dep_ == "mark" and c.lower_ in ("before", "until") for c in verb.children) and _FAR_OFF.search(doc.text):
        return True
    if verb.dep_ == "relcl" and _NOWHERE.search(doc[max(0, verb.head.i - 4) : start].text):
        return True
    return any(c.dep_ == "neg" and start - 12 < c.i < start for c in verb.children) or _said_of_none(verb)


def _said_of_none(verb: Token) -> bool:
    """`none of the open models comes close`."""
    while verb.dep_ == "xcomp":
        verb = verb_of(verb.head)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    few = next((c for c in subject.lefts if c.lower_ == "few"), None) if subject is not None else None
    if few is not None and (few.i == 0 or few.nbor(-1).lower_ != "a"):
        return True
    return subject is not None and (
        subject.lower_ in ("none", "neither", "nobody") or any(c.lower_ in ("no", "neither") for c in subject.children)
    )


def is_hedged(text: str) -> bool:
    """Whether the sentence softens what it says; words of its own around the cue or over the whole of it."""
    return bool(load_lexicon().hedges.search(text))


def is_wish(doc: Doc, start: int) -> bool:
    """Whether the cue stands in a wish, a plan, a condition or a question."""
    if doc[-1].text == "?":
        return True
    before = clause_before(doc, start)
    return bool(load_lexicon().wishes.search(before)) or _bare_purpose(doc[start]) or _would(doc[start])


def _would(cue: Token) -> bool:
    """`matching GPT-4 would require ...`: what is weighed, not what was done."""
    return cue.dep_ == "csubj" and any(
        c.lower_ in ("would", "could", "requires") for c in (cue.head, *cue.head.children)
    )


def _brings_about(governor: Token) -> bool:
    """`our data enables a small model to surpass GPT-4`, whatever the parser hangs the infinitive on."""
    verb = governor if governor.tag_.startswith("VB") else governor.head if governor.dep_ == "dobj" else None
    return verb is not None and verb.tag_ in ("VBZ", "VBP", "VBD") and verb.lower_.startswith(_ENABLES)


def _bare_purpose(cue: Token) -> bool:
    """`to surpass GPT-4` as a purpose: an infinitive that hangs as an adverbial clause on its verb."""
    verb = verb_of(cue)
    if verb.dep_ == "relcl" and any(c.lower_ in ("first", "only", "second") for c in verb.head.children):
        return False  # `the first model to surpass GPT-4` did so
    if verb.dep_ in ("relcl", "acl", "advcl") and _brings_about(verb.head):
        return False
    return (
        verb.tag_ == "VB"
        and verb.dep_ in ("advcl", "relcl")
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    )
