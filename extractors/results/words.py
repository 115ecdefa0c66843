"""The words of headers and captions (`words.yml`), compiled once a process."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
class RunningWords:
    """A pattern for `search` in running text. Whatever it matches holds one of `needs` in lower case: most texts hold
    none, which is told far sooner than by the pattern."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str, folded: str) -> re.Match[str] | None:
        """The first match in a text, of which `folded` is `text.casefold()`."""
        return self.pattern.search(text) if any(n in folded for n in self.needs) else None

    def find_all(self, texts: Sequence[str], folded: Sequence[str]) -> list[str]:
        """All that it matches in the texts, in their order."""
        held = {i for need in self.needs for i, low in enumerate(folded) if need in low}
        return [m[0] for i in sorted(held) for m in self.pattern.finditer(texts[i])]


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
    head_treatment: re.Pattern[str]
    head_benchmark: re.Pattern[str]
    head_subset: re.Pattern[str]
    head_metric: re.Pattern[str]
    head_setting: re.Pattern[str]
    metric_part: re.Pattern[str]
    caption_metric: Mapping[str, RunningWords]
    caption_phrase: tuple[RunningWords, ...]
    share_of: re.Pattern[str]
    no_benchmark: re.Pattern[str]
    tuned_models: re.Pattern[str]
    noun: re.Pattern[str]
    topic_lead: re.Pattern[str]
    topic_end: re.Pattern[str]
    defines_metric: re.Pattern[str]
    defines_setting: re.Pattern[str]
    openness: OpennessWords


# A name in front of `dataset`, `benchmark`, ...: up to four words, the first of them not in lower case
_HUMAN = r"\b((?:human|manual|expert) evaluations?(?: in [A-Z]\w+)?)"
_NAME = r"(?-i:([A-Z][\w+./-]*(?:[ -][A-Z0-9][\w+./-]*){0,3}))\s+"
_MAY_START = r"(?=(?-i:[A-Zhme]))"  # of a name, or of human, manual and expert: told before either is tried
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
    *("head_model", "head_method", "head_treatment", "head_benchmark", "head_subset", "head_metric", "head_setting"),
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
            caption_metric={m: running_words(entry, is_flat=True) for m, entry in data["caption_metric"].items()},
            caption_phrase=tuple(running_words(entry) for entry in data["caption_phrase"]),
            share_of=re.compile(data["share_of"], re.I),
            no_benchmark=re.compile(data["no_benchmark"], re.I),
            tuned_models=re.compile(data["tuned_models"], re.I),
            topic_lead=re.compile(data["topic_lead"], re.I),
            topic_end=re.compile(data["topic_end"], re.I),
            defines_metric=re.compile(data["defines_metric"], re.I),
            defines_setting=re.compile(data["defines_setting"], re.I),
            openness=_openness(data["openness"]),
            noun=re.compile(rf"{_MAY_START}(?:{_HUMAN}|{_NAME}(?:{'|'.join(data['noun_after'])})\b)", re.I),
        )
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"words.yml: {error!r}") from error


def running_words(entry: dict[str, Any], *, is_flat: bool = False) -> RunningWords:
    """`is_flat`: the alternatives of the pattern are outside of brackets, so that their needs can be checked; raises
    RegistryError where one may match without them."""
    needs, pattern = tuple(entry["needs"]), entry["pattern"]
    for alternative in _alternatives(pattern) if is_flat else ():
        if not any(n in alternative for n in needs):
            raise RegistryError(f"words.yml: {pattern!r}: none of {', '.join(needs)} is sure to be in {alternative!r}")
    return RunningWords(needs, re.compile(pattern, re.I))


def _alternatives(pattern: str) -> list[str]:
    """The letters that each alternative of a pattern is sure to match, in lower case; what is in brackets left out."""
    while (flat := re.sub(r"\([^()]*\)\??", "", pattern)) != pattern:
        pattern = flat
    return [re.sub(r"\\b|\[[^\]]*\]\??|\{.*?\}|.\?", "", part).casefold() for part in flat.split("|")]


def _openness(data: dict[str, Any]) -> OpennessWords:
    single = {n: re.compile(data[n], re.I) for n in ("group_open", "group_closed", "title_open", "text_denied")}
    return OpennessWords(**single, text_open=tuple(re.compile(p, re.I) for p in data["text_open"]))
