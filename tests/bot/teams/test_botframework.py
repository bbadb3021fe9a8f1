"""What goes through botbuilder comes out as botbuilder itself would write it."""

import json
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot.teams.activities import Incoming
from bot.teams.botframework import Framework
from bot.teams.interfaces import Bot, Chat, InvokeAnswer, Outgoing
from bot.teams.json_text import Written, written

CARD = written({"type": "AdaptiveCard", "body": [{"text": "Grüße"}]})
MESSAGE = Outgoing(CARD, "a summary")
ACTIVITY: dict[str, Any] = {
    "type": "message",
    "id": "1764",
    "channelId": "msteams",
    "serviceUrl": "https://service.example/",
    "from": {"id": "29:ana", "name": "Ana"},
    "recipient": {"id": "28:bot", "name": "Advisor"},
    "conversation": {"id": "a:1", "tenantId": "t"},
    "text": "hello",
}
UNNAMED = ACTIVITY | {"from": {"id": "29:ana"}, "recipient": {"id": "28:bot"}, "conversation": {"id": "a:1"}}


class Sender:
    """Keeps what would be sent."""

    def __init__(self) -> None:
        self.sent: list[Written] = []

    async def post(self, service_url: str, path: tuple[str, ...], message: Written) -> str:
        self.sent.append(message)
        return "17"

    async def put(self, service_url: str, path: tuple[str, ...], message: Written) -> None:
        self.sent.append(message)


class Talkative(Bot):
    """Posts and edits."""

    async def message(self, incoming: Incoming, chat: Chat) -> None:
        await chat.post(MESSAGE)
        await chat.update("16", MESSAGE)

    async def invoke(self, incoming: Incoming, chat: Chat) -> InvokeAnswer:
        return InvokeAnswer(200, CARD)


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What botbuilder's serialiser makes of the activities that leave a turn."""
    found: list[Any] = []

    def keeping(name: str) -> None:
        original = getattr(Framework, name)

        async def kept(self: Framework, context: TurnContext, given: Any) -> Any:
            for activity in given if isinstance(given, list) else [given]:
                if isinstance(activity, Activity) and activity.attachments:
                    found.append(activity.serialize())
            return await original(self, context, given)

        monkeypatch.setattr(Framework, name, kept)

    keeping("send_activities")
    keeping("update_activity")
    return found


def read(message: Written) -> Any:
    """What was sent, with its card as the text that the activity held."""
    found = json.loads(message)
    for attachment in found["attachments"]:
        attachment["content"] = written(attachment["content"])
    return found


@pytest.mark.parametrize("activity", [ACTIVITY, UNNAMED], ids=["named", "unnamed"])
async def test_a_message_is_written_as_botbuilder_would(activity: dict[str, Any], stock: list[Any]) -> None:
    sender = Sender()
    await Framework(sender, Talkative()).run(Incoming.model_validate(activity))  # type: ignore[arg-type]
    assert len(stock) == 2
    assert [read(message) for message in sender.sent] == stock


async def test_so_is_one_in_a_conversation_where_nobody_has_just_written(stock: list[Any]) -> None:
    sender = Sender()
    address = {"service": "https://service.example/", "conversation": "a:1", "bot": "28:bot"}
    chat = Framework(sender, Talkative()).chat(address)  # type: ignore[arg-type]
    await chat.post(MESSAGE)
    await chat.update("17", MESSAGE)
    assert [read(message) for message in sender.sent] == stock


async def test_a_card_in_the_answer_to_a_press_leaves_as_the_very_text_that_was_written() -> None:
    framework = Framework(Sender(), Talkative())  # type: ignore[arg-type]
    answer = await framework.run(Incoming.model_validate(ACTIVITY | {"type": "invoke", "name": "adaptiveCard/action"}))
    assert answer is not None
    assert answer.body is CARD
