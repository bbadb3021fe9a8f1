"""Intents: what a typed text can mean, a closed list."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.message import Action
from knowledge.interfaces import Match, Reading


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """Words that stand for a button."""

    action: Action


@dataclass(frozen=True, slots=True)
class Hello:
    """A greeting."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An "ok" that asks nothing."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to the open prompt, and whatever else the text states. `plain`: it can hardly mean anything else."""

    option: str
    plain: bool
    others: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """An answer that fits several options of the open prompt."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """Values for questions, other than the recorded ones; none where a text repeats what is recorded."""

    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """A decision is asked for, or a project described. `listed`: it looks like a list, perhaps of ideas."""

    text: str
    readings: Mapping[str, Reading]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class TriageRequest:
    """Ideas to be judged, one a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectQuestion:
    """A question about the subject, or about anything else."""

    match: Match


@dataclass(frozen=True, slots=True)
class Unknown:
    """None of the above."""

    match: Match


Intent = (
    TypedCommand
    | Hello
    | Thanks
    | Acknowledgement
    | GivenAnswer
    | Ambiguous
    | Correction
    | AdviceRequest
    | TriageRequest
    | SubjectQuestion
    | Unknown
)
