"""Text into sentences: where one ends, and what only looks like an end (abbreviations, citations, numbers)."""

from __future__ import annotations

import re

from extractors.document.blocks import BREAK

_ABBREVIATION = (
    "al", "e.g", "i.e", "cf", "vs", "etc", "Fig", "Figs", "Tab", "Tabs", "Sec", "Secs", "Eq", "Eqs", "App", "Appx",
    "Ref", "Refs", "resp", "approx", "w.r.t", "No", "Nos", "Vol", "pp", "Dr", "Mr", "Ms", "Prof", "St", "avg", "Avg",
    "Thm", "Def", "Alg", "Ch", "viz", "ca", "est", "min", "max", "incl", "a.k.a", "U.S", "w", "Perplexity", "Inc",
)  # fmt: skip
_KEPT = "".join(rf"(?<!\b{re.escape(a)}\.)" for a in _ABBREVIATION)
_INITIAL = r"(?<!\b[A-Z]\.)"  # an initial, or the label of a choice
_SENTENCE_END = re.compile(
    rf"(?:(?<=[.!?])|(?<=[.!?][\"”’)\]])){_KEPT}{_INITIAL}\s+(?=[A-Z“\"‘(\[•·▪]|\d+\)|[a-z]*[A-Z]|\d+(?:\.\d+)+\.?\s+[A-Z][a-z])|{BREAK}+|\s+(?=[•▪●■➢]\s)"
)

_NUMBER_ONLY = re.compile(r"^\(?[\dA-Za-z]{1,2}[.)]$")  # the mark of an item of a list


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Places `(start, end)` of the sentences of a paragraph, white space and list marks at their edges left out."""
    out: list[tuple[int, int]] = []
    at = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = len(text) if match is None else match.start()
        start = at
        while start < end and (text[start].isspace() or text[start] in "•·▪●■➢"):
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            if out and _NUMBER_ONLY.match(text[slice(*out[-1])]):
                start = out.pop()[0]
            out.append((start, end))
        at = len(text) if match is None else match.end()
    return out
