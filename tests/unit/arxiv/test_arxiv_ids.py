import pytest

from pipeline.resources.arxiv_org.ids import parse_id


@pytest.mark.parametrize(
    ("text", "paper_id", "version"),
    [
        ("2310.06830", "2310.06830", None),
        ("2310.06830v2", "2310.06830", 2),
        ("0704.0001v1", "0704.0001", 1),
        ("cs/0501001", "cs/0501001", None),
        ("quant-ph/0201082v1", "quant-ph/0201082", 1),
        ("math.GT/0309136", "math/0309136", None),
        ("arXiv:2310.06830", "2310.06830", None),
        ("http://arxiv.org/abs/cs/0501001v3", "cs/0501001", 3),
        ("https://arxiv.org/pdf/2310.06830v2.pdf", "2310.06830", 2),
    ],
)
def test_forms_of_an_id(text: str, paper_id: str, version: int | None) -> None:
    assert parse_id(text) == (paper_id, version)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "2310.06830v0", "../2310.06830", "2310.06830/../../etc", "2310.06830\nx", "cs/../../1", "２310.06830"],
)
def test_what_is_no_id(text: str) -> None:
    assert parse_id(text) is None
