"""Teams' feedback loop: which messages ask for it, and what is kept of a reaction."""

from typing import Any

import pytest

from bot.storage.stores import Stores
from bot.turns.service import Service
from tests.bot.teams.world import ANA, BEN, GROUP, World, local
from tests.faulty_platforms import ConnectorFault, FaultKind

ALL_YES = ("data:yes", "volume:high", "domain:specialised", "budget:flexible", "consistency:predictable")


async def kept(stores: Stores) -> list[tuple[str, bool, str]]:
    return sorted((one.about, one.up, one.note) for one in await stores.feedback.ratings())


def asking(world: World) -> list[Any]:
    return [message for message in world.messages() if message.asks_feedback]


async def press(world: World, button: str) -> None:
    verb, *rest = button.split(":")
    for message in reversed(world.messages()):
        for block in message.card["body"]:
            for action in block.get("actions", []):
                found = [str(value) for name, value in action["data"].items() if name != "revision"]
                if [action["verb"], *found] == [verb, *rest]:
                    status, _ = await world.people.press(ANA, message.id, action)
                    assert status == 200
                    return
    raise AssertionError(button)


async def test_answers_ask_for_it_and_questions_do_not(world: World) -> None:
    await world.people.say(ANA, "start")
    assert not asking(world)
    await world.people.say(ANA, "How much does fine-tuning cost?")
    (answer,) = asking(world)
    assert answer.activity["channelData"] == {"feedbackLoop": {"type": "default"}}


async def test_each_message_is_rated_for_what_it_says(service: Service, stores: Stores) -> None:
    """Teams tells nothing but the message's id."""
    async with local(service, GROUP) as world:
        await world.people.say(ANA, "start")
        await world.people.say(ANA, "How much does fine-tuning cost?")
        await world.people.say(ANA, "What is LoRA?")
        cost, lora = asking(world)
        assert await world.people.feedback(ANA, cost.id, up=False, text="the price for 20 people, says Peter") == (
            200,
            None,
        )
        assert await world.people.feedback(BEN, lora.id, up=True) == (200, None)
        assert await world.people.feedback(BEN, cost.id, up=True) == (200, None)
        for answer in ALL_YES:
            await press(world, f"answer:{answer}")
        result = asking(world)[-1]
        assert await world.people.feedback(ANA, result.id, up=True) == (200, None)
        posted = len(world.messages())
    assert await kept(stores) == [
        ("faq-cost", False, "the price for … people, says …"),
        ("faq-cost", True, ""),
        ("result:fine_tuning", True, ""),
        ("term-lora", True, ""),
    ]
    assert posted == len(world.messages())  # Teams itself thanks


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        {"actionName": "feedback"},
        {"actionName": "feedback", "actionValue": {"reaction": "meh"}},
        {"actionName": "x"},
    ],
)
async def test_what_is_no_feedback_is_refused_in_words(service: Service, stores: Stores, value: object) -> None:
    async with local(service) as world:
        await world.people.say(ANA, "How much does fine-tuning cost?")
        status, _ = await world.people.invoke(ANA, "message/submitAction", value)  # type: ignore[arg-type]
        assert status in (200, 400)
    assert await kept(stores) == []


async def test_it_is_kept_whatever_becomes_of_messages(service: Service, stores: Stores) -> None:
    async with local(service) as world:
        await world.people.say(ANA, "How much does fine-tuning cost?")
        world.connector.faults.append(ConnectorFault(FaultKind.BAD_GATEWAY))
        assert await world.people.feedback(ANA, asking(world)[0].id, up=True) == (200, None)
    assert await kept(stores) == [("faq-cost", True, "")]
