"""Checks the endpoint of a language model: for `advisor doctor` with one line, for `advisor model check` with many."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from statistics import median

from bot.config.findings import Finding, bad, ok
from bot.config.settings import Settings
from bot.model.endpoint import MOST_AT_ONCE, Endpoint, Outcome
from bot.model.scores import BySource, by_source, report
from dialogs.advisor import Advisor
from dialogs.message import Typed
from dialogs.played_talk import LabelledLine
from dialogs.understanding.model.answer import commands_in
from dialogs.understanding.model.eligibility import line_for_model
from dialogs.understanding.model.request import Request, request_for

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
    few, took, told, written = asyncio.Semaphore(MOST_AT_ONCE), list[float](), list[int](), list[int]()
    outcomes, dropped = Counter[str](), Counter[str]()

    async def scored(line: LabelledLine) -> BySource:
        text = line_for_model(advisor, line.before, line.message._replace(content=Typed(line.text)), always=True)
        if not text:
            return by_source(advisor, line, None)
        request = request_for(advisor, line.before, text)
        async with few:
            began = time.monotonic()
            called = await endpoint.call(request)
        took.append(time.monotonic() - began)
        outcomes[called.outcome] += 1
        told.append(called.tokens_in)
        written.append(called.tokens_out)
        if called.outcome is not Outcome.ANSWERED:
            return by_source(advisor, line, None)
        answer = commands_in(advisor, line.before, request.line, called.text)
        dropped.update(answer.dropped)
        return by_source(advisor, line, answer.commands)

    scores = await asyncio.gather(*map(scored, lines))
    times, calls = sorted(took) or [0.0], len(took) or 1
    return "\n".join(
        (
            f"Lines {len(scores)}, asked about {len(took)}: {_counted(outcomes)}; form {endpoint.form}",
            f"Seconds: median {median(times):.2f}, 95 % within {times[int(0.95 * (len(times) - 1))]:.2f}",
            f"Tokens a line: {sum(told) / calls:.0f} in, {sum(written) / calls:.0f} out",
            f"Commands dropped: {_counted(dropped) or 'none'}",
            *(f"{name}: {report(getattr(each, name) for each in scores)}" for name in BySource._fields),
        )
    )


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
