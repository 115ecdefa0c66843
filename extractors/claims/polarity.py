"""Whether a comparative speaks of quality, and which way: `higher accuracy` is good, `fewer errors` too."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.parsing import Parsed
from extractors.claims.tree import verb_of

_UP = frozenset({"more", "greater", "higher", "larger", "bigger"})
_DOWN = frozenset({"fewer", "less", "lower", "smaller", "shorter"})
_ASSUMED = frozenset({"higher", "lower", "greater"})  # of what is not said or not known: taken for scores
_NEUTRAL = frozenset({"faster", "cheaper", "longer", "slower", "shorter"})
_SOFT = frozenset({"similar", "similarly", "same", "close", "closely", "closest", "near", "equal", "equally",
                   "identical", "neutral", "akin", "equivalent"})  # fmt: skip
_ERRS = (
    "hallucinat",
    "fabricat",
    "invent",
    "misclassif",
    "err",
    "fail",
    "suffer",
    "degrad",
    "mislead",
    "misled",
    "fool",
    "confus",
    "distract",
    "trick",
    "refus",
    "struggl",
    "misinterpret",
    "ignor",
    "overlook",
)
_ECONOMY = ("cost", "efficien", "productiv")  # said of money and time, whatever else the phrase holds
_FINDS = (
    "recogni",
    "detect",
    "catch",
    "find",
    "identif",
    "correct",
    "captur",
    "spot",
    "cover",
)  # more errors found is better
_SOLVES = ("solv", "answer", "pass", "win", "won", "succe", "resolv", "fix", "complet", "recall")
_SUCCEEDS = ("agree", "win", "won", "succe", "prefer", "favo", "correct", "pass", "chos")
_HOW_WELL = frozenset({"closely", "strictly", "faithfully", "reliably", "flexibly", "tightly", "deeply", "sensibly"})
_RISES = ("boost", "rais", "increas", "enhanc", "lift", "elevat", "ris", "rose")
_POINTS = frozenset({"point", "points", "pts", "%"})
_SCORED = _POINTS - {"%"}
_PLACES = frozenset({"above", "ahead", "below", "behind", "under", "beneath", "underneath"})
_FAME = frozenset({"known", "documented", "understood", "studied", "established"})  # `better known`
_CUTS = ("halv", "reduc", "decreas", "lower", "cut", "drop", "declin", "degrad", "deteriorat")
_LOSSES = ("drop", "declin", "degrad", "deteriorat")  # losses of quality, whether or not they say of what
_CUT = re.compile(r"\b(?:degradation|drops?)\b")  # the cue itself is no bad thing that grows less
_STANDS = frozenset({"is", "are", "was", "were", "be", "been", "come", "comes", "came", "coming", "get", "gets", "got",
                     "remain", "remains", "stays"})  # fmt: skip
_PERFORM = frozenset(
    {"perform", "performs", "performed", "performing", "score", "scores", "scored", "scoring", "rank", "ranks"}
)


def sign(parsed: Parsed, cue: Span) -> int:
    """1 where the cue says better, -1 where it says worse, 0 where it says nothing of quality."""
    word = cue[-1].lower_ if cue[0].lower_ in _POINTS or cue[-1].lower_ in _PLACES else cue[0].lower_
    words = load_lexicon()
    scope = _scope(cue)
    if word in ("twice", "thrice", "times", "half") and len(cue) > 2 and cue[1].lower_ == "as":
        return (-1 if word == "half" else 1) * _sign_of_many(cue)
    if word in ("half", "third", "quarter") and len(cue) > 1:
        return 1 if words.bad_dimensions.search(scope) else -1 if words.good_dimensions.search(scope) else 0
    if word in ("easier", "harder"):
        what = cue.doc[cue.end + 1].lower_ if cue.end + 1 < len(cue.doc) else ""
        return (-1 if word == "easier" else 1) if what.startswith((*_ERRS, "jailbreak", "deceiv", "attack")) else 0
    if word == "better" and cue.end < len(cue.doc) and cue.doc[cue.end].lower_ in _FAME:
        return 0
    if word in _PLACES:
        other = words.other_dimensions.search(scope) and not words.good_dimensions.search(scope)
        if other and cue[0].lower_ not in _POINTS:
            return 0  # of a price
        return -1 if words.bad_dimensions.search(scope) else 1
    if word in ("lower", "worse") and cue[0].lower_ in _POINTS:
        return -1 if words.bad_dimensions.search(scope) else 1
    if word in ("preferred", "favored", "favoured") and cue.end < len(cue.doc) and cue.doc[cue.end].lower_ == "less":
        return -1
    if word in ("win", "wins") and cue[0].tag_.startswith("NN"):
        return 0
    if word in _NEUTRAL or any(w in scope for w in _ECONOMY):
        return 0
    if word in _UP or word in _DOWN:
        way = 1 if word in _UP else -1
        if cue.start and cue[0].nbor(-1).lower_ in _SCORED and cue.doc[cue.end : cue.end + 1].text == "than":
            return -way if words.bad_dimensions.search(scope) else way  # `7.9 points more than`
        following = cue[-1].nbor().lower_ if cue.end < len(cue.doc) else ""
        second = cue.doc[cue.end + 1].lower_ if cue.end + 1 < len(cue.doc) else ""
        if words.good_adjectives.fullmatch(following) or words.good_adjectives.fullmatch(f"{following} {second}"):
            return -way if words.bad_dimensions.fullmatch(cue.root.head.lower_) else way  # `fewer factual errors`
        if words.bad_adjectives.fullmatch(following):
            return -way
        if following in _HOW_WELL or (following.endswith("ly") and words.good_adjectives.fullmatch(following[:-2])):
            return way
        if following in ("often", "frequently"):
            verb = verb_of(cue.root)
            done = " ".join(t.lower_ for c in verb.children if c.dep_ == "dobj" for t in c.subtree)
            if verb.lower_.startswith(_SUCCEEDS):
                return way  # `agrees with humans more often`
            if not verb.lower_.startswith(_FINDS) and (
                words.bad_adjectives.search(done) or words.bad_dimensions.search(done)
            ):
                return -way  # `gives wrong answers more frequently`
        if following in ("likely", "apt", "inclined"):
            return way * _tendency(cue.doc[cue.end])
        finds = verb_of(cue.root).lower_.startswith(_FINDS)
        errs = [
            h.lower_
            for h in (cue.root.head, cue.root.head.head)
            if h.i == cue.root.head.i or cue.root.head.dep_ == "conj" or cue.root.head.tag_ == "RB"
        ]
        if any(e.startswith(_ERRS) for e in errs) and not finds:
            return -way
        if words.bad_dimensions.search(scope):
            return way if finds else -way
        if finds and cue.root.dep_ == "amod":
            return way  # `captures more details`
        if cue.root.dep_ != "amod" and verb_of(cue.root).lower_ in _PERFORM:
            return way  # `our model scores higher`
        if verb_of(cue.root).lower_.startswith(_SOLVES) and cue.root.dep_ in ("amod", "advmod", "dobj"):
            return way  # `solves more problems`
        if words.other_dimensions.search(scope) and not words.good_dimensions.search(scope):
            return 0
        if word in ("more", "less") and cue.root.head.tag_ == "JJ" and cue.root.head.dep_ in ("acomp", "ccomp", "conj"):
            return 0  # `the effect is more evident`
        if words.good_dimensions.search(scope):
            return way
        return way if word in _ASSUMED else 0
    if word.startswith(_CUTS) and word not in _DOWN:
        return _sign_of_cut(cue, scope)
    if word.startswith(_RISES):
        if words.bad_dimensions.search(scope):
            return -1
        return 1 if words.good_dimensions.search(scope) else 0
    if word in ("low", "high", "twice", "thrice", "double", "triple") and words.bad_dimensions.search(scope):
        return -1
    if word in ("twice", "thrice", "double", "triple") and words.other_dimensions.search(scope):
        return 0
    if (
        words.other_dimensions.search(scope)
        and not words.good_dimensions.search(scope)
        and cue.root.tag_[:2] in ("JJ", "NN")
    ):
        return 0
    return 1


def _sign_of_many(cue: Span) -> int:
    """1 where many of what is counted after `twice as many` are good, -1 where bad, 0 where neither."""
    words = load_lexicon()
    after = cue.doc[cue.end : cue.end + 4].text
    verb = verb_of(cue.root).lower_
    if verb.startswith(_SUCCEEDS):
        return 1
    if verb.startswith(("miss", "overlook")):
        return -1
    if words.bad_dimensions.search(after) or words.bad_adjectives.search(after) or verb.startswith(_ERRS):
        return 1 if verb.startswith(_FINDS) else -1
    good = cue[-1].lower_ in ("good", "accurate") or words.good_adjectives.search(after)
    return 1 if good or verb.startswith((*_SOLVES, *_FINDS)) else 0


def _tendency(likely: Token) -> int:
    """1 where what is likely is a success, -1 where it is a failure, 0 where it is neither."""
    verb = next((c for c in likely.children if c.dep_ == "xcomp"), None)
    if verb is None:
        return 0
    words = load_lexicon()
    done = " ".join(t.lower_ for t in verb.subtree if t.i < verb.i + 5)
    if verb.lower_.startswith(_ERRS) or words.bad_dimensions.search(done) or words.bad_adjectives.search(done):
        return -1
    return 1 if re.search(r"\b(?:correct(?:ly)?|right|succeed|solve)\b", done) else 0


def _sign_of_cut(cue: Span, scope: str) -> int:
    """1 where less of what is good is left, -1 where less of what is bad; a bare `rate` is what the sentence names."""
    words = load_lexicon()
    target: Token | None = None
    if cue.root.tag_.startswith("VB"):
        target = next((c for c in cue.root.children if c.dep_ == "dobj"), None)
        if target is not None:
            scope = " ".join(t.lower_ for t in (*target.lefts, target, *target.rights))
            if target.lower_ in ("rate", "rates", "number"):
                scope = f"{scope} {cue.doc[: cue.start].text}"
        elif cue[0].lower_.startswith(("reduc", "cut", "lower")):
            return 0
    bare = target is not None and target.lower_ in ("rate", "rates") and not any(t.dep_ == "amod" for t in target.lefts)
    if words.bad_dimensions.search(_CUT.sub(" ", scope)) or bare:
        return -1
    if words.other_dimensions.search(scope) and not words.good_dimensions.search(scope):
        return 0
    return 1 if words.good_dimensions.search(scope) or cue[0].lower_.startswith(_LOSSES) else 0


def of_quality(parsed: Parsed, cue: Span) -> bool:
    """Whether a word of likeness or distance (`similar`, `close`, `gap`) is said of quality."""
    words = load_lexicon()
    scope = _scope(cue)
    if len(cue) > 2 and cue[-1].lower_ == "as" and any(words.good_adjectives.fullmatch(t.lower_) for t in cue):
        return True  # `equally helpful answers as`
    verb = verb_of(cue.root)
    performs = verb.lower_ in _PERFORM
    if cue[0].lower_ in ("equally", "similarly", "comparably"):
        how = cue.root.head.lower_
        if how in ("good", "well", "strong", "bad") or words.good_adjectives.fullmatch(how):
            return True
    said = any(words.good_dimensions.fullmatch(t.lower_) for t in cue)  # `comparative performance`
    good = said or bool(words.good_dimensions.search(scope))
    if cue[0].lower_ in _SOFT:
        if cue.start <= 1 and cue.end < len(cue.doc) and cue.doc[cue.end].text == ",":
            return False
        before = cue.doc[max(0, cue.start - 8) : cue.start].text
        near = cue[0].lower_.startswith(("close", "near", "similar", "equal"))
        scored = near and bool(re.search(r"\d", before)) and bool(words.good_dimensions.search(before))
        return good or scored or (performs and cue.root.dep_ != "amod") or _stands_close(parsed, cue)
    return good or performs or not words.other_dimensions.search(scope)


def _stands_close(parsed: Parsed, cue: Span) -> bool:
    """`X comes close to GPT-4`: said of a system as a whole, and of nothing that is no quality."""
    verb = verb_of(cue.root)
    if (
        cue[0].lower_ not in ("close", "near", "closely", "closest", "equal", "equivalent")
        or verb.lower_ not in _STANDS
    ):
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    named = subject is not None and (
        subject.i in parsed.mentions or load_lexicon().systems.search(" ".join(t.text for t in subject.subtree))
    )
    return bool(named) and not load_lexicon().other_dimensions.search(cue.doc[cue.end :].text)


def _is_meanwhile(noun: Token) -> bool:
    """The noun of `at the same time`."""
    return noun.lower_ == "time" and any(c.lower_ == "same" for c in noun.children)


def names_other(text: str) -> bool:
    """Whether a phrase is of cost, size, speed or data."""
    return bool(load_lexicon().other_dimensions.search(text))


def _scope(cue: Span) -> str:
    """The noun that the cue describes with its left modifiers, and `in X` or `in terms of X` after it."""
    head = cue.root
    tokens: list[Token] = list(cue)
    noun = (
        head
        if head.tag_.startswith("NN")
        else head.head
        if head.dep_ in ("amod", "advmod", "acl", "nmod", "compound")
        else None
    )
    if noun is None or not noun.tag_.startswith("NN"):
        verb = verb_of(head)
        noun = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        objects = [c for c in verb.children if c.dep_ in ("dobj", "attr") and c.tag_.startswith("NN")]
        if head.dep_ in ("prep", "pobj", "acomp", "advmod") and objects and objects[0].i < cue.end:
            noun = objects[0]
    if noun is not None and not (noun.dep_ == "nsubj" and load_lexicon().systems.fullmatch(noun.lower_)):
        tokens += [t for t in noun.lefts if t.dep_ in ("compound", "amod", "nmod", "poss")]
        tokens.append(noun)
        tokens += [c for c in noun.children if c.dep_ == "conj"]
        if noun.head.dep_ == "prep" and noun.head.lower_ == "of":
            tokens.append(noun.head.head)
    if head.tag_.startswith("VB"):
        tokens += [t for c in head.children if c.dep_ == "dobj" for t in (*c.lefts, c)]
    for t in cue.doc[cue.end : cue.end + 6]:
        if t.lower_ in ("in", "of", "at") and t.dep_ == "prep":
            nouns = (c for c in t.children if c.dep_ == "pobj" and c.tag_.startswith("NN"))
            tokens += [c for c in nouns if not load_lexicon().systems.fullmatch(c.lower_) and not _is_meanwhile(c)]
    own = {t.i for t in cue}
    return " ".join(t.lower_ for t in tokens if t.i not in own)
