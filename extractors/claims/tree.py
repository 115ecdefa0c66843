"""Walks in the dependency tree: who is the subject of a cue, which names hang on its object or preposition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked

_CLAUSAL = frozenset({"ROOT", "ccomp", "relcl", "conj", "advcl"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "becomes", "became", "remains"})
_PRONOUNS = frozenset(
    {"its", "their", "it", "they", "this", "these", "which", "that", "who", "itself", "themselves", "ones"}
)
_WE = frozenset({"we", "our", "ours", "us"})


_HELPED = re.compile(
    r"(?:user|writer|author|reader|developer|programmer|clinician|doctor|teacher|student|worker|practitioner)s"
)
_SPACED = re.compile(r"\s*([-/])\s*")  # the tokenizer parts `open-source`


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a comparison: its head token, its names, its words."""

    token: int
    mentions: tuple[Mention, ...]
    text: str
    is_we: bool
    is_pronoun: bool


def verb_of(token: Token) -> Token:
    """The nearest verb that governs a token, itself included; the root where there is none."""
    while not is_verb(token) and token.head.i != token.i:
        token = token.head
    return token


def is_verb(token: Token) -> bool:
    """By its tag, or where the tagger erred by what hangs on it."""
    if token.tag_.startswith(("VB", "MD")):
        return True
    return token.dep_ in _CLAUSAL and {"nsubj", "dobj"} <= {c.dep_ for c in token.children}


def is_passive(verb: Token) -> bool:
    """Whether a participle is said of what is done to its subject."""
    return verb.tag_ in ("VBN", "VBD") and (
        any(c.dep_ in ("auxpass", "agent") for c in verb.children) or verb.dep_ == "acl"
    )


def subject_of(parsed: Parsed, cue: Token) -> Party | None:
    """Who the predicate in which a cue stands is said of."""
    verb = verb_of(cue)
    owner = next((c for c in cue.children if c.dep_ == "poss"), None) if cue.tag_.startswith("NN") else None
    if owner is not None and (owner.i in parsed.mentions or owner.lower_ in ("its", "their", "our")):
        return party(parsed, _taken_up(owner) if owner.lower_ == "their" else owner)
    bearer = _bearer(parsed, cue) or _whose(parsed, cue)
    if bearer is not None:
        return party(parsed, bearer)
    token = _named_before(parsed, verb) or _subject_token(verb, cue, 0)
    if token is None or token.i == cue.i:
        return lost_subject(parsed, verb) or _named_after(parsed, cue)
    return (_run_as(parsed, token) if token.i and token.nbor(-1).lower_ == "as" else None) or party(parsed, token)


def _run_as(parsed: Parsed, role: Token) -> Party | None:
    """Of `X with GPT-4 and Y as agents outperforms` the X."""
    own = (i for i in sorted(parsed.mentions) if i < role.i and parsed.mentions[i].kind == "own")
    return next((party(parsed, role.doc[i]) for i in own), None)


def _taken_up(pronoun: Token) -> Token:
    """Of `open models do well, but their limits show` the models: the nearest systems before `their`, else itself."""
    words = load_lexicon()
    nouns = (
        t for t in reversed(pronoun.doc[: pronoun.i]) if t.tag_.startswith("NN") and words.systems.fullmatch(t.lower_)
    )
    return next(nouns, pronoun)


def _whose(parsed: Parsed, cue: Token) -> Token | None:
    """Of `the limits of X` and `the gains of X over` the X, where that is a system."""
    if not cue.tag_.startswith("NN"):
        return None
    for child in cue.children:
        target = next((c for c in child.children if c.dep_ == "pobj"), None) if child.lower_ == "of" else None
        if target is not None and (target.i in parsed.mentions or load_lexicon().systems.fullmatch(target.lower_)):
            return None if target.i in parsed.mentions and parsed.mentions[target.i].kind == "benchmark" else target
    return None


