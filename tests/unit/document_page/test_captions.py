"""What begins a caption, and what only mentions a table."""

from __future__ import annotations

import pymupdf
import pytest

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import Caption


def captions(*lines: str, font: str = "tiro") -> tuple[Caption, ...]:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for k, line in enumerate(lines):
        page.insert_text((50, 100 + 12 * k), line, fontname=font, fontsize=10)
    return find_captions(read_pages(document.tobytes()))


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("Table 7: Scores of all models.", "Table 7", "Scores of all models."),
        ("Table 7. Scores of all models.", "Table 7", "Scores of all models."),
        ("Tab. 7: Scores.", "Table 7", "Scores."),
        ("Table A2: Scores.", "Table A2", "Scores."),
        ("Table A.2: Scores.", "Table A.2", "Scores."),
        ("Table 3.1: Scores.", "Table 3.1", "Scores."),
        ("TABLE VII: Scores.", "Table VII", "Scores."),
        ("Figure 3: A curve.", "Figure 3", "A curve."),
        ("Algorithm 1: A loop.", "Algorithm 1", "A loop."),
    ],
)
def test_label_and_text_of_a_caption(line: str, label: str, text: str) -> None:
    (found,) = captions(line)
    assert (found.label, found.text) == (label, text)


@pytest.mark.parametrize("line", ["Table 7 shows the scores.", "Tables are read here.", "In Table 7: scores"])
def test_a_mention_is_no_caption(line: str) -> None:
    assert captions(line) == ()


def test_caption_goes_on_over_its_lines() -> None:
    (found,) = captions("Table 1: The scores of all of the models that were", "asked the questions of the set.")
    assert found.text == "The scores of all of the models that were asked the questions of the set."


def test_end_of_a_sentence_at_a_line_start_is_no_caption() -> None:
    assert (
        captions("All of the scores that were found can be seen in", "Table 2. We see that they are high and low.")
        == ()
    )
