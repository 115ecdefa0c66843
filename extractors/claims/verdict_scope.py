"""Scope of a claim (rule 1 and 2 of the guide): which pairs of scores of subject and baseline it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.claims.verdict_names import family_of
from extractors.claims.verdict_pairs import Pair
from extractors.claims.verdict_words import load_verdict_words
from extractors.records import Claim, PaperReading, Result, Table
from extractors.registry.link import link_benchmark
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.named import named_benchmarks

_PLACE = re.compile(r"\b(Tab(?:le|\.)s?|Fig(?:ure|\.)s?)\s*((?:[A-Z]?\d+[a-h]?(?:\s*(?:,|and|&|to|-|–)\s*)?)+)", re.I)
_OWN_LABEL = re.compile(r"^\s*(?:Table|Figure|Fig\.)\s*[A-Z]?\d+\s*[:.]")  # of a caption
_LOOK_BACK = 4  # sentences before a claim, in its section, in which `Table 3` still says what it is about
_LONG = 10  # letters of a name that is no part of another word by chance
_SHORT = 4  # letters of a header that a sentence may be looked through for
_ODD = re.compile(r"\w[A-Z\d]|\w-\w")  # of a name that is no English word
_NUMBERED = re.compile(r"\b[A-Z][a-z]+ \d+\b")
_FILL = frozenset({"the", "a", "an", "on", "of", "for", "in", "and"}) | frozenset(
    {"task", "tasks", "benchmark", "benchmarks", "dataset", "datasets", "data", "set", "sets", "test", "tests"}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """`named`: the sentence names benchmarks; `spoken`: it has a word that heads some scores, which may be chance;
    `pointed`: it, or the text before it, points to tables; `main`."""

    kind: str
    pairs: tuple[Pair, ...]


def scope_of(
    claim: Claim, pairs: Sequence[Pair], results: Sequence[Result], reading: PaperReading, registry: Registry
) -> Scope:
    """The pairs that the claim speaks of. Empty where it names benchmarks that the paper has tables of, but none with
    both sides, or points to figures alone: then it cannot be checked. A name that no table of the paper bears tells
    nothing of the scope, nor does a table without both sides that is named beside."""
    tables = {t.table_id: t for t in reading.tables}
    left = _excepted(claim.sentence)
    if left:
        pairs = [p for p in pairs if not any(h and _holds(left, h) for h in _headers(p.subject))]
    labels = places_named(_OWN_LABEL.sub("", claim.sentence))
    near = labels or _places_near(claim, reading)
    here = [p for p in pairs if _label_key(tables.get(p.subject.table_id)) in labels]
    names = _benchmarks_of(claim, reading, registry)
    known = _known(names, results, tables, registry)
    if known:
        named = _on_benchmarks(known, here, results, tables, registry)
        named = named or _on_benchmarks(known, pairs, results, tables, registry)
        return Scope("named", tuple(_on_metric(claim, named, registry)))
    spoken = [p for p in here or pairs if _is_spoken(p, claim.sentence)]
    if spoken:
        return Scope("named", tuple(_on_metric(claim, [replace(p, group=p.label) for p in spoken], registry)))
    pointed = here or [p for p in pairs if _label_key(tables.get(p.subject.table_id)) in near]
    after_on = [p for p in pointed or pairs if _is_after_on(p, claim.sentence)]
    if after_on:
        return Scope("spoken", tuple(_on_metric(claim, [replace(p, group=p.label) for p in after_on], registry)))
    if pointed:
        return Scope("pointed", tuple(_on_metric(claim, pointed, registry)))
    if near and (shown := _in_figures(near, reading, registry)):
        drawn = [p for p in pairs if p.subject.benchmark_id == shown]
        return Scope("pointed", tuple(_on_metric(claim, drawn, registry)))
    main = [p for p in pairs if _kind(tables.get(p.subject.table_id)) == "results"] or list(pairs)
    return Scope("main", tuple(_on_metric(claim, main, registry)))


def _is_spoken(pair: Pair, sentence: str) -> bool:
    """Whether the sentence names a header of the pair, though nobody took it for a benchmark: `in the I2-Cat. setting`.
    Only names that are no English words count, by a capital after the first letter, a digit or a sign, names before a
    word such as `test set`, and numbered ones (`Level 2`)."""
    headers = [h for h in (pair.subject.benchmark_raw, pair.subject.subset) if h]
    if any(len(key(h)) >= _SHORT and _ODD.search(h) and _holds(sentence, h) for h in headers):
        return True
    if any(_as_collection(h, sentence) or key(h) in _listed(sentence) for h in headers):
        return True
    parts = {n for h in (*headers, pair.subject.metric_raw, pair.subject.setting) for n in _NUMBERED.findall(h or "")}
    return any(_holds(sentence, n) for n in parts)


def _is_after_on(pair: Pair, sentence: str) -> bool:
    """Whether a header of one word stands after `on` or `in`: `on informal puzzles`, `in code and table probing`, or
    before `metric`."""
    words = load_verdict_words()
    headers = [h for h in (pair.subject.benchmark_raw, pair.subject.subset) if h and re.fullmatch(r"[A-Za-z]{4,}", h)]
    headers = [h for h in headers if not words.mean_header.fullmatch(h) and not words.broad.search(h)]
    if not headers:
        return False
    header = f"(?:{'|'.join(headers)})"
    named = rf"\b(?:on|in)(?: the| both)? (?:[\w-]+,? (?:and |or )?){{0,2}}{header}\b"
    return re.search(rf"{named}|\b{header} (?:metric|dimension|criterion)\b", sentence, re.I) is not None


def _listed(sentence: str) -> frozenset[str]:
    """Keys of the words before `categories`, `subsets` and the like: `in reading, dates, and sums categories`."""
    found = re.findall(rf"((?:[\w-]+(?:,? and |, |/| ))+){load_verdict_words().category.pattern}", sentence)
    return frozenset(key(w) for run in found for w in re.split(r",? and |, |/| ", run) if len(w) >= _SHORT)


def _as_collection(header: str, sentence: str) -> bool:
    """Whether both name one set of questions in words of their own: a column `Heron Prompts`, `the Heron test set`."""
    kind = load_verdict_words().collection.pattern
    name = re.sub(rf"\s*{kind}$", "", header, flags=re.I)
    if name == header or not re.match(r"[A-Z]", name) or len(key(name)) < _SHORT:
        return False
    return re.search(rf"(?<!\w){re.escape(name)}[\s-]+{kind}", sentence, re.I) is not None


def _excepted(sentence: str) -> str:
    """What stands after a word such as `except`, up to the next comma: there the claim does not hold, as it says
    itself. Nothing where a system is excepted and not a benchmark."""
    word = load_verdict_words().excepting.search(sentence)
    if word is None:
        return ""
    left = re.split(r"[,;]\s|\.(?:\s|$)", sentence[word.end() :], maxsplit=1)[0]
    return "" if family_of(left) else left


def _is_excepted(name: str, sentence: str) -> bool:
    return _holds(_excepted(sentence), name)


def _headers(result: Result) -> tuple[str | None, ...]:
    return result.benchmark_raw, result.subset, result.metric_raw


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
    links: set[str] = set()
    own = key((reading.text.title or "").partition(":")[0])
    for name in claim.benchmarks_raw:
        if load_verdict_words().kind_of(name) and not _is_excepted(name, claim.sentence):
            out[name] = None  # `on math tasks`: not the benchmark MATH
            continue
        link = link_benchmark(name, registry)
        links |= {link.entity_id} if link else set()
        if _is_excepted(name, claim.sentence) or (len(claim.benchmarks_raw) > 1 and key(name) == own):
            continue
        if key(name) and (link is not None or key(name) not in key(reading.text.title or "")):
            out[name] = link.entity_id if link else None
    for entity_id in claim.benchmark_ids:
        if entity_id not in out.values() and entity_id in registry.benchmarks and entity_id not in links:
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
    names: Mapping[str, str | None], results: Sequence[Result], tables: Mapping[str, Table], registry: Registry
) -> dict[str, str | None]:
    """Of the benchmarks named, those that some table of the paper is of; a registered one counts in any case."""
    return {
        name: entity_id
        for name, entity_id in names.items()
        if entity_id is not None
        or any(_is_named(name, None, r) for r in results)
        or (
            re.search(r"[A-Z\d]", name) is not None and any(_is_about(name, None, t, registry) for t in tables.values())
        )
    }


def _on_benchmarks(
    names: Mapping[str, str | None],
    pairs: Sequence[Pair],
    results: Sequence[Result],
    tables: Mapping[str, Table],
    registry: Registry,
) -> list[Pair]:
    """Pairs on the benchmarks named; a name that no header of a table bears may be that of the whole table."""
    own_column = {
        name: {r.table_id for r in results if _is_named(name, entity_id, r)} for name, entity_id in names.items()
    }
    out: list[Pair] = []
    for name, entity_id in names.items():
        mine = [p for p in pairs if _is_named(name, entity_id, p.subject)]
        mine = mine or [
            p
            for p in pairs
            if p.subject.table_id not in own_column[name]
            and _is_about(name, entity_id, tables.get(p.subject.table_id), registry)
        ]
        out += [
            replace(p, group=name)
            for p in mine
            if not any(p.subject is q.subject and p.baseline is q.baseline for q in out)
        ]
    return out


def _is_named(name: str, entity_id: str | None, result: Result) -> bool:
    """By id where both are linked; else a header that is, holds or is held by the name."""
    headers = [h for h in (result.benchmark_raw, result.subset) if h]
    if entity_id is None and (kind := load_verdict_words().kind_of(name)):
        return kind.fullmatch(result.benchmark_id or "") is not None
    if key(name) in map(key, headers) or (entity_id is not None and entity_id == result.benchmark_id):
        return True
    if entity_id is not None and result.benchmark_id is not None:  # a year or a count in the name is one edition of it
        return re.fullmatch(rf"{re.escape(entity_id)}-\d{{3,4}}", result.benchmark_id) is not None
    squeezed = len(key(name)) >= _LONG and any(key(name) in key(h) for h in headers)
    return squeezed or any(_holds(h, name) or _holds(name, h) for h in headers)


def _holds(text: str, name: str) -> bool:
    """Whether a text holds a name as whole words; a name of fill words alone, or of one letter, is in none."""
    words = [w for w in _plain(name) if w not in _FILL]
    joined = " ".join(w for w in _plain(text) if w not in _FILL)
    return len("".join(words)) > 2 and f" {' '.join(words)} " in f" {joined} "


def _is_about(name: str, entity_id: str | None, table: Table | None, registry: Registry) -> bool:
    """Whether caption or introduction of a table hold the name, in any spelling that the registry knows."""
    if table is None:
        return False
    entity = registry.benchmarks.get(entity_id or "")
    names = (name, entity.name, *entity.aliases) if entity else (name,)
    texts = [text for text in (table.caption, *table.context) if text]
    return any(_holds(t, n) or (len(key(n)) >= _LONG and key(n) in key(t)) for t in texts for n in names)


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
