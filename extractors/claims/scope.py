"""On which benchmarks a claim holds: those that its sentence names, else those of the nearest context.

The context of a claim, in this order: the tables to which its sentence points; the heading of its section; the sentence
right before it; the benchmark that the paper presents; the sentences before it in the section, with the tables to which
they point.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from extractors.claims.mentions import Mention, find_mentions
from extractors.claims.parsing import without_citations
from extractors.claims.slots import NO_NAME, benchmarks_in
from extractors.records import PaperReading, Sentence, Table
from extractors.registry.load import Registry
from extractors.registry.names import key

Named = tuple[tuple[str, str | None], ...]  # as printed, with the registry's id or None

_BEFORE = 6  # sentences back in which a benchmark that is not named again is looked for
_JUST_BEFORE = 1  # the same, where it is asked before the benchmark that the paper presents
_WHOLE_BEFORE = 3  # the same in an abstract, and only where the sentence takes them up
_TAKEN_UP = re.compile(
    r"\b(?:these|those|both|all|the) (?:\w+ )?(?:benchmarks?|data ?sets?|tasks?|tests?|exams?)\b", re.I
)
_MOST = 8  # benchmarks that the header of a table gives to a claim
_WHOLE = re.compile(r"abstract|introduction|conclu|discussion|related|limitation", re.I)
_NUMBERED = re.compile(r"(?:\d|[A-Z]\.?\d?\s)")
_POINTER = re.compile(r"\bTab(?:le|\.)s?\s*(?P<first>[A-Z]?\d+)(?:\s*(?:and|,|&|-|–)\s*(?P<second>[A-Z]?\d+))?")
_TITLED = r"[A-Z][\w+@’'-]*(?: (?:[A-Z\d][\w+@’'-]*|of|for)){0,3}"
_SETS = (
    r"(?:data ?sets?|benchmarks?|test sets?|test suites?"
    r"|leaderboards?|evaluation (?:sets?|suites?)|corpus|exams?|prompts)"
)
_CALLED = re.compile(rf"(?<![\w-])(?P<name>{_TITLED}) {_SETS}(?!\w)")
_LISTED = re.compile(
    rf"\b(?:data ?sets|benchmarks|tasks)(?: [a-z]+){{0,3}}?"
    r"(?:,? (?:such as|including|namely|like)|,? i\.e\.,?|:| \()\s*"
    rf"(?P<list>{_TITLED}(?:, (?:and )?{_TITLED}| and {_TITLED})*)"
)
_MEASURED_ON = re.compile(r"\b(?:[Oo]n|[Aa]cross) (?:the |our )?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)+)\b")
_COINED = re.compile(r"[a-z\d]-?[A-Z]|[A-Z]{2}|\d")
_PRESENTED = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:paper|work)|and) (?:\w+ ){0,2}?"
    r"(?:introduc|present|propos|construct|build|creat|develop|releas|curat|contribut|collect)"
    rf"(?:e|es|t|ed)?,? (?:[\w-]+,? ){{0,5}}?[“\"]?(?P<name>{_TITLED})(?P<rest>[^.;]{{0,90}})"
)
_OURS = re.compile(
    rf"\b[Oo]ur (?:[\w-]+ ){{0,2}}?(?P<name>{_TITLED}) (?:benchmark|data ?set|test set|evaluation suite)\b"
)
_A_SET = re.compile(
    r"\b(?:benchmark|data ?set|test ?bed|test set|evaluation (?:suite|set|framework)|evaluator|corpus|suite)\b"
)
_TESTS = re.compile(r"bench|eval|test|arena|exam|qa\b|quiz", re.I)
_LANGUAGE = re.compile(
    r"(?:English|Chinese|German|French|Spanish|Japanese|Korean|Arabic|Hindi|Russian|Italian|Portuguese)"
)
_LIST_PART = re.compile(r",? and |, ")


class Scope:
    """What a paper tells of the benchmarks of its claims. Looks nothing up before the first claim asks."""

    def __init__(self, reading: PaperReading, registry: Registry, own: Mapping[str, str | None]) -> None:
        self._reading = reading
        self._sentences = reading.text.sentences
        self._registry = registry
        self._own = own
        self._tables = {key(t.label): t for t in reversed(reading.tables) if t.label}

    def named(self, text: str, mentions: Sequence[Mention], near: int) -> Named:
        """The benchmarks that a sentence names, nearest to place `near` first; the paper's own is added to what only
        tells a part of it in common words (`on multi-turn dialogues`)."""
        found = benchmarks_in(text, mentions, near, self._local)
        if found and self._presented is not None and all(i is None and raw.islower() for raw, i in found):
            return (*found, (self._presented, None))
        return found

    def around(self, sentence: Sentence) -> Named:
        """The benchmarks of the nearest context of a sentence which names none."""
        whole = sentence.section is None or _WHOLE.search(sentence.section) is not None
        found = self._pointed_to(sentence.text) or (() if whole else self._in_heading(sentence.section or ""))
        if not found and not whole and (near := self._before(sentence, _JUST_BEFORE)):
            return near
        if not found and self._presented is not None:
            return ((self._presented, self._registry.benchmark_keys.get(key(self._presented))),)
        if not found and not whole:
            return self._before(sentence, _BEFORE)
        if not found and _TAKEN_UP.search(sentence.text):
            return self._before(sentence, _WHOLE_BEFORE)
        return found

    def _before(self, sentence: Sentence, reach: int) -> Named:
        for other in reversed(self._sentences[max(0, sentence.order - reach) : sentence.order]):
            if other.source != sentence.source or not self._same_section(other.section, sentence.section):
                continue
            if found := self._said_in(other.text) or self._pointed_to(other.text):
                return found
        return ()

    def _same_section(self, one: str | None, other: str | None) -> bool:
        """A heading without a number, in a paper that numbers its sections, opens no new one."""
        if one == other:
            return True
        return self._is_numbered and not all(_NUMBERED.match(s or "1") for s in (one, other))

    @cached_property
    def _is_numbered(self) -> bool:
        sections = self._reading.text.sections
        return 2 * sum(1 for s in sections if _NUMBERED.match(s)) > len(sections)

    def _said_in(self, text: str) -> Named:
        mentions = find_mentions(text, self._registry, self._own)
        return benchmarks_in(text, mentions, len(text), self._local, guess=False)

    def _in_heading(self, heading: str) -> Named:
        """In a heading capitals are no sign of a name: coined ones count, in one of capitals those with digits."""
        telling = re.compile(r"\d") if heading.isupper() else _COINED
        return tuple((raw, entity) for raw, entity in self._said_in(heading) if telling.search(raw))

    def _pointed_to(self, text: str) -> Named:
        """The benchmarks in the captions of the tables to which a text points, else in their headers."""
        found: dict[str, tuple[str, str | None]] = {}
        for match in _POINTER.finditer(text):
            for number in filter(None, match.group("first", "second")):
                table = self._tables.get(key(f"Table {number}"))
                for raw, entity in self._of_table(table) if table is not None else ():
                    found.setdefault(entity or key(raw), (raw, entity))
        return tuple(found.values())

    def _of_table(self, table: Table) -> Named:
        if found := self._said_in(table.caption or ""):
            return found
        heads = [c.text for c in table.cells if c.is_header and c.text]
        out: dict[str, tuple[str, str | None]] = {}
        for head in heads:
            entity = self._registry.benchmark_keys.get(key(head))
            if (entity and entity != "average") or key(head) in self._local:
                out.setdefault(entity or key(head), (head, entity))
        return tuple(out.values())[:_MOST]

    @cached_property
    def _local(self) -> Mapping[str, str]:
        """Keys of names which the paper calls data sets or benchmarks and the registry does not know, as printed."""
        counts: Counter[str] = Counter()
        for name in self._called():
            counts[name] += 1 + bool(_COINED.search(name))
        return {key(n): n for n, c in sorted(counts.items()) if c > 1 and self._may_be_set(n)}

    def _called(self) -> Iterator[str]:
        for sentence in self._sentences:
            text = sentence.text
            if not ("set" in text or "ench" in text or "task" in text or "n " in text):
                continue
            text = without_citations(text)
            for match in _CALLED.finditer(text):
                yield _bare(match["name"])
            for match in _LISTED.finditer(text):
                yield from (_bare(part) for part in _LIST_PART.split(match["list"]))
            for match in _MEASURED_ON.finditer(text):
                yield match["name"]

    def _may_be_set(self, name: str) -> bool:
        form = key(name)
        return (
            len(form) > 2
            and not (NO_NAME.match(name) or _LANGUAGE.fullmatch(name))
            and form not in self._registry.benchmark_keys
            and form not in self._registry.model_keys
            and form not in self._registry.metric_keys
            and (form not in self._own or _TESTS.search(name) is not None)
            and not any(m.kind in ("closed", "model") for m in find_mentions(name, self._registry, {}))
        )

    @cached_property
    def _presented(self) -> str | None:
        """The benchmark which the paper itself presents and measures on, or None."""
        counts: Counter[str] = Counter()
        title = (self._reading.text.title or "").split(":")
        about = " ".join(title)
        if len(title) > 1 and len(title[0].split()) <= 3 and (_TESTS.search(about) or _A_SET.search(about.casefold())):
            known = key(title[0]) in self._registry.benchmark_keys
            counts[title[0].strip()] += 1 + (known or bool(_TESTS.search(title[0])))
        for sentence in self._sentences:
            for match in _OURS.finditer(sentence.text):
                counts[_bare(match["name"])] += 1
            for match in _PRESENTED.finditer(sentence.text):
                if _A_SET.search(match["rest"]):
                    counts[_bare(match["name"])] += 2
        names = [n for n, c in counts.most_common() if c > 1 and _COINED.search(n) and self._is_measured_on(n)]
        return names[0] if names else None

    def _is_measured_on(self, name: str) -> bool:
        """A set that is only trained on has another name than a test, and no score is given on it."""
        if _TESTS.search(name) or key(name) in self._registry.benchmark_keys:
            return True
        lead = "on|across" if key(name) in self._own else "on|across|of"  # `results of` may be those of a system
        on = re.compile(rf"\b(?:{lead}) (?:the |our )?{re.escape(name)}\b", re.I)
        return any(t.caption and on.search(t.caption) for t in self._reading.tables)


def _bare(name: str) -> str:
    return re.sub(r"^(?:The|Our|These|This|On|In|For|And|Both) ", "", name)
