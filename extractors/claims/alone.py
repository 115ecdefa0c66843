"""A closed model said to be better without a word on whom: `However, GPT-4 scores higher`, `only GPT-4 succeeds`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from extractors.claims.implied import relative
from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, party, subject_of, verb_of
from extractors.records import Relation

_AGAINST = re.compile(  # how a sentence opens that sets itself against the one before
    r"(?:however|in comparison|in contrast|by contrast|by comparison|conversely|on the other hand"
    r"|nevertheless|nonetheless)\b",
    re.I,
)
_QUOTED = re.compile(r"[“”\"]|\b(?:question|example|case|prompt)\b", re.I)
_PAIR = re.compile(r"\b(?:of|between|among) (?:the|these) two\b", re.I)
_ABOVE = re.compile(
    r"\b(?:above|over|better than|beyond) (?:the )?(?:random )?(?:chance|guess\w*|random)(?: level)?", re.I
)
_ABLE = re.compile(
    r"\b(?:able to|manag\w+ to) (?:\w+ly )?(?:finish|complete|solve|pass|answer|reach|exceed|handle|meet)\b", re.I
)
_NEAR = 3  # tokens between `than` and a name


def bare(parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation) -> Iterator[Comparison]:
    """`However, GPT-4 is better at law`: behind is the system that the sentence names elsewhere after `than`, or whom
    the sentence before was about, where this one sets itself against it."""
    left = subject_of(parsed, cue.root)
    if left is not None and relation != "on_par" and (told := list(_of_two(parsed, cue, left))):
        for mine, other in told:
            if other.kind == "closed":
                yield made(replace(left, text=mine.raw), (mine,), other, relation, pattern, cue)
            else:
                yield made(replace(left, text=other.raw), (other,), mine, INVERSE[relation], pattern, cue)
        return
    if left is None or relation == "on_par" or cue[0].tag_ not in ("JJR", "RBR", "JJ", "RB"):
        return
    closed = [m for m in left.mentions if m.kind == "closed"]
    if not closed or any(m.kind == "own" for m in left.mentions) or verb_of(cue.root).i > cue.start:
        return
    above = [t for t in cue.root.ancestors if verb_of(cue.root).i < t.i]
    if any(t.dep_ == "prep" or t.lower_ in ("although", "though") for t in above):
        return  # `despite its lower cost`, `as seen from its lower rank`
    opens = parsed.doc[0].lower_ in ("of", "among", "between", "out", "comparing")
    first = min(i for i, m in parsed.mentions.items() if m in closed)
    rivals = [m for i, m in parsed.mentions.items() if i < first and m.kind == "closed"] if opens else []
    rivals = [m for m in rivals if m.entity_id not in {n.entity_id for n in closed}]
    if rivals:  # `of ChatGPT and GPT-4, GPT-4 agrees better`
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in rivals)
        return
    named = _after_than(parsed, cue)
    if named is not None:
        yield from (made(named, named.mentions, m, INVERSE[relation], pattern, cue) for m in closed)
    elif _AGAINST.match(parsed.doc.text):
        yield from (made(None, (), m, INVERSE[relation], pattern, cue) for m in closed)
    else:
        yield from (made(others, (), m, INVERSE[relation], pattern, cue) for others, m in relative(parsed, cue))


def _of_two(parsed: Parsed, cue: Span, left: Party) -> Iterator[tuple[Mention, Mention]]:
    """`both X and GPT-4 do well, but the latter is better`, `of the two, GPT-4 is the better one`: the better and the
    other of two names, one of them closed at least."""
    doc = parsed.doc
    before = [m for i, m in sorted(parsed.mentions.items()) if i < cue.start and m.kind != "benchmark"]
    which = left.text.casefold().removeprefix("the ")
    if which in ("former", "latter") and len(before) == 2:
        mine, other = before if which == "former" else before[::-1]
    elif cue.start and doc[cue.start - 1].lower_ == "the" and _PAIR.search(doc.text) and len(left.mentions) == 1:
        others = [m for m in parsed.mentions.values() if m.kind != "benchmark" and m not in left.mentions]
        if len(others) != 1:
            return
        mine, other = left.mentions[0], others[0]
    else:
        return
    if "closed" in (mine.kind, other.kind) and mine.entity_id != other.entity_id:
        yield mine, other


def _after_than(parsed: Parsed, cue: Span) -> Party | None:
    """The system after a `than` of another comparative: `because they are larger than X`."""
    doc = parsed.doc
    for t in doc[cue.end :]:
        if t.lower_ == "than":
            near = (i for i in range(t.i + 1, min(len(doc), t.i + 1 + _NEAR)) if i in parsed.mentions)
            found = next((i for i in near if parsed.mentions[i].kind in ("own", "model")), None)
            return party(parsed, doc[found]) if found is not None else None
    return None


def only(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`only GPT-4 answers reliably`: the others are behind. Not of one question, nor of what only happened to it."""
    doc = parsed.doc
    yield from _only_one(parsed, cue, pattern)
    for t in doc[cue.end : cue.end + 2]:
        if (
            t.i not in parsed.mentions
            or parsed.mentions[t.i].kind != "closed"
            or t.dep_ not in ("nsubj", "conj", "npadvmod", "ROOT")
        ):
            continue
        mention: Mention = parsed.mentions[t.i]
        verb = verb_of(t)
        words = load_lexicon()
        said = _ABOVE.sub(" ", doc[t.i + 1 : t.i + 16].text)
        if verb.i < t.i or _QUOTED.search(doc.text) or words.failing.search(said):
            return
        able = _ABLE.search(said) or words.achieving.fullmatch(verb.lower_)
        if able or words.succeeding.search(said) or words.good_adjectives.search(said):
            others = Party(t.i, (), "others", False, False)
            yield made(others, (), mention, "behind", pattern, cue)
        return


def _only_one(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`GPT-4 is the only model to exceed 60%`."""
    doc = parsed.doc
    noun = next((t for t in doc[cue.end : cue.end + 3] if load_lexicon().systems.fullmatch(t.lower_)), None)
    left = subject_of(parsed, cue.root)
    if noun is None or left is None or _QUOTED.search(doc.text):
        return
    above = next((t for t in doc[noun.i + 1 : noun.i + 3] if t.lower_ in ("above", "over", "beyond")), None)
    if above is not None and above.i + 1 < len(doc) and above.nbor().like_num:  # `the only model above 70%`
        others = Party(noun.i, (), "other models", False, False)
        yield from (made(others, (), m, "behind", pattern, cue) for m in left.mentions if m.kind == "closed")
        return
    does = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and c.i > noun.i), None)
    if does is None:
        return
    well = any(load_lexicon().succeeding.fullmatch(c.lower_) for c in does.children if c.dep_ == "advmod")
    if not well and not load_lexicon().achieving.fullmatch(does.lower_):
        return
    others = Party(noun.i, (), "other models", False, False)
    yield from (made(others, (), m, "behind", pattern, cue) for m in left.mentions if m.kind == "closed")
