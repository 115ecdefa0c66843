"""Mentions in a sentence: closed models, other models, the paper's own, benchmarks. Spelling only, no grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from extractors.errors import RegistryError
from extractors.registry.link import link_model
from extractors.registry.load import Registry, prefixes
from extractors.registry.names import key

Kind = Literal["closed", "model", "own", "benchmark"]
_TOKEN = re.compile(r"[\w+@/*][\w+@.’'*/-]*[\w*]|\w")
_SIZED = re.compile(
    r"(?=.*[A-Za-z]{2})[a-z]?[A-Z][\w.]*(?:-[\w.]+)*?-\d+(?:\.\d+)?[BMbm](?:-[\w.]+)*"
)  # `Wren-7b-Chat`
_TELLING = re.compile(r"[A-Z\d]")
_LONGEST = 5  # words in a name
_SIZE = re.compile(r"[-\s]?\(?(?:\d+x)?\d+(?:\.\d+)?\s?[BM](?:-\w+)?\b\)?")
_COVERED = re.compile(r"(?i)gpt|chatgpt|text$|flan$|command$")  # told by names.yml, or too common a word
_SLASH = re.compile(r"\s?/\s?(?P<n>4)(?!\w)")
_VARIANT = re.compile(
    r"(?:v?\d+(?:p\d+)?[bm]|a\d+b|x\d+b|\d+x\d+b|base|chat|instruct|large|small|mini|lite|pro|ultra|max|plus|rl|sft|rm|based|s)*"
)
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: its place in characters, what it names, how it is printed."""

    start: int
    end: int
    kind: Kind
    raw: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class ClosedNames:
    """The compiled content of `names.yml`."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    hints: tuple[str, ...]
    any_name: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    role_noun: re.Pattern[str]


@lru_cache(maxsize=1)
def closed_names() -> ClosedNames:
    """The spellings of closed models. Raises RegistryError where the file is faulty."""
    data = yaml.safe_load((Path(__file__).parent / "names.yml").read_text(encoding="utf-8"))
    try:
        snapshot = data["snapshot"]
        each = [(row["id"], _scoped(row["pattern"])) for row in data["closed"]]
        hints = tuple(data["hints"])
        blind = [p for _, p in each if not any(h in p.casefold() for h in hints)]
        if blind:
            raise RegistryError(f"names.yml: no hint leads to {blind[0]}")
        patterns = tuple((i, re.compile(rf"(?<![\w-])(?:{p}){snapshot}s?(?!\w)")) for i, p in each)
        return ClosedNames(
            patterns=patterns,
            hints=hints,
            any_name=re.compile("|".join(p for _, p in each)),
            not_before=re.compile(data["not_before"]),
            not_after=re.compile(data["not_after"]),
            role_noun=re.compile(rf"(?:{'|'.join(data['role_nouns'])})$", re.I),
        )
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"names.yml: {error!r}") from error


def _scoped(pattern: str) -> str:
    """`(?i)` at the head of a pattern holds for this pattern only."""
    return f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else pattern


def find_mentions(text: str, registry: Registry, own: Mapping[str, str | None]) -> tuple[Mention, ...]:
    """All mentions from left to right, none within another. `own` maps keys of the paper's own names to ids."""
    found = list(_closed(text, registry, own))
    taken = [(m.start, m.end) for m in found]
    found.extend(m for m in _known(text, registry, own) if not any(m.start < e and s < m.end for s, e in taken))
    return tuple(sorted(found, key=lambda m: m.start))


def may_name_closed(registry: Registry) -> Callable[[str], bool]:
    """Tells whether a text may name a closed model: the cheap look at a sentence before anything else."""
    words = {m.name.split()[0].split("-")[0] for m in registry.models.values() if m.openness == "closed"}
    keep = sorted(w for w in words if len(w) > 3 and w[0].isupper() and not _COVERED.match(w))
    names = re.compile(rf"{closed_names().any_name.pattern}|\b(?:{'|'.join(map(re.escape, keep))})\b")
    hints = (*closed_names().hints, *(w.casefold() for w in keep))

    def tell(text: str) -> bool:
        low = text.casefold()
        return any(hint in low for hint in hints) and names.search(text) is not None

    return tell


