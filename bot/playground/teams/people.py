"""People in a conversation: what they do reaches the bot in activities of the form that Teams gives them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from aiohttp import ClientSession

from bot.playground.teams.connector import Connector, PostedMessage

TENANT = "0b7e9a4e-0000-4000-8000-000000000001"
BOT = {"id": "28:advisor", "name": "Advisor"}
CARD = "application/vnd.microsoft.card.adaptive"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the tenant."""

    name: str

    def account(self) -> Json:
        """As Teams names them in an activity."""
        key = self.name.lower().replace(" ", "-")
        return {"id": f"29:{key}", "name": self.name, "aadObjectId": f"aad-{key}"}


@dataclass(frozen=True, slots=True)
class TeamsChat:
    """A conversation: `kind` is personal, groupChat or channel."""

    id: str
    kind: str = "personal"
    tenant: str = TENANT

    @property
    def mentions(self) -> bool:
        """Whether only messages with a mention reach the bot."""
        return self.kind != "personal"


@dataclass
class TeamsPeople:
    """Sends what people do in one conversation to the bot at `bot_url`, and knows what each of them sees.

    `service_url` is where the bot finds the connector. `new_id` and `now` give ids and times of activities; `token`
    what goes in the Authorization header.
    """

    http: ClientSession
    bot_url: str
    service_url: str
    connector: Connector
    chat: TeamsChat
    new_id: Callable[[], str]
    now: Callable[[], datetime]
    token: Callable[[], str] | None = None
    _own: dict[tuple[str, str], tuple[int, Json]] = field(default_factory=dict)

    async def say(self, who: Member, text: str, *, mention: bool | None = None, **more: Any) -> tuple[int, Any]:
        """Types a message; with a mention of the bot where that is needed, or as asked for. Status and body."""
        activity = self.activity("message", who) | {"text": escape(text, quote=False), "textFormat": "plain"}
        if self.chat.mentions if mention is None else mention:
            at = f"<at>{BOT['name']}</at>"
            activity["text"] = f"{at}&nbsp;{activity['text']}"
            activity["entities"] = [*activity["entities"], {"type": "mention", "mentioned": BOT, "text": at}]
        return await self.send(activity | more)

    async def slash(self, who: Member, text: str, **more: Any) -> tuple[int, Any]:
        """Picks a command after a slash: only this person and the bot see it."""
        activity = self.activity("message", who) | {"text": escape(text, quote=False), "textFormat": "plain"}
        return await self.send(activity | {"recipient": {**BOT, "isTargeted": True}} | more)

    async def press(self, who: Member, message: str, action: Json, **more: Any) -> tuple[int, Any]:
        """Presses a button of a message, on a client that knows Action.Execute. The answer replaces the card."""
        pressed = {name: action[name] for name in ("type", "title", "id", "verb", "data") if name in action}
        invoke = self.activity("invoke", who) | {"name": "adaptiveCard/action", "replyToId": message}
        status, body = await self.send(invoke | {"value": {"action": pressed, "trigger": "manual"}} | more)
        if status == 200 and body["type"] == CARD:
            posted = self.connector.posted.get(message)
            self._own[who.name, message] = (posted.edits if posted else 0, body["value"])
        return status, body

    async def submit(self, who: Member, message: str, action: Json, **more: Any) -> tuple[int, Any]:
        """The same on a client that knows only Action.Submit: the button's fallback is sent."""
        sent = self.activity("message", who) | {"replyToId": message, "value": action["fallback"]["data"]}
        return await self.send(sent | more)

    async def feedback(self, who: Member, message: str, up: bool, text: str = "") -> tuple[int, Any]:
        """Presses a thumb below a message, with some words or none. Status and body."""
        given = {"reaction": "like" if up else "dislike", "feedback": json.dumps({"feedbackText": text})}
        invoke = self.activity("invoke", who) | {"name": "message/submitAction", "replyToId": message}
        return await self.send(invoke | {"value": {"actionName": "feedback", "actionValue": given}})

    async def invoke(self, who: Member, name: str, value: Json) -> tuple[int, Any]:
        """A dialog or the message extension asks the bot. Status and body."""
        return await self.send(self.activity("invoke", who) | {"name": name, "value": value})

    async def install(self, who: Member) -> list[tuple[int, Any]]:
        """Adds the bot: Teams tells it twice, in two forms."""
        added = self.activity("conversationUpdate", who) | {"membersAdded": [BOT]}
        return [await self.send(self.activity("installationUpdate", who) | {"action": "add"}), await self.send(added)]

    async def join(self, who: Member) -> tuple[int, Any]:
        return await self.send(self.activity("conversationUpdate", who) | {"membersAdded": [who.account()]})

    def activity(self, kind: str, who: Member) -> Json:
        conversation: Json = {"id": self.chat.id, "conversationType": self.chat.kind, "tenantId": self.chat.tenant}
        if self.chat.mentions:
            conversation["isGroup"] = True
        return {
            "type": kind,
            "id": self.new_id(),
            "timestamp": self.now().isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": who.account(),
            "recipient": BOT,
            "conversation": conversation,
            "channelData": {"tenant": {"id": self.chat.tenant}},
            "entities": [{"type": "clientInfo", "locale": "en-US", "platform": "Web"}],
            "locale": "en-US",
        }

    async def send(self, activity: Json) -> tuple[int, Any]:
        """Any activity; status and body, None where that is empty."""
        headers = {"Authorization": f"Bearer {self.token()}"} if self.token else {}
        async with self.http.post(self.bot_url, json=activity, headers=headers) as response:
            text = await response.text()
            return response.status, await response.json() if text else None

    def seen_by(self, who: Member, message: PostedMessage) -> Json | None:
        """The card that this person sees in a message: the answer to their last press, until it is edited for all."""
        if message.only_for not in (None, who.account()["id"]):
            return None
        edits, card = self._own.get((who.name, message.id), (-1, None))
        return card if card is not None and edits >= message.edits else message.card
