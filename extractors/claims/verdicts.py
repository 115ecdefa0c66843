"""Verdicts: whether a paper's own tables bear its claims out, by the six rules of the annotation guide, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.verdict_aspects import unmeasured
from extractors.claims.verdict_best import best_rows
from extractors.claims.verdict_directions import with_directions
from extractors.claims.verdict_divided import divided_sentences, told_of
from extractors.claims.verdict_figures import is_of_baseline, quotes_scores, states_figure
from extractors.claims.verdict_methods import aided_pairs, tuned_rows
from extractors.claims.verdict_names import GENERIC, family_of, is_unnamed_own, own_subjects, tokens
from extractors.claims.verdict_pairs import Pair, find_pairs, method_pairs, with_added_columns
from extractors.claims.verdict_quotes import both_quoted, quoted_pairs, scores_said
from extractors.claims.verdict_reasons import looked_for
from extractors.claims.verdict_rules import (
    Finding,
    check_margin,
    check_relation,
    check_shares,
    is_clear,
)
from extractors.claims.verdict_scope import Scope, scope_of
from extractors.claims.verdict_sides import is_class
from extractors.claims.verdict_words import VerdictWords, load_verdict_words
from extractors.records import Claim, PaperReading, Result
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.context import own_names

_SHARE = re.compile(
    r"(\d+(?:\.(\d+))?)\s?%\s+(?:of\s+)?(?:the\s+)?(?:quality\s+of\s+|performance\s+of\s+)?([A-Z][\w.-]+)"
)
_TALLY = re.compile(r"\b(?:in|on) \d+ (?:examples|cases|instances|samples)\b", re.I)
_PRONOUNS = frozenset({"it", "its", "this", "that", "they", "these", "those"})
_THE_MODEL = re.compile(
    r"(?:open-?source|base|backbone|student|target|resulting|small|smaller|smaller open-?source) model", re.I
)
_EXCEPTION = "exception"  # the rule of claims such as `best of all but GPT-4`
_MAX_EVIDENCE = 24  # cells named as evidence; a claim over a whole suite is borne out by more than anyone reads


def judge(
    claims: Sequence[Claim], results: Sequence[Result], reading: PaperReading, registry: Registry
) -> tuple[Claim, ...]:
    """The claims of one paper with verdict, reason (the arithmetic in words) and evidence (result ids), order kept."""
    words = load_verdict_words()
    results = with_directions(with_added_columns(results), reading.tables)
    divided = divided_sentences(claims)
    names = own_subjects(claims)

    def judged(claim: Claim) -> Claim:
        told = _judged(claim, results, reading, words, registry, is_divided=told_of(claim) in divided)
        for name in names if told.verdict == "not_checkable" and is_unnamed_own(claim) else ():
            same = replace(claim, subject_raw=name)  # what the paper calls it elsewhere may support, not refute
            again = _judged(same, results, reading, words, registry, is_divided=False)
            if again.verdict == "supported":
                return replace(again, subject_raw=claim.subject_raw)
        return told

    return tuple(judged(claim) for claim in claims)


def _judged(
    claim: Claim,
    results: Sequence[Result],
    reading: PaperReading,
    words: VerdictWords,
    registry: Registry,
    *,
    is_divided: bool,
) -> Claim:
    finding = _find(claim, results, reading, words, registry)
    if claim.scope_source == "context" and finding.verdict != "supported":
        finding = _without_context(claim, finding, results, reading, words, registry)
    if finding.verdict != "supported" and _THE_MODEL.fullmatch(claim.subject_raw):
        # `it turns the base model into ...`
        own = replace(claim, subject_raw="our model", subject_id=None, is_own=True)
        told = _find(own, results, reading, words, registry)
        finding = told if told.verdict == "supported" else finding
    if finding.verdict in ("supported", "refuted") and finding.scope != "figure":
        aspect = unmeasured(claim, [p.subject for p in finding.pairs], reading, words, registry)
        if aspect is not None:
            finding = Finding("not_checkable", f"no table measures {aspect}", ())
    if finding.verdict == "refuted" and (why := _doubt(claim, finding, words, registry, is_divided=is_divided)):
        finding = Finding("not_checkable", f"{why}: {finding.reason}", ())
    ids = list(dict.fromkeys(i for p in finding.pairs for i in (p.subject.result_id, p.baseline.result_id)))
    return replace(
        claim,
        verdict=finding.verdict,
        verdict_reason=finding.reason,
        evidence=tuple(ids[:_MAX_EVIDENCE]),
    )


def _doubt(claim: Claim, finding: Finding, words: VerdictWords, registry: Registry, *, is_divided: bool) -> str | None:
    """Why a refutation may rest on a sentence read wrongly, or None."""
    unnamed = re.fullmatch(r"(?:\d+(?:\.\d+)?[bm] )?(?:models?|llms?)", claim.subject_raw.casefold())
    if (
        set(tokens(claim.subject_raw)) <= _PRONOUNS
        or unnamed
        or not (claim.is_own or re.search(r"[A-Z\d]", claim.subject_raw))
    ):
        return f"what {claim.subject_raw} stands for is not sure"
    groups = {key(p.group) for p in finding.pairs if p.group}
    if claim.scope_source == "sentence" and groups and not any(g in key(claim.sentence) for g in groups):
        return "the sentence does not name the benchmarks"
    elsewhere = states_figure(claim.sentence) if claim.margin is None else not is_of_baseline(claim, registry)
    if claim.scope_source == "context" and elsewhere:
        return "the sentence goes on with something said before it"
    if is_divided:
        return "the sentence says two things of the same systems, and which scores belong to which is not told"
    if claim.rule == _EXCEPTION:
        return "that it is behind is only implied by an exception"
    said = re.findall(re.escape(claim.baseline_raw), claim.sentence)
    if words.contrast.search(claim.sentence) and len(said) > 1 and any(_bears_out(p, claim) for p in finding.pairs):
        return "the sentence has a side for and a side against, and which scores belong to which is not told"
    made_with = rf"[\w-]+ \((?:using|with|based on|via|powered by) (?:the )?{re.escape(claim.baseline_raw)}\b"
    if re.search(made_with, claim.sentence) and not any(family_of(p.baseline.model_raw) is None for p in finding.pairs):
        return "the other side is a system made with the baseline, not the baseline itself"
    if words.none.search(claim.sentence) and not claim.negated:
        return "the sentence denies something, which may be this"
    return None


def _bears_out(pair: Pair, claim: Claim) -> bool:
    return pair.lead > 0 if claim.relation == "beats" else pair.lead < 0


def _without_context(
    claim: Claim,
    finding: Finding,
    results: Sequence[Result],
    reading: PaperReading,
    words: VerdictWords,
    registry: Registry,
) -> Finding:
    """The finding of a claim whose benchmarks were named before it, not in it, where they do not bear it out: that of
    all that the sentence itself points to, as they may not be meant. Refuted only if both readings are."""
    general = replace(claim, benchmarks_raw=(), benchmark_ids=(), scope_source=None)
    other = _find(general, results, reading, words, registry)
    presented = key(f"{reading.text.title or ''} {reading.text.abstract or ''}")
    is_own = bool(claim.benchmarks_raw) and all(key(n) in presented for n in claim.benchmarks_raw)
    is_headed = any(key(n) in key(claim.section or "") for n in claim.benchmarks_raw)
    sure = finding.verdict != "not_checkable" or other.scope != "main" or is_own
    if other.verdict == "supported" and (sure or not is_headed):
        return other  # of a benchmark that the paper presents itself are all its tables
    if finding.verdict == "not_checkable":
        return finding
    if other.verdict == "not_checkable":
        reason = f"the sentence does not name the benchmarks: {finding.reason}"
        return Finding("not_checkable", reason, ())
    return finding


def _find(
    claim: Claim, results: Sequence[Result], reading: PaperReading, words: VerdictWords, registry: Registry
) -> Finding:
    if _TALLY.search(claim.sentence):
        return Finding("not_checkable", "the sentence counts examples, which no table of scores does", ())
    if claim.margin is not None and words.effort.search(claim.sentence) and claim.scope_source != "sentence":
        return Finding("not_checkable", "the figure is of time or effort, not of scores", ())
    if not claim.is_own and claim.relation != "behind" and not set(tokens(claim.subject_raw)) - GENERIC:
        return Finding("not_checkable", f"which models are meant by {claim.subject_raw} is not said", ())
    if words.human.search(claim.sentence) and not words.machine.search(claim.sentence):
        results = [r for r in results if _is_by_people(r, reading, words)]
        if not results:
            return Finding("not_checkable", "people judged, and no table holds their judgement", ())
    pairs, missing = find_pairs(claim, results, words, registry)
    if missing is not None and claim.is_own:
        return _by_other_name(claim, missing, results, reading, words, registry)
    if missing is not None:
        used = method_pairs(claim, results, words, registry) if claim.relation == "beats" else []
        if quoted := both_quoted(claim, used, registry):  # `the few-shot judge lifts GPT-4 from 65.0 to 77.5`
            return check_relation(claim, Scope("named", tuple(quoted)), words, registry)
        if (aided := _aided(claim, results, reading, words, registry)) is not None:
            return aided
        return Finding("not_checkable", looked_for(claim, missing, reading), ())
    return _weigh(claim, pairs, results, reading, words, registry)


def _by_other_name(
    claim: Claim,
    missing: str,
    results: Sequence[Result],
    reading: PaperReading,
    words: VerdictWords,
    registry: Registry,
) -> Finding:
    """The finding on the paper's own system under the name that title and abstract give it; else, where it is a way
    of using the baseline, on the baseline used otherwise than plainly. That may support a claim, not refute it."""
    for name in own_names(reading.text.title or "", reading.text.abstract or ""):
        same = replace(claim, subject_raw=name, subject_id=None)
        pairs, _ = find_pairs(same, results, words, registry)
        if pairs:
            return _weigh(same, pairs, results, reading, words, registry)
    used = method_pairs(claim, results, words, registry) if claim.relation == "beats" else []
    if used and (finding := _weigh(claim, used, results, reading, words, registry)).verdict == "supported":
        return finding
    if (aided := _aided(claim, results, reading, words, registry)) is not None:
        return aided
    if tuned := tuned_rows(results):
        pairs, _ = find_pairs(replace(claim, subject_raw="our model", subject_id=None), tuned, words, registry)
        if pairs and (finding := _weigh(claim, pairs, results, reading, words, registry)).verdict == "supported":
            return finding
    return Finding("not_checkable", looked_for(claim, missing, reading), ())


def _aided(
    claim: Claim, results: Sequence[Result], reading: PaperReading, words: VerdictWords, registry: Registry
) -> Finding | None:
    """The finding on the baseline with the method of the subject beside it without, if that supports the claim."""
    pairs = aided_pairs(claim, results, words) if claim.relation != "on_par" else []
    finding = _weigh(claim, pairs, results, reading, words, registry) if pairs else None
    return finding if finding is not None and finding.verdict == "supported" else None


def _weigh(
    claim: Claim,
    pairs: Sequence[Pair],
    results: Sequence[Result],
    reading: PaperReading,
    words: VerdictWords,
    registry: Registry,
) -> Finding:
    """The finding on the scores of both sides, of which there is at least one pair (rules 1 and 3 to 5)."""
    scope = scope_of(claim, pairs, results, reading, registry)
    quoted = quoted_pairs(claim, scope.pairs, registry) or quoted_pairs(claim, pairs, registry)
    if quoted and not scope.pairs:
        scope = Scope("named", tuple(quoted))
    if not scope.pairs:
        stated = _check_figures(claim, pairs, words, registry)
        if stated is not None and stated.verdict == "supported":
            return stated
        return Finding("not_checkable", looked_for(claim, "scope", reading), ())
    everything = quoted or scope.pairs
    scope = Scope(scope.kind, tuple(quoted or best_rows(scope.pairs)))
    relation = replace(check_relation(claim, scope, words, registry), scope=scope.kind)
    if relation.verdict == "refuted" and scope.kind == "spoken":
        return Finding("not_checkable", f"which scores are meant is not sure: {relation.reason}", ())
    if relation.verdict == "refuted":
        return _if_sure(claim, relation, bool(quoted), words, registry)
    stated = _check_figures(claim, everything, words, registry)
    if stated is None:
        return relation
    if stated.verdict != "supported" and len(everything) < len(pairs):
        elsewhere = _check_figures(claim, pairs, words, registry)
        if elsewhere is not None and elsewhere.verdict == "supported":
            return elsewhere  # the figure is one of the paper's own, of more or other scores than were named
    if stated.verdict == "refuted" and not is_clear(claim, everything, words):
        return relation  # which of many scores the figure is of cannot be told
    return stated


def _is_by_people(result: Result, reading: PaperReading, words: VerdictWords) -> bool:
    """Whether a score tells what people judged, by its headers or its table's caption and introduction."""
    table = next((t for t in reading.tables if t.table_id == result.table_id), None)
    texts = (result.benchmark_raw, result.subset, result.metric_raw, result.setting)
    more = (table.caption, *table.context) if table else ()
    return any(t and (re.search(r"\bhuman\b", t, re.I) or words.human.search(t)) for t in (*texts, *more))


