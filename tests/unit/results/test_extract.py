"""Results of tables typeset by us, from the PDF on."""

from __future__ import annotations

import pytest
from support.sample_tables import typeset

from extractors.document.captions import find_captions
from extractors.document.page import read_pages
from extractors.records import DocumentText, PaperMeta, PaperReading, Result
from extractors.registry.load import load_registry
from extractors.results.extract import extract_results
from extractors.tables.reader import read_tables


def results(body: str, title: str = "WrenLM: a small bird sings") -> dict[tuple[str, str | None], Result]:
    pages = read_pages(typeset(body))
    captions = find_captions(pages)
    tables = read_tables(pages, captions, "sample")
    text = DocumentText(None, None, (), captions, (), len(pages))
    reading = PaperReading("sample", "0" * 64, len(pages), text, tables)
    found = extract_results(reading, PaperMeta("sample", title=title), load_registry())
    return {(r.model_raw, r.benchmark_raw): r for r in found}


ROWS = """
#figure(caption: [Accuracy of all models.], table(columns: 4,
  table.hline(), [Model], [\\#Params], [GSM8K], [MMLU], table.hline(),
  [ChatGPT], [-], [80.8], [70.0], [Llama-2-70B], [70B], [56.8], [68.9], [Ours], [7B], [*81.6*], [60.1], table.hline()))
"""

COLUMNS = """
#figure(caption: [Accuracy of all models.], table(columns: 4,
  table.hline(), [Test], [ChatGPT], [GPT-4], [Llama-2-70B], table.hline(),
  [GSM8K], [80.8], [92.0], [56.8], [MMLU], [70.0], [86.4], [68.9], table.hline()))
"""


@pytest.fixture(scope="module")
def by_rows() -> dict[tuple[str, str | None], Result]:
    return results(ROWS)


def test_cell_gives_model_benchmark_metric_and_score(by_rows: dict[tuple[str, str | None], Result]) -> None:
    row = by_rows["ChatGPT", "GSM8K"]
    assert (row.model_id, row.benchmark_id, row.metric_id, row.score) == ("gpt-3.5-turbo", "gsm8k", "accuracy", 80.8)


def test_column_of_sizes_holds_no_score(by_rows: dict[tuple[str, str | None], Result]) -> None:
    assert {benchmark for _, benchmark in by_rows} == {"GSM8K", "MMLU"}


def test_ours_is_the_model_that_the_title_names(by_rows: dict[tuple[str, str | None], Result]) -> None:
    row = by_rows["WrenLM 7B", "GSM8K"]
    assert (row.model_role, row.is_best_marked) == ("proposed", True)


def test_models_in_columns_are_read_the_same_way() -> None:
    assert results(COLUMNS)["GPT-4", "MMLU"].score == 86.4


def test_unit_is_percent_where_the_metric_is(by_rows: dict[tuple[str, str | None], Result]) -> None:
    assert by_rows["Llama-2-70B", "MMLU"].unit == "percent"


def test_confidence_is_lower_for_an_unlinked_name(by_rows: dict[tuple[str, str | None], Result]) -> None:
    assert by_rows["WrenLM 7B", "MMLU"].confidence < by_rows["ChatGPT", "MMLU"].confidence


def test_benchmark_comes_from_the_caption_where_headers_name_none() -> None:
    body = ROWS.replace("Accuracy of all models.", "Scores on TriviaQA.").replace("[GSM8K], [MMLU]", "[EM], [F1]")
    row = results(body)["ChatGPT", "TriviaQA"]
    assert (row.benchmark_id, row.metric_id) == ("triviaqa", "f1")
