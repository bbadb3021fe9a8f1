"""What reading a text or a file costs: processor time, in seconds of a machine of a known speed."""

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from functools import _lru_cache_wrapper, cache

from bot.batch.idea_file import BadFile, IdeaFile, read_idea_file
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.triage import triage
from dialogs.message import Message, Person, Typed
from dialogs.parsers.list_readings import read_ahead
from dialogs.respond import respond
from dialogs.views import lay_out
from tests.dialogs.talk import NOON, Talk

ALLOWED = 0.3
"""Seconds that one text, and parsing one file, may cost."""

SLICE = 0.05
"""Seconds that reading one idea of a file, or a step of reading a list ahead, may cost."""

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

    return _least(ALLOWED, turn, lambda: _slices(advisor, conversation, text))


def slice_cost(advisor: Advisor, conversation: Conversation, text: str) -> float:
    """Seconds for the slowest step of reading a list ahead."""
    least = float("inf")
    for _ in range(TRIES):
        _forget()
        least = min(least, max(_slices(advisor, conversation, text), default=0.0))
        if least <= SLICE:
            break
    return least


def _slices(advisor: Advisor, conversation: Conversation, text: str) -> list[float]:
    """Seconds for each step of reading a list ahead."""
    slow, begun, taken = _slowness(), time.process_time(), list[float]()
    for _ in read_ahead(advisor, conversation, text):
        taken.append((time.process_time() - begun) / slow)
        begun = time.process_time()
    return taken


def file_cost(advisor: Advisor, name: str, data: bytes) -> tuple[float, float]:
    """Seconds for parsing a file, and for reading the slowest of its first ideas."""
    found = list[IdeaFile]()

    def parse() -> None:
        with suppress(BadFile):
            found.append(read_idea_file(name, data, advisor.pack))

    parsing = _least(ALLOWED, parse)
    ideas = found[-1].ideas[:3] if found else ()
    return parsing, max((_least(SLICE, lambda t=i.text: triage(advisor.knowledge, t)) for i in ideas), default=0.0)


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
