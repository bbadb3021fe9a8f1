"""Lists of ideas as tables that readers can sort; where a workspace does not take these, as plain ones."""

from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.surface import PLAIN_TABLES_TTL
from tests.bot.slack.conftest import say
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")
LIST = "triage\nslogans without any training data\nemails: no examples to learn from\nposters, no data at all"


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


async def test_it_is_tried_again_after_a_day(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.faults.append(ApiFault("chat.postMessage", error="invalid_blocks"))
    await say(rig, direct, LIST)
    rig.clock.skipped += PLAIN_TABLES_TTL
    await say(rig, direct, "ideas")
    assert tables(rig) == ["data_table", "table", "data_table"]


async def test_another_refusal_is_no_word_about_tables(rig: Rig, direct: WorkspaceChannel) -> None:
    rig.api.faults.append(ApiFault("chat.postMessage", error="invalid_blocks", times=2))
    await say(rig, direct, LIST)
    await say(rig, direct, "ideas")
    assert tables(rig) == ["data_table", "table", "data_table"]
