"""What is done to a model in good faith: the words of methods, and a model with a method beside the same model bare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.claims.mentions import Mention
from extractors.claims.parsing import Parsed
from extractors.claims.tree import Party, unspaced

METHOD = re.compile(  # what is done to a model, whatever it is called
    r"\b(?:methods?|approach(?:es)?|frameworks?|prompting|fine-?tuning|training|techniques?|pipelines?"
    r"|strateg(?:y|ies)|mechanisms?|modules?|plug-?ins?|add(?:ing)?|apply(?:ing)?|combin\w+|using|integrat\w+|incorporat\w+"
    r"|augment\w+|equipp\w+|equip|provid\w+|giv(?:ing|en)|inject\w+ (?:of )?knowledge|introduc\w+|includ(?:ing|e[ds]?)"
    r"|retriev\w+|rag|debates?|feedback|(?:self[- ])?\w*reflection|(?:self|chain|tree)[- ]\w+"
    r"|knowledge|evidence|hints?|facts?|tools?|agents?|cot|few-shot|demonstrations?|exemplars?|verification"
    r"|(?:employ|adopt|leverag|utili[sz]|deploy)\w*"
    r"|(?:persona|role|emotion\w*|system|optimi[sz]ed|better|such|these) prompts?|instead of|rather than"
    r"|fix(?:ing|es)|correcting|rephras\w+|reformulat\w+|simplif\w+|filter(?:s|ing)?"
    r"|informing|feeding|supplying|supplement\w+|grounding"
    r"|(?:asked|told|instructed|prompted) to (?:re-?view|critique|reconsider|revise|reflect|check|double-check|verify"
    r"|correct|explain|justify|think|reason)"
    r"|voting|ensembl\w+|guidance|guidelines?|plans?|planning|rationales?|rewrit\w+|re-?rank\w+|decomposition|expert)\b",
    re.I,
)
_BARE = frozenset({"plain", "bare", "base", "original", "raw", "default", "alone", "itself", "unmodified", "untuned"})
UNMEANT = re.compile(  # done to harm a model, or no doing of anyone
    r"\b(?:attacks?|attacker|adversar\w+|jailbreak\w*|malicious|poison\w+|perturb\w+|backdoors?|triggers?|typos?|noise|noisy"
    r"|harmful|longer|shorter|harder|number|length|lengths|size|sizes"
    r"|(?<!markup )(?<!natural )(?<!programming )languages?|temperatures?|difficulty|distance|distractors?)\b",
    re.I,
)


def is_method(side: Party) -> bool:
    """Whether a phrase is something done to a model in good faith."""
    named = any(m.kind == "own" for m in side.mentions)
    return (named or side.is_we or bool(METHOD.search(side.text))) and not UNMEANT.search(side.text)


def same_model(
    parsed: Parsed, left: Party, right: Sequence[Mention]
) -> Iterator[tuple[Party, tuple[Mention, ...], Mention]]:
    """`GPT-4 with X outperforms GPT-4 alone`: the model with a method on the left, the bare one on the right."""
    for mention in (m for m in right if m.kind == "closed"):
        twin = next((m for m in left.mentions if m.kind == "closed" and m.entity_id == mention.entity_id), None)
        if twin is None:
            continue
        own = tuple(m for m in left.mentions if m.kind == "own")
        place = next(i for i, m in parsed.mentions.items() if m is mention)
        bare = any(t.lower_ in _BARE for t in parsed.doc[max(0, place - 2) : place + 2])
        head = parsed.doc[left.token]
        phrase = unspaced(" ".join(t.text for t in head.subtree if t.dep_ not in ("relcl", "punct")))
        said = phrase.replace(twin.raw, " ")
        if (
            own or left.is_we or bare or METHOD.search(said) or re.search(r"\bour\b|\w*(?:tuned|trained)\b", said)
        ) and not UNMEANT.search(said):
            yield Party(left.token, own, phrase, False, False), own, mention
