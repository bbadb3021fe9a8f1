"""Commands after a slash in shared conversations: one person and the advisor, among others who see nothing."""

import pytest

from bot.playground.teams.people import TeamsChat
from bot.turns.service import Service
from tests.bot.teams.world import ANA, BEN, CHANNEL, GROUP, PERSONAL, World, local
from tests.drivers.teams import action_id, actions, read
from tests.faulty_platforms import ConnectorFault, FaultKind

SHARED = [GROUP, CHANNEL]


def seen(world: World, who: object) -> list[str]:
    own = [m for m in world.messages() if m.only_for in (None, who.account()["id"])]  # type: ignore[attr-defined]
    return [read(world.people.seen_by(who, m) or m.shown) for m in own]  # type: ignore[arg-type]


async def press(world: World, who: object, button: str) -> None:
    for message in reversed(world.messages()):
        card = world.people.seen_by(who, message)
        for action in actions(card) if card else []:
            if action_id(action).removesuffix(":True") == button:
                assert (await world.people.press(who, message.id, action))[0] == 200
                return
    raise LookupError(button)


@pytest.mark.parametrize("chat", SHARED, ids=lambda chat: chat.kind)
async def test_the_whole_conversation_is_seen_by_one_person(world: World, chat: TeamsChat) -> None:
    assert (await world.people.slash(ANA, "start"))[0] in (200, 201)
    for question in ("data", "volume", "domain", "budget", "consistency"):
        await press(world, ANA, f"answer:{question}:unsure")
    assert len(seen(world, ANA)) == 1
    assert seen(world, ANA)[0].startswith("Use prompts, no tuning for now\nPrompt engineering")
    assert seen(world, BEN) == []
    assert list(world.connector.refused) == []


@pytest.mark.parametrize("chat", SHARED, ids=lambda chat: chat.kind)
async def test_it_is_kept_apart_from_the_conversation_of_all(world: World, chat: TeamsChat) -> None:
    await world.people.say(BEN, "start")
    await press(world, BEN, "answer:data:no")
    await world.people.slash(ANA, "start")
    assert "Question 1 of 5" in seen(world, ANA)[-1]
    await press(world, ANA, "answer:data:yes")
    await press(world, BEN, "answer:volume:low")
    (of_all,) = seen(world, BEN)
    assert of_all.startswith("Question 3 of 5")
    assert seen(world, ANA)[0] == of_all
    assert seen(world, ANA)[1].startswith("Training data: yes, hundreds or more\nQuestion 2 of 5")


async def test_what_somebody_types_after_the_next_slash_goes_on_there(group: World) -> None:
    await group.people.slash(ANA, "start")
    await group.people.slash(ANA, "yes")
    assert "Question 2 of 5" in seen(group, ANA)[-1]
    await group.people.slash(BEN, "back")
    (said,) = seen(group, BEN)
    assert said.startswith("No question is open.")
    assert "Question 2 of 5" in seen(group, ANA)[-1]


async def test_a_card_that_was_not_answered_is_taken_away(group: World) -> None:
    await group.people.slash(ANA, "start")
    await group.people.slash(ANA, "How much does fine-tuning cost?")
    assert sum("[1 Yes" in text for text in seen(group, ANA)) == 1
    assert [call.status for call in group.connector.calls if call.method == "DELETE"] == [200]
    assert seen(group, BEN) == []


async def test_on_an_old_client_the_press_is_as_private(group: World) -> None:
    await group.people.slash(ANA, "start")
    (message,) = group.messages()
    (action,) = [one for one in actions(message.card) if one["data"].get("option") == "yes"]
    await group.people.submit(ANA, message.id, action)
    assert "Question 2 of 5" in seen(group, ANA)[-1]
    assert seen(group, BEN) == []


async def test_where_teams_refuses_it_everybody_is_told_that_and_nothing_else(group: World) -> None:
    group.connector.faults.append(ConnectorFault(FaultKind.FORBIDDEN, "POST"))
    await group.people.slash(ANA, "we want to fire Initech, should we fine-tune?")
    (said,) = seen(group, BEN)
    assert "cannot answer one person alone" in said


async def test_the_form_is_offered_to_one_person(group: World) -> None:
    await group.people.slash(ANA, "form")
    assert len(seen(group, ANA)) == 1
    assert seen(group, BEN) == []


async def test_a_reply_that_waited_is_as_private(group: World) -> None:
    group.connector.faults.append(ConnectorFault(FaultKind.BAD_GATEWAY, "POST"))
    await group.people.slash(ANA, "start")
    assert seen(group, ANA) == []
    await group.recover()
    assert "Question 1 of 5" in seen(group, ANA)[0]
    assert seen(group, BEN) == []


async def test_in_the_personal_chat_a_slash_changes_nothing(service: Service) -> None:
    async with local(service, PERSONAL) as world:
        await world.people.slash(ANA, "start")
        (message,) = world.messages()
        assert message.only_for is None
        await world.people.say(ANA, "yes")
        assert "Question 2 of 5" in seen(world, ANA)[-1]


async def test_a_mark_in_a_press_opens_nobody_elses_conversation(group: World) -> None:
    await group.people.slash(ANA, "start")
    (message,) = group.messages()
    (action,) = [one for one in actions(message.card) if one["data"].get("option") == "yes"]
    await group.people.press(BEN, message.id, action)
    assert seen(group, BEN) == []
    await press(group, ANA, "answer:data:no")
    assert seen(group, ANA)[-1].startswith("Question 2 of 5")  # without a notice: her card was not too old
