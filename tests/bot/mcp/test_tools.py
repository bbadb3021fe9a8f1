"""The tools without the protocol: the same objects as the lines of JSON."""

import asyncio
import time
from itertools import product
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.batch import jsonl
from bot.batch.jsonl import BadLine
from bot.mcp.tools import MAX_IDEAS, ToolDefinition, call, definitions
from dialogs.advisor import Advisor
from dialogs.limits import MAX_TEXT
from knowledge import decision
from tests.shipped import DAY


@pytest.fixture
def tools(advisor: Advisor) -> dict[str, ToolDefinition]:
    return definitions(advisor, lambda: DAY)


def called(advisor: Advisor, tools: dict[str, ToolDefinition], name: str, **given: Any) -> dict[str, Any]:
    return asyncio.run(call(tools, advisor.catalogue, name, given))


def test_decide_gives_every_combination_the_verdict_that_a_conversation_gives(
    advisor: Advisor, tools: dict[str, ToolDefinition]
) -> None:
    questions = advisor.pack.questions
    for options in product(*[[option.id for option in question.options] for question in questions]):
        answers = {question.id: option for question, option in zip(questions, options, strict=True)}
        found = called(advisor, tools, "decide", **answers)
        decided = decision.decide(advisor.pack, answers)
        known = sum(option != "unsure" for option in options)
        if known >= 2 or found["verdict"] is not None:
            assert (found["verdict"], found["strength"]) == (decided.verdict, round(decided.strength, 4))
        assert found["missing"] == []


def test_decide_names_what_is_missing(advisor: Advisor, tools: dict[str, ToolDefinition]) -> None:
    found = called(advisor, tools, "decide", data="yes", domain="specialised")
    assert found["missing"] == ["volume", "budget", "consistency"]
    assert found["answers"]["volume"] is None
    assert found["scenario"] is None


def test_ask_and_triage_are_the_lines_of_json(advisor: Advisor, tools: dict[str, ToolDefinition]) -> None:
    text = "A bot for our lawyers. We have 40,000 reviewed contracts."
    assert called(advisor, tools, "triage", ideas=[text, ""]) == {
        "result": [jsonl.triage_idea(advisor.knowledge, {"text": idea}, DAY) for idea in (text, "")]
    }
    question = "how much does fine-tuning cost?"
    assert called(advisor, tools, "ask", text=question) == jsonl.answer_question(advisor, {"text": question}, DAY)


def test_what_comes_back_is_what_the_schemas_promise(advisor: Advisor, tools: dict[str, ToolDefinition]) -> None:
    for name, given in (
        ("decide", {}),
        ("decide", {"data": "no"}),
        ("ask", {"text": "what is RAG?"}),
        ("triage", {"ideas": ["a bot", "x"]}),
    ):
        Draft202012Validator(tools[name].input).validate(given)
        Draft202012Validator(tools[name].output).validate(called(advisor, tools, name, **given))


def test_every_question_is_an_enum_that_explains_its_options(
    advisor: Advisor, tools: dict[str, ToolDefinition]
) -> None:
    properties = tools["decide"].input["properties"]
    assert list(properties) == [question.id for question in advisor.pack.questions]
    for question in advisor.pack.questions:
        assert properties[question.id]["enum"] == [option.id for option in question.options]
        assert question.prompt in properties[question.id]["description"]
    assert tools["decide"].input["required"] == []
    assert "no language model" in tools["decide"].description


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("decide", {"data": "lots"}, "no option of `data`. Known: yes, no, unsure"),
        ("decide", {"data": ["yes"]}, "no option of `data`"),
        ("decide", {"price": "low"}, "price is no argument of decide. Known: data, volume"),
        ("ask", {}, "`text` is missing"),
        ("ask", {"text": 7}, "`text` is missing or no text"),
        ("ask", {"text": "x" * (MAX_TEXT + 1)}, "up to 4,000 characters; this one has 4,001. Give only the sentences"),
        ("triage", {}, "list of texts"),
        ("triage", {"ideas": "a bot"}, "list of texts"),
        ("triage", {"ideas": ["a bot", None]}, "list of texts"),
        ("triage", {"ideas": ["x"] * (MAX_IDEAS + 1)}, "101 ideas; give up to 100 at once, and the rest in"),
        ("triage", {"ideas": ["x" * (MAX_TEXT + 1)]}, "up to 4,000 characters; this one has 4,001. Give only the"),
        ("delete", {}, "no tool delete. Known: decide, ask, triage"),
    ],
)
def test_a_mistake_says_what_would_be_right(
    advisor: Advisor, tools: dict[str, ToolDefinition], name: str, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadLine) as raised:
        called(advisor, tools, name, **given)
    assert says in str(raised.value)


def test_what_may_be_given_is_said_before(tools: dict[str, ToolDefinition]) -> None:
    assert tools["ask"].input["properties"]["text"]["maxLength"] == MAX_TEXT
    ideas = tools["triage"].input["properties"]["ideas"]
    assert (ideas["maxItems"], ideas["items"]["maxLength"]) == (MAX_IDEAS, MAX_TEXT)
    assert "Up to 100 ideas at once, each of up to 4,000 characters." in tools["triage"].description


LONG = ["| a | b | 500 a day |\n", "1. ", "[a](", "a and "]


def test_long_texts_are_read_beside_the_loop(advisor: Advisor, tools: dict[str, ToolDefinition]) -> None:
    texts = [(shape * MAX_TEXT)[:MAX_TEXT] for shape in LONG]

    async def beside() -> float:
        before = time.thread_time()
        await call(tools, advisor.catalogue, "triage", {"ideas": texts})
        for text in texts:
            await call(tools, advisor.catalogue, "ask", {"text": text})
        return time.thread_time() - before

    assert asyncio.run(beside()) < 0.1
