"""Clauses set against each other without a `than`: `while models struggle, GPT-4 succeeds`, `on par, better at Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from extractors.claims import polarity
from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import is_kin
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, lost_subject, party, subject_of, verb_of
from extractors.records import Relation

_TURNS = frozenset({"whereas", "while", "but"})
_LEFT = "gap-left"  # no gap of which a verb tells that it is closed
_TURNED = frozenset({"but", "though", "although", "while", "however", "yet"})
_JOINTS = frozenset({"and", "but", "or"})
_SUBJECTS = ("nsubj", "nsubjpass")
_SAME = frozenset({"it", "they"})  # who was spoken of before
_AGAIN = 7  # tokens between `and` and the worse of `and on law it is even worse`
_NEAR = 3  # tokens between `and` and a comparative that takes up the comparison before
_CAN = re.compile(r"\b(?:can(?! ?not| be)|able to|manages? to)\b", re.I)
_REPORTS = frozenset(
    {"findings", "results", "experiments", "experiment", "analysis", "evaluation", "study", "we", "they"}
)
_SAID = 2  # how much words of success or failure count, where to be able to do something counts 1
_TOLD: dict[int, Relation] = {1: "beats", -1: "behind"}
_TELLING = re.compile(  # what tells of quality by itself, whatever it is compared with
    r"\b(?:best|highest|fewest|strongest|most \w+|remarkabl[ey]|impressive\w*|excellent\w*|outstanding|exceptional\w*"
    r"|superior|excels?|strong|robust|poor(?:ly)?|weak|limited|fails?|failed|lags?|suffers?|degrad\w+|unable|cannot|low|insufficient"
    r"|hallucinates?|well|wrong\w*|incorrect\w*)\b",
    re.I,
)
_NONE_DOES = re.compile(r"\b(?:no|none|not a single|not one|hardly any)\b(?: [\w-]+){0,5}? (?P<does>\w+s)\b", re.I)
_NOT_DONE = re.compile(r"\b(?:do|does|did|can|could) (?:not|n't|n’t)\b", re.I)
_NEGATED = re.compile(r"\b(?:not|n't|n’t|never|no|fails?|failed|unable)\b", re.I)


def clauses(parsed: Parsed, cue: Span, pattern: Pattern, relation: Relation) -> Iterator[Comparison]:
    """`X reaches 0.52, whereas GPT-4 has a higher score`: the other side is the subject of the clause before."""
    doc = parsed.doc
    even = any(t.lower_ == "even" for t in doc[max(0, cue.start - _NEAR) : cue.start])
    turns = _TURNS | {"and"} if even else _TURNS
    turn = next((t.i for t in reversed(doc[: cue.start]) if t.lower_ in turns), None)
    if turn is None:
        return
    left = subject_of(parsed, cue.root)
    if left is None or left.token <= turn:
        return
    clause = doc[:turn] if turn > 1 else doc[turn : left.token]  # `while X is good, GPT-4 is better`
    before = next((party(parsed, t) for t in clause if t.dep_ in ("nsubj", "nsubjpass")), None)
    if before is None:
        return
    mine = [m for m in left.mentions if m.kind == "closed"]
    theirs = [m for m in before.mentions if m.kind == "closed"]
    if mine and not theirs and _is_named(parsed, before):
        yield from (made(before, before.mentions, m, INVERSE[relation], pattern, cue) for m in mine)
    elif theirs and not mine and _is_named(parsed, left):
        yield from (made(left, left.mentions, m, relation, pattern, cue) for m in theirs)


def _is_named(parsed: Parsed, side: Party) -> bool:
    """Whether a side bears a name, known or not."""
    token = parsed.doc[side.token]
    return bool(side.mentions) or (token.tag_.startswith("NNP") and token.i not in parsed.mentions)


def carried_on(parsed: Parsed, cue: Span, pattern: Pattern, found: Sequence[Comparison]) -> Iterator[Comparison]:
    """`competitive with GPT-4 in quality, and better in control`: a comparative that takes up the sides just named."""
    doc = parsed.doc
    if pattern.frame == "again":
        yield from _as_well(cue, pattern, found)
        return
    if pattern.name == "gap":
        yield from _gap_left(parsed, cue, pattern, found)
        return
    if pattern.frame != "comparison" or not pattern.dimension or not found or cue[0].tag_ not in ("JJR", "RBR"):
        return
    even = cue.start > 0 and cue[0].nbor(-1).lower_ == "even"
    even = even or (
        not found[-1].flipped and any(t.lower_ == "but" for t in doc[max(0, cue.start - _AGAIN) : cue.start])
    )
    before = doc[max(0, cue.start - (_AGAIN if even else _NEAR)) : cue.start]
    if not any(t.lower_ in _JOINTS for t in before):
        return
    if any(t.lower_ in pattern.markers for t in doc[cue.end : cue.end + 6]):
        return
    last = found[-1]
    between = doc[last.cue[1] : cue.start]
    if last.cue[1] > cue.start or any(
        t.text in (";", ".", ":") or (t.dep_ in _SUBJECTS and not (even and t.lower_ in _SAME)) for t in between
    ):
        return
    sign = polarity.sign(parsed, cue)
    if sign == 0:
        return
    relation = pattern.relation if sign > 0 else INVERSE[pattern.relation]
    yield from (
        made(c.subject, c.subject_mentions, c.baseline, relation, pattern, cue) for c in found if c.cue == last.cue
    )


def _gap_left(parsed: Parsed, cue: Span, pattern: Pattern, found: Sequence[Comparison]) -> Iterator[Comparison]:
    """`X is close to GPT-4 on law, but there is a gap on sums`: a gap between the two that were compared before."""
    doc, verb = parsed.doc, verb_of(cue.root)
    if not found or found[-1].cue[1] > cue.start or found[-1].flipped or found[-1].relation == "behind":
        return
    told = any(c.lower_ == "there" for c in verb.children) or verb.lower_ in ("remains", "remain", "persists")
    turned = any(t.lower_ in _TURNED for t in doc[found[-1].cue[1] : cue.start])
    if told and turned and not any(t.lower_ in ("no", "not", "little") for t in doc[verb.i : cue.start]):
        last = found[-1]
        yield from (
            replace(c, relation=pattern.relation, rule=_LEFT, cue=(cue.start, cue.end))
            for c in found
            if c.cue == last.cue
        )


def again(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """Nothing of its own: `it does not fare as well in recall` takes up the sides named before, see `carried_on`."""
    yield from ()


def _as_well(cue: Span, pattern: Pattern, found: Sequence[Comparison]) -> Iterator[Comparison]:
    """`X gains precision over GPT-4; it does not do as well in recall`."""
    doc = cue.doc
    if not found or found[-1].cue[1] > cue.start or (cue.end < len(doc) and doc[cue.end].lower_ == "as"):
        return
    subject = next((c for c in cue.root.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in ("it", "they", "both", "this"):
        return
    last = found[-1]
    yield from (
        made(c.subject, c.subject_mentions, c.baseline, pattern.relation, pattern, cue)
        for c in found
        if c.cue == last.cue
    )


def contrast(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`while open models struggle, GPT-4 answers well`: one clause says that it fails, the other that it succeeds."""
    doc = parsed.doc
    parts = _parts(cue)
    if parts is None or any(t.lower_ in ("might", "may") for t in doc):
        return
    ends = [(_way(doc[a:b]), _doer(parsed, doc[a:b])) for a, b in parts]
    if ends[0][0] * ends[1][0] >= 0 or abs(ends[0][0]) + abs(ends[1][0]) <= _SAID:
        return
    for (way, mine), (_, theirs) in (ends, ends[::-1]):
        if mine is None or theirs is None:
            return
        closed = [m for m in theirs.mentions if is_kin(m)]
        if not closed or (any(is_kin(m) for m in mine.mentions) and way < 0):
            continue  # of two closed models the better is the subject
        if mine.mentions or load_lexicon().systems.search(mine.text):
            relation: Relation = "beats" if way > 0 else "behind"
            yield from (made(mine, mine.mentions, m, relation, pattern, cue) for m in closed)


