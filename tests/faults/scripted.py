"""People who go through the questions by a script, and Slack's part in it: repeats, retries, double clicks."""

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession

from bot.playground.slack import payloads
from bot.playground.slack.people import FORM, JSON, HttpAnswer, SlackPeople, buttons
from bot.playground.slack.workspace import ChannelKind, Content, LocalWorkspace, SlackMessage, WorkspaceChannel
from knowledge.pack import Pack
from tests.faults.processes import SECRET
from tests.patience import HUNG, LONG, STARTING

SLACK_WAITS = 3.0 if LONG else HUNG
"""Seconds for an acknowledgement."""

REPLY_DUE = 30.0 if LONG else STARTING
"""Seconds after an answer within which its reply must be there, whatever was killed meanwhile."""

LOOK = 0.03
THINK = (0.05, 1.0)
"""Seconds between seeing a card and acting on it: often before its delivery is recorded, so that others overlap."""

RETRIES = (0.1, 0.3, 0.6, 1, 1, 2, 2, 3, 3, 5, 5)
"""Pauses before Slack's repeats, shortened: really 0 s, 1 min, 5 min."""


Sent = tuple[str, bytes, str]
"""A request: what it is, its body, the type of that."""


class Heard(NamedTuple):
    """How often a person was told that something did not count: it could not be saved, or the card was out of date."""

    not_saved: int
    outdated: int


@dataclass
class Indexed(LocalWorkspace):
    """A workspace that finds its messages quickly, however many there are."""

    def __post_init__(self) -> None:
        self.by_ts: dict[tuple[str, str], SlackMessage] = {}
        self.threads: dict[tuple[str, str], list[SlackMessage]] = defaultdict(list)
        self.private: dict[str, list[SlackMessage]] = defaultdict(list)

    def post(
        self, channel: str, user: str, content: Content, thread_ts: str | None = None, only_for: str | None = None
    ) -> SlackMessage:
        message = super().post(channel, user, content, thread_ts, only_for)
        self.by_ts[channel, message.ts] = message
        (self.private[only_for] if only_for else self.threads[channel, message.root]).append(message)
        return message

    def find(self, channel: str, ts: str) -> SlackMessage | None:
        found = self.by_ts.get((channel, ts))
        return None if found is None or found.deleted else found

    def thread(self, channel: str, root: str) -> Iterator[SlackMessage]:
        return (message for message in self.threads[channel, root] if not message.deleted)


@dataclass
class Chaos:
    """How often things happen."""

    dice: random.Random
    repeated: float = 0.3
    double: float = 0.1
    typed: float = 0.3
    faults: int = 0


@dataclass
class Balancer:
    """Sends each request to any replica, and again as Slack does where it was not acknowledged."""

    replicas: list[str]
    chaos: Chaos
    sent: int = 0
    slowest: float = 0.0

    async def post(self, people: SlackPeople, said: list[str], what: str, body: bytes, content_type: str) -> HttpAnswer:
        """Until it is acknowledged. What came of each request goes to `said`, for whoever has to find out more."""
        for pause in (*RETRIES, None):
            people.url = self.chaos.dice.choice(self.replicas) + "/slack/events"
            begun = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(SLACK_WAITS):
                    answer = await people.send(body, content_type)
                self.sent += 1
                said.append(f"{time.time():.2f} {what}: {answer.status} by {people.url[17:22]}")
                self.slowest = max(self.slowest, asyncio.get_running_loop().time() - begun)
                if answer.status == 200:
                    return answer
                assert answer.status in (404, 503), f"{answer.status} {answer.text}"
            except (ClientError, OSError, TimeoutError) as error:
                said.append(f"{time.time():.2f} {what}: {type(error).__name__} from {people.url[17:22]}")
            if pause is None:
                break
            await asyncio.sleep(pause)
        raise AssertionError("an event was never acknowledged")


