"""Random tables set by Typst, with the grid that a reader should find. Fonts are those that Typst brings along."""

from __future__ import annotations

from dataclasses import dataclass

import typst
from hypothesis import strategies as st

FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
NAMES = ("Wren", "Rook", "Heron", "Swan", "Owl", "Tern", "Kite", "Crane", "Finch", "Stork")
HEADS = ("Speed", "Span", "Eggs", "Weight", "Depth", "Range", "Calls", "Age")
GROUPS = ("Day", "Night", "North", "South")


@dataclass(frozen=True)
class Drawn:
    """A table as it was set: `groups` are (title, columns) over the data columns, or none."""

    font: str
    align: str
    style: str  # `booktabs`, `grid` (a rule round every cell) or `bare`
    gutter: int  # points between columns
    two_columns: bool
    caption: bool
    groups: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # one cell: the title of the rows below it

    @property
    def cells(self) -> set[tuple[int, int, int, str]]:
        """(row, column, columns spanned, text) of every cell."""
        out = set()
        top = 0
        if self.groups:
            at = 1
            for title, wide in self.groups:
                out.add((0, at, wide, title))
                at += wide
            top = 1
        for r, row in enumerate((self.heads, *self.rows), top):
            wide = len(self.heads) if len(row) == 1 else 1
            out |= {(r, c, wide, text) for c, text in enumerate(row)}
        return out


@st.composite
def drawn_tables(draw: st.DrawFn) -> Drawn:
    n_cols = draw(st.integers(2, 5))
    n_rows = draw(st.integers(2, 7))
    digits = draw(st.integers(1, 2))
    number = st.integers(10, 9999).map(lambda v: f"{v / 10**digits:.{digits}f}")
    names = draw(st.permutations(NAMES))[:n_rows]
    cell = st.one_of(number, number, number, st.just("-"), number.map(lambda n: f"{n} ± 0.3"))
    rows: list[tuple[str, ...]] = [(name, draw(number), *(draw(cell) for _ in range(n_cols - 1))) for name in names]
    wide = n_cols == 4 and draw(st.booleans())
    titles = draw(st.permutations(GROUPS))
    style = draw(st.sampled_from(("booktabs", "grid", "bare")))
    if n_rows > 3 and style == "booktabs" and draw(st.booleans()):
        rows = [("Birds of the day",), *rows[:2], ("Birds of the night",), *rows[2:]]
    font = draw(st.sampled_from(FONTS))
    return Drawn(
        font=font,
        align=draw(st.sampled_from(("center", "left", "right"))),
        style=style,
        gutter=12 if "Mono" in font else draw(st.sampled_from((6, 8, 12))),  # spaces of one width are wide themselves
        two_columns=n_cols < 4 and draw(st.booleans()),
        caption=style == "bare" or draw(st.booleans()),
        groups=((titles[0], 2), (titles[1], 2)) if wide else (),
        heads=("Bird", *draw(st.permutations(HEADS))[:n_cols]),
        rows=tuple(tuple(t.split(" ±")[0] if "Mono" in font else t for t in row) for row in rows),
    )


def typeset(table: Drawn) -> bytes:
    """The PDF of one page with text above and below the table."""
    n = len(table.heads)
    ruled = table.style == "booktabs"
    cells: list[str] = []
    if table.groups:
        at = 1
        cells.append("[]")
        rules = []
        for title, wide in table.groups:
            cells.append(f"table.cell(colspan: {wide}, align: center)[{title}]")
            rules.append(f"table.hline(start: {at}, end: {at + wide}, stroke: 0.4pt)")
            at += wide
        cells += rules if ruled else []
    cells += [f"[{t}]" for t in table.heads]
    cells += ["table.hline(stroke: 0.5pt)"] if ruled else []
    for row in table.rows:
        cells += [f"table.cell(colspan: {n}, align: left)[{row[0]}]"] if len(row) == 1 else [f'[#"{t}"]' for t in row]
    frame = "table.hline(stroke: 0.8pt)"
    gap = (
        "inset: (x: 4pt, y: 3pt)"
        if table.style == "grid"
        else f"column-gutter: {table.gutter}pt, inset: (x: 1pt, y: 3pt)"
    )
    body = f"""table(columns: {n}, stroke: {"0.4pt" if table.style == "grid" else "none"}, {gap},
      align: (left, ..range({n - 1}).map(_ => {table.align})),
      {", ".join([frame, *cells, frame] if ruled else cells)})"""
    caption = "[Speeds of birds that were seen.]" if table.caption else "none"
    source = f"""#set page(width: 460pt, height: 420pt, margin: 30pt, columns: {2 if table.two_columns else 1})
#set text(font: "{table.font}", size: 9pt)
#set par(justify: true)
The birds were counted each year between the river and the old wall, as was done before. They fly far.

#figure({body}, caption: {caption}, kind: table, supplement: [Table])

Most of them come back in spring, when the nights are short and the trees are green again. Some stay behind."""
    return bytes(typst.compile(source.encode(), ignore_system_fonts=True))