def _check_figures(claim: Claim, pairs: Sequence[Pair], words: VerdictWords, registry: Registry) -> Finding | None:
    """Rule 5 for a share of the baseline or a margin, where the sentence states one of this baseline; else None."""
    if shares := _stated_shares(claim):
        return check_shares(claim, shares, pairs, words)
    if claim.margin is not None and is_of_baseline(claim, registry):
        return check_margin(claim, pairs, words)
    return None


def _if_sure(claim: Claim, finding: Finding, is_quoted: bool, words: VerdictWords, registry: Registry) -> Finding:
    """A refutation, unless it may be of other scores than the sentence means: the subject is a class of models, the
    sentence prints scores that are not these, or nobody says whether more is better."""
    if is_class(claim, words):
        return Finding("not_checkable", f"which models are meant is not said: {finding.reason}", ())
    if quotes_scores(claim.sentence) and not is_quoted:
        return Finding("not_checkable", f"the scores that the sentence prints stand in no table: {finding.reason}", ())
    printed = scores_said(claim, registry)
    if printed and not any(s in printed for p in finding.pairs for s in (p.subject.score, p.baseline.score)):
        return Finding("not_checkable", f"the score that the sentence prints is none of these: {finding.reason}", ())
    if all(p.subject.higher_is_better is None for p in finding.pairs):
        return Finding("not_checkable", f"whether more is better is not known: {finding.reason}", ())
    return finding


def _stated_shares(claim: Claim) -> list[tuple[float, int]]:
    """`95% of ChatGPT` said of this claim's baseline, as (95.0, 0): figures with their decimals."""
    family = family_of(claim.baseline_id or claim.baseline_raw)
    return [
        (float(m[1]), len(m[2] or "")) for m in _SHARE.finditer(claim.sentence) if family and family_of(m[3]) == family
    ]
