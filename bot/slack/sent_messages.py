"""The bot's messages in a thread, read from Slack before a reply is repeated after a crash."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.storage.record import Card
from bot.turns.channel import SentMessage
from dialogs.message import Verb

MAX_MESSAGES = 100
"""Messages read at most: more than anybody writes between a message and the repeat of its reply."""

Address = Mapping[str, str]

_PRESSED = ("actions", "context_actions")
"""Blocks that hold buttons and menus."""


async def sent_messages(
    client: AsyncWebClient, channel: str, thread: str | None, since: int, address: Address
) -> tuple[SentMessage, ...]:
    """Messages of bots in a thread, or outside of all threads, oldest first; also all with files, since it is
    not documented that those of a bot name it. Errors as from any call."""
    found = await _read(client, channel, thread, str(since), None)
    return tuple(
        SentMessage(Card(str(message["ts"]), address), str(message.get("text", "")), _revision(message), _asks(message))
        for message in sorted(found, key=lambda message: str(message["ts"]))
        if message.get("bot_id") or message.get("files")
    )


async def without_buttons(
    client: AsyncWebClient, channel: str, thread: str | None, ts: str
) -> Mapping[str, Any] | None:
    """What one message shows besides its buttons; None where it is not there, or has none."""
    for message in await _read(client, channel, thread, ts, ts):
        if message.get("ts") == ts:
            blocks = message.get("blocks") or []
            kept = [block for block in blocks if block.get("type") not in _PRESSED]
            return {"text": message.get("text", ""), "blocks": kept} if kept and kept != blocks else None
    return None


async def _read(
    client: AsyncWebClient, channel: str, thread: str | None, oldest: str, latest: str | None
) -> list[dict[str, Any]]:
    until = {} if latest is None else {"latest": latest}
    where: dict[str, Any] = {"oldest": oldest, **until, "inclusive": True, "limit": MAX_MESSAGES}
    if thread is None:
        answer = await client.conversations_history(channel=channel, **where)
    else:
        answer = await client.conversations_replies(channel=channel, ts=thread, **where)
    return list(answer.get("messages") or [])


def _revision(message: Mapping[str, Any]) -> int | None:
    """The revision on the buttons of a message; None if it has none of ours."""
    for element in _elements(message):
        text = element.get("value") or str(element.get("action_id", "")).rpartition(":")[2]
        if isinstance(text, str) and text.isascii() and text.isdigit():
            return int(text)
    return None


def _asks(message: Mapping[str, Any]) -> bool:
    verbs = (str(element.get("action_id", "")).partition(":")[0] for element in _elements(message))
    return any(verb in (Verb.ANSWER, Verb.CONFIRM) for verb in verbs)


def _elements(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for block in message.get("blocks") or []:
        if block.get("type") == "actions":
            yield from block.get("elements") or []