def _bearer(parsed: Parsed, cue: Token) -> Token | None:
    """Of `X, a model with better scores than` the X: who has what `with` gives it."""
    noun = cue.head if cue.dep_ in ("amod", "advmod") and cue.head.tag_.startswith("NN") else cue
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or noun.head.head.i > noun.i:
        return None
    holder = noun.head.head
    if not holder.tag_.startswith("NN") or not (
        holder.i in parsed.mentions or load_lexicon().systems.fullmatch(holder.lower_)
    ):
        return None
    return _named_as(holder)


def _named_as(noun: Token) -> Token:
    """Of `X, a series of models` the X, where the noun only says what X is."""
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lower_ in ("series", "family", "set", "suite")
    ):
        noun = noun.head.head
    return noun.head if noun.dep_ == "appos" else noun


def _named_before(parsed: Parsed, verb: Token) -> Token | None:
    """`..., and X achieving 91%, surpassing Y`: the last name before a participle that itself does something."""
    doc = verb.doc
    if verb.tag_ != "VBG" or "," not in (t.text for t in doc[max(0, verb.i - 4) : verb.i]):
        return None
    for i in range(verb.i - 1, -1, -1):
        if i in parsed.mentions and parsed.mentions[i].kind in ("own", "model"):
            after = next((t for t in doc[i + 1 : i + 4] if not t.tag_.startswith(("RB", "MD"))), None)
            if after is not None and after.i < verb.i and after.tag_.startswith("VB") and after.tag_ != "VBN":
                return next((c for c in after.children if c.dep_ == "csubj" and c.i < i), doc[i])
    return None


def lost_subject(parsed: Parsed, verb: Token) -> Party | None:
    """`On this metric GPT-4 outscores`, `in terms of both, such models (GPT-4) outscore`: what stands right before a
    finite verb to which the parser gives no subject."""
    doc, i = verb.doc, verb.i - 1
    passive = verb.tag_ == "VBN" and any(c.dep_ in ("auxpass", "aux") for c in verb.children)
    while i > 0 and doc[i].tag_.startswith(("RB", "MD", "VB")) and i not in parsed.mentions:
        i -= 1
    if i < 0 or (verb.tag_ in ("VBN", "VBG") and not passive):
        return None
    end = i
    if doc[i].text == ")":
        i = next((t.i for t in reversed(doc[:i]) if t.text == "("), 0) - 1
    if i < 0 or not (i in parsed.mentions or load_lexicon().systems.fullmatch(doc[i].lower_)):
        return None
    if i > 0 and doc[i - 1].lower_ == "as":
        return _run_as(parsed, doc[i])
    names = [m for n, m in sorted(parsed.mentions.items()) if i <= n <= end and m.kind != "benchmark"]
    start = i
    while start > 0 and i not in parsed.mentions and doc[start - 1].tag_ in ("JJ", "JJR", "HYPH", "NN", "DT", "NNP"):
        start -= 1
    return Party(i, tuple(names), unspaced(doc[start : i + 1].text), False, False)


def _named_after(parsed: Parsed, cue: Token) -> Party | None:
    """`While better than X, Orca lags Y`: the subject that follows a clause without one."""
    for t in cue.doc[cue.i + 1 :]:
        if t.dep_ in ("nsubj", "nsubjpass"):
            side = party(parsed, t)
            if side.is_we or any(m.kind != "closed" for m in side.mentions):
                return side
            return None
    return None


def _subject_token(verb: Token, cue: Token, depth: int) -> Token | None:
    if depth > 8:
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj") and child.i != cue.i:
            if child.lower_ in ("which", "that", "who") and verb.dep_ in ("relcl", "ccomp", "acl"):
                return _antecedent(verb)
            if child.lower_ == "there" or (verb.dep_ in ("ccomp", "xcomp") and _HELPED.fullmatch(child.lower_)):
                break  # `helps writers produce better stories`
            return child
    if verb.dep_ == "relcl":
        return _antecedent(verb)
    glued = next((c for c in verb.lefts if c.dep_ in ("compound", "nmod") and c.tag_.startswith("NN")), None)
    if glued is not None and verb.tag_.startswith("VB"):
        return glued  # a name that the parser takes for a part of the verb
    after_comma = any(t.text in (",", ";") for t in verb.doc[max(0, verb.i - 4) : verb.i])
    if verb.dep_ == "acl" and not (verb.tag_ == "VBG" and "," in (t.text for t in verb.doc[verb.head.i : verb.i])):
        return _named_as(verb.head)
    if verb.tag_ == "VBG" and after_comma and (near := _last_subject(verb)) is not None:
        return near
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.tag_.startswith("VB"):
        objects = [c for c in verb.head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i]
        if objects and verb.tag_ in ("VB", "VBG") and not _HELPED.fullmatch(objects[-1].lower_):
            return objects[-1]
    if verb.head.i == verb.i:
        return None
    return _subject_token(verb_of(verb.head), cue, depth + 1)


