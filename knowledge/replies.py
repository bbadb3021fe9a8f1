"""Reads what a typed reply answers: the open question first, then any other."""

from knowledge.answer_parser import fold, parse_answer
from knowledge.interfaces import Certainty, Reader, UnderstoodAnswer
from knowledge.pack import Pack

_DESCRIPTION = 8
"""A text of so many words may imply an answer as well as state it."""


class PackReplyReader:
    """The reader of replies; see `interfaces.ReplyReader`."""

    def __init__(self, pack: Pack, reader: Reader) -> None:
        """Takes the pack and its reader of descriptions."""
        self._pack = pack
        self._reader = reader

    def answers(self, text: str, open_question: str | None) -> tuple[UnderstoodAnswer, ...]:
        """What the text answers."""
        read = self._reader.read if len(fold(text)) >= _DESCRIPTION else self._reader.stated
        found = {
            question: UnderstoodAnswer(question, reading.option, Certainty.TAKE, reading.evidence)
            for question, reading in read(text).items()
        }
        if open_question is None:
            return tuple(found.values())
        parsed = parse_answer(self._pack.question(open_question), text)
        stated = found.pop(open_question, None)
        own = stated
        if parsed.options:
            agreed = len(parsed.options) == 1 and (stated is None or stated.option == parsed.options[0])
            sure = parsed.exact or parsed.plain or parsed.said or stated is not None
            certainty = Certainty.TAKE if sure else Certainty.PROPOSE
            own = UnderstoodAnswer(open_question, parsed.options[0], certainty, text.strip()) if agreed else None
        return ((own,) if own else ()) + tuple(found.values())
