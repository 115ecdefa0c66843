"""Running text of pages made by hand: order, mending, headings, what is left out, where a sentence stands."""

from __future__ import annotations

import pytest

from extractors.document.sentences import split_sentences
from extractors.document.text import read_text
from extractors.records import Page, PaperMeta, TextLine, Word

META = PaperMeta("2401.00001")
FILL = "the quick brown fox jumps over the lazy dog and sees the small bird"


def line(text, y, *, x=72.0, size=10.0, bold=False, font="Times", is_super=False):
    words, at = [], x
    for i, token in enumerate(text.split()):
        box = (at, y, at + 5.0 * len(token), y + size)
        words.append(Word(token, box, size, y + size, font, is_bold=bold, is_super=is_super and i == 0))
        at += 5.0 * len(token) + 3.0
    return TextLine(tuple(words), (x, y, at - 3.0, y + size))


def page(number, *lines):
    words = tuple(w for one in lines for w in one.words)
    return Page(number, 600.0, 800.0, 0, words, tuple(lines), (), ())


def paragraph(texts, y, x=72.0, **kind):
    return [line(t, y + 12.0 * i, x=x, **kind) for i, t in enumerate(texts)]


def read(*pages, tables=None):
    return read_text(pages, (), tables or {}, META)


def texts(*pages, **more):
    return [s.text for s in read(*pages, **more).sentences]


def test_word_cut_at_a_line_end_is_mended():
    got = texts(page(1, *paragraph([f"We see that {FILL} and it surpas-", f"ses the others while {FILL}."], 200)))
    assert "surpasses" in got[0]


def test_hyphen_stays_where_the_paper_writes_the_word_with_it():
    rows = [f"The open-source way means {FILL} of open-", f"source models and {FILL}."]
    assert "open-source models" in texts(page(1, *paragraph(rows, 200)))[0]


@pytest.mark.parametrize(
    ("end", "start", "whole"),
    [
        ("Zed-3.5-", "turbo", "Zed-3.5-turbo"),
        ("Zed-2-", "70B", "Zed-2-70B"),
        ("Zed-2-", "Chat", "Zed-2-Chat"),
        ("pages 10-", "20", "pages 10-20"),
        ("pages 10–", "20", "pages 10–20"),
        ("(Zed)-", "based", "(Zed)-based"),
        ("3-", "and 5-shot", "3- and 5-shot"),
        ("up-", "or downstream", "up- or downstream"),
        ("since 2020–", "but", "since 2020– but"),
    ],
)
def test_hyphen_at_a_line_end_behind_a_digit_belongs_to_the_name_unless_it_hangs(end, start, whole):
    assert whole in texts(page(1, *paragraph([f"We see that {FILL} and {end}", f"{start} while {FILL}."], 200)))[0]


def test_sentence_over_two_columns_is_one():
    left = paragraph([f"First we note that {FILL} and", f"then {FILL} which"], 600)
    right = paragraph([f"surpasses the others since {FILL}.", f"Next {FILL}."], 100, x=320.0)
    assert any("which surpasses the others" in t for t in texts(page(1, *left, *right)))


def test_sentence_over_two_pages_has_the_place_where_it_begins():
    first = page(1, *paragraph([f"First we note that {FILL} and", f"then {FILL} which"], 600))
    second = page(2, *paragraph([f"surpasses the others since {FILL}.", f"Next {FILL}."], 100))
    sentence = read(first, second).sentences[0]
    assert sentence.page == 1
    assert len(sentence.lines) == 2


def test_heading_names_the_section_and_is_no_sentence():
    got = read(
        page(1, line("4 Results", 150, size=12.0, bold=True), *paragraph([f"We see {FILL}.", f"And {FILL}."], 200))
    )
    assert {s.section for s in got.sentences} == {"4 Results"}
    assert all("4 Results" not in s.text for s in got.sentences)


def test_references_are_left_out_and_the_appendix_is_read():
    body = paragraph([f"We see {FILL}.", f"And {FILL}."], 100)
    entries = paragraph([f"J. Smith. 2023. On how {FILL}.", f"In a journal where {FILL}."], 300)
    appendix = paragraph([f"More on how {FILL}.", f"Even {FILL}."], 500)
    heads = [line("References", 250, size=12.0, bold=True), line("A Details", 450, size=12.0, bold=True)]
    got = texts(page(1, *body, heads[0], *entries, heads[1], *appendix))
    assert not any("Smith" in t for t in got)
    assert any(t.startswith("More on how") for t in got)


@pytest.mark.parametrize("opening", ["User: please tell", "Assistant: here is", "You are a helpful", "### Instruction"])
def test_prompts_and_dialogues_are_left_out(opening):
    rows = [f"{opening} {FILL}", f"where {FILL}."]
    assert texts(page(1, *paragraph(rows, 200))) == []


def test_text_in_the_box_of_a_table_is_left_out():
    rows = paragraph([f"We see {FILL}.", f"And {FILL}."], 200)
    assert texts(page(1, *rows), tables={1: [(50.0, 190.0, 590.0, 240.0)]}) == []


def test_footnote_does_not_break_the_sentence_around_it():
    top = paragraph([f"First we note that {FILL} and", f"then {FILL} which"], 600)
    note = line(f"1 Here {FILL}.", 700, size=8.0, is_super=True)
    after = paragraph([f"surpasses the others since {FILL}.", f"Next {FILL}."], 100, x=320.0)
    got = read(page(1, *top, note, *after)).sentences
    assert any("which surpasses" in s.text for s in got)
    assert [s.source for s in got].count("footnote") == 1


def test_footnote_mark_is_no_part_of_a_word():
    words = line("models such as ChatGPT", 200).words
    last = words[-1].bbox
    mark = Word("5", (last[2], 199.0, last[2] + 3, 205.0), 6.0, 204.0, "Times", is_super=True)
    first = TextLine((*words, mark), (72.0, 200.0, last[2] + 3, 210.0))
    assert texts(page(1, first, line(f"do what {FILL}.", 212)))[0].startswith("models such as ChatGPT do")


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("We follow Smith et al. (2023) here. Then we go on.", 2),
        ("See Fig. 3 and Sec. 4 for more. It is good.", 2),
        ("Scores reach 3.5 points. Good.", 2),
        ("This holds for all metrics. 3.3.2 Steering Towards Wrens In Table 4, we report means.", 2),
        ("Items: • First one here. • Second one here.", 3),
        ("It holds, e.g. Orca does. Then more.", 2),
    ],
)
def test_where_sentences_end(text, n):
    assert len(split_sentences(text)) == n
