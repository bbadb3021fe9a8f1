"""People are called by the names that they chose, where the app may look these up."""

import time
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from bot.playground.slack.workspace import LocalWorkspace, WorkspaceChannel
from bot.slack import names
from bot.slack.modals import NOTE, WHERE
from bot.slack.names import NAME_TTL, DisplayNames
from bot.slack.timed_cache import TimedCache
from dialogs.message import Person
from tests.bot.slack.conftest import Opened
from tests.bot.slack.test_conversation import ALL_YES, ANA, ASK, BEN, card, mention, press
from tests.drivers.slack import Rig
from tests.faulty_platforms import ApiFault

NAMES = {ANA: "Ana <Lemaire>", BEN: "Ben *Okoro*"}
LOOK_UP = "users.info"


@pytest.fixture
async def rig(open_rig: Opened) -> AsyncIterator[Rig]:
    """With the scope."""
    async with open_rig(workspace=LocalWorkspace(time.time, names=dict(NAMES))) as rig:
        yield rig


def looked_up(rig: Rig) -> list[str]:
    return [call.body["user"] for call in rig.api.calls if call.method == LOOK_UP]


async def reply(rig: Rig, who: str, text: str) -> None:
    """Types in the thread of the last card, without a mention."""
    message = card(rig)
    await rig.settled(rig.people.say(who, rig.workspace.channels[message.channel], text, message.thread_ts))


async def test_who_types_is_named_as_who_presses_and_nobody_is_notified(rig: Rig, general: WorkspaceChannel) -> None:
    await mention(rig, general, "start")
    await reply(rig, BEN, "yes, hundreds of them")
    assert "Ben *Okoro*" in rig.visible(general)[-1]
    await press(rig, "answer:volume:high", ANA)
    await press(rig, "answer:domain:specialised", BEN)
    shown = rig.visible(general)[-1]
    assert "Training data: yes (by Ben *Okoro*); Volume and speed: high (by Ana <Lemaire>)" in shown
    assert shown.count("by Ben *Okoro*") == 2
    assert not any("<@" in str(call.body.get("blocks")) for call in rig.api.calls)
    assert set(looked_up(rig)) == {ANA, BEN}
    assert looked_up(rig).count(BEN) == 1


async def test_without_the_scope_nobody_is_looked_up(open_rig: Opened) -> None:
    async with open_rig() as rig:
        await mention(rig, rig.workspace.channel([ANA, BEN]), "start")
        await reply(rig, BEN, "yes, hundreds of them")
        await press(rig, "answer:volume:high", ANA)
        assert looked_up(rig) == []
        assert "Training data: yes; Volume and speed: high (by ana)" in card(rig).content.text


async def test_who_writes_to_others_is_not_looked_up(rig: Rig, general: WorkspaceChannel) -> None:
    said = await rig.settled(rig.people.say(BEN, general, "lunch?"))
    await rig.settled(rig.people.say(ANA, general, "yes, at noon", said.ts))
    assert looked_up(rig) == []


@pytest.mark.parametrize(
    "fault",
    [
        ApiFault(LOOK_UP, error="user_not_visible"),
        ApiFault(LOOK_UP, delay=2),
        ApiFault(LOOK_UP, body="<html>Sign in</html>"),
        ApiFault(LOOK_UP, body='{"ok": true, "user": []}', kind="application/json"),
    ],
    ids=["refused", "slow", "a page in its place", "an answer of another form"],
)
async def test_an_answer_counts_without_its_name(
    rig: Rig, general: WorkspaceChannel, fault: ApiFault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "TIMEOUT", 0.05 if fault.delay else names.TIMEOUT)
    await mention(rig, general, "start")
    rig.api.faults.append(fault)
    await reply(rig, BEN, "yes, hundreds of them")
    assert "Question 2 of 5" in card(rig).content.text
    assert "Okoro" not in card(rig).content.text
    before = len(looked_up(rig))
    await reply(rig, BEN, "high volume")
    assert len(looked_up(rig)) == before
    rig.clock.skipped += NAME_TTL
    await reply(rig, BEN, "the domain is law, very specialised")
    assert "Domain: specialised (by Ben *Okoro*)" in rig.visible(general)[-1]


async def test_a_shared_result_says_by_whom_it_is_shared(rig: Rig, general: WorkspaceChannel) -> None:
    await mention(rig, general, ASK)
    for answer in ALL_YES:
        await press(rig, f"answer:{answer}")
    await press(rig, "share")
    assert "Shared by Ana" in str(rig.workspace.modals[ANA]["blocks"])
    boss = rig.workspace.channel([ANA])
    assert await rig.people.submit(ANA, {WHERE: boss.id, NOTE: None}) == {}
    await rig.settled()
    (message,) = rig.visible(boss)
    assert "Shared by Ana <Lemaire>." in message
    assert "Answers by Ana <Lemaire>" in message


async def test_who_is_forgotten_is_looked_up_anew(rig: Rig) -> None:
    direct = rig.workspace.direct(BEN)
    for text in ("start", "yes, hundreds of them", "forget me", "yes, forget me"):
        await rig.settled(rig.people.say(BEN, direct, text))
    assert looked_up(rig) == [BEN]
    await rig.settled(rig.people.say(BEN, direct, "start"))
    assert looked_up(rig) == [BEN, BEN]


class Profiles:
    """A client, and the context of a request whose token has the scope."""

    def __init__(self, **profile: object) -> None:
        self.profile = profile
        self.context: Any = SimpleNamespace(client=self, authorize_result=SimpleNamespace(bot_scopes=["users:read"]))

    async def users_info(self, user: str) -> dict[str, Any]:
        return {"user": {"profile": self.profile}}


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ({"display_name": " ana ", "real_name": "Ana Lemaire"}, "ana"),
        ({"display_name": "", "real_name": "Ana Lemaire"}, "Ana Lemaire"),
        ({"display_name": "a" * 200}, "a" * 80),
        ({}, "account"),
    ],
)
async def test_the_display_name_comes_before_the_full_one(profile: dict[str, str], name: str) -> None:
    client = Profiles(**profile)
    person = Person("U1", "account")
    assert await DisplayNames(lambda: 0.0).named(person, "slack:T1", client.context) == Person("U1", name)


def test_a_process_knows_so_many_things_for_a_while() -> None:
    now = [0.0]
    known: TimedCache[str] = TimedCache(lambda: now[0], seconds=60, most=2)
    known.put("a", "1")
    now[0] += 30
    known.put("b", "2")
    assert (known.get("a"), known.get("b"), known.get("c")) == ("1", "2", None)
    now[0] += 30
    assert (known.get("a"), known.get("b")) == (None, "2")
    known.put("c", "3")
    assert (known.get("b"), known.get("c")) == (None, "3")
