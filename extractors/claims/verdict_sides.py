"""The rows of results that a claim's subject and baseline mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.verdict_names import (
    GENERIC,
    as_spelled,
    core,
    family_at_start,
    family_of,
    has_other_size,
    is_sized,
    said_name,
    tokens,
)
from extractors.claims.verdict_words import VerdictWords
from extractors.records import Claim, Result
from extractors.registry.link import size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import key

_INITIALS = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")
_NOTE = re.compile(r"\s*\([^()]*\)$")  # what a row adds to a name in brackets: `Finch (high effort)`
MAX_RATING = 10.0  # a judge's marks go up to 10; what is higher is a percentage of the reference


def baseline_rows(claim: Claim, table: Sequence[Result], words: VerdictWords, registry: Registry) -> list[Result]:
    """Rows of one table that the baseline means: the dated or named variant if the claim names one, else every row of
    its family, else rows built on it (`ChatGPT-ReACT`). Of several, those that the sentence itself names best."""
    wanted = claim.baseline_id or ""
    family = family_of(wanted) or family_of(claim.baseline_raw) or wanted
    table = [r for r in table if not words.versus.search(r.model_raw)]
    named = [r for r in table if key(r.model_raw) == key(claim.baseline_raw)]
    if named and named[0].model_id is None:
        return named
    if spelled := as_spelled(claim, table):
        return _as_said(claim, spelled)
    if wanted != family and (exact := [r for r in table if r.model_id == wanted]):
        return _as_said(claim, exact)
    bare = [r for r in table if r.model_id is not None and _is_bare(r.model_id, family, registry)]
    built = [r for r in table if r.model_id is None and family_at_start(r.model_raw) == family]
    if family_of(wanted) and wanted != family:  # another release of the family is another model
        bare = [r for r in bare if r.model_id and (r.model_id.startswith(wanted) or wanted.startswith(r.model_id))]
    if wanted != family:
        variant = [r for r in (*bare, *built) if key(claim.baseline_raw) in key(r.model_raw)]
        if variant:
            return _as_said(claim, variant)
    if family_of(wanted) is None and not bare:
        name = core(claim.baseline_raw, words)
        bare = [r for r in table if r.model_id is not None and _is_release(r.model_id, wanted)]
        bare = bare or [r for r in table if r.model_id is None and core(_NOTE.sub("", r.model_raw), words) == name]
    return _as_said(claim, bare or [r for r in built if _extra_is_said(r, claim)] or built)


def _as_said(claim: Claim, rows: Sequence[Result]) -> list[Result]:
    """The rows of whose name, prompting and setting the sentence repeats the most."""
    said = set(tokens(claim.sentence))
    sentence = key(claim.sentence)

    def repeated(row: Result) -> tuple[bool, int]:
        extra = tokens(f"{row.prompting or ''} {row.setting or ''}")
        return key(row.model_raw) in sentence, sum(1 for w in extra if w in said)

    best = max(map(repeated, rows), default=None)
    return [r for r in rows if repeated(r) == best]


def is_class(claim: Claim, words: VerdictWords) -> bool:
    """Whether the subject is a class of models, of which a table may show any part."""
    return bool(words.rest.search(claim.subject_raw) or words.open.search(claim.subject_raw))


def _is_bare(model_id: str, family: str, registry: Registry) -> bool:
    if "-plus-" in model_id or model_id not in registry.models:
        return False
    return model_id == family or family_of(model_id) == family or is_sized(model_id, family)


def _is_release(model_id: str, of: str) -> bool:
    """Whether an id is that of a dated release of a model."""
    return bool(of) and re.fullmatch(rf"{re.escape(of)}-\d{{4}}(?:-\d\d-\d\d)?", model_id) is not None


def _extra_is_said(result: Result, claim: Claim) -> bool:
    """Whether the sentence repeats what a row name adds to the bare model: `ChatGPT-ReACT` in `beats ChatGPT-ReACT`."""
    extra = [w for w in tokens(result.model_raw) if len(w) > 2 and family_of(w) is None]
    said = set(tokens(claim.sentence))
    return bool(extra) and all(w in said for w in extra) and key(result.model_raw) != key(claim.subject_raw)


def subject_rows(
    claim: Claim, table: Sequence[Result], not_these: Sequence[Result], words: VerdictWords, registry: Registry
) -> list[Result]:
    """Rows of one table that the subject means, best match only: by printed name, by id, by a name that holds or is
    held, then for the paper's own system by role; a class of models (`all other models`) means every other row."""
    parts = [p for p in re.split(r"\s*(?:,|/| and | or |&)\s*", claim.subject_raw) if len(key(p)) > 2]
    if len(parts) > 1:
        found = [
            subject_rows(
                replace(claim, subject_raw=p, subject_id=None, is_own=False), table, not_these, words, registry
            )
            for p in parts
        ]
        if any(found):
            return list(dict.fromkeys(r for rows in found for r in rows))
    taken = {r.result_id for r in not_these}
    name = said_name(claim, registry)
    size = size_in_name(name)
    pool = [r for r in table if r.result_id not in taken and not has_other_size(r, size)]
    claim = replace(claim, subject_raw=name)
    ours = key(name)
    for match in (
        [r for r in pool if key(r.model_raw) == ours],
        [r for r in pool if claim.subject_id is not None and r.model_id == claim.subject_id],
        [r for r in pool if registry_is_closed(r, registry) and is_sized(r.model_id, claim.subject_id)],
    ):
        if match:
            return [*match, *(_variations(claim, pool, match) if claim.is_own else ())]
    if is_class(claim, words):
        return _class_rows(claim, pool, words, registry)
    near = _nearest(claim, pool, words, registry)
    if near:
        others = [r for r in near if r.model_role not in ("proposed", "variation")]
        return near if claim.is_own else others or near
    if claim.is_own:
        for role in ("proposed", "variation"):
            if rows := [r for r in pool if r.model_role == role]:
                return rows
    return []


