"""Runs of `catchup` that are killed at random moments, and what the next run makes of what they left.

A run is a process group of its own, so that SIGKILL ends its workers too, as a machine that loses power would.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Trial:
    """Some kills of runs on one data directory, and the run after them. `fault` None: all is as it should be."""

    kills: int
    moments: tuple[float, ...]
    fault: str | None


def some_papers(folder: Path, count: int, to: Path) -> Path:
    """A source of the `count` smallest papers of `folder`, with their metadata."""
    to.mkdir(parents=True)
    chosen = sorted(sorted(folder.glob("*.pdf")), key=lambda p: p.stat().st_size)[:count]
    for paper in chosen:
        shutil.copyfile(paper, to / paper.name)
    said = folder / "metadata.jsonl"
    if said.is_file():
        names = {p.name for p in chosen}
        lines = [line for line in said.read_text(encoding="utf-8").splitlines() if json.loads(line)["file"] in names]
        (to / "metadata.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return to


def start(source: Path | str, data: Path, *more: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """`catchup run` in a process group of its own, as a user starts it."""
    command = [sys.executable, "-c", "from pipeline.cli.app import main; main()", "run"]
    return subprocess.Popen(
        [*command, "--source", str(source), "--data", str(data), "--workers", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200", **(env or {})},
    )


def finish(
    source: Path | str, data: Path, *more: str, env: Mapping[str, str] | None = None, seconds: float = 600.0
) -> tuple[int, str]:
    """Exit status and output of a whole run; a run that does not end is killed and has status -1."""
    process = start(source, data, *more, env=env)
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return -1, output.decode("utf-8", "replace")
    return process.returncode, output.decode("utf-8", "replace")


def kill_at(source: Path, data: Path, seconds: float) -> bool:
    """Start a run and kill all of it after `seconds`; False where it had ended before."""
    process = start(source, data)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    return False


def published(data: Path) -> dict[str, str]:
    """Name and digest of every parquet file of the newest snapshot; empty where none is published."""
    latest = data / "published" / "latest"
    if not latest.exists():
        return {}
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(latest.glob("*.parquet"))}


def trials(source: Path, folder: Path, *, kills: int, in_a_row: int, seed: int) -> Iterator[Trial]:
    """Kill `kills` runs, `in_a_row` on one data directory, each at a random moment; then one run has to end well, with
    the bytes of an undisturbed run. Whatever `latest` is right after a kill has those bytes as well."""
    rng = random.Random(seed)
    began = time.monotonic()
    status, output = finish(source, folder / "undisturbed")
    if status != 0:
        raise RuntimeError(f"the undisturbed run ended with {status}: {output[-500:]}")
    length = time.monotonic() - began
    wanted = published(folder / "undisturbed")
    done = 0
    while done < kills:
        data = Path(tempfile.mkdtemp(prefix="killed-", dir=folder))
        moments = tuple(round(rng.uniform(0.05, 1.0) * length, 2) for _ in range(min(in_a_row, kills - done)))
        struck, fault = 0, None
        for moment in moments:
            struck += kill_at(source, data, moment)
            found = published(data)
            if found and found != wanted:
                fault = f"after a kill at {moment} s the newest snapshot is not whole"
        status, output = finish(source, data)
        if status != 0:
            fault = f"the run after ended with {status}: {output[-300:]}"
        elif published(data) != wanted:
            differing = sorted(set(published(data).items()) ^ set(wanted.items()))
            fault = f"other bytes than an undisturbed run: {sorted({name for name, _ in differing})}"
        elif left := left_over(data):
            fault = f"drafts are left: {left[:5]}"
        done += len(moments)
        yield Trial(struck, moments, fault)
        if fault is None:
            shutil.rmtree(data)


def left_over(data: Path) -> list[str]:
    """Published drafts: directories in `published` that are no snapshots."""
    return [p.name for p in (data / "published").iterdir() if ".part" in p.name or p.name.startswith(".tmp")]
