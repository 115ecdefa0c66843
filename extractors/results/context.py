"""What caption, introducing text, title and abstract say where the headers are silent: benchmark, metric, models, and
the name of the paper's own system."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extractors.records import PaperMeta, PaperReading, Table
from extractors.registry.link import link_benchmark, link_metric, link_model
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.named import metric_in, named_benchmarks, named_models
from extractors.results.openness import Openness, of_own
from extractors.results.words import Words

_NO_TOPIC = frozenset(
    ("with", "different", "various", "results", "evaluation", "comparison", "performance", "model", "models")
)
# What a paper's text may give a table whose own words name no metric. Words that are English before they are metrics
# (recall, agreement), and what is always said beside the scores (perplexity, error rate), are not among them.
GUESSES = (
    *("accuracy", "exact-match", "f1", "macro-f1", "pass@1", "win-rate", "bleu", "success-rate", "pass-rate"),
    *("attack-success-rate", "gpt-4-score"),
)
_OFTEN = 5  # sentences that name a benchmark before it is taken for what the whole paper measures on
# `we introduce the small WREN (Wide Reading Network)`, `a model called WREN`, `Wide Reading Network (WREN)`
_PRESENTS = re.compile(
    r"\b(?:we|paper|work|report)\b[^.]{0,40}?"
    r"\b(?:introduc|present|propos|develop|releas|train|build|design|call|name|term|dub)\w*\s+(?:\w+[ -]){0,5}?"
    r"([A-Z][\w+-]*[A-Z0-9][\w.+-]*(?: [A-Z0-9][\w.-]*)?)(?:\s*\(([A-Z][\w+-]{1,15})\))?"
)
_CALLED = re.compile(r"\b(?:called|named|termed|dubbed)\s+([A-Z][\w.+-]*)")
_SPELT_OUT = re.compile(r"\b[A-Z][a-z]+(?:[ -](?:of[ -])?[A-Z][a-z]+)+\s*\(([A-Z][A-Za-z]{2,11})\)")
_WE = re.compile(r"\b(?:we|our|propos\w+|introduc\w+|develop)\b", re.I)
_ABOUT_BENCHMARKS = re.compile(r"\bbenchmark|\bdata ?set|evaluation suite|leaderboard", re.I)
_CALLED_BENCHMARK = re.compile(r"\b[A-Z][\w-]*(?:Bench|Eval|Arena|QA)\b")
_PRESENTS_BENCHMARK = re.compile(
    r"\b(?:introduc|present|propos|creat|construct|develop|releas|build|built|curat|collect)\w*\s+(?:\w+ ){0,4}?"
    r"([A-Z][\w-]*[A-Z0-9][\w-]*)(?=[^.]{0,80}\b(?:benchmark|data ?set|corpus|suite|test))"
)
_BEHIND = (
    r"\s+(?:the\s+|our\s+)?(?!(?:Eq|Sec|Tab|Fig|App|Alg)[a-z]*\b)"
    r"([“\"]?[A-Z][\w+./’'-]*(?:[ -][A-Z0-9][\w+./’'-]*){0,3}[”\"]?)"
)
_OBJECT = re.compile(rf"\b(?:on|over|for){_BEHIND}")
_TASK = re.compile(
    r"\b(?:on|for|in)\s+(?:the\s+|our\s+)?(?!the |our |an? |all |these |this |both |each |two |three )"
    r"((?:[a-z][a-z-]+ ){1,4}?[a-z][a-z-]+)\s+(?:tasks?|benchmarks?)\b"
)
_SOURCE = re.compile(rf"\b(?:using|from){_BEHIND}")
# `The APDR of different attacks`: what a caption that begins so lists is measured in it
_SUBJECT = re.compile(
    r"(?:The |Average |Mean )?([A-Z]{2,7})s?\b(?: (?:scores?|values?))?(?: and [\w ]+?)? (?:of|on|for|in|under)\b"
)
_SMALL_CAPS = re.compile(r"\b([B-HJ-Z]) ([A-Z]{2,})\b")  # not `A` and `I`, which are words
_CITED = re.compile(r"\s*\([^()]*\d{4}[^()]*\)|\s*\[[\d, ]+\]")


@dataclass(frozen=True, eq=False)
class TableContext:
    """What caption and introducing text say of a table, looked up when it is first asked for. Benchmarks and models as
    printed, one name for each entity; a metric is its id and the words that name it."""

    caption: str
    near: tuple[str, ...]
    page: int
    registry: Registry
    words: Words

    @cached_property
    def caption_benchmarks(self) -> tuple[str, ...]:
        names = named_benchmarks([self.caption], self.registry)
        return tuple(n for n in names if not self._is_called_metric(n))

    def _is_called_metric(self, name: str) -> bool:
        is_metric = link_metric(name, self.registry) is not None
        return is_metric and is_defined(name, self.caption, self.words.defines_metric)

    @cached_property
    def text_benchmarks(self) -> tuple[str, ...]:
        """The nearest text first."""
        return tuple(named_benchmarks(self.near, self.registry))

    @cached_property
    def noun(self) -> str | None:
        """What stands before `dataset`, `task` and the like in the caption."""
        nouns = (name for m in self.words.noun.finditer(self.caption) if (name := _noun(m)))
        noun = next((n for n in nouns if not self.words.no_benchmark.fullmatch(n)), None)
        return noun if noun and not link_model(noun, self.registry) else None

    @cached_property
    def object(self) -> str | None:
        """What stands behind `on` in the caption."""
        return self._named_behind(_OBJECT)

    @cached_property
    def source(self) -> str | None:
        """What stands behind `from` or `using` in the caption: less often what was measured on than a method."""
        return self._named_behind(_SOURCE)

    @cached_property
    def task(self) -> str | None:
        """What is done, where the caption names a task in small letters (`on the multi-document reading task`)."""
        found = _TASK.search(self.caption)
        return found[1] if found and metric_in([found[1]], self.words) is None else None

    def _named_behind(self, words: re.Pattern[str]) -> str | None:
        names = (m[1].rstrip(".,:") for m in words.finditer(self.caption))
        return next((n for n in names if not self._is_known(n)), None)

    def _is_known(self, name: str) -> bool:
        """Whether a name is one of a metric, a language and the like, or holds one of a model."""
        is_none = self.words.no_benchmark.fullmatch(name) or link_metric(name, self.registry)
        return bool(is_none) or any(named_models(name, self.registry))

    @cached_property
    def topic(self) -> str | None:
        """The first clause of the caption where that is short."""
        clause = re.split(r"[.:;,(]", self.caption, maxsplit=1)[0].strip()
        topic = self.words.topic_end.split(self.words.topic_lead.sub("", clause, count=1), maxsplit=1)[0].strip()
        return topic if 0 < len(topic.split()) <= 5 and not link_model(topic, self.registry) else None

    @cached_property
    def metric(self) -> tuple[str, str] | None:
        """The metric of the caption; "" for the id of an unknown one."""
        return metric_in([self.caption], self.words) or _subject_of(self.caption, self.registry)

    @cached_property
    def text_metric(self) -> tuple[str, str] | None:
        return metric_in(self.near, self.words)

    @cached_property
    def is_about_tuned(self) -> bool:
        """Whether the caption says that all models of the table are tuned ones, whatever their names leave out."""
        return bool(self.words.tuned_models.search(self.caption))

    @cached_property
    def models(self) -> tuple[str, ...]:
        return tuple(named_models(self.caption, self.registry))


@dataclass(frozen=True, eq=False)
class PaperContext:
    """`own` are the names that title and abstract give to what the paper presents, the title's first; `benchmark` is
    one that the paper presents. What is asked of the running text is looked up when it is first needed."""

    own: tuple[str, ...]
    benchmark: str | None
    title: str
    abstract: str
    reading: PaperReading
    registry: Registry
    words: Words

    @cached_property
    def metrics(self) -> tuple[tuple[str, str], ...]:
        """The metrics that the text names, the most frequent first, each with the words that name it first."""
        texts = [s.text for s in self.reading.text.sentences]
        folded = [t.casefold() for t in texts]
        found = [(m, w.find_all(texts, folded)) for m, w in self.words.caption_metric.items() if m in GUESSES]
        found.sort(key=lambda f: -len(f[1]))
        return tuple((name, hits[0]) for name, hits in found if hits)

    @cached_property
    def _mentions(self) -> dict[int, tuple[str, ...]]:
        return {}

    def mentions(self, order: int) -> tuple[str, ...]:
        """The registered benchmarks that a sentence names, by its place in the text; found when first asked for."""
        if order not in self._mentions:
            sentence = self.reading.text.sentences[order]
            self._mentions[order] = tuple(named_benchmarks([sentence.text], self.registry))
        return self._mentions[order]

    @cached_property
    def own_openness(self) -> Openness | None:
        """What the paper says of the openness of its own systems."""
        return of_own(self.title, self.abstract, self.reading.text, self.words)

    @cached_property
    def main_benchmark(self) -> str | None:
        """The registered benchmark that the text as a whole names most, twice as often as any other."""
        counts: dict[str, list[str]] = {}
        for i in range(len(self.reading.text.sentences)):
            for name in self.mentions(i):
                counts.setdefault(self.registry.benchmark_keys[key(name)], []).append(name)
        ranked = sorted(counts.values(), key=len, reverse=True)
        if not ranked or len(ranked[0]) < _OFTEN or (len(ranked) > 1 and len(ranked[0]) < 2 * len(ranked[1])):
            return None
        return ranked[0][0]

    def topic_benchmark(self, topic: str) -> str | None:
        """The registered benchmark that is named most where the text is about a topic: in sections with its words in
        their headings, and in sentences that hold them."""
        wanted = {w for w in re.findall(r"[a-z]{4,}", topic.casefold()) if w not in _NO_TOPIC}
        counts: dict[str, int] = {}
        if len(wanted) < 2:
            return None
        for i, sentence in enumerate(self.reading.text.sentences):
            if wanted <= _words_of(sentence.section or "") or wanted <= _words_of(sentence.text):
                for name in self.mentions(i):
                    counts[name] = counts.get(name, 0) + 1
        return max(counts, key=lambda n: counts[n], default=None)

    def page_benchmark(self, page: int) -> str | None:
        """The registered benchmark that the text of a page names most, as printed; ties go to the first."""
        counts: dict[str, int] = {}
        for i, sentence in enumerate(self.reading.text.sentences):
            if sentence.page == page:
                for name in self.mentions(i):
                    counts[name] = counts.get(name, 0) + 1
        return max(counts, key=lambda n: counts[n], default=None)


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", text.casefold()))


def table_context(table: Table, registry: Registry, words: Words) -> TableContext:
    near = tuple(_mended(text) for text in table.context)
    return TableContext(_mended(table.caption or ""), near, table.page, registry, words)


def _subject_of(caption: str, registry: Registry) -> tuple[str, str] | None:
    """The metric whose abbreviation is the subject of a caption: its id, or "" for an unknown one, and the letters."""
    found = _SUBJECT.match(caption)
    if found is None or link_benchmark(found[1], registry) or link_model(found[1], registry):
        return None
    link = link_metric(found[1], registry)
    return (link.entity_id if link else "", found[1])


def _noun(match: re.Match[str]) -> str | None:
    """The name before `dataset`, `task` and the like; a word that is capital only as a sentence begins is none."""
    name = next(g for g in match.groups() if g)
    begins = match.start() == 0 or match.string[: match.start()].rstrip().endswith((".", ":"))
    is_name = re.search(r".[A-Z0-9]", name) or " evaluation" in name
    return name if is_name or not begins else None


def _mended(text: str) -> str:
    """Without citations, and words in small capitals, which fall apart behind their first letter, put together."""
    return _SMALL_CAPS.sub(r"\1\2", _CITED.sub("", text) if "(" in text or "[" in text else text)


def paper_context(reading: PaperReading, meta: PaperMeta, registry: Registry, words: Words) -> PaperContext:
    title = meta.title or reading.text.title or ""
    abstract = (
        meta.abstract
        or reading.text.abstract
        or " ".join(s.text for s in reading.text.sentences if s.source == "abstract")
    )
    own = own_names(title, abstract)
    benchmark = next((n for n in own if link_benchmark(n, registry)), None)
    benchmark = benchmark or next(named_benchmarks([title], registry), None)
    if benchmark is None and _ABOUT_BENCHMARKS.search(f"{title} {abstract[:1500]}"):
        called = [n for n in _CALLED_BENCHMARK.findall(f"{title} {abstract}") if not link_benchmark(n, registry)]
        near = _PRESENTS_BENCHMARK.search(abstract)
        is_one = own and re.search(r"bench|eval|data ?set|QA\b", title, re.I)
        benchmark = called[0] if called else near[1] if near else own[0] if is_one else None
    return PaperContext(own, benchmark, title, abstract, reading, registry, words)


def own_names(title: str, abstract: str) -> tuple[str, ...]:
    """`WREN: a small bird` presents WREN; `Qwen Technical Report` Qwen; and what an abstract introduces by name."""
    names: list[str] = []
    if match := re.match(r"\s*([A-Z][\w.+-]*(?:[ -][\w.+-]+){0,2})\s*[:–—]\s", title):
        names.append(match[1])
    if match := re.match(r"\s*(.{2,30}?)\s+technical report", title, re.I):
        names.append(match[1])
    for match in _PRESENTS.finditer(abstract):
        names += [n.rstrip(".,") for n in match.groups() if n]
    names += [match[1].rstrip(".,") for match in _CALLED.finditer(abstract)]
    for match in _SPELT_OUT.finditer(abstract):
        if _WE.search(abstract[max(0, match.start() - 90) : match.start()]):
            names.append(match[1])
    known = {"llm", "llms", "gpt", "ai", "nlp", "rlhf", "sft", "api", "gpt4", "chatgpt"}
    return tuple(n for n in dict.fromkeys(names) if key(n) not in known and len(key(n)) > 1)


def is_defined(text: str, caption: str, pattern: re.Pattern[str]) -> bool:
    """Whether the pattern goes on where a caption names the text."""
    at = caption.find(text) if len(text) > 1 else -1
    while at >= 0:
        starts_word = at == 0 or not caption[at - 1].isalnum()
        if starts_word and pattern.match(caption, at + len(text)):
            return True
        at = caption.find(text, at + 1)
    return False
