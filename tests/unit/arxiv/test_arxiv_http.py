"""The polite client: hosts, Retry-After, back-off, limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.arxiv_server import Loopback, serve
from support.crawl import sample_library
from support.fake_clock import FakeClock

from pipeline.errors import SourceUnreachableError
from pipeline.resources.arxiv_org.faults import ForbiddenTargetError, TooLargeError, TransientError
from pipeline.resources.arxiv_org.gate import Gate
from pipeline.resources.arxiv_org.http import PoliteClient, retry_after
from pipeline.resources.arxiv_org.settings import ArxivSettings


def client(folder: Path, clock: FakeClock, **settings: object) -> PoliteClient:
    said = ArxivSettings(**settings)
    return PoliteClient(said, Gate(folder, interval=said.interval, clock=clock), clock)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/pdf/2310.06830",
        "http://export.arxiv.org/pdf/2310.06830",
        "https://export.arxiv.org:8443/pdf/2310.06830",
        "https://export.arxiv.org@example.org/",
        "https://user:word@export.arxiv.org/",
        "https://export.arxiv.org.example.org/",
        "file:///etc/passwd",
        "//export.arxiv.org/",
        "https://[::1]/",
        "https://exa mple/",
    ],
)
def test_an_address_that_is_not_allowed_is_never_called(url: str, tmp_path: Path) -> None:
    with client(tmp_path, FakeClock()) as polite, pytest.raises(ForbiddenTargetError):
        polite.get(url, limit=10, check=lambda answer: answer)
    assert not (tmp_path / "arxiv-requests.json").exists()


def test_a_redirect_to_another_host_is_not_followed(tmp_path: Path) -> None:
    clock, other = FakeClock(), Loopback(sample_library())
    with serve(other), serve(Loopback(sample_library(), clock.now)) as loopback:
        settings = loopback.settings()
        with client(tmp_path, clock, **settings) as polite, pytest.raises(ForbiddenTargetError):
            polite.get(f"{other.url}/pdf/2401.00001v1", limit=10, check=lambda answer: answer)
    assert other.arrivals == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("7", 7.0),
        ("0", 0.0),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("nan", None),
        ("Mon, 15 Jan 2024 12:00:30 GMT", 30.0),
        ("Mon, 15 Jan 2024 11:00:00 GMT", 0.0),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, FakeClock().now()) == seconds


def test_back_off_doubles_up_to_a_cap_and_repeats_with_its_seed(tmp_path: Path) -> None:
    runs = []
    for number in range(2):
        clock = FakeClock()
        with serve(Loopback(sample_library(), clock.now, lambda kind, target: "500")) as loopback:
            settings = loopback.settings(tries=8, backoff=10.0, backoff_cap=60.0, seed=5)
            with client(tmp_path / str(number), clock, **settings) as polite, pytest.raises(TransientError):
                polite.get(f"{loopback.url}/pdf/2401.00001v1", limit=1_000, check=lambda answer: answer)
        runs.append([round(gap, 6) for gap in loopback.gaps()])
    assert runs[0] == runs[1]
    assert all(step / 2 <= gap <= step for gap, step in zip(runs[0], (10, 20, 40, 60, 60, 60, 60), strict=True))


def test_a_body_beyond_the_limit_is_cut_off(tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now)) as loopback:
        with client(tmp_path, clock, **loopback.settings()) as polite, pytest.raises(TooLargeError):
            polite.get(f"{loopback.url}/pdf/2401.00001v1", limit=100, check=lambda answer: answer)


def test_a_host_without_a_server_is_told_after_three_tries(tmp_path: Path) -> None:
    with serve(Loopback(sample_library())) as loopback:
        pass
    clock = FakeClock()
    with client(tmp_path, clock, **loopback.settings()) as polite, pytest.raises(TransientError) as caught:
        polite.get(f"{loopback.url}/pdf/2401.00001v1", limit=100, check=lambda answer: answer)
    assert not caught.value.connected
    assert clock.slept < 60


def test_nothing_is_sent_after_a_refusal(tmp_path: Path) -> None:
    clock = FakeClock()
    with serve(Loopback(sample_library(), clock.now, lambda kind, target: "403")) as loopback:
        with client(tmp_path, clock, **loopback.settings()) as polite:
            for _ in range(3):
                with pytest.raises(SourceUnreachableError, match="CONTACT"):
                    polite.get(f"{loopback.url}/pdf/2401.00001v1", limit=100, check=lambda answer: answer)
    assert len(loopback.arrivals) == 1


def test_the_user_agent_names_the_contact_in_one_line() -> None:
    agent = ArxivSettings(contact="me@example.org)\r\nX: y (").user_agent
    assert agent.startswith("catchup-survey/")
    assert agent.endswith("(me@example.org  X: y)")
    assert "\n" not in agent
