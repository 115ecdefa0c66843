"""Which names hang on a token of the dependency tree: those on the object or the preposition of a cue."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.roles import builds, is_aside, is_blocked

_NOMINAL = frozenset(
    {"conj", "appos", "pobj", "dobj", "nsubj", "nsubjpass", "nmod", "compound", "poss", "amod", "dep", "attr",
     "npadvmod", "nummod", "oprd", "pcomp", "dative", "agent", "quantmod", "intj", "advmod", "ROOT", "meta",
     "parataxis"}
)  # fmt: skip
_LIKENESS = frozenset({"par", "parity", "comparable", "competitive", "level", "line"})  # `and on par with X`
_MADE_WITH = frozenset({"using", "with", "based", "on", "via", "powered", "by", "built", "the", "backed", "i.e.", ","})
_THROUGH = frozenset({"of", "like", "as", "such", "including", "e.g.", "i.e.", "from"})
_GLUE = frozenset(
    {
        ",",
        "and",
        "or",
        "&",
        "/",
        "as",
        "well",
        "even",
        "both",
        "the",
        "also",
        "’s",
        "'s",
        "(",
        ")",
        "nor",
        "then",
        "–",
        "by",
        "%",
    }
)


def linked(parsed: Parsed, anchor: Token, after: int = -1) -> list[Mention]:
    """System names that hang on a token through nouns only, and those coordinated with them, from left to right."""
    hits = {i for i in parsed.mentions if i > after and _hangs(parsed.doc[i], anchor) and not is_aside(parsed, i)}
    hits.update(i for i in parsed.mentions if i > after and _is_made_with(parsed, i, anchor))
    for group in _groups(parsed):
        if hits & set(group):
            hits.update(i for i in group if i > after)
    return [
        parsed.mentions[i]
        for i in sorted(hits)
        if parsed.mentions[i].kind != "benchmark"
        and (_is_made_with(parsed, i, anchor) or not is_blocked(parsed, i, anchor.i))
    ]


def _hangs(token: Token, anchor: Token) -> bool:
    if token.i == anchor.i:
        return True
    while token.head.i != token.i:
        direct = token.head.i == anchor.i
        leads = (
            token.lower_ in _THROUGH or _of_result(token) or (token.lower_ == "to" and token.head.lower_ == "addition")
        )
        if token.dep_ == "prep" and not direct and not leads and (not builds(token) or token.head.lower_ in _LIKENESS):
            return False
        if token.dep_ not in _NOMINAL and not builds(token) and not (token.dep_ == "prep" and (direct or leads)):
            return False
        token = token.head
        if token.i == anchor.i:
            return True
    return False


def _is_made_with(parsed: Parsed, place: int, anchor: Token) -> bool:
    """`on par with RoleX (using GPT-4)`: a closed model in brackets as what the system before them is made with."""
    doc = parsed.doc
    opens = next((t for t in reversed(doc[max(0, place - 4) : place]) if t.text == "("), None)
    if opens is None or opens.i == 0 or parsed.mentions[place].kind != "closed":
        return False
    holder = opens.nbor(-1)
    inner = {t.lower_ for t in doc[opens.i + 1 : place]}
    named = holder.i in parsed.mentions or (holder.text[:1].isupper() and holder.i > 0)
    return bool(inner) and inner <= _MADE_WITH and named and (holder.i == anchor.i or _hangs(holder, anchor))


def _of_result(token: Token) -> bool:
    """`that for GPT-4`, `the gap in scores`: a preposition that leads from a result to whose it is."""
    words = load_lexicon()
    head = token.head.lower_
    return token.lower_ in ("for", "in", "on") and (
        bool(
            words.good_dimensions.fullmatch(head)
            or words.bad_dimensions.fullmatch(head)
            or words.outputs.fullmatch(head)
        )
        or head in ("addition", "between")
    )


def _groups(parsed: Parsed) -> list[list[int]]:
    """Names that stand in one enumeration, by their tokens."""
    out: list[list[int]] = []
    doc = parsed.doc
    places = [i for i, m in sorted(parsed.mentions.items()) if m.kind != "benchmark"]
    for i in places:
        between = doc[out[-1][-1] + 1 : i] if out else None
        joined = (
            between is not None
            and len(between) <= 6
            and all(
                t.lower_ in _GLUE or (t.tag_ in ("NNP", "CD", "POS") and t.i not in parsed.mentions) for t in between
            )
            and any(t.lower_ in (",", "and", "or", "&", "/", "nor") for t in between)
        )
        if joined:
            out[-1].append(i)
        else:
            out.append([i])
    return [part for group in out for part in ([group] if _is_list(parsed, group) else [[i] for i in group])]


def _is_list(parsed: Parsed, group: Sequence[int]) -> bool:
    """An enumeration ends with `and` or `or`; of two names with a comma between, the second may begin a clause."""
    inner = parsed.doc[group[0] : group[-1] + 1]
    if len(group) == 2 and {t.lower_ for t in inner[1:-1]} <= {",", "the"} and _opens_clause(parsed.doc[group[-1]]):
        return False
    after = parsed.doc[group[-1] + 1] if group[-1] + 1 < len(parsed.doc) else None
    if after is not None and not after.tag_.startswith(("VB", "MD", "RB")):
        return True
    return len(group) > 2 or any(t.lower_ in ("and", "or", "&", "/", "nor") for t in inner)


def _opens_clause(token: Token) -> bool:
    """Whether a name is the subject of a verb, or owns what is: `stronger than ChatGPT, the score of Orca ...`."""
    if token.dep_ in ("poss", "compound", "nmod") and token.head.i > token.i:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")