def is_kin(mention: Mention) -> bool:
    """Whether a name is of the family that claims are measured by: one of `names.yml`, not any closed model."""
    return mention.kind == "closed" and closed_names().any_name.search(mention.raw) is not None


def _closed(text: str, registry: Registry, own: Mapping[str, str | None]) -> Iterator[Mention]:
    names = closed_names()
    taken: list[tuple[int, int]] = []
    for model_id, pattern in names.patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            taken.append((start, end))
            if names.not_before.search(text[:start]) or names.not_after.match(text[end:]):
                continue
            raw = match.group()
            if model_id == "gpt-3.5-turbo" and (both := _SLASH.match(text, end)):
                yield Mention(both.start("n"), both.end("n"), "closed", "GPT-4", "gpt-4")  # `GPT-3.5/4`
            if raw.endswith(")") and "(" not in raw:
                raw, end = raw[:-1], end - 1
            if key(raw) in own:
                yield Mention(start, end, "own", raw, own[key(raw)])
                continue
            link = link_model(raw, registry)
            known = (
                link is not None and (m := registry.models.get(link.entity_id)) is not None and m.openness == "closed"
            )
            yield Mention(start, end, "closed", raw, link.entity_id if known and link else model_id)


def _known(text: str, registry: Registry, own: Mapping[str, str | None]) -> Iterator[Mention]:
    tokens = list(_TOKEN.finditer(text))
    i = 0
    while i < len(tokens):
        longest = _LONGEST if _may_begin(tokens[i].group(), registry, own) else 0
        for n in range(min(longest, len(tokens) - i), 0, -1):
            start, end = tokens[i].start(), tokens[i + n - 1].end()
            raw = _POSSESSIVE.sub("", text[start:end])
            mention = _lookup(raw, start, registry, own)
            if mention is None:
                continue
            if mention.kind != "benchmark" and (size := _SIZE.match(text, mention.end)):
                raw = text[start : size.end()]
                link = link_model(raw, registry)
                mention = Mention(start, size.end(), mention.kind, raw, link.entity_id if link else mention.entity_id)
            yield mention
            while i + n < len(tokens) and tokens[i + n].start() < mention.end:
                n += 1
            i += n
            break
        else:
            i += 1


def _may_begin(word: str, registry: Registry, own: Mapping[str, str | None]) -> bool:
    """Whether a known name can begin with a word: most words are told apart here, without a look at what follows."""
    first = key(_POSSESSIVE.sub("", word))
    if _SIZED.match(word):
        return True
    if first in prefixes(registry, of_models=True) or first in prefixes(registry, of_models=False):
        return True
    return any(k.startswith(first) or first.startswith(k) for k in own)


def _own_key(name: str, raw: str, own: Mapping[str, str | None]) -> str | None:
    """The own name that a printed name is, or is a size or variant of (`Qwen2-72B-Instruct` of Qwen2)."""
    if name in own:
        return name
    if not raw[0].isupper():
        return None
    fits = [k for k in own if len(k) > 3 and name.startswith(k) and _VARIANT.fullmatch(name[len(k) :])]
    return max(fits, key=len) if fits else None


def _lookup(raw: str, start: int, registry: Registry, own: Mapping[str, str | None]) -> Mention | None:
    if not _TELLING.search(raw) or raw.isdigit():
        return None  # short lower-case words (`drop`, `race`, `apps`) are English before they are names
    name = key(raw)
    if len(name) < 2 or (len(name) == 2 and not raw.isupper()):
        return None
    end = start + len(raw)
    if (mine := _own_key(name, raw, own)) is not None:
        link = registry.model_keys.get(name)
        return Mention(start, end, "own", raw, link or own[mine])
    if (hit := registry.benchmark_keys.get(name)) and hit != "average":
        return Mention(start, end, "benchmark", raw, hit)
    if hit := registry.model_keys.get(name):
        kind: Kind = "closed" if registry.models[hit].openness == "closed" else "model"
        return Mention(start, end, kind, raw, hit)
    if _SIZED.fullmatch(raw):
        sized = link_model(raw, registry)
        return Mention(start, end, "model", raw, sized.entity_id if sized else None)
    return None
