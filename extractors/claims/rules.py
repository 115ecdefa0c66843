"""The patterns of `patterns/*.yml`, validated and compiled. What frames mean: frames.py; how cues are found: cues.py"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import jsonschema
import yaml
from spacy.tokens import Doc

from extractors.claims.cues import Cues
from extractors.errors import RegistryError
from extractors.records import Relation

Frame = Literal[
    "verb",
    "comparison",
    "parity",
    "gap",
    "share",
    "lift",
    "top",
    "scores",
    "contrast",
    "only",
    "choice",
    "next",
    "unlike",
    "level",
    "direct",
    "effect",
    "made",
    "good-for",
    "swap",
    "seen",
    "extends",
    "record",
    "beside",
    "again",
    "sole",
    "between",
]
_HERE = Path(__file__).parent / "patterns"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of a pattern file. `positive` and `negative` are its examples; `negated` is what its
    relation becomes by a negation, where that is not the usual."""

    name: str
    relation: Relation
    frame: Frame
    cue: tuple[str, ...]
    markers: frozenset[str]
    dimension: bool
    confidence: float
    negated: Relation | None
    positive: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All patterns by name, and their cues."""

    patterns: dict[str, Pattern]
    cues: Cues

    def matches(self, doc: Doc) -> list[tuple[Pattern, int, int]]:
        """Pattern, first token and token after the last of each match."""
        return [(self.patterns[name], start, end) for name, start, end in self.cues.find(doc)]


def load_patterns(folder: Path = _HERE) -> tuple[Pattern, ...]:
    """The patterns of a folder in the order of file and line. Raises RegistryError with every fault found."""
    schema = json.loads((_HERE / "schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    faults: list[str] = []
    out: list[Pattern] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            data = yaml.safe_load(file.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise RegistryError(f"{file.name}: {error}") from error
        mine = [f"{file.name}: {'/'.join(map(str, e.path))}: {e.message}" for e in validator.iter_errors(data)]
        faults.extend(mine)
        if not mine:
            out.extend(_pattern(row, data["relation"]) for row in data["patterns"])
    names = [p.name for p in out]
    faults.extend(f"pattern {n} stands twice" for n in sorted({n for n in names if names.count(n) > 1}))
    if faults:
        raise RegistryError("\n".join(faults))
    return tuple(out)


def _pattern(row: dict[str, Any], relation: Relation) -> Pattern:
    return Pattern(
        name=row["name"],
        relation=relation,
        frame=row["frame"],
        cue=tuple(row["cue"]),
        markers=frozenset(row.get("markers", ())),
        dimension=row.get("dimension", False),
        confidence=row.get("confidence", 0.8),
        negated=row.get("negated"),
        positive=tuple(row["for"]),
        negative=tuple(row["against"]),
    )


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules that ship, compiled once a process."""
    patterns = load_patterns()
    cues = Cues((p.name, cue) for p in patterns for cue in p.cue)
    return Rules({p.name: p for p in patterns}, cues)


RELATIONS: tuple[Relation, ...] = get_args(Relation)
