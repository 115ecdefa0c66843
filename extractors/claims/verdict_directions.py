"""Whether more is better, where the registry does not know the metric: from what its header or the caption says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.records import Result, Table

_LOWER = re.compile(
    r"\b(?:the )?(?:lower|smaller)(?: the|,? the| (?:values?|scores?|numbers?|rates?|figures?))?(?: is| are"
    r"| indicates?| means?| being|,| =)? (?:the )?better\b|\((?:↓|lower is better)\)",
    re.I,
)
_HIGHER = re.compile(
    r"\b(?:higher|larger|greater|more)\b(?: \w+){0,2},? (?:is|are|the|indicates?|means?) (?:the )?better\b", re.I
)
_HARM = re.compile(  # a share of what should not be
    r"\b(?:proportion|percentage|rate|ratio|share|number|fraction|count)s? of (?:\w+ ){0,2}(?:harmful|toxic|unsafe"
    r"|biased|wrong|hallucinat\w+|incorrect|invalid|failed|failures?|errors?|mistakes?|violations?|refus\w+)"
    r"|\b(?:unsafe|unsafety|error|failure|hallucination|toxicity|violation|harmfulness|misinformation)"
    r"[- ](?:rate|ratio|percentage)s?\b",
    re.I,
)


_DISTANCE = re.compile(r"\b(?:edit|Levenshtein|Hamming) distances?\b", re.I)


def with_directions(results: Sequence[Result], tables: Sequence[Table]) -> list[Result]:
    """Results in which the direction of an unknown metric is the one that is said, where one is; in a table of
    distances that of a metric which the caption does not name, too."""
    lower = {t.table_id for t in tables if _is_lower(t.caption or "")}
    distant = {t.table_id: t.caption for t in tables if t.caption and _DISTANCE.search(t.caption)}
    return [
        replace(r, higher_is_better=False)
        if (r.higher_is_better is None and (r.table_id in lower or _HARM.search(r.metric_raw or "")))
        or (r.table_id in distant and (r.metric_raw or "") not in distant[r.table_id])
        else r
        for r in results
    ]


def _is_lower(caption: str) -> bool:
    return bool(_LOWER.search(caption) or _HARM.search(caption)) and not _HIGHER.search(caption)
