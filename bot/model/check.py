"""Checks the endpoint of a language model: for `advisor doctor` with one line, for `advisor model check` with many."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from math import inf
from statistics import median
from typing import TypeVar

from bot.config.findings import Finding, bad, ok
from bot.config.settings import Settings
from bot.model.calls import Call, ModelCalls
from bot.model.endpoint import MOST_AT_ONCE, Endpoint, Outcome
from bot.model.listener import ModelListener
from bot.model.scores import BySource, by_source, report
from bot.model.speaker import ModelSpeaker
from dialogs.advisor import Advisor
from dialogs.message import Typed
from dialogs.played_talk import LabelledLine
from dialogs.respond import respond
from dialogs.understanding.model.request import Request
from dialogs.wording.placement import Words

Found = TypeVar("Found")

_LIST = {"type": "array", "items": {"type": "string"}}
_FIXED = Request(
    (
        {"role": "system", "content": 'Answer with the JSON object {"commands": []} and nothing else.'},
        {"role": "user", "content": "Hello."},
    ),
    {"type": "object", "additionalProperties": False, "required": ["commands"], "properties": {"commands": _LIST}},
    "Hello.",
)


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Sends one fixed line."""
    endpoint, began = Endpoint(settings), time.monotonic()
    called = await endpoint.call(_FIXED)
    await endpoint.close()
    seconds = time.monotonic() - began
    if called.outcome is Outcome.ANSWERED:
        yield ok("Model", "model_answers", f"{settings.listener} answered in {seconds:.1f} s ({endpoint.form})")
    else:
        said = f"{settings.listener} did not answer a line: {called.outcome} {called.detail}".rstrip()
        yield bad("Model", "model_silent", f"{said}. Check ADVISOR_MODEL_URL, ADVISOR_MODEL and its key; docs/model.md")


async def measured(advisor: Advisor, endpoint: Endpoint, lines: Iterable[LabelledLine]) -> str:
    """Asks about labelled lines, a few at a time, and tells an operator what came of it."""
    calls = list[Call]()
    listener = ModelListener(advisor, ModelCalls(endpoint, lambda *call: calls.append(call), failures=inf), always=True)

    async def scored(line: LabelledLine) -> BySource:
        typed = line.message._replace(content=Typed(line.text))
        wanted = listener.wanted(line.before, typed)
        return by_source(advisor, line, await listener.heard(line.before, typed) if wanted else None)

    scores = await _of_each(lines, scored)
    by = (f"{name}: {report(getattr(each, name) for each in scores)}" for name in BySource._fields)
    return "\n".join((f"Lines {len(scores)}, form {endpoint.form}", *_figures(calls, "commands"), *by))


async def measured_words(advisor: Advisor, endpoint: Endpoint, lines: Iterable[LabelledLine]) -> str:
    """Has the answers to labelled lines worded, a few at a time, and tells an operator what came of it."""
    calls = list[Call]()
    speaker = ModelSpeaker(advisor, ModelCalls(endpoint, lambda *call: calls.append(call), failures=inf))

    async def words(line: LabelledLine) -> Words | None:
        return await speaker.words(line.before, respond(advisor, line.before, line.message), line.message)

    found = [each.sentences for each in await _of_each(lines, words) if each is not None]
    told = f"Answers worded: {len(found)}, in {sum(map(len, found))} sentences"
    return "\n".join((told, *_figures(calls, "sentences")))


async def _of_each(lines: Iterable[LabelledLine], asked: Callable[[LabelledLine], Awaitable[Found]]) -> Sequence[Found]:
    """What is found of each line; as many at once as an endpoint has places, since the wait for one counts."""
    found, every = list[Found](), tuple(lines)
    for at in range(0, len(every), MOST_AT_ONCE):
        found += await asyncio.gather(*map(asked, every[at : at + MOST_AT_ONCE]))
    return found


def _figures(calls: Sequence[Call], parts: str) -> Iterator[str]:
    """What came of calls. `parts`: what an answer consists of."""
    times, number = sorted(call[2] for call in calls) or [0.0], len(calls) or 1
    dropped = sum((Counter(call[5]) for call in calls), Counter[str]())
    yield f"Asked about {len(calls)}: {_counted(Counter(call[1] for call in calls))}"
    yield f"Seconds: median {median(times):.2f}, 95 % within {times[int(0.95 * (len(times) - 1))]:.2f}"
    yield f"Tokens a line: {sum(c[3] for c in calls) / number:.0f} in, {sum(c[4] for c in calls) / number:.0f} out"
    yield f"Dropped {parts}: {_counted(dropped) or 'none'}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
