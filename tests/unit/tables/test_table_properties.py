"""Grid in, grid out: random tables set by Typst are read as they were set."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, example, given, settings
from support.typst_tables import Drawn, drawn_tables, typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.tables.reader import read_tables

_LIMITS = {"derandomize": True, "deadline": None, "suppress_health_check": list(HealthCheck), "database": None}


# A first row of data that is mostly blank was once taken for a second line of the header.
_MOSTLY_BLANK = Drawn(
    font="DejaVu Sans Mono",
    align="center",
    style="grid",
    gutter=12,
    two_columns=False,
    caption=False,
    groups=(),
    heads=("Bird", "Speed", "Span", "Eggs"),
    rows=(("Wren", "1.0", "-", "-"), ("Rook", "1.0", "1.0", "1.0")),
)

# The first group was once given the column of names: alone it stood as near to the middle of four columns as of two.
_NUMBERS_OF_TWO_WIDTHS = Drawn(
    font="Libertinus Serif",
    align="center",
    style="bare",
    gutter=6,
    two_columns=False,
    caption=True,
    groups=(("Day", 2), ("Night", 2)),
    heads=("Bird", "Speed", "Span", "Eggs", "Weight"),
    rows=(("Wren", "1.0", "1.0", "-", "1.0"), ("Rook", "1.0", "1.0", "1.0", "1.0 ± 0.3")),
)


def check(drawn: Drawn) -> None:
    pages = read_pages(typeset(drawn))
    (found,) = read_tables(pages, find_captions(pages), "sample")
    assert {(c.row, c.col, c.col_span, c.text) for c in found.cells} == drawn.cells
    assert found.n_header_rows == (2 if drawn.groups else 1)
    assert found.n_header_cols == 1
    assert found.label == ("Table 1" if drawn.caption else None)
    assert found.warnings == ()


@settings(max_examples=10, **_LIMITS)  # type: ignore[arg-type]  # a dict of settings of several types
@given(drawn_tables())
@example(_MOSTLY_BLANK)
@example(_NUMBERS_OF_TWO_WIDTHS)
def test_a_table_is_read_as_it_was_set(drawn: Drawn) -> None:
    check(drawn)


@pytest.mark.slow
@pytest.mark.skipif("CATCHUP_LONG" not in os.environ, reason="takes a minute; `make fuzz` runs it")
@settings(max_examples=400, **_LIMITS)  # type: ignore[arg-type]  # as above
@given(drawn_tables())
def test_many_tables_are_read_as_they_were_set(drawn: Drawn) -> None:
    check(drawn)
