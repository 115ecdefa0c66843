"""Tables written as text, for tests of what their cells mean."""

from __future__ import annotations

from extractors.records import Cell, DocumentText, PaperMeta, PaperReading, Result, Sentence, Table
from extractors.registry.load import load_registry
from extractors.results.extract import extract_results


def grid(
    text: str, caption: str | None = None, *, head: int = 1, stub: int = 1, kind: str = "results", context: str = ""
) -> Table:
    """A table of lines and `|`; `<` takes up the cell to the left, `^` that above, `*x*` is bold. A line of one cell is
    a row over the whole width."""
    lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    width = max(map(len, lines))
    cells: list[Cell] = []
    for r, line in enumerate(lines):
        if len(line) == 1:
            cells.append(_cell(r, 0, 1, width, line[0], is_header=True))
            continue
        for c, word in enumerate(line):
            if word in ("<", "^"):
                continue
            across = next((k for k in range(c + 1, width) if line[k] != "<"), width) - c
            down = next(
                (k for k in range(r + 1, len(lines)) if len(lines[k]) < width or lines[k][c] != "^"), len(lines)
            )
            cells.append(_cell(r, c, down - r, across, word, is_header=r < head or c < stub))
    return Table(
        table_id="t-1", paper_id="p", page=1, bbox=(0, 0, 1, 1), label="Table 1", caption=caption, n_rows=len(lines),
        n_cols=width, n_header_rows=head, n_header_cols=stub, kind=kind, kind_reason="", rotation=0,
        cells=tuple(cells), context=(context,) if context else (),
    )  # type: ignore[arg-type]  # fmt: skip  # the kind is a plain string here


def _cell(row: int, col: int, down: int, across: int, word: str, *, is_header: bool) -> Cell:
    bold = word.startswith("*") and word.endswith("*") and len(word) > 2
    return Cell(row, col, down, across, word.strip("*") if bold else word, is_header, bold, False, (0, 0, 1, 1))


def results_of(table: Table, title: str = "A study of birds", abstract: str = "", text: str = "") -> tuple[Result, ...]:
    sentences = tuple(Sentence(i, 1, None, s, ()) for i, s in enumerate(filter(None, text.split("\n"))))
    reading = PaperReading("p", "0" * 64, 1, DocumentText(title, abstract, (), (), sentences, 1), (table,))
    return extract_results(reading, PaperMeta("p", title=title, abstract=abstract), load_registry())
