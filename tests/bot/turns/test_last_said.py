"""What a reply says was noted is what the next look shows, also where all is said within one second."""

import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count

import pytest

from bot.storage.place import Place
from bot.storage.redis_retries import Storage
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import GivenIdea, Message, Person, Typed
from dialogs.views.plain_text import plain
from tests.bot.harness import PLACE, WEEK, FakeSurface, Harness
from tests.bot.server_clock import NOON
from tests.shipped import shipped

ELSEWHERE = Place("slack:T1:C1", "2.0")
THIRD = Place("slack:T1:C1", "3.0")
NAME = "letters to clients"
_IDS = count(1)


@pytest.fixture
def advisor() -> Advisor:
    return shipped()


@pytest.fixture
def stores(storage: Storage, key_prefix: str) -> Stores:
    return Stores.on(storage, ttl=WEEK, prefix=key_prefix)


@dataclass
class Thread:
    """One thread of the channel, in which everything is said in the same second."""

    service: Service
    place: Place = PLACE
    surface: FakeSurface = field(default_factory=FakeSurface)
    at: int = NOON

    async def take(self, content: object) -> str:
        """What the reply to it says."""
        message = Message(f"m{next(_IDS)}", Person("ana"), self.at, content)  # type: ignore[arg-type]
        processed = await self.service.process(self.place, message, channel="test", address={"channel": "C1"})
        await self.service.delivery.deliver(processed, self.surface)
        views = (processed.view, *processed.below, processed.aside)
        return "\n".join(plain(view) for view in views if view is not None)

    async def say(self, text: str) -> str:
        return await self.take(Typed(text))

    async def press(self, *buttons: str) -> str:
        said = ""
        for button in buttons:
            said = await self.take(Harness.button(button))
        return said


@pytest.fixture
def service(advisor: Advisor, stores: Stores) -> Service:
    return Service(advisor, stores, now=lambda: NOON)


@pytest.fixture
def here(service: Service) -> Thread:
    return Thread(service)


@pytest.fixture
def there(service: Service) -> Thread:
    return Thread(service, ELSEWHERE)


Way = Callable[[Thread, str], Awaitable[str]]


async def by_description(thread: Thread, option: str) -> str:
    return await thread.say(f"triage\n{NAME}, budget {option}\nslogans for shoes")


async def by_file(thread: Thread, option: str) -> str:
    return await thread.take(Typed("", (GivenIdea(NAME, (("budget", option),)), GivenIdea("slogans for shoes"))))


async def _listed(thread: Thread) -> None:
    await thread.say(f"triage\n{NAME}\nslogans for shoes")


async def by_number(thread: Thread, option: str) -> str:
    return await thread.say(f"1: budget {option}")


async def by_name(thread: Thread, option: str) -> str:
    return await thread.say(f"{NAME}: budget {option}")


async def by_button(thread: Thread, option: str) -> str:
    return await thread.press("ask:1:budget", f"answer:budget:{option}")


async def by_typing(thread: Thread, option: str) -> str:
    await thread.press("ask:1:budget")
    return await thread.say(option)


async def on_the_card(thread: Thread, option: str) -> str:
    await thread.say("idea 1")
    return await thread.say(f"change budget to {option}")


async def by_guide(thread: Thread, option: str) -> str:
    """By a line of several ideas."""
    await thread.say("ideas")
    return await thread.say(f"1 and 2: budget {option}")


GIVEN_TO_A_LIST: dict[str, Way] = {
    "number": by_number,
    "name": by_name,
    "button": by_button,
    "typed": by_typing,
    "card": on_the_card,
    "several": by_guide,
}
READ_FROM_A_LIST: dict[str, Way] = {"description": by_description, "file": by_file}


async def in_the_list(thread: Thread, first: Way, option: str) -> None:
    if first in GIVEN_TO_A_LIST.values():
        await _listed(thread)
    await first(thread, option)


async def shown(thread: Thread) -> list[str]:
    """The budget of the first idea, as the export and its card show it."""
    await thread.say("ideas")
    exported = await thread.press("export")
    rows = list(csv.DictReader(io.StringIO(exported[exported.index("number,") :])))
    card = await thread.say("idea 1")
    (on_card,) = [line.rpartition(": ")[2] for line in card.splitlines() if line.startswith("Budget:")]
    return [rows[0]["budget"], on_card]


@pytest.mark.parametrize("way", GIVEN_TO_A_LIST)
@pytest.mark.parametrize("source", [*READ_FROM_A_LIST, *GIVEN_TO_A_LIST])
async def test_the_last_of_several_answers_in_one_second_is_the_one_that_is_shown(
    here: Thread, there: Thread, source: str, way: str
) -> None:
    await in_the_list(here, {**READ_FROM_A_LIST, **GIVEN_TO_A_LIST}[source], "limited")
    for option in ("flexible", "limited", "flexible"):
        assert "Noted" in await GIVEN_TO_A_LIST[way](here, option)
        assert await shown(here) == await shown(there) == [option, option]
