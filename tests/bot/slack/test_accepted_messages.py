"""What is typed is acknowledged before a language model is asked about it; meanwhile the assistant's status says so."""

import asyncio

from bot.playground.slack.workspace import WorkspaceChannel
from bot.turns.service import Service
from tests.bot.scripted_listener import BOTH, HEARD_IN_BOTH, WORDS, ScriptedListener, ScriptedSpeaker
from tests.bot.slack.conftest import Opened, recover
from tests.drivers.slack import Rig, read, user
from tests.faulty_platforms import ApiFault
from tests.patience import HUNG

ANA, BEN = user("ana"), user("ben")
ASK = "should we fine-tune our support bot?"
STATUS = "assistant.threads.setStatus"


def statuses(rig: Rig) -> list[tuple[str, str]]:
    """The thread and the status of each call that sets one."""
    return [(call.body["thread_ts"], call.body["status"]) for call in rig.api.calls if call.method == STATUS]


async def settled(rig: Rig, service: Service) -> None:
    await rig.settled()
    await service.background.join()


async def test_a_mention_is_acknowledged_before_the_listener_answers(
    rig: Rig, service: Service, general: WorkspaceChannel, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    said = await rig.people.mention(ANA, general, ASK)  # returns once both of its events are acknowledged
    await listener.asking.wait()
    assert rig.visible(general) == []
    listener.answers.set()
    await settled(rig, service)
    (text,) = rig.visible(general, said.ts)
    assert "Question 1 of 5" in text
    assert len(listener.asked) == 1
    assert statuses(rig) == [(said.ts, "is thinking…"), (said.ts, "")]
    assert rig.refused() == []


async def test_a_direct_message_outside_of_all_threads_has_its_status_below_itself(
    rig: Rig, service: Service, listener: ScriptedListener
) -> None:
    direct = rig.workspace.direct(ANA)
    said = await rig.people.say(ANA, direct, ASK)
    await settled(rig, service)
    assert statuses(rig) == [(said.ts, "is thinking…"), (said.ts, "")]
    assert "Question 1 of 5" in rig.visible(direct)[0]


async def test_a_refused_status_holds_up_no_reply(
    rig: Rig, service: Service, general: WorkspaceChannel, listener: ScriptedListener
) -> None:
    rig.api.faults.append(ApiFault(STATUS, error="not_allowed_token_type", times=9))
    await rig.people.mention(ANA, general, ASK)
    await settled(rig, service)
    assert len(rig.visible(general)) == 1


async def test_a_press_waits_for_what_is_thought_about_and_is_acknowledged(
    rig: Rig, service: Service, general: WorkspaceChannel, listener: ScriptedListener
) -> None:
    said = await rig.people.mention(ANA, general, ASK)
    await settled(rig, service)
    card = next(one for one in rig.workspace.messages if one.user == rig.workspace.bot)
    listener.answers.clear()
    listener.asking.clear()
    await rig.people.mention(ANA, general, "yes", said.ts)
    await listener.asking.wait()
    assert (await rig.people.press(BEN, card, "answer:data:no")).status == 200
    listener.answers.set()
    await settled(rig, service)
    assert "Question 2 of 5" in rig.visible(general)[-1]
    whispers = [read(one.content) for one in rig.workspace.messages if one.only_for == BEN]
    assert "Training data was already answered" in whispers[0]


async def test_a_command_says_where_it_goes_on_once_it_does(
    rig: Rig, service: Service, general: WorkspaceChannel, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    answer = await rig.people.command(ANA, general, ASK)
    assert (answer.status, answer.shown) == (200, None)
    listener.answers.set()
    await settled(rig, service)
    assert "Question 1 of 5" in rig.visible(rig.workspace.direct(ANA))[0]
    (told,) = [one for one in rig.workspace.messages if one.only_for == ANA]
    assert (told.channel, "direct message" in read(told.content)) == (general.id, True)
    assert statuses(rig) == []


async def test_what_was_acknowledged_is_carried_out_after_its_process_died(
    open_rig: Opened, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    async with open_rig() as rig:
        general = rig.workspace.channel([ANA])
        said = await rig.people.mention(ANA, general, ASK)
        await listener.asking.wait()
        for task in rig.slack.reply_tasks._tasks.copy():
            task.cancel()
        await rig.settled()
        listener.answers.set()
        assert rig.visible(general) == []
        assert await recover(rig) == 1
        assert "Question 1 of 5" in rig.visible(general, said.ts)[0]


async def test_many_are_acknowledged_while_all_are_thought_about(
    rig: Rig, service: Service, listener: ScriptedListener
) -> None:
    listener.answers.clear()
    channels = [rig.workspace.channel([ANA]) for _ in range(32)]
    async with asyncio.timeout(HUNG):
        await asyncio.gather(*(rig.people.mention(ANA, channel, ASK) for channel in channels))
    assert all(rig.visible(channel) == [] for channel in channels)
    listener.answers.set()
    await settled(rig, service)
    assert [len(rig.visible(channel)) for channel in channels] == [1] * len(channels)


async def test_receipts_and_what_is_open_come_at_once_and_the_worded_answer_later(
    rig: Rig, service: Service, general: WorkspaceChannel, listener: ScriptedListener
) -> None:
    listener.by_text = {BOTH: HEARD_IN_BOTH}
    speaker = service.worded.speaker = ScriptedSpeaker()
    said = await rig.people.mention(ANA, general, ASK)
    await settled(rig, service)
    await rig.people.mention(ANA, general, BOTH, said.ts)

    async def shown(text: str) -> None:
        async with asyncio.timeout(HUNG):
            while text not in rig.visible(general, said.ts)[-1]:
                await asyncio.sleep(0.01)

    await shown("low, with time to spare")
    assert "Still open" in rig.visible(general, said.ts)[-1]
    assert statuses(rig)[-1] == (said.ts, "is thinking…")
    card = [one for one in rig.workspace.messages if one.user == rig.workspace.bot][-1]
    assert (await rig.people.press(BEN, card, "answer:data:no")).status == 200
    await shown("Question 3 of 5")
    speaker.answers.set()
    await settled(rig, service)
    *_, card_now, answer = rig.visible(general, said.ts)
    assert "Question 3 of 5" in card_now
    assert answer.startswith(" ".join(WORDS.sentences))
    assert statuses(rig)[-1] == (said.ts, "")
    assert rig.refused() == []
