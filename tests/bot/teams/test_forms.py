"""The dialog and the message extension, over the endpoint: what is shown, what is posted, what is refused."""

import json
import logging
from typing import Any

import pytest

from bot.playground.teams.card_rules import problems
from bot.storage.redis_retries import Storage
from bot.teams.form_cards import form_card, opening_card
from bot.teams.interfaces import CARD_TYPE
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import IDEA_LIMIT
from tests.bot.teams.world import ANA, CHANNEL, GROUP, PERSONAL, World, local
from tests.drivers.teams import read
from tests.faulty_platforms import ConnectorFault, FaultKind

MEDICAL = {"data": "yes", "volume": "low", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}
IDEA = "Summaries of radiology reports for our clinic"


@pytest.fixture
async def world(channel: World) -> None:
    yield channel


async def asked(world: World, name: str, **value: Any) -> Any:
    status, body = await world.people.invoke(ANA, name, value)
    assert status == 200
    return body


def card_of(body: Any) -> dict[str, Any]:
    value = body["task"]["value"]
    assert body["task"]["type"] == "continue"
    assert value["title"]
    assert value["card"]["contentType"] == CARD_TYPE
    assert problems(value["card"]["content"]) == []
    return value["card"]["content"]


def button(card: dict[str, Any]) -> dict[str, Any]:
    (action,) = [action for block in card["body"] for action in block.get("actions", [])]
    return action


def said(card: dict[str, Any]) -> str:
    return read({"body": [block for block in card["body"] if not block["type"].startswith("Input.")]})


async def submitted(world: World, card: dict[str, Any], **filled: Any) -> Any:
    return await asked(world, "task/submit", data={**button(card)["data"], **filled})


async def test_the_word_form_gets_a_button_that_opens_the_dialog(service: Service, advisor: Advisor) -> None:
    for chat in (PERSONAL, GROUP, CHANNEL):
        async with local(service, chat) as world:
            assert (await world.people.say(ANA, "form"))[0] in (200, 201)
            (message,) = world.messages()
            data = button(message.card)["data"]
            assert data["msteams"] == {"type": "task/fetch"}
            card = card_of(await asked(world, "task/fetch", data=data))
            inputs = [block for block in card["body"] if block["type"].startswith("Input.")]
            assert [block["id"] for block in inputs] == ["idea", *(q.id for q in advisor.pack.questions)]
            for block, question in zip(inputs[1:], advisor.pack.questions, strict=True):
                assert [choice["value"] for choice in block["choices"]] == [o.id for o in question.options]


async def test_the_result_is_shown_in_the_dialog_and_posted_when_that_is_asked_for(world: World) -> None:
    card = card_of(await asked(world, "task/fetch", data={"dialog": "advice_form"}))
    result = card_of(await submitted(world, card, **MEDICAL, idea=IDEA))
    assert "Fine-tuning" in said(result)
    assert world.messages() == []
    posted = await submitted(world, result)
    assert posted == {"task": {"type": "message", "value": "Posted."}}
    (message,) = world.messages()
    assert read(message.card) == said(result).replace("\n[Post it]", "")


def inputs(card: dict[str, Any]) -> list[str]:
    return [block["id"] for block in card["body"] if block["type"].startswith("Input.")]


async def test_what_is_missing_is_asked_in_the_dialog_until_it_is_enough(world: World) -> None:
    card = card_of(await asked(world, "task/fetch", data={"dialog": "advice_form"}))
    again = card_of(await submitted(world, card, data="yes", volume="", idea="a bot"))
    assert said(again).startswith("Not enough said yet")
    assert inputs(again) == ["volume", "domain", "budget", "consistency"]
    result = card_of(await submitted(world, again, volume="low", domain="specialised", budget="flexible"))
    assert inputs(result) == []
    assert "a bot" in said(result)
    await submitted(world, result)
    (message,) = world.messages()
    assert read(message.card) == said(result).replace("\n[Post it]", "")


