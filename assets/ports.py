"""What the assets need from outside, as protocols; `pipeline/resources/` holds the implementations.

Assets know no network, no path layout and no process pool: they are handed a source of papers, a store of week files,
workers, and a place to publish. A test hands them others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar

import pyarrow as pa

from assets.weeks import Week
from expectations.corrections import Corrections
from extractors.records import PaperMeta


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as a source lists it. `locator` is where its PDF is: a URL or a path.

    `state` is `wanted` (to be fetched and read), `passed_over` (listed, but title and abstract give no reason to read
    it) or `withdrawn` (its newest version has no files); `reason` says why in a few words.
    """

    meta: PaperMeta
    locator: str
    state: Literal["wanted", "passed_over", "withdrawn"] = "wanted"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF on this machine."""

    path: Path
    sha256: str


class PaperUnavailableError(Exception):
    """This paper has no PDF to be had (withdrawn, 404, a page of HTML, too large); the others are not touched by it.

    The message is one line; it is recorded as the paper's `error`. Where `is_final` is False the reason lies with the
    server, the way there or the file, and a later run asks again; otherwise none does for this version.
    """

    def __init__(self, message: str, *, is_final: bool = True) -> None:
        super().__init__(message)
        self.is_final = is_final


class PassingError(Exception):
    """An error from outside that may be over when the same is tried again some minutes later."""


class BlockedError(Exception):
    """A blocking check failed and nothing was published; the message is one line that names the faults."""


class Source(Protocol):
    """Where papers come from. `key` tells sources apart in one data directory (`arxiv`, `folder:/path`).

    Every method raises SourceError for bad use, SourceUnreachableError where the source cannot be reached.
    """

    @property
    def key(self) -> str: ...

    @property
    def lists_newest_only(self) -> bool:
        """Whether a listing has each paper at its newest version, so that older ones are known from before only."""
        ...

    def list_papers(self, week: Week) -> Sequence[Listed]:
        """Every paper of a week, in the order of (paper_id, version)."""
        ...

    def list_ids(self, ids: Sequence[str]) -> Sequence[Listed]:
        """The papers of these ids (`2310.06830`, `2310.06830v2`, `cs/0501001`), whatever their week."""
        ...

    def fetch(self, paper: Listed, to: Path) -> Pdf:
        """The PDF of a listed paper: written to `to` by rename, or left in place where it is on this machine already.

        A file that stands at `to` and is the paper's is not fetched again. Raises PaperUnavailableError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Work on one paper that did not end well: a crash, a hang, too much memory, an error of our own."""

    reason: str


T = TypeVar("T")
R = TypeVar("R")


class Workers(Protocol):
    """Runs a function over tasks elsewhere: processes of this machine, or an engine that is there already."""

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Fault]:
        """One answer a task, in the order of `tasks`, drawn lazily. `work` and its tasks have to be picklable.

        Raises OSError where the disk is full or cannot be written, which is the fault of no task.
        """
        ...


class Store(Protocol):
    """The week files of each stage (one parquet file a week and stage) and what was read from each PDF.

    A file appears by rename. Its schema's metadata keep the digest of what it was made from, so that a stage can tell
    whether it has anything to do.
    """

    def weeks(self, stage: str) -> Sequence[Week]:
        """The weeks of which the stage has a file, oldest first."""
        ...

    def read(self, stage: str, week: Week) -> pa.Table | None: ...

    def write(self, stage: str, week: Week, table: pa.Table, *, inputs: str) -> None: ...

    def inputs(self, stage: str, week: Week) -> str | None:
        """The digest that `write` was given; None where there is no file."""
        ...

    def digest(self, stage: str, week: Week) -> str:
        """A digest of a week file's bytes; empty where there is no file."""
        ...

    def pdf_path(self, name: str) -> Path:
        """Where the PDF of this name (a safe file name) is kept; its folder exists."""
        ...

    def reading_path(self, fingerprint: str, key: str) -> Path:
        """Where a paper's reading is kept; its folder exists."""
        ...

    def forget_readings(self, fingerprint: str) -> None:
        """Take away the readings of older code, but for those of `fingerprint` and of the newest other code."""
        ...

    def corrections(self) -> Corrections:
        """What maintainers said by hand. Raises CorrectionsError."""
        ...


class Progress(Protocol):
    """Told how far long work has come; shown as a bar, or not at all."""

    def begin(self, what: str, total: int) -> None: ...

    def advance(self, what: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: `snapshot` is None where the newest one holds the same rows already."""

    snapshot: Path | None
    latest: Path


class Publisher(Protocol):
    """Writes a checked data set as a new snapshot. `inputs` is a digest of all that it was made from."""

    def current(self, inputs: str) -> Published | None:
        """The newest snapshot where it was made from these inputs; None where there is something to do."""
        ...

    def publish(self, tables: Mapping[str, pa.Table], *, inputs: str) -> Published:
        """Raises PublishError."""
        ...


class SiteBuilder(Protocol):
    """Builds the web page of the newest snapshot; says where it is, None where there is no page to build."""

    def build(self) -> Path | None: ...
