"""Worker processes: order kept; a crash, a hang and an error cost their own task."""

from __future__ import annotations

from contextlib import closing

import pytest
from support.worker_tasks import behave

from assets.ports import Fault
from pipeline.resources.workers import ProcessWorkers


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("die", "exit code 3"),
        ("hang", "longer than 1.5 s"),
        ("break", "KeyError"),
        ("eat", "more memory"),
    ],
)
def test_a_bad_task_costs_itself_only(bad: str, reason: str) -> None:
    with closing(ProcessWorkers(count=1, seconds=1.5)) as workers:
        answers = list(workers.map(behave, ["a", bad, "b"]))
    assert answers[0] == "A"
    assert answers[2] == "B"
    assert isinstance(answers[1], Fault)
    assert reason in answers[1].reason


def test_a_full_disk_is_no_fault_of_a_task() -> None:
    with closing(ProcessWorkers(count=1)) as workers, pytest.raises(OSError, match="No space left"):
        list(workers.map(behave, ["a", "fill", "b"]))


def test_answers_come_in_the_order_of_the_tasks() -> None:
    tasks = [f"task {n}" for n in range(50)]
    with closing(ProcessWorkers(count=2)) as workers:
        assert list(workers.map(behave, tasks)) == [t.upper() for t in tasks]


def test_no_task_starts_no_process() -> None:
    workers = ProcessWorkers(count=2)
    assert list(workers.map(behave, [])) == []
    assert workers._pool is None
