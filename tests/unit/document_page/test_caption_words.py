"""The words of captions: put together where the page shows one word, apart where it shows two."""

from __future__ import annotations

import pytest
from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Results of W#text(size: 8pt)[REN]K#text(size: 8pt)[ITE] against others.",
            "Results of WRENKITE against others.",
        ),
        ("Results of *Wren*, of (_Rook_).", "Results of Wren, of (Rook)."),
        ("Results of *Wren* _Rook_ in two fonts.", "Results of Wren Rook in two fonts."),
        ("Open- and closed-source models.", "Open- and closed-source models."),
        ("The first line of the cap-\\ tion.", "The first line of the caption."),
        (
            "The first line of the open-\\ and closed-source birds.",
            "The first line of the open- and closed-source birds.",
        ),
    ],
)
def test_words_of_a_caption(source: str, text: str) -> None:
    body = f"#figure(caption: [{source}], table(columns: 2, [Bird], [Score], [Wren], [1.5]))"
    (caption,) = find_captions(read_pages(typeset(body)))
    assert caption.text == text
