"""`all models except GPT-4`: what is said of the others, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.parsing import Parsed
from extractors.claims.sides import Comparison
from extractors.claims.tree import Party, subject_of
from extractors.records import Relation

_BEST = re.compile(
    r"\b(?:best|highest|strongest|outperform\w*|surpass\w*|exceed\w*|beats?|better|higher|stronger|top|superior|state-of-the-art|sota)\b",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:struggl\w+|fail\w*|below|low(?:er)?|worse|drops?|unable|poor(?:ly)?|cannot|degrad\w+|difficult\w*|lag\w*|chance|random)\b",
    re.I,
)
_RULE = "exception"
_RIGHT = re.compile(r"\b(?:\d+(?:\.\d+)? ?%|half|right|correct|above|beyond|over)\b", re.I)
_FAR = 14  # tokens between `except` and a name
_LISTING = frozenset({",", "and", "or", "the", "both", "namely", "such", "as", "like", ":", "i.e.", "for", "of", "only",
                      "(", "largest", "proprietary", "commercial", "closed", "-", "source"})  # fmt: skip
_SOLE = re.compile(
    r"(?:is|was|are|were|being|as) (?:the |a )?(?:only |sole |notable |one |clear |main )*exceptions?\b", re.I
)
_IS_SOLE = re.compile(r"\bexceptions? (?:is|was|are|were|being|to this is)(?: the)?$", re.I)


def exceptions(parsed: Parsed, found: Sequence[tuple[Comparison, bool]]) -> Iterator[Comparison]:
    """The subject of a superlative, or all others that fail, stand behind a closed model which is excepted."""
    doc = parsed.doc
    relation: Relation = "behind"
    taken = {c.baseline.start for c, _ in found}
    for i, mention in sorted(parsed.mentions.items()):
        if mention.kind != "closed" or mention.start in taken:
            continue
        if not (_is_excepted(parsed, i) or _is_exception(parsed, i)):
            continue
        rest = doc.text
        none = _none(parsed)
        if none is not None:
            yield Comparison(none, (), mention, relation, _RULE, 0.6, (none.token, none.token + 1))
            continue
        aside = {t.i for t in doc[i].subtree}
        told = [t for t in doc if t.i not in aside and _is_of_quality(t)]
        weak = load_lexicon().failing
        cue = next((t for t in told if _BEST.fullmatch(t.text)), None) or next(
            (t for t in told if _WEAK.fullmatch(t.text) or weak.fullmatch(t.text)), None
        )
        if cue is None and weak.search(" ".join(t.text for t in told)):
            cue = next((t for t in doc if t.dep_ == "ROOT"), None)  # `is not ideal`
        if cue is None:
            continue
        left = subject_of(parsed, cue)
        if left is None or left.token == i or (left.is_we and not _BEST.fullmatch(cue.text)):
            left = _others(parsed, i)
        if left is not None and _is_exception(parsed, i) and not load_lexicon().systems.search(left.text):
            left = Party(left.token, (), "other models", False, False)
        if left is None:
            continue
        words = load_lexicon()
        if not left.mentions and words.systems.search(left.text) and words.good_dimensions.search(left.text):
            left = Party(left.token, (), "other models", False, False)  # `the models' scores are low, except for`
        names = tuple(m for m in left.mentions if m.kind != "closed")
        if _BEST.fullmatch(cue.text) and (names or left.is_we or left.is_pronoun):
            yield Comparison(left, names, mention, relation, _RULE, 0.7, (cue.i, cue.i + 1))
        elif (_WEAK.search(rest) or load_lexicon().failing.search(rest)) and load_lexicon().systems.search(left.text):
            yield Comparison(left, names, mention, relation, _RULE, 0.6, (cue.i, cue.i + 1))


def _is_excepted(parsed: Parsed, place: int) -> bool:
    """`except for three models, X, Y and GPT-4`: whether only names and what they are stand after the `except`."""
    doc, words = parsed.doc, load_lexicon()
    opens = re.compile(rf"(?:{words.exceptions.pattern})$", re.I)
    for start in range(place, max(0, place - _FAR), -1):
        if opens.search(" ".join(t.lower_ for t in doc[max(0, start - 3) : start])):
            return True
        if not _is_listed(parsed, start - 1):
            break
    return False


def _is_listed(parsed: Parsed, i: int) -> bool:
    token = parsed.doc[i]
    named = i in parsed.mentions or token.tag_ in ("CD", "NNP", "NNPS", "DT")
    return named or token.lower_ in _LISTING or bool(load_lexicon().systems.fullmatch(token.lower_))


def _is_exception(parsed: Parsed, place: int) -> bool:
    """`GPT-4 being the only exception`, `the exception is GPT-4`."""
    doc = parsed.doc
    after = doc[place + 1 : place + 7].text
    before = doc[max(0, place - 4) : place].text
    return bool(_SOLE.match(after) or _IS_SOLE.search(before))


def _is_of_quality(word: Token) -> bool:
    """Whether `low` is said of a score, not of a temperature."""
    noun = word.head if word.dep_ == "amod" else word
    return (
        noun is word or not word.lower_.startswith("low") or bool(load_lexicon().good_dimensions.fullmatch(noun.lower_))
    )


def _none(parsed: Parsed) -> Party | None:
    """`no model passes the exam except GPT-4`: those of whom it is said that none does."""
    for t in parsed.doc:
        noun = t if t.lower_ == "none" else t.head if t.lower_ == "no" else None
        if noun is None or noun.dep_ != "nsubj":
            continue
        done = parsed.doc[noun.i + 1 : noun.i + _FAR]
        able = noun.head.lower_ in ("is", "are", "was", "were") and any(t.lower_ in ("able", "capable") for t in done)
        gets = noun.head.lower_ in ("gets", "get", "got") and bool(_RIGHT.search(done.text))
        if not able and not gets and not load_lexicon().achieving.fullmatch(noun.head.lower_):
            continue
        if any(load_lexicon().systems.fullmatch(n.lower_) for n in noun.subtree):
            return Party(noun.i, (), "other models", False, False)
    return None


def _others(parsed: Parsed, place: int) -> Party | None:
    """`all models except GPT-4 fail`: those from whom it is excepted, where the parser takes it for the subject."""
    nouns = (t for t in reversed(parsed.doc[max(0, place - 5) : place]) if t.tag_.startswith("NN"))
    noun = next((t for t in nouns if load_lexicon().systems.fullmatch(t.lower_)), None)
    return Party(noun.i, (), noun.text, False, False) if noun is not None else None
