"""How sure a result is: from what the headers said and what had to be guessed. The weight of a doubt is about the share
of right (model, benchmark, score) tuples among the annotated results that carry it; lower for the guess of the side,
which the annotated papers are kinder to than others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

DOUBTS: Mapping[str, float] = MappingProxyType(
    {
        "model is linked by a near spelling": 0.9,
        "model is not in the registry": 0.93,
        "table has no caption": 0.6,
        "side of the models is guessed": 0.85,
        "model is taken from the caption": 0.8,
        "model is taken from the title": 0.6,
        "benchmark is not in the registry": 0.9,
        "benchmark is taken from the caption": 0.97,
        "benchmark is taken from the text": 0.9,
        "benchmark is the paper's own": 0.85,
        "benchmark is the one that the paper names most": 0.45,
        "benchmark is the topic of the caption": 0.3,
        "no benchmark named": 0.2,
        "metric is the benchmark's usual one": 0.97,
        "metric is taken from the caption": 0.97,
        "metric is that of the other lines": 0.93,
        "metric is taken from the text": 0.9,
        "no metric named": 0.85,
    }
)


@dataclass(frozen=True, slots=True)
class ConfidenceSettings:
    """`unsure_below`: rows under it are kept out of the data, as unsure. Under it stand the results without any
    benchmark, and those with two guesses on top of one another."""

    unsure_below: float = 0.35
    doubts: Mapping[str, float] = field(default_factory=lambda: DOUBTS)

    def __post_init__(self) -> None:
        if not 0 <= self.unsure_below <= 1:
            raise ValueError(f"unsure_below is {self.unsure_below}, not within 0 and 1")
        bad = [name for name, value in self.doubts.items() if not 0 < value <= 1]
        if bad:
            raise ValueError(f"weights of doubts not within 0 and 1: {', '.join(bad)}")


UNSURE_BELOW = ConfidenceSettings().unsure_below


def confidence(table_confidence: float, doubts: Collection[str], settings: ConfidenceSettings) -> float:
    """The table's own confidence (0 to 1) times the weight of each doubt."""
    value = table_confidence
    for doubt in doubts:
        value *= settings.doubts[doubt]
    return round(value, 3)


def unsure_reason(doubts: Collection[str]) -> str:
    """Why a row is unsure, in words."""
    return "; ".join(doubts) or "the table was read with doubt"
