"""Words of a page found by their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.records import BBox, Word


class Places:
    """Words sorted by the height of their middle, to be asked for many boxes.

    A box holds a word whose middle lies in it, give or take two points across and one down.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        middles = [(w.bbox[1] + w.bbox[3]) / 2 for w in words]
        order = sorted(range(len(words)), key=middles.__getitem__)
        self._words = words
        self._order = order
        self._middles = [middles[k] for k in order]

    def numbers(self, box: BBox) -> list[int]:
        """The numbers, in their order, of the words that a box holds."""
        at = self._order[bisect_left(self._middles, box[1] - 1) : bisect_right(self._middles, box[3] + 1)]
        words, left, right = self._words, box[0] - 2, box[2] + 2
        return sorted(k for k in at if left <= (words[k].bbox[0] + words[k].bbox[2]) / 2 <= right)

    def held(self, box: BBox) -> list[Word]:
        """The words that a box holds, in their order."""
        return [self._words[k] for k in self.numbers(box)]
