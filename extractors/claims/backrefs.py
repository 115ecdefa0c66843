"""Objects that point back in the sentence: `it surpasses these models`, `both`, `the latter`, `other versions`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.tree import Party

_REACH = 30  # tokens into the sentence after which a bare `it` may mean too many things
_NEAR = 9  # tokens from the cue that a phrase pointing back takes
_LEADS = r"(?:(?:even|over|than|to|with|of|on|all|from|against|that|those) ){0,3}"
_HEADS = (
    r"(?:models?|llms?|lms?|systems?|baselines?|counterparts?|competitors?|rivals?|giants?|assistants?|chatbots?|two)\b"
)
_ALL = re.compile(  # the names before, all of them
    rf"{_LEADS}(?:(?:these|those|such) (?:[\w-]+ (?:- )?){{0,3}}?{_HEADS}"
    r"|them\b)",
    re.I,
)
_PAIR = re.compile(  # the last two of them
    rf"{_LEADS}(?:both(?: of (?:them|these|those))?(?= (?:by|on|in|at|with|across|for|when|,|\.|;)|\s*$)"
    rf"|both (?:of )?(?:these |those |the )?(?:[\w-]+ )?{_HEADS}"
    rf"|the (?:other )?two(?: of them)?(?= (?:by|on|in|at|across|for|when|,|\.|;)|\s*$)|the (?:other )?two {_HEADS})",
    re.I,
)
_LATTER = re.compile(rf"{_LEADS}the latter\b(?! (?:two|approach|method|setting|task|case))", re.I)
_FORMER = re.compile(rf"{_LEADS}the former\b", re.I)
_OTHERS = re.compile(  # of the model whose versions were spoken of
    rf"{_LEADS}(?:all |any )?(?:its |the |their )?"
    r"(?:other|earlier|previous|prior|older|remaining|former|weaker|smaller)"
    r" (?:\w+ )?(?:versions?|variants?|releases?|snapshots?|editions?)\b",
    re.I,
)
_BASELINE = re.compile(rf"{_LEADS}(?:the|this|that) (?:\w+ )?baseline\b", re.I)
_VERSIONS = re.compile(r"\b(?:versions?|variants?|releases?|snapshots?|editions?)\b", re.I)


def taken_up(parsed: Parsed, cue: Span, anchors: Sequence[Token], left: Party | None, start: int) -> list[Mention]:
    """The closed models named before, where the object only points back to them; `start` is where it begins."""
    mine = left.mentions if left is not None else ()
    before = [m for i, m in sorted(parsed.mentions.items()) if i < cue.start and m.kind == "closed" and m not in mine]
    if not before:
        return []
    said = parsed.doc[start : start + _NEAR].text
    if _LATTER.match(said):
        return before[-1:]
    if _FORMER.match(said):
        return before[:1] if len(before) > 1 else []
    if _OTHERS.match(said):
        return before if _VERSIONS.search(parsed.doc[: cue.start].text) else []
    if _BASELINE.match(said) and "baseline" in parsed.doc[: cue.start].text.casefold() and len(before) == 1:
        return before  # `the baseline uses GPT-4, and ours stays on the level of the baseline's`
    words = {t.lower_ for a in anchors for t in (a, *a.children)}
    if "latter" in words:
        return before[-1:]
    bare = cue[-1].lower_ == "behind" and cue.end < len(cue.doc) and cue.doc[cue.end].lower_ in ("in", "on", ".", ",")
    if _PAIR.match(said):
        two = [m for i, m in sorted(parsed.mentions.items()) if i < cue.start and m.kind in ("closed", "model")]
        two = [m for m in two if m not in mine][-2:]
        return [m for m in two if m.kind == "closed"] if len(two) > 1 else []
    if "them" in words or bare or _ALL.match(said):
        return before
    it = any(t.lower_ == "it" and t.dep_ in ("dobj", "pobj") for a in anchors for t in (a, *a.children))
    return before if it and len(before) == 1 and cue.start <= _REACH else []
