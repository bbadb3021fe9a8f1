"""What goes through botbuilder comes out whole; only one module knows botbuilder."""

import ast
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.teams.activities import IncomingActivity
from bot.teams.botframework import TeamsAdapter
from bot.teams.interfaces import CARD_TYPE, ConversationClient, InvokeAnswer, OutgoingMessage

FRAMEWORKS = {"botbuilder", "botframework", "msrest"}
CARD = json.dumps({"type": "AdaptiveCard", "body": [{"text": "Grüße"}]})
MESSAGE = OutgoingMessage(CARD, "a summary")
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


class FakeClient:
    """Keeps what would be sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, method: str, service_url: str, path: Sequence[str], message: str, **_: bool) -> str:
        self.sent.append(message)
        return "17"


class FakeBot:
    """Posts and edits."""

    async def message(self, activity: IncomingActivity, client: ConversationClient) -> None:
        await client.post(MESSAGE)
        await client.update("16", MESSAGE)

    async def invoke(self, activity: IncomingActivity, client: ConversationClient) -> InvokeAnswer:
        return InvokeAnswer(200, CARD)


@pytest.mark.parametrize("activity", [ACTIVITY, UNNAMED], ids=["named", "unnamed"])
async def test_a_message_has_its_card_as_an_object(activity: dict[str, Any]) -> None:
    client = FakeClient()
    await TeamsAdapter(client, FakeBot()).run(IncomingActivity.model_validate(activity))  # type: ignore[arg-type]
    posted, edited = map(json.loads, client.sent)
    for message in (posted, edited):
        assert message["attachments"] == [{"contentType": CARD_TYPE, "content": json.loads(CARD)}]
        assert (message["from"]["id"], message["recipient"]["id"]) == ("28:bot", "29:ana")
        assert (message["summary"], message["conversation"]["id"]) == ("a summary", "a:1")
    assert ("id" in posted, edited["id"]) == (False, "16")


async def test_a_card_in_the_answer_to_a_press_leaves_as_the_same_json_text() -> None:
    adapter = TeamsAdapter(FakeClient(), FakeBot())  # type: ignore[arg-type]
    answer = await adapter.run(
        IncomingActivity.model_validate(ACTIVITY | {"type": "invoke", "name": "adaptiveCard/action"})
    )
    assert answer is not None
    assert answer.body is CARD


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_one_module_imports_the_framework() -> None:
    root = Path(bot.__file__).parent
    users = [file for file in root.rglob("*.py") if imported(file) & FRAMEWORKS]
    assert [file.relative_to(root).as_posix() for file in users] == ["teams/botframework.py"]


def test_teams_loads_nothing_of_slack() -> None:
    code = "import bot.teams.app, sys; print(*[m for m in sys.modules if m.startswith(('slack', 'bot.slack'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
