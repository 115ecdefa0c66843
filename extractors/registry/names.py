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


@lru_cache(maxsize=1 << 17)
def tidy(name: str) -> str:
    """The name without citations and footnote signs, white space squeezed."""
    name = _MARKS.sub("", unicodedata.normalize("NFKC", name))
    return re.sub(r"\s+", " ", _CITATION.sub(" ", name)).strip(" ,;:")


@lru_cache(maxsize=1 << 17)
def without_setting(name: str) -> str:
    """The name without words for shots, chains of thought and the like."""
    return re.sub(r"\s+", " ", re.sub(r"\(\s*[,;]?\s*\)", "", _SETTING.sub(" ", tidy(name)))).strip(" ,;:-/")


@lru_cache(maxsize=1 << 18)
def key(name: str) -> str:
    """What two spellings of one name share: letters and digits in lower case. A plus sign counts, since a method put
    on a model (`GPT-4 + tools`) is another system than the model; so does the point of a version (`Qwen2.5-7B` is not
    `Qwen2-57B`)."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("+", "plus").replace("@", "at")
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_", "", text)
