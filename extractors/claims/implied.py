"""Others that a sentence only implies: `GPT-4, the most capable model`, `GPT-4 shows relatively higher vulnerability`.

A superlative of a model says how the other models are, a comparative that is called relative does so too. What only
names the record of a model (`its best result`) or the use that is made of it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from extractors.claims.context import is_negated
from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, is_passive, subject_of, verb_of

_LEADS = frozenset(  # the last words of set phrases
    {"unmatched", "unrivaled", "unrivalled", "unparalleled", "unparallelled", "unsurpassed", "unbeaten",
     "unequaled", "unequalled"}
)  # fmt: skip
_MOST = frozenset({"most", "least"})
_GOOD = frozenset({"best", "strongest", "safest", "smartest", "top", "highest", "first"})
_BAD = frozenset({"worst", "weakest", "poorest"})
_MODEL = re.compile(r"(?:models?|llms?|lms?|systems?|performers?|chatbots?|assistants?)$", re.I)
_SOME = frozenset(  # `one of the best`, `even the best fails`, `the next best`
    {"one", "among", "of", "even", "currently", "current", "previous", "prior", "former", "next", "second", "third"}
)
_USED = re.compile(
    r"\b(?:us(?:e[ds]?|ing)|employ\w*|adopt\w*|chos\w+|choos\w+|select\w*|prompt\w*|query|queried|leverag\w+|utili[sz]\w+"
    r"|judges?|evaluators?|annotat\w+|evaluat(?:e[ds]?|ing|ors?)|wr[io]te\w*|written|generat\w+|rel(?:y|ied)|pick\w*|opt(?:ed)?"
    r"|assess\w*|ask\w*|teach\w*|distil\w*|label\w*|release[ds]?|launch\w*|developed|introduced|serve[ds]?)\b",
    re.I,
)
_BE = frozenset({"is", "are", "was", "were", "be", "remains", "remain", "becomes", "being", "proves", "seems"})
_SHOWS = ("show", "demonstrat", "exhibit", "display", "ha", "had", "suffer", "present", "reveal", "possess")
_RELATIVE = frozenset({"relatively", "comparatively"})
_CLEARLY = frozenset({"significantly", "considerably", "substantially", "notably", "markedly", "far", "much"})
_EVERY = re.compile(r"\b(?:over|across|on|in|for) (?:all|every|each|both)\b|\boverall\b", re.I)
_WHEN = re.compile(r"\b(?:when|if|with|after|than|as|for|on|without|while using|once|compared)\b", re.I)
_ACHIEVES = re.compile(
    r"(?:achiev|obtain|attain|reach|get|got|score|deliver|show|demonstrat|exhibit|yield|ha[sd]|record)\w*", re.I
)
_RANKS = ("rank", "perform", "score", "come", "fare")
_BOUND = re.compile(
    r"\b(?:with|when|if|than|under|after|before|using|given|where|among|at|by|without|setting|for|as)\b", re.I
)
_DESPITE = frozenset({"though", "although"})


def sole(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """A superlative said of a closed model as a model: the others are behind, or beat it where it is the worst."""
    doc = parsed.doc
    if cue[-1].lower_ in _LEADS or (len(cue) > 1 and cue[0].lower_ not in _MOST | _GOOD | _BAD):
        yield from _leading(parsed, cue, pattern)
        return
    way = _way(cue)
    before = doc[max(0, cue.start - 3) : cue.start]
    if way == 0 or any(t.lower_ in _SOME for t in before) or is_negated(doc, cue.start, cue.end):
        return
    noun = cue.root.head if cue.root.dep_ in ("amod", "nmod", "compound") and cue.root.head.i >= cue.end else cue.root
    others = Party(noun.i, (), "others", False, False)
    if way > 0 and (named := _unrivalled(parsed, cue)):
        yield from (made(others, (), m, pattern.relation, pattern, cue) for m in named)
        return
    noun = _having(noun)
    if not _MODEL.search(noun.text) and not (noun.i < cue.end and noun.dep_ in ("conj", "attr", "acomp")):
        return
    if _USED.search(doc.text) or noun.i >= cue.end + 4:
        return
    named = _called(parsed, noun)
    relation = pattern.relation if way > 0 else INVERSE[pattern.relation]
    yield from (made(others, (), m, relation, pattern, cue) for m in named)


def _leading(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`GPT-4 takes the lead`, `GPT-4 is unmatched`."""
    left = subject_of(parsed, cue.root)
    if left is None or left.token not in parsed.mentions or any(m.kind != "closed" for m in left.mentions):
        return
    if _USED.search(parsed.doc.text) or is_negated(parsed.doc, cue.start, cue.end):
        return
    others = Party(cue.start, (), "others", False, False)
    yield from (made(others, (), m, pattern.relation, pattern, cue) for m in left.mentions)


def _having(noun: Token) -> Token:
    """Of `the model with the highest accuracy` the model."""
    held = noun.dep_ == "pobj" and noun.head.lower_ == "with" and load_lexicon().good_dimensions.fullmatch(noun.lower_)
    return noun.head.head if held else noun


