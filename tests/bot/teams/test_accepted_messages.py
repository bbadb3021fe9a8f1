"""What is typed is answered for before a language model is asked about it; meanwhile Teams shows that the bot types."""

from typing import Any

import pytest

from bot.turns.service import Service
from tests.bot.scripted_listener import BOTH, HEARD_IN_BOTH, WORDS, ScriptedListener, ScriptedSpeaker
from tests.bot.teams.test_conversations import button
from tests.bot.teams.world import ANA, BEN, GROUP, PERSONAL, World, local
from tests.drivers.teams import read
from tests.faulty_platforms import ConnectorFault, FaultKind

ASK = "should we fine-tune our support bot?"


async def settled(world: World, service: Service) -> None:
    """Ends the channel's own tasks, which deliver the replies."""
    await world.teams.stop()
    await service.background.join()


@pytest.mark.parametrize("chat", [PERSONAL, GROUP], ids=["personal", "group"])
async def test_a_message_is_answered_for_before_the_listener_answers(
    chat: Any, service: Service, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    async with local(service, chat) as world:
        assert (await world.people.say(ANA, ASK))[0] == 200
        await world.connector.until(lambda: world.connector.calls)
        assert [call.problems for call in world.connector.calls] == [()]
        assert world.messages() == [], "that the bot types is no message"
        listener.answers.set()
        await settled(world, service)
        (message,) = world.messages()
        assert "Question 1 of 5" in read(message.shown)


async def test_what_only_one_person_sees_is_not_shown_as_typing(
    group: World, service: Service, listener: ScriptedListener
) -> None:
    assert (await group.people.slash(ANA, ASK))[0] == 200
    await settled(group, service)
    assert [call.method for call in group.connector.calls] == ["POST"]
    assert len(group.messages()) == 1


async def test_where_typing_is_refused_the_reply_is_shown(service: Service, listener: ScriptedListener) -> None:
    listener.answers.clear()
    async with local(service) as world:
        world.connector.faults.append(ConnectorFault(FaultKind.FORBIDDEN))
        await world.people.say(ANA, ASK)
        await world.connector.until(lambda: world.connector.calls)
        listener.answers.set()
        await settled(world, service)
        assert len(world.messages()) == 1


@pytest.mark.parametrize("submit", [False, True], ids=["execute", "submit"])
async def test_a_press_waits_for_what_is_thought_about(
    service: Service, listener: ScriptedListener, submit: bool
) -> None:
    listener.exact |= {"start"}
    async with local(service, GROUP) as world:
        await world.people.say(ANA, "start")
        (message,) = world.messages()
        listener.answers.clear()
        await world.people.say(ANA, "yes")
        await listener.asking.wait()
        listener.delay = 0.3
        listener.answers.set()
        pressing = world.people.submit if submit else world.people.press
        status, _ = await pressing(BEN, message.id, button(message.card, "answer:data:no"))
        await settled(world, service)
        assert status == 200
        assert "Training data: yes" in "\n".join(read(one.shown) for one in world.messages())


async def test_receipts_and_what_is_open_come_at_once_and_the_worded_answer_later(
    service: Service, listener: ScriptedListener
) -> None:
    listener.by_text = {BOTH: HEARD_IN_BOTH}
    speaker = service.worded.speaker = ScriptedSpeaker()
    async with local(service) as world:
        await world.people.say(ANA, ASK)
        await world.connector.until(lambda: len(world.messages()) == 1)
        assert (await world.people.say(ANA, BOTH))[0] == 200
        await world.connector.until(lambda: "Volume and speed: low" in read(world.messages()[-1].shown))
        assert "Still open" in read(world.messages()[-1].shown)
        message = world.messages()[-1]
        status, answer = await world.people.press(BEN, message.id, button(message.card, "answer:data:no"))
        assert (status, "Question 3 of 5" in str(answer)) == (200, True)
        speaker.answers.set()
        await settled(world, service)
        assert read(world.messages()[-1].shown).startswith(" ".join(WORDS.sentences))
        assert "Question 3 of 5" in read(world.messages()[-2].shown)