def unlike(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`unlike GPT-4, Orca fails on long inputs`: what the clause says of one is not so of the other."""
    doc = parsed.doc
    there = linked(parsed, cue[-1])
    target = next((c for c in cue[-1].children if c.dep_ in ("pobj", "dobj")), None)
    opens = cue.start <= 1
    ends = [t.i for t in doc[cue.end :] if t.text in (",", ";")] + [len(doc)]
    aside = ends[0] + 1 < len(doc) and doc[ends[0] + 1].lower_ in ("which", "who", "whose") and len(ends) > 1
    end = ends[aside]  # not in `unlike X, which fails, Y succeeds`
    start = next((t.i + 1 for t in reversed(doc[: cue.start]) if t.text in (";", ":")), 0)
    clause = doc[min(end + 1, len(doc)) :] if opens else doc[start : cue.start]
    mine = _doer(parsed, clause)
    way = _way(clause) if len(clause) else 0
    if mine is None or abs(way) < _SAID or target is None or mine.text.casefold() == "we":
        return
    way //= _SAID
    closed = [m for m in there if m.kind == "closed"]
    left = [m for m in mine.mentions if m.kind == "closed"]
    if closed and not left and (mine.mentions or mine.is_we or load_lexicon().systems.search(mine.text)):
        yield from (made(mine, mine.mentions, m, _TOLD[way], pattern, cue) for m in closed)
    elif closed and left and closed[0].entity_id != left[0].entity_id:
        yield made(mine, tuple(left), closed[0], _TOLD[way], pattern, cue)
    elif left and not closed and (there or load_lexicon().systems.search(party(parsed, target).text)):
        other = party(parsed, target)
        yield from (made(other, tuple(there), m, _TOLD[-way], pattern, cue) for m in left)


def beside(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`compared with other models, GPT-4 shows a remarkable skill`: success or failure beside those named."""
    doc = parsed.doc
    if cue.start <= 1:
        comma = next((t.i for t in doc[cue.end :] if t.text == ","), None)
        if comma is None or not _TELLING.search(doc[comma:].text):
            return
    elif not _TELLING.search(doc[: cue.start].text):
        return
    yield from unlike(parsed, cue, pattern)


def _parts(cue: Span) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The two clauses around a `while`, or after one that opens the sentence the two around the comma."""
    doc = cue.doc
    if cue.start > 1:
        return (0, cue.start), (cue.end, len(doc))
    for t in doc[cue.end :]:
        if (
            t.text == ","
            and any(n.dep_ == "nsubj" for n in doc[cue.end : t.i])
            and any(n.dep_ == "nsubj" for n in doc[t.i : t.i + 8])
        ):
            return (cue.end, t.i), (t.i + 1, len(doc))
    return None


def _doer(parsed: Parsed, part: Span) -> Party | None:
    """The first subject in a clause, but for the findings of `findings reveal that GPT-4 ...`."""
    sides = [party(parsed, t) for t in part if t.dep_ in ("nsubj", "nsubjpass")]
    told = (s for s in sides if parsed.doc[s.token].lower_ not in _REPORTS)
    verbs = (t for t in part if t.dep_ == "ROOT" and t.tag_.startswith("VB"))
    lost = (s for v in verbs if (s := lost_subject(parsed, v)) is not None)
    return next(told, None) or next(lost, None)


def _way(part: Span) -> int:
    """Above 0 where a clause tells of success, below where of failure, 0 where of neither or both: `_SAID` where words
    say so, 1 where only that something can or cannot be done."""
    words = load_lexicon()
    text = re.sub(rf"\b\w+ly (?={words.failing.pattern})", "", part.text)  # `easily misled`
    good, bad = words.succeeding.search(text), words.failing.search(text)
    if good and not bad:
        return -_SAID if _NEGATED.search(text[: good.start()]) else _SAID
    if bad and not good:
        return 0 if _NEGATED.search(text[: bad.start()]) else -_SAID
    if bad or good:
        return 0
    if (none := _NONE_DOES.search(text)) and words.achieving.fullmatch(none["does"]):
        return -_SAID
    return -1 if _NOT_DONE.search(text) else 1 if _CAN.search(text) else 0
