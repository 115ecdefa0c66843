from __future__ import annotations

import pytest

from extractors.ids import ids_below, stable_id


def test_same_parts_give_the_same_id() -> None:
    assert stable_id("r", "2308.09583", 5, 81.6) == stable_id("r", "2308.09583", 5, 81.6)


@pytest.mark.parametrize("other", [("ab", ""), ("a", "b", ""), ("b", "a"), ("a", None, "b")])
def test_parts_are_kept_apart(other: tuple[str | None, ...]) -> None:
    assert stable_id("r", "a", "b") != stable_id("r", *other)


def test_prefix_names_the_kind_of_row() -> None:
    assert stable_id("claim", "x").startswith("claim-")


def test_ids_of_rows_that_share_their_first_parts_are_the_same_as_alone() -> None:
    below = ids_below("r", "t-1", None)
    assert [below(3, None, 0), below(4)] == [stable_id("r", "t-1", None, 3, None, 0), stable_id("r", "t-1", None, 4)]
