"""Raw names to registry entities. A name links only where its spelling leaves no choice; else it stays raw."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from extractors.records import Link
from extractors.registry.load import Registry
from extractors.registry.names import key, tidy, without_setting

Kind = Literal["model", "benchmark", "metric"]

_FUZZY_MIN = 92.0  # Indel similarity; below, `Qwen` and `Owen` or two versions of one model come into reach
_FUZZY_LENGTH = 7  # shorter names differ by one letter and mean two things
_BRACKETED_METRIC = re.compile(r"\((?:acc|em|f1|pass@\d+|%)[^)]*\)", re.I)
# what stands beside the name of a benchmark and says how or on which part it was measured
_MEASURED = re.compile(
    r"\([^()]*\)|\b(?:scores?|acc(?:uracy)?\b\.?|pass ?@ ?\d+|em|f1|rating|win ?rates?|asr|mc[123]|"
    r"dev|test|val(?:id(?:ation)?)?|set|dataset|benchmark|tasks?|strict|prompt|average|avg\b\.?)(?!\w)|%",
    re.I,
)
_MACRO = re.compile(r"\b(ma|mi)-(?=[PRF])([PRF]1?)\b", re.I)  # `ma-P` is macro precision, `mAP` is not
_FULL = {"ma": "macro", "mi": "micro"}
_INSTRUCT = re.compile(r"\binst\b\.?", re.I)
_BASE = re.compile(r"[\s(_-]+base\s*\)?$", re.I)
_WORDS = re.compile(r"[^\s()]+")
_BAG = re.compile(r"\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)?[bmk]?(?![a-z0-9])|[a-z]+|\d+(?:\.\d+)?|\+")
_NO_DIGITS = re.compile(r"\D+")
_FOOTNOTE = re.compile(r"(?<=[A-Za-z]{3})\d{1,2}$")


@lru_cache(maxsize=65536)
def link_model(name: str, registry: Registry) -> Link | None:
    """The model that a printed name means, or None. A method on a model (`X + CoT tools`) links to no bare model."""
    return (
        _link(name, registry, "model") or _reordered(name, registry) or _base(name, registry) or _method(name, registry)
    )


@lru_cache(maxsize=65536)
def link_benchmark(name: str, registry: Registry) -> Link | None:
    """The benchmark that a printed name means, or None."""
    keys = registry.benchmark_keys
    hit = _link(_BRACKETED_METRIC.sub("", name) if "(" in name else name, registry, "benchmark")
    if hit is None and (bare := _MEASURED.sub(" ", without_setting(name)).strip(" -/:")) and bare != name:
        entity = keys.get(key(bare))
        hit = Link(entity, "measured", 0.9) if entity else None
    return hit


@lru_cache(maxsize=65536)
def link_metric(name: str, registry: Registry) -> Link | None:
    """The metric that a printed name means, or None."""
    if "-" in name:
        name = _MACRO.sub(lambda m: f"{_FULL[m[1].casefold()]} {m[2]}", name)
    return _link(name, registry, "metric")


def _link(name: str, registry: Registry, kind: Kind) -> Link | None:
    keys = _keys(registry, kind)
    forms = _forms(name)
    for form, how, confidence in forms:
        if (hit := keys.get(form)) is not None:
            return Link(hit, how, confidence)
    return _fuzzy(key(without_setting(name)), registry, kind) if forms else None


@lru_cache(maxsize=65536)
def _forms(name: str) -> tuple[tuple[str, str, float], ...]:
    """The keys under which a name may stand in a registry, what was done to it, and how sure that is; none where a name
    has neither letters nor digits."""
    exact = key(name)
    if not exact:
        return ()
    plain = tidy(name)
    forms = [(exact, "name", 1.0), (key(plain), "citation", 0.98), (key(without_setting(name)), "setting", 0.93)]
    if "inst" in plain.casefold():
        forms.append((key(_INSTRUCT.sub("Instruct", plain)), "abbreviation", 0.95))
    if plain[-1:].isdigit():
        forms.append((key(_FOOTNOTE.sub("", plain)), "footnote", 0.85))
    return tuple(forms)


def _base(name: str, registry: Registry) -> Link | None:
    """`Qwen2.5-7B Base` is the model without more to its name, where that is an open one that was only pre-trained."""
    plain = tidy(name)
    bare = _BASE.sub("", plain)
    entity = registry.models.get(registry.model_keys.get(key(bare), "")) if bare != plain else None
    if entity is None or entity.openness != "open" or "FT" in entity.training:
        return None
    return Link(entity.model_id, "base", 0.95)


def _method(name: str, registry: Registry) -> Link | None:
    """A registered method on a registered model, printed without the plus (`ChatGPT CRITIC`, `CRITIC (ChatGPT)`)."""
    words = [key(word) for word in _WORDS.findall(tidy(name))]  # the key of a name is that of its words put together
    for i in range(1, len(words)):
        first, last = "".join(words[:i]), "".join(words[i:])
        for base, method in ((first, last), (last, first)):
            model = registry.model_keys.get(base)
            entity = registry.models.get(f"{model}-plus-{method}") if model else None
            if entity is not None:
                return Link(entity.model_id, "method", 0.95)
    return None


def _reordered(name: str, registry: Registry) -> Link | None:
    """The same words, numbers and sizes in another order (`Llama-2-chat-70B`), where only one entity has them."""
    entities = _bags(registry).get(_bag(without_setting(name)), frozenset())
    return Link(next(iter(entities)), "order", 0.95) if len(entities) == 1 else None


@lru_cache(maxsize=4)
def _bags(registry: Registry) -> dict[tuple[str, ...], frozenset[str]]:
    out: dict[tuple[str, ...], frozenset[str]] = {}
    for model in registry.models.values():
        for spelling in (model.model_id, model.name, *model.aliases):
            bag = _bag(spelling)
            if len(bag) > 2:  # of two words the order may matter
                out[bag] = out.get(bag, frozenset()) | {model.model_id}
    return out


def _bag(name: str) -> tuple[str, ...]:
    return tuple(sorted(_BAG.findall(name.casefold())))


def _fuzzy(form: str, registry: Registry, kind: Kind) -> Link | None:
    """A misspelling of one entity: the same digits in the same order, and no second entity nearly as near."""
    if len(form) < _FUZZY_LENGTH:
        return None
    n = len(form)
    by_length = _by_digits(registry, kind).get(_NO_DIGITS.sub("", form), {})
    # the similarity of two lengths is at most twice the shorter over their sum
    reach = range(math.ceil(n * _FUZZY_MIN / (200 - _FUZZY_MIN)), math.floor(n * (200 - _FUZZY_MIN) / _FUZZY_MIN) + 1)
    candidates = [name for length in reach for name in by_length.get(length, ())]
    if not candidates:
        return None
    near = process.extract(form, candidates, scorer=fuzz.ratio, score_cutoff=_FUZZY_MIN, limit=None)
    entities = {_keys(registry, kind)[name] for name, _, _ in near}
    return Link(entities.pop(), "fuzzy", 0.7) if len(entities) == 1 else None


def _keys(registry: Registry, kind: Kind) -> Mapping[str, str]:
    return {"model": registry.model_keys, "benchmark": registry.benchmark_keys, "metric": registry.metric_keys}[kind]


@lru_cache(maxsize=12)
def _by_digits(registry: Registry, kind: Kind) -> dict[str, dict[int, list[str]]]:
    """The names that are long enough to be told from their misspellings, by their digits and their lengths."""
    out: dict[str, dict[int, list[str]]] = {}
    for name in _keys(registry, kind):
        if len(name) >= _FUZZY_LENGTH:
            out.setdefault(_NO_DIGITS.sub("", name), {}).setdefault(len(name), []).append(name)
    return out


_SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*([BM])\b", re.I)
_MOE = re.compile(r"(?<!\d)(\d+)\s*[x×]\s*(\d+(?:\.\d+)?)\s*B\b", re.I)


def size_in_name(name: str) -> float | None:
    """The size in billions of parameters that a name states (`8x7B` counts all experts), or None."""
    if match := _MOE.search(name):
        return float(match[1]) * float(match[2]) or None
    match = _SIZE.search(name)
    if match is None:
        return None
    return float(match[1]) / (1000 if match[2] in "mM" else 1) or None
