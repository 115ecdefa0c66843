"""What one header path says, given the roles of its levels: the system that was scored, and what was measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.registry.link import link_metric, link_model, size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import key, without_setting
from extractors.results.axes import GROUP, Part, Path
from extractors.results.openness import Openness, of_group
from extractors.results.parts import Sense, read_part
from extractors.results.roles import Level, LevelRole
from extractors.results.words import Words

# `w/ retrieval` makes another system of a model; `w/ CoT` asks the same one differently
_ADDED = re.compile(r"(?:w/o?|with|without)\s+(?!\W*(?:cot|chain|few|zero|\d+-shot|direct|greedy decoding))", re.I)


# `Vision-language models` over some of the models
_KIND = re.compile(r".*\b(?:models?|\w*lms?|methods?|baselines?|systems?|approach(?:es)?)(?:\s*\(.*\))?", re.I)
_MODE = re.compile(r"\b(?:non-?)?thinking\b|\b(?:high|medium|low)(?= ?\))", re.I)  # how much a model thought
_FIELD = re.compile(r"(?:open|closed)[- ](?:domain|ended)|easy|hard", re.I)
_SIZE = re.compile(r"~?\d+(?:\.\d+)?\s*[BM](?:-?A?\d+(?:\.\d+)?B)?", re.I)  # a size alone
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_PLAIN = "accuracy"
_LOOSE: tuple[LevelRole, ...] = ("setting", "unknown")
_FAMILY = re.compile(r"\b(?:series|famil(?:y|ies)|models?|based|llms?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, parts as printed. `is_named` says that the benchmark is one of the registry or stood where
    benchmarks stand; `is_average`, that the line is an aggregate over others."""

    benchmark: str | None = None
    metric: str | None = None
    subset: str | None = None
    setting: str | None = None
    is_skipped: bool = False
    is_average: bool = False
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """A model as a path names it, a method behind it. `measure` is what the path says of how it was measured,
    `openness` what the group of models says that it stands in."""

    name: str | None
    is_own: bool
    is_human: bool
    measure: Measure
    openness: Openness | None = None


def read_system(
    path: Path, levels: Mapping[int, Level], registry: Registry, words: Words, size_level: int | None = None
) -> System:
    """The system of a path on the side that names models; `size_level` is a level of sizes, whatever its head says."""
    names: list[str] = []
    rest: list[tuple[Part, LevelRole]] = []
    settings: list[str] = []
    is_own = is_human = False
    openness: Openness | None = None
    for part in path:
        role: LevelRole = levels[part.level].role if part.level != size_level else "size"
        sense = read_part(part.text, registry, words)
        if role == "unknown" and part.level != GROUP and sense.model >= 0.8:
            role = "model"
        if role in ("method", "setting") and sense.is_setting:
            is_setup = bool(words.head_setting.fullmatch(part.head or ""))
            role = "method" if _ADDED.match(sense.name) and not is_setup else "setting"
        if role == "skip" or (role == "size" and not sense.is_size):
            continue
        if role == "method" and sense.is_attack:
            settings.append(sense.name)
            continue
        settings += _MODE.findall(sense.name)
        if len(path) > 1 and sense.model == 0 and (sense.is_note or (role in _LOOSE and _KIND.fullmatch(sense.name))):
            openness = openness or of_group(sense.name, words)
            continue
        if sense.setting is not None:
            settings.append(sense.setting)
        if role in ("model", "method", "size"):
            if not re.search(r"[^\W_]", sense.name):
                continue
            is_own, is_human = is_own or sense.is_own, is_human or sense.is_human
            text = sense.name if sense.bracket is None or role != "model" else f"{sense.name} ({sense.bracket})"
            if role != "model" and any(_same(text, n) for n in names):
                continue
            if role == "size" and names and _is_of_base(text, names, registry):
                settings.append(text)
                continue
            names.append(text)
        elif role in ("benchmark", "metric", "setting"):
            rest.append((part, role))
    if not names:  # the level of names is empty here; what else stands there must do
        fallback = [p for p in path if read_part(p.text, registry, words).model >= 0.6] or [
            p for p in path if levels[p.level].role == "setting"
        ]
        names = [read_part(p.text, registry, words).name for p in fallback[:1]]
    names = _without_families(names)
    measure = read_measure(tuple(p for p, _ in rest), levels, registry, words)
    said = "; ".join(dict.fromkeys([*settings, *([measure.setting] if measure.setting else [])])) or None
    return System(" ".join(names) or None, is_own, is_human, replace(measure, is_skipped=False, setting=said), openness)


def _is_of_base(size: str, names: Sequence[str], registry: Registry) -> bool:
    """Whether `7B-Inst` beside a name tells on which model the system was built: no known model is called so."""
    return (
        size_in_name(size) is not None
        and not _SIZE.fullmatch(size)
        and link_model(" ".join([*names, size]), registry) is None
    )


def needed_sizes(paths: Collection[Path], levels: Mapping[int, Level]) -> dict[Path, int]:
    """By path, the level of sizes under a head that tells nothing (`#P`), for the paths that differ in nothing else."""
    sizes = [k for k, v in levels.items() if v.size > 0.5 and v.role == "skip" and v.head is not None]
    if not sizes:
        return {}
    names = {path: tuple(p.text for p in path if levels[p.level].role != "skip") for path in paths}
    count = Counter(names.values())
    return {path: sizes[0] for path, name in names.items() if count[name] > 1}


def hang_on(system: System, base: str) -> System:
    """A system named only by what it adds (`w/ retrieval`), on the model above it; a way of asking is a setting."""
    name = system.name or ""
    if _ADDED.match(name):
        return replace(system, name=f"{base} {name}")
    said = "; ".join(dict.fromkeys(filter(None, (name, system.measure.setting))))
    return replace(system, name=base, measure=replace(system.measure, setting=said))


