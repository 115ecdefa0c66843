"""The words of headers and captions (`words.yml`), compiled once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from extractors.errors import RegistryError


@dataclass(frozen=True, slots=True, eq=False)
class OpennessWords:
    """Patterns for `search` in the title of a group of models, in a paper's title and in its text."""

    group_open: re.Pattern[str]
    group_closed: re.Pattern[str]
    title_open: re.Pattern[str]
    text_open: tuple[re.Pattern[str], ...]
    text_denied: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Patterns by what they tell. Those of `words.yml` under `whole` are for `fullmatch`, the others for `search`."""

    skip: re.Pattern[str]
    setting: re.Pattern[str]
    own: re.Pattern[str]
    human: re.Pattern[str]
    average: re.Pattern[str]
    size: re.Pattern[str]
    technique: re.Pattern[str]
    attack: re.Pattern[str]
    english: re.Pattern[str]
    aspect: re.Pattern[str]
    training: re.Pattern[str]
    note: re.Pattern[str]
    kind: re.Pattern[str]
    grouping: re.Pattern[str]
    head_size: re.Pattern[str]
    head_model: re.Pattern[str]
    head_method: re.Pattern[str]
    head_benchmark: re.Pattern[str]
    head_subset: re.Pattern[str]
    head_metric: re.Pattern[str]
    head_setting: re.Pattern[str]
    metric_part: re.Pattern[str]
    caption_metric: tuple[tuple[str, re.Pattern[str]], ...]
    caption_phrase: tuple[re.Pattern[str], ...]
    noun: re.Pattern[str]
    topic_lead: re.Pattern[str]
    topic_end: re.Pattern[str]
    defines_metric: re.Pattern[str]
    defines_setting: re.Pattern[str]
    openness: OpennessWords


# A name in front of `dataset`, `benchmark`, ...: up to four words, the first of them not in lower case
_HUMAN = r"\b((?:human|manual|expert) evaluations?(?: in [A-Z]\w+)?)"
_NAME = r"(?-i:([A-Z][\w+./-]*(?:[ -][A-Z0-9][\w+./-]*){0,3}))\s+"
_WHOLE = (
    *(
        "skip",
        "setting",
        "own",
        "human",
        "average",
        "size",
        "note",
        "kind",
        "head_size",
        "technique",
        "attack",
        "aspect",
        "training",
        "grouping",
    ),
    *("head_model", "head_method", "head_benchmark", "head_subset", "head_metric", "head_setting"),
)


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The patterns of `words.yml`; raises RegistryError where a list is missing or a pattern does not compile."""
    data = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
    try:
        whole = {name: re.compile(rf"(?:{'|'.join(data['whole'][name])})", re.I) for name in _WHOLE}
        return Words(
            **whole,
            english=re.compile("|".join(data["english"]), re.I),
            metric_part=re.compile("|".join(data["metric_part"]), re.I),
            caption_metric=tuple((m, re.compile(p, re.I)) for m, p in data["caption_metric"].items()),
            caption_phrase=tuple(re.compile(p, re.I) for p in data["caption_phrase"]),
            topic_lead=re.compile(data["topic_lead"], re.I),
            topic_end=re.compile(data["topic_end"], re.I),
            defines_metric=re.compile(data["defines_metric"], re.I),
            defines_setting=re.compile(data["defines_setting"], re.I),
            openness=_openness(data["openness"]),
            noun=re.compile(rf"{_HUMAN}|{_NAME}(?:{'|'.join(data['noun_after'])})\b", re.I),
        )
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"words.yml: {error!r}") from error


def _openness(data: dict[str, Any]) -> OpennessWords:
    single = {n: re.compile(data[n], re.I) for n in ("group_open", "group_closed", "title_open", "text_denied")}
    return OpennessWords(**single, text_open=tuple(re.compile(p, re.I) for p in data["text_open"]))
