"""What the assets need from outside, as protocols; `pipeline/resources/` holds the implementations.

Assets know no network, no path layout and no process pool: they are handed a source of papers, a store of week files,
workers, and a place to publish. A test hands them others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from assets.weeks import Week
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
    server or the way there, so that a later run does well to ask again.
    """

    def __init__(self, message: str, *, is_final: bool = True) -> None:
        super().__init__(message)
        self.is_final = is_final


class Source(Protocol):
    """Where papers come from. `key` tells sources apart in one data directory (`arxiv`, `folder:/path`).

    Every method raises SourceError for bad use, SourceUnreachableError where the source cannot be reached.
    """

    @property
    def key(self) -> str: ...

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
