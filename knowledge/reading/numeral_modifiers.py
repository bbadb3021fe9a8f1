"""Numeral modifiers: what makes a number a limit or a guess, such as "at most", "5k+", "about", "or so"."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reading.quantity_words import QuantityWords


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a number: where it starts, its bound (-1 at most, 1 at least), and a currency's worth."""

    start: int
    bound: int = 0
    approximate: bool = False
    worth: float = 0.0


class NumeralModifiers:
    """The numeral modifiers among the words of a text."""

    def __init__(self, texts: Sequence[str], words: QuantityWords) -> None:
        self._texts = texts
        self._words = words

    def before(self, start: int, floor: int) -> Lead:
        """Bounds, "about" and a currency before a number, fillers skipped."""
        words, texts = self._words, self._texts
        lead = at = start
        bound, approximate, worth = 0, False, 0.0
        while at > floor:
            found = words.bound_phrases.before(texts, at, floor)
            if found is not None:
                at = lead = at - found[0]
                bound, approximate = bound or found[1], approximate or not found[1]
            elif texts[at - 1] in words.before and not worth:
                at = lead = at - 1
                worth = words.currencies[texts[at]]
            elif texts[at - 1] in words.passed or texts[at - 1] == words.between:
                at -= 1
            else:
                break
        if bound and not words.negations.isdisjoint(texts[max(lead - 3, floor) : lead]):
            bound = -bound
        return Lead(lead, bound, approximate, worth)

    def after(self, at: int) -> tuple[int, int] | None:
        """The bound that begins at a token, after a number or its noun: the token after it, and -1, 0 or 1."""
        found = self._words.later_bound_phrases.at(self._texts, at)
        return (at + found[0], found[1]) if found else None
