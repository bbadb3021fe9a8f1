"""The transcripts of the tests, played live. They are only there in a checkout."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

from bot.playground.changes import Changes
from bot.playground.slack_tab import SlackTab
from bot.playground.tab import PERSONAS, Persona, RoomThread
from bot.playground.teams_tab import TeamsTab

Tab = SlackTab | TeamsTab
"""A platform's side of the playground."""

FOLDER = Path(__file__).parents[2] / "tests" / "transcripts"

FIRST = ("support-by-buttons", "triage", "two-people", "learn")
"""What is offered before the others: a result, a list, two people, the lessons."""

PAUSE = 1.2
"""Seconds between two steps, so that they can be read."""

REPLY_WITHIN = 5.0
"""Seconds that a button may take to appear."""


class ButtonMissing(Exception):
    """A button that a transcript presses did not appear."""


@dataclass(frozen=True, slots=True)
class TranscriptStep:
    """A person says something, or presses a button. `old`: on the oldest message that has it."""

    who: Persona
    says: str | None
    presses: str | None
    aside: bool
    old: bool
    not_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript. `not_on` names channels on which it makes no sense, as the tests name them."""

    id: str
    name: str
    steps: tuple[TranscriptStep, ...]
    not_on: frozenset[str]

    @classmethod
    def read(cls, file: Path) -> Self:
        """The transcript in a file; the person stays the same until another is named."""
        content = yaml.safe_load(file.read_text())
        who, steps = PERSONAS[0].id, []
        for step in content["steps"]:
            who = step.get("who", who)
            steps.append(_step(who, step))
        return cls(file.stem, content["name"], tuple(steps), frozenset(content.get("not_on", ())))


def _step(who: str, step: dict[str, Any]) -> TranscriptStep:
    person = next((person for person in PERSONAS if person.id == who), PERSONAS[0])
    not_on = frozenset(step.get("not_on", ()))
    return TranscriptStep(
        person, step.get("say"), step.get("press"), step.get("aside", False), step.get("old", False), not_on
    )


def transcripts_for(channel: str, with_old: bool) -> tuple[Transcript, ...]:
    """All that can be played on a channel, by use and name; none outside a checkout.

    `with_old`: older forms of a message are known.
    """
    transcripts = (Transcript.read(file) for file in FOLDER.glob("*.yaml"))
    return tuple(
        transcript
        for transcript in sorted(transcripts, key=lambda one: ((*FIRST, one.id).index(one.id), one.name))
        if channel not in transcript.not_on and (with_old or not any(step.old for step in transcript.steps))
    )


async def play(
    transcript: Transcript, channel: str, tab: Tab, room: str, changes: Changes, began: Callable[[RoomThread], None]
) -> None:
    """Plays it in a new thread of a room; `began` is called with the thread. ButtonMissing."""
    thread = RoomThread(room)
    for number, step in enumerate(transcript.steps):
        if channel in step.not_on:
            continue
        if number:
            await asyncio.sleep(PAUSE)
        if step.says is not None:
            thread = await tab.say(step.who, thread, step.says, mention=not step.aside)
        elif step.presses is not None:
            await _press(step, tab, thread, step.presses, changes)
        if number == 0:
            began(thread)


async def _press(step: TranscriptStep, tab: Tab, thread: RoomThread, button: str, changes: Changes) -> None:
    if not await changes.until(lambda: tab.find(thread, button, step.old), REPLY_WITHIN):
        raise ButtonMissing(f"There is no button {button}.")
    found = tab.find(thread, button, step.old)
    if found is not None:
        await tab.press(step.who, found.message, found.version, found.button)
