"""How much a maintainer's look at an item is worth: rows that it may set right times the chance that they are wrong.

The chances are estimates; they order the list and are published nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """One field a kind of item, with its reason."""

    lost_rows: float = 15.0
    """A correction that finds no row any more is known to be missing: as much as some scores, quickly said again."""
    answer_rows: float = 40.0
    """The front page is what most readers see: a lead there weighs as much as this many scores, shared among the papers
    that show one."""
    wrong_answer: float = 0.05
    """Chance that a lead is wrong though other papers report the closed model near the same score."""
    wrong_lone_answer: float = 0.15
    """The same where no other paper reports the closed model there."""
    rows_a_paper: int = 10
    """Most rows of one paper that an item is thought to set right: a big table is one decision, not a thousand."""
    wrong_refutation: float = 0.25
    """Chance that a refutation is wrong on a paper never seen; none was on the annotated ones, on which the rules
    were written."""
    refutation_rows: float = 20.0
    """A public word that authors are wrong weighs as much as this many scores."""
    wrong_conflict: float = 0.5
    """A difference that nothing explains is a wrong reading about as often as a difference between papers."""
    explained_conflict: float = 0.1
    """One that rounding, setting, size or snapshot explains seldom needs a look."""
    known_name: float = 0.5
    """A name that several papers print and that looks like one of the registry is often another spelling of it."""
    shared_name: float = 0.1
    """One that looks like none is mostly a word of tables (`Reasoning`, `All`), seldom an entity that is missing."""
    own_name: float = 0.02
    """A name that one paper alone prints is mostly its own method, which the registry need not know."""
    unsure_row: float = 0.3
    """Share of right rows among those that were kept out as unsure, at most (`extractors/results/confidence.py`)."""


WEIGHTS = Weights()
