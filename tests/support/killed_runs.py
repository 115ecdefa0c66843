"""Runs of `catchup` that are killed at random moments, and what the next run makes of what they left.

A run begun by `finish` or `start` is a command of its own, as a user starts it. Those of `trials` are forked off one
process that has imported everything, since imports take longer than the work on thirty short papers: so nearly every
kill strikes while something is being written. A run is a process group of its own; SIGKILL ends all of it, as a machine
that loses power would, or its main process alone.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DAYS = ("2024-01-02", "2024-01-09", "2024-01-17")  # three weeks
DRAFTS = ("*.part", ".draft-*", ".latest-*", ".switching", ".site-draft-*", ".site-old-*", ".probe-*")
CALLS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod"})


@dataclass(frozen=True)
class Trial:
    """Some kills of runs on one data directory, and the run after them. `fault` None: all is as it should be.

    `struck` tells of each run that was killed when that was and what it had written by then.
    """

    struck: tuple[str, ...]
    missed: int
    fault: str | None


def some_papers(folder: Path, count: int, to: Path) -> Path:
    """A source of `count` papers within three weeks: the smallest of `folder`, again under other ids where it holds
    fewer."""
    to.mkdir(parents=True)
    papers = sorted(sorted(folder.glob("*.pdf")), key=lambda p: p.stat().st_size)[:count]
    said = folder / "metadata.jsonl"
    lines = said.read_text(encoding="utf-8").splitlines() if said.is_file() else []
    known = {row["file"]: row for row in map(json.loads, lines)}
    rows = []
    for number in range(count):
        paper = papers[number % len(papers)]
        again = f"again-{number // len(papers)}-" if number >= len(papers) else ""
        shutil.copyfile(paper, to / f"{again}{paper.name}")
        row = {"paper_id": paper.stem, **known.get(paper.name, {})}
        rows.append(row | {"file": f"{again}{paper.name}", "paper_id": f"{again}{row['paper_id']}"})
        rows[-1]["published"] = DAYS[number % len(DAYS)]
    (to / "metadata.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return to


def start(
    source: Path | str, data: Path, *more: str, env: Mapping[str, str] | None = None, file_bytes: int | None = None
) -> subprocess.Popen[bytes]:
    """`catchup run` in a process group of its own, as a user starts it; with `file_bytes` no file of it grows longer,
    as on a disk that is full."""

    def limit() -> None:
        if file_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    command = [sys.executable, "-c", "from pipeline.cli.app import main; main()", "run"]
    return subprocess.Popen(
        [*command, "--source", str(source), "--data", str(data), "--workers", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=limit,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200", **(env or {})},
    )


def finish(
    source: Path | str,
    data: Path,
    *more: str,
    env: Mapping[str, str] | None = None,
    file_bytes: int | None = None,
    seconds: float = 600.0,
) -> tuple[int, str]:
    """Exit status and output of a whole run; a run that does not end is killed and has status -1."""
    process = start(source, data, *more, env=env, file_bytes=file_bytes)
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return -1, output.decode("utf-8", "replace")
    return process.returncode, output.decode("utf-8", "replace")


def published(data: Path) -> dict[str, str]:
    """Name and digest of every file of the newest snapshot; empty where none is published."""
    latest = data / "published" / "latest"
    if not latest.exists():
        return {}
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(latest.iterdir())}


def left_over(data: Path) -> list[str]:
    """Drafts of runs that are over."""
    found = (p for pattern in DRAFTS for p in data.rglob(pattern) if ".dagster" not in p.parts)
    return sorted(str(p.relative_to(data)) for p in found)


def trials(source: Path, folder: Path, *, kills: int, in_a_row: int, seed: int, workers: int = 1) -> Iterator[Trial]:
    """Kill `kills` runs, up to `in_a_row` on one data directory, each at a random moment; then one run has to end well,
    with the bytes of an undisturbed run. Whatever `latest` is right after a kill has those bytes as well.

    Every second moment is one of the clock, from the time that an undisturbed run takes; the others are a random one of
    the calls that such a run makes to the file system (files opened, renamed, removed; folders; links), which strikes
    where it should however loaded the machine is. A run that ended before its moment does not count as killed.
    """
    rng = random.Random(seed)
    log = folder / "output.txt"
    began = time.monotonic()
    if (status := _wait(_fork(source, folder / "undisturbed", workers, log), 3_600)) != 0:
        raise RuntimeError(f"the undisturbed run ended with {status}: {log.read_text()[-500:]}")
    length = time.monotonic() - began
    calls = int(log.with_suffix(".calls").read_text())
    wanted = published(folder / "undisturbed")
    done = 0
    while done < kills:
        data = Path(tempfile.mkdtemp(prefix="killed-", dir=folder))
        struck: list[str] = []
        missed, fault = 0, None
        for _ in range(min(in_a_row, kills - done)):
            share, is_all, by_clock = rng.uniform(0.02, 1.0), rng.random() < 0.8, rng.random() < 0.5
            moment = f"{share * length:.1f} s" if by_clock else f"call {int(share * calls)}"
            began = time.monotonic()
            child = _fork(source, data, workers, log, None if by_clock else int(share * calls), is_all)
            status = _wait(child, share * length if by_clock else 3_600)
            if status is None:
                (os.killpg if is_all else os.kill)(child, signal.SIGKILL)
                os.waitpid(child, 0)
            elif status != -signal.SIGKILL:
                missed += 1
                length = min(length, time.monotonic() - began) if not struck else length
                break
            struck.append(f"{moment} ({_stage(data)}{'' if is_all else ', main process alone'})")
            found = published(data)
            if found and found != wanted:
                fault = f"after a kill at {moment} the newest snapshot is not whole"
        status = _wait(_fork(source, data, workers, log), 3_600)
        if status != 0:
            fault = f"the run after ended with {status}: {log.read_text()[-300:]}"
        elif published(data) != wanted:
            differing = sorted({name for name, _ in set(published(data).items()) ^ set(wanted.items())})
            fault = f"other bytes than an undisturbed run: {differing}"
        elif left := left_over(data):
            fault = f"drafts are left: {left[:5]}"
        done += len(struck)
        yield Trial(tuple(struck), missed, fault)
        if fault is None:
            shutil.rmtree(data)


def _fork(source: Path, data: Path, workers: int, log: Path, strike_at: int | None = None, is_all: bool = True) -> int:
    """`catchup run` in a forked process and a session of its own; answers its id. It kills itself, or all its group, at
    a call to the file system, counted from 1."""
    from pipeline.cli import app

    _import_all()
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        os.setsid()
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        made = _count_calls(strike_at, is_all)
        sys.argv = ["catchup", "run", "--source", str(source), "--data", str(data), "--workers", str(workers)]
        app.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
        log.with_suffix(".calls").write_text(str(len(made)))
    finally:
        os._exit(status)
    return 0


def _count_calls(strike_at: int | None, is_all: bool) -> list[str]:
    made: list[str] = []

    def hook(name: str, _: object) -> None:
        if name in CALLS:
            made.append(name)
            if len(made) == strike_at:
                (os.killpg if is_all else os.kill)(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return made


def _import_all() -> None:
    """What a run imports when it comes to it."""
    for name in ("expectations.suites", "great_expectations", "pipeline.run", "pipeline.site.build", "vl_convert"):
        importlib.import_module(name)


def _wait(child: int, seconds: float) -> int | None:
    """The exit status of a forked process; None where it has not ended after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        over, status = os.waitpid(child, os.WNOHANG)
        if over:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= end:
            return None
        time.sleep(min(0.02, max(0.0, end - time.monotonic())))


def _stage(data: Path) -> str:
    """The last thing that a run had come to write."""
    marks = {
        "published": data / "published" / "latest",
        "about to publish": data / "published",
        "claims": data / "core" / "claims",
        "results": data / "core" / "results",
        "tables": data / "core" / "tables",
        "documents": data / "core" / "documents",
        "readings": data / "core" / "readings",
        "listing": data / "raw",
    }
    return next((name for name, place in marks.items() if place.exists()), "nothing yet")
