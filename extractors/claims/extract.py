"""Claims of one paper: candidate sentences, their comparisons, and the slots filled. No verdicts here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from extractors.claims.context import is_hedged, is_negated, is_wish
from extractors.claims.contrasts import carried_on
from extractors.claims.exceptions import exceptions
from extractors.claims.frames import compare
from extractors.claims.limits import limits
from extractors.claims.mentions import Mention, find_mentions, may_name_closed
from extractors.claims.own import own_names
from extractors.claims.parsing import Parsed, parse, plain
from extractors.claims.rules import Pattern, Rules, load_rules
from extractors.claims.scope import Scope
from extractors.claims.sides import INVERSE, Comparison
from extractors.claims.slots import margin_in, metric_in
from extractors.claims.subjects import Resolver, Subject
from extractors.ids import stable_id
from extractors.records import Claim, PaperMeta, PaperReading, Relation, Sentence
from extractors.registry.load import Registry
from extractors.registry.names import key

_NEGATED: dict[Relation, Relation] = {"beats": "behind", "on_par": "behind", "behind": "on_par"}
_LAST = (
    "scores",
    "contrast",
    "only",
    "beside",
    "sole",
)  # frames that are asked only where the words of no other make a comparison
_LONGEST = 900  # characters; longer runs are tables or lists read as text
_EQUATED = re.compile(r"ChatGPT(?:-4\b| ?\((?:\w+ ){0,3}GPT-?4)|\bGPT-?4 ?\(ChatGPT\)")
_DAVINCI = re.compile(r"GPT-?3\.5 ?\((?:i\.e\.,? |OpenAI |\w+ ){0,2}text-?davinci-?(?P<n>00[23])", re.I)
_TURBO = re.compile(r"GPT-?3\.5-turbo", re.I)
_GPT35 = re.compile(r"GPT[- ]?3\.5|gpt-3\.5")


@dataclass(frozen=True, slots=True)
class _Item:
    """A candidate sentence, its text as parsed, the names in it and the comparisons found."""

    sentence: Sentence
    text: str
    mentions: tuple[Mention, ...]
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper and what its sentences tell of one another."""

    reading: PaperReading
    registry: Registry
    resolver: Resolver
    scope: Scope
    equated: Mapping[str, str]


def extract_claims(reading: PaperReading, meta: PaperMeta, registry: Registry) -> tuple[Claim, ...]:
    """Every comparison with a closed model which the running text makes, in reading order; `verdict` is None.

    One claim for each sentence, relation and baseline. A name that the registry lacks is kept as printed.
    """
    closed = may_name_closed(registry)
    candidates = [s for s in reading.text.sentences if len(s.text) < _LONGEST and closed(s.text)]
    if not candidates:
        return ()
    own = own_names(reading, meta, registry)
    paper = _Paper(
        reading, registry, Resolver(reading, registry, own), Scope(reading, registry, own), _equations(reading)
    )
    claims: list[Claim] = []
    for item in _items(candidates, closed, registry, own):
        claims.extend(_claims(item, paper, load_rules()))
    return _with_ids(claims, reading, meta)


def _items(
    candidates: Sequence[Sentence], closed: Callable[[str], bool], registry: Registry, own: Mapping[str, str | None]
) -> Iterator[_Item]:
    kept: list[tuple[Sentence, str, tuple[Mention, ...]]] = []
    for sentence in candidates:
        text = plain(sentence.text, closed)
        mentions = find_mentions(text, registry, own)
        if any(m.kind == "closed" for m in mentions):
            kept.append((sentence, text, mentions))
    for (sentence, text, mentions), parsed in zip(kept, parse((t, m) for _, t, m in kept), strict=True):
        if parsed is not None:
            yield _Item(sentence, text, mentions, parsed)


def comparisons(parsed: Parsed, rules: Rules) -> list[tuple[Comparison, bool]]:
    """The comparisons of a parsed sentence with whether each is negated, one for each relation and baseline."""
    found: list[tuple[Comparison, bool]] = []
    doc = parsed.doc
    for pattern, start, end in sorted(rules.matches(doc), key=lambda m: (m[0].frame in _LAST, m[1], -m[2])):
        if is_wish(doc, start):
            continue
        cue = doc[start:end]
        if _is_half(cue):
            continue  # `neither better nor worse`: told by the second
        if pattern.frame in _LAST and found:
            continue
        before = [c for c, _ in found]
        for comparison in list(compare(parsed, cue, pattern)) or carried_on(parsed, cue, pattern, before):
            negated = is_negated(doc, start, end) or (pattern.frame == "verb" and _holds_not(cue))
            relation = _negated(comparison, pattern) if negated else comparison.relation
            found.append((replace(comparison, relation=relation), negated))
    found.extend((c, False) for c in exceptions(parsed, found))
    found.extend((c, False) for c in limits(parsed, found))
    return _single(found)


def _is_half(cue: Span) -> bool:
    """Whether a comparative stands between `neither` and `nor` with another one after it."""
    doc = cue.doc
    before = cue.start > 0 and doc[cue.start - 1].lower_ == "neither"
    after = doc[cue.end : cue.end + 2]
    return before and len(after) == 2 and after[0].lower_ == "nor" and after[1].tag_ in ("JJR", "RBR")


def _holds_not(cue: Span) -> bool:
    """`is not far behind`."""
    return any(t.lower_ in ("not", "n't", "n’t", "never") for t in cue)


def _negated(comparison: Comparison, pattern: Pattern) -> Relation:
    """What a negation makes of a comparison: it bears on what the sentence says of its own subject."""
    if pattern.negated is not None:
        return pattern.negated
    if comparison.flipped:
        return INVERSE[_NEGATED[INVERSE[comparison.relation]]]
    return _NEGATED[comparison.relation]


