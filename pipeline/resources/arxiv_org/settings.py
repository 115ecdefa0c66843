"""What can be set of the arXiv source. Every value has its reason; environment variables are `CATCHUP_ARXIV_<NAME>`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ArxivSettings(BaseSettings):
    """Times in seconds. The limits are those of https://info.arxiv.org/help/api/tou.html and user-manual.html."""

    model_config = SettingsConfigDict(env_prefix="CATCHUP_ARXIV_", frozen=True, extra="forbid")

    categories: tuple[str, ...] = ("cs.CL", "cs.LG", "cs.AI")
    listing: Literal["api", "oai"] = "api"
    """`oai` harvests by the day of last change: for back-fills of years, and to hear of new versions."""

    api_url: str = "https://export.arxiv.org/api/query"
    oai_url: str = "https://oaipmh.arxiv.org/oai"
    pdf_url: str = "https://export.arxiv.org/pdf"
    allowed_hosts: tuple[str, ...] = ("export.arxiv.org", "oaipmh.arxiv.org", "arxiv.org", "www.arxiv.org")
    """No other host is ever called, wherever an answer redirects to. An entry may carry a port: `127.0.0.1:8080`."""
    allow_http: bool = False
    """Plain HTTP, for a server on this machine."""
    contact: str = ""
    """A mail address or page for arXiv's operators, put into the User-Agent."""

    interval: float = Field(3.0, ge=0)
    """Rest between two requests of all processes on one data directory; arXiv asks for three seconds."""
    slice_size: int = Field(1_000, ge=1, le=2_000)
    """Results an answer; arXiv allows 2,000 and answers large ones slowly."""
    query_limit: int = Field(30_000, ge=1, le=30_000)
    """Results a query; a larger one is split by date."""
    ids_per_query: int = Field(150, ge=1, le=300)
    """Keeps the URL below 2,000 characters or so."""

    connect_timeout: float = Field(15.0, gt=0)
    read_timeout: float = Field(60.0, gt=0)
    """The longest silence within an answer; listings of 1,000 take up to half a minute."""
    total_timeout: float = Field(600.0, gt=0)
    """The longest an answer may take as a whole, however steadily it drips."""
    max_listing_bytes: int = 64 * 2**20
    max_pdf_bytes: int = 200 * 2**20

    tries: int = Field(6, ge=1)
    """Requests for one thing before it is given up."""
    connect_tries: int = Field(3, ge=1)
    """The same where not even a connection comes about."""
    backoff: float = Field(5.0, ge=0)
    backoff_cap: float = Field(120.0, ge=0)
    retry_after_cap: float = Field(900.0, ge=0)
    """A server that asks for a longer rest gets it: the run ends, and none asks again before that moment."""
    failures_in_a_row: int = Field(3, ge=1)
    """Papers in a row that could not be had because of the server; then it counts as unreachable."""
    seed: int = 0
    """Of the jitter."""

    @property
    def user_agent(self) -> str:
        """`catchup-survey/1.0 (contact)`, as arXiv asks for."""
        try:
            number = version("catchup-survey")
        except PackageNotFoundError:
            number = "0"
        note = self.contact.replace("\r", " ").replace("\n", " ").replace("(", "").replace(")", "").strip()
        note = note.encode("ascii", "replace").decode("ascii")
        return f"catchup-survey/{number}" + (f" ({note})" if note else "")
