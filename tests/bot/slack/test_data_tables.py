"""Lists of ideas as tables that readers can sort; where a workspace does not take these, as plain ones."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.events import Workspace
from bot.slack.refused_blocks import CACHE_TTL, REFUSAL_TTL, RefusedBlocks
from bot.storage.redis_retries import Storage, Timeouts
from tests.bot.slack.conftest import Opened, say
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")
LIST = "triage\nslogans without any training data\nemails: no examples to learn from\nposters, no data at all"
HERE = Workspace("T1")


@pytest.fixture
def environment(key_prefix: str) -> dict[str, str]:
    """Settings of a deployment of its own: what is refused is kept in Redis."""
    return {"ADVISOR_KEY_PREFIX": key_prefix}


@pytest.fixture
async def rig(open_rig: Opened, environment: dict[str, str]) -> AsyncIterator[Rig]:
    async with open_rig(environment) as rig:
        yield rig


def tables(rig: Rig) -> list[str]:
    """The kinds of table that were tried, in order."""
    blocks = [block for call in rig.api.calls for block in call.body.get("blocks") or ()]
    return [block["type"] for block in blocks if block["type"] in ("table", "data_table")]


async def test_a_list_can_be_sorted_and_leads_to_its_messages(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, LIST)
    (table,) = [b for m in rig.workspace.messages for b in m.content.blocks if b["type"] == "data_table"]
    told = next(m for m in rig.workspace.messages if m.user == ANA)
    link = table["rows"][1][0]["elements"][0]["elements"][0]
    assert link["text"] == "2. emails"
    assert link["url"] == f"https://slack.com/archives/{direct.id}/p{told.ts.replace('.', '')}"
    assert {len(row) for row in table["rows"]} == {2}  # no more columns than a phone shows
    assert table["page_size"] == 2
    assert rig.refused() == []


async def test_an_idea_is_shown_by_the_menu_below(rig: Rig, direct: WorkspaceChannel) -> None:
    await say(rig, direct, LIST)
    (shown,) = [m for m in rig.workspace.messages if any(b["type"] == "data_table" for b in m.content.blocks)]
    menus = [e for b in shown.content.blocks if b["type"] == "actions" for e in b["elements"] if "options" in e]
    assert [option["value"] for option in menus[-1]["options"]] == ["idea:1", "idea:2", "idea:3"]
    await rig.people.press(ANA, shown, "idea:3")
    await rig.settled()
    assert "posters" in rig.visible(direct)[-1].partition("\n")[0]


async def test_what_a_workspace_refuses_is_not_tried_again(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.faults.append(ApiFault("chat.postMessage", error="invalid_blocks"))
    await say(rig, direct, LIST)
    await say(rig, direct, "ideas")
    assert tables(rig) == ["data_table", "table", "table"]
    assert "slogans" in rig.visible(direct)[-1]


async def test_other_replicas_know_it_too(
    rig: Rig, open_rig: Opened, environment: dict[str, str], direct: WorkspaceChannel
) -> None:
    rig.api.faults.append(ApiFault("chat.postMessage", error="invalid_blocks"))
    await say(rig, direct, LIST)
    async with open_rig(environment, workspace=rig.workspace) as other:
        await say(other, direct, "ideas")
        assert tables(other) == ["table"]


async def test_another_refusal_is_no_word_about_tables(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.faults.append(ApiFault("chat.postMessage", error="invalid_blocks", times=2))
    await say(rig, direct, LIST)
    await say(rig, direct, "ideas")
    assert tables(rig) == ["data_table", "table", "data_table"]


async def test_it_is_looked_up_once_a_minute_and_kept_for_a_day(storage: Storage) -> None:
    now = [0.0]
    mine, other = (RefusedBlocks(storage, "test", lambda: now[0]) for _ in range(2))
    assert not await mine.refuses(HERE)
    await other.note(HERE)
    assert await other.refuses(HERE)
    assert not await mine.refuses(HERE)
    now[0] += CACHE_TTL
    assert await mine.refuses(HERE)
    left = timedelta(seconds=int(await storage.command("TTL", "test:slack:plain_tables:T1")))
    assert timedelta(seconds=REFUSAL_TTL - 60) < left <= timedelta(seconds=REFUSAL_TTL)
    await storage.command("DEL", "test:slack:plain_tables:T1")
    now[0] += CACHE_TTL
    assert not await mine.refuses(HERE)


async def test_without_redis_it_goes_on_with_what_it_knows() -> None:
    away = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    refused = RefusedBlocks(away, "test", lambda: 0.0)
    assert not await refused.refuses(HERE)
    await refused.note(HERE)
    assert await refused.refuses(HERE)
    await away.close()
