"""Checks the endpoint of a language model: for `advisor doctor` with one line, for `advisor model check` with many."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from bot.config.findings import Finding, bad, ok
from bot.config.settings import Settings
from bot.model.endpoint import MOST_AT_ONCE, Called, Endpoint, Outcome
from dialogs.advisor import Advisor
from dialogs.message import Typed
from dialogs.played_talk import LabelledLine
from dialogs.talk_scores import BySource, by_source, report
from dialogs.understanding.model.answer import Answer, commands_in
from dialogs.understanding.model.request import Request, request_for
from dialogs.understanding.model.wanted import line_for_model

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


class Tried(NamedTuple):
    """A labelled line, what came of the call about it in so many seconds, and its answer; no call where the model is
    not asked.
    """

    line: LabelledLine
    called: Called | None = None
    seconds: float = 0.0
    answer: Answer | None = None


async def tried(advisor: Advisor, endpoint: Endpoint, lines: Sequence[LabelledLine]) -> list[Tried]:
    """Asks about each line, a few at a time."""
    few = asyncio.Semaphore(MOST_AT_ONCE)
    return await asyncio.gather(*(_try(advisor, endpoint, few, line) for line in lines))


async def _try(advisor: Advisor, endpoint: Endpoint, few: asyncio.Semaphore, line: LabelledLine) -> Tried:
    text = line_for_model(advisor, line.before, line.message._replace(content=Typed(line.text)), always=True)
    if not text:
        return Tried(line)
    request = request_for(advisor, line.before, text)
    async with few:
        began = time.monotonic()
        called = await endpoint.call(request)
        seconds = time.monotonic() - began
    answered = called.outcome is Outcome.ANSWERED
    return Tried(
        line, called, seconds, commands_in(advisor, line.before, request.line, called.text) if answered else None
    )


def summarised(advisor: Advisor, endpoint: Endpoint, found: Sequence[Tried]) -> str:
    """The figures of many lines, for an operator."""
    calls = [each for each in found if each.called is not None]
    outcomes = Counter(each.called.outcome.value for each in calls if each.called is not None)
    dropped = sum((Counter(each.answer.dropped) for each in calls if each.answer is not None), Counter[str]())
    times = sorted(each.seconds for each in calls) or [0.0]
    tokens = [(each.called.tokens_in, each.called.tokens_out) for each in calls if each.called is not None]
    told, said = (sum(part) / (len(tokens) or 1) for part in zip(*tokens, strict=True)) if tokens else (0.0, 0.0)
    scores = [by_source(advisor, each.line, each.answer and each.answer.commands) for each in found]
    return "\n".join(
        (
            f"Lines {len(found)}, asked about {len(calls)}: {_counted(outcomes)}; form {endpoint.form}",
            f"Seconds: median {statistics.median(times):.2f}, 95 % within {times[int(0.95 * (len(times) - 1))]:.2f}",
            f"Tokens a line: {told:.0f} in, {said:.0f} out",
            f"Commands dropped: {_counted(dropped) or 'none'}",
            *(f"{name}: {report(getattr(each, name) for each in scores)}" for name in BySource._fields),
        )
    )


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
