"""What a reply says was noted is what the next look shows, also where all is said within one second."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from bot.storage.boards import Boards
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox_entry import OutboxEntry
from bot.storage.place import Place
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.message import GivenIdea, Message, Person, Typed
from dialogs.views.plain_text import plain
from tests.bot.harness import PLACE, FakeSurface, Harness
from tests.bot.server_clock import NOON, ClockedRedelivery

ELSEWHERE = Place("slack:T1:C1", "2.0")
THIRD = Place("slack:T1:C1", "3.0")
NAME = "letters to clients"
_IDS = count(1)


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


@pytest.fixture
def elsewhere_too(elsewhere: Service) -> Thread:
    """In another process."""
    return Thread(elsewhere, THIRD)


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


GIVEN_TO_A_LIST: tuple[Way, ...] = (by_number, by_name, by_button, by_typing, on_the_card, by_guide)
READ_FROM_A_LIST: tuple[Way, ...] = (by_description, by_file)


async def shown(thread: Thread) -> list[str]:
    """The budget of the first idea, as the export and its card show it; a card with a verdict shows that instead."""
    await thread.say("ideas")
    exported = await thread.press("export")
    row = next(csv.DictReader(io.StringIO(exported[exported.index("number,") :])))
    card = await thread.say("idea 1")
    if row["verdict"]:
        assert row["verdict"].replace("_", "-") in card.splitlines()[3].lower()
        return [row["budget"]] * 2
    (on_card,) = [line.rpartition(": ")[2] for line in card.splitlines() if line.startswith("Budget:")]
    return [row["budget"], on_card]


def noted(said: str, budget: str) -> bool:
    """Whether a reply says that this answer was recorded."""
    return f"Budget: {budget}" in said or f"Budget is now {budget}" in said


@pytest.mark.parametrize("way", GIVEN_TO_A_LIST)
@pytest.mark.parametrize("source", [*READ_FROM_A_LIST, *GIVEN_TO_A_LIST])
async def test_the_last_of_several_answers_in_one_second_is_the_one_that_is_shown(
    here: Thread, there: Thread, source: Way, way: Way
) -> None:
    if source in GIVEN_TO_A_LIST:
        await _listed(here)
    await source(here, "limited")
    for option in ("flexible", "limited", "flexible"):
        assert noted(await way(here, option), option)
        assert await shown(here) == await shown(there) == [option, option]


DECISION = ("data:yes", "volume:high", "domain:specialised", "budget:limited", "consistency:predictable")


async def decided_by_buttons(thread: Thread) -> None:
    await thread.say("should we fine-tune a model for our letters to clients?")
    await thread.press(*[f"answer:{answer}" for answer in DECISION])


async def decided_by_a_description(thread: Thread) -> None:
    await thread.say("should we fine-tune a model for our letters to clients? the budget is limited")
    await thread.press(*[f"answer:{answer}" for answer in DECISION if "budget" not in answer])


async def decided_by_typing(thread: Thread) -> None:
    await thread.say("should we fine-tune a model for our letters to clients?")
    for said in ("yes", "high", "specialised", "limited", "predictable"):
        await thread.say(said)


async def decided_by_a_yes(thread: Thread) -> None:
    """The budget is proposed and confirmed."""
    await thread.say("should we fine-tune a model for our letters to clients?")
    await thread.press(*[f"answer:{answer}" for answer in DECISION[:3]])
    assert "Right?" in await thread.say("probably kind of tight")
    await thread.say("yes")
    await thread.press("answer:consistency:predictable")


async def reopened(thread: Thread, option: str) -> str:
    return await thread.press("edit:budget", f"answer:budget:{option}")


async def corrected(thread: Thread, option: str) -> str:
    return await thread.say(f"change budget to {option}")


async def corrected_while_another_is_open(thread: Thread, option: str) -> str:
    """Between two results."""
    await thread.press("edit:volume")
    await thread.say(f"change budget to {option}")
    return await thread.press("answer:volume:high")


VERDICTS = {"flexible": "Fine-tuning", "limited": "Hybrid"}
"""By budget."""

DECIDED = (decided_by_buttons, decided_by_a_description, decided_by_typing, decided_by_a_yes)


@pytest.mark.parametrize("way", [reopened, corrected, corrected_while_another_is_open])
@pytest.mark.parametrize("source", DECIDED)
async def test_a_result_and_the_list_agree_on_what_was_said_last(
    here: Thread, there: Thread, stores: Stores, source: Callable[[Thread], Awaitable[None]], way: Way
) -> None:
    await source(here)
    assert await shown(there) == ["limited", "limited"]
    for option in ("flexible", "limited", "flexible"):
        said = await way(here, option)
        assert f"{VERDICTS[option]} ·" in said or f"The result is now {VERDICTS[option]}" in said
        assert await shown(there) == [option, option]


@pytest.mark.parametrize("way", GIVEN_TO_A_LIST)
@pytest.mark.parametrize("source", DECIDED)
async def test_what_the_list_was_told_last_holds_until_the_thread_says_otherwise(
    here: Thread, there: Thread, source: Callable[[Thread], Awaitable[None]], way: Way
) -> None:
    await source(here)
    assert await shown(there) == ["limited", "limited"]
    assert noted(await way(there, "flexible"), "flexible")
    assert await shown(there) == ["flexible", "flexible"]
    await here.press("edit:volume", "answer:volume:low")
    assert await shown(there) == ["flexible", "flexible"], "the thread has said nothing of it since"
    await reopened(here, "limited")
    assert await shown(there) == ["limited", "limited"]


async def test_titles_follow_each_other_as_well(here: Thread, there: Thread, stores: Stores) -> None:
    await by_description(here, "limited")
    for title in ("Zebra", "Apple", "Melon"):
        assert title in await here.say(f"rename 1 to {title}")
        assert f"1. {title}" in await there.say("ideas")


async def dies(*_: object, **__: object) -> bool:
    raise StorageUnavailable("gone")


@pytest.mark.parametrize("last", ["limited", "flexible"])
async def test_what_comes_late_from_a_dead_process_takes_the_place_of_nothing_newer(
    here: Thread, there: Thread, stores: Stores, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    """It waits in the outbox while the next is said, and is delivered twice."""
    first = "flexible" if last == "limited" else "limited"
    await _listed(here)
    with monkeypatch.context() as dead:
        dead.setattr(Boards, "apply", dies)
        await here.say(f"1: budget {first}")
    (late,) = [OutboxEntry.from_json(one) for one in await stores.outbox.oldest()]
    assert noted(await by_number(there, last), last)
    for _ in range(2):
        await stores.apply_board_changes(late)
        assert await shown(there) == [last, last]
    surfaces = {"test": lambda entry: here.surface}
    await ClockedRedelivery(here.service.overdue, stores.outbox, surfaces, lambda: NOON + 100).deliver_overdue()
    assert await shown(here) == await shown(there) == [last, last]


@pytest.mark.parametrize("options", [("limited", "flexible"), ("flexible", "limited")])
async def test_who_was_overtaken_is_not_told_that_it_was_noted(
    here: Thread, elsewhere_too: Thread, monkeypatch: pytest.MonkeyPatch, options: tuple[str, str]
) -> None:
    """Another process takes and answers a change while this one is about to be written."""
    await _listed(here)
    await here.say("ideas")
    apply = Boards.apply
    said: list[str] = []

    async def late(*given: Any) -> bool:
        monkeypatch.setattr(Boards, "apply", apply)
        said.append(await by_number(elsewhere_too, options[1]))
        return await apply(*given)

    monkeypatch.setattr(Boards, "apply", late)
    reply = await by_number(here, options[0])
    assert noted(said[0], options[1])
    assert not noted(reply, options[0])
    assert "letters to clients" in reply
    assert await shown(here) == await shown(elsewhere_too) == [options[1]] * 2


async def test_all_that_two_processes_say_at_once_ends_in_what_both_show(
    here: Thread, there: Thread, elsewhere_too: Thread
) -> None:
    await _listed(here)
    threads = (here, there, elsewhere_too)
    first, then = ("limited", "flexible", "limited"), ("flexible", "limited", "flexible")
    for options in (first, then, first):
        await asyncio.gather(*map(by_number, threads, options))
        assert len({tuple(await shown(thread)) for thread in threads}) == 1
