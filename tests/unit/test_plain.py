"""Foreign text made plain."""

from __future__ import annotations

import pyarrow as pa
import pytest

from assets.plain import NOTHING, TEXT_CHARS, plain_meta, plain_or_none, plain_table, plain_text
from extractors.records import PaperMeta


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  A\n title\t of  words ", "A title of words"),
        ("\x1b[31mred\x00", "[31mred"),
        ("\u202egnp.exe\u2066", "gnp.exe"),
        ("\ud800lone", "lone"),
        ("a\u200bb\ufeff", "ab"),
        ("<script>=1+1", "<script>=1+1"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_what_controls_is_gone_and_what_says_is_kept(text: str, plain: str) -> None:
    assert plain_text(text, 100) == plain


def test_a_long_text_is_cut_and_says_so() -> None:
    assert plain_text("x" * 1_000_000, 10) == "x" * 9 + "…"


def test_what_is_nothing_is_none() -> None:
    assert plain_or_none("\x00 \u200b", 10) is None


def test_every_text_of_a_paper_is_made_plain() -> None:
    meta = PaperMeta(paper_id="\x00", title="\ud800", authors=("\u202eA", "\x07"), license="x" * 9_999)
    plain = plain_meta(meta)
    assert (plain.paper_id, plain.title, plain.authors) == ("unnamed", None, ("A",))
    assert len(plain.license or "") == 300


def test_every_text_of_a_table_is_made_plain_and_plain_ones_stay_as_they_are() -> None:
    cell = pa.struct([("row", pa.int32()), ("text", pa.string())])
    schema = pa.schema([("name", pa.string()), ("words", pa.list_(pa.string())), ("cells", pa.list_(cell))])
    rows = [
        {"name": "a\x1b[31m  b\u202egnp", "words": ["x\x00", None, "y"], "cells": [{"row": 1, "text": "\u2066z"}]},
        {"name": "two  blanks", "words": None, "cells": []},
        {"name": "\x06", "words": [], "cells": [{"row": 2, "text": "\x07"}]},
        {"name": "x" * 1_000_000, "words": ["<b>"], "cells": None},
    ]
    plain = plain_table(pa.Table.from_pylist(rows, schema=schema))
    assert plain.schema == schema
    assert plain.to_pylist()[:3] == [
        {"name": "a[31m bgnp", "words": ["x", None, "y"], "cells": [{"row": 1, "text": "z"}]},
        rows[1],
        {"name": NOTHING, "words": [], "cells": [{"row": 2, "text": NOTHING}]},
    ]
    last = plain.to_pylist()[3]
    assert (len(last["name"]), last["words"]) == (TEXT_CHARS, ["<b>"])


def test_a_text_is_published_the_same_whatever_stands_beside_it() -> None:
    new = "ab\u0378cd"  # a letter that Unicode has not assigned yet
    alone, beside = (plain_table(pa.table({"t": rows})) for rows in ([new], [new, "\u202efoul"]))
    assert alone["t"][0].as_py() == beside["t"][0].as_py() == new
