"""Previews in the metadata of assets."""

from __future__ import annotations

from assets.preview import markdown


def test_markup_in_a_value_stays_text() -> None:
    shown = markdown([{"title": "[x](http://y) | <b>*"}], ("title",))
    assert shown.splitlines()[2] == r"| \[x\](http://y) \| \<b\>\* |"


def test_rows_and_long_values_are_cut() -> None:
    shown = markdown([{"title": "x" * 100}] * 25, ("title",))
    assert "…" in shown
    assert shown.endswith("15 more")


def test_no_rows_are_said_to_be_none() -> None:
    assert markdown([], ("title",)) == "no rows"
