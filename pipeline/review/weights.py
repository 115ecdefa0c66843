"""How much a maintainer's look at an item is worth: rows that it may set right times the chance that they are wrong.

The chances are estimates; they order the list and are published nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """One field a kind of item, with its reason."""

    wrong_refutation: float = 0.25
    """Share of refutations that were wrong on annotated papers (`pipeline/publish/quality.yml`)."""
    refutation_rows: float = 20.0
    """A public word that authors are wrong weighs as much as this many scores."""
    wrong_conflict: float = 0.5
    """A difference that nothing explains is a wrong reading about as often as a difference between papers."""
    explained_conflict: float = 0.1
    """One that rounding, setting, size or snapshot explains seldom needs a look."""
    shared_name: float = 0.5
    """A name that several papers print belongs to a known entity, or to one that the registry should know."""
    own_name: float = 0.02
    """A name that one paper alone prints is mostly its own method, which the registry need not know."""
    unsure_row: float = 0.3
    """Share of right rows among those that were kept out as unsure, at most (`extractors/results/confidence.py`)."""


WEIGHTS = Weights()
