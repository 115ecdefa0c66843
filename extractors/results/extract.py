"""Every score of a paper's result tables as a record: model, benchmark, metric, number, place, confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.records import PaperMeta, PaperReading, Result, Table
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.results.axes import Axes, Path, read_axes
from extractors.results.complete import FROM_TEXT, Around, Completed, complete, find_suite, without_guess
from extractors.results.context import PaperContext, TableContext, is_defined, paper_context, table_context
from extractors.results.meaning import Measure, System, hang_on, needed_sizes, read_measure, read_system
from extractors.results.naming import name_model
from extractors.results.numbers import read_numbers
from extractors.results.parts import read_part
from extractors.results.roles import Roles, read_roles
from extractors.results.rows import Meant, RowMaker
from extractors.results.scales import are_aspects, common_metric, is_beyond, is_difference, scale_of
from extractors.results.scored import find_scores
from extractors.results.words import Words, load_words
from extractors.tables.continued import headed

# A row that names only what is added to a model above it. What is left out (`w/o X`) is so more often from the paper's
# own system than from the model above, and stays as printed.
_HANGING = re.compile(r"w/(?!o)|with\s", re.I)
_TRAINED = re.compile(r"train|tun(?:ed|ing)\b|distill", re.I)
_BRACKETS = re.compile(r"\s*\(.*\)$")
_MARK = re.compile(r"[*†‡§¶∗]+\s*$")


def extract_results(reading: PaperReading, meta: PaperMeta, registry: Registry) -> tuple[Result, ...]:
    """The scores of all tables that report results, in the order of tables, rows and columns. Rows below
    `ConfidenceSettings.unsure_below` are among them; whoever publishes decides on them."""
    words = load_words()
    paper = paper_context(reading, meta, registry, words)
    tables = {t.table_id: t for t in reading.tables}
    out: list[Result] = []
    for part in reading.tables:
        table, down = headed(part, tables[part.continues]) if part.continues else (part, 0)
        near = table_context(table, registry, words)
        found = _TableReader(table, near, paper, registry, words).results()
        out.extend(replace(r, row=r.row - down) for r in found) if down else out.extend(found)
    return tuple(out)


@dataclass(slots=True)
class _TableReader:
    table: Table
    near: TableContext
    paper: PaperContext
    registry: Registry
    words: Words

    def results(self) -> list[Result]:
        axes = read_axes(self.table, lambda text: bool(self.words.skip.fullmatch(text.strip())))
        near = self.near
        metrics = self._defined(axes, self.words.defines_metric)
        own = frozenset(key(name) for name in self.paper.own) - {key(self.paper.benchmark or "")}
        roles = read_roles(
            axes,
            self.registry,
            self.words,
            models_in_caption=len(near.models),
            is_one_run=len(near.models) == 1 and not _TRAINED.search(near.caption),
            metrics=metrics,
            own=own,
        )
        systems, measures = self._read_paths(axes, roles, metrics)
        measured = [m for m in measures.values() if not m.is_skipped]
        if not self._is_about_scores(axes, roles, systems, measured):
            return []
        found = find_scores(axes, self.table.n_header_cols, roles.model_side, systems, measures)
        scores: list[list[float]] = [[] for _ in found.measures]
        for score in found.scores:
            scores[score.measure].append(score.numbers[0].score)
        around = self._around(measured)
        groups = {group: i for i, group in enumerate(dict.fromkeys(s.measure for s in found.systems))}
        group_of = [groups[s.measure] for s in found.systems]
        maker = RowMaker(self.table, self.registry, is_guess=roles.is_guess)
        models = (name_model(s, self.paper, near, self.registry) for s in found.systems)
        asked = [None if model is None else maker.asked(model) for model in models]
        meanings: dict[tuple[int, int], Meant | None] = {}
        out: list[Result] = []
        for score in found.scores:
            m, subject = score.measure, asked[score.system]
            if subject is None:
                continue
            line = (m, group_of[score.system])
            if line not in meanings:
                group = found.systems[score.system].measure
                done = self._meaning(found.measures[m], group, around, scores[m])
                meanings[line] = None if done is None else maker.meant(done)
            if (meaning := meanings[line]) is not None:
                out.extend(maker.rows(score.cell, score.numbers, subject, meaning))
        return out

    def _around(self, measured: Sequence[Measure]) -> Around:
        return Around(
            suite=find_suite(measured, self.near, self.paper, self.registry),
            is_suite_shared=not any(m.is_linked for m in measured),
            peers=common_metric(measured, self.registry),
            are_aspects=are_aspects(measured, self.words),
            near=self.near,
            paper=self.paper,
        )

    def _defined(self, axes: Axes, pattern: re.Pattern[str]) -> frozenset[str]:
        """The header texts that the caption explains with the words of the pattern (`“Error” is the percentage`)."""
        caption = self.near.caption
        paths = [*axes.rows.values(), *(path for block in axes.blocks for path in block.values())]
        texts = {part.text for path in paths for part in path if 1 < len(part.text) < 40}
        return frozenset(t for t in texts if is_defined(_BRACKETS.sub("", t) if "(" in t else t, caption, pattern))

    def _read_paths(
        self, axes: Axes, roles: Roles, metrics: frozenset[str]
    ) -> tuple[dict[Path, System], dict[Path, Measure]]:
        cols = [path for block in axes.blocks for path in block.values()]
        rows = list(axes.rows.values())
        said = self._defined(axes, self.words.defines_setting) - metrics
        systems: dict[Path, System] = {}
        measures: dict[Path, Measure] = {}
        if roles.model_side is None:
            for paths, levels in ((rows, roles.rows), (cols, roles.cols)):
                measures |= {p: read_measure(p, levels, self.registry, self.words, metrics, said) for p in paths}
            return systems, measures
        by_column = roles.model_side == "cols"
        sides = ((cols, roles.cols), (rows, roles.rows)) if by_column else ((rows, roles.rows), (cols, roles.cols))
        base: str | None = None
        sizes = needed_sizes(sides[0][0], sides[0][1])
        for path in sides[0][0]:
            if path and (self._is_skipped(path[-1].text) or all(self._is_skipped(p.text) for p in path)):
                continue
            if any(read_part(p.text, self.registry, self.words).is_average for p in path):
                continue  # an average over systems is none
            if any(self.words.share_of.match(p.text) for p in path):
                continue  # `Percentage of ties` among systems
            system = read_system(path, sides[0][1], self.registry, self.words, sizes.get(path))
            if system.name and _HANGING.match(system.name) and base:
                system = hang_on(system, base)
            elif self._is_known(system.name):
                base = system.name
            systems[path] = system
        systems = _told_apart_by_marks(systems)
        names = [s.name for s in systems.values() if s.name]
        if self.near.models and names and all(self.words.training.fullmatch(n) for n in names):
            base = self.near.models[0]  # ways of training the one model that the caption names
            systems = {p: replace(s, name=f"{base} {s.name}" if s.name else None) for p, s in systems.items()}
        measures = {p: read_measure(p, sides[1][1], self.registry, self.words, metrics, said) for p in sides[1][0]}
        return systems, measures

    def _is_skipped(self, text: str) -> bool:
        sense = read_part(text, self.registry, self.words)
        return sense.is_skipped and sense.model < 1 and not sense.is_average and not sense.is_size

    def _is_about_scores(
        self, axes: Axes, roles: Roles, systems: Mapping[Path, System], measures: list[Measure]
    ) -> bool:
        """Whether anything in or around the table is known as a model, a benchmark or a metric. A table whose kind is
        not `results` or `ablation` counts where its headers name both models and measures, and most cells are scores
        (a spread set below its score, say, hides from the count of numbers)."""
        near = self.near
        known = [s for s in systems.values() if s.is_own or self._is_known(s.name)]
        if self.table.kind not in ("results", "ablation"):
            body = [c for c in axes.cells.values() if not c.is_header and re.search(r"\w", c.text)]
            return (
                any(m.metric or m.is_linked for m in measures)
                and len(known) >= max(2, 0.3 * len(systems))
                and sum(1 for c in body if read_numbers(c.text)) > 0.6 * len(body)
            )
        return bool(
            known
            or near.caption_benchmarks
            or near.metric
            or near.models
            or any(m.metric or m.is_linked for m in measures)
            or any(self.words.head_model.fullmatch(level.head or "") for level in roles.rows.values())
        )

    def _is_known(self, name: str | None) -> bool:
        return name is not None and read_part(name, self.registry, self.words).model >= 0.6

    def _meaning(
        self, measure: Measure, of_system: Measure, around: Around, scores: Sequence[float]
    ) -> Completed | None:
        """What the scores of a line measure; None where they are differences."""
        done = complete(measure, of_system, scale_of(scores), around, self.registry)
        metric = self.registry.metrics.get(done.metric_id or "")
        if is_difference(scores, metric):
            return without_guess(done) if FROM_TEXT in done.doubts and measure.benchmark else None
        return without_guess(done) if is_beyond(scores, metric) else done


def _told_apart_by_marks(systems: Mapping[Path, System]) -> dict[Path, System]:
    """Rows that differ only in a mark (`CRITIC*`) are measured in different settings, of which the mark tells."""
    out: dict[Path, System] = {}
    seen: dict[System, str] = {}
    for path, system in systems.items():
        mark = _MARK.search(path[-1].text) if path else None
        text = mark[0].strip() if mark else ""
        if seen.setdefault(system, text) != text and text:
            said = "; ".join(filter(None, (system.measure.setting, text)))
            system = replace(system, measure=replace(system.measure, setting=said))
        out[path] = system
    return out
