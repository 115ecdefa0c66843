"""The picture that a link to the page shows elsewhere (Open Graph): the answers at a glance, as PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import pymupdf
import vl_convert

from pipeline.site.answers import Answer
from pipeline.site.charts import svg

WIDTH, HEIGHT = 1200, 630  # pixels, the size that readers of og:image cut to
_FONT = "Liberation Sans"  # comes with the drawing library, so that every machine draws the same letters
_INK, _SOFT, _TRACK = "#1c1f23", "#545b64", "#e3e7eb"
_COLORS = {"yes": "#1b6e3c", "one": "#1b6e3c", "on_par": "#8a6400", "no": "#a3201c", "unknown": "#545b64"}
_TOP, _STEP, _LEFT, _BAR = 200, 64, 660, 280  # first line, from line to line, start and length of a full bar


def preview(answers: Sequence[Answer], words: Mapping[str, str], *, note: str) -> bytes:
    """The title, a line a capability with its answer and a bar of benchmarks won, and `note` below; PNG bytes."""
    rows = [
        {
            "y": _TOP + i * _STEP,
            "title": a.title,
            "word": words[a.word],
            "color": _COLORS[a.word],
            "counts": f"{len(a.won)} of {len(a.mined)} benchmarks" if a.mined else "",
            "end": _LEFT + _BAR * len(a.won) / max(len(a.mined), 1),
        }
        for i, a in enumerate(answers)
    ]
    frame = pd.DataFrame(rows)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, HEIGHT], reverse=True, nice=False, zero=False))

    def at(field: str) -> alt.X:
        return alt.X(field, axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False, zero=False))

    def say(text: str, place: int, size: int, color: str, weight: str = "normal") -> alt.Chart:
        one = alt.Chart(pd.DataFrame({"x": [60], "y": [place], "text": [text]}))
        mark = one.mark_text(align="left", font=_FONT, fontSize=size, color=color, fontWeight=weight, limit=1080)
        return mark.encode(x=at("x:Q"), y=y, text="text:N")

    base = alt.Chart(frame.assign(x=60, start=_LEFT, full=_LEFT + _BAR))
    track = base.mark_rule(strokeWidth=20, color=_TRACK).encode(x=at("start:Q"), x2="full:Q", y=y)
    won = base.mark_rule(strokeWidth=20).encode(
        x=at("start:Q"), x2="end:Q", y=y, color=alt.Color("color:N", scale=None)
    )
    name = base.mark_text(align="left", font=_FONT, fontSize=28, color=_INK).encode(x=at("x:Q"), y=y, text="title:N")
    word = base.mark_text(align="right", font=_FONT, fontSize=24, fontWeight="bold", limit=330).encode(
        x=alt.value(640), y=y, text="word:N", color=alt.Color("color:N", scale=None)
    )
    counts = base.mark_text(align="left", font=_FONT, fontSize=20, color=_SOFT, dx=10).encode(
        x=at("full:Q"), y=y, text="counts:N"
    )
    chart = alt.layer(
        say("Are open models catching up?", 70, 52, _INK, "bold"),
        say("Does an open model beat GPT-3.5-turbo? Answers from papers’ own tables.", 125, 28, _SOFT),
        *(track, won, name, word, counts),
        say(note, 600, 22, _SOFT),
    )
    drawn = svg(
        chart.properties(
            width=WIDTH, height=HEIGHT, padding=0, background="white", autosize=alt.AutoSizeParams(type="none")
        ).configure_view(stroke=None)
    )
    whole = pymupdf.Pixmap(vl_convert.svg_to_png(drawn))
    png: bytes = pymupdf.Pixmap(whole, 0).tobytes("png")  # without the alpha plane a quarter of the bytes
    return png
