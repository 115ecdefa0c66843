"""How names are compared: what of a printed name is the name, and what hangs on it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CITATION = re.compile(
    r"\s*(?:\[[\d,;\s–-]+\]|\[[^\[\]]*(?:19|20)\d\d[a-z]?\]|\([^()]*?(?:19|20)\d\d[a-z]?(?:[;,][^()]*)?\)"
    r"|\(?[A-Z][\w-]+ et al\.?,?\s*\(?(?:19|20)\d\d[a-z]?\)?)"
)
_MARKS = re.compile(r"[*†‡§¶∗♣♠♦♥⋆★☆↑↓⇑⇓△▲▽▼◇◆✓✗⋄•]+")
_SETTING = re.compile(
    r"\(?\b(?:\d+[- ]?shots?|zero[- ]?shot|few[- ]?shot|one[- ]?shot|CoT|chain[- ]of[- ]thought|greedy|maj@\d+|"
    r"self-consistency|ours|baseline|vanilla|frozen|reproduced|our impl\.?|non-?thinking|thinking|"
    r"(?:no|w/o|without) (?:fine-?tun(?:e|ing)|training|defen[cs]e|attack)|(?:high|medium|low)(?= ?\)))\)?",
    re.I,
)


# letters of which every match of `_SETTING` holds some: names without them are not searched
_SETTING_NEEDS = (
    *("shot", "cot", "chain", "greedy", "maj@", "consistency", "ours", "baseline", "vanilla", "frozen", "reproduced"),
    *("impl", "thinking", "fine", "train", "defen", "attack", "high", "medium", "low"),
)
_EMPTY_BRACKETS = re.compile(r"\(\s*[,;]?\s*\)")
_BETWEEN = re.compile(r"[\W_]+")
_BUT_POINTS = re.compile(r"[^\w.]|_|(?<!\d)\.|\.(?!\d)")  # all of these but the points of versions


@lru_cache(maxsize=1 << 17)
def tidy(name: str) -> str:
    """The name without citations and footnote signs, white space squeezed."""
    if name.isascii():
        name = name.replace("*", "")
    else:
        name = _MARKS.sub("", unicodedata.normalize("NFKC", name))
    if "[" in name or "19" in name or "20" in name:  # as citations do
        name = _CITATION.sub(" ", name)
    return " ".join(name.split()).strip(" ,;:")


@lru_cache(maxsize=1 << 17)
def without_setting(name: str) -> str:
    """The name without words for shots, chains of thought and the like."""
    name = tidy(name)
    folded = name.casefold()
    if any(need in folded for need in _SETTING_NEEDS):
        name = _SETTING.sub(" ", name)
    if "(" in name:
        name = _EMPTY_BRACKETS.sub("", name)
    return " ".join(name.split()).strip(" ,;:-/")


@lru_cache(maxsize=1 << 18)
def key(name: str) -> str:
    """What two spellings of one name share: letters and digits in lower case. A plus sign counts, since a method put
    on a model (`GPT-4 + tools`) is another system than the model; so does the point of a version (`Qwen2.5-7B` is not
    `Qwen2-57B`)."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    text = text.casefold().replace("+", "plus").replace("@", "at")
    if text.isalnum():
        return text
    return (_BUT_POINTS if "." in text else _BETWEEN).sub("", text)
