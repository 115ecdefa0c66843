"""Foreign text made plain."""

from __future__ import annotations

import pytest

from extractors.records import PaperMeta
from pipeline.resources.plain import plain_meta, plain_or_none, plain_text


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
