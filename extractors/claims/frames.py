"""From a cue to a comparison: what each frame of the pattern files asks for, and who stands on which side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span, Token

from extractors.claims import polarity
from extractors.claims.alone import bare, only
from extractors.claims.contrasts import again, beside, clauses, contrast, unlike
from extractors.claims.effects import effect, fitted, for_model, good_for, made_better, without
from extractors.claims.gains import extends, record, seen
from extractors.claims.gaps import LITTLE, gap, share
from extractors.claims.implied import sole
from extractors.claims.lexicon import load_lexicon
from extractors.claims.lifts import lift
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.ranks import between, choice, direct, level, next_to
from extractors.claims.rules import Pattern
from extractors.claims.scores import scores
from extractors.claims.sides import INVERSE, Comparison, made, marker, pair, sides
from extractors.claims.superlatives import top
from extractors.claims.swaps import run_on, swap
from extractors.claims.tree import Party, is_passive, is_verb, subject_of, verb_of

_EVEN = 50.0  # per cent of wins
_LESS = re.compile(
    r"(?:only|just|merely|no more|less|under|at most|within|0\.|a mere|about 0\.)", re.I
)  # little of a difference
_JUDGES = ("found", "find", "judg", "rated", "rates", "deem", "consider")
_WINS = frozenset({"win", "wins", "won", "winning"})
_OPPONENT = frozenset({"against", "over", "versus", "vs"})
_ROOM = frozenset({"room", "space", "headroom", "potential", "scope"})
_THINGS = frozenset({"template", "templates", "updates", "setup", "setting", "settings", "style", "format", "protocol",
                     "design", "procedure", "interface", "architecture", "distribution", "length", "tone"})  # fmt: skip
_WHERE = frozenset({"on", "in", "at", "for", "under", "when", "within", "across", "during"})
_ROLE = 5  # tokens from `with` to what a model is there
_TWO = re.compile(r"(?:they|both|(?:both|the two|these two)(?: models| systems| llms)?)", re.I)
_PARTS = frozenset({"as", "instances", "agents", "copies", "backbone", "backbones"})
_OBJECTS = ("dobj", "attr", "dative", "oprd", "npadvmod", "dep", "pobj", "nsubj", "ccomp", "advmod")


def compare(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """The comparisons with closed models which a cue makes."""
    makers = {
        "verb": _verb,
        "comparison": _comparative,
        "parity": _comparative,
        "gap": gap,
        "share": share,
        "lift": lift,
        "top": top,
        "scores": scores,
        "contrast": contrast,
        "only": only,
        "choice": choice,
        "next": next_to,
        "unlike": unlike,
        "level": level,
        "direct": direct,
        "effect": effect,
        "made": made_better,
        "good-for": good_for,
        "swap": swap,
        "seen": seen,
        "extends": extends,
        "record": record,
        "beside": beside,
        "again": again,
        "sole": sole,
        "between": between,
    }
    yield from makers[pattern.frame](parsed, cue, pattern)


def _verb(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    head = cue.root if len(cue) > 1 else cue[0]
    if len(cue) == 1 and not is_verb(head):
        return
    agent = next((c for c in head.children if c.dep_ == "agent" or (c.lower_ == "by" and is_passive(head))), None)
    if agent is not None and is_passive(head):
        yield from sides(parsed, cue, pattern, INVERSE[pattern.relation], agent)
        return
    anchors = [c for c in head.children if c.i > head.i and c.dep_ in _OBJECTS and c.dep_ != "ccomp"]
    tuned = (c for c in head.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ in ("VBN", "VBD"))
    anchors += [  # `surpasses even finetuned X`, where the parser takes the participle for a verb
        o for c in tuned if head.i < c.i <= head.i + 3 for o in c.children if o.dep_ == "dobj" and c.i == o.i - 1
    ]
    if any(c.lower_ in _THINGS or c.lower_.startswith(("attack", "jailbreak")) for c in anchors):
        return  # `matches the chat template of X`
    anchors += [
        c
        for t in cue
        for c in t.children
        if c.i >= cue.start
        and c.lower_ in pattern.markers
        and (c.dep_ in ("prep", "dep", "agent") or (c.dep_ == "advcl" and c.lower_ == "compared"))
    ]
    if any(a.lower_ == "between" and _is_of_one(parsed, a) for a in anchors):
        return
    anchors += [t for t in cue if t.lower_ in pattern.markers]
    anchors += [c for c in head.children if c.i > head.i and c.lower_ == "with" and _in_role(parsed, c)]
    lower = cue[-1].lower_ == "above" and polarity.sign(parsed, cue) < 0  # of an error rate
    yield from sides(parsed, cue, pattern, INVERSE[pattern.relation] if lower else pattern.relation, *anchors)


def _is_of_one(parsed: Parsed, between: Token) -> bool:
    """`closes the gap between ChatGPT and the clinic`: one of the two is no system."""
    names = linked(parsed, between)
    ends = [c for p in between.children if p.dep_ == "pobj" for c in (p, *p.conjuncts)]
    other = [t for t in ends if t.i not in parsed.mentions and not load_lexicon().systems.fullmatch(t.lower_)]
    return len(names) == 1 and bool(other)


def _in_role(parsed: Parsed, preposition: Token) -> bool:
    """`surpasses X with GPT-4 as the teacher`, `X with three GPT-4 agents`: the other side is made with
    GPT-4 (what judges is told by roles.py)."""
    after = parsed.doc[preposition.i + 1 : preposition.i + _ROLE]
    return any(a.i in parsed.mentions and b.lower_ in _PARTS for a, b in pairwise(after))


def _comparative(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    if pattern.name == "as-good-as" and cue.start > 1 and load_lexicon().systems.fullmatch(cue[0].nbor(-1).lower_):
        return  # `a model as strong as GPT-4`
    if pattern.frame == "comparison" and any(c.lower_ == "there" for c in verb_of(cue.root).children):
        return  # `there are better models than GPT-4` speaks of none
    if cue.root.dep_ == "pobj" and cue.root.head.lower_ == "for" and cue.root.head.head.lower_ in _ROOM:
        return  # `room for improvement`
    if _is_judged(parsed, cue):
        return
    opener = marker(cue, pattern)
    sign = polarity.sign(parsed, cue) if pattern.dimension and pattern.frame == "comparison" else 1
    if pattern.frame == "parity" and cue.root.dep_ == "amod" and load_lexicon().systems.fullmatch(cue.root.head.lower_):
        return  # `competitive models such as GPT-4` compares none
    if sign == 0 or (pattern.frame == "parity" and not polarity.of_quality(parsed, cue)):
        return
    relation = pattern.relation if sign > 0 else INVERSE[pattern.relation]
    if opener is not None and opener.lower_ == "over" and _is_span(parsed, opener):
        opener = None
    won = pattern.name == "win-rate" or (cue[0].lower_ in _WINS and opener is not None and opener.lower_ in _OPPONENT)
    won = won or pattern.name == "losses"
    if cue[0].lower_ in ("win", "winning") and cue.start and cue.doc[cue.start - 1].text == "(":
        return  # `AlpacaEval (win rate against GPT-4)`: how it is scored
    if won and _rate(cue) < _EVEN:
        relation = INVERSE[relation]  # fewer than half are won
    if opener is None:
        if pattern.frame == "parity":
            yield from _both(parsed, cue, pattern)
        else:
            told = list(clauses(parsed, cue, pattern, relation)) or list(fitted(parsed, cue, pattern, relation))
            told = told or list(for_model(parsed, cue, pattern, relation))
            yield from told or bare(parsed, cue, pattern, relation)
        return
    if opener.lower_ == "over" and cue[0].lower_ in LITTLE | {"marginal", "minimal"}:
        return  # `a marginal gain over`
    if cue[0].lower_ == "comparative" and opener.lower_ in ("of", "between"):
        return  # a comparison is announced
    if opener.lower_ == "than" and opener.i + 1 < len(parsed.doc) and opener.nbor().lower_ in ("without", "before"):
        yield from without(parsed, cue, pattern, relation, opener.nbor())
        return
    if opener.lower_ == "than" and (run := list(run_on(parsed, cue, pattern, relation, opener))):
        yield from run
        return
    found = pattern.frame == "parity" and opener.lower_ != "between" and _is_finding(parsed, cue)
    if found or _between_conditions(parsed, cue, opener):
        return
    anchor = opener.head if opener.dep_ == "mark" else opener
    if opener.lower_ == "between":
        yield from pair(parsed, cue, pattern, anchor, relation)
        return
    yield from sides(parsed, cue, pattern, relation, anchor, marker=opener)


def _is_span(parsed: Parsed, over: Token) -> bool:
    """`better over all inputs`: over what it holds, not over whom."""
    target = next((c for c in over.children if c.dep_ == "pobj"), None)
    if target is None or load_lexicon().systems.fullmatch(target.lower_) or linked(parsed, over):
        return False
    return any(c.lower_ in ("all", "every", "each") for c in target.lefts)


def _is_judged(parsed: Parsed, cue: Span) -> bool:
    """`GPT-4 favoured X over Y`, `GPT-4 found X better than Y`: who judges is not compared."""
    verb = verb_of(cue.root)
    if verb.i == cue.root.i and cue.root.lower_.startswith(("prefer", "favo")):
        return not is_passive(verb) and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ != "acl"
    if not verb.lower_.startswith(_JUDGES) or is_passive(verb) or cue.root.dep_ == "amod":
        return False
    left = subject_of(parsed, verb)
    return left is not None and any(m.kind == "closed" for m in left.mentions)


def _rate(cue: Span) -> float:
    """The percentage said nearest to a cue; a hundred where none is."""
    near = [t for t in cue.doc[max(0, cue.start - 8) : cue.end + 12] if t.text == "%" and t.i and t.nbor(-1).like_num]
    last = [t for t in near if t.i > 2 and t.nbor(-2).lower_ == "to"]
    near = last or [t for t in near if t.i < cue.end + 8]  # `rises from 48% to 59%`
    values = [t.nbor(-1).text for t in sorted(near, key=lambda t: abs(t.i - cue.start))]
    return float(values[0]) if values and re.fullmatch(r"\d+(?:\.\d+)?", values[0]) else 100.0


def _between_conditions(parsed: Parsed, cue: Span, opener: Token) -> bool:
    """`more effective on Vicuna than on GPT-4`: one thing on two systems, not two systems."""
    after = opener.nbor() if opener.i + 1 < len(parsed.doc) else opener
    if opener.lower_ == "than" and after.lower_ in ("on", "for", "against", "in"):
        return True
    if opener.lower_ == "than" and after.lower_ in _WHERE:
        target = next((c for c in after.children if c.dep_ in ("pobj", "pcomp")), after)
        if not any(t.i in parsed.mentions for t in target.subtree):
            return True  # `better on short inputs than on long ones`
    return opener.lower_ == "than" and any(
        t.i + 1 in parsed.mentions and parsed.mentions[t.i + 1].kind != "benchmark"
        for t in parsed.doc[cue.end : opener.i]
        if t.lower_ in ("on", "for", "against")
    )


def _is_finding(parsed: Parsed, cue: Span) -> bool:
    """`we find similar results for GPT-4`: what was found, not how good the authors' own system is."""
    verb = verb_of(cue.root)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    sees = verb.lower_.startswith(("find", "found", "observ", "see", "saw", "notic"))
    return sees and verb.dep_ != "relcl" and (subject is None or subject.lower_ == "we")


