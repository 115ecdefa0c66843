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


def placed(*parts: tuple[float, float, str]) -> tuple[Caption, ...]:
    document = pymupdf.open()
    page = document.new_page(width=500, height=400)
    for x, y, text in parts:
        page.insert_text((x, y), text, fontname="tiro", fontsize=10)
    return find_captions(read_pages(document.tobytes()))


def behind(text: str, x: float = 50, blank: float = 10) -> float:
    return x + float(pymupdf.get_text_length(text, "tiro", 10)) + blank


def test_a_wide_blank_behind_the_label_does_not_end_the_caption() -> None:
    (found,) = placed(
        (50, 100, "Table 2:"),
        (behind("Table 2:"), 100, "We compare the retriever with two others on single"),
        (50, 112, "and on many."),
    )
    assert found.text == "We compare the retriever with two others on single and on many."


def test_a_wide_blank_within_a_line_does_not_end_the_caption() -> None:
    line = "the annotators of four pairs of them who were asked."
    (found,) = placed(
        (50, 100, "Table 2: Average and usual deviation of the agreement of all of"),
        (50, 112, line),
        (behind(line), 112, "Agree-"),
        (50, 124, "ment on songs is measured with another method, as are all."),
    )
    assert found.text.endswith("who were asked. Agreement on songs is measured with another method, as are all.")


def test_a_caption_does_not_run_on_into_the_column_beside_it() -> None:
    found = placed(
        (50, 100, "Table 1: Scores of all models on"),
        (220, 100, "The other column is of text that goes"),
        (50, 112, "the tests that were asked of them."),
        (220, 112, "on for some more lines than this one."),
    )
    assert [c.text for c in found] == ["Scores of all models on the tests that were asked of them."]


def test_captions_side_by_side_stay_two() -> None:
    found = placed(
        (50, 100, "Table 1: Scores of models on"),
        (200, 100, "Table 2: Scores of birds on"),
        (50, 112, "the tests of songs."),
        (200, 112, "the tests of nests."),
    )
    assert [c.text for c in found] == [
        "Scores of models on the tests of songs.",
        "Scores of birds on the tests of nests.",
    ]
