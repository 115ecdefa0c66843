"""Rules 3 to 5 of the guide: whether pairs of scores bear out a relation and a stated margin, with the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.claims.verdict_figures import FIGURE, quotes_scores, systems_in
from extractors.claims.verdict_pairs import Pair
from extractors.claims.verdict_scope import Scope
from extractors.claims.verdict_words import VerdictWords, stated_count
from extractors.records import Claim, MarginUnit, Verdict
from extractors.registry.load import Registry

ON_PAR_MIN = -0.10  # rule 4: worse by more than 10 % of the baseline's score is not on par
MARGIN_POINTS = 0.1  # rule 5
MARGIN_LOOSE = 0.05  # rule 5, after `about`, `nearly`, `over`, `up to`
MIN_GENERAL = 2  # measurements that must be there to refute a statement which names none
MAX_GENERAL = 0.1  # share of them that may bear it out nevertheless; beyond, its author may have meant these
CLEAR = 3  # scores of a scope that a figure must fit to count as right
FEW = 8  # single scores of a scope that a stated margin is looked for in
_SAY = {"points": "points", "relative": "percent of the baseline", "times": "times", "percent": "percent"}
_SHOWN = 6  # pairs written out in a reason; more would not be read


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    reason: str
    pairs: tuple[Pair, ...]
    scope: str = "main"  # the kind of the scope that it was made in; `figure` where a stated figure came out


def check_relation(claim: Claim, scope: Scope, words: VerdictWords, registry: Registry) -> Finding:
    """Rules 3 and 4 over the pairs in scope, of which there is at least one."""
    by_name = _by_benchmark(claim, scope, words)
    if claim.relation == "on_par":
        return _on_par(by_name, scope, bool(words.some.search(claim.sentence)))
    sign = 1.0 if claim.relation == "beats" else -1.0
    bound = -ON_PAR_MIN if words.matching.search(claim.sentence) else 0.0  # `matches or exceeds`
    held = [name for name, pairs in by_name.items() if _holds(pairs, sign, bound)]
    failed = [name for name, pairs in by_name.items() if name not in held and sign * _mean_share(pairs) < 0]
    mean = sign * sum(_mean_share(pairs) for pairs in by_name.values()) / len(by_name)
    if averages := _averages(scope.pairs):
        mean = sign * _mean_share(averages)
    mean += bound
    word = "better" if sign > 0 else "worse"
    said = claim.sentence
    count = stated_count(said)
    tally = f"{word} on {len(held)} of {len(by_name)}"
    if len(by_name) == 1 and scope.kind != "main":
        ok, why = bool(held), ""
    elif count is not None and count[0] <= len(by_name) <= FEW:
        ok, why = len(held) >= count[0], f"{tally}, {count[0]} stated: "
    elif words.average.search(said):
        ok, why = mean > 0, f"on average {word if mean > 0 else 'not ' + word} ({sign * mean:+.1%}): "
        if not ok and held and scope.kind == "main":
            text = f"a general statement, {why}{arithmetic(scope.pairs)}; which scores are meant is not said"
            return Finding("not_checkable", text, ())
    elif words.some.search(said):
        ok, why = bool(held), f"{tally}: "
    elif words.most.search(said):
        ok, why = 2 * len(held) > len(by_name), f"{tally}: "
    elif (scope.kind == "named" or words.all.search(said)) and not words.overall.search(said):
        # an equal score does not turn the claim round as long as another bears it out
        # and where several baselines and benchmarks stand in one sentence, which belongs to which is not told
        ok = bool(held) and (not failed or _names_several(claim, registry))
        why = f"{tally}{', not on ' + ', '.join(failed[:3]) if failed else ''}: "
    else:
        ok, why = mean > 0 or len(held) > len(failed), f"{tally}, on average {sign * mean:+.1%}: "
        if not ok and (len(by_name) < MIN_GENERAL or len(held) > MAX_GENERAL * len(by_name)):
            text = f"a general statement, {why}{arithmetic(scope.pairs)}; which scores are meant is not said"
            return Finding("not_checkable", text, ())
    shown = [p for name in (failed if not ok else held) for p in by_name[name]] or list(scope.pairs)
    return Finding("supported" if ok else "refuted", why + arithmetic(shown), tuple(scope.pairs))


def _names_several(claim: Claim, registry: Registry) -> bool:
    """Whether the sentence sets several closed models against the subject."""
    models = registry.models
    named = {entity for _, entity in systems_in(claim, registry)}
    return len({e for e in named if e not in models or models[e].openness == "closed"}) > 1


def _holds(pairs: Sequence[Pair], sign: float, bound: float = 0.0) -> bool:
    """Whether one benchmark bears the relation out: on the mean of its scores, or on half of them at least where they
    are of several metrics or settings, which no mean puts together."""
    better = sum(1 for p in pairs if sign * p.share + bound > 0)
    return sign * _mean_share(pairs) + bound > 0 or (len(pairs) > 1 and 2 * better >= len(pairs))


def _on_par(by_name: Mapping[str, Sequence[Pair]], scope: Scope, is_limited: bool) -> Finding:
    """Rule 4; a statement on `some tasks` needs one of them. One that names no benchmark may be of those on which it
    holds, if there are such."""
    mean = sum(_mean_share(pairs) for pairs in by_name.values()) / len(by_name)
    if is_limited:
        mean = max(_mean_share(pairs) for pairs in by_name.values())
    counted = [p for pairs in by_name.values() for p in pairs]
    verdict: Verdict = "refuted" if mean < ON_PAR_MIN else "supported"
    if verdict == "refuted" and scope.kind != "named" and any(_mean_share(p) >= ON_PAR_MIN for p in by_name.values()):
        what = f"{mean:+.1%} of the baseline's score: {arithmetic(counted)}"
        text = f"a general statement, {what}; which scores are meant is not said"
        return Finding("not_checkable", text, ())
    how = "worse by more than 10 %" if verdict == "refuted" else "within 10 % or better"
    return Finding(verdict, f"{mean:+.1%} of the baseline's score, {how}: {arithmetic(counted)}", tuple(counted))


def check_margin(claim: Claim, pairs: Sequence[Pair], words: VerdictWords) -> Finding | None:
    """Rule 5: None where no margin is stated, else whether it comes out on one pair in scope, in the unit said."""
    if claim.margin is None or not pairs:
        return None
    margin = abs(claim.margin)
    unit = _unit(claim, words)
    tolerance = _tolerance(claim, words)
    readings: list[tuple[MarginUnit, Pair, float]] = []
    for p in _candidates(claim, pairs, words):
        readings += [("points", p, value) for value in _points(p)]
        if p.baseline.score:
            readings += [("relative", p, abs(p.share) * 100), ("times", p, p.subject.score / p.baseline.score)]
    hits = [(u, p) for u, p, value in readings if abs(value - margin) <= tolerance + 1e-9]
    wanted = ("points", "relative") if unit == "percent" else (unit,)
    good = [p for u, p in hits if u in wanted]
    if good:
        text = f"margin {margin:g} comes out: {arithmetic(good[:1], full=True)}"
        return Finding("supported", text, tuple(good[:1]), scope="figure")
    other = [(u, p) for u, p in hits if {u, unit} == {"points", "relative"}]
    if other:
        u, p = other[0]
        text = f"{margin:g} is said in {_SAY[unit]} but comes out in {_SAY[u]}: {arithmetic([p], full=True)}"
        return Finding("unit_error", text, (p,))
    near = min(readings, key=lambda r: abs(r[2] - margin))[1]
    return Finding(
        "refuted", f"stated margin {margin:g} comes out in no unit: {arithmetic([near], full=True)}", (near,)
    )


def is_clear(claim: Claim, pairs: Sequence[Pair], words: VerdictWords) -> bool:
    """Whether a figure that does not come out can be held against a claim: its scope is a few scores, or one table with
    an average of which the sentence speaks; of more scores it may be a figure of some that were not thought of. Of
    several figures told `respectively` it cannot, nor where the sentence prints the scores it was made of."""
    if re.search(r"\brespectively\b", claim.sentence) or quotes_scores(claim.sentence):
        return False
    if len(set(FIGURE.findall(claim.sentence))) > 1:
        return False  # one for each of several things
    labels = {p.label for p in pairs if not p.is_average}
    if len(labels) <= CLEAR:
        return True
    one_table = len({p.subject.table_id for p in pairs}) == 1
    return one_table and bool(_averages(pairs)) and words.average.search(claim.sentence) is not None


def check_shares(
    claim: Claim, shares: Sequence[tuple[float, int]], pairs: Sequence[Pair], words: VerdictWords
) -> Finding:
    """Rule 5 for `X % of the baseline's score`, each X with the number of its decimals; all of them must come out."""
    ratios = [
        (p, p.subject.score / p.baseline.score * 100) for p in _candidates(claim, pairs, words) if p.baseline.score
    ]
    shown: list[Pair] = []
    for share, digits in shares:
        step = 0.5 * 10.0**-digits
        tolerance = max(MARGIN_LOOSE * share, step) if words.about.search(claim.sentence) else max(MARGIN_POINTS, step)
        good = [p for p, ratio in ratios if abs(ratio - share) <= tolerance + 1e-9]
        if not good:
            near = [p for p, _ in sorted(ratios, key=lambda r: abs(r[1] - share))[:1]]
            text = f"stated {share:g} % of the baseline does not come out: {'; '.join(map(ratio_text, near))}"
            return Finding("refuted", text, tuple(near))
        shown.append(good[0])
    stated = " and ".join(f"{share:g} %" for share, _ in shares)
    text = f"{stated} comes out: {'; '.join(map(ratio_text, shown))}"
    return Finding("supported", text, tuple(shown), scope="figure")


def _candidates(claim: Claim, pairs: Sequence[Pair], words: VerdictWords) -> list[Pair]:
    """Pairs on which a stated figure may come out: averages, printed or of our own making, and single scores as long
    as there are few of them or the sentence speaks of the best (`up to`); among many, one fits by chance."""
    averages = _averages(pairs)
    parts = [p for p in pairs if not p.is_average]
    by_row: dict[tuple[str, str, str, str | None], list[Pair]] = {}
    for p in parts:
        by_row.setdefault(
            (p.subject.table_id, p.subject.model_raw, p.baseline.model_raw, p.subject.metric_id), []
        ).append(p)
    means = [_mean_pair(row) for row in by_row.values() if len(row) > 1]
    few = (
        parts if len({p.label for p in parts}) <= FEW or re.search(r"\b(?:up to|as much as)\b", claim.sentence) else []
    )
    return [*averages, *few, *means]


def _mean_pair(pairs: Sequence[Pair]) -> Pair:
    """The means of both sides over several benchmarks as a pair; ids are those of the first."""
    ours = sum(p.subject.score for p in pairs) / len(pairs)
    theirs = sum(p.baseline.score for p in pairs) / len(pairs)
    first = pairs[0]
    return Pair(
        replace(first.subject, score=round(ours, 4)),
        replace(first.baseline, score=round(theirs, 4)),
        f"mean of {len(pairs)}",
    )


def _unit(claim: Claim, words: VerdictWords) -> MarginUnit:
    if claim.margin_unit not in (None, "percent"):
        return claim.margin_unit
    figure = re.escape(f"{claim.margin:g}")
    near = re.search(rf"(?:\S+\s+){{0,3}}\S*?(?<![\d.]){figure}0*(?!\d)\s*%?(?:\s*\S+){{0,3}}", claim.sentence)
    around = near[0] if near else ""
    if words.absolute.search(around):
        return "points"
    return "relative" if words.relative.search(around) else "percent"


def _tolerance(claim: Claim, words: VerdictWords) -> float:
    margin = abs(claim.margin or 0.0)
    figure = re.search(rf"(.{{0,14}})(?<![\d.])({re.escape(f'{margin:g}')}0*)(?![\d])", claim.sentence)
    digits = len((figure[2] if figure else f"{margin:g}").partition(".")[2])
    exact = max(MARGIN_POINTS, 0.5 * 10.0**-digits)
    return max(exact, MARGIN_LOOSE * margin) if figure and words.about.search(figure[1]) else exact


def _points(p: Pair) -> list[float]:
    """The gap in points; of fractions also in points of a hundred."""
    gap = abs(p.lead)
    small = max(abs(p.subject.score), abs(p.baseline.score)) <= 1.0
    return [gap, gap * 100] if small else [gap]


def _by_benchmark(claim: Claim, scope: Scope, words: VerdictWords) -> dict[str, list[Pair]]:
    """Pairs by what is measured. Of a suite that the claim names, its average stands for it, else the mean of its
    parts; where no benchmark is named each column counts, and averages only where there is nothing else."""
    quality = [p for p in scope.pairs if not _is_count(p, words)] or list(scope.pairs)
    parts = quality
    if scope.kind != "named":
        parts = [p for p in quality if not p.is_average] or quality
    out: dict[str, list[Pair]] = {}
    for p in parts:
        name = p.group if p.group and not words.all.search(claim.sentence) else p.subject.benchmark_id or p.label
        if p.subject.benchmark_id and p.subject.subset and name == p.subject.benchmark_id:
            name = p.label
        out.setdefault(name, []).append(p)
    return {name: _averages(pairs) or pairs for name, pairs in out.items()}


def _is_count(pair: Pair, words: VerdictWords) -> bool:
    names = (pair.subject.metric_raw, pair.subject.benchmark_raw, pair.subject.subset)
    return any(words.counting.fullmatch(n.strip()) for n in names if n)


def _averages(pairs: Sequence[Pair]) -> list[Pair]:
    return [p for p in pairs if p.is_average]


def _mean_share(pairs: Sequence[Pair]) -> float:
    return sum(p.weight for p in pairs) / len(pairs) if pairs else 0.0


def arithmetic(pairs: Sequence[Pair], *, full: bool = False) -> str:
    """`GSM8K 81.6 > 57.1`; with `full` the differences too: `81.6 - 57.1 = 24.5 points, 42.9 % of 57.1`."""
    parts: dict[str, None] = {}  # two tables may print the same
    for p in pairs:
        a, b = p.subject.score, p.baseline.score
        sign = ">" if a > b else "<" if a < b else "="
        text = f"{p.label} {a:g} {sign} {b:g}"
        if full:
            share = f", {(a - b) / abs(b):+.1%} of {b:g}" if b else ""
            text = f"{p.label} {a:g} - {b:g} = {a - b:.4g} points{share}"
        parts[text] = None
    more = len(parts) - _SHOWN
    return "; ".join([*parts][:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def ratio_text(p: Pair) -> str:
    ratio = f" = {p.subject.score / p.baseline.score:.1%}" if p.baseline.score else ""
    return f"{p.label} {p.subject.score:g} / {p.baseline.score:g}{ratio}"
