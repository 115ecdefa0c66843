"""Papers for the loopback arXiv, and the answers to questions about them in arXiv's real formats."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

UTC = datetime.UTC


@dataclass(frozen=True)
class SamplePaper:
    """`moments` has the date of each version, the first is that of submission."""

    paper_id: str
    title: str = "A Large Language Model of Samples"
    abstract: str = "We evaluate ChatGPT."
    moments: tuple[datetime.datetime, ...] = (datetime.datetime(2024, 1, 2, 12, tzinfo=UTC),)
    categories: tuple[str, ...] = ("cs.CL",)
    authors: tuple[str, ...] = ("Ada Sample", "Bo Sample")
    comment: str | None = None
    is_withdrawn: bool = False
    pdf: bytes = b""
    license: str = "http://creativecommons.org/licenses/by/4.0/"

    @property
    def version(self) -> int:
        return len(self.moments)

    def body(self, version: int) -> bytes:
        """The PDF of a version; a few bytes with the right head and tail where none was given."""
        return self.pdf or b"%PDF-1.4\n% " + f"{self.paper_id}v{version}".encode() * 40 + b"\n%%EOF\n"


@dataclass
class Library:
    """All papers of the server, with the questions that arXiv answers."""

    papers: Sequence[SamplePaper] = field(default_factory=list)

    def search(self, query: str) -> list[SamplePaper]:
        """`(cat:a OR cat:b) AND submittedDate:[from TO until]`, both ends included, by date."""
        categories = set(re.findall(r"cat:([\w.-]+)", query))
        span = re.search(r"submittedDate:\[(\d{12}) TO (\d{12})\]", query)
        low, high = (span[1], span[2]) if span else ("0", "9")
        found = [
            p for p in self.papers if categories & set(p.categories) and low <= f"{p.moments[0]:%Y%m%d%H%M}" <= high
        ]
        return sorted(found, key=lambda p: (p.moments[0], p.paper_id))

    def by_id(self, name: str) -> tuple[SamplePaper, int] | None:
        """A paper and a version of it, for an id with or without version."""
        bare, _, version = name.partition("v")
        for paper in self.papers:
            number = int(version) if version else paper.version
            if paper.paper_id == bare and 1 <= number <= paper.version:
                return paper, number
        return None


def atom_feed(entries: Sequence[tuple[SamplePaper, int]], *, total: int, start: int, size: int, query: str) -> bytes:
    """As export.arxiv.org answered in 2026."""
    head = (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>https://arxiv.org/api/x</id>\n  <title>arXiv Query: {escape(query)}</title>\n"
        "  <updated>2026-04-12T22:09:27Z</updated>\n"
        f'  <link href={quoteattr("https://arxiv.org/api/query?" + query)} type="application/atom+xml"/>\n'
        f"  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>\n"
    )
    return (head + "".join(_entry(p, v) for p, v in entries) + "</feed>\n").encode()


def _entry(paper: SamplePaper, version: int) -> str:
    name = f"{paper.paper_id}v{version}"
    authors = "".join(f"    <author>\n      <name>{escape(a)}</name>\n    </author>\n" for a in paper.authors)
    categories = "".join(
        f'    <category term="{c}" scheme="http://arxiv.org/schemas/atom"/>\n' for c in paper.categories
    )
    comment = f"    <arxiv:comment>{escape(paper.comment)}</arxiv:comment>\n" if paper.comment else ""
    return (
        f"  <entry>\n    <id>http://arxiv.org/abs/{name}</id>\n    <title>{escape(paper.title)}</title>\n"
        f"    <updated>{paper.moments[version - 1]:%Y-%m-%dT%H:%M:%SZ}</updated>\n"
        f'    <link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>\n'
        f'    <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf" title="pdf"/>\n'
        f"    <summary>{escape(paper.abstract)}</summary>\n{categories}"
        f"    <published>{paper.moments[0]:%Y-%m-%dT%H:%M:%SZ}</published>\n{comment}"
        f'    <arxiv:primary_category term="{paper.categories[0]}"/>\n{authors}  </entry>\n'
    )


_OAI_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<responseDate>2026-04-12T22:09:27Z</responseDate>\n'
)


def oai_page(papers: Sequence[SamplePaper], *, token: str | None) -> bytes:
    """A page of ListRecords in the format arXivRaw; `token` "" ends a list of several pages, None is a single one."""
    records = "".join(_record(p) for p in papers)
    tail = f"<resumptionToken>{escape(token)}</resumptionToken>\n" if token is not None else ""
    return f"{_OAI_HEAD}<ListRecords>\n{records}{tail}</ListRecords>\n</OAI-PMH>\n".encode()


def oai_error(code: str, text: str) -> bytes:
    return f'{_OAI_HEAD}<error code="{code}">{escape(text)}</error>\n</OAI-PMH>\n'.encode()


def _record(paper: SamplePaper) -> str:
    versions = "".join(
        f'<version version="v{number}"><date>{format_datetime(moment.astimezone(UTC), usegmt=True)}</date>'
        f"<size>12kb</size>"
        f"<source_type>{'I' if paper.is_withdrawn and number == paper.version else 'D'}</source_type></version>\n"
        for number, moment in enumerate(paper.moments, 1)
    )
    comment = f"<comments>{escape(paper.comment)}</comments>\n" if paper.comment else ""
    return (
        f"<record>\n<header><identifier>oai:arXiv.org:{paper.paper_id}</identifier>"
        f"<datestamp>{paper.moments[-1]:%Y-%m-%d}</datestamp><setSpec>cs</setSpec></header>\n<metadata>\n"
        f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">\n<id>{paper.paper_id}</id><submitter>A</submitter>\n'
        f"{versions}<title>{escape(paper.title)}</title>\n<authors>{escape(', '.join(paper.authors))}</authors>\n"
        f"<categories>{' '.join(paper.categories)}</categories>\n{comment}<license>{paper.license}</license>\n"
        f"<abstract>{escape(paper.abstract)}</abstract>\n</arXivRaw>\n</metadata>\n</record>\n"
    )
