"""What a language model is asked to word: the fixed part first, then the line and the numbered facts, as data."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.message import Message
from dialogs.turn import Turn
from dialogs.wording.facts import Fact
from dialogs.wording.worded import apart


class WordingRequest(NamedTuple):
    """The messages of a request, the JSON Schema of its answer, the line as it is sent, and the facts, from 1.

    `most` are the sentences that there may be.
    """

    messages: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]
    line: str
    facts: tuple[Fact, ...]
    most: int = 5


def wording_request(advisor: Advisor, before: Conversation, turn: Turn, message: Message) -> WordingRequest | None:
    """What the model is asked about a turn; None where nothing of it is to be worded."""
    _, taken = apart(advisor, turn)
    if not taken:
        return None
    return WordingRequest((), {}, "", ())
