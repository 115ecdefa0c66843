"""The slots of a claim that are not its sides: benchmarks, metric, margin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

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
_BY = re.compile(r"\bby (?:[\w-]+ ){0,3}$")  # before a difference
_BY_REACH = 40  # characters
_MARGINS = (
    re.compile(rf"\bby (?:a (?:\w+ )?margin of |an average of |a margin of )?{_ABOUT}{_NUMBER}{_UNIT}", re.I),
    re.compile(
        rf"\b(?:gap|margin|improvement|gain|lead|advantage|increase|decrease|drop)s? of {_ABOUT}{_NUMBER}{_UNIT}", re.I
    ),
    re.compile(rf"{_NUMBER}{_UNIT}\)?[- ](?:\w+[- ]){{0,3}}{_COMPARED}", re.I),
    re.compile(rf"{_COMPARED} by {_ABOUT}{_NUMBER}{_UNIT}", re.I),
)
_SET_NOUN = (
    r"(?:tasks?|datasets?|benchmarks?|test sets?|leaderboards?|evaluation sets?|prompts|dialogues?|subsets?"
    r"|categor(?:y|ies)|problems|questions|exams?|suites?)\b"
)
_UNKNOWN = re.compile(
    r"\b(?:[Oo]n|[Aa]cross|[Ii]n|[Oo]ver|[Ff]or) (?:the |both |all |our |its )?"
    r"(?P<name>(?:(?!and |or |the |during |than |to |with |from )[\w/’'-]+ ){0,2}?[\w/’'-]+)"
    rf"(?= {_SET_NOUN})"
)
_SEVERAL = re.compile(
    r"\b(?:[Oo]n|[Aa]cross|[Ii]n|[Ff]or) (?:the |both )?(?P<list>(?:[\w-]+(?: [\w-]+)?, ){0,4}[\w-]+(?: [\w-]+)?,? and "
    rf"[\w-]+(?: [\w-]+)?)(?= {_SET_NOUN})"
)
_TASK = (
    r"(?:detection|summari[sz]ation|translation|classification|generation|extraction|recognition|prediction|verification"
    r"|question[- ]answering|understanding|comprehension|retrieval|parsing|correction|editing|completion|entailment"
    r"|coding|programming|dialogue|disambiguation|identification|attribution|segmentation|paraphrasing|simplification"
    r"|mathematics|reasoning)"
)
_TASK_NAMED = re.compile(  # `on binary error detection`, `in dialogue summarization and table understanding`
    rf"\b(?:[Oo]n|[Ff]or|[Ii]n|[Aa]cross) (?:the |both |all )?(?P<list>(?:[\w-]+ ){{1,3}}?{_TASK}"
    rf"(?:(?:, | and |, and )(?:[\w-]+ ){{1,3}}?{_TASK}){{0,3}})"
    r"(?![\w-])(?! (?:tasks?|data ?sets?|benchmarks?|abilit|capab))"
)
_VERBAL = re.compile(r"(?:their|its|his|her|such|better|more|less|improv|enhanc|boost|terms?\b|addition|order)", re.I)
_PART = re.compile(r"[^,\s][^,]*?(?=,| and |$)")
_MODEL_SET = re.compile(
    r"(?P<name>[A-Z][\w-]+(?:[’']s)?(?: original| own)? "
    r"(?:evaluation (?:set|setting)|prompts|test set|benchmark|bench))\b"
)
_EXAMS = re.compile(r" exams?\b")
_BY_HAND = re.compile(r"\b(?P<name>human (?:evaluations?|preference (?:evaluation|test)s?))\b", re.I)
_NAMED = re.compile(
    r"\b(?:[Oo]n|[Aa]cross|[Ff]or) (?:the )?(?P<name>[A-Z][\w+@/-]*[A-Z\d][\w+@/-]*(?: [A-Z\d][\w+-]*)?)"
)
NO_NAME = re.compile(
    r"^(?:all|most|some|both|these|those|other|many|each|every|various|different|several|multiple|specific|certain|three|two"
    r"|four|five|six|seven|eight|nine|ten|\d+|this|that|a|an|our|diverse|unseen|downstream|new|more|complex|any|same|the|table"
    r"|figure|section|appendix|none|which|evaluated|evaluation|benchmark|llms?|gpt.*|average|open-source"
    r"|human(?! (?-i:[A-Z]))|automated|zero-shot|few-shot|standard|open-ended|and|general|overall|main"
    r"|sft|rlhf|dpo|rm|pre-?training|training)\b",
    re.I,
)
_METRIC_TOKEN = re.compile(r"[\w@-]+")


def benchmarks_in(
    text: str, mentions: Sequence[Mention], near: int, local: Mapping[str, str], *, guess: bool = True
) -> tuple[tuple[str, str | None], ...]:
    """`(as printed, id or None)` of the benchmarks that a sentence names, nearest to place `near` first.

    Names that the registry does not know count where the paper calls them sets elsewhere (`local`, by key), or where
    the sentence says that they are a task, a data set or a benchmark (not asked where `guess` is false).
    """
    found = [(m.raw, m.entity_id, m.start) for m in mentions if m.kind == "benchmark"]
    spans = [(m.start, m.end) for m in mentions]
    for raw, start in (
        *_sets_of_models(text, mentions),
        *_local_names(text, local),
        *(_unknown(text) if guess else ()),
        *(_tasks(text) if guess else ()),
    ):
        end = start + len(raw)
        inside = any(start < e and s < end for s, e in spans)
        if inside and not _MODEL_SET.fullmatch(raw):
            continue
        found.append((raw, None, start))
        spans.append((start, end))
    found.sort(key=lambda f: (abs(f[2] - near), f[2]))
    seen: dict[str, tuple[str, str | None]] = {}
    for raw, entity, _ in found:
        seen.setdefault(entity or key(raw), (raw, entity))
    return tuple(seen.values())


def _sets_of_models(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, int]]:
    """`Vicuna prompts`: a set that bears the name of a model."""
    models = {m.start for m in mentions if m.kind in ("model", "own")}
    yield from ((m["name"], m.start()) for m in _MODEL_SET.finditer(text) if m.start() in models)


def _local_names(text: str, local: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for name in sorted(local.values(), key=lambda n: (-len(n), n)):
        if name in text and (match := re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)):
            yield name, match.start()


def _tasks(text: str) -> Iterator[tuple[str, int]]:
    """Tasks that bear no name but what is done in them."""
    for match in _TASK_NAMED.finditer(text):
        for part in re.split(r", and |, | and ", match["list"]):
            if not (NO_NAME.match(part) or _VERBAL.match(part)):
                yield part, match.start("list") + max(0, match["list"].find(part))


def _unknown(text: str) -> Iterator[tuple[str, int]]:
    for match in _SEVERAL.finditer(text):
        for part in _PART.finditer(
            re.sub(r" and ", ", ", match["list"]) if "," not in match["list"] else match["list"]
        ):
            name = re.sub(r"^and ", "", part.group().strip())
            if name and not NO_NAME.match(name):
                yield name, match.start("list") + max(0, match["list"].find(name))
    for pattern in (_UNKNOWN, _NAMED, _BY_HAND):
        for match in pattern.finditer(text):
            if pattern is _BY_HAND or not (NO_NAME.match(match["name"]) or match["name"].endswith((" or", " and"))):
                exams = _EXAMS.match(text, match.end("name")) if match["name"].islower() else None
                yield match["name"] + (exams.group() if exams else ""), match.start("name")


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


def margin_in(text: str, near: int, places: Sequence[int] = ()) -> tuple[float | None, MarginUnit | None]:
    """The difference that a sentence states nearest to place `near`, with its unit as said: `points` also for what it
    calls absolute, `relative` where it says so, `percent` for a bare per cent sign, `times` for factors. `places` are
    those of all comparisons of the sentence: what belongs to another one is left out."""
    best: tuple[int, float, MarginUnit] | None = None
    for pattern in _MARGINS:
        for match in pattern.finditer(text):
            at = match.start("n")
            if len(places) > 1 and _owner(text, at, places) != near:
                continue
            unit = _unit(text[match.start() : match.end() + 24], match["u"])
            distance = abs(at - near)
            if best is None or distance < best[0]:
                best = (distance, float(match["n"]), unit)
    return (best[1], best[2]) if best else (None, None)


def _owner(text: str, at: int, places: Sequence[int]) -> int:
    """The comparison that a difference belongs to: after `by` the one before it, else the nearest."""
    before = [p for p in places if p < at]
    if before and _BY.search(text[max(0, at - _BY_REACH) : at]):
        return max(before)
    return min(places, key=lambda p: abs(p - at))


def _unit(around: str, unit: str) -> MarginUnit:
    said = unit.casefold()
    if "relative" in around.casefold():
        return "relative"
    if "absolute" in around.casefold() or re.search(r"point|pt|pp", said):
        return "points"
    if "%" in said or "percent" in said:
        return "percent"
    return "times"
