"""What is read out of Slack's own account of a thread: which messages are ours, of which revision, what they ask."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.sent_messages import MAX_MESSAGES, sent_messages, without_buttons

BUTTON = {"type": "button", "action_id": "answer:data:yes", "value": "7"}
MENU = {"type": "overflow", "action_id": "menu:1:9"}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}


class Api(AsyncWebClient):
    """Answers with these messages, and remembers what it was asked."""

    def __init__(self, *messages: dict[str, Any]) -> None:
        super().__init__()
        self.messages, self.asked = messages, list[tuple[str, dict[str, Any]]]()

    async def conversations_history(self, **where: Any) -> Any:
        self.asked.append(("history", where))
        return {"messages": list(self.messages)}

    async def conversations_replies(self, **where: Any) -> Any:
        self.asked.append(("replies", where))
        return {"messages": list(self.messages)}


def message(ts: str, *elements: dict[str, Any], kind: str = "actions", **more: Any) -> dict[str, Any]:
    blocks = [{"type": kind, "elements": list(elements)}] if elements else []
    return {"ts": ts, "bot_id": "B1", "text": f"text {ts}", "blocks": [SECTION, *blocks], **more}


@pytest.mark.parametrize(
    ("elements", "revision", "asks"),
    [
        ([BUTTON], 7, True),
        ([MENU], 9, False),
        ([{"type": "button", "action_id": "confirm:data:yes", "value": "0"}], 0, True),
        ([{"type": "button", "action_id": "start", "value": ""}], None, False),
        ([{"type": "button", "action_id": "start", "value": "٣"}], None, False),
        ([{"type": "button", "action_id": "start", "value": "seven"}, BUTTON], 7, True),
        ([{"type": "button", "action_id": "start", "value": 3}], None, False),
        ([{"type": "button"}], None, False),
        ([], None, False),
    ],
)
async def test_which_revision_a_message_shows_and_whether_it_asks(
    elements: list[dict[str, Any]], revision: int | None, asks: bool
) -> None:
    (found,) = await sent_messages(Api(message("1.1", *elements)), "C1", None, 5, {"channel": "C1"})
    assert (found.revision, found.asks, found.text) == (revision, asks, "text 1.1")
    assert (found.card.message, found.card.address) == ("1.1", {"channel": "C1"})


async def test_only_messages_of_bots_count_in_the_order_in_which_they_were_sent() -> None:
    api = Api(message("2.0"), {"ts": "1.5", "text": "of a person"}, message("1.0", text=None))
    found = await sent_messages(api, "C1", "1.0", 5, {})
    assert [one.card.message for one in found] == ["1.0", "2.0"]
    assert api.asked == [
        ("replies", {"ts": "1.0", "channel": "C1", "oldest": "5", "inclusive": True, "limit": MAX_MESSAGES})
    ]
    await sent_messages(api, "C1", None, 5, {})
    assert api.asked[-1][0] == "history"
    assert await sent_messages(Api(), "C1", None, 5, {}) == ()


async def test_other_blocks_hold_no_buttons() -> None:
    (found,) = await sent_messages(Api(message("1.1", BUTTON, kind="context_actions")), "C1", None, 5, {})
    assert (found.revision, found.asks) == (None, False)


@pytest.mark.parametrize("kind", ["actions", "context_actions"])
async def test_a_message_without_its_buttons(kind: str) -> None:
    api = Api(message("1.1", BUTTON, kind=kind), message("1.2"))
    assert await without_buttons(api, "C1", None, "1.1") == {"text": "text 1.1", "blocks": [SECTION]}
    assert api.asked[-1][1]["oldest"] == api.asked[-1][1]["latest"] == "1.1"
    assert await without_buttons(api, "C1", None, "1.2") is None, "it has none"
    assert await without_buttons(api, "C1", None, "1.3") is None, "it is not there"
    bare = Api({"ts": "1.1", "blocks": [{"type": kind, "elements": [BUTTON]}]})
    assert await without_buttons(bare, "C1", None, "1.1") is None, "nothing would be left"


async def test_a_message_with_a_file_counts_whether_or_not_it_names_a_bot() -> None:
    file = {"ts": "1.0", "text": "The list as a file.", "files": [{"id": "F1"}]}
    (found,) = await sent_messages(Api(file), "C1", "0.9", 0, {})
    assert (found.text, found.revision, found.asks) == ("The list as a file.", None, False)
