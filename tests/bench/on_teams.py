"""Teams' side: a connector that takes everything, and people who type and press."""

import asyncio
import itertools
import json
import time
from datetime import UTC, datetime
from urllib.parse import unquote

from tests.bench.people import PATIENCE, Arrivals, Bad, Course, Json, revision
from tests.bench.wire import Link

LOCAL_TOKEN = "bench"

_JSON = "Content-Type: application/json; charset=utf-8\r\n"
_WITH_TOKEN = f"{_JSON}Authorization: Bearer {LOCAL_TOKEN}\r\n"
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
        self._number = number
        self._all = words
        self.begin_anew()

    async def turn(self) -> tuple[float, float]:
        """One message."""
        reply = self._connector.arrivals.expect(self._conversation)
        said = activity("message", self._service, self._conversation, "29:p", next(self._connector.arrivals.ids))
        await post(self._link, said | {"text": next(self._words)})
        answered = time.perf_counter()
        return answered, (await asyncio.wait_for(reply, PATIENCE))[0]

    def begin_anew(self) -> None:
        """Another conversation, from its beginning."""
        self._conversation = f"a:{self._number}:{next(self._connector.arrivals.ids)}"
        self._words = itertools.cycle(self._all)

    def close(self) -> None:
        """Hangs up."""
        self._link.close()


class Asker:
    """Goes through conversations with the advisor."""

    def __init__(
        self, link: Link, connector: Connector, service: str, number: int, *, clicks_only: bool = False
    ) -> None:
        self._link = link
        self._connector = connector
        self._service = service
        self.course = Course(number, clicks_only=clicks_only)

    async def turn(self) -> tuple[float, float]:
        """Types an idea, or presses what the last card offers; a press is over when everybody's card is there too."""
        course = self.course
        step = course.next()
        conversation, person = f"a:{course.conversation}", f"29:{course.person}"
        reply = self._connector.arrivals.expect(conversation, revision(course.card))
        number = next(self._connector.arrivals.ids)
        if isinstance(step, str):
            sent = activity("message", self._service, conversation, person, number) | {"text": step}
        else:
            pressed = {name: step[name] for name in ("type", "title", "id", "verb", "data") if name in step}
            sent = activity("invoke", self._service, conversation, person, number) | {
                "name": "adaptiveCard/action",
                "replyToId": _card_of(conversation),
                "value": {"action": pressed, "trigger": "manual"},
            }
        await post(self._link, sent, _WITH_TOKEN)
        answered = time.perf_counter()
        at, shown = await asyncio.wait_for(reply, PATIENCE)
        course.card = shown["attachments"][0]["content"]
        return answered, at

    def begin_anew(self) -> None:
        """Another conversation."""
        self.course.begin_anew()

    def close(self) -> None:
        """Hangs up."""
        self._link.close()


async def post(link: Link, sent: Json, headers: str = _JSON) -> None:
    """An activity without a token of Teams', as the advisor and the peers run without credentials; Bad where it is not
    accepted."""
    body = json.dumps(sent, separators=(",", ":")).encode()
    async with asyncio.timeout(PATIENCE):
        answer = await link.post("/api/messages", headers, body)
    if answer.status not in (200, 201, 202):
        raise Bad(f"answered with {answer.status}")


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
