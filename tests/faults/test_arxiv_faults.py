"""Each fault of the server alone, and in seeded random mixtures: every paper is there in the end, politely."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest
from support.arxiv_server import API, FINAL, OAI, PDF, Loopback, serve
from support.crawl import crawl, sample_library
from support.fake_clock import FakeClock

from pipeline.errors import SourceUnreachableError

INTERVAL = 3.0
ALL = {f"2401.{n:05d}" for n in range(1, 8)}
# In CI a few, so that it stays fast; `CATCHUP_MIXTURES=200` runs as many as `make fuzz`.
MIXTURES = int(os.environ.get("CATCHUP_MIXTURES", "25"))
SEED = int(os.environ.get("CATCHUP_SEED", "0"))


class Once:
    """A fault at the nth request of a kind."""

    def __init__(self, kind: str, fault: str, nth: int) -> None:
        self.kind, self.fault, self.nth, self.seen = kind, fault, nth, 0

    def __call__(self, kind: str, target: str) -> str | None:
        self.seen += kind == self.kind
        return self.fault if kind == self.kind and self.seen == self.nth else None


class Mixture:
    """Any fault at any request, though never more than two in a row for one target, as a server in trouble would."""

    def __init__(self, seed: int, final: bool) -> None:
        self.random = random.Random(seed)
        self.row: Counter[str] = Counter()
        self.final_at = self.random.randint(2, 9) if final else None
        self.seen = 0

    def __call__(self, kind: str, target: str) -> str | None:
        self.seen += 1
        if self.final_at is not None and self.seen >= self.final_at:
            return self.random.choice(FINAL)
        if self.row[target] >= 2 or self.random.random() > 0.45:
            self.row[target] = 0
            return None
        self.row[target] += 1
        return self.random.choice({"api": API, "oai": OAI, "pdf": PDF}[kind])


def assert_polite(loopback: Loopback) -> None:
    assert min(loopback.gaps(), default=INTERVAL) >= INTERVAL - 1e-6
    assert loopback.most_at_once <= 2  # a hanging answer may still be on the server when the client has gone
    assert all(agent.startswith("catchup-survey/") for agent in loopback.agents)


@pytest.mark.parametrize("fault", API)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_fault_of_the_api_costs_no_paper(fault: str, nth: int, tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now, Once("api", fault, nth))) as loopback:
        had, lost = crawl(loopback, tmp_path, clock, slice_size=3)
    assert (had, lost) == (ALL, set())
    assert fault in loopback.faults
    assert_polite(loopback)


@pytest.mark.parametrize("fault", OAI)
def test_a_fault_of_oai_pmh_costs_no_paper(fault: str, tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now, Once("oai", fault, 2))) as loopback:
        had, lost = crawl(loopback, tmp_path, clock, listing="oai")
    assert (had, lost) == (ALL, set())
    assert fault in loopback.faults
    assert_polite(loopback)


@pytest.mark.parametrize("fault", PDF)
def test_a_fault_of_a_pdf_costs_no_paper(fault: str, tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now, Once("pdf", fault, 2))) as loopback:
        had, lost = crawl(loopback, tmp_path, clock)
        bodies = {p.stem: p.read_bytes() for p in (tmp_path / "pdfs").iterdir()}
    assert (had, lost) == (ALL, set())
    assert bodies == {f"{p.paper_id}v1": p.body(1) for p in loopback.library.papers if p.paper_id in ALL}
    assert_polite(loopback)


@pytest.mark.parametrize("fault", FINAL)
@pytest.mark.parametrize("nth", [1, 4])
def test_no_request_follows_a_refusal(fault: str, nth: int, tmp_path: Path) -> None:
    clock = FakeClock()
    loopback = Loopback(sample_library(), clock.now, Once("pdf", fault, nth))
    with serve(loopback), pytest.raises(SourceUnreachableError):
        crawl(loopback, tmp_path, clock)
    assert loopback.faults.index(fault) == len(loopback.faults) - 1


def test_a_run_after_a_long_rest_was_asked_for_sends_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now, Once("api", "429-day", 1))) as loopback:
        for _ in range(2):
            with pytest.raises(SourceUnreachableError):
                crawl(loopback, tmp_path, clock)
        assert len(loopback.arrivals) == 1
        clock.sleep(86_400)
        assert crawl(loopback, tmp_path, clock) == (ALL, set())


def test_a_server_that_keeps_throttling_is_left_alone(tmp_path: Path) -> None:
    clock = FakeClock()
    loopback = Loopback(sample_library(), clock.now, lambda kind, target: "429")
    with serve(loopback), pytest.raises(SourceUnreachableError, match="fewer requests"):
        crawl(loopback, tmp_path, clock, tries=4)
    assert len(loopback.arrivals) == 4


def test_a_server_that_fails_for_every_pdf_is_given_up_after_three(tmp_path: Path) -> None:
    clock = FakeClock()
    with (
        serve(Loopback(sample_library(), clock.now, lambda kind, target: "500" if kind == "pdf" else None)) as loopback,
        pytest.raises(SourceUnreachableError, match="3 PDFs in a row"),
    ):
        crawl(loopback, tmp_path, clock, tries=2)
    assert sum(t.startswith("/pdf") for t in loopback.targets) == 6


def test_one_paper_that_never_comes_costs_itself_only(tmp_path: Path) -> None:
    clock = FakeClock()
    bad = "2401.00003"
    with serve(
        Loopback(sample_library(), clock.now, lambda kind, target: "html" if bad in target else None)
    ) as loopback:
        had, lost = crawl(loopback, tmp_path, clock)
    assert (had, lost) == (ALL - {bad}, {bad})


@pytest.mark.parametrize("number", range(MIXTURES))
def test_a_mixture_of_faults_costs_no_paper(number: int, tmp_path: Path) -> None:
    clock = FakeClock()
    way = ("api", "oai")[number % 2]
    plan = Mixture(SEED * 10_000 + number, final=False)
    with serve(Loopback(sample_library(), clock.now, plan, hang=0.8)) as loopback:
        had, lost = crawl(loopback, tmp_path, clock, listing=way, slice_size=3, tries=12)
    assert (had, lost) == (ALL, set())
    assert_polite(loopback)


@pytest.mark.parametrize("number", range(max(3, MIXTURES // 5)))
def test_a_mixture_that_ends_in_a_refusal_resumes_later(number: int, tmp_path: Path) -> None:
    clock = FakeClock()
    plan = Mixture(SEED * 10_000 + number, final=True)
    with serve(Loopback(sample_library(), clock.now, plan, hang=0.8)) as loopback:
        with pytest.raises(SourceUnreachableError):
            crawl(loopback, tmp_path, clock, slice_size=3, tries=12)
        assert loopback.faults[-1] in FINAL
        assert not set(loopback.faults[:-1]) & set(FINAL)
        assert_polite(loopback)
        loopback.plan = lambda kind, target: None
        clock.sleep(90_000)
        assert crawl(loopback, tmp_path, clock, slice_size=3) == (ALL, set())
