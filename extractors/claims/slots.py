"""The slots of a claim that are not its sides: benchmarks, metric, margin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.mentions import Mention
from extractors.records import MarginUnit
from extractors.registry.load import Registry
from extractors.registry.names import key

_ABOUT = (
    r"(?:about |around |nearly |almost |over |roughly |approximately |up to |more than |at least |only "
    r"|just |a |an |~ ?)*"
)
_NUMBER = r"(?P<n>\d+(?:\.\d+)?)"
_UNIT = (
    r"(?P<u>\s?%?[- ]?(?:absolute|relative)?[- ]?(?:percentage |accuracy |absolute |score )?"
    r"(?:points?|pts?\.?|pp|percent)\b"
    r"|\s?%(?: (?:absolute|relative)(?:ly)?)?|[- ]?(?:×|x\b|times\b|fold\b))"
)
_COMPARED = (
    r"(?:improvements?|gains?|increases?|boosts?|higher|lower|better|worse|above|below|behind|ahead|advantage|leads?|gap"
    r"|margin|decreases?|drops?|reduction|more|less|performance gap)"
)
_MARGINS = (
    re.compile(rf"\bby (?:a (?:\w+ )?margin of |an average of |a margin of )?{_ABOUT}{_NUMBER}{_UNIT}", re.I),
    re.compile(
        rf"\b(?:gap|margin|improvement|gain|lead|advantage|increase|decrease|drop)s? of {_ABOUT}{_NUMBER}{_UNIT}", re.I
    ),
    re.compile(rf"{_NUMBER}{_UNIT}\)?[- ](?:\w+[- ]){{0,3}}{_COMPARED}", re.I),
    re.compile(rf"{_COMPARED} by {_ABOUT}{_NUMBER}{_UNIT}", re.I),
)
_UNKNOWN = re.compile(
    r"\b(?:[Oo]n|[Aa]cross|[Ii]n|[Oo]ver|[Ff]or) (?:the |both |all |our |its )?"
    r"(?P<name>(?:(?!and |or |the |during )[\w’'-]+ ){0,2}?[\w’'-]+)"
    r"(?= (?:tasks?|datasets?|benchmarks?|test sets?|leaderboards?|evaluation sets?|prompts|dialogues?|subsets?"
    r"|categor(?:y|ies)|problems|questions|exams?|suites?)\b)"
)
_NAMED = re.compile(
    r"\b(?:[Oo]n|[Aa]cross|[Ff]or) (?:the )?(?P<name>[A-Z][\w+@/-]*[A-Z\d][\w+@/-]*(?: [A-Z\d][\w+-]*)?)"
)
_NO_NAME = re.compile(
    r"^(?:all|most|some|both|these|those|other|many|each|every|various|different|several|multiple|specific|certain|three|two"
    r"|four|five|six|seven|eight|nine|ten|\d+|this|that|a|an|our|diverse|unseen|downstream|new|more|complex|any|same|the|table"
    r"|figure|section|appendix|none|which|evaluated|evaluation|benchmark|llms?|gpt.*|average|open-source|human|automated|zero-shot|few-shot|standard|open-ended|and|general|overall|main)\b",
    re.I,
)
_METRIC_TOKEN = re.compile(r"[\w@-]+")


def benchmarks_in(text: str, mentions: Sequence[Mention], near: int) -> tuple[tuple[str, str | None], ...]:
    """`(as printed, id or None)` of the benchmarks that a sentence names, nearest to place `near` first.

    Names that the registry does not know count where the sentence says that they are a task, a data set or a benchmark.
    """
    found = [(m.raw, m.entity_id, m.start) for m in mentions if m.kind == "benchmark"]
    spans = [(m.start, m.end) for m in mentions]
    for pattern in (_UNKNOWN, _NAMED):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            name = match["name"]
            if _NO_NAME.match(name) or any(start < e and s < end for s, e in spans):
                continue
            found.append((name, None, start))
            spans.append((start, end))
    found.sort(key=lambda f: (abs(f[2] - near), f[2]))
    seen: dict[str, tuple[str, str | None]] = {}
    for raw, entity, _ in found:
        seen.setdefault(entity or key(raw), (raw, entity))
    return tuple(seen.values())


def metric_in(text: str, registry: Registry, near: int) -> str | None:
    """The id of the metric that the sentence names nearest to place `near`, or None."""
    tokens = list(_METRIC_TOKEN.finditer(text))
    hits: list[tuple[int, int, str]] = []
    for i, token in enumerate(tokens):
        for n in (3, 2, 1):
            if i + n > len(tokens):
                continue
            name = text[token.start() : tokens[i + n - 1].end()]
            hit = registry.metric_keys.get(key(name))
            if hit is not None and len(key(name)) > 1:
                hits.append((abs(token.start() - near), token.start(), hit))
                break
    return min(hits)[2] if hits else None


def margin_in(text: str, near: int) -> tuple[float | None, MarginUnit | None]:
    """The difference that a sentence states nearest to place `near`, with its unit as said: `points` also for what it
    calls absolute, `relative` where it says so, `percent` for a bare per cent sign, `times` for factors."""
    best: tuple[int, float, MarginUnit] | None = None
    for pattern in _MARGINS:
        for match in pattern.finditer(text):
            unit = _unit(text[match.start() : match.end() + 24], match["u"])
            distance = abs(match.start("n") - near)
            if best is None or distance < best[0]:
                best = (distance, float(match["n"]), unit)
    return (best[1], best[2]) if best else (None, None)


def _unit(around: str, unit: str) -> MarginUnit:
    said = unit.casefold()
    if "relative" in around.casefold():
        return "relative"
    if "absolute" in around.casefold() or re.search(r"point|pt|pp", said):
        return "points"
    if "%" in said or "percent" in said:
        return "percent"
    return "times"
