"""The survey's figures as SVG, drawn by Vega-Lite when the site is built: no script is needed to see them.

A figure is a row of panels, each a picture of its own, so that a wide screen sets them side by side and a phone one
below the other. Each function returns no panel where the snapshot has nothing to draw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
import vl_convert

from pipeline.site.counted import BASELINES, is_baseline
from pipeline.site.gap import GapPoint
from pipeline.site.leaderboards import Board
from pipeline.site.links import slug
from pipeline.site.snapshot import CAPABILITIES, Row, Snapshot

OPEN, CLOSED, LINE = "#1f5fa8", "#b3541e", "#444444"
FAMILIES = 25  # of models in the timeline, by number of releases
GAP_HEIGHT = 150
PANELS = 6  # benchmarks of figure 1
BARS = 8  # models a benchmark: more would not be legible on a phone
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
VEGA_LITE = "6.1"  # fixed, so that the same data gives the same picture


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture; `name` is its part of the address, sizes in pixels."""

    name: str
    title: str
    svg: str
    width: int
    height: int


def svg(chart: alt.TopLevelMixin) -> str:
    """The picture of a chart, without fonts of its own."""
    return str(vl_convert.vegalite_to_svg(chart.to_dict(validate=False), vl_version=VEGA_LITE))


def _panel(name: str, title: str, chart: alt.Chart | alt.LayerChart) -> Panel:
    drawn = svg(
        chart.configure(font="Helvetica, Arial, sans-serif", background="white")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12, gridColor="#e4e4e4", domainColor="#999")
        .configure_title(fontSize=13, anchor="start", fontWeight="bold")
        .configure_legend(labelFontSize=12, titleFontSize=12, orient="top", symbolType="circle")
    )
    size = _SIZE.search(drawn)
    if size is None:
        raise ValueError("a picture without a size")
    return Panel(slug(name), title, drawn, round(float(size[1])), round(float(size[2])))


def gap_chart(points: Sequence[GapPoint], names: Mapping[str, str]) -> tuple[Panel, ...]:
    """Best lead so far in points, a line a benchmark and baseline, a panel a capability; `names` of benchmarks."""
    if not points:
        return ()
    last = max(p.date for p in points)
    rows = [(p.capability, BASELINES[p.baseline], names[p.benchmark_id], p.date, p.margin) for p in points]
    ends = {(p.capability, p.baseline, p.benchmark_id): p for p in points}  # a record stands until the last date drawn
    rows += [(c, BASELINES[b], names[n], last, p.margin) for (c, b, n), p in ends.items() if p.date != last]
    frame = pd.DataFrame(rows, columns=["capability", "baseline", "benchmark", "date", "lead"])
    x = alt.X("date:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=3, labelOverlap=True))
    scale = alt.Scale(domain=list(BASELINES.values()), range=[OPEN, CLOSED])
    color = alt.Color("baseline:N", legend=None, scale=scale)
    panels = []
    for key, title in CAPABILITIES.items():
        part = frame[frame["capability"] == key]
        if part.empty:
            continue
        line = (
            alt.Chart(part)
            .mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=22), strokeWidth=1.8)
            .encode(
                x=x,
                y=alt.Y("lead:Q", title="points ahead"),
                color=color,
                detail="benchmark:N",
                strokeDash=alt.StrokeDash("baseline:N", legend=None, scale=alt.Scale(domain=list(BASELINES.values()))),
            )
        )
        labels = (
            alt.Chart(_apart(part[part["date"] == last]))
            .mark_text(align="left", dx=6, fontSize=10)
            .encode(x=x, y="place:Q", text="benchmark:N", color=color)
        )
        zero = alt.Chart(pd.DataFrame({"lead": [0]})).mark_rule(color=LINE, strokeDash=[2, 2]).encode(y="lead:Q")
        chart = alt.layer(zero, line, labels).properties(width=230, height=GAP_HEIGHT, title=title)
        panels.append(_panel(key, title, chart))
    return tuple(panels)


def _apart(ends: pd.DataFrame) -> pd.DataFrame:
    """The last points with a `place` for each label, moved up where two would be written over each other."""
    ends = ends.drop_duplicates(["baseline", "benchmark"], keep="last").sort_values(["lead", "baseline", "benchmark"])
    span = max(float(ends["lead"].max() - ends["lead"].min()), 1.0)
    step, places, floor = 12 * span / GAP_HEIGHT, [], float("-inf")
    for lead in ends["lead"]:
        floor = max(float(lead), floor + step)
        places.append(floor)
    return ends.assign(place=places)


