"""A listener and a speaker that hear and say what a test has written down, when the test lets them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from dialogs.commands.command import Command, Kind, Sure, What
from dialogs.conversation import Conversation
from dialogs.message import Message, Typed, text_of
from dialogs.turn import Turn
from dialogs.wording.placement import Words

HEARD = (Command(Kind.IDEA, value="support bot"),)
"""What the built-in understanding hears in the requests of these tests as well, so that it changes nothing."""


@dataclass
class ScriptedListener:
    """Hears HEARD, or what `by_text` says, in every text but the `exact` ones, and in no file.

    `asked` is what it was asked about; it answers once `answers` is set, after `delay` seconds and after `meanwhile`.
    """

    exact: frozenset[str] = frozenset()
    limit: float = 10.0
    heard_is: tuple[Command, ...] | None = HEARD
    by_text: Mapping[str, tuple[Command, ...]] = field(default_factory=dict)
    delay: float = 0.0
    meanwhile: Callable[[], Awaitable[object]] | None = None
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)
    asking: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answers.set()

    def wanted(self, conversation: Conversation, message: Message) -> bool:
        content = message.content
        given = isinstance(content, Typed) and not (content.ideas or content.problems)
        return given and text_of(message) not in self.exact

    async def heard(self, conversation: Conversation, message: Message) -> tuple[Command, ...] | None:
        self.asked.append(text_of(message))
        self.asking.set()
        if self.meanwhile is not None:
            await self.meanwhile()
        await asyncio.sleep(self.delay)
        await self.answers.wait()
        return self.by_text.get(text_of(message), self.heard_is)


BOTH = "it is 30 mails a day. how do you decide?"
"""What is written and what is asked in one line, once an idea is told."""

HEARD_IN_BOTH = (
    Command(Kind.SET, question="volume", option="low", quote="30 mails a day", sure=Sure.STATED),
    Command(Kind.EXPLAIN, What.RULES),
)
WORDS = Words(("Each answer counts for one side.", "Some count twice."), ("From section two.",))


@dataclass
class ScriptedSpeaker:
    """Answers in the words `said`, once `answers` is set. `asked` is what it was asked about."""

    said: Words | None = WORDS
    limit: float = 10.0
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)
    asking: asyncio.Event = field(default_factory=asyncio.Event)

    async def words(self, before: Conversation, turn: Turn, message: Message) -> Words | None:
        self.asked.append(text_of(message))
        self.asking.set()
        await self.answers.wait()
        return self.said
