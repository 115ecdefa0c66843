"""What caption and introducing text say where the headers are silent: benchmark, metric, the paper's own model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.records import PaperMeta, Table
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.words import Words

_TOKEN = re.compile(r"[\w+@.’'-]*\w[+]?")
_LONGEST = 4  # words in a benchmark's name


def benchmark_in(texts: Iterable[str | None], registry: Registry) -> str | None:
    """The first benchmark that the texts name, as printed; the caption should come first. `Average` is none."""
    for text in texts:
        tokens = list(_TOKEN.finditer(text or ""))
        for i in range(len(tokens)):
            for n in range(min(_LONGEST, len(tokens) - i), 0, -1):
                name = (text or "")[tokens[i].start() : tokens[i + n - 1].end()]
                hit = registry.benchmark_keys.get(key(name))
                # short lower-case words (`drop`, `race`, `apps`) are English before they are benchmarks
                if hit and hit != "average" and not name.islower():
                    return name
    return None


def metric_in(texts: Iterable[str | None], words: Words) -> str | None:
    """The id of the first metric that the texts name in running words."""
    for text in texts:
        hits = [(m.start(), name) for name, rx in words.caption_metric if (m := rx.search(text or ""))]
        if hits:
            return min(hits)[1]
    return None


def own_model(meta: PaperMeta) -> str | None:
    """The name that a title gives to what the paper presents (`WREN: a small bird` presents WREN), or None."""
    match = re.match(r"\s*([A-Z][\w.+-]*(?:[ -][A-Z0-9][\w.+-]*)?)\s*[:–—]\s", meta.title or "")
    return match[1] if (match and not match[1].istitle()) or (match and re.search(r"\d|[a-z][A-Z]", match[1])) else None


def around(table: Table) -> tuple[str | None, ...]:
    """Caption first, then the sentences that introduce the table."""
    return (table.caption, *table.context)