def general_chart(snap: Snapshot, found: Sequence[Board]) -> tuple[Panel, ...]:
    """Survey figure 1: open models as bars against the lines of GPT-3.5-turbo and GPT-4, a panel a benchmark."""
    panels = []
    for board in found:
        bars = [e for e in board.entries if e.openness == "open"][:BARS]
        lines = []
        for family, name in BASELINES.items():
            scores = [e.result["score"] for e in board.entries if is_baseline(e.model_id, family)]
            if scores:
                lines.append((name, max(scores) if board.higher_is_better else min(scores)))
        if bars and lines:
            named = [(e.name[:28], e.result["score"]) for e in bars]
            title = f"{board.name} ({board.metric})"
            panels.append(
                _panel(f"{board.benchmark_id}-{board.metric_id}-{board.unit}", title, _bars(title, named, lines))
            )
        if len(panels) == PANELS:
            break
    return tuple(panels)


def survey_chart(rows: Sequence[Row]) -> tuple[Panel, ...]:
    """The same from the survey's own rows, as it stood."""
    panels = []
    mine = [r for r in rows if r["provenance"] == "survey" and r["score"] is not None]
    for name in dict.fromkeys(r["benchmark_raw"] for r in mine):
        part = [r for r in mine if r["benchmark_raw"] == name]
        bars = [(r["model_raw"], r["score"]) for r in part if not r["is_baseline"]]
        lines = [(r["model_raw"], r["score"]) for r in part if r["is_baseline"]]
        if bars and lines:
            panels.append(_panel(name, name, _bars(name, bars, lines)))
    return tuple(panels)


def _bars(title: str, bars: Sequence[tuple[str, float]], lines: Sequence[tuple[str, float]]) -> alt.LayerChart:
    frame = pd.DataFrame(bars, columns=["model", "score"]).groupby("model", as_index=False, sort=False).max()
    marks = pd.DataFrame(lines, columns=["model", "score"])
    bar = (
        alt.Chart(frame)
        .mark_bar(color=OPEN, height={"band": 0.7})
        .encode(
            x=alt.X("score:Q", title=None),
            y=alt.Y("model:N", title=None, sort=None, axis=alt.Axis(labelLimit=150)),
        )
    )
    value = bar.mark_text(align="right", dx=-4, fontSize=11, color="white").encode(text="score:Q")
    rule = alt.Chart(marks).mark_rule(color=CLOSED, strokeWidth=2, strokeDash=[5, 3]).encode(x="score:Q")
    labels = [  # one above the other, for two lines may stand close
        alt.Chart(marks.iloc[[i]])
        .mark_text(color=CLOSED, baseline="bottom", dy=-3 - 12 * i, fontSize=11)
        .encode(x="score:Q", y=alt.value(0), text="model:N")
        for i in range(len(marks))
    ]
    return alt.layer(bar, rule, value, *labels).properties(
        width=260, height=max(24 * len(frame), 40), title=alt.TitleParams(title, offset=6)
    )


def timeline_chart(models: Sequence[Row]) -> tuple[Panel, ...]:
    """Survey figure 3: releases over time by family of models; `models` need `released`, `openness` and `family`."""
    dated = [m for m in models if m["released"] and m["openness"] and m["released"] >= "2022-06"]
    if not dated:
        return ()
    of = [m["family"] or m["organization"] or "others" for m in dated]
    largest = {family for family, _ in sorted(Counter(of).items(), key=lambda kv: (-kv[1], kv[0]))[:FAMILIES]}
    rows = [
        (m["released"][:10], family if family in largest else "others", m["openness"], m["name"])
        for m, family in zip(dated, of, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["released", "family", "openness", "name"])
    order = sorted(set(frame["family"]), key=lambda f: (f == "others", min(frame["released"][frame["family"] == f]), f))
    chart = (
        alt.Chart(frame)
        .mark_point(filled=True, size=55, opacity=0.75)
        .encode(
            x=alt.X("released:T", title=None, axis=alt.Axis(format="%Y-%m", orient="top", labelOverlap=True)),
            y=alt.Y("family:N", title=None, sort=order, axis=alt.Axis(grid=True, labelLimit=110)),
            color=alt.Color("openness:N", title=None, scale=alt.Scale(domain=["open", "closed"], range=[OPEN, CLOSED])),
            shape=alt.Shape("openness:N", legend=None, scale=alt.Scale(domain=["open", "closed"])),
        )
        .properties(width=250, height=alt.Step(15))
    )
    return (_panel("releases", "Releases over time", chart),)
