"""Words looked for in running text: what is needed is told before a pattern is tried."""

from __future__ import annotations

import pytest

from extractors.errors import RegistryError
from extractors.results.words import load_words, running_words


@pytest.mark.parametrize(
    ("needs", "pattern"),
    [
        (["accurac"], r"accurac(y|ies)|\bAcc\b"),
        (["rates"], r"win(ning)?[- ]rates?"),
        (["won"], r"(win|won) rate"),
    ],
)
def test_an_alternative_that_may_hold_none_of_the_needs_is_refused(needs: list[str], pattern: str) -> None:
    with pytest.raises(RegistryError, match="none of"):
        running_words({"needs": needs, "pattern": pattern}, is_flat=True)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Accuracies on all sets", "accuracy"),
        ("Acc on the test set", "accuracy"),
        ("ROUGE-L of the summaries", "rouge-l"),
        ("as judged by GPT-4", "gpt-4-score"),
        ("average scores of three runs", "gpt-4-score"),
        ("ASR of three attacks", "attack-success-rate"),
        ("classification error of two nets", "error-rate"),
    ],
)
def test_a_text_with_the_needs_is_searched(text: str, metric: str) -> None:
    assert load_words().caption_metric[metric].search(text, text.casefold())


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Percentage of wrong answers by model", "Percentage of wrong answers"),
        ("the Rejection rate of all models", "Rejection rate"),
        ("Helpfulness scores of two models", "Helpfulness scores"),
    ],
)
def test_a_captions_own_words_for_its_metric_are_found(text: str, phrase: str) -> None:
    found = [m for w in load_words().caption_phrase if (m := w.search(text, text.casefold()))]
    assert found[0][1] == phrase


def test_all_matches_come_in_the_order_of_the_texts() -> None:
    words = running_words({"needs": ["em", "exact"], "pattern": r"exact match|\bEM\b"})
    texts = ["no such", "EM and exact match", "an exact match"]
    assert words.find_all(texts, [t.casefold() for t in texts]) == ["EM", "exact match", "exact match"]
