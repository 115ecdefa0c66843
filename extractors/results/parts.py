"""What one header part says by itself: how much it looks like a model, a benchmark, a metric, a setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.registry.link import link_benchmark, link_metric, link_model, size_in_name
from extractors.registry.load import Registry, prefixes
from extractors.registry.names import key, tidy
from extractors.results.words import Words

_AUTHORS = re.compile(r"\bet al\b|[a-z],? \(?(?:19|20)\d\d")
_ARROW = re.compile("[↑↓⇑⇓]")
_ARROWS = re.compile(r"\s*\(?\s*[↑↓⇑⇓]+\s*\)?\s*")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]")
_SHOTS = re.compile(
    r"(?:\s+|(?=[(\[]))[(\[]?,?\s*\b(?:\d+|zero|few|one|two|three|four|five|eight|ten)[- ]?shots?"
    r"(?:[ ,+-]+CoT)?\s*[)\]]?",
    re.I,
)
_DELTA = re.compile(r"[Δ∆]")  # `∆ F1` is no F1
_TOKEN = re.compile(r"[\w.@+']*\w[+]?")
_LONGEST = 5  # tokens of a registered name inside a longer text
_START = 4  # letters of a word that are looked at before its whole form is made
_SHORTEST = 4  # letters; shorter names (`T5`, `o1`, `DR`) occur inside other words and names


@dataclass(frozen=True, slots=True)
class Sense:
    """Strengths are 1 for a registered name, 0.6 to 0.8 for a text that holds one or looks like one, else 0.

    `name` is the text without citations, arrows and what brackets say of metric and shots; `bracket` is that metric,
    `setting` those shots. A note (`Closed-source models`) tells something of the models beside it.
    """

    name: str
    model: float = 0.0
    benchmark: float = 0.0
    metric: float = 0.0
    is_setting: bool = False
    is_skipped: bool = False
    is_own: bool = False
    is_human: bool = False
    is_average: bool = False
    is_size: bool = False
    is_note: bool = False
    is_technique: bool = False
    is_attack: bool = False
    has_arrow: bool = False
    bracket: str | None = None
    setting: str | None = None


@lru_cache(maxsize=65536)
def read_part(text: str, registry: Registry, words: Words) -> Sense:
    has_arrow = bool(_ARROW.search(text))
    printed = _ARROWS.sub(" ", text) if has_arrow else text
    name = tidy(printed)
    if not name and _AUTHORS.search(printed):
        name = printed.strip()  # a system may be named by its citation alone
    name, bracket = _split_bracket(name, registry, words)
    name, setting = _split_setting(name)
    metric = _metric_strength(name, registry, words) or (0.7 if name and has_arrow else 0.0)
    bare = name.strip("() ")
    is_human = bool(words.human.fullmatch(bare))
    is_average = bool(words.average.fullmatch(bare))
    is_attack = bool(words.attack.fullmatch(bare))
    # `Drop` is a loss of score, `DROP` a benchmark
    is_skipped = bool(words.skip.fullmatch(name) or words.skip.fullmatch(bare)) and not (
        name.isupper() and link_benchmark(name, registry)
    )
    is_own = bool(words.own.fullmatch(bare) or "(ours)" in name.casefold())
    return Sense(
        name=name,
        model=1.0 if is_own or is_human else _model_strength(name, registry, words),
        benchmark=0.0 if is_average or is_skipped else _benchmark_strength(name, registry, words),
        metric=0.0 if _DELTA.match(name) else metric,
        is_setting=bool(words.setting.fullmatch(name) or words.setting.fullmatch(bare)),
        is_skipped=is_skipped,
        is_own=is_own,
        is_human=is_human,
        is_average=is_average,
        is_size=bool(words.size.fullmatch(bare)),
        has_arrow=has_arrow,
        is_note=bool(words.note.fullmatch(bare)),
        is_technique=bool(words.technique.fullmatch(bare)) or is_attack,
        is_attack=is_attack,
        bracket=bracket,
        setting=setting,
    )


def _split_setting(name: str) -> tuple[str, str | None]:
    """`MMLU (5-shot)` to the name and the shots."""
    match = _SHOTS.search(name) if "shot" in name.casefold() else None
    if match is None or not name[: match.start()].strip():
        return name, None
    return (name[: match.start()] + name[match.end() :]).strip(" ,"), match[0].strip(" ()[],")


def _split_bracket(name: str, registry: Registry, words: Words) -> tuple[str, str | None]:
    """`MMLU (Acc.)` to its name and its metric; brackets that say something else stay."""
    match = _BRACKET.search(name) if "(" in name or "[" in name else None
    if match and match.start() > 0:
        inner = _ARROWS.sub("", match[1]).strip()
        if link_metric(inner, registry) or (words.metric_part.search(inner) and not re.match(r"[%\d]*$", inner)):
            return (name[: match.start()] + name[match.end() :]).strip(), inner
        if inner == "%" or not inner:
            return (name[: match.start()] + name[match.end() :]).strip(), None
    return name, None


def _model_strength(name: str, registry: Registry, words: Words) -> float:
    if link_model(name, registry):
        return 1.0
    if any(name_inside(name, registry, of_models=True)):
        return 0.8
    if words.training.fullmatch(name):
        return 0.5
    return 0.6 if size_in_name(name) is not None and re.match(r"[A-Za-z]{2}", name) and len(name) < 60 else 0.0


def is_plain_word(printed: str, registered: str, words: Words) -> bool:
    """`Bold`, `Quality` or `Math` are English before they are BOLD, QuALITY or MATH."""
    return printed != registered and not printed.isupper() and bool(words.english.fullmatch(printed))


def _benchmark_strength(name: str, registry: Registry, words: Words) -> float:
    if link := link_benchmark(name, registry):
        # `Math` is a subject as often as it is the benchmark MATH
        return 0.6 if is_plain_word(name, registry.benchmarks[link.entity_id].name, words) else 1.0
    return 0.6 if any(v != "average" for v in name_inside(name, registry, of_models=False)) else 0.0


def _metric_strength(name: str, registry: Registry, words: Words) -> float:
    if link_metric(name, registry) or ("(" in name and link_metric(_BRACKET.sub("", name), registry)):
        return 1.0
    return 0.7 if words.metric_part.search(name) else 0.0


def name_inside(text: str, registry: Registry, *, of_models: bool) -> Iterator[str]:
    """The entities that a run of whole words of the text names, the longest runs first, from left to right. Words in
    lower case alone are English before they are names."""
    keys = registry.model_keys if of_models else registry.benchmark_keys
    first = prefixes(registry, of_models=of_models)
    tokens = [m.span() for m in _TOKEN.finditer(text)]
    found: list[tuple[int, int, str]] = []
    for i, (start, end) in enumerate(tokens):
        begins = text[start : min(start + _START, end)]
        if begins.lower() not in first and begins.isascii() and begins.isalnum():  # as with most words
            continue
        for n in range(1, min(_LONGEST, len(tokens) - i) + 1):
            run = text[start : tokens[i + n - 1][1]]
            form = key(run)
            if form not in first:
                break
            if len(form) >= _SHORTEST and form in keys and (not run.islower() or re.search(r"\d", run)):
                found.append((-n, i, keys[form]))
    yield from (entity for _, _, entity in sorted(found))
