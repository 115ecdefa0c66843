"""Whether a listed paper is worth fetching, told from its title and abstract by words kept in `words.yml`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from extractors.errors import RegistryError
from extractors.records import BenchmarkEntity, ModelEntity
from extractors.registry.load import Registry

_HERE = Path(__file__).parent
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one kind, as one pattern."""

    name: str
    weight: float
    why: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """`reason` names what was found: `language models (llm), evaluation (benchmark)`; or says that it is not enough."""

    is_wanted: bool
    reason: str


class Selector:
    """Groups with their weights, and the threshold from which a paper is wanted."""

    def __init__(self, groups: Iterable[Group], threshold: float) -> None:
        self._groups = tuple(groups)
        self._threshold = threshold

    def choose(self, title: str | None, abstract: str | None) -> Choice:
        """The choice for one paper. One without title and abstract is wanted, since nothing speaks against it."""
        text = " ".join(part for part in (title, abstract) if part)
        if not text.strip():
            return Choice(True, "neither title nor abstract is known")
        hits = [(g, m) for g in self._groups if (m := g.pattern.search(text)) is not None]
        found = ", ".join(f"{g.name} ({' '.join(m[0].split())[:40]})" for g, m in hits)
        if sum(g.weight for g, _ in hits) >= self._threshold:
            return Choice(True, found)
        return Choice(False, f"too little: {found}" if found else "no word of language models in title or abstract")


def load_selector(registry: Registry, path: Path = _HERE / "words.yml") -> Selector:
    """The selector of `path` and of the registry's names. Raises RegistryError with what breaks the schema."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise RegistryError(f"{path.name}: {error}") from error
    schema = json.loads((_HERE / "schema.json").read_text(encoding="utf-8"))
    faults = sorted(e.message for e in jsonschema.Draft202012Validator(schema).iter_errors(said))
    if faults:
        raise RegistryError("\n".join(f"{path.name}: {fault}" for fault in faults))
    groups = [Group(g["name"], g["weight"], g["why"], _words(g["words"])) for g in said["groups"]]
    return Selector([*groups, _registry(said["registry"], registry)], said["threshold"])


def _words(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words; a blank matches blanks and hyphens, also none between a word and a number (`GPT 4`, `GPT4`)."""
    forms = []
    for word in sorted(words, key=len, reverse=True):
        stem = r"[\s\-‐-–_]*".join(re.escape(part) for part in word.removesuffix("*").split(" "))
        forms.append(stem + (r"\w*" if word.endswith("*") else ""))
    return re.compile(rf"(?<![\w])(?:{'|'.join(forms)})(?![\w])", re.I)


def _registry(said: Mapping[str, Any], registry: Registry) -> Group:
    """Names as printed, with regard to case; only those that no ordinary word can be taken for: with a digit, or with a
    capital after the first letter."""
    excluded = {name.casefold() for name in said["not_alone"]}
    names: set[str] = set()
    entities: list[ModelEntity | BenchmarkEntity] = [*registry.models.values(), *registry.benchmarks.values()]
    for entity in entities:
        names |= {
            name
            for name in (entity.name, *entity.aliases)
            if len(name) >= said["shortest"] and name.casefold() not in excluded and _is_proper(name)
        }
    forms = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])") if forms else _NEVER
    return Group("registry", said["weight"], said["why"], pattern)


def _is_proper(name: str) -> bool:
    has_letter = any(c.isalpha() for c in name)
    return has_letter and (any(c.isdigit() for c in name) or any(c.isupper() for c in name[1:]))
