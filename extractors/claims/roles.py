"""What a name does in its phrase: it is compared, or it judges, writes data, is a tool, stands aside in brackets."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.claims.lexicon import load_lexicon
from extractors.claims.mentions import closed_names
from extractors.claims.parsing import Parsed

_MADE_WITH = frozenset(
    {
        "based",
        "leveraging",
        "powered",
        "generated",
        "synthesized",
        "built",
        "backed",
        "produced",
        "driven",
        "using",
        "achieved",
        "attained",
        "obtained",
        "reported",
    }
)
_WRITTEN = frozenset({"written", "given", "provided", "offered", "created", "drafted", "made", "held", "returned"})
_JUDGE = ("judge", "evaluator")
_JUDGING = frozenset({"judge", "judges", "evaluator", "evaluation", "rater", "annotator", "as", "judged", "scored"})


def is_blocked(parsed: Parsed, index: int, anchor: int = -1) -> bool:
    """Whether a name is a judge, a tool, a source of data or a part of another name: nothing is compared with it."""
    doc, mention = parsed.doc, parsed.mentions[index]
    if mention.kind == "own":
        return False
    following = [t.lower_ for t in doc[index + 1 : index + 4]]
    role = closed_names().role_noun
    for n in (1, 2):
        if len(following) >= n and role.fullmatch(" ".join(following[:n])):
            if anchor >= 0 and following[0].startswith(_JUDGE) and _is_judge(doc[anchor]):
                return False  # `beats the judge with GPT-4 as evaluator`: judges are compared
            return n > 1 or doc[index + 1].tag_ not in ("VBZ", "VBP", "VBD")  # not of `GPT-4 scores 81`
    if following[:1] == ["as"] and any(role.fullmatch(t.lower_) for t in doc[index + 2 : index + 5]):
        return True
    if (
        following[:1] in (["’s"], ["'s"])
        and len(following) > 1
        and role.fullmatch(following[1])
        and following[1] not in ("score", "scores", "win", "ratings")
    ):
        return True
    i = index - 1
    while i >= 0 and i > index - 4 and (doc[i].tag_ in ("DT", "JJ", "JJS", "NNP", "PRP$") and i not in parsed.mentions):
        i -= 1
    if anchor >= 0 and i >= 0 and doc[i].lower_ == "from":
        return False  # `answers from GPT-4` are compared like GPT-4
    if i >= 0 and doc[i].lower_ == "with" and any(c.dep_ == "pcomp" for c in doc[i].children):
        return False  # `with GPT-4 being the best`
    if i > 0 and doc[i].lower_ in ("from", "by") and load_lexicon().outputs.fullmatch(doc[i - 1].lower_):
        return False  # `answers by GPT-4`
    if i >= 0 and doc[i].tag_ == "VBG" and (doc[i].dep_ == "csubj" or _is_other_side(doc[i])):
        return False  # `using GPT-4 as the planner gives better plans`
    if i < 0 or i == anchor or not load_lexicon().judges.fullmatch(doc[i].lower_):
        return False
    return anchor < 0 or not builds(doc[i])


def _is_judge(noun: Token) -> bool:
    """Whether what a name hangs on is itself a way of judging: `LLM-as-a-judge`, `reward models`."""
    return any(t.lower_.startswith((*_JUDGE, "reward", "verif")) for t in noun.doc[max(0, noun.i - 6) : noun.i + 2])


def _is_other_side(verb: Token) -> bool:
    """`compared to using ChatGPT alone`, `than using GPT-4`: the use of a model is what is measured against."""
    return verb.dep_ == "pcomp" and verb.head.lower_ in ("to", "than", "over", "against")


def is_aside(parsed: Parsed, index: int) -> bool:
    """`frequent words (GPT-4 reaches 55)`: in brackets after what is no system, a name tells where, not with what."""
    doc = parsed.doc
    if index < 2 or doc[index - 1].text != "(" or index - 2 in parsed.mentions:
        return False
    whole = index + 1 < len(doc) and doc[index + 1].text == ")" and doc[index - 2].tag_.startswith("NNP")
    return not whole and not load_lexicon().systems.fullmatch(doc[index - 2].lower_)  # `ReAct (GPT-4)`


def builds(token: Token) -> bool:
    """`baselines based on GPT-4`, `data synthesized by GPT-4`: what a system is made with, not how it is judged."""
    lower = token.lower_
    made = token.dep_ == "acl" and _makes(token)
    if any(c.dep_ == "pcomp" for c in token.children):
        return False  # `with GPT-4 being the best`
    led = token.dep_ in ("prep", "agent") and (lower in ("with", "using") or _makes(token.head))
    return (made or led) and not any(t.lower_ in _JUDGING and not _gives_example(t) for t in token.subtree)


def _makes(verb: Token) -> bool:
    return verb.lower_ in _MADE_WITH or (verb.lower_ in _WRITTEN and _by_name(verb))


def _by_name(verb: Token) -> bool:
    """`those written by X`, not `those written by annotators`."""
    agents = (c for c in verb.children if c.lower_ == "by")
    return any(p.dep_ == "pobj" and bool(p.tag_.startswith("NNP")) for a in agents for p in a.children)


def _gives_example(token: Token) -> bool:
    """The `as` of `such as`."""
    return bool(token.lower_ == "as" and token.i > 0 and token.nbor(-1).lower_ == "such")
