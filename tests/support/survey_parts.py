"""Stand-ins for what the assets need from outside: workers in this process, a source in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from assets.ports import Fault, Listed, PaperUnavailableError, Pdf
from assets.weeks import Week, week_of
from extractors.records import PaperMeta

T = TypeVar("T")
R = TypeVar("R")
DEMO = Path(__file__).resolve().parents[2] / "pipeline" / "demo" / "pdf"


@dataclass
class InlineWorkers:
    """Works in this process and counts; a paper in `broken` ends as a fault."""

    done: list[str] = field(default_factory=list)
    broken: frozenset[str] = frozenset()

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Fault]:
        for task in tasks:
            paper_id = task.meta.paper_id  # type: ignore[attr-defined]  # every task of the stages has its paper
            self.done.append(f"{work.__name__} {paper_id}")
            yield Fault("broke") if paper_id in self.broken else work(task)


@dataclass
class MemorySource:
    """Papers by id; each has a PDF, or an error in its place."""

    papers: list[Listed]
    pdfs: dict[str, Path]
    key: str = "memory"
    fetched: int = 0
    lists_newest_only: bool = False
    is_final: bool = True

    def list_papers(self, week: Week) -> Sequence[Listed]:
        return [p for p in self.papers if week_of(p.meta.published) == week]

    def list_ids(self, ids: Sequence[str]) -> Sequence[Listed]:
        return [p for p in self.papers if p.meta.paper_id in ids]

    def fetch(self, paper: Listed, to: Path) -> Pdf:
        self.fetched += 1
        path = self.pdfs.get(f"{paper.meta.paper_id}v{paper.meta.version}")
        if path is None:
            raise PaperUnavailableError("404", is_final=self.is_final)
        return Pdf(path, hashlib.sha256(path.read_bytes()).hexdigest())


def paper(paper_id: str, version: int = 1, published: str | None = "2024-01-03", **more: str) -> Listed:
    """A listed paper; `more` are fields of its listing (`state`, `reason`)."""
    meta = PaperMeta(paper_id=paper_id, version=version, title=f"About {paper_id}", published=published)
    return Listed(meta, f"memory:{paper_id}v{version}", **more)  # type: ignore[arg-type]  # literals as text
