"""The paper's own systems: names that the title gives, and names that the authors say they introduce."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extractors.records import PaperMeta, PaperReading
from extractors.registry.link import link_model
from extractors.registry.load import Registry
from extractors.registry.names import key

_NAME = r"[A-Z][\w.+-]*[A-Za-z0-9+](?:[ -](?:[A-Z\d][\w.+-]*[A-Za-z0-9+]))*"
_INTRODUCED = re.compile(
    r"\b[Ww]e (?:\w+ )?(?:introduce|propose|present|develop|release|build|train|name|call|dub|term|create|obtain"
    r"|design|open-source)(?:ed|d)? "
    r"(?:(?:the|a|an|our|this|two|new|novel|it|model|models|method|framework|series|family|of|resulting|and|as|named"
    r"|called|first)[ ,]+){0,6}"
    rf"[“\"]?(?P<name>{_NAME})"
)
_DUBBED = re.compile(
    r"\b(?:called|named|dubbed|termed|denoted as|referred to as|which we (?:call|name|refer to as)"
    r"|namely|abbreviated as) "
    rf"(?:the )?[“\"‘]?(?P<name>{_NAME})"
)
_ACRONYM = re.compile(r"\((?P<name>[A-Z][\w-]*[A-Z][\w-]*)\)")
_INTRODUCES = re.compile(
    r"\b(?:[Ww]e (?:\w+ )?(?:introduce|propose|present|develop|design)"
    r"|[Tt]his (?:paper|work) (?:introduces|proposes|presents))\b"
)
_OURS = re.compile(rf"\b[Oo]ur (?:\w+ ){{0,2}}(?P<name>{_NAME})")
_TITLE = re.compile(
    r"\s*(?P<name>[A-Z][\w.+-]*(?:[ -][A-Z0-9][\w.+-]*){0,2})\s*(?:\([\w -]+\))?\s*(?:[:–—]\s|Technical Report)"
)
_NOT = re.compile(
    r"^(?:Table|Figure|Section|Appendix|Algorithm|Eq|API|LLMs?|LMs?|NLP|AI|RLHF|SFT|DPO|PPO|RAG|GPU|QA|CoT|Chain|Transformer"
    r"|Language|Large|English|Chinese|GitHub|Reinforcement|Supervised|Retrieval|Instruction|Hugging|Python|In|We|The|Our|This)\b"
)
_PART = re.compile(r"[-.\s]+")
_EARLY = 0.4  # of the sentences: a paper introduces its own things before


def own_names(reading: PaperReading, meta: PaperMeta, registry: Registry) -> dict[str, str | None]:
    """Keys (`names.key`) of the names of the paper's own systems with the registry's ids, or None where it has none.

    A name counts if the title opens with it, if it is said to be introduced, or if it follows `our` at least twice.
    Models of others that are only trained or called are left out where the registry knows them as closed.
    """
    counts: Counter[str] = Counter()
    presented: set[str] = set()
    title = meta.title or reading.text.title or ""
    if match := _TITLE.match(title):
        counts[match["name"]] += 3
    early = max(40, int(len(reading.text.sentences) * _EARLY))
    for sentence in reading.text.sentences[:early]:
        ours = bool(re.search(r"\b[Ww]e\b|\b[Oo]ur\b", sentence.text))
        for pattern, weight in ((_INTRODUCED, 2), (_DUBBED, 2 if ours else 1)):
            for match in pattern.finditer(sentence.text):
                counts[match["name"]] += weight
        if _INTRODUCES.search(sentence.text):
            for match in _ACRONYM.finditer(sentence.text):
                counts[match["name"]] += 2
                presented.add(key(match["name"]))
    for sentence in reading.text.sentences:
        for match in _OURS.finditer(sentence.text):
            counts[match["name"]] += 1
    names = [n for n, c in sorted(counts.items()) if c >= 2 and _is_name(n)]
    return dict(_with_ids(names, title, presented, registry))


def _is_name(name: str) -> bool:
    """A coined name has capitals within, digits, or is none of the words that open sentences and methods."""
    coined = bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", name)) or len(_PART.split(name)) == 1
    return coined and not _NOT.match(name) and len(key(name)) > 2


def _with_ids(
    names: Iterable[str], title: str, presented: set[str], registry: Registry
) -> Iterable[tuple[str, str | None]]:
    in_title = key(title)
    for name in names:
        if key(name) in registry.benchmark_keys and key(name) not in in_title:
            continue
        link = link_model(name, registry)
        model = registry.models.get(link.entity_id) if link else None
        if (
            model is not None
            and key(name) not in in_title
            and (model.openness == "closed" or not (key(name) in presented or _own_like(name, in_title)))
        ):
            continue
        yield key(name), link.entity_id if link else None


def _own_like(name: str, title: str) -> bool:
    """A known open model is the paper's own only if the title shares its first word."""
    return key(_PART.split(name)[0]) in title
