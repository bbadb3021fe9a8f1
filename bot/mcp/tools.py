"""The tools, as descriptions and as functions; free of the protocol's SDK.

They return the objects of `bot.batch.jsonl`; nothing is decided here. Texts are read in a thread, one at a
time, so that neither the rest of the process nor another call waits for a long list.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.batch import jsonl
from bot.batch.jsonl import BadLine, Object
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.limits import MAX_TEXT
from knowledge.pack import Pack, Question

MAX_IDEAS = 100
"""Ideas that one call may bring: about a second of work where each is a few sentences."""

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolDefinition:
    """One tool. `input` and `output` are JSON Schemas; `call` raises BadLine."""

    name: str
    title: str
    description: str
    input: Schema
    output: Schema
    call: Callable[[Object], Awaitable[Object]]


def definitions(advisor: Advisor, today: Callable[[], date]) -> dict[str, ToolDefinition]:
    """All tools on the advisor's pack, by name."""
    pack, catalogue = advisor.pack, advisor.catalogue
    reading = ThreadPoolExecutor(1, "mcp")
    origin = pack.source
    source = {"source": origin.title, "publisher": origin.publisher, "date": origin.published.isoformat()}
    text: Schema = {"type": "string", "maxLength": MAX_TEXT}
    told = catalogue.mcp_text("triage_ideas")
    ideas: Schema = {"type": "array", "items": text, "maxItems": MAX_IDEAS, "description": told}
    tools = (
        ToolDefinition(
            "decide",
            catalogue.mcp_text("decide_title", subject=pack.subject),
            catalogue.mcp_text("decide", count=len(pack.questions), **source),
            _object({question.id: _enum(catalogue, question) for question in pack.questions}),
            _triage_schema(pack),
            partial(_decide, advisor, today),
        ),
        ToolDefinition(
            "ask",
            catalogue.mcp_text("ask_title"),
            catalogue.mcp_text("ask", covers=pack.covers, **source),
            _object({"text": text | {"description": catalogue.mcp_text("ask_text")}}, required=("text",)),
            _result("decision", "id", "score", "top", "title", "answer", "outside", "source", "read"),
            partial(_ask, advisor, today, reading),
        ),
        ToolDefinition(
            "triage",
            catalogue.mcp_text("triage_title"),
            catalogue.mcp_text("triage", most=MAX_IDEAS, characters=MAX_TEXT),
            _object({"ideas": ideas}, required=("ideas",)),
            _result(result={"type": "array", "items": _triage_schema(pack)}),
            partial(_triage, advisor, today, reading),
        ),
    )
    return {tool.name: tool for tool in tools}


async def call(tools: Mapping[str, ToolDefinition], catalogue: Catalogue, name: str, given: Object) -> Object:
    """The result of one call; BadLine where there is no such tool or it cannot use what was given. The assistant reads
    its message, and can correct the call."""
    tool = tools.get(name)
    if tool is None:
        raise BadLine(catalogue.mcp_text("unknown_tool", name=name, known=", ".join(tools)))
    known = tool.input["properties"]
    for argument in given:
        if argument not in known:
            raise BadLine(catalogue.mcp_text("unknown_argument", name=argument, tool=name, known=", ".join(known)))
    return await tool.call(given)


async def _decide(advisor: Advisor, today: Callable[[], date], given: Object) -> Object:
    return jsonl.triage_idea(advisor.knowledge, {"text": "", "answers": given}, today())


async def _ask(advisor: Advisor, today: Callable[[], date], reading: Executor, given: Object) -> Object:
    _check_length(advisor.catalogue, given.get("text"))
    return await asyncio.wrap_future(reading.submit(partial(jsonl.answer_question, advisor, given, today())))


async def _triage(advisor: Advisor, today: Callable[[], date], reading: Executor, given: Object) -> Object:
    ideas, catalogue = given.get("ideas"), advisor.catalogue
    if not isinstance(ideas, list) or not all(isinstance(idea, str) for idea in ideas):
        raise BadLine(catalogue.mcp_text("triage_no_list"))
    if len(ideas) > MAX_IDEAS:
        raise BadLine(catalogue.mcp_text("triage_too_many", count=len(ideas), most=MAX_IDEAS))
    for idea in ideas:
        _check_length(catalogue, idea)
    works = [partial(jsonl.triage_idea, advisor.knowledge, {"text": idea}, today()) for idea in ideas]
    # One by one: another call gets its turn between.
    return {"result": [await asyncio.wrap_future(reading.submit(work)) for work in works]}


def _check_length(catalogue: Catalogue, text: object) -> None:
    if isinstance(text, str) and len(text) > MAX_TEXT:
        raise BadLine(catalogue.mcp_text("text_too_long", most=MAX_TEXT, count=len(text)))


def _object(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _result(*members: str, **described: Schema) -> Schema:
    """An object with at least these members."""
    properties = {"properties": described} if described else {}
    return {"type": "object", "required": [*members, *described], **properties}


def _enum(catalogue: Catalogue, question: Question) -> Schema:
    options = " ".join(
        catalogue.mcp_text("decide_option", id=option.id, label=option.label) for option in question.options
    )
    return {
        "type": "string",
        "enum": [option.id for option in question.options],
        "description": catalogue.mcp_text("decide_question", prompt=question.prompt, options=options),
    }


def _triage_schema(pack: Pack) -> Schema:
    """The documented members of a result; it may have more."""
    questions = [question.id for question in pack.questions]
    return _result(
        answers={"type": "object"},
        missing={"type": "array", "items": {"type": "string", "enum": questions}},
        verdict={"enum": [*(verdict.id for verdict in pack.verdicts), None]},
        strength={"type": "number", "minimum": 0, "maximum": 1},
        reasons={"type": "array", "items": {"type": "object"}},
        would_change={"type": "array", "items": {"type": "object"}},
        outside={"type": "array", "items": {"enum": [entry.id for entry in pack.outside]}},
    )
