"""The file of corrections: what is taken, and what is refused with which words."""

from __future__ import annotations

import pytest

from expectations.correction_file import parse_corrections
from expectations.corrections import CorrectionsError, check_names
from extractors.registry.load import load_registry

SAID = "reason: looked at the page, author: Ada"


def test_entries_are_read_in_order_with_dates_as_text() -> None:
    found = parse_corrections(
        f"- {{row: r-1, table: results, action: mend, set: {{score: 12.5, subset: null}}, {SAID}, date: 2026-01-02}}\n"
        f"- {{link: GPT 3.5, kind: model, id: gpt-3.5-turbo, paper: '2401.00001', {SAID}}}\n"
    )
    assert found.rows[0].values == '{"score": 12.5, "subset": null}'
    assert found.rows[0].date == "2026-01-02"
    assert found.links[0].paper_id == "2401.00001"


def test_an_empty_file_says_nothing() -> None:
    assert parse_corrections("# nothing yet\n").digest() == ""


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{row: r-1, table: results, action: reject, author: Ada}", "entry 1"),
        (f"{{row: r-1, table: results, action: burn, {SAID}}}", "entry 1"),
        (f"{{row: r-1, table: results, action: mend, {SAID}}}", "entry 1"),
        (f"{{row: x-1, table: conflicts, action: mend, set: {{spread: 1}}, {SAID}}}", "entry 1"),
        (f"{{row: r-1, table: results, action: mend, set: {{colour: red}}, {SAID}}}", "no column 'colour'"),
        (f"{{row: r-1, table: results, action: mend, set: {{page: 3}}, {SAID}}}", "cannot be mended"),
        (f"{{row: r-1, table: results, action: mend, set: {{result_id: r-2}}, {SAID}}}", "cannot be mended"),
        (f"{{row: r-1, table: results, action: mend, set: {{score: high}}, {SAID}}}", "is a number"),
        (f"{{row: r-1, table: results, action: mend, set: {{score: true}}, {SAID}}}", "is a number"),
        (f"{{row: r-1, table: results, action: mend, set: {{score: null}}, {SAID}}}", "cannot be null"),
        (f"{{row: c-1, table: claims, action: mend, set: {{verdict: maybe}}, {SAID}}}", "is one of"),
        (f"{{row: c-1, table: claims, action: mend, set: {{evidence: [1]}}, {SAID}}}", "list of strings"),
        ("{row: [", "no YAML"),
    ],
)
def test_a_broken_entry_is_named_with_its_fault(entry: str, words: str) -> None:
    with pytest.raises(CorrectionsError, match=words):
        parse_corrections(f"- {entry}\n")


def test_two_words_on_one_row_are_refused() -> None:
    two = "".join(f"- {{row: r-1, table: results, action: {a}, {SAID}}}\n" for a in ("accept", "reject"))
    with pytest.raises(CorrectionsError, match="accept and reject"):
        parse_corrections(two)


def test_one_name_cannot_mean_two_entities() -> None:
    two = "".join(f"- {{link: {n}, kind: model, id: {i}, {SAID}}}\n" for n, i in (("GPT-3.5", "a"), ("GPT 3.5", "b")))
    with pytest.raises(CorrectionsError, match="two entities"):
        parse_corrections(two)


@pytest.mark.parametrize(
    "entry",
    [
        f"{{link: Foo, kind: model, id: no-such-model, {SAID}}}",
        f"{{row: r-1, table: results, action: mend, set: {{benchmark_id: no-such-benchmark}}, {SAID}}}",
        f"{{row: c-1, table: claims, action: mend, set: {{benchmark_ids: [gsm8k, no-such-benchmark]}}, {SAID}}}",
    ],
)
def test_an_entity_that_the_registry_lacks_is_refused(entry: str) -> None:
    with pytest.raises(CorrectionsError, match="the registry has no"):
        check_names(parse_corrections(f"- {entry}\n"), load_registry())