def _called(parsed: Parsed, noun: Token) -> list[Mention]:
    """The closed models that are called so: as an apposition, by a verb of being, or the other way round."""
    if noun.dep_ == "appos":
        return _closed(parsed, noun.head.i)
    head = noun
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    be = head.head
    if head.dep_ in ("attr", "acomp") and be.lower_ in _BE:
        subject = subject_of(parsed, head)
        mine = subject.mentions if subject is not None else ()
        whole = subject is not None and subject.token in parsed.mentions
        return [m for m in mine if m.kind == "closed"] if whole and all(m.kind == "closed" for m in mine) else []
    if noun.dep_ == "nsubj" and noun.head.lower_ in _BE:
        attr = next((c for c in noun.head.children if c.dep_ == "attr" and c.i > noun.head.i), None)
        return _closed(parsed, attr.i) if attr is not None else []
    return []


def _closed(parsed: Parsed, place: int) -> list[Mention]:
    mention = parsed.mentions.get(place)
    if mention is None or mention.kind != "closed" or is_blocked(parsed, place):
        return []
    return [mention]


def _way(cue: Span) -> int:
    """1 where a superlative is good, -1 where bad, 0 where it is none of quality."""
    first, last = cue[0].lower_, cue[-1].lower_
    if first not in _MOST:
        return 1 if first in _GOOD else -1 if first in _BAD else 0
    words = load_lexicon()
    good = words.good_adjectives.fullmatch(last)
    sign = 1 if good else -1 if words.bad_adjectives.fullmatch(last) else 0
    return sign if first == "most" else -sign


def relative(parsed: Parsed, cue: Span) -> list[tuple[Party, Mention]]:
    """`GPT-4 shows relatively higher vulnerability`, `GPT-4 is significantly more robust over all inputs`: others are
    implied, where the sentence says it of the closed model without a condition."""
    doc = parsed.doc
    verb = verb_of(cue.root)
    if verb.i > cue.start or is_passive(verb):
        return []
    shows = verb.lower_ in _BE or verb.lower_.startswith(_SHOWS)
    before = {t.lower_ for t in doc[max(0, cue.start - 2) : cue.start]}
    rest = doc[cue.end :].text
    absolute = any(t.lower_ == "absolute" for t in doc[cue.end : cue.end + 1])
    mark = any(c.dep_ == "mark" and c.lower_ in _DESPITE for c in verb.children)
    superior = cue[0].lower_ == "superior" and _EVERY.search(rest)
    told = superior or before & _RELATIVE or (before & _CLEARLY and _EVERY.search(rest)) or (mark and absolute)
    if not shows or not told or "than" in {t.lower_ for t in doc} or (not before & _RELATIVE and _is_bound(rest)):
        return []
    left = subject_of(parsed, cue.root)
    if left is None or left.token not in parsed.mentions or any(m.kind != "closed" for m in left.mentions):
        return []
    others = Party(cue.start, (), "others", False, False)
    return [(others, m) for m in left.mentions]


def _is_bound(rest: str) -> bool:
    """Whether a condition limits what is said, by which the model may be compared with itself."""
    first = _EVERY.sub(" ", rest.split(",")[0])
    return bool(_WHEN.search(first))


def _unrivalled(parsed: Parsed, cue: Span) -> list[Mention]:
    """`GPT-4 achieves the highest score overall`, `the best result is achieved by GPT-4`: the closed models to which a
    sentence gives the best of the results that a paper compares. None where it sets a condition, by which the model
    may be compared with itself."""
    verb = verb_of(cue.root)
    if _USED.search(parsed.doc.text) or load_lexicon().negations.search(parsed.doc.text):
        return []
    if any(c.lower_ in ("which", "where", "whose", "what") for c in verb.subtree if c.i < verb.i):
        return []
    dimension = _best_of(cue)
    if dimension is not None and dimension.dep_ == "nsubjpass" and _ACHIEVES.match(dimension.head.lower_):
        agent = next((c for c in dimension.head.children if c.lower_ == "by"), None)
        target = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        found = parsed.mentions.get(target.i) if target is not None else None
        return [found] if found is not None and found.kind == "closed" else []
    left = subject_of(parsed, cue.root)
    if left is None or left.token not in parsed.mentions or any(m.kind != "closed" for m in left.mentions):
        return []
    ranks = cue.start == verb.i + 1 and verb.lower_.startswith(_RANKS)
    gets = dimension is not None and dimension.dep_ == "dobj" and dimension.head.i == verb.i
    if verb.i > cue.start or is_passive(verb) or not (ranks or (gets and _ACHIEVES.match(verb.lower_))):
        return []
    after = parsed.doc[(dimension.i + 1 if dimension is not None else cue.end) :].text
    if _BOUND.search(after.split(",")[0]):
        return []
    return [m for m in left.mentions if m.kind == "closed"]


def _best_of(cue: Span) -> Token | None:
    """The measure of which a superlative is said, `the best overall score`."""
    noun = cue.root.head if cue.root.dep_ in ("amod", "compound", "nmod") else cue.root
    good = load_lexicon().good_dimensions
    owned = any(c.dep_ == "poss" for c in noun.children)  # `its best score`
    return noun if cue.start <= noun.i <= cue.end + 2 and good.fullmatch(noun.lower_) and not owned else None
