"""One PDF from arXiv to a file, looked through before it counts as there."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from assets.ports import PaperUnavailableError
from pipeline.errors import SourceUnreachableError
from pipeline.resources.arxiv_org.faults import ForbiddenTargetError, MissingError, RequestError, TransientError
from pipeline.resources.arxiv_org.http import Answer, PoliteClient
from pipeline.resources.arxiv_org.ids import ArxivId, parse_id
from pipeline.resources.arxiv_org.settings import ArxivSettings

_HEAD = 1_024  # readers accept `%PDF-` within the first kilobyte (ISO 32000-1, implementation note 13)
_TAIL = 2_048
_WITHDRAWN = re.compile(r"withdrawn", re.I)


class PdfFetcher:
    """Fetches one after the other, and notices when it is the server that fails and not the papers."""

    def __init__(self, settings: ArxivSettings, client: PoliteClient) -> None:
        self._settings = settings
        self._client = client
        self._failures = 0

    def fetch(self, paper: ArxivId, to: Path) -> str:
        """Writes the PDF of `paper` to `to` by rename and returns its sha256 as hex.

        Raises PaperUnavailableError for what costs this paper only; SourceUnreachableError after a refusal
        or where several papers in a row fail because of the server.
        """
        check = _Check(paper)
        url = f"{self._settings.pdf_url}/{paper}"
        try:
            body = self._client.get(url, limit=self._settings.max_pdf_bytes, check=check, check_hop=check.hop)
        except MissingError as fault:
            self._failures = 0
            if _WITHDRAWN.search(fault.body):
                raise PaperUnavailableError(f"{paper} is withdrawn") from fault
            raise PaperUnavailableError(f"arXiv has no PDF of {paper}: {fault}", is_final=False) from fault
        except TransientError as fault:
            self._failures += 1
            if self._failures >= self._settings.failures_in_a_row or not fault.connected:
                raise SourceUnreachableError(f"{self._failures} PDFs in a row could not be had: {fault}") from fault
            raise PaperUnavailableError(f"the PDF of {paper} could not be had: {fault}", is_final=False) from fault
        except ForbiddenTargetError as fault:
            raise PaperUnavailableError(f"the PDF of {paper} is redirected away: {fault}") from fault
        except RequestError as fault:
            raise PaperUnavailableError(f"the PDF of {paper} could not be had: {fault}") from fault
        self._failures = 0
        write_whole(body, to)
        return hashlib.sha256(body).hexdigest()


class _Check:
    """Of one paper, over its tries."""

    def __init__(self, paper: ArxivId) -> None:
        self._paper = paper
        self._suspect: str | None = None

    def hop(self, url: str) -> None:
        """A redirect to another paper, or to a page, is no answer for this one."""
        final = parse_id(urlsplit(url).path.partition("/pdf/")[2])
        if final is None or final.paper_id != self._paper.paper_id or final.version not in (None, self._paper.version):
            raise TransientError(f"asked for {self._paper}, redirected to {url[:120]}")

    def __call__(self, answer: Answer) -> bytes:
        named = re.search(r'filename="?([\w.-]+?)(?:\.pdf)?"?\s*(?:;|$)', answer.headers.get("content-disposition", ""))
        if named and (other := parse_id(named[1])) and other.paper_id != self._paper.paper_id:
            raise TransientError(f"asked for {self._paper}, got a file named {other}")
        body = answer.body
        if b"%PDF-" not in body[:_HEAD]:
            kind = answer.headers.get("content-type", "nothing said")[:60]
            if _WITHDRAWN.search(body[:20_000].decode("utf-8", "replace")):
                raise MissingError(f"a page instead of the PDF ({kind})", "withdrawn")
            raise TransientError(f"no PDF but {len(body):,} bytes of {kind}")
        if b"%%EOF" not in body[-_TAIL:]:
            # Some good files end so. Where the length was not announced a cut cannot be told: two equal bodies tell.
            digest = hashlib.sha256(body).hexdigest()
            if digest != self._suspect:
                self._suspect = digest
                raise TransientError(f"a PDF without its end, {len(body):,} bytes")
        return body


def write_whole(body: bytes, to: Path) -> None:
    """`to` holds either all of `body` or what it held before, whatever happens meanwhile. Raises OSError."""
    to.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=to.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)  # gone already where it has become `to`
