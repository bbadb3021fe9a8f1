"""The transcripts of the tests, played live. They are only there in a checkout."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
class Transcript:
    """A transcript, with its steps as they stand in its file."""

    id: str
    name: str
    steps: Sequence[Mapping[str, Any]]


def transcripts_for(channel: str) -> tuple[Transcript, ...]:
    """All that can be played on a channel, by use and name; none outside a checkout. What presses older forms of a
    message is for the tests alone."""
    found = []
    for file in FOLDER.glob("*.yaml"):
        content = yaml.safe_load(file.read_text())
        if channel not in content.get("not_on", ()) and not any(step.get("old") for step in content["steps"]):
            found.append(Transcript(file.stem, content["name"], content["steps"]))
    return tuple(sorted(found, key=lambda one: ((*FIRST, one.id).index(one.id), one.name)))


async def play(
    transcript: Transcript, channel: str, tab: Tab, room: str, changes: Changes
) -> AsyncIterator[RoomThread]:
    """Plays it in a new thread of a room, step by step; the thread after each. ButtonMissing."""
    thread, who = RoomThread(room), PERSONAS[0]
    for number, step in enumerate(transcript.steps):
        if "who" in step:
            who = next((person for person in PERSONAS if person.id == step["who"]), PERSONAS[0])
        if channel in step.get("not_on", ()):
            continue
        if number:
            await asyncio.sleep(PAUSE)
        if "say" in step:
            thread = await tab.say(who, thread, step["say"], mention=not step.get("aside", False))
        elif "press" in step:
            await _press(who, tab, thread, step["press"], changes)
        yield thread


async def _press(who: Persona, tab: Tab, thread: RoomThread, button: str, changes: Changes) -> None:
    await changes.until(lambda: tab.find(thread, button), REPLY_WITHIN)
    found = tab.find(thread, button)
    if found is None:
        raise ButtonMissing(f"There is no button {button}.")
    await tab.press(who, *found)
