"""Teams' side: a connector that takes everything, and people who type and press."""

import asyncio
import itertools
import json
import time
from datetime import UTC, datetime
from urllib.parse import unquote

from tests.bench.people import IDEAS, PATIENCE, TURNS, Arrivals, Json, buttons, chosen, revision
from tests.bench.wire import Answer, Link

_BOT = {"id": "28:bench", "name": "Advisor"}


class Connector:
    """Takes messages and edits; tells who waits for one in a conversation."""

    def __init__(self) -> None:
        self.arrivals = Arrivals()

    def __call__(self, method: str, path: str, body: bytes) -> bytes:
        """One call."""
        conversation = unquote(path.split("/")[3])
        self.arrivals.came(conversation, json.loads(body))
        return json.dumps({"id": _card_of(conversation)}).encode()


def _card_of(conversation: str) -> str:
    """The id of the one message that the bot writes in a conversation."""
    return f"{conversation}:card"


class Talker:
    """Says the same words in turn: for the peers."""

    def __init__(self, link: Link, connector: Connector, service: str, number: int, words: tuple[str, ...]) -> None:
        self._link = link
        self._connector = connector
        self._service = service
        self._conversation = f"a:{number}"
        self._words = itertools.cycle(words)

    async def turn(self) -> tuple[bool, float, float]:
        """One message."""
        reply = self._connector.arrivals.expect(self._conversation)
        said = activity("message", self._service, self._conversation, "29:p", next(self._connector.arrivals.ids))
        answer = await post(self._link, said | {"text": next(self._words)})
        answered = time.perf_counter()
        if answer.status not in (200, 201, 202):
            return False, answered, answered
        return True, answered, max((await asyncio.wait_for(reply, PATIENCE))[0], answered)

    def close(self) -> None:
        """Hangs up."""
        self._link.close()


class Asker:
    """Goes through conversations with the advisor."""

    def __init__(self, link: Link, connector: Connector, service: str, number: int) -> None:
        self._link = link
        self._connector = connector
        self._service = service
        self._number = number
        self._turns = 0
        self._card: Json = {}

    async def turn(self) -> tuple[bool, float, float]:
        """Types an idea, or presses what the last card offers; a press is over when everybody's card is there too."""
        count, self._turns = self._turns, self._turns + 1
        conversation, person = f"a:{self._number}:{count // TURNS}", f"29:{self._number}:{count // TURNS}"
        if count % TURNS == 0:
            self._card = {}
        reply = self._connector.arrivals.expect(conversation, revision(self._card))
        number = next(self._connector.arrivals.ids)
        if not self._card:
            idea = IDEAS[count // TURNS % len(IDEAS)].format(n=self._number * 1000 + count)
            sent = activity("message", self._service, conversation, person, number) | {"text": idea}
        else:
            found = [(button["verb"], button) for button in buttons(self._card)]
            button = chosen(found, count + self._number)
            assert button is not None, f"nothing to press among {[name for name, _ in found]}"
            pressed = {name: button[name] for name in ("type", "title", "id", "verb", "data") if name in button}
            sent = activity("invoke", self._service, conversation, person, number) | {
                "name": "adaptiveCard/action",
                "replyToId": _card_of(conversation),
                "value": {"action": pressed, "trigger": "manual"},
            }
        answer = await post(self._link, sent)
        answered = time.perf_counter()
        if answer.status not in (200, 201, 202):
            return False, answered, answered
        try:
            at, shown = await asyncio.wait_for(reply, PATIENCE)
        except TimeoutError:
            self._turns += -self._turns % TURNS  # the next turn begins a new conversation
            return False, answered, answered
        self._card = shown["attachments"][0]["content"]
        return True, answered, max(at, answered)

    def close(self) -> None:
        """Hangs up."""
        self._link.close()


async def post(link: Link, sent: Json) -> Answer:
    """An activity without a token: both the advisor and the peers run without credentials."""
    body = json.dumps(sent, separators=(",", ":")).encode()
    async with asyncio.timeout(PATIENCE):
        return await link.post("/api/messages", "Content-Type: application/json; charset=utf-8\r\n", body)


def activity(kind: str, service: str, conversation: str, person: str, number: int) -> Json:
    """What every activity has."""
    return {
        "type": kind,
        "id": f"1764{number:09d}",
        "timestamp": datetime.now(UTC).isoformat(),
        "channelId": "msteams",
        "serviceUrl": service,
        "from": {"id": person, "name": "Someone", "aadObjectId": f"o-{person}"},
        "recipient": _BOT,
        "conversation": {"id": conversation, "conversationType": "personal", "tenantId": "bench"},
        "channelData": {"tenant": {"id": "bench"}},
        "entities": [{"type": "clientInfo", "locale": "en-US", "platform": "Web"}],
        "locale": "en-US",
    }
