"""What a transcript file holds.

    name: What it shows, in a few words.
    not_on: {channel: why it makes no sense there}
    steps:
      - who: ana            # the same person as before where absent
        say: text           # or `press: answer:data:yes`, a button by its id
        expect: [text that becomes visible by this step]
        never: [text that must not]
    stands: [text that can still be read at the end, in a message of its own]

A step may also have `aside: true` (said to the others, without mentioning the bot), `old: true` (pressed on the oldest
message that has the button), `quiet: true` (nothing becomes visible) and `not_on` of its own. Texts are compared
without regard to capitals, line breaks and emphasis. Name few words of a reply, so that its wording may change.
"""

import re
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from tests.drivers import CHANNELS


class Part(BaseModel):
    """Base of both: an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    not_on: dict[str, str] = {}

    @model_validator(mode="after")
    def _channels_exist(self) -> Self:
        unknown = self.not_on.keys() - CHANNELS.keys()
        if unknown:
            raise ValueError(f"no such channel: {', '.join(unknown)}")
        return self


class Step(Part):
    """Something that a person does, and what is to be seen."""

    who: str | None = None
    say: str | None = None
    press: str | None = None
    aside: bool = False
    old: bool = False
    quiet: bool = False
    expect: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if (self.say is None) == (self.press is None):
            raise ValueError("a step either says or presses something")
        if not self.expect and not self.quiet:
            raise ValueError("a step expects something, or is quiet")
        return self

    def __str__(self) -> str:
        return f"{self.who} says {self.say!r}" if self.say is not None else f"{self.who} presses {self.press}"


class Transcript(Part):
    """A conversation."""

    name: str
    steps: tuple[Step, ...]
    stands: tuple[str, ...] = ()

    @classmethod
    def read(cls, file: Path) -> Self:
        """The transcript in a file, with everybody's name filled in."""
        transcript = cls.model_validate(yaml.safe_load(file.read_text()))
        who = "ana"
        steps = []
        for step in transcript.steps:
            who = step.who or who
            steps.append(step.model_copy(update={"who": who}))
        return transcript.model_copy(update={"steps": tuple(steps)})


def mismatch(step: Step, visible: str) -> str | None:
    """What is wrong with what became visible; None where all is as it should be."""
    shown = folded(visible)
    if step.quiet and shown:
        return "nothing should have become visible"
    for words in step.expect:
        if folded(words) not in shown:
            return f"“{words}” is missing"
    for words in step.never:
        if folded(words) in shown:
            return f"“{words}” should not be there"
    return None


def folded(text: str) -> str:
    """A text as it is compared."""
    return re.sub(r"\s+", " ", re.sub(r"[*_~`]", "", text)).casefold().replace("’", "'").strip()
