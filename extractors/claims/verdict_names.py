"""How a sentence names a system and how the rows of a table do: what of two spellings is the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.verdict_words import VerdictWords
from extractors.records import Claim, Result
from extractors.registry.link import size_in_name
from extractors.registry.load import Registry
from extractors.registry.names import key, tidy

# OpenAI's families as they are named in running text; longer names first. A printed row name that begins so, or holds
# such a name, is the model or something built on it.
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("text-davinci-003", r"(?:text[- ]?da[- ]?vinci|davinci|td)[- ]?003"),
    ("text-davinci-002", r"(?:text[- ]?da[- ]?vinci|davinci|td)[- ]?002"),
    ("gpt-3.5-turbo", r"gpt[- ]?3\.?5|chat[- ]?gpt|^turbo"),
    ("gpt-4", r"gpt[- ]?4"),
    ("instructgpt", r"instruct[- ]?gpt"),
    ("codex", r"codex|code[- ]davinci"),
    ("gpt-3", r"gpt[- ]?3(?![.\d])"),
)
_RUN = re.compile(r"^(?:(?:(?:few|zero|one|\d+)[- ]?shot|openai|vanilla|standard|base)\W+|prompt(?:ed|ing)?\W*)+")
GENERIC = frozenset(
    {"we", "our", "ours", "it", "the", "with", "using", "of", "and", "based", "on", "plus", "obtained", "resulting"}
) | frozenset({"model", "models", "method", "methods", "approach", "framework", "system", "llm", "llms", "this"})
_OUR = re.compile(
    r"our (?:[\w.-]+ ){0,4}(?:models?|methods?|approach(?:es)?|systems?|frameworks?|pipelines?|agents?)", re.I
)
_AFTER = re.compile(
    r"[-+\s(]*(?:(?:with|plus|using)\s+)?(?:(?!(?:and|or|on|in|by|at|for|to|with|but|while|as|when|is|are)\b)[\w.+-]+\s?){1,2}"
)
_SHORTENED = 3  # letters of a word that stand for it in a table: `Ret-ChatGPT` of `retrieval-augmented ChatGPT`


def family_of(name: str) -> str | None:
    """The family that a name belongs to or is built on, or None."""
    return next((f for f, rx in _FAMILIES if re.search(rf"(?:(?<![a-z])|(?<=prompt)){rx}", name.casefold())), None)


def family_at_start(name: str) -> str | None:
    """The family that a name begins with: `ChatGPT-ReACT` is built on ChatGPT, `Alpaca (GPT-4 data)` is not."""
    bare = _RUN.sub("", name.casefold())
    return next((f for f, rx in _FAMILIES if re.match(rx.replace("^", ""), bare)), None)


def tokens(name: str) -> list[str]:
    """Words and numbers of a name in lower case: `Mixtral-8x7B (ours)` gives mixtral, 8x7b, ours."""
    return re.findall(r"\d+(?:\.\d+)?(?:x\d+)?[bm]?|[a-z]+", tidy(name).casefold())


def said_name(claim: Claim, registry: Registry) -> str:
    """The subject's name as a table may print it: for `our model` and the like the registry's name of what it is."""
    entity = registry.models.get(claim.subject_id or "")
    if entity is not None and not set(tokens(claim.subject_raw)) - GENERIC:
        return entity.name
    return claim.subject_raw


def own_subjects(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The names that the claims of a paper give to its own systems, in order."""
    names = (c.subject_raw for c in claims if c.is_own and not is_unnamed_own(c))
    return tuple(dict.fromkeys(n for n in names if re.search(r"[A-Z]", n) and not _OUR.match(n)))


def is_unnamed_own(claim: Claim) -> bool:
    """`our 7B-backbone system`, `our final method`: the paper's own system by what it is, not by its name."""
    return claim.is_own and bool(_OUR.fullmatch(claim.subject_raw))


def has_other_size(row: Result, size: float | None) -> bool:
    """Whether a row is of another size than the one said; a row that shows none may be of any."""
    theirs = size_in_name(row.model_raw) or row.model_size_b
    return size is not None and theirs is not None and theirs != size


def is_sized(model_id: str | None, of: str | None) -> bool:
    """Whether an id is that of one size of a model: `wren-70b` of `wren`."""
    return bool(model_id and of and re.fullmatch(rf"{re.escape(of)}-\d+(?:\.\d+)?[bm]", model_id))


def core(name: str, words: VerdictWords) -> frozenset[str]:
    """Words of a name without size and kind of tuning: `Finch-Chat 7B` and `Finch 7B-Instruct` share `finch`. A name
    of one such word alone keeps it."""
    parts = frozenset(tokens(name)) - GENERIC
    left = frozenset(p for p in parts if not words.variant.fullmatch(p) and not re.fullmatch(r"\d+(?:\.\d+)?[bm]", p))
    return left or parts


def as_spelled(claim: Claim, rows: Sequence[Result]) -> list[Result]:
    """Rows built on the baseline whose further words stand beside its name in the sentence: `Ret-ChatGPT` where it
    says `retrieval-augmented ChatGPT`, `PoT (Codex)` where it says `Codex PoT`. The longest such name wins."""
    own = set(tokens(claim.baseline_raw))
    beside: set[str] = set()
    for match in re.finditer(re.escape(claim.baseline_raw), claim.sentence):
        before = re.search(r"([\w.+-]+)(?:\s|[-+(])*$", claim.sentence[: match.start()])
        after = _AFTER.match(claim.sentence[match.end() :])
        beside |= set(tokens(before[1])) if before else set()
        beside |= set(tokens(after[0])) if after else set()
    best, out = 0, list[Result]()
    for row in rows:
        tail = row.model_raw[max(0, row.model_raw.find(claim.baseline_raw)) :]  # the name of a group may stand before
        extra = set(tokens(tail)) - own - {"plus"} or set(tokens(row.model_raw)) - own - {"plus"}
        bears = key(claim.baseline_raw) in key(row.model_raw)
        if not bears or not extra or key(row.model_raw) == key(claim.subject_raw):
            continue
        if all(w in beside or (len(w) >= _SHORTENED and any(b.startswith(w) for b in beside)) for w in extra):
            if len(extra) > best:
                best, out = len(extra), []
            if len(extra) == best:
                out.append(row)
    return out
