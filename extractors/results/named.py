"""Registered benchmarks, models and metrics that running text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.registry.load import Registry, prefixes
from extractors.registry.names import key
from extractors.results.parts import is_plain_word
from extractors.results.words import Words, load_words

_TOKEN = re.compile(r"[\w+@.’'-]*\w[+]?")
_OWNERS = ("’s", "'s")
_LONGEST = 4  # words in a name
_START = 4  # letters of a word that are looked at before its whole form is made


def named_benchmarks(texts: Iterable[str], registry: Registry) -> Iterator[str]:
    """Registered benchmarks as printed, each entity once. `Average` is none, nor are short words in lower case, which
    are English before they are benchmarks (`drop`, `race`, `apps`)."""
    seen: set[str] = set()
    for name, entity in _named(texts, registry, of_models=False):
        is_english = is_plain_word(name, registry.benchmarks[entity].name, load_words())
        if entity != "average" and entity not in seen and not name.islower() and not is_english:
            seen.add(entity)
            yield name


def named_models(text: str, registry: Registry) -> Iterator[str]:
    seen: set[str] = set()
    for name, entity in _named([text], registry, of_models=True):
        if entity not in seen and (not name.islower() or re.search(r"\d", name)):
            seen.add(entity)
            yield name


def _named(texts: Iterable[str], registry: Registry, *, of_models: bool) -> Iterator[tuple[str, str]]:
    """The longest registered names of at most `_LONGEST` words, from left to right."""
    keys = registry.model_keys if of_models else registry.benchmark_keys
    first = prefixes(registry, of_models=of_models)
    for text in texts:
        tokens = [m.span() for m in _TOKEN.finditer(text)]
        behind = 0
        for i, (start, end) in enumerate(tokens):
            begins = text[start : min(start + _START, end)]
            if begins.lower() not in first and begins.isascii() and begins.isalnum():  # as with most words
                continue
            if i < behind:
                continue
            found: tuple[int, int, str] | None = None  # last token, end, entity
            for k in range(i, min(i + _LONGEST, len(tokens))):
                last = tokens[k][1]
                form = key(text[start:last])
                if form not in first:
                    if text[last - 2 : last] in _OWNERS and (owner := keys.get(form[:-1])):
                        found = k, last - 2, owner
                    break
                if len(form) > 1 and form in keys:
                    found = k, last, keys[form]
            if found:
                behind = found[0] + 1
                yield text[start : found[1]], found[2]


def metric_in(texts: Iterable[str], words: Words) -> tuple[str, str] | None:
    """The first metric that the texts name in running words: its id, or "" for an unknown one, and the words."""
    for text in texts:
        low = text.casefold()
        hits = [(m.start(), name, m[0]) for name, rx in words.caption_metric.items() if (m := rx.search(text, low))]
        phrases = [(m.start(1), "", m[1]) for rx in words.caption_phrase if (m := rx.search(text, low))]
        if phrases and (not hits or min(phrases)[0] <= min(hits)[0]):
            first = min(phrases)
            inside = [name for _, name, word in hits if word in first[2]]
            return (inside[0] if inside else "", first[2])
        if hits:
            return min(hits)[1:]
    return None
