"""Where Slack takes no deletion, no file and no modal: what waits, what is given up, what people are told."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.slack.workspace import WorkspaceChannel
from bot.slack.events import Origin, Workspace
from bot.slack.modals import FEEDBACK_NOTE, NOTE, WHERE
from bot.slack.surface import SlackSurface
from bot.storage.errors import CorruptRecord, StorageUnavailable
from bot.storage.record import Card
from bot.storage.stores import Stores
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.service import Service
from dialogs.view import File, as_line
from tests.bot.slack.test_feedback import asked, kept, why
from tests.bot.slack.test_forms import shown
from tests.bot.slack.test_share import press, result
from tests.bot.slack.test_surface import HELLO, shown_at
from tests.drivers.slack import Rig, user
from tests.faulty_platforms import ApiFault

__all__ = ["result"]

ANA = user("ana")
BYE = HELLO._replace(revision=1)


def here(rig: Rig, channel: WorkspaceChannel, thread: str | None = None) -> SlackSurface:
    return shown_at(rig, Origin(Workspace(rig.workspace.team), channel.id, thread, ANA))


def calls(rig: Rig, method: str) -> int:
    return [call.method for call in rig.api.calls].count(method)


@pytest.mark.parametrize(
    ("fault", "edits"),
    [
        (None, 0),
        (ApiFault("chat.delete", error="message_not_found"), 0),
        (ApiFault("chat.delete", error="cant_delete_message"), 1),
    ],
    ids=["taken", "gone", "refused"],
)
async def test_an_older_card_is_deleted_or_becomes_a_record(
    rig: Rig, general: WorkspaceChannel, fault: ApiFault | None, edits: int
) -> None:
    surface = here(rig, general)
    card = await surface.post(HELLO)
    rig.api.faults += [fault] if fault else []
    await surface.delete(card, BYE)
    assert (calls(rig, "chat.delete"), calls(rig, "chat.update")) == (1, edits)


async def test_where_deleting_has_to_wait_the_channel_waits(rig: Rig, general: WorkspaceChannel) -> None:
    surface = here(rig, general)
    card = await surface.post(HELLO)
    rig.api.faults.append(ApiFault("chat.delete", status=429, retry_after=30))
    with pytest.raises(TryLater):
        await surface.delete(card, BYE)
    with pytest.raises(TryLater):
        await surface.post(HELLO)


async def test_the_root_of_a_thread_is_not_deleted(rig: Rig, general: WorkspaceChannel) -> None:
    card = await here(rig, general).post(HELLO)
    await here(rig, general, card.message).delete(card, BYE)
    assert (calls(rig, "chat.delete"), calls(rig, "chat.update")) == (0, 1)
    rig.api.faults.append(ApiFault("chat.update", error="cant_update_message"))
    await here(rig, general, card.message).delete(card, BYE)
    assert len(rig.visible(general)) == 1


async def test_an_old_card_is_deleted_where_it_stands(rig: Rig, general: WorkspaceChannel) -> None:
    other = rig.workspace.channel([ANA])
    card = await here(rig, other).post(HELLO)
    assert card.address["channel"] == other.id
    await here(rig, general).delete(card, BYE)
    assert rig.visible(other) == []
    assert not rig.refused()


async def test_what_stands_in_a_thread_is_asked_where_that_is_known(rig: Rig, general: WorkspaceChannel) -> None:
    surface = here(rig, general)
    card = await surface.post(HELLO)
    (sent,) = await surface.sent(0)
    assert (sent.card.message, sent.text) == (card.message, surface.text(HELLO))
    assert list(await shown_at(rig, Origin(Workspace(rig.workspace.team), ANA, None, ANA)).sent(0)) == []
    rig.api.faults.append(ApiFault("conversations.history", status=429, retry_after=30))
    with pytest.raises(TryLater):
        await surface.sent(0)
    assert (await surface.post(HELLO)).message, "that pauses no reply"


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (ApiFault("files.getUploadURLExternal", error="missing_scope"), Undeliverable),
        (ApiFault("files.getUploadURLExternal", status=503, times=9), TryLater),
    ],
    ids=["refused", "busy"],
)
async def test_a_file_that_slack_does_not_take(
    rig: Rig, general: WorkspaceChannel, fault: ApiFault, meaning: type[Exception]
) -> None:
    rig.api.faults.append(fault)
    with pytest.raises(meaning):
        await here(rig, general).post_file(File("a.csv", b"x", as_line("Hello.")))


async def test_a_place_for_a_file_that_does_not_take_it_is_tried_later(
    rig: Rig, general: WorkspaceChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(dict[str, Any]):
        def __setitem__(self, *_: object) -> None:
            """Nothing is kept."""

    monkeypatch.setattr(rig.workspace, "uploads", Full())
    with pytest.raises(TryLater, match="did not accept a file"):
        await here(rig, general).post_file(File("a.csv", b"x", as_line("Hello.")))


async def say_why(rig: Rig) -> None:
    """Opens the modal that asks what was wrong with an answer."""
    await press(rig, "feedback:down", message=await asked(rig))
    await press(rig, FEEDBACK_NOTE, message=why(rig))


def failing(error: Exception) -> Callable[..., Any]:
    async def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [StorageUnavailable("away"), CorruptRecord("damaged")])
async def test_what_was_written_to_feedback_and_not_kept_is_told(
    rig: Rig, stores: Stores, service: Service, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    await say_why(rig)
    with monkeypatch.context() as patch:
        patch.setattr(service.feedback, "rate", failing(error))
        assert await rig.people.submit(ANA, {FEEDBACK_NOTE: "too long"}) == {}
    told = shown(rig.workspace.modals[ANA])
    assert told == service.advisor.catalogue.channel["not_saved"].replace("*", "")
    assert await kept(stores) == [("faq-cost", False, "")]


@pytest.mark.parametrize(
    ("metadata", "key"), [("no json", "form_unknown"), (None, "too_often")], ids=["made up", "too many"]
)
async def test_why_what_was_written_does_not_count(
    rig: Rig, service: Service, monkeypatch: pytest.MonkeyPatch, metadata: str | None, key: str
) -> None:
    await say_why(rig)
    if metadata is None:
        monkeypatch.setattr(service, "allows", lambda *_: False)
    else:
        rig.workspace.modals[ANA]["private_metadata"] = metadata
    assert await rig.people.submit(ANA, {FEEDBACK_NOTE: "too long"}) == {}
    assert shown(rig.workspace.modals[ANA]) == service.advisor.catalogue.channel[key].replace("*", "")


async def test_a_note_from_another_workspace_is_not_kept(rig: Rig, stores: Stores) -> None:
    await say_why(rig)
    view = rig.workspace.modals[ANA]
    view["private_metadata"] = view["private_metadata"].replace(rig.workspace.team, "T9")
    await rig.people.submit(ANA, {FEEDBACK_NOTE: "too long"})
    assert await kept(stores) == [("faq-cost", False, "")]


async def test_a_result_is_not_shared_while_redis_is_away(
    rig: Rig, result: WorkspaceChannel, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await press(rig, "share")
    monkeypatch.setattr(service.shared_results, "summary", failing(StorageUnavailable("away")))
    assert await rig.people.submit(ANA, {WHERE: result.id, NOTE: None}) == {}
    assert shown(rig.workspace.modals[ANA]) == service.advisor.catalogue.channel["not_saved"].replace("*", "")


async def test_an_edit_of_a_card_that_is_gone_is_given_up(rig: Rig, general: WorkspaceChannel) -> None:
    with pytest.raises(Undeliverable):
        await here(rig, general).edit(Card("1.1", {"channel": general.id}), HELLO)
