"""The headers that stand over each data row and column of a table, part by part, with where each part stands.

Shape only: full-width group rows, header rows inside the body, columns of words that describe their row. What the
parts mean is told in `roles`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from extractors.records import Cell, Table
from extractors.results.numbers import read_numbers
from extractors.results.spread import names_of_brackets, spread_headers

GROUP = -1  # level of a group row; stub columns count from 0, and so do header rows
_TEXT_SHARE = 0.2  # a body column with fewer scores among its filled cells describes its rows, as `7B` or `Open` do
_LETTER = re.compile(r"[^\W\d_]")
_POINTING = re.compile(r"\s*[→↓:]+\s*$")
_OF_METRICS = re.compile(r"metrics?\b", re.I)
_FILLED = re.compile(r"[^\W_]|[✓✗×]")
_INDENTED = re.compile(r"^\s*(?:\+|→|↪|⇒|[-–−]\s|[-–−]w/)", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """One header cell over a row or column; `head` is what the header prints above its stub column, or before its
    header row (`Metric →`)."""

    text: str
    level: int
    head: str | None = None


Path = tuple[Part, ...]
Slots = Mapping[tuple[int, int], Cell]  # by row and column, spans filled
Texts = Mapping[tuple[int, int], str]  # of the slots that have one


@dataclass(frozen=True, slots=True)
class Axes:
    """`rows` by row; `blocks` holds the columns by column, once for each header row inside the body besides the
    first; `block_of` tells which of them is over a row."""

    rows: Mapping[int, Path]
    blocks: tuple[Mapping[int, Path], ...]
    block_of: Mapping[int, int]
    cells: Mapping[tuple[int, int], Cell]


def read_axes(table: Table, is_skipped: Callable[[str], bool] = lambda _: False) -> Axes:
    """`is_skipped` tells of what stands beside a header row (`#Params` before sizes) that the row names nothing."""
    slots: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.col, cell.col + cell.col_span):
                slots.setdefault((r, c), cell)
    slots |= spread_headers(table, slots)
    texts = {slot: text for slot, cell in slots.items() if (text := _text(cell))}
    top, left = table.n_header_rows, table.n_header_cols
    heads = {c: _head(texts, top, c) for c in range(table.n_cols)}
    before = _heads_of_rows(texts, top) if left == 1 and heads[0] is None else {}
    described = _text_columns(table, slots)
    stub = [c for c in range(table.n_cols) if c < left or c in described]
    cols = [c for c in range(left, table.n_cols) if c not in described]
    named = names_of_brackets(table, slots)
    naming: Sequence[int] = range(top)
    if left and heads[0] is None:
        naming = [r for r in range(top) if not _tells_nothing(texts, r, cols, is_skipped)] or naming
    blocks: list[dict[int, Path]] = [
        _hung({c: _named(_column_path(slots, texts, naming, c, before), named.get(c)) for c in cols})
    ]
    rows: dict[int, Path] = {}
    block_of: dict[int, int] = {}
    group: Path = ()
    above: dict[int, str] = {}
    heading: list[int] = []  # the rows of the header inside the body that was met last
    joined = _joined_names(table, slots, texts)
    main: dict[int, str] = {}  # by stub column, the last text that an indented one can hang on
    for r in range(top, table.n_rows):
        line = [slots.get((r, c)) for c in range(table.n_cols)]
        said = [texts.get((r, c), "") for c in range(table.n_cols)]
        if (title := _group_title(line, said, cols)) is not None:
            group = (Part(title, GROUP),)
            above = {}
            continue
        if _is_inner_header(line, said, cols, left, heads):
            heading = [*heading, r]
            blocks[len(blocks) - (len(heading) > 1) :] = [{c: _column_path(slots, texts, heading, c) for c in cols}]
            continue
        heading = []
        parts: list[Part] = []
        seen: set[tuple[int, int]] = set()
        for c in stub:
            part = line[c]
            text = joined.get((r, c)) or said[c]
            if part is not None and (part.row, part.col) in seen:
                continue
            if part is not None:
                seen.add((part.row, part.col))
            if not text and c == 0 and any(said[k] for k in stub[1:]):
                text = above.get(c, "")  # a name printed once over several rows
            if text:
                parts.append(Part(text, c, heads[c]))
                above[c] = text
        for i, item in enumerate(parts):
            if _INDENTED.match(item.text) and item.level in main and not _has_word_group(group):
                parts[i] = Part(f"{main[item.level]} {item.text}", item.level, item.head)
            else:
                main[item.level] = item.text
        rows[r] = (*group, *parts)
        block_of[r] = len(blocks) - 1
    return Axes(rows, tuple(blocks), block_of, slots)


def _joined_names(table: Table, slots: Slots, texts: Texts) -> dict[tuple[int, int], str]:
    """By slot of the first column, the name of rows that it stands over in parts: `Llama` over two rows and `(7B)` over
    the next two; or whose middle rows alone were found to be its, as the run before is as long as its rows and those
    without a name before it."""
    starts = [r for r in range(table.n_header_rows, table.n_rows) if (r, 0) in texts and _starts(slots[r, 0], r)]
    out: dict[tuple[int, int], str] = {}
    for a, b in pairwise(starts):
        first, second = slots[a, 0], slots[b, 0]
        if first.row_span < 2 or second.row_span < 2:  # not known to stand over several rows
            continue
        end = a + first.row_span
        rows = range(b, b + second.row_span)
        if end == b and re.fullmatch(r"\(.+\)", texts[b, 0]) and first.row_span == second.row_span:
            out.update({(r, 0): f"{texts[a, 0]} {texts[b, 0]}" for r in (*range(a, end), *rows)})
        elif end < b and b + second.row_span - end == first.row_span:
            out.update({(r, 0): texts[b, 0] for r in (*range(end, b), *rows)})
    return out


def _starts(cell: Cell, r: int) -> bool:
    return cell.row == r and cell.col_span == 1


def _has_word_group(group: Path) -> bool:
    """Whether a group row with digits, so likely a model, is what an indented row hangs on."""
    return any(re.search(r"\d", part.text) for part in group)


def _text(cell: Cell) -> str:
    """The text of a cell without the digits of its footnotes (`Claude 2` with a raised 7 is no `Claude 27`)."""
    text = cell.text.strip()
    if not cell.marks:
        return text
    for mark in cell.marks:
        if mark.isdigit() and text.endswith(mark) and len(text) > len(mark):
            text = text[: -len(mark)].rstrip()
    return text


def _head(texts: Texts, top: int, c: int) -> str | None:
    """What stands above a stub column. Several texts there name the header rows beside them, not what is below."""
    over = list(dict.fromkeys(t for r in range(top) if (t := texts.get((r, c)))))
    return over[0] if len(over) == 1 else None


def _tells_nothing(texts: Texts, r: int, cols: Sequence[int], is_skipped: Callable[[str], bool]) -> bool:
    """Whether a header row counts something of the names in the header rows beside it: it has numbers, and what stands
    before them says so (`#Params`)."""
    over = [text for c in cols if (text := texts.get((r, c)))]
    return is_skipped(texts.get((r, 0), "")) and sum(1 for t in over if re.search(r"\d", t)) > 0.5 * len(over)


def _heads_of_rows(texts: Texts, top: int) -> dict[int, str]:
    """By header row, what stands before it in the stub column, where several rows have such words. The last is rather
    the head of the column, unless it points or says that it is of metrics."""
    found = {r: text for r in range(top) if (text := texts.get((r, 0)))}
    last = max(found, default=0)
    if found and not _POINTING.search(found[last]) and not _OF_METRICS.match(found[last]):
        del found[last]
    return {r: _POINTING.sub("", text) for r, text in found.items()}


def _column_path(
    slots: Slots, texts: Texts, rows: Sequence[int], c: int, before: Mapping[int, str] = MappingProxyType({})
) -> Path:
    out: list[Part] = []
    last: Cell | None = None
    for level, r in enumerate(rows):
        cell = slots.get((r, c))
        if cell is not None and cell is not last and (r, c) in texts:
            out.append(Part(texts[r, c], level, before.get(r)))
        last = cell
    return tuple(out)


def _named(path: Path, name: str | None) -> Path:
    """The path with a name before its last part, which is brackets alone."""
    if name is None or not path:
        return path
    last = path[-1]
    return (*path[:-1], Part(f"{name} {last.text}", last.level, last.head))


def _hung(paths: dict[int, Path]) -> dict[int, Path]:
    """The columns, those whose header begins with a plus (`+ maj@8`) behind the path of the column before them."""
    out: dict[int, Path] = {}
    base: Path = ()
    for c, path in paths.items():
        is_added = bool(path) and path[-1].text.startswith("+") and len(path[-1].text) > 1
        if is_added and base and path[:-1] == base[:-1]:
            path = (*base, path[-1])
        elif not is_added:
            base = path
        out[c] = path
    return out


def _text_columns(table: Table, slots: Slots) -> set[int]:
    out = set()
    for c in range(table.n_header_cols, table.n_cols):
        filled = [
            text
            for r in range(table.n_header_rows, table.n_rows)
            if (cell := slots.get((r, c))) is not None
            and cell.col_span < max(2, table.n_cols - 1)
            and _FILLED.search(text := cell.text)
        ]
        if filled and sum(1 for t in filled if read_numbers(t)) < _TEXT_SHARE * len(filled):
            out.add(c)
    return out if len(out) < table.n_cols - table.n_header_cols else set()


def _group_title(line: list[Cell | None], said: list[str], cols: list[int]) -> str | None:
    """The text of a row that is one cell over the whole width, or whose only words stand in its first cell."""
    first = line[0] if line else None
    if first is not None and first.col_span >= len(line) and len(line) > 1 and first.text.strip():
        return None if read_numbers(first.text) and not first.is_header else first.text.strip()
    if any(said[c] for c in cols):
        return None
    texts = list(dict.fromkeys(t for t in said if t))
    if len(texts) == 1 and not read_numbers(texts[0]):
        return texts[0] if _LETTER.search(texts[0]) else None
    return None


def _is_inner_header(
    line: list[Cell | None], said: list[str], cols: list[int], left: int, heads: Mapping[int, str | None]
) -> bool:
    """Whether a body row repeats the part of a header: words over the columns, and no name of its own before them."""
    words = [t for c in cols if (t := said[c]) and not read_numbers(t) and _LETTER.search(t)]
    if len(words) < 2 or len(words) < 0.6 * len(cols):
        return False
    stub = said[:left]
    return (
        not any(stub)
        or all(not s or s == heads[c] for c, s in enumerate(stub))
        or all(cell is None or cell.is_header for cell in line)
    )
