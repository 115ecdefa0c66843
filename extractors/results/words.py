"""The words of headers and captions (`words.yml`), compiled once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from extractors.errors import RegistryError

_LISTS = ("skip", "setting", "own", "human")


@dataclass(frozen=True, slots=True)
class Words:
    skip: re.Pattern[str]
    setting: re.Pattern[str]
    own: re.Pattern[str]
    human: re.Pattern[str]
    caption_metric: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The patterns of `words.yml`; raises RegistryError where a list is missing or a pattern does not compile."""
    data = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
    try:
        whole = {name: re.compile(rf"\(?(?:{'|'.join(data[name])})\)?", re.I) for name in _LISTS}
        metrics = tuple((m, re.compile(p, re.I)) for m, p in data["caption_metric"].items())
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"words.yml: {error!r}") from error
    return Words(caption_metric=metrics, **whole)
