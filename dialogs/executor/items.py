"""What a message asks for, as the executor takes it."""

from dataclasses import dataclass

from dialogs.commands.command import Command
from dialogs.conversation import Proposal
from dialogs.intents import AdviceRequest, ListChange, SubjectQuestion, TriageRequest
from dialogs.message import Action
from dialogs.replies import Reply
from dialogs.replies.notices import Notice


@dataclass(frozen=True, slots=True)
class Reprompt:
    """What is open is asked again, below what is said of a text that does not answer it.

    `missed`: the text may be an answer that was not understood; `agreed`: what was read before is right.
    """

    lead: tuple[Reply, ...] = ()
    missed: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """What a text may ask for: offered as buttons, since none of it is sure. `clear`: it is, and only takes a press."""

    commands: tuple[Command, ...]
    clear: bool = False


Item = (
    Command
    | Action
    | Notice
    | Reprompt
    | Proposal
    | SubjectQuestion
    | AdviceRequest
    | TriageRequest
    | ListChange
    | Readings
)
"""What a message asks for: commands, buttons, and what is unclear or has no form as a command."""
