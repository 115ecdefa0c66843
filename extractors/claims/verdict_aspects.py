"""What a claim says a system is better or worse at, where that is an ability and no table of the paper measures it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.claims.verdict_words import VerdictWords
from extractors.records import Claim, PaperReading, Result
from extractors.registry.load import Registry

_STEM = 5  # letters in which the forms of a word agree: `reason`, `reasoning`
_SHORT = 3  # letters of a word that tells nothing
_END = r"(?=[,;.()]|\b(?:compared|than|over|against|and|with|by|of|on|when|while|despite|as)\b|$)"
_DOING = re.compile(rf"\b(?:in|at) ((?:\w+ing)(?: [\w-]+){{1,3}}?) ?{_END}", re.I)
_SWAYED = re.compile(
    r"\b(?:influenced|affected|swayed|distracted|misled|fooled|thrown off) by"
    r" (?:the |an? )?(?:[\w-]+ )?([\w-]+)\b(?= of\b)",
    re.I,
)
_MORE = re.compile(rf"\bmore ((?:[\w-]+ and )?[\w-]+(?: [\w-]+){{1,2}}?) ?{_END}(?=.*\b(?:than|compared)\b)", re.I)


def unmeasured(
    claim: Claim, scores: Sequence[Result], reading: PaperReading, words: VerdictWords, registry: Registry
) -> str | None:
    """The ability that the sentence compares (`in modeling long contexts`, `few-shot capability`), where neither
    headers, captions and introductions of the tables that the scores stand in, nor the benchmarks' own capabilities
    tell of it; None where they do, or the sentence names benchmarks or none such ability."""
    if claim.scope_source == "sentence":
        return None
    aspects = _aspects(claim.sentence, words)
    meant = _stems(aspects, words)
    if (
        not meant
        or any(words.broad.search(a) for a in aspects)
        or meant & _stems(_told(scores, reading, registry), words)
    ):
        return None
    return next(a for a in aspects if _stems([a], words))


def _aspects(sentence: str, words: VerdictWords) -> list[str]:
    head = words.ability.pattern
    after = re.findall(rf"\b(?:{head}) (?:of|for|in|to|at) ((?:[\w-]+ ){{0,3}}?[\w-]+) ?{_END}", sentence, re.I)
    before = re.findall(rf"\b((?:[\w-]+ )?[\w-]+) (?:{head})\b", sentence, re.I)
    if swayed := _SWAYED.findall(sentence):
        return list(swayed)  # by what a system is swayed, scores alone do not tell
    found = [*after, *before, *_DOING.findall(sentence), *_MORE.findall(sentence)]
    return [re.sub(r"^(?:on|in|of|for|the|its|their|such) ", "", " ".join(f.split()), flags=re.I) for f in found]


def _told(scores: Sequence[Result], reading: PaperReading, registry: Registry) -> Iterable[str]:
    ids = {r.table_id for r in scores}
    for table in reading.tables:
        if table.table_id in ids:
            yield from (t for t in (table.caption, *table.context) if t)
    for r in scores:
        yield from (t for t in (r.benchmark_raw, r.subset, r.metric_raw, r.setting, r.prompting) if t)
        if r.benchmark_id is not None and r.benchmark_id in registry.benchmarks:
            entry = registry.benchmarks[r.benchmark_id]
            yield from (t for t in (entry.name, entry.capability, entry.sub_capability) if t)


def _stems(texts: Iterable[str], words: VerdictWords) -> frozenset[str]:
    found = (w for text in texts for w in re.findall(r"[a-z][a-z-]*[a-z]", text.casefold()))
    return frozenset(w[:_STEM] for w in found if len(w) > _SHORT and not words.vague.fullmatch(w))
