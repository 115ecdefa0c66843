"""`GPT-4 is the best among all models`: the others are behind, where the sentence names them. The frame `top`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.links import linked
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.rules import Pattern
from extractors.claims.sides import INVERSE, Comparison, made
from extractors.claims.tree import Party, party, subject_of, verb_of

_FAR = 14  # tokens from a superlative to `including`
_EVERY = frozenset({"all", "any", "every", "other", "evaluated", "tested", "existing", "compared"})
_BEFORE = ("among", "amongst")
_WORST = frozenset({"worst", "weakest", "poorest"})
_HIGH = frozenset({"highest", "most", "largest", "strongest", "biggest", "steepest"})
_SIZES = frozenset({"largest", "biggest", "steepest", "smallest", "lowest"})
_LOW = frozenset({"lowest", "smallest"})  # good of what is bad
_AMONG = ("by", "among", "amongst", "of", "across", "over", "than")
_MEASURED = frozenset({"compared", "comparison", "relative", "contrast", "unlike"})
_THOSE = re.compile(
    r"\b(?:all|other|others|tested|evaluated|these|the|considered|remaining|rest|\d+|two|three|four|five|six|seven|eight|nine|ten"
    r"|any|open\W?(?:source|weight)?|existing|smaller|its|previous|previously)\b",
    re.I,
)


def top(parsed: Parsed, cue: Span, pattern: Pattern) -> Iterator[Comparison]:
    """Nothing where the closed model is one of several best, or where no others are named."""
    left = subject_of(parsed, cue.root)
    if left is None or left.is_pronoun or (cue.start and cue[0].nbor(-1).lower_ == "on"):  # `on top of`
        return
    closed = [m for m in left.mentions if m.kind == "closed"]
    doc = parsed.doc
    if not closed and (left.mentions or left.is_we):
        yield from (made(left, left.mentions, m, "beats", pattern, cue) for m in _included(parsed, cue))
        return
    verb = verb_of(cue.root)
    if not closed or any(m.kind == "own" for m in left.mentions) or verb.i > cue.start:
        return
    before = {t.lower_ for t in doc[max(0, cue.start - 4) : cue.start]}
    if "one" in before or ("among" in before and left.token < cue.start - 1 and verb.i >= cue.start - 3):
        return  # `one of the best`, `is among the best`
    if cue[0].lower_ in _SIZES and not _is_measured(cue):
        return  # the largest of all models
    relation = pattern.relation if _is_good(cue) else INVERSE[pattern.relation]
    rivals = _rivals(parsed, verb, closed)
    yield from (made(left, left.mentions, m, INVERSE[relation], pattern, cue) for m in rivals)
    others = _before_with(parsed, verb) or _among(parsed, cue) or _beside(parsed, verb)
    if others is not None:
        yield from (made(others, others.mentions, m, relation, pattern, cue) for m in closed)


def _is_measured(cue: Span) -> bool:
    """Whether a superlative of size is said of a measure."""
    words, said = load_lexicon(), cue.doc[cue.end : cue.end + 3].text
    return bool(words.good_dimensions.search(said) or words.bad_dimensions.search(said))


def _is_good(cue: Span) -> bool:
    """Whether to be first is good: not of errors, not in being the worst."""
    bad = load_lexicon().bad_dimensions.search(cue.doc[cue.end : cue.end + 3].text)
    if bad is not None and bad.group().casefold().startswith(("reject", "refus")):
        return True  # whether to refuse is good is not told by how often; that it is told of at all, mostly praises
    if cue[0].lower_ in _LOW:
        return bool(bad)
    return cue[0].lower_ not in _WORST and not (bad and cue[0].lower_ in _HIGH)


def _included(parsed: Parsed, cue: Span) -> list[Mention]:
    """`the highest score of all systems, including GPT-4`: closed models among those that are topped."""
    doc = parsed.doc
    for t in doc[cue.end : cue.end + _FAR]:
        if t.tag_ in ("VBZ", "VBP", "VBD") or t.text in (";", ":"):
            return []
        between = doc[cue.end : t.i]
        if t.lower_ == "including" and any(load_lexicon().systems.fullmatch(n.lower_) for n in between):
            those = any(n.lower_ in _EVERY for n in between)
            near = next((n for n in doc[t.i + 1 : t.i + 5] if n.i in parsed.mentions), None)
            return [m for m in linked(parsed, near) if m.kind == "closed"] if those and near is not None else []
    return []


def _rivals(parsed: Parsed, verb: Token, top: Sequence[Mention]) -> list[Mention]:
    """`both do well, with GPT-4 the better`, `between ChatGPT and GPT-4, the latter ...`: the other one."""
    doc = parsed.doc
    first = min(i for i, m in parsed.mentions.items() if m in top)
    opens = doc[0].lower_ in ("of", "among", "between", "out", "comparing")
    withal = any(t.lower_ == "with" and t.i < verb.i for t in doc[max(0, first - 2) : first])
    if not opens and not withal:
        return []
    ids = {m.entity_id for m in top}
    before = [m for i, m in sorted(parsed.mentions.items()) if i < first and m.kind == "closed"]
    return [m for m in before if m.entity_id not in ids] if any(m.entity_id in ids for m in before) else []


def _before_with(parsed: Parsed, verb: Token) -> Party | None:
    """`X do well, with GPT-4 being the best`."""
    root = next((t for t in parsed.doc if t.dep_ == "ROOT"), verb)
    if not any(t.lower_ == "with" and root.i < t.i < verb.i for t in verb.ancestors):
        return None
    return _system(subject_of(parsed, root))


def _among(parsed: Parsed, cue: Span) -> Party | None:
    for t in parsed.doc:
        besides = t.lower_ in ("to", "with") and (t.i == 0 or t.nbor(-1).lower_ in _MEASURED)
        if not besides and (t.lower_ not in _AMONG or not (t.i >= cue.start or t.i == 0 or t.lower_ in _BEFORE)):
            continue
        target = next((c for c in t.children if c.dep_ == "pobj"), None)
        if target is None or not load_lexicon().systems.fullmatch(target.lower_):
            continue
        side = party(parsed, target)
        if _THOSE.search(side.text):
            return side
    return None


def _beside(parsed: Parsed, verb: Token) -> Party | None:
    """`GPT-4 dominates, but other models come close`: the subject of a clause beside that of the closed model."""
    for t in parsed.doc:
        if t.dep_ in ("nsubj", "nsubjpass") and t.head.i != verb.i:
            clause = t.head
            beside = clause.head.i == verb.i and clause.dep_ in ("conj", "advcl")
            if not (beside or (verb.head.i == clause.i and verb.dep_ in ("conj", "advcl"))):
                continue
            side = _system(party(parsed, t))
            if side is not None:
                return side
    return None


def _system(side: Party | None) -> Party | None:
    """A side that names systems, none of them closed."""
    if side is None or any(m.kind == "closed" for m in side.mentions):
        return None
    names: tuple[Mention, ...] = side.mentions
    return side if names or load_lexicon().systems.search(side.text) else None
