"""What people do in a workspace, sent to the advisor in requests that are signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession

from bot.playground.slack import payloads
from bot.playground.slack.limits import view_problems
from bot.playground.slack.methods import POSTING
from bot.playground.slack.workspace import ChannelKind, Content, LocalWorkspace, SlackMessage, WorkspaceChannel

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The advisor's answer to one request."""

    status: int
    text: str

    @property
    def shown(self) -> str | None:
        """What Slack shows the sender of a command at once."""
        return json.loads(self.text).get("text") if self.text.startswith("{") else self.text or None


class NoSuchButton(LookupError):
    """Nobody can press what is not there."""


@dataclass
class SlackPeople:
    """The people of a workspace. `url` is where the advisor gets Slack's requests, `api` where the Web API is."""

    workspace: LocalWorkspace
    url: str
    api: str
    secret: str
    session: ClientSession

    async def send(
        self, body: bytes, content_type: str = JSON, headers: Mapping[str, str] | None = None, at: int | None = None
    ) -> HttpAnswer:
        """Signs and sends any body; `headers` replace Slack's own, `at` (seconds) is the time that is signed."""
        stamp = str(int(self.workspace.clock()) if at is None else at)
        digest = hmac.new(self.secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": content_type}
        async with self.session.post(self.url, data=BytesIO(body), headers={**signed, **(headers or {})}) as answer:
            return HttpAnswer(answer.status, await answer.text())

    async def send_event(self, event: dict[str, Any], event_id: str | None = None, retry: int = 0) -> HttpAnswer:
        """Sends an event; the same `event_id` again is a repeated delivery, `retry` its number."""
        envelope = payloads.envelope(self.workspace, event, event_id or self.workspace.new_id("Ev"))
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self.send(json.dumps(envelope).encode(), headers=headers)

    async def say(self, user: str, channel: WorkspaceChannel, text: str, thread: str | None = None) -> SlackMessage:
        """A person writes; the advisor is told where it is a member, of a mention twice, as by Slack."""
        message = self.write(user, channel, text, thread)
        await asyncio.gather(*(self.send_event(event) for event in self.events(message)))
        return message

    async def mention(self, user: str, channel: WorkspaceChannel, text: str, thread: str | None = None) -> SlackMessage:
        """A person writes to the advisor by name."""
        return await self.say(user, channel, f"@{self.workspace.bot} {text}", thread)

    def write(self, user: str, channel: WorkspaceChannel, text: str, thread: str | None = None) -> SlackMessage:
        """Puts a message into the workspace and tells nobody. `@` and the bot's id in the text mention the bot."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        shown = escaped.replace(f"@{self.workspace.bot}", f"<@{self.workspace.bot}>")
        return self.workspace.post(channel.id, user, Content(shown, []), thread)

    def events(self, message: SlackMessage) -> list[dict[str, Any]]:
        channel = self.workspace.channels[message.channel]
        if self.workspace.bot not in channel.members:
            return []
        written = payloads.written(self.workspace, message)
        plain = {**written, "type": "message", "channel_type": channel.kind.value}
        mentioned = f"<@{self.workspace.bot}>" in message.content.text
        if channel.kind is ChannelKind.DIRECT or not mentioned:
            return [plain]
        return [{**written, "type": "app_mention"}, plain]

    async def press(self, user: str, message: SlackMessage, action_id: str, version: int = -1) -> HttpAnswer:
        """A person presses a button, or picks it from a menu, as it stood in a version of the message."""
        return await self.send_payload(self.click(user, message, action_id, version))

    def click(self, user: str, message: SlackMessage, action_id: str, version: int = -1) -> dict[str, Any]:
        """The payload of such a press; NoSuchButton where that version has no such button."""
        for block, element in _pressable(message, version):
            action = payloads.action(element, action_id, self.workspace.new_ts(), str(block.get("block_id", "b1")))
            if action is not None:
                url = self._response_url(message.channel, user, message.ts)
                return payloads.click(self.workspace, user, message, action, url)
        raise NoSuchButton(f"{action_id}; there is: {', '.join(buttons(message, version)) or 'none'}")

    async def send_payload(self, payload: dict[str, Any]) -> HttpAnswer:
        return await self.send(urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    async def command(self, user: str, channel: WorkspaceChannel, text: str, command: str = "/advisor") -> HttpAnswer:
        """A person types a slash command; what the advisor answers at once is shown to that person alone."""
        ts = self.workspace.new_ts()
        url = self._response_url(channel.id, user, ts)
        fields = payloads.command(self.workspace, user, channel, command, text, url)
        answer = await self.send(urlencode(fields).encode(), FORM)
        if answer.status == 200 and answer.shown:
            self.workspace.post(channel.id, self.workspace.bot, Content(answer.shown, []), only_for=user)
        return answer

    async def shortcut(self, user: str, callback_id: str, message: SlackMessage | None = None) -> HttpAnswer:
        """A person picks a shortcut: from a message's menu, or a global one."""
        url = "" if message is None else self._response_url(message.channel, user, POSTING)
        return await self.send_payload(payloads.shortcut(self.workspace, user, callback_id, message, url))

    async def open_home(self, user: str, tab: str = "home") -> HttpAnswer:
        """A person looks at the advisor's page."""
        channel, at = self.workspace.direct(user).id, self.workspace.new_ts()
        opened = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": at}
        return await self.send_event(opened)

    async def press_home(self, user: str, action_id: str) -> HttpAnswer:
        """A person presses a button there; NoSuchButton where there is none."""
        view = self.workspace.homes.get(user, {"blocks": []})
        for block in view["blocks"]:
            for element in block.get("elements", []) if block["type"] == "actions" else []:
                pressed = payloads.action(element, action_id, self.workspace.new_ts())
                if pressed is not None:
                    return await self.send_payload(payloads.view_action(self.workspace, user, view, pressed))
        raise NoSuchButton(action_id)

    async def submit(self, user: str, values: Mapping[str, str | None]) -> dict[str, str]:
        """A person fills in the modal before them, by the inputs' names, and sends it off; what was wrong, by input.

        A value is a text, an option, or for a choice of conversations a channel's id. KeyError without a modal.
        """
        view = self.workspace.modals[user]
        answer = await self.send_payload(self.submission(user, values))
        if answer.status != 200:
            raise ValueError(f"a submission got {answer.status}")
        said = json.loads(answer.text) if answer.text else {}
        match said.get("response_action"):
            case "errors":
                return dict(said["errors"])
            case "update":
                for where in view_problems(said["view"]):
                    raise ValueError(where)
                self.workspace.modals[user] = {"id": view.get("id", "V1"), **said["view"]}
            case _:
                self.workspace.modals.pop(user, view)
        return {}

    def submission(self, user: str, values: Mapping[str, str | None]) -> dict[str, Any]:
        view = self.workspace.modals[user]
        state: dict[str, Any] = {}
        urls: list[dict[str, Any]] = []
        for block in view["blocks"]:
            if block["type"] != "input" or values.get(block["block_id"]) is None:
                continue
            element, value = block["element"], values[block["block_id"]]
            filled: dict[str, Any] = {"type": element["type"]}
            match element["type"]:
                case "radio_buttons":
                    filled["selected_option"] = {"value": value}
                case "conversations_select":
                    filled["selected_conversation"] = value
                    names = {"block_id": block["block_id"], "action_id": element["action_id"]}
                    where = {"channel_id": value, "response_url": self._response_url(str(value), user, POSTING)}
                    urls.append({**names, **where})
                case _:
                    filled["value"] = value
            state[block["block_id"]] = {element["action_id"]: filled}
        return payloads.view_submission(self.workspace, user, view, state, urls)

    def _response_url(self, channel: str, user: str, ts: str) -> str:
        return f"{self.api}/response/{self.workspace.team}/{channel}/{user}/{ts}"


def buttons(message: SlackMessage, version: int = -1) -> list[str]:
    """The ids of everything that can be pressed on a version of a message, in order."""
    return [name for _, element in _pressable(message, version) for name in _ids(element)]


def _pressable(message: SlackMessage, version: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What can be pressed on a version of a message, each with its block."""
    for block in message.versions[version].blocks:
        if block["type"] in ("actions", "context_actions"):
            yield from ((block, element) for element in block.get("elements", []))


def _ids(element: dict[str, Any]) -> list[str]:
    if element["type"] == "feedback_buttons":
        both = (element["positive_button"], element["negative_button"])
        return [f"{element['action_id']}:{button['value']}" for button in both]
    return [option["value"] for option in element.get("options", [])] or [element["action_id"]]
