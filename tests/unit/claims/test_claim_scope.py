"""On which benchmarks a claim holds where its own sentence does not say so."""

from __future__ import annotations

import pytest

from extractors.claims.extract import extract_claims
from extractors.records import Cell, DocumentText, PaperMeta, PaperReading, Sentence, Table
from extractors.registry.load import load_registry

META = PaperMeta("2401.00001", 1, title="Wren: A Small Model of Birds")
CLAIM = "Wren outperforms ChatGPT."


def table(label, caption, *heads):
    cells = tuple(Cell(0, n, 1, 1, head, True, False, False, (0.0, 0.0, 1.0, 1.0)) for n, head in enumerate(heads))
    return Table("t1", "2401.00001", 1, (0, 0, 1, 1), label, caption, 1, len(heads), 1, 1, "results", "", 0, cells)


def benchmarks(*texts, section="4 Results", tables=(), title=META.title):
    sentences = tuple(Sentence(i, 1, section, text, ((72.0, 100.0, 300.0, 110.0),)) for i, text in enumerate(texts))
    text = DocumentText(title, None, (section,), (), sentences, 1)
    reading = PaperReading("2401.00001", "0" * 64, 1, text, tuple(tables))
    (claim,) = extract_claims(reading, META, load_registry())
    return claim.benchmarks_raw, claim.scope_source


@pytest.mark.parametrize(
    "shown",
    [table("Table 2", "Accuracy on GSM8K.", "Model"), table("Table 2", "Accuracy.", "Model", "GSM8K")],
    ids=["caption", "header"],
)
def test_benchmark_of_the_table_that_the_sentence_points_to(shown):
    assert benchmarks("As Table 2 shows, Wren outperforms ChatGPT.", tables=[shown]) == (("GSM8K",), "context")


def test_benchmark_of_the_heading():
    assert benchmarks(CLAIM, section="4.2 Scores on GSM8K") == (("GSM8K",), "context")


def test_capitals_of_a_heading_are_no_name():
    assert benchmarks(CLAIM, section="4.2 CODE GENERATION QUALITY") == ((), None)


def test_a_set_that_only_the_paper_names():
    told = "We test on the NestEgg dataset.", "The NestEgg dataset holds 40 nests."
    assert benchmarks(*told, "Wren outperforms ChatGPT on NestEgg.") == (("NestEgg",), "sentence")


def test_the_benchmark_that_the_paper_presents_where_nothing_nearer_is_named():
    told = "We introduce NestBench, a benchmark of bird calls.", "Birds sing."
    assert benchmarks(*told, CLAIM, section="Abstract") == (("NestBench",), "context")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("MMLU: A Corpus of Exams", (("MMLU",), "context")),
        ("NestBench: Songs to Be Told Apart", (("NestBench",), "context")),
        ("NestNet: A Corpus of Songs", ((), None)),
    ],
)
def test_a_title_presents_a_set_where_it_says_so(title, expected):
    assert benchmarks("Birds sing.", CLAIM, section="Abstract", title=title) == expected


def test_a_set_that_bears_the_name_of_a_model():
    assert benchmarks("Wren outperforms ChatGPT on Vicuna prompts.")[0][0] == "Vicuna prompts"


def test_a_list_of_categories():
    assert set(benchmarks("Wren outperforms ChatGPT in law, math, and coding tasks.")[0]) == {"law", "math", "coding"}


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Wren outperforms ChatGPT on rare bird detection.", ("rare bird detection",)),
        (
            "Wren outperforms ChatGPT in song classification and nest recognition.",
            ("nest recognition", "song classification"),
        ),
        ("Wren outperforms ChatGPT in terms of understanding.", ()),
    ],
)
def test_a_task_that_bears_no_name_but_what_is_done(sentence, named):
    assert tuple(sorted(benchmarks(sentence)[0])) == named


def test_a_language_is_no_set():
    assert benchmarks("We use Chinese benchmarks.", "All Chinese benchmarks are new.", CLAIM) == ((), None)


def test_the_sentence_right_before_goes_before_the_benchmark_that_the_paper_presents():
    told = "We present NestBench, a benchmark of nests."
    assert benchmarks(told, "We score NestBench.", "Scores on GSM8K come first.", CLAIM)[0] == ("GSM8K",)
