"""Rare verbs and set phrases of comparison said as a verb that the parser knows; the words of `wording.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from extractors.errors import RegistryError

_FILE = Path(__file__).parent / "wording.yml"
_ENDS = ("e?", "e?s", "e?d", "ing")  # of a regular verb: plain, third person, past, participle


def reworded(text: str) -> str:
    """The text with each such verb or phrase replaced by the like form of the verb that stands in for it.

    A verb whose third person may be a noun is said in the past where an article or the end of the text, at which a
    name stands, shows it to be a verb.
    """
    ambiguous, past = _in_past()
    return ambiguous.sub(lambda m: past[m.group().casefold()], _said_plainly(text))


@lru_cache(maxsize=1)
def _in_past() -> tuple[re.Pattern[str], dict[str, str]]:
    past = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["as_past"]
    verb_after = r"(?:or|and) (?:even )?(?:surpass|exceed|outperform|beat)"
    article = r"(?:the|a|an|its|their|both|all|even|accuracy|performance|recall|precision|quality|results|scores?)\b"
    words = rf"(?<![\w-])(?<!\bthe )(?<!\bof )(?:{'|'.join(past)})"
    then = r" behind\b| (?:lower|higher|better|worse|above|below|on par) | (?:from|by) \d| \w+ly\b"
    return re.compile(rf"{words}(?= {article}|{then}| {verb_after}| ?$)"), past


def _said_plainly(text: str) -> str:
    pattern, forms, hints = _compiled()
    low = text.casefold()
    if not any(hint in low for hint in hints):
        return text  # most texts; asking the pattern takes a hundred times as long
    return pattern.sub(lambda m: forms[m.lastgroup or ""], text)


@lru_cache(maxsize=1)
def _compiled() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """One pattern over all forms, each a named group, what stands in for it, and letters of which a text must hold
    some. Raises RegistryError."""
    try:
        data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
        rows = [(said, form) for group in data["words"] for said, form in _rows(group, data["heads"])]
        forms = {f"g{n}": form for n, (_, form) in enumerate(rows)}
        joined = "|".join(f"(?P<g{n}>{said})" for n, (said, _) in enumerate(rows))
        hints = frozenset(hint for group in data["words"] for hint in _hints(group, data["heads"]))
        return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.I), forms, hints
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"{_FILE.name}: {error!r}") from error


def _rows(group: dict[str, Any], heads: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Each form of a group's words as a regular expression, with the form that stands in for it."""
    for n, form in enumerate(group["as"]):
        if stems := group.get("verbs"):
            yield rf"(?:{'|'.join(stems)}){_ENDS[n]}", form
        for head, tails in group.get("phrases", {}).items():
            yield rf"(?:{heads[head][n]})(?:{'|'.join(f' {t}' if t else '' for t in tails)})", form


def _hints(group: dict[str, Any], heads: dict[str, list[str]]) -> Iterator[str]:
    yield from (re.split(r"\W", stem)[0] for stem in group.get("verbs", ()))
    for head, tails in group.get("phrases", {}).items():
        for tail in tails:
            plain = tail.split("(?")[0]
            yield from (f"{word} {plain}".strip() for form in heads[head] for word in form.split("|"))
