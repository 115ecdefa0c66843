"""Small papers of our own, typeset for the tests with Typst."""

from __future__ import annotations

import typst

_PAGE = """
#set document(date: none)
#set page(width: 460pt, height: auto, margin: 40pt)
#set text(size: 10pt)
#set table(stroke: none, inset: (x: 6pt, y: 2.5pt))
#show figure.where(kind: table): set figure.caption(position: top)
"""


def typeset(body: str) -> bytes:
    """The PDF of a Typst source, under the page settings above."""
    return bytes(typst.compile((_PAGE + body).encode()))


BOOKTABS = """
Our models are compared in the table below on two samples of invented questions.

#figure(caption: [Accuracy of invented models on two invented tests.], table(
  columns: 5, align: (left, center, center, center, center),
  table.hline(),
  table.cell(rowspan: 2)[Model], table.cell(colspan: 2)[QuizA], table.cell(colspan: 2)[QuizB],
  table.hline(start: 1, end: 3, stroke: 0.4pt), table.hline(start: 3, end: 5, stroke: 0.4pt),
  [dev], [test], [dev], [test],
  table.hline(),
  table.cell(colspan: 5)[_Closed models_],
  table.hline(stroke: 0.4pt),
  [Ostrich-XL], [71.2], [70.9], [55.0], [54.1],
  [Ostrich-S], [61.0], [60.2], [-], [44.4],
  table.hline(stroke: 0.4pt),
  table.cell(colspan: 5)[_Open models_],
  table.hline(stroke: 0.4pt),
  [Wren 7B], [*72.5* (+1.3)], [71.0], [56.2], [#underline[53.9]],
  table.hline(),
))

The numbers show what the reader of tables is asked to find.
"""
