"""The transcripts of the tests, played live. They are only there in a checkout."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

from bot.playground.changes import Changes
from bot.playground.tab import PEOPLE, Person, Spot, Tab

FOLDER = Path(__file__).parents[2] / "tests" / "transcripts"

PAUSE = 1.2
"""Seconds between two steps, so that they can be read."""

REPLY_WITHIN = 5.0
"""Seconds that a button may take to appear."""


class Stuck(Exception):
    """A button that a transcript presses did not appear."""


@dataclass(frozen=True, slots=True)
class Step:
    """A person says something, or presses a button. `old`: on the oldest message that has it."""

    who: Person
    says: str | None
    presses: str | None
    aside: bool
    old: bool
    not_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Script:
    """A transcript. `not_on` names channels on which it makes no sense, as the tests name them."""

    id: str
    name: str
    steps: tuple[Step, ...]
    not_on: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> Self:
        """The transcript in a file; the person stays the same until another is named."""
        found = yaml.safe_load(file.read_text())
        who, steps = PEOPLE[0].id, []
        for step in found["steps"]:
            who = step.get("who", who)
            steps.append(_step(who, step))
        return cls(file.stem, found["name"], tuple(steps), frozenset(found.get("not_on", ())))


def _step(who: str, step: dict[str, Any]) -> Step:
    person = next((person for person in PEOPLE if person.id == who), PEOPLE[0])
    not_on = frozenset(step.get("not_on", ()))
    return Step(person, step.get("say"), step.get("press"), step.get("aside", False), step.get("old", False), not_on)


def found(channel: str, with_old: bool) -> tuple[Script, ...]:
    """All that can be played on a channel; none outside a checkout. `with_old`: older forms of a message are known."""
    scripts = (Script.read(file) for file in sorted(FOLDER.glob("*.yaml")))
    return tuple(
        script
        for script in scripts
        if channel not in script.not_on and (with_old or not any(step.old for step in script.steps))
    )


async def play(
    script: Script, channel: str, tab: Tab, room: str, changes: Changes, began: Callable[[Spot], None]
) -> None:
    """Plays it in a new thread of a room; `began` hears of the thread. Stuck."""
    spot = Spot(room)
    for number, step in enumerate(script.steps):
        if channel in step.not_on:
            continue
        if number:
            await asyncio.sleep(PAUSE)
        if step.says is not None:
            spot = await tab.say(step.who, spot, step.says, mention=not step.aside)
        elif step.presses is not None:
            await _press(step, tab, spot, step.presses, changes)
        if number == 0:
            began(spot)


async def _press(step: Step, tab: Tab, spot: Spot, button: str, changes: Changes) -> None:
    if not await changes.until(lambda: tab.find(spot, button, step.old), REPLY_WITHIN):
        raise Stuck(f"There is no button {button}.")
    there = tab.find(spot, button, step.old)
    if there is not None:
        await tab.press(step.who, there.message, there.version, there.button)
