"""What of a language model's sentences holds, each by itself."""

from collections.abc import Mapping
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.wording.request import WordingRequest
from dialogs.wording.worded import Words


class Sentence(NamedTuple):
    """A sentence, and the numbers of the facts that it rests on."""

    text: str
    facts: tuple[int, ...]


class Wording(NamedTuple):
    """The sentences that hold, None where it is no answer at all; and how many were dropped, by reason."""

    sentences: tuple[Sentence, ...] | None
    dropped: Mapping[str, int]

    def words(self, request: WordingRequest) -> Words | None:
        """What is shown of it, with the sources of its facts; None where nothing is."""
        if not self.sentences:
            return None
        named = (request.facts[number - 1].source for each in self.sentences for number in each.facts)
        return Words(tuple(each.text for each in self.sentences), tuple(dict.fromkeys(filter(None, named))))


def checked(advisor: Advisor, request: WordingRequest, answer: str) -> Wording:
    """What of an answer holds."""
    return Wording(None, {"json": 1})
