"""Short forms of commands for tests."""

from copy import copy

from dialogs.commands.command import Command, Kind, Sure, What
from tests.dialogs.talk import Talk


def set_(question: str, option: str, *ideas: str, quote: str = "", sure: Sure = Sure.STATED) -> Command:
    return Command(Kind.SET, ideas=ideas, question=question, option=option, quote=quote, sure=sure)


def suppose(question: str, option: str, *ideas: str) -> Command:
    return Command(Kind.SUPPOSE, ideas=ideas, question=question, option=option)


def idea(text: str = "") -> Command:
    return Command(Kind.IDEA, value=text)


def ideas(*lines: str) -> Command:
    return Command(Kind.IDEAS, value="\n".join(lines))


def edit(what: What, *ideas: str, value: str = "") -> Command:
    return Command(Kind.EDIT, what, ideas=ideas, value=value)


def show(what: What, *ideas: str, value: str = "") -> Command:
    return Command(Kind.SHOW, what, ideas=ideas, value=value)


def explain(what: What, *ideas: str, question: str = "none") -> Command:
    return Command(Kind.EXPLAIN, what, ideas=ideas, question=question)


def go(what: What) -> Command:
    return Command(Kind.GO, what)


def note(text: str, *ideas: str) -> Command:
    return Command(Kind.NOTE, ideas=ideas, value=text, quote=text)


def calculate(value: str = "", *of: str) -> Command:
    return Command(Kind.CALCULATE, ideas=of, value=value)


def chat(what: What) -> Command:
    return Command(Kind.CHAT, what)


def whole(talk: Talk) -> str:
    """All of the last sum, as its button shows it; the talk stays where it is."""
    return copy(talk).press(f"sum:{talk.conversation.focus.sums[-1][0]}").said


CONFIRM, REJECT, UNDO = Command(Kind.CONFIRM), Command(Kind.REJECT), go(What.UNDO)

ALL_FIVE = (
    set_("data", "yes"),
    set_("volume", "high"),
    set_("domain", "specialised"),
    set_("budget", "limited"),
    set_("consistency", "predictable"),
)


def all_five(*ideas: str) -> tuple[Command, ...]:
    """The same answers for these ideas."""
    return tuple(each.replace(ideas=ideas) for each in ALL_FIVE)


def offered(talk: Talk) -> tuple[str, ...]:
    """What stands on the buttons below the last reply."""
    return tuple(offer.label for offer in talk.conversation.focus.offers)