def _variations(claim: Claim, pool: Sequence[Result], named: Sequence[Result]) -> list[Result]:
    """Rows of the paper's own system with something added to its name: `Wren (tuned)` beside `Wren`."""
    own = key(claim.subject_raw)
    return [r for r in pool if r not in named and r.model_role != "baseline" and key(r.model_raw).startswith(own)]


def referenced(claim: Claim, table: Sequence[Result], words: VerdictWords) -> list[tuple[Result, float]]:
    """Rows of the subject that are scored relative to the baseline (`Ours vs. ChatGPT`, a column `ChatGPT` of win
    rates), each with the score that would mean a draw: 50 for a win rate, 100 for a ratio in percent."""
    family = family_of(claim.baseline_id or "") or family_of(claim.baseline_raw)
    out = []
    for r in table:
        first, *rest = words.versus.split(r.model_raw, maxsplit=1)
        against = " ".join(filter(None, (*rest, r.benchmark_raw, r.subset, r.setting, r.metric_raw)))
        if r.metric_id != "win-rate" or not _is_won_against(claim):
            if family is None or family_of(against) != family:
                continue
            if claim.baseline_id not in (None, family) and key(claim.baseline_raw) not in key(against):
                continue  # measured against another model of the family
        if r.metric_id == "win-rate":
            par = 50.0
        elif r.metric_id in ("performance-ratio", "gpt-4-score") and r.score > MAX_RATING:
            par = 100.0
        else:
            continue
        ours, theirs = set(tokens(claim.subject_raw)) - GENERIC, set(tokens(first)) - GENERIC
        is_own = claim.is_own and r.model_role in ("proposed", "variation") and not ours - theirs
        if is_own or (ours and theirs and (ours <= theirs or theirs <= ours)):
            out.append((r, par if r.score > 1 else par / 100))
    return out


def _is_won_against(claim: Claim) -> bool:
    """Whether the sentence says that a win rate is one against the baseline, which the table need not repeat."""
    against = r"\b(?:against|over|vs\.?|versus)\s+(?:the\s+)?(?:baseline\s+)?"
    name = re.escape(claim.baseline_raw)
    return re.search(rf"win[- ]rates?\b.*{against}{name}", claim.sentence, re.I) is not None


def _class_rows(claim: Claim, pool: Sequence[Result], words: VerdictWords, registry: Registry) -> list[Result]:
    only_open = bool(words.open.search(claim.subject_raw))
    out = []
    for r in pool:
        if words.people.fullmatch(r.model_raw):
            continue
        entity = registry.models.get(r.model_id or "")
        openness = (entity.openness if entity else None) or r.model_openness
        if openness == "open" if only_open else family_of(r.model_raw) != family_of(claim.baseline_id or ""):
            out.append(r)
    return out


def _nearest(claim: Claim, pool: Sequence[Result], words: VerdictWords, registry: Registry) -> list[Result]:
    """Rows whose name shares the most with the subject's, if one of both holds the other. Tables shorten names to
    initials: `DS-Coder` is `DeepSeek-Coder`; and add the kind of tuning that the text leaves out."""
    short = replace(claim, subject_raw=_INITIALS.sub(lambda m: "".join(re.findall("[A-Z]", m[0])), claim.subject_raw))
    found = _sharing(claim, pool, registry) or (_sharing(short, pool, registry) if short != claim else [])
    if found or family_of(claim.subject_raw):
        return found
    mine = core(claim.subject_raw, words)
    return [r for r in pool if mine and core(r.model_raw, words) == mine and not registry_is_closed(r, registry)]


def _sharing(claim: Claim, pool: Sequence[Result], registry: Registry) -> list[Result]:
    ours = set(tokens(claim.subject_raw)) - GENERIC
    if not ours:
        return []
    best, out = 0.0, []
    for row in pool:
        theirs = set(tokens(row.model_raw)) - GENERIC
        theirs |= ours & set(tokens(f"{row.setting or ''} {row.prompting or ''} {row.subset or ''}"))
        said = family_of(claim.subject_raw)
        is_bare_other = row.model_id is not None and family_of(row.model_id) is not None and ours - theirs != set()
        if not theirs or is_bare_other or (said is None and registry_is_closed(row, registry)):
            continue
        if not (ours <= theirs or theirs <= ours or _held(claim.subject_raw, row.model_raw)):
            continue
        alike = 1.0 if ours <= theirs or _held(claim.subject_raw, row.model_raw) else len(theirs) / len(ours)
        if alike > best + 1e-9:
            best, out = alike, [row]
        elif abs(alike - best) <= 1e-9:
            out.append(row)
    return out


def registry_is_closed(row: Result, registry: Registry) -> bool:
    entity = registry.models.get(row.model_id or "")
    return entity is not None and entity.openness == "closed"


def _held(subject: str, row: str) -> bool:
    """Whether the row's name holds the subject's: `WizardMath 70B` holds `WizardMath`."""
    name = key(subject)
    return len(name) >= 4 and name in key(row)
