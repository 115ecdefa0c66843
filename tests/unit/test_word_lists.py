"""Lists of words as patterns, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import RegistryError
from extractors.word_lists import patterns_of


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "bird_words.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_entry_matches_whole_words_alone(tmp_path: Path) -> None:
    small = patterns_of(write(tmp_path, "small: [wren, 'tits?']"), ["small"])["small"]
    assert [m[0] for m in small.finditer("Wren, wrens and tit")] == ["Wren", "tit"]


@pytest.mark.parametrize(("inner", "found"), [(r"\w", True), (r"\w-", False)])
def test_what_may_stand_beside_a_word_is_the_callers_choice(tmp_path: Path, inner: str, found: bool) -> None:
    small = patterns_of(write(tmp_path, "small: [wren]"), ["small"], inner=inner)["small"]
    assert (small.search("wren-like") is not None) == found


@pytest.mark.parametrize("text", ["large: [heron]", "small: ['wren(']", "small: 7", "- wren"])
def test_a_list_that_is_missing_or_does_not_compile_names_its_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(RegistryError, match=r"bird_words\.yml"):
        patterns_of(write(tmp_path, text), ["small"])
