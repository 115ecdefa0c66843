"""Weeks and to which of them a paper belongs."""

from __future__ import annotations

import datetime

import pytest

from assets.partitions import WEEKS
from assets.weeks import FIRST_WEEK, Week, week_of


@pytest.mark.parametrize(
    ("published", "week"),
    [
        ("2024-01-01", "2024-01-01"),
        ("2024-01-07", "2024-01-01"),
        ("2024-01-08T00:00:00Z", "2024-01-08"),
        ("2022-11-30", "2022-11-28"),
        ("2015-12-10", "2022-11-28"),
        (None, "2022-11-28"),
    ],
)
def test_a_paper_belongs_to_the_week_of_its_date_and_to_the_first_without(published: str | None, week: str) -> None:
    assert week_of(published).name == week


def test_a_week_begins_on_a_monday() -> None:
    with pytest.raises(ValueError, match="no Monday"):
        Week(datetime.date(2024, 1, 2))


def test_partitions_of_dagster_are_the_weeks() -> None:
    keys = WEEKS.get_partition_keys(current_time=datetime.datetime(2024, 1, 10, tzinfo=datetime.UTC))
    assert keys[0] == FIRST_WEEK.name
    assert keys[-1] == "2024-01-08"  # the running week is there, as a folder may hold papers of it
    assert [Week.named(k).name for k in keys] == keys
