"""Scope of a claim (rule 1 and 2 of the guide): which pairs of scores of subject and baseline it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.claims.verdict_sides import baseline_rows, referenced, subject_rows
from extractors.claims.verdict_words import VerdictWords
from extractors.records import Claim, PaperReading, Result, Table
from extractors.registry.link import link_benchmark
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.context import named_benchmarks

_PLACE = re.compile(r"\b(Tab(?:le|\.)s?|Fig(?:ure|\.)s?)\s*((?:[A-Z]?\d+[a-h]?(?:\s*(?:,|and|&|to|-|–)\s*)?)+)", re.I)
_OWN_LABEL = re.compile(r"^\s*(?:Table|Figure|Fig\.)\s*[A-Z]?\d+\s*[:.]")  # of a caption
_LOOK_BACK = 4  # sentences before a claim, in its section, in which `Table 3` still says what it is about
_LONG = 10  # letters of a name that is no part of another word by chance
_SHORT = 4  # letters of a header that a sentence may be looked through for
_ODD = re.compile(r"\w[A-Z\d]|\w-\w")
_FILL = frozenset({"the", "a", "an", "on", "of", "for", "in", "and"}) | frozenset(
    {"task", "tasks", "benchmark", "benchmarks", "dataset", "datasets", "data", "set", "sets", "test", "tests"}
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Scores of subject and baseline on one measurement. `label` names the benchmark as the reader sees it, `group`
    the one of the claim that it belongs to."""

    subject: Result
    baseline: Result
    label: str
    group: str = ""

    @property
    def up(self) -> bool:
        """Whether higher is better; where nobody says so it is, as for most scores."""
        return self.subject.higher_is_better is not False

    @property
    def lead(self) -> float:
        """How much better the subject is, in the unit of the score; negative where it is worse."""
        gap = self.subject.score - self.baseline.score
        return round(gap if self.up else -gap, 6)

    @property
    def share(self) -> float:
        """`lead` as a share of the baseline's score; 0 where that is 0."""
        return self.lead / abs(self.baseline.score) if self.baseline.score else 0.0

    @property
    def weight(self) -> float:
        """`share` for a mean: no single score counts for more than the whole of the baseline's."""
        return max(-1.0, min(1.0, self.share))

    @property
    def is_average(self) -> bool:
        names = (self.subject.benchmark_id, self.subject.benchmark_raw, self.subject.subset)
        return any(
            re.fullmatch(r"(?:macro|micro)?[- ]?(?:average|avg\.?|overall|all|total|mean)", n or "", re.I)
            for n in names
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """`named`: the sentence names benchmarks; `pointed`: it, or the text before it, points to tables; `main`."""

    kind: str
    pairs: tuple[Pair, ...]


def find_pairs(
    claim: Claim, results: Sequence[Result], words: VerdictWords, registry: Registry
) -> tuple[list[Pair], str | None]:
    """All scores of both sides, table by table; or none, and what is missing."""
    by_table: dict[str, list[Result]] = defaultdict(list)
    for r in results:
        by_table[r.table_id].append(r)
    subject: list[Result] = []
    baseline: list[Result] = []
    pairs: list[Pair] = []
    for rows in by_table.values():
        theirs = baseline_rows(claim, rows, words, registry)
        ours = subject_rows(claim, rows, theirs, words, registry)
        pairs += _side_by_side(ours, theirs)
        if not theirs:
            pairs += [_against_par(r, par, claim) for r, par in referenced(claim, rows, words)]
        subject += ours
        baseline += theirs
    if pairs:
        return pairs, None
    if not baseline:
        return [], f"no table scores {claim.baseline_raw}"
    if not subject:
        return [], f"no table scores {claim.subject_raw}"
    if claim.benchmark_ids or claim.benchmarks_raw:
        pairs = _across(subject, baseline)
    return pairs, None if pairs else f"no table scores {claim.subject_raw} and {claim.baseline_raw} side by side"


def _side_by_side(subject: Sequence[Result], baseline: Sequence[Result]) -> list[Pair]:
    theirs: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in baseline:
        theirs[_measured(r)].append(r)
    ours: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in subject:
        ours[_measured(r)].append(r)
    return [Pair(r, b, _label(r)) for k, rows in ours.items() for r, b in _matched(rows, theirs.get(k, ()))]


def _matched(subject: Sequence[Result], baseline: Sequence[Result]) -> list[tuple[Result, Result]]:
    """Which score of one side meets which of the other under one measurement. Where a table holds several for reasons
    that were not read (blocks, seeds), those of one row or column belong together; else everyone meets everyone."""
    pairs = [(r, b) for r in subject for b in baseline if r.result_id != b.result_id]
    if len(subject) > 1 and len(baseline) > 1:
        aligned = [(r, b) for r, b in pairs if r.row == b.row or r.col == b.col]
        return aligned or pairs
    return pairs


def _against_par(row: Result, par: float, claim: Claim) -> Pair:
    """The baseline's side of a relative score is no cell: the score that would mean a draw, with the row's own id."""
    return Pair(row, replace(row, model_raw=claim.baseline_raw, model_id=claim.baseline_id, score=par), _label(row))


def _across(subject: Sequence[Result], baseline: Sequence[Result]) -> list[Pair]:
    """Scores of both sides for one linked benchmark and metric, from two tables of the paper."""
    theirs: dict[tuple[str | None, ...], list[Result]] = defaultdict(list)
    for r in baseline:
        theirs[_measured(r)].append(r)
    out = []
    for r in subject:
        if r.benchmark_id is not None and r.metric_id is not None:
            out += [Pair(r, b, _label(r)) for b in theirs.get(_measured(r), ()) if b.table_id != r.table_id]
    return out


def _measured(r: Result) -> tuple[str | None, ...]:
    return (
        r.benchmark_id or key(r.benchmark_raw or ""),
        key(r.subset or ""),
        r.metric_id or key(r.metric_raw or ""),
    )


def _label(r: Result) -> str:
    parts = [p for p in (r.benchmark_raw, r.subset) if p]
    return " ".join(dict.fromkeys(parts)) or "the table's scores"


def scope_of(
    claim: Claim, pairs: Sequence[Pair], results: Sequence[Result], reading: PaperReading, registry: Registry
) -> Scope:
    """The pairs that the claim speaks of. Empty where it names benchmarks that the paper has tables of, but none with
    both sides, or points to figures alone: then it cannot be checked. A name that no table of the paper bears tells
    nothing of the scope, nor does a table without both sides that is named beside."""
    tables = {t.table_id: t for t in reading.tables}
    labels = places_named(_OWN_LABEL.sub("", claim.sentence))
    near = labels or _places_near(claim, reading)
    here = [p for p in pairs if _label_key(tables.get(p.subject.table_id)) in labels]
    names = _benchmarks_of(claim, reading, registry)
    known = _known(names, results, tables)
    if known:
        named = _on_benchmarks(known, here, tables) or _on_benchmarks(known, pairs, tables)
        return Scope("named", tuple(_on_metric(claim, named, registry)))
    spoken = [p for p in here or pairs if _is_spoken(p, claim.sentence)]
    if spoken:
        return Scope("named", tuple(_on_metric(claim, [replace(p, group=p.label) for p in spoken], registry)))
    pointed = here or [p for p in pairs if _label_key(tables.get(p.subject.table_id)) in near]
    if pointed:
        return Scope("pointed", tuple(_on_metric(claim, pointed, registry)))
    if near and (shown := _in_figures(near, reading, registry)):
        drawn = [p for p in pairs if p.subject.benchmark_id == shown]
        return Scope("pointed", tuple(_on_metric(claim, drawn, registry)))
    main = [p for p in pairs if _kind(tables.get(p.subject.table_id)) == "results"] or list(pairs)
    return Scope("main", tuple(_on_metric(claim, main, registry)))


def _is_spoken(pair: Pair, sentence: str) -> bool:
    """Whether the sentence names a header of the pair, though nobody took it for a benchmark: `in the I2-Cat. setting`.
    Only names that are no English words count, by a capital after the first letter, a digit or a sign."""
    headers = (pair.subject.benchmark_raw, pair.subject.subset)
    return any(h and len(key(h)) >= _SHORT and _ODD.search(h) and _holds(sentence, h) for h in headers)


def _in_figures(places: frozenset[str], reading: PaperReading, registry: Registry) -> str | None:
    """The benchmark that the captions of the figures pointed to name, or None."""
    captions = [c.text for c in reading.text.captions if c.kind == "figure" and key(c.label) in places]
    name = next(iter(named_benchmarks(captions, registry)), None)
    link = link_benchmark(name, registry) if name else None
    return link.entity_id if link else None


def _benchmarks_of(claim: Claim, reading: PaperReading, registry: Registry) -> dict[str, str | None]:
    """Benchmarks that the claim names, each with its id. The benchmark that the paper itself presents is none: all its
    tables are of it, and no header need say so."""
    out: dict[str, str | None] = {}
    for name in claim.benchmarks_raw:
        link = link_benchmark(name, registry)
        if key(name) and (link is not None or key(name) not in key(reading.text.title or "")):
            out[name] = link.entity_id if link else None
    for entity_id in claim.benchmark_ids:
        if entity_id not in out.values() and entity_id in registry.benchmarks:
            out[registry.benchmarks[entity_id].name] = entity_id
    return out


def places_named(text: str) -> frozenset[str]:
    """Keys of the tables and figures that a text points to: `Tables 3 and 4` gives table3, table4."""
    out: set[str] = set()
    for match in _PLACE.finditer(text):
        kind = "table" if match[1].casefold().startswith("tab") else "figure"
        out |= {f"{kind}{n.casefold()}" for n in re.findall(r"[A-Z]?\d+", match[2], re.I)}
    return frozenset(out)


def _label_key(table: Table | None) -> str:
    return key(table.label or "") if table else ""


def _kind(table: Table | None) -> str:
    return table.kind if table else "results"


def _places_near(claim: Claim, reading: PaperReading) -> frozenset[str]:
    """Places that the few sentences before the claim point to, in the same section; of a caption its own table."""
    sentences = reading.text.sentences
    words = key(claim.sentence)
    at = next(
        (i for i, s in enumerate(sentences) if s.page == claim.page and (key(s.text) in words or words in key(s.text))),
        None,
    )
    if at is None:
        return frozenset()
    if sentences[at].source == "caption":
        own = (t for t in reading.tables if t.caption and words and words in key(f"{t.label} {t.caption}"))
        return frozenset(map(_label_key, own))
    if sentences[at].source == "abstract":
        return frozenset()
    for i in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        if sentences[i].section != sentences[at].section:
            break
        if found := places_named(sentences[i].text):
            return found
    return frozenset()


def _known(
    names: Mapping[str, str | None], results: Sequence[Result], tables: Mapping[str, Table]
) -> dict[str, str | None]:
    """Of the benchmarks named, those that some table of the paper is of; a registered one counts in any case."""
    return {
        name: entity_id
        for name, entity_id in names.items()
        if entity_id is not None
        or any(_is_named(name, None, r) for r in results)
        or (re.search(r"[A-Z\d]", name) is not None and any(_is_about(name, t) for t in tables.values()))
    }


def _on_benchmarks(names: Mapping[str, str | None], pairs: Sequence[Pair], tables: Mapping[str, Table]) -> list[Pair]:
    """Pairs on the benchmarks named; a name that no header bears may be that of a whole table."""
    out: list[Pair] = []
    for name, entity_id in names.items():
        mine = [p for p in pairs if _is_named(name, entity_id, p.subject)]
        mine = mine or [p for p in pairs if _is_about(name, tables.get(p.subject.table_id))]
        out += [
            replace(p, group=name)
            for p in mine
            if not any(p.subject is q.subject and p.baseline is q.baseline for q in out)
        ]
    return out


def _is_named(name: str, entity_id: str | None, result: Result) -> bool:
    """By id where both are linked; else a header that is, holds or is held by the name."""
    headers = [h for h in (result.benchmark_raw, result.subset) if h]
    if key(name) in map(key, headers) or (entity_id is not None and entity_id == result.benchmark_id):
        return True
    if entity_id is not None and result.benchmark_id is not None:
        return False
    squeezed = len(key(name)) >= _LONG and any(key(name) in key(h) for h in headers)
    return squeezed or any(_holds(h, name) or _holds(name, h) for h in headers)


def _holds(text: str, name: str) -> bool:
    """Whether a text holds a name as whole words; a name of fill words alone, or of one letter, is in none."""
    words = [w for w in _plain(name) if w not in _FILL]
    joined = " ".join(w for w in _plain(text) if w not in _FILL)
    return len("".join(words)) > 2 and f" {' '.join(words)} " in f" {joined} "


def _is_about(name: str, table: Table | None) -> bool:
    """Whether caption or introduction of a table hold the name."""
    if table is None:
        return False
    return any(_holds(text, name) for text in (table.caption, *table.context) if text)


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9@.+-]*[a-z0-9]", text.casefold())


def _on_metric(claim: Claim, pairs: Sequence[Pair], registry: Registry) -> Iterable[Pair]:
    """Only the metric that the claim names, where a pair has it; only the shots that the sentence names, likewise."""
    said = {claim.metric_id} if claim.metric_id else _metrics_in(claim.sentence, pairs, registry)
    pairs = [p for p in pairs if p.subject.metric_id in said] or list(pairs)
    shots = re.findall(r"\b(\d+)[- ]?shot", claim.sentence, re.I) + (
        ["0"] if re.search(r"\bzero[- ]?shot", claim.sentence, re.I) else []
    )
    return [p for p in pairs if str(p.subject.n_shots) in shots] or pairs


def _metrics_in(sentence: str, pairs: Sequence[Pair], registry: Registry) -> set[str | None]:
    text = " ".join(_plain(sentence))
    out: set[str | None] = set()
    for metric_id in {p.subject.metric_id for p in pairs if p.subject.metric_id}:
        metric = registry.metrics[metric_id]
        names = (metric.name, metric.metric_id.replace("-", " "), *metric.aliases)
        if any(len(n) > 1 and re.search(rf"(?<!\w){re.escape(' '.join(_plain(n)))}(?!\w)", text) for n in names):
            out.add(metric_id)
    return out
