"""What reading a text or a file costs: processor time, in seconds of a machine of a known speed."""

import gc
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper, cache, partial

from bot.batch.csv_columns import BadFile
from bot.batch.idea_file import IdeaFile, read_idea_file
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.triage import triage
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from dialogs.understanding.lists import read_ahead
from dialogs.views import lay_out
from tests.dialogs.talk import NOON, Talk

ALLOWED = 0.3
"""Seconds that one text, and parsing one file, may cost."""

SLICE = 0.05
"""Seconds that a step of reading ahead, of an idea of a file or of a list, may cost."""

TRIES = 3
"""How often something is measured before it counts as too slow; the least counts."""

_STEPS, _STEPS_TAKE = 500_000, 0.025
"""Additions, and the seconds that they take on the machine in whose seconds is measured."""


def states(advisor: Advisor) -> dict[str, Conversation]:
    """Conversations at the points where texts are read differently."""
    ideas = "triage\nsummarise support mails\nclassify legal letters, no data\nslogans for posters"
    result = Talk(advisor).say("a chatbot that answers support mails")
    while result.open:
        result.press(result.buttons()[0])
    talks = {
        "nothing begun": Talk(advisor),
        "question": Talk(advisor).say("a chatbot that answers support mails"),
        "result": result,
        "list": Talk(advisor).say(ideas),
        "idea": Talk(advisor).say(ideas).say("idea 2"),
        "guide": Talk(advisor).say(ideas).say("guide"),
        "lesson": Talk(advisor).say("learn"),
        "intake": Talk(advisor).say("triage"),
    }
    return {name: talk.conversation for name, talk in talks.items()}


def text_cost(advisor: Advisor, conversation: Conversation, text: str) -> float:
    """Seconds for one turn with a text that was never read before, but for what is read ahead of a list."""

    def turn() -> None:
        done = respond(advisor, conversation, Message("m", Person("ana"), NOON, Typed(text)))
        lay_out(advisor, (*done.card, *done.below, *done.aside), 1)

    return _least(ALLOWED, turn, lambda: deque(read_ahead(advisor, conversation, text), maxlen=0))


def slice_cost(advisor: Advisor, conversation: Conversation, text: str) -> float:
    """Seconds for the slowest step of reading a list ahead."""
    return _slowest(lambda: read_ahead(advisor, conversation, text))


def _slowest(steps: Callable[[], Iterator[object]]) -> float:
    """Seconds for the slowest of some steps: the least of several measurements, as soon as one is allowed."""
    least = float("inf")
    for _ in range(TRIES):
        _forget()
        slow, slowest, begun = _slowness(), 0.0, time.process_time()
        for _ in steps():
            slowest = max(slowest, (time.process_time() - begun) / slow)
            begun = time.process_time()
        least = min(least, slowest)
        if least <= SLICE:
            break
    return least


def file_cost(advisor: Advisor, name: str, data: bytes) -> tuple[float, float]:
    """Seconds for parsing a file, and for the slowest step of reading one of its first ideas."""
    found = list[IdeaFile]()

    def parse() -> None:
        with suppress(BadFile):
            found.append(read_idea_file(name, data, advisor.pack))

    parsing = _least(ALLOWED, parse)
    texts = [idea.text for idea in found[-1].ideas[:3]] if found else []
    return parsing, max((_slowest(partial(_idea_steps, advisor, text)) for text in texts), default=0.0)


def _idea_steps(advisor: Advisor, text: str) -> Iterator[object]:
    yield from advisor.flows.board.read_ahead(text)
    yield triage(advisor.knowledge, text)


def _least(allowed: float, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The least of several measurements, as soon as one is allowed."""
    least = float("inf")
    for _ in range(TRIES):
        _forget()
        before()
        slow = _slowness()
        begun = time.process_time()
        work()
        least = min(least, (time.process_time() - begun) / min(slow, _slowness()))
        if least <= allowed:
            break
    return least


def _forget() -> None:
    for each in _caches():
        each.cache_clear()


def _slowness() -> float:
    """How much longer this machine takes just now than the one in whose seconds is measured, at least 1."""
    begun, total = time.process_time(), 0
    for number in range(_STEPS):
        total += number
    return max(1.0, (time.process_time() - begun) / _STEPS_TAKE)


@cache
def _caches() -> list["_lru_cache_wrapper[object]"]:
    """The caches of what was read before; what is known of the pack's own phrases stays."""
    every = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    bounded = [each for each in every if each.cache_parameters()["maxsize"] is not None]
    return [each for each in bounded if "Phrase" not in getattr(each.__wrapped__, "__qualname__", "")]
