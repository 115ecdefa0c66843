"""What can be set of the whole program; environment variables are `CATCHUP_<NAME>`. Options of commands go before."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read when a run is set up, never at import."""

    model_config = SettingsConfigDict(env_prefix="CATCHUP_", frozen=True, extra="ignore")

    data: Path = Path("data")
    """The data directory."""
    source: str = "arxiv"
    """`arxiv`, or a folder of PDFs."""
    workers: int = Field(default_factory=lambda: max(1, min(os.cpu_count() or 1, 8)), ge=1)
    """Worker processes; each may need up to `worker_memory_gb`."""
    paper_seconds: float = Field(120.0, gt=0)
    """Wall time for one paper in one stage; a paper of 100 pages takes about 2 s, what takes longer than this hangs."""
    worker_memory_gb: float = Field(2.0, gt=0)
    """Private memory of a worker."""
