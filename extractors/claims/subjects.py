"""Who the subject of a claim is: the paper's own system for `we`, `our model` and `it`, else the name or the phrase."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention, find_mentions
from extractors.claims.rules import load_rules
from extractors.claims.sides import Comparison
from extractors.claims.tree import best
from extractors.records import PaperReading, Sentence
from extractors.registry.load import Registry

_OWN_PHRASE = re.compile(
    r"^(?:the |this )?(?:(?:proposed|obtained|resulting|final|fine-?tuned|distilled|trained|presented|introduced|new) "
    r"(?:\w+ )?(?:model|method|approach|framework|system|models)|approach|method|framework)\b",
    re.I,
)
_ARTICLE = re.compile(r"^(?:the|a|an|that|of|both|overall|on average)\s+", re.I)
_TAIL = re.compile(r"\s(?:in terms of|compared (?:to|with))\b.*")
_PLACE = re.compile(r"(?<=\w) (?:on|in|across|at) .*$")
_COINED = re.compile(r"^(?=\S*(?:[a-z][A-Z]|[A-Z]{2}|\d))[A-Z][\w.+-]{2,}(?: [A-Z\d][\w.+-]*)?$")
_SYSTEMS = re.compile(
    r"\b(?:(?:base|open|open-source|small|smaller|other|untuned|raw|fine-tuned) ){1,2}(?:LLMs|models)\b"
)
_THEIRS = re.compile(r"(?:it|its|they|their)\b", re.I)
_PEERS = re.compile(  # `their open-source counterparts` are others than `they`
    r"(?:its|their) (?P<peers>(?:open|closed|proprietary|commercial|public|smaller|larger|bigger|private)\b.*"
    r"\b(?:counterparts?|peers?|rivals?|competitors?|alternatives?|siblings?|models?))\b",
    re.I,
)
_GENERIC = re.compile(
    r"^(?:the |these |this |those |its |their )?(?:models?|performance|results?|scores?|accuracy|method|approach)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject as printed, linked where it can be. `confidence` is below 1 where it had to be inferred."""

    raw: str
    entity_id: str | None
    is_own: bool
    confidence: float


class Resolver:
    """What a paper's other sentences tell of a pronoun."""

    def __init__(self, reading: PaperReading, registry: Registry, own: Mapping[str, str | None]) -> None:
        self._sentences = reading.text.sentences
        self._registry = registry
        self._own = own
        ids = sorted({i for i in own.values() if i is not None})
        self._own_id = ids[0] if len(ids) == 1 else None

    def subject(self, comparison: Comparison, sentence: Sentence, earlier: Sequence[Mention]) -> Subject | None:
        """The subject of a comparison; None where nothing tells, or where it is human or the baseline itself. `earlier`
        are the names before the cue."""
        side = comparison.subject
        names = [m for m in comparison.subject_mentions if m.start != comparison.baseline.start]
        name = best(names)
        if name is not None and name.kind == "own":
            return Subject(name.raw, name.entity_id or self._own_id, True, 1.0)
        if side is not None and side.is_we:
            return Subject(_tidy(side.text), self._own_id, True, 0.95)
        if name is not None:
            return Subject(name.raw, name.entity_id, False, 1.0)
        if side is None or side.is_pronoun:
            return self._before(comparison, sentence, earlier, "" if side is None else side.text)
        if load_lexicon().humans.search(side.text):
            return None
        if _COINED.match(side.text):
            return Subject(_tidy(side.text), None, False, 0.85)
        if _OWN_PHRASE.match(side.text) and self._own:
            return Subject(_tidy(side.text), self._own_id, True, 0.8)
        if _is_method(comparison) and not _GENERIC.match(side.text):
            return Subject(_tidy(side.text), None, bool(_OWN_PHRASE.match(side.text)), 0.7)
        if _THEIRS.match(side.text) and (peers := _PEERS.match(side.text)):
            return Subject(_tidy(peers["peers"]), None, False, 0.85)
        if _THEIRS.match(side.text):
            return self._before(comparison, sentence, earlier, side.text)
        if load_lexicon().good_dimensions.search(side.text.split(" ")[-1]):
            return self._before(comparison, sentence, earlier, side.text)
        if load_lexicon().systems.search(side.text) and not _GENERIC.match(side.text):
            return Subject(_PLACE.sub("", _tidy(side.text)), None, False, 0.9)
        return self._before(comparison, sentence, earlier, side.text)

    def _before(
        self, comparison: Comparison, sentence: Sentence, earlier: Sequence[Mention], raw: str
    ) -> Subject | None:
        """The last system named before the cue: in this sentence, then in the two before; at last the paper's own."""
        name = best([m for m in earlier if m.kind in ("own", "model")])
        if name is None and raw.casefold() in ("its", "their"):
            closed = [m for m in earlier if m.kind == "closed" and m.entity_id != comparison.baseline.entity_id]
            name = best(closed)
        if name is None:
            for other in reversed(self._sentences[max(0, sentence.order - 2) : sentence.order]):
                if other.section != sentence.section:
                    continue
                there = [m for m in find_mentions(other.text, self._registry, self._own) if m.kind != "benchmark"]
                if _THEIRS.match(raw) and there:
                    others = [m for m in there if m.entity_id != comparison.baseline.entity_id]
                    name = (others or there)[0]  # a pronoun takes up what the sentence before was about, closed or not
                    break
                name = best([m for m in there if m.kind != "closed"])
                if name is not None:
                    break
                if comparison.subject is None and (systems := _SYSTEMS.search(other.text)):
                    return Subject(_tidy(systems.group()), None, False, 0.5)
                if re.search(r"\b(?:we|our)\b", other.text, re.I):
                    return Subject(_tidy(raw) or "we", self._own_id, True, 0.6)
        if name is not None:
            own = name.kind == "own"
            return Subject(name.raw, name.entity_id or (self._own_id if own else None), own, 0.7)
        if self._own:
            return Subject(_tidy(raw) or "it", self._own_id, True, 0.5)
        return None


def _is_method(comparison: Comparison) -> bool:
    """Whether the subject is what was done to the baseline, whatever it is called."""
    if comparison.is_method:
        return True
    pattern = load_rules().patterns.get(comparison.rule)
    return pattern is not None and pattern.frame == "lift"


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.;:’'%)])", r"\1", text)
    text = _TAIL.sub("", re.sub(r"\s*([-/])\s*", r"\1", text))
    return _ARTICLE.sub("", text).strip(" ,;:")