@dataclass
class Story:
    """One conversation: what a person chose, and what came of it."""

    user: str
    channel: WorkspaceChannel
    workspace: Indexed
    balancer: Balancer
    pack: Pack
    http: ClientSession
    api: str
    root: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    typed: int = 0
    told_not_saved: int = 0
    problem: str | None = None
    went_on: tuple[str, int, Heard] | None = None
    said: list[str] = field(default_factory=list)
    """The requests, with time and answer."""
    late: set[asyncio.Task[HttpAnswer | None]] = field(default_factory=set)
    """Repeats on their way; nobody waits for them before the next answer."""

    @classmethod
    def of(
        cls, number: int, workspace: Indexed, balancer: Balancer, pack: Pack, http: ClientSession, api: str
    ) -> "Story":
        """Of a person and in a channel that no other has."""
        user = f"U{number:08d}"
        channel = workspace.channel([user], ChannelKind.CHANNEL)
        return cls(user, channel, workspace, balancer, pack, http, api)

    @property
    def chaos(self) -> Chaos:
        return self.balancer.chaos

    async def play(self) -> None:
        """From the first mention to the recommendation, until the last repeat is answered."""
        try:
            await self._play()
        finally:
            await asyncio.gather(*self.late)

    async def _play(self) -> None:
        people = SlackPeople(self.workspace, "", self.api, SECRET, self.http)
        opening = people.write(self.user, self.channel, f"@{self.workspace.bot} should we fine-tune our bot?")
        self.root = opening.ts
        events = [self._event(people, event) for event in people.events(opening)]
        await self._act(people, events, self._asks(self.pack.questions[0].id))
        if self.problem:
            return
        for position, question in enumerate(self.pack.questions):
            option = self.chaos.dice.choice([option.id for option in question.options])
            following = self.pack.questions[position + 1 : position + 2]
            done = self._asks(following[0].id) if following else "edit:"
            self.chosen[question.id] = option
            await self._answer(people, question.id, option, done)
            if self.problem:
                return

    def _asks(self, question: str) -> str:
        return f"answer:{question}:"

    async def _answer(self, people: SlackPeople, question: str, option: str, done: str) -> None:
        message = await self._waits_for(people, self._asks(question))
        if message is None:
            self.problem = f"no card asks {question}"
            return
        if self.chaos.dice.random() < self.chaos.typed:
            number = [o.id for o in self.pack.question(question).options].index(option) + 1
            self.typed += 1
            said = people.write(self.user, self.channel, str(number), self.root)
            bodies = [self._event(people, event) for event in people.events(said)]
        else:
            name = f"answer:{question}:{option}"
            clicks = 2 if self.chaos.dice.random() < self.chaos.double else 1
            bodies = [self._click(people, message, name) for _ in range(clicks)]
        await self._act(people, bodies, done, question)

    def _event(self, people: SlackPeople, event: dict[str, Any]) -> Sent:
        envelope = payloads.envelope(self.workspace, event, self.workspace.new_id("Ev"))
        return f"{event['type']} {event['ts']} {event['text'][-12:]!r}", json.dumps(envelope).encode(), JSON

    def _click(self, people: SlackPeople, message: SlackMessage, name: str) -> Sent:
        body = urlencode({"payload": json.dumps(people.click(self.user, message, name))}).encode()
        return f"{name} on {message.ts} {_revision(message.content)}", body, FORM

    async def _act(self, people: SlackPeople, bodies: list[Sent], done: str, question: str = "") -> None:
        """Sends all of it, some of it repeatedly, until the card that follows is there."""
        loop = asyncio.get_running_loop()
        begun, heard = loop.time(), self._heard()
        sends = [self.balancer.post(people, self.said, *body) for body in bodies]
        repeated = [body for body in bodies if self.chaos.dice.random() < self.chaos.repeated]
        self.late |= {asyncio.create_task(self._repeat(people, body)) for body in repeated}
        sending = asyncio.gather(*sends)
        again = False
        while self._card(done) is None:
            await asyncio.sleep(LOOK)
            if await self._went_on(people):
                again = bool(question)
            if self._heard() != heard:
                again = True
                self.told_not_saved += self._heard().not_saved - heard.not_saved
                heard = self._heard()
                await asyncio.sleep(0.5)
            if again and self._card(done) is None:
                again = not await self._once_more(people, question)
            if loop.time() > begun + REPLY_DUE:
                self.problem = f"no reply after {question or 'the mention'}"
                break
        await sending
        await asyncio.sleep(self.chaos.dice.uniform(*THINK))

    async def _once_more(self, people: SlackPeople, question: str) -> bool:
        """Somebody does again what did not count: a new mention, or a press on the card as soon as it asks that."""
        if not question:
            said = f"@{self.workspace.bot} should we fine-tune our bot?"
            for event in people.events(people.write(self.user, self.channel, said, self.root)):
                await self._send(people, self._event(people, event))
            return True
        card = self._card(self._asks(question))
        if card is not None:
            await self._send(people, self._click(people, card, f"answer:{question}:{self.chosen[question]}"))
        return card is not None

    async def _went_on(self, people: SlackPeople) -> bool:
        """Presses "go on" where that is asked: a mention counted after all, by its other event, and was said again."""
        card = self._card("continue")
        asked = (card.ts, len(card.versions), self._heard()) if card else None
        if card is None or asked == self.went_on:
            return False
        self.went_on = asked
        await self._send(people, self._click(people, card, "continue"))
        return True

    async def _send(self, people: SlackPeople, sent: Sent) -> None:
        await self.balancer.post(people, self.said, *sent)

    async def _waits_for(self, people: SlackPeople, button: str) -> SlackMessage | None:
        """The card, which may move from one copy to another meanwhile."""
        loop = asyncio.get_running_loop()
        last = loop.time() + REPLY_DUE
        while (message := self._card(button)) is None and loop.time() < last:
            await self._went_on(people)
            await asyncio.sleep(LOOK)
        return message

    async def _repeat(self, people: SlackPeople, body: Sent) -> None:
        await asyncio.sleep(self.chaos.dice.random() * 0.5)
        await self.balancer.post(people, self.said, *body)

    def shown(self) -> list[str]:
        """The bot's messages, public and private, with all their versions and the revision that each was drawn for."""
        return [
            f"{message.ts}: " + " → ".join(f"{_revision(v)} {v.text[:20]!r}…{v.text[-20:]!r}" for v in message.versions)
            for message in [*self.messages(), *self.workspace.private[self.user]]
        ]

    def _heard(self) -> Heard:
        texts = [message.content.text for message in self.workspace.private[self.user]]
        return Heard(*(sum(part in text for text in texts) for part in ("could not save", "out of date")))

    def messages(self) -> list[SlackMessage]:
        """What the bot has posted in the thread."""
        return [m for m in self.workspace.thread(self.channel.id, self.root) if m.user == self.workspace.bot]

    def live(self) -> int:
        """How many messages have an option to press."""
        return sum(any(name.startswith("answer:") for name in buttons(message)) for message in self.messages())

    def results(self) -> int:
        """How many messages show a recommendation, once all questions are answered."""
        verdicts = [verdict.name for verdict in self.pack.verdicts]
        return sum(any(f"\n{name} · " in f"\n{m.content.text}" for name in verdicts) for m in self.messages())

    def _card(self, button: str) -> SlackMessage | None:
        """The newest message that has such a button."""
        for message in reversed(self.messages()):
            if any(name.startswith(button) for name in buttons(message)):
                return message
        return None


def _revision(shown: Content) -> str | None:
    """What the buttons of a message bear; None where it has none."""
    for block in shown.blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            return str(element.get("value") or element["action_id"])
    return None
