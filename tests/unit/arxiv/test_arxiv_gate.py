"""The turns of a data directory: between requests, processes, crashes and clocks set back."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import time
from pathlib import Path

import pytest
from support.fake_clock import FakeClock

from pipeline.errors import SourceUnreachableError
from pipeline.resources.arxiv_org.gate import Gate
from pipeline.resources.clock import SystemClock


def gate(folder: Path, clock: FakeClock) -> Gate:
    return Gate(folder, interval=3.0, clock=clock)


def test_the_rest_is_counted_from_the_end_of_a_turn(tmp_path: Path) -> None:
    clock = FakeClock()
    with gate(tmp_path, clock).turn():
        clock.sleep(5)
    with gate(tmp_path, clock).turn():
        assert clock.slept == pytest.approx(8)


def test_the_first_turn_waits_for_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    with gate(tmp_path, clock).turn():
        assert clock.slept == 0


@pytest.mark.parametrize("state", ["", "{", "[]", '{"started": 1, "ended": null}', '{"ended": "x"}'])
def test_a_turn_without_a_sound_end_costs_a_whole_rest(state: str, tmp_path: Path) -> None:
    clock = FakeClock()
    (tmp_path / "arxiv-requests.json").write_text(state)
    with gate(tmp_path, clock).turn():
        assert clock.slept == 3


def test_a_clock_set_back_costs_no_more_than_a_rest(tmp_path: Path) -> None:
    clock = FakeClock()
    state = {"started": None, "ended": clock.now() + 1e6, "not_before": None}
    (tmp_path / "arxiv-requests.json").write_text(json.dumps(state))
    with gate(tmp_path, clock).turn():
        assert clock.slept == 3


def test_a_rest_asked_for_holds_for_others_too(tmp_path: Path) -> None:
    clock = FakeClock()
    first = gate(tmp_path, clock)
    with first.turn():
        first.hold_until(clock.now() + 50)
    with gate(tmp_path, clock).turn():
        assert clock.slept == 50


def test_a_long_rest_is_not_sat_out(tmp_path: Path) -> None:
    clock = FakeClock()
    first = gate(tmp_path, clock)
    with first.turn():
        first.hold_until(clock.now() + 7_200)
    with pytest.raises(SourceUnreachableError, match="120 minutes"), gate(tmp_path, clock).turn():
        pass
    assert clock.slept == 0


def _take_turns(folder: Path, count: int, out: Path) -> None:
    mine = Gate(folder, interval=0.2, clock=SystemClock())
    for _ in range(count):
        with mine.turn():
            with out.open("a") as file:
                file.write(f"{time.time()}\n")
            time.sleep(0.02)


def test_processes_share_the_turns(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    out = tmp_path / "turns"
    processes = [context.Process(target=_take_turns, args=(tmp_path / "gate", 3, out)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=30)
        assert process.exitcode == 0
    moments = [float(line) for line in out.read_text().split()]
    assert len(moments) == 9
    assert min(b - a for a, b in itertools.pairwise(moments)) >= 0.2
