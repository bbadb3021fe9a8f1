"""Outbox entries as an earlier version wrote them are read. The files were written by the code of 2026-11-25."""

import json
from pathlib import Path

import pytest

from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from dialogs.commands.command import Command, Kind
from dialogs.message import Action, Message, Person, Press, Typed, Verb
from dialogs.replies.model_answers import WordedText
from dialogs.wording.placement import Words

STORED = Path(__file__).parent / "stored"


def entry(name: str) -> OutboxEntry:
    return OutboxEntry.from_json((STORED / f"outbox_{name}.json").read_text().strip())


@pytest.mark.parametrize("name", ["typed", "press"])
def test_the_stored_form_is_the_same(name: str) -> None:
    found = entry(name)
    assert found._replace(original=None).serialized == found.original


def test_a_typed_message() -> None:
    found = entry("typed")
    assert found.channel == "teams"
    assert found.place == Place("teams:tenant-1:19:ideas@thread.tacv2;messageid=1795000000000")
    assert found.address["service"] == "https://smba.trafficmanager.net/emea/"
    assert found.message == Message(
        "19:ideas@thread.tacv2:1795000030000",
        Person("29:ana", "Ana"),
        1_795_000_030,
        Typed("yes, about 1,500"),
        addressed=True,
        private=False,
        fingerprint="2026-11-18T11:07:10+00:00 29:ana yes, about 1,500",
    )


def test_a_press() -> None:
    found = entry("press")
    assert (found.channel, found.token) == ("slack", "ba9876543210")
    assert found.place == Place("slack:T0ACME:C0IDEAS", "1795000000.000100")
    assert found.message == Message(
        "click:1795000000.000200:1795000060.123456:U0ANA",
        Person("U0ANA"),
        1_795_000_060,
        Press(Action(Verb.ANSWER, ("data", "yes")), 3),
        addressed=True,
        private=False,
    )


@pytest.mark.parametrize("content", [Typed("yes"), Press(Action(Verb.ANSWER, ("data", "yes")), 3)])
def test_an_accepted_message_is_not_readable_by_an_earlier_version(content: Typed | Press) -> None:
    """It drops a message without an effect, and sets aside what has no token."""
    heard = (Command(Kind.SET, question="data", option="yes", quote="yes"),)
    message = Message("m", Person("ana"), 1, content, heard=heard)
    written = OutboxEntry("test", Place("slack:T1:C1", "1"), {}, message, "t", accepted=True, heard_at=7).written
    assert json.loads(str(written.serialized))["token"] == ""
    assert OutboxEntry.from_json(str(written.serialized)).token == "t"
    assert OutboxEntry.from_json(str(written.serialized)) == written
    assert written.without_reading.message.heard is None
    assert written.without_reading.serialized == written.serialized


SAID = Words(("It does.",), ("From section two.",), (WordedText(("A", "B"), lost=("C.",), old=True), WordedText()))


def test_words_are_kept_and_what_another_version_has_added_is_ignored() -> None:
    """As an earlier version ignores the words."""
    written = entry("typed")._replace(words=SAID, original=None).written
    assert OutboxEntry.from_json(str(written.serialized)) == written
    more = json.dumps({**json.loads(str(written.serialized)), "of_tomorrow": {"words": ["x"]}})
    assert OutboxEntry.from_json(more)._replace(original=written.original) == written


def test_an_entry_without_any_token_is_not_readable() -> None:
    stored = json.loads((STORED / "outbox_typed.json").read_text())
    with pytest.raises(ValueError, match="no token"):
        OutboxEntry.from_json(json.dumps({**stored, "token": ""}))
