"""The frozen records that pass between the stages of extraction.

Only shapes stand here, no behaviour beyond small derived properties. Pages count from 1; a bbox is
`(x0, y0, x1, y1)` in PDF points, origin at the top left of the page as displayed. Unknown is None.
All sequences are tuples, so that a record can be hashed, pickled and compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BBox = tuple[float, float, float, float]

TableKind = Literal["results", "ablation", "statistics", "other"]
ModelRole = Literal["proposed", "variation", "baseline"]
Relation = Literal["beats", "on_par", "behind"]
Verdict = Literal["supported", "refuted", "unit_error", "not_checkable"]
MarginUnit = Literal["points", "percent", "relative", "times"]
ConflictKind = Literal["rounding", "setting", "snapshot", "transposed", "size", "unexplained"]


# ---------------------------------------------------------------- papers


@dataclass(frozen=True, slots=True)
class PaperMeta:
    """What a source says of a paper before its PDF is read. Dates are ISO `YYYY-MM-DD`."""

    paper_id: str
    version: int | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    published: str | None = None
    updated: str | None = None
    primary_category: str | None = None
    categories: tuple[str, ...] = ()
    license: str | None = None
    pdf_url: str | None = None


# ---------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, in one font.

    `size` is the font size in points, `baseline` the y of its base line (the x, where it is written sideways);
    `is_super` and `is_sub` say that it is set as a superscript or subscript to its neighbours. `direction` is the way
    of writing in degrees clockwise (0, 90, 180, 270).
    """

    text: str
    bbox: BBox
    size: float
    baseline: float
    font: str
    is_bold: bool = False
    is_italic: bool = False
    is_super: bool = False
    is_sub: bool = False
    color: int = 0
    direction: int = 0


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words on one base line of one column of text, from left to right."""

    words: tuple[Word, ...]
    bbox: BBox

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line; horizontal where y0 == y1, vertical where x0 == x1. `width` in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float

    @property
    def is_horizontal(self) -> bool:
        return abs(self.y1 - self.y0) <= abs(self.x1 - self.x0)


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle, such as the background of a coloured cell; colour as 0xRRGGBB."""

    bbox: BBox
    color: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed (its /Rotate applied). `images` are the boxes of pictures of pixels, `curves` those of
    drawn paths that hold a curve or a slanted line."""

    number: int
    width: float
    height: float
    rotation: int
    words: tuple[Word, ...]
    lines: tuple[TextLine, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    images: tuple[BBox, ...] = ()
    curves: tuple[BBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as printed. `label` is normalised (`Table 7`, `Table A2`, `Figure 3`), `text` is what follows it;
    `direction` is its way of writing, as a word's."""

    kind: Literal["table", "figure", "algorithm", "listing"]
    label: str
    text: str
    page: int
    bbox: BBox
    direction: int = 0


# ---------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text, hyphenation mended. `lines` holds a box for each printed line it touches, all of them
    on `page`, the page on which it begins; `order` is its place in the reading order of the paper, from 0."""

    order: int
    page: int
    section: str | None
    text: str
    lines: tuple[BBox, ...]
    source: Literal["abstract", "body", "caption", "footnote"] = "body"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The readable side of a paper, small enough to be stored: what the claims stage needs of it."""

    title: str | None
    abstract: str | None
    sections: tuple[str, ...]
    captions: tuple[Caption, ...]
    sentences: tuple[Sentence, ...]
    n_pages: int


