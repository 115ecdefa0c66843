"""One model in place of another: `replacing ChatGPT with GPT-4 improves F1`; frame `swap`. The new one is subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, party, verb_of
from extractors.records import Relation

_UP = re.compile(
    r"\b(?:improv|increas|rais|ris|grow|grew|climb|jump|soar|surg|strength|stronger|boost|gain|enhanc|better|higher"
    r"|lift|benefi)\w*|% more\b|\b(?:go|goes|went|gone) up\b",
    re.I,
)
_DOWN = re.compile(r"\b(?:drop|fall|fell|declin|decreas|lower|reduc|degrad|hurt|harm|worse|deteriorat|los)\w*", re.I)
_FINDS = re.compile(r"\b(?:identif|detect|recogni|find|spot|catch)\w*", re.I)
_MODEL = re.compile(r"(?:models?|llms?|lms?|backbones?)", re.I)
_SIZED = re.compile(
    r"(?:\d+(?:\.\d+)?(?:b|m)|small(?:er)?|weak(?:er)?|light(?:er)?|lightweight|open|open-source|source|local|cheaper)",
    re.I,
)
_LEADS = frozenset({"with", "using"})
_OF = frozenset({"for", "of", "in"})
_RATED = re.compile(r"success|error|hallucination|win|pass|solve|completion|failure", re.I)
_CHANGES = re.compile(
    r"(?:gaps?|differences?|gains?|improvements?|effects?|increases?|boosts?|benefits?|correlations?|agreement|preferences?"
    r"|attacks?|levels?|consistency|averages?)",
    re.I,
)
_INSTEAD = ("instead", "rather", "in")
_REACH = 8  # tokens from one name to the other


def swap(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """Which way it goes is told by the words outside the clause of the swap."""
    doc = parsed.doc
    names = _names(parsed, cue)
    if len(names) != 2:
        return
    first, second = names
    if cue[0].lower_ == "from" and not any(t.lower_ == "to" for t in doc[first:second]):
        return
    old, new = (second, first) if cue[0].lower_ in _INSTEAD else (first, second)
    taken = {t.i for t in _clause(cue.root).subtree}
    rest = [t for t in doc if t.i not in taken or (cue[0].lower_ == "from" and t.i not in names)]
    if cue[0].lower_ == "from" and _moved(cue.root) is not None:
        rest = list(doc[second + 1 :]) or rest  # not `scaling up` itself
    rest = [t for t in rest if t.tag_[:1] not in (",", ".")] or list(doc[second + 1 :])  # all is one clause
    way = _way(" ".join(t.lower_ for t in rest), cue[0].lower_ == "from")
    a, b = parsed.mentions.get(new), parsed.mentions.get(old)
    if way == 0 or (a and b and a.entity_id == b.entity_id):
        return
    relation = pattern.relation if way > 0 else INVERSE[pattern.relation]
    if b is not None and b.kind == "closed":
        yield made(_side(parsed, new), (a,) if a else (), b, relation, pattern, cue)
    elif a is not None and a.kind == "closed":
        yield made(_side(parsed, old), (b,) if b else (), a, INVERSE[relation], pattern, cue)


def _names(parsed: Parsed, cue: Span) -> list[int]:
    """The two names that stand around the cue or after it, with few words between."""
    doc = parsed.doc
    low = max(
        0,
        cue.start - (6 if cue[0].lower_ in _INSTEAD else 3)
        if cue.root.tag_ != "VBG" or cue[0].lower_ in _INSTEAD
        else cue.start,
    )
    reach = range(low, min(len(doc), cue.end + 2 * _REACH))
    places = [i for i in reach if _is_system(parsed.mentions.get(i)) or _is_sized(parsed, i)]
    near = places[:2]
    if len(near) == 2 and near[1] - near[0] <= _REACH and _is_told(cue, near):
        return near
    return []


def _is_told(cue: Span, names: list[int]) -> bool:
    """`replacing X with Y`: a preposition stands between the two; `with X switched on, Y` tells nothing of the kind."""
    between = cue.doc[names[0] : names[1]]
    return cue[0].tag_[:2] != "VB" or any(t.lower_ in ("with", "by", "to", "for", "from") for t in between)


def _is_system(mention: Mention | None) -> bool:
    return mention is not None and mention.kind != "benchmark"


def _is_sized(parsed: Parsed, place: int) -> bool:
    """`a 7B model`, `smaller models`: another model by its size or strength, which bears no name."""
    doc = parsed.doc
    if place in parsed.mentions or not _MODEL.fullmatch(doc[place].lower_):
        return False
    return any(_SIZED.fullmatch(t.lower_) for t in doc[max(0, place - 3) : place])


def run_on(parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation, than: Token) -> Iterator[Comparison]:
    """`plans are better with GPT-4 than with Vicuna`: one thing made with two models in turn, which it compares."""
    doc = parsed.doc
    leads = _LEADS | (_OF if _is_measure(cue) else frozenset())
    if not any(t.lower_ in leads for t in doc[than.i + 1 : than.i + 3]):
        return
    led = [i for i in sorted(parsed.mentions) if _is_system(parsed.mentions[i]) and _is_led(doc, i, leads)]
    new = next((i for i in reversed(led) if i < than.i), None)
    old = next((i for i in led if than.i < i <= than.i + 4), None)
    if new is None or old is None:
        return
    a, b = parsed.mentions[new], parsed.mentions[old]
    if a.entity_id == b.entity_id and a.entity_id is not None:
        return
    if b.kind == "closed":
        yield made(_side(parsed, new), (a,), b, relation, pattern, cue)
    elif a.kind == "closed":
        yield made(_side(parsed, old), (b,), a, INVERSE[relation], pattern, cue)


def _is_led(doc: Doc, place: int, leads: frozenset[str]) -> bool:
    """Whether a word such as `with` leads to a name."""
    return any(t.lower_ in leads for t in doc[max(0, place - 3) : place])


def _is_measure(cue: Span) -> bool:
    """`the error rate is lower for X than for Y`: whether what is compared is a score, and no change of one."""
    words = load_lexicon()
    noun = next((c for c in verb_of(cue.root).children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if noun is None or _CHANGES.fullmatch(noun.lower_):
        return False
    if noun.lower_ in ("rate", "rates"):  # of what, its name tells
        return any(_RATED.fullmatch(c.lower_) for c in noun.lefts)
    return bool(words.good_dimensions.fullmatch(noun.lower_) or words.bad_dimensions.fullmatch(noun.lower_))


def _side(parsed: Parsed, place: int) -> Party:
    """A name with its phrase, or the words for a model that has none."""
    doc = parsed.doc
    if place in parsed.mentions:
        return party(parsed, doc[place])
    start = next((t.i for t in doc[max(0, place - 3) : place] if _SIZED.fullmatch(t.lower_)), place)
    return Party(place, (), doc[start : place + 1].text, False, False)


def _clause(word: Token) -> Token:
    """The head of the clause in which the swap is told."""
    if word.lower_ == "in":  # `with X in place of Y`
        return next((t for t in word.ancestors if t.lower_ in ("with", "using")), word)
    while word.dep_ not in ("csubj", "advcl", "pcomp", "ROOT", "nsubj", "ccomp") and word.head.i != word.i:
        word = word.head
    return word


def _moved(word: Token) -> Token | None:
    """The `scaling up` or `moving` of `moving from X to Y improves`."""
    return next((t for t in word.ancestors if t.dep_ == "csubj" and t.tag_ == "VBG"), None)


def _way(text: str, must_name: bool) -> int:
    """1 where what is said around is better, -1 where worse; `must_name` asks for a word of quality."""
    up, down = _UP.search(text), _DOWN.search(text)
    if bool(up) == bool(down):
        return 0
    way = 1 if up else -1
    words = load_lexicon()
    if _FINDS.search(text):
        return way  # `the ability to find errors grows`
    if must_name and not (words.good_dimensions.search(text) or words.bad_dimensions.search(text)):
        return 0
    if words.other_dimensions.search(text) and not words.good_dimensions.search(text):
        return 0
    return -way if words.bad_dimensions.search(_DOWN.sub(" ", text)) else way