def _both(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """`X and GPT-4 are on par`: both stand in the subject."""
    left = subject_of(parsed, cue.root)
    if left is None:
        return
    little = _LESS.match(cue.doc[cue.end : cue.end + 5].text)
    if pattern.name == "differ" and not (little and _is_result(parsed, left)):
        return
    named = left.mentions or _pair_before(parsed, left, cue)
    closed = [m for m in named if m.kind == "closed"]
    others = tuple(m for m in named if m.kind != "closed")
    if closed and others and not left.mentions:
        left = replace(left, mentions=others)
    if closed and others:
        yield made(left, others, closed[0], pattern.relation, pattern, cue)
    elif len(closed) > 1:
        yield made(left, tuple(closed[:1]), closed[-1], pattern.relation, pattern, cue)


def _pair_before(parsed: Parsed, left: Party, cue: Span) -> tuple[Mention, ...]:
    """The two systems that `they` or `the two` are, where a sentence names no others before."""
    if not _TWO.fullmatch(left.text):
        return ()
    names = [m for i, m in sorted(parsed.mentions.items()) if i < cue.start and m.kind != "benchmark"]
    return tuple(names) if len(names) == 2 else ()


def _is_result(parsed: Parsed, side: Party) -> bool:
    """Whether what differs is systems or their scores."""
    head = parsed.doc[side.token]
    return head.i in parsed.mentions or bool(load_lexicon().good_dimensions.fullmatch(head.lower_))