# ---------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; spans count slots. `marks` are superscript notes set apart from the number they hang on
    (they stay in `text` too, as printed)."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    is_header: bool
    bold: bool
    underline: bool
    bbox: BBox
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read from one page. `context` is the text that introduces it (sentences that name its label);
    `continues` is the id of the first part, where the table goes on with one of the page before."""

    table_id: str
    paper_id: str
    page: int
    bbox: BBox
    label: str | None
    caption: str | None
    n_rows: int
    n_cols: int
    n_header_rows: int
    n_header_cols: int
    kind: TableKind
    kind_reason: str
    rotation: int
    cells: tuple[Cell, ...]
    caption_bbox: BBox | None = None
    context: tuple[str, ...] = ()
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    continues: str | None = None


# ---------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class Result:
    """One reported score: the TDMS tuple with its model. Meanings as in the contract of `results`."""

    result_id: str
    paper_id: str
    table_id: str
    page: int
    bbox: BBox
    row: int
    col: int
    model_raw: str
    model_id: str | None
    model_role: ModelRole | None
    benchmark_raw: str | None
    benchmark_id: str | None
    subset: str | None
    metric_raw: str | None
    metric_id: str | None
    score: float
    score_text: str
    spread: float | None
    unit: str | None
    higher_is_better: bool | None
    n_shots: int | None
    prompting: str | None
    setting: str | None
    is_best_marked: bool
    confidence: float
    doubts: tuple[str, ...] = ()
    model_openness: Literal["open", "closed"] | None = None
    model_size_b: float | None = None
    is_own_report: bool | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An open model against a closed baseline on the same benchmark, metric and setting of one table."""

    comparison_id: str
    paper_id: str
    table_id: str
    capability: str | None
    benchmark_id: str | None
    benchmark_raw: str | None
    metric_id: str | None
    setting: str | None
    model_id: str | None
    model_raw: str
    model_score: float
    baseline_id: str
    baseline_score: float
    margin: float
    relation: Relation
    result_ids: tuple[str, ...]
    subset: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different scores for what should be one measurement."""

    conflict_id: str
    model_id: str
    benchmark_id: str
    metric_id: str | None
    setting: str | None
    result_ids: tuple[str, ...]
    scores: tuple[float, ...]
    spread: float
    kind: ConflictKind
    paper_ids: tuple[str, ...] = ()
    flipped_comparison_ids: tuple[str, ...] = ()
    subset: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyScore:
    """A cell of the survey's own tables (`survey`) or of its live page (`live_page`), typed by hand; never mixed with
    what is mined from papers. `source_paper_id` is the paper that the survey cites for the model."""

    survey_id: str
    provenance: Literal["survey", "live_page"]
    table_label: str
    model_raw: str
    model_id: str
    benchmark_raw: str
    benchmark_id: str
    metric_id: str | None
    score: float
    score_text: str
    is_baseline: bool
    openness: Literal["open", "closed"]
    capability: str
    source_paper_id: str | None


# ---------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True)
class Claim:
    """One comparison that a sentence makes with a named closed baseline. Meanings as in the contract of `claims`."""

    claim_id: str
    group_id: str
    paper_id: str
    page: int
    lines: tuple[BBox, ...]
    section: str | None
    sentence: str
    subject_raw: str
    subject_id: str | None
    is_own: bool
    relation: Relation
    baseline_raw: str
    baseline_id: str | None
    benchmarks_raw: tuple[str, ...]
    benchmark_ids: tuple[str, ...]
    metric_id: str | None
    margin: float | None
    margin_unit: MarginUnit | None
    hedged: bool
    negated: bool
    rule: str
    confidence: float
    verdict: Verdict | None = None
    verdict_reason: str | None = None
    evidence: tuple[str, ...] = ()
    scope_source: Literal["sentence", "context"] | None = None  # where its benchmarks stand; None: it has none


# ---------------------------------------------------------------- registry entities


@dataclass(frozen=True, slots=True)
class Link:
    """What a raw name resolves to. `how` names the rule (`alias`, `size`, `fuzzy`, ...)."""

    entity_id: str
    how: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ModelEntity:
    model_id: str
    name: str
    aliases: tuple[str, ...] = ()
    family: str | None = None
    snapshot: str | None = None
    openness: Literal["open", "closed"] | None = None
    organization: str | None = None
    license: str | None = None
    size_b: float | None = None
    base_model_id: str | None = None
    training: tuple[str, ...] = ()
    released: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class BenchmarkEntity:
    benchmark_id: str
    name: str
    aliases: tuple[str, ...] = ()
    capability: str | None = None
    sub_capability: str | None = None
    paper_id: str | None = None
    default_metric_id: str | None = None
    description: str | None = None
    subsets: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MetricEntity:
    metric_id: str
    name: str
    aliases: tuple[str, ...] = ()
    higher_is_better: bool | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str | None = None


# ---------------------------------------------------------------- what one paper yields


@dataclass(frozen=True, slots=True)
class PaperReading:
    """Everything read from the bytes of one PDF, before names are linked: the output of the first, slow stage."""

    paper_id: str
    pdf_sha256: str
    n_pages: int
    text: DocumentText
    tables: tuple[Table, ...]
    warnings: tuple[str, ...] = ()