async def test_a_message_that_says_too_little_is_asked_about_and_inserted(world: World) -> None:
    payload = {"id": "1", "body": {"contentType": "text", "content": "we want to sort tickets, we have 9,000 examples"}}
    body = await asked(world, "composeExtension/fetchTask", commandId="triage_message", messagePayload=payload)
    card = card_of(body)
    assert said(card).startswith("Not enough said yet")
    assert "9,000 examples" in said(card)
    data = {**button(card)["data"], **dict.fromkeys(inputs(card), "unsure")}
    result = card_of(await asked(world, "composeExtension/submitAction", commandId="triage_message", data=data))
    data = button(result)["data"]
    inserted = await asked(world, "composeExtension/submitAction", commandId="triage_message", data=data)
    assert len(inserted["composeExtension"]["attachments"]) == 1


HOSTILE: dict[str, tuple[str, Any, int]] = {
    "no value": ("task/submit", None, 200),
    "a value that is a list": ("task/submit", [1], 400),
    "data that are a list": ("task/submit", {"data": []}, 400),
    "a foreign dialog": ("task/fetch", {"data": {"dialog": "others"}}, 200),
    "no dialog": ("task/submit", {"data": {}}, 200),
    "nothing filled in": ("task/submit", {"data": {"dialog": "advice_form"}}, 200),
    "an option that is none": ("task/submit", {"data": {"dialog": "advice_form", **MEDICAL, "data": "<b>"}}, 200),
    "an option that is a list": ("task/submit", {"data": {"dialog": "advice_form", **MEDICAL, "data": [1]}}, 200),
    "an idea that is a number": ("task/submit", {"data": {"dialog": "advice_form", **MEDICAL, "idea": 7}}, 200),
    "10,000 characters": ("task/submit", {"data": {"dialog": "advice_form", **MEDICAL, "idea": "x" * 10_000}}, 200),
    "a post of nothing": ("task/submit", {"data": {"dialog": "advice_form", "step": "post"}}, 200),
    "a foreign command": ("composeExtension/fetchTask", {"commandId": "others"}, 200),
    "no message": ("composeExtension/fetchTask", {"commandId": "triage_message"}, 200),
    "a message that is a number": (
        "composeExtension/fetchTask", {"commandId": "triage_message", "messagePayload": 5}, 200,
    ),
    "a text that is a list": (
        "composeExtension/submitAction", {"commandId": "triage_message", "data": {"text": [1]}}, 200,
    ),
    "a search for others": ("composeExtension/query", {"commandId": "others"}, 200),
    "parameters that are none": ("composeExtension/query", {"commandId": "ask", "parameters": 7}, 400),
    "a parameter without a text": (
        "composeExtension/query", {"commandId": "ask", "parameters": [{"name": "text", "value": {}}]}, 200,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "value", "status"), HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_submission_gets_an_answer_that_people_can_read(
    world: World, name: str, value: Any, status: int
) -> None:
    got, body = await world.people.invoke(ANA, name, value)
    assert got == status
    assert world.messages() == []
    if status != 200:
        return
    if "task" in body and body["task"]["type"] == "continue":
        assert (
            "Choose" in said(card_of(body))
            or "Describe" in said(card_of(body))
            or "words" in said(card_of(body))
            or "Up to" in said(card_of(body))
        )
    elif "task" in body:
        assert body["task"]["value"]
    else:
        assert body["composeExtension"]["type"] in ("message", "result")


async def test_a_dialog_needs_a_token(world: World) -> None:
    activity = world.people.activity("invoke", ANA) | {"name": "task/fetch", "value": {"data": {}}}
    assert await world.post(json.dumps(activity), Authorization="Bearer wrong") == 401


async def test_a_message_is_judged_for_whoever_asks_and_inserted_by_them(world: World) -> None:
    content = (
        "<div><p>A bot for our lawyers &amp; us.</p><p>We have <b>40,000</b> reviewed contracts, "
        "it must always use the same format.</p></div>"
    )
    body = await asked(
        world,
        "composeExtension/fetchTask",
        commandId="triage_message",
        messagePayload={"id": "1", "body": {"contentType": "html", "content": content}},
    )
    card = card_of(body)
    assert "40,000 reviewed contracts" in said(card)
    data = button(card)["data"]
    inserted = await asked(world, "composeExtension/submitAction", commandId="triage_message", data=data)
    (attachment,) = inserted["composeExtension"]["attachments"]
    assert problems(attachment["content"]) == []
    assert read(attachment["content"]) == said(card).replace("\n[Post it]", "")
    assert world.messages() == []


async def test_the_form_of_the_message_extension_ends_in_the_compose_box(world: World) -> None:
    card = card_of(await asked(world, "composeExtension/fetchTask", commandId="advice_form"))
    data = {**button(card)["data"], **MEDICAL}
    result = card_of(await asked(world, "composeExtension/submitAction", commandId="advice_form", data=data))
    data = button(result)["data"]
    inserted = await asked(world, "composeExtension/submitAction", commandId="advice_form", data=data)
    (attachment,) = inserted["composeExtension"]["attachments"]
    assert "Fine-tuning" in read(attachment["content"])
    assert world.messages() == []


async def found(world: World, text: str | None, **more: Any) -> list[dict[str, Any]]:
    given = {"name": "initialRun", "value": "true"} if text is None else {"name": "text", "value": text}
    body = await asked(world, "composeExtension/query", commandId="ask", parameters=[given], **more)
    attachments = body["composeExtension"].get("attachments", [])
    for attachment in attachments:
        assert problems(attachment["content"]) == []
        assert attachment["preview"]["content"]["title"]
    return attachments


async def test_the_search_finds_by_meaning_and_by_title(world: World, advisor: Advisor) -> None:
    first = await found(world, "how expensive is it to train our own model?")
    assert first[0]["preview"]["content"]["title"] == advisor.pack.passage("faq-cost").title
    titles = {attachment["preview"]["content"]["title"] for attachment in await found(world, "better")}
    assert advisor.pack.passage("faq-better").title in titles
    assert len(await found(world, None)) == len(advisor.pack.faqs)
    assert await found(world, "better", queryOptions={"skip": 8, "count": 8}) == []


async def test_what_is_not_covered_is_said(world: World) -> None:
    body = await asked(
        world, "composeExtension/query", commandId="ask", parameters=[{"name": "text", "value": "zzzz qqqq"}]
    )
    assert "I know about" in body["composeExtension"]["text"]


async def test_nothing_of_a_dialog_is_stored(world: World, storage: Storage, key_prefix: str) -> None:
    card = card_of(await asked(world, "task/fetch", data={"dialog": "advice_form"}))
    result = card_of(await submitted(world, card, **MEDICAL, idea="a secret of Initech"))
    await submitted(world, result)
    await world.people.say(ANA, "form")
    assert await storage.command("KEYS", f"*{key_prefix}*") == []


async def test_a_result_that_teams_does_not_take_is_said(world: World) -> None:
    card = card_of(await asked(world, "task/fetch", data={"dialog": "advice_form"}))
    result = card_of(await submitted(world, card, **MEDICAL))
    world.connector.faults.append(ConnectorFault(FaultKind.FORBIDDEN, "POST"))
    assert "could not post" in (await submitted(world, result))["task"]["value"]
    assert (await submitted(world, result))["task"]["value"] == "Posted."


async def test_too_much_at_once_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Service, "allows", lambda *_: False)
    body = await asked(world, "task/fetch", data={"dialog": "advice_form"})
    assert "wait a minute" in body["task"]["value"]


async def test_a_failure_is_told_with_a_reference(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.teams.forms.judge_form", fails)
    with caplog.at_level(logging.ERROR):
        body = await asked(world, "task/submit", data={"dialog": "advice_form", **MEDICAL})
        again = await asked(world, "task/submit", data={"dialog": "advice_form", **MEDICAL})
    references = [answer["task"]["value"].rpartition("Reference:")[2].strip(" .") for answer in (body, again)]
    assert all(f"reference {reference}." in caplog.text for reference in references)
    assert references[0] != references[1]
    assert "broken" in caplog.text


def test_every_card_is_within_the_limits(advisor: Advisor) -> None:
    errors = dict.fromkeys(["idea", *(q.id for q in advisor.pack.questions)], "x" * 200)
    for card in (
        opening_card(advisor.catalogue),
        form_card(advisor),
        form_card(advisor, {**MEDICAL, "idea": "🙂" * (IDEA_LIMIT + 9)}, errors),
    ):
        assert problems(card) == []
