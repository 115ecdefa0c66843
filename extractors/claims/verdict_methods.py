"""What a method does for a baseline, where the method has no row of its own: rows of the baseline that tell of the
method beside rows that tell of nothing. Such pairs may support a claim, they refute none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.claims.verdict_names import GENERIC, family_of, tokens
from extractors.claims.verdict_pairs import Pair, label_of, measured
from extractors.claims.verdict_words import VerdictWords
from extractors.records import Claim, Result
from extractors.registry.names import key

_STEM = 5  # letters in which the forms of a word agree
_SHORT = 4  # letters of a word that tells something
_DOING = re.compile(  # what is done with any method
    r"(?:us|utili[sz]|employ|adopt|appl|add|provid|giv|inform|equip|augment|combin|includ|introduc|integrat|incorporat"
    r"|enhanc|improv|leverag|feed|supply|prompt|fine|tun|train|input|instead|rather|than|when|with|large|language|both"
    r"|inform|model|llm|method|approach|our|more|each|from|into|that|their|based|base|for|sampl)\w*$"
)
_TUNED = re.compile(r"\b(?:fine-?tuned|tuned|trained|ours?)\b", re.I)


def aided_pairs(claim: Claim, results: Sequence[Result], words: VerdictWords) -> list[Pair]:
    """Rows of the baseline whose name, setting or prompting share a word with the claim's subject, each beside the one
    row of its table on the same measurement that adds nothing to the baseline's name."""
    family = family_of(claim.baseline_id or "") or family_of(claim.baseline_raw)
    stems = _stems(claim.subject_raw)
    if family is None or not stems:
        return []
    by_table: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in results:
        if family_of(r.model_raw) == family:
            by_table[(r.table_id, *measured(r))].append(r)
    return [pair for rows in by_table.values() for pair in _beside(rows, stems, words)]


def _beside(rows: Sequence[Result], stems: frozenset[str], words: VerdictWords) -> Iterator[Pair]:
    plain = [r for r in rows if _adds_nothing(r, words)]
    for r in rows:
        across = [p for p in plain if p.row == r.row or p.col == r.col]
        if len(across) == 1 and r is not across[0] and any(stem in key(_extra(r)) for stem in stems):
            yield Pair(r, across[0], label_of(r))


def _extra(row: Result) -> str:
    """What a row adds to the bare name of a model."""
    name = " ".join(w for w in re.split(r"[\s()+]+", row.model_raw) if family_of(w) is None)
    return f"{name} {row.setting or ''} {row.prompting or ''}"


def _adds_nothing(row: Result, words: VerdictWords) -> bool:
    parts = [p for p in re.split(r"[\s;()+]+", _extra(row)) if p and re.search(r"[A-Za-z]", p)]
    whole = [p.strip() for p in (row.setting or "", row.prompting or "") if p.strip("- ")]
    named = family_of(row.model_raw) is not None and not row.model_raw.count("+")
    return named and all(words.plain.fullmatch(p) for p in whole or parts)


def _stems(text: str) -> frozenset[str]:
    found = (w for w in re.findall(r"[a-z]+", text.casefold()) if len(w) >= _SHORT and w not in GENERIC)
    return frozenset(w[:_STEM] for w in found if not _DOING.match(w) and family_of(w) is None)


def tuned_rows(results: Sequence[Result]) -> list[Result]:
    """Results in which rows that a table calls tuned or ours are of the authors' system: of a paper that presents data
    that is a model tuned on them, for which the sentence has no name. Tables that know the authors' system
    are left out."""
    own = {r.table_id for r in results if r.model_role in ("proposed", "variation")}
    return [replace(r, model_role="proposed") if _is_tuned(r) else r for r in results if r.table_id not in own]


def _is_tuned(row: Result) -> bool:
    return _TUNED.search(row.model_raw) is not None and family_of(row.model_raw) is None and bool(tokens(row.model_raw))
