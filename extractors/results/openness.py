"""Whether a model is open, as the paper says: of a group of models in the title of the group, of its own model in its
title and text. The registry is asked before."""

from __future__ import annotations

from typing import Literal

from extractors.records import DocumentText
from extractors.results.words import Words

Openness = Literal["open", "closed"]


def of_group(title: str, words: Words) -> Openness | None:
    """`Open-source models` and `Proprietary` tell of the rows below them; a title with both words tells nothing."""
    is_open = bool(words.openness.group_open.search(title))
    is_closed = bool(words.openness.group_closed.search(title))
    return None if is_open == is_closed else "open" if is_open else "closed"


def of_own(title: str, abstract: str, text: DocumentText, words: Words) -> Openness | None:
    """`open` where the title calls the model so, or a sentence says that weights, checkpoints or models are released;
    None where nothing is said, or both."""
    if words.openness.title_open.search(title):
        return "open"
    said = [s for s in (*abstract.split(". "), *(s.text for s in text.sentences)) if _is_release(s, words)]
    denied = [s for s in said if words.openness.text_denied.search(s)]
    return "open" if said and not denied else None


def _is_release(sentence: str, words: Words) -> bool:
    folded = sentence.casefold()
    is_near = "releas" in folded or "open" in folded or "available" in folded or "publish" in folded or "shar" in folded
    return is_near and any(rx.search(sentence) for rx in words.openness.text_open)
