"""Scores set beside each other: `X reaches 80.1, while GPT-4 has 70`; frame `scores`. Numbers tell who is better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.roles import is_blocked
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, party, subject_of
from extractors.records import Relation

_SCORE = re.compile(r"\d{1,4}(?:\.\d+)?")
_NO_SCORE = re.compile(  # a number before one of these counts something, or is a difference
    r"(?:shots?|samples?|examples?|questions?|tasks?|models?|turns?|rounds?|tokens?|times|x|b|m|k|parameters?|points?|pts?|pp"
    r"|datasets?|benchmarks?|languages?|problems?|hours?|days?|seconds?|years?|gpus?|epochs?|steps?|cases|instances|out|\$)$",
    re.I,
)
_NO_SCORE_AFTER = re.compile(
    r"(?:table|figure|fig\.?|section|appendix|top|by|v|version|the|from|first|within|about|\$|@|pass@|/|–|-)$", re.I
)
_COUNTED = re.compile(
    r"^of (?:the |all |its |our )?(?:\w+ )?(?:tasks?|questions?|cases|problems?|items|prompts|tests?|times?"
    r"|answers?|responses?|outputs?|predictions?)\b",
    re.I,
)
_FENCES = frozenset({";", ".", ":"})
_TURNS = frozenset({"while", "whereas", "but", "however", "although", "though"})
_AGAINST = frozenset({"whereas", "while", "but", "to", "with", "versus", "vs", "vs.", "against", "and"})
_ERRS = ("err", "fail", "misclassif", "misread", "fabricat", "invent")
_LEAD = 8  # tokens before a `while` that opens all that is told
_MOST = 4  # scores on each side


def scores(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """Both sides must name one system and give as many scores, which all point the same way."""
    doc = parsed.doc
    start, turn, end = _bounds(cue)
    turn = cue[0] if cue[0].lower_ == "and" else turn
    if turn is None:
        return
    left, right = doc[start : turn.i], doc[turn.i + 1 : end]
    before, after = _values(left), _values(right)
    if len(before) == 1 and 1 < len(after) <= _MOST:
        yield from _over_several(parsed, cue, pattern, (left, right), before[0], after)
        return
    if not before or len(before) != len(after) or len(before) > _MOST or _fraction(before) != _fraction(after):
        return
    tested = any(m.kind == "benchmark" for m in parsed.mentions.values())
    if not tested and not _is_quality(doc[start:end]):
        return
    first, second = _names(parsed, left), _names(parsed, right)
    first = [m for m in first if m.kind == "own"] or first  # `X + GPT-4`
    if all(len(side) == 1 and side[0].kind == "closed" for side in (first, second)) and not _is_named(doc[start:end]):
        return
    if not second and len(first) == 1 and first[0].kind == "closed":
        yield from _without(
            parsed, cue, pattern, (left, right), first[0], _relation(before, after, _lower(doc[start:end]))
        )
        return
    if len(second) != 1 or len(first) > 1:
        return
    other = second[0]
    if other.kind == "closed" and first and first[0].kind == "closed" and turn.text not in _AGAINST:
        return  # both are told of, not measured against one another
    side = _side(parsed, left, first)
    if side is None:
        return
    relation = _relation(before, after, _lower(doc[start:end]))
    if relation is None:
        return
    if other.kind == "closed":
        yield made(side, tuple(first), other, relation, pattern, cue)
    elif first and first[0].kind == "closed":
        there = party(parsed, doc[next(i for i, m in parsed.mentions.items() if m is other)])
        yield made(there, (other,), first[0], INVERSE[relation], pattern, cue)


def _over_several(
    parsed: Parsed, cue: Span, pattern: Pattern, parts: tuple[Span, Span], mine: float, theirs: Sequence[float]
) -> Iterator[Comparison]:
    """`GPT-4 obtains 81.2, compared to 62.0 and 58.1 for X and Y`: as many names as scores, all on one side of it."""
    first, second = _names(parsed, parts[0]), _names(parsed, parts[1])
    if len(first) != 1 or first[0].kind != "closed" or len(second) != len(theirs):
        return
    if any(m.kind == "closed" for m in second) or not _is_named(parts[0].doc[parts[0].start : parts[1].end]):
        return
    lower = _lower(parts[0]) or _lower(parts[1])
    told = {_relation([value], [mine], lower) for value in theirs}
    relation = told.pop() if len(told) == 1 else None
    if relation is not None:
        place = next(i for i, m in parsed.mentions.items() if m is second[0])
        yield made(party(parsed, parsed.doc[place]), tuple(second), first[0], relation, pattern, cue)


def _lower(part: Span) -> bool:
    """Whether less of it is better; what a verb says (`drops to 31.2`) names no measure."""
    said = " ".join(t.text for t in part if not t.tag_.startswith("VB"))
    return load_lexicon().bad_dimensions.search(said) is not None or _errs(part)


def _errs(part: Span) -> bool:
    """`hallucinates in 9.2% of its answers`: the verb names what is counted."""
    return any(t.tag_.startswith("VB") and t.lower_.startswith(_ERRS) for t in part)


def _without(
    parsed: Parsed, cue: Span, pattern: Pattern, parts: tuple[Span, Span], model: Mention, relation: Relation | None
) -> Iterator[Comparison]:
    """`GPT-4 with hints reaches 52%, compared with 40% without`: one model with a method and without it."""
    left, right = parts
    lacks = next((t for t in right if t.lower_ in ("without", "w/o")), None)
    using = next((t for t in left if t.lower_ in ("with", "using", "after")), None)
    target = next((c for c in using.children if c.dep_ in ("pobj", "dobj")), None) if using is not None else None
    if lacks is None or target is None or relation is None:
        return
    side = party(parsed, target)
    own = tuple(m for m in side.mentions if m.kind == "own")
    yield replace(made(side, own, model, relation, pattern, cue), is_method=True)


def _bounds(cue: Span) -> tuple[int, Token | None, int]:
    """Where the two clauses begin, part and end: a `while` that opens the sentence has its partner after the comma."""
    doc, word = cue.doc, cue[-1]
    start = next((t.i + 1 for t in reversed(doc[: cue.start]) if t.text in _FENCES), 0)
    end = next((t.i for t in doc[cue.end :] if t.text in _FENCES), len(doc))
    aside = cue.start > start and doc[cue.start - 1].text == "," and cue.start - start <= _LEAD
    aside = aside and not any(t.dep_.startswith("nsubj") for t in doc[start : cue.start])
    opens = aside or cue.start - start <= 1  # `in sums, while X ...`
    if word.lower_ in _TURNS and opens:
        comma = next((t for t in doc[cue.end : end] if t.text == "," and _values(doc[cue.end : t.i])), None)
        return cue.end, comma, end
    return start, word, end


def _values(part: Span) -> list[float]:
    out = []
    for t in part:
        if not _SCORE.fullmatch(t.text) or (t.i and _NO_SCORE_AFTER.match(t.nbor(-1).text)):
            continue
        following = [n.text for n in t.doc[t.i + 1 : t.i + 3]]
        if following[:1] == ["%"]:
            following = following[1:]
            named = len(t.doc) > t.i + 4 and t.doc[t.i + 4].lower_ in ("'s", "’s")  # `83% of X's answers`
            if following[:1] == ["of"] and (named or _COUNTED.search(t.doc[t.i + 2 : t.i + 6].text)):
                following = []  # `12% of the tasks` is a score
            if following and re.match(
                r"(?:of|more|less|higher|lower|better|worse|decreas|increas|improve|drop|gain)", following[0]
            ):
                continue
        elif "." not in t.text:
            continue  # a bare whole number counts things more often than it scores them
        if following and _NO_SCORE.match(following[0]):
            continue
        out.append(float(t.text))
    return out


def _fraction(values: Sequence[float]) -> bool:
    return all(v <= 1 for v in values)


def _names(parsed: Parsed, part: Span) -> list[Mention]:
    return [
        parsed.mentions[t.i]
        for t in part
        if t.i in parsed.mentions and parsed.mentions[t.i].kind != "benchmark" and not is_blocked(parsed, t.i)
    ]


def _side(parsed: Parsed, part: Span, names: Sequence[Mention]) -> Party | None:
    """Who the scores of the first clause belong to."""
    subject = next((t for t in part if t.dep_ in ("nsubj", "nsubjpass")), None)
    side = subject_of(parsed, subject.head) if subject is not None else None
    owner = None if names else _owner(part)
    if owner is not None:
        return party(parsed, owner)
    if not names or (side is not None and names[0] in side.mentions):
        return side
    if subject is not None and not load_lexicon().good_dimensions.search(" ".join(t.text for t in subject.subtree)):
        return None  # `for GPT-4, the attack reaches 36%`: the scores are not those of the name
    return next((party(parsed, t) for t in part if t.i in parsed.mentions and parsed.mentions[t.i] is names[0]), None)


def _owner(part: Span) -> Token | None:
    """`0.72 for Wren-X`: of a score the coined name that follows it."""
    for t in part[1:]:
        if t.lower_ in ("for", "by", "from", "of", "with") and (
            t.nbor(-1).text == "%" or _SCORE.fullmatch(t.nbor(-1).text)
        ):
            return next((c for c in t.children if c.dep_ == "pobj" and c.tag_.startswith("NNP")), None)
    return None


def _is_quality(part: Span) -> bool:
    words = load_lexicon()
    text = re.sub(
        r"\b(?:averages?|points?|models?|approach|manner)\b", " ", part.text, flags=re.I
    )  # said of counts too
    said = words.good_dimensions.search(text) or words.bad_dimensions.search(text)
    return bool(said or re.search(r"\bscor(?:ed|ing)\b", text)) or (
        "%" in text and not words.other_dimensions.search(text)
    )


def _is_named(part: Span) -> bool:
    """Whether it is said what the numbers measure."""
    words = load_lexicon()
    return bool(words.good_dimensions.search(part.text) or words.bad_dimensions.search(part.text)) or _errs(part)


def _relation(mine: Sequence[float], theirs: Sequence[float], lower_is_better: bool) -> Relation | None:
    """None where the scores point both ways."""
    signs = {(a > b) - (a < b) for a, b in zip(mine, theirs, strict=True)}
    if len(signs) != 1:
        return None
    sign = signs.pop() * (-1 if lower_is_better else 1)
    return "beats" if sign > 0 else "behind" if sign < 0 else "on_par"