def _without_families(names: list[str]) -> list[str]:
    """Without what a later name says again: `Qwen2 Series` before `Qwen2-7B`, `OpenAI` before `OpenAI o1`."""
    cores = [key(_FAMILY.sub("", without_setting(name))) for name in names]
    return [n for i, n in enumerate(names) if not any(cores[i] and cores[i] in key(later) for later in names[i + 1 :])]


def _same(a: str, b: str) -> bool:
    return a.casefold() in b.casefold()


def read_measure(
    path: Path,
    levels: Mapping[int, Level],
    registry: Registry,
    words: Words,
    metrics: frozenset[str] = frozenset(),
    settings_said: frozenset[str] = frozenset(),
) -> Measure:
    """Of several benchmarks in a path the outermost registered is the benchmark, what is inside of it its subset; if
    none is registered, the innermost that tells the lines apart."""
    found: list[tuple[str, float]] = []
    metric: str | None = None
    settings: list[str] = []
    is_average = tells_apart = False
    for part in path:
        sense = read_part(part.text, registry, words)
        role = levels[part.level].role
        if (sense.is_skipped and not sense.is_average and sense.metric < 1) or (
            role == "skip" and not sense.is_average
        ):
            return Measure(is_skipped=True)
        if len(path) > 1 and part is not path[-1] and _is_title(part.text, words):
            continue
        if metric and _IN_BRACKETS.fullmatch(part.text):
            metric = f"{metric} {part.text}"  # `(recall)` below `ROUGE-1`
            continue
        metric = sense.bracket or metric
        if sense.setting is not None:
            settings.append(sense.setting)
        if part.text.startswith("+") and found:
            settings.append(sense.name)
        elif part.text in metrics or (sense.has_arrow and sense.metric == 1):
            metric = sense.bracket or sense.name
        elif part.text in settings_said or (role == "setting" and sense.is_technique):
            settings.append(sense.name)
        elif sense.is_average:
            is_average = not tells_apart
            if is_average:
                found.append((sense.name, 0.5))
        elif role == "metric" and sense.benchmark < 1 and not sense.is_setting:
            metric = _inner(metric, sense.name, registry)
        elif sense.benchmark == 1 and not (sense.metric == 1 and role == "metric"):
            found.append((sense.name, 1.0))
        elif _is_metric(sense, role, levels[part.level]):
            metric = _inner(metric, sense.name, registry)
        elif role == "setting" or (sense.is_setting and not _is_odd(sense, levels[part.level])):
            settings.append(sense.name)
        elif sense.model >= 0.8 and sense.benchmark == 0 and role != "benchmark":
            settings.append(f"vs {sense.name}")
        elif levels[part.level].is_repeated and levels[part.level].head is None and found:
            settings.append(sense.name)
        elif re.search(r"\w", sense.name):
            name, tail = _without_metric(sense, registry)
            metric = metric or tail
            if tail and words.average.fullmatch(name):
                is_average = not tells_apart
            found.append((name, sense.benchmark))
            tells_apart = tells_apart or levels[part.level].n_texts > 1
    benchmark, subset = _pick(found)
    linked = any(strength == 1 for _, strength in found)
    return Measure(benchmark, metric, subset, "; ".join(settings) or None, False, is_average, linked)


def _inner(outer: str | None, inner: str, registry: Registry) -> str:
    """Of two metrics in one path the inner, save where that only says how the outer is counted (`MC1` > `Accuracy`)."""
    link = link_metric(inner, registry) if outer else None
    is_counted = link is not None and link.entity_id == _PLAIN and link_metric(outer or "", registry)
    return outer if outer and is_counted else inner


def _is_odd(sense: Sense, level: Level) -> bool:
    """Whether words of a setting (`open domain`) stand among names of another kind, so that they are one of those."""
    return level.setting < 0.3 and level.n_texts > 3 and bool(_FIELD.fullmatch(sense.name))


def _without_metric(sense: Sense, registry: Registry) -> tuple[str, str | None]:
    """`Toxicity ASR` to what was measured and its metric, where the text as a whole is no name."""
    tokens = sense.name.split()
    if sense.benchmark < 1 and sense.metric == 0.7:
        for n in range(len(tokens) - 1, 0, -1):
            tail = " ".join(tokens[-n:])
            if len(key(tail)) > 1 and link_metric(tail, registry):
                return " ".join(tokens[:-n]).rstrip(" -–:,"), tail
    return sense.name, None


@lru_cache(maxsize=4096)
def _is_title(text: str, words: Words) -> bool:
    """`Metric` or `Dataset` over several columns says what they are, and is none of them."""
    return any(
        p.fullmatch(text.strip())
        for p in (words.head_metric, words.head_benchmark, words.head_subset, words.head_model)
    )


def _is_metric(sense: Sense, role: LevelRole, level: Level) -> bool:
    """A registered metric; or a text that sounds like one, where its level does."""
    if sense.metric == 1 and sense.benchmark < 1:
        # `AP`, `P` or `R` among other short names is one of those names
        return len(key(sense.name)) > 3 or level.metric >= 0.3 or level.n_texts == 1
    return sense.metric >= 0.7 and sense.benchmark == 0 and (role == "metric" or level.metric >= 0.5)


def _pick(found: list[tuple[str, float]]) -> tuple[str | None, str | None]:
    if not found:
        return None, None
    for i, (name, strength) in enumerate(found):
        if strength == 1:
            inner = [n for n, _ in found[i + 1 :]]
            return name, inner[-1] if inner else None
    return found[-1][0], None