def _single(found: list[tuple[Comparison, bool]]) -> list[tuple[Comparison, bool]]:
    """One comparison for each relation and baseline; a gap that is closed or narrowed is told by its verb alone."""
    seen: dict[tuple[Relation, str], tuple[Comparison, bool]] = {}
    wider = [c for c, _ in found if c.rule == "comparable"]
    narrowed = {c.baseline.start for c, _ in found if c.rule in ("comparable", "lag", "progress")}
    for comparison, negated in found:
        if comparison.rule == "gap" and comparison.baseline.start in narrowed:
            continue
        if negated and any(_covers(w, comparison) for w in wider):
            continue  # `no significant advantage over`
        slot = (comparison.relation, comparison.baseline.entity_id or comparison.baseline.raw)
        if slot not in seen or (seen[slot][0].subject is None and comparison.subject is not None):
            seen[slot] = (comparison, negated)
    return list(seen.values())


def _covers(wide: Comparison, narrow: Comparison) -> bool:
    """Whether the cue of one comparison holds that of another with the same baseline."""
    same = wide.baseline == narrow.baseline and wide is not narrow
    return same and wide.cue[0] <= narrow.cue[0] and narrow.cue[1] <= wide.cue[1]


def _claims(item: _Item, paper: _Paper, rules: Rules) -> Iterator[Claim]:
    done: set[tuple[Relation, str]] = set()
    found = comparisons(item.parsed, rules)
    places = sorted({_place(item, c) for c, _ in found})
    for comparison, negated in found:
        earlier = [m for i, m in sorted(item.parsed.mentions.items()) if i < comparison.cue[0]]
        subject = paper.resolver.subject(comparison, item.sentence, earlier)
        if subject is None:
            continue
        baseline_id = comparison.baseline.entity_id
        baseline_id = paper.equated.get(key(comparison.baseline.raw), baseline_id)
        slot = (comparison.relation, baseline_id or comparison.baseline.raw)
        if slot in done or (subject.entity_id is not None and subject.entity_id == baseline_id and not subject.is_own):
            continue
        done.add(slot)
        yield _claim(item, comparison, negated, subject, baseline_id, paper, places)


def _claim(
    item: _Item,
    comparison: Comparison,
    negated: bool,
    subject: Subject,
    baseline_id: str | None,
    paper: _Paper,
    places: Sequence[int],
) -> Claim:
    """`places` are those of all comparisons of the sentence: a margin belongs to the nearest."""
    near = _place(item, comparison)
    named = paper.scope.named(item.text, item.mentions, near)
    benchmarks = named or paper.scope.around(item.sentence)
    margin, unit = margin_in(item.text, near, places)
    return Claim(
        claim_id="",
        group_id="",
        paper_id=paper.reading.paper_id,
        page=item.sentence.page,
        lines=item.sentence.lines,
        section=item.sentence.section,
        sentence=item.sentence.text,
        subject_raw=subject.raw,
        subject_id=subject.entity_id,
        is_own=subject.is_own,
        relation=comparison.relation,
        baseline_raw=comparison.baseline.raw,
        baseline_id=baseline_id,
        benchmarks_raw=tuple(raw for raw, _ in benchmarks),
        benchmark_ids=tuple(i for _, i in benchmarks if i is not None),
        metric_id=metric_in(item.text, paper.registry, near),
        margin=margin,
        margin_unit=unit,
        hedged=is_hedged(item.text),
        negated=negated,
        rule=comparison.rule,
        confidence=round(comparison.confidence * subject.confidence, 3),
        scope_source="sentence" if named else "context" if benchmarks else None,
    )


def _place(item: _Item, comparison: Comparison) -> int:
    """The place in the sentence's characters of a cue, told from its share of the tokens' length."""
    doc = item.parsed.doc
    before, whole = len(doc[: comparison.cue[0]].text), len(doc.text)
    return int(len(item.text) * before / max(1, whole))


def _equations(reading: PaperReading) -> dict[str, str]:
    """What a paper says that a name means in it: keys of names to model ids.

    `ChatGPT` is GPT-4 where the paper says so and never speaks of GPT-3.5; `GPT-3.5` is the davinci model which the
    paper puts in brackets after it, unless it names gpt-3.5-turbo too.
    """
    texts = [s.text for s in reading.text.sentences]
    out: dict[str, str] = {}
    if any(_EQUATED.search(t) for t in texts) and not any(_GPT35.search(t) for t in texts):
        out[key("ChatGPT")] = "gpt-4"
    davinci = next((m for t in texts if (m := _DAVINCI.search(t))), None)
    if davinci is not None and not any(_TURBO.search(t) for t in texts):
        out[key("GPT-3.5")] = f"text-davinci-{davinci['n']}"
    return out


def _with_ids(claims: Sequence[Claim], reading: PaperReading, meta: PaperMeta) -> tuple[Claim, ...]:
    """Ids from what is claimed and in which words; a sentence printed twice counts its occurrences."""
    seen: dict[tuple[object, ...], int] = {}
    out = []
    for claim in claims:
        subject = "own" if claim.is_own else claim.subject_id or key(claim.subject_raw)
        baseline = claim.baseline_id or key(claim.baseline_raw)
        said = (key(claim.sentence), claim.relation, baseline)
        seen[said] = seen.get(said, 0) + 1
        scope = ",".join(sorted(claim.benchmark_ids or [key(b) for b in claim.benchmarks_raw]))
        out.append(
            replace(
                claim,
                claim_id=stable_id("c", reading.paper_id, meta.version, *said, seen[said]),
                group_id=stable_id("g", reading.paper_id, subject, claim.relation, baseline, scope),
            )
        )
    return tuple(out)
