"""What of a score must agree before it can be in conflict with another one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.records import Result, SurveyScore
from extractors.registry.link import link_model
from extractors.registry.load import Registry
from extractors.registry.names import key
from extractors.word_lists import patterns_of

SURVEY = "survey"  # stands for the survey where a source of scores is named
_SHOTS = re.compile(r"\b(?:\d+|zero|few|one)[- ]?shots?\b", re.I)
_LISTS = ("base", "tuned", "modes", "releases")


@dataclass(frozen=True, slots=True)
class Run:
    """How a model was run, as far as it is told: all of it but the shots must be the same for two scores to meet.
    `words` are those of prompting and setting, `modes` the ways of running that name or caption tell."""

    is_tuned: bool
    words: frozenset[str]
    modes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """One score with what must agree. `value` is on the scale of percent where the unit is a fraction."""

    row_id: str
    source: str
    table: str
    name: str
    printed: float
    value: float
    decimals: int
    shots: int | None
    run: Run
    setting_text: str | None
    subset: str | None
    size_b: float | None
    caption: str


def score_of(result: Result, captions: Mapping[str, str | None], registry: Registry) -> Score:
    """The score of a result that has a model id; `captions` by table id, where the table has one."""
    caption = captions.get(result.table_id) or ""
    shots = None if result.n_shots is None else f"{result.n_shots}-shot"
    words = list(dict.fromkeys(p for p in (shots, result.prompting, result.setting) if p))
    scale = 100.0 if result.unit == "fraction" else 1.0
    decimals = _decimals(result.score_text, result.score)
    return Score(
        row_id=result.result_id,
        source=result.paper_id,
        table=result.table_id,
        name=key(result.model_raw),
        printed=result.score,
        value=round(result.score * scale, 6),
        decimals=decimals - 2 if scale > 1 else decimals,
        shots=result.n_shots,
        run=_run(result, caption, registry),
        setting_text=", ".join(words) or None,
        subset=result.subset,
        size_b=result.model_size_b,
        caption=caption,
    )


def score_of_survey(row: SurveyScore, registry: Registry) -> Score:
    is_tuned = _is_ambiguous(row.model_id, registry) and bool(_words()["tuned"].search(row.model_raw))
    return Score(
        row_id=row.survey_id,
        source=SURVEY,
        table=f"{row.provenance} {row.table_label}",
        name=key(row.model_raw),
        printed=row.score,
        value=row.score,
        decimals=_decimals(row.score_text, row.score),
        shots=None,
        run=Run(is_tuned, frozenset(), frozenset()),
        setting_text=None,
        subset=None,
        size_b=None,
        caption="",
    )


def is_sure_of_model(result: Result, registry: Registry) -> bool:
    """Whether the name is the model's own, not one that was taken for it for its likeness."""
    link = link_model(result.model_raw, registry)
    return link is None or link.how != "fuzzy"


def _is_ambiguous(model_id: str, registry: Registry) -> bool:
    """Whether tables print the name of this model for a tuned one too: open, and not itself tuned by name."""
    return registry.models[model_id].openness == "open" and not _words()["tuned"].search(model_id)


def _run(result: Result, caption: str, registry: Registry) -> Run:
    said = _told(f"{result.model_raw} {result.setting or ''}")
    above = _told(caption)
    is_tuned = False
    if _is_ambiguous(result.model_id or "", registry):
        is_tuned = said.is_tuned or (above.is_tuned and not above.is_base and not said.is_base)
    settings = f"{result.prompting or ''} {result.setting or ''} {_qualifier(result, registry)}"
    return Run(is_tuned, _settings(settings), said.modes | above.modes | _releases(result.model_raw))


@lru_cache(maxsize=1 << 15)
def _settings(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _SHOTS.sub(" ", text).casefold()))


@lru_cache(maxsize=1 << 15)
def _releases(name: str) -> frozenset[str]:
    return frozenset(key(m) for m in _words()["releases"].findall(name))


@dataclass(frozen=True, slots=True)
class _Told:
    is_base: bool
    is_tuned: bool
    modes: frozenset[str]


@lru_cache(maxsize=1 << 15)
def _told(text: str) -> _Told:
    lists = _words()
    modes = frozenset(key(m) for m in lists["modes"].findall(text))
    return _Told(bool(lists["base"].search(text)), bool(lists["tuned"].search(text)), modes)


def _qualifier(result: Result, registry: Registry) -> str:
    """What a header adds in brackets to a benchmark's name and the registry does not know: `IFEval (multilingual)`."""
    printed = result.benchmark_raw or ""
    if key(printed) in registry.benchmark_keys or result.subset:
        return ""
    return " ".join(re.findall(r"\(([^()]*)\)", printed))


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    """The patterns of `conflict_words.yml`; raises RegistryError where a list is missing or does not compile."""
    return patterns_of(Path(__file__).parent / "conflict_words.yml", _LISTS)


def _decimals(text: str, score: float) -> int:
    """Decimal places of a score as its cell prints them: `92.0` has one, which the number alone does not show."""
    shortest = f"{score:.10f}".rstrip("0").rstrip(".")
    at_least = len(shortest.partition(".")[2])
    printed = next((w for w in text.replace(",", "").split() if _is(w.strip("*†‡%"), score)), shortest).strip("*†‡%")
    return max(at_least, len(printed.partition(".")[2]))


def _is(word: str, score: float) -> bool:
    try:
        return float(word) == score
    except ValueError:
        return False