def _last_subject(verb: Token) -> Token | None:
    """The subject that stands nearest before a participle after a comma: it takes up the clause just read."""
    for t in reversed(verb.doc[: verb.i]):
        if t.dep_ in ("nsubj", "nsubjpass") and t.lower_ not in ("which", "that", "who") and t.head.i < verb.i:
            return next((c for c in t.head.children if c.dep_ == "csubj" and c.i < t.i), t)
    return None


def _antecedent(verb: Token) -> Token | None:
    head = verb.head
    if head.tag_.startswith("VB"):
        return _subject_token(head, verb, 4)
    named = _named_as(head)
    if named.i != head.i:
        return named
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ in ("among", "of", "as") else head.head
    if (head.dep_ == "attr" or head.dep_ == "pobj") and above.lower_ in _BE:
        return _subject_token(above, verb, 4) or head
    if head.dep_ == "dobj" and load_lexicon().good_dimensions.fullmatch(head.lower_):
        return _subject_token(head.head, verb, 4) or head  # `X achieves an accuracy of 62, which is higher than`
    return head


def party(parsed: Parsed, token: Token) -> Party:
    """The noun phrase of a token as one side of a comparison."""
    inner = list(_phrase(token))
    mentions = tuple(
        parsed.mentions[t.i]
        for t in inner
        if t.i in parsed.mentions and parsed.mentions[t.i].kind != "benchmark" and not is_blocked(parsed, t.i)
    )
    if not mentions:
        mentions = tuple(
            parsed.mentions[t.i] for t in token.subtree if t.i in parsed.mentions and parsed.mentions[t.i].kind == "own"
        )
    mentions = (*(parsed.mentions[i] for i in _slashed(parsed, mentions)), *mentions)
    whose = _owner(token)
    if whose is not None:
        inner = [t for t in _phrase(whose) if t.dep_ != "case"]
    words = [t for t in inner if t.dep_ not in ("punct",) or t.i != inner[-1].i]
    text = unspaced(" ".join(t.text for t in words)) if words else token.text
    lower = {t.lower_ for t in inner}
    return Party(token.i, mentions, text, bool(lower & _WE), len(inner) == 1 and token.lower_ in _PRONOUNS)


def _slashed(parsed: Parsed, mentions: Sequence[Mention]) -> list[int]:
    """The other halves of `GPT-3.5/4`, which the parser hangs elsewhere."""
    return [
        i
        for i, m in sorted(parsed.mentions.items())
        if m not in mentions
        and i + 2 in parsed.mentions
        and parsed.doc[i + 1].text == "/"
        and parsed.mentions[i + 2] in mentions
    ]


def _owner(token: Token) -> Token | None:
    """Of `the score of X` and `X's score` the X."""
    if not load_lexicon().good_dimensions.fullmatch(token.lower_):
        return None
    for child in token.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _phrase(token: Token) -> Iterator[Token]:
    """The tokens of a noun phrase in order, relative clauses and asides left out."""
    skip: set[int] = set()
    for t in token.subtree:
        if t.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis") and t.i != token.i:
            skip.update(s.i for s in t.subtree)
    return iter([t for t in token.subtree if t.i not in skip])


def best(mentions: Sequence[Mention]) -> Mention | None:
    """The name that a phrase is about: the paper's own before others', open before closed, the first of each."""
    for kind in ("own", "model", "closed"):
        for mention in mentions:
            if mention.kind == kind:
                return mention
    return None


def unspaced(text: str) -> str:
    """Without the blanks around hyphens and strokes at which the tokenizer parts words."""
    return _SPACED.sub(r"\1", text)
