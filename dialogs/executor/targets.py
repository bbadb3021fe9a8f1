"""What a command is carried out with, and which ideas it is about: the conversation's own, or some of the board."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, LAST, OWN_NAME, THIS, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.flows.board_cards import ASIDE
from dialogs.flows.board_position import board_of
from dialogs.ideas.board import Idea, labelled
from dialogs.message import Message, number_in
from knowledge.typed_answers.word_parser import fold

NAMED = 0.5
"""Least share of the words of a name that a title, text or note has to hold."""


_SHORT = 3
"""Letters of words that tell nothing from others."""


class Context(NamedTuple):
    """What each command is carried out with. `line` are the commands of the message, but for those of which it only
    tells the words; `start` is the conversation before them.
    """

    advisor: Advisor
    message: Message
    line: tuple[Command, ...]
    start: Conversation

    def has(self, *kinds: str) -> bool:
        """Whether the message has a command of one of these kinds."""
        return any(command.command in kinds for command in self.line)

    def asks_about(self, question: str) -> bool:
        """Whether the message wants a question or its options explained."""
        meant = (c.what in (What.OPTION, What.QUESTION) and c.question == question for c in self.line)
        return self.has(Kind.EXPLAIN) and any(meant)


@dataclass(frozen=True, slots=True)
class Target:
    """One idea. `idea` is None for the conversation's own, which may have a number on the board as well."""

    idea: Idea | None


@dataclass(frozen=True, slots=True)
class Targets:
    """The ideas that were found, each once, and the names of those that were not."""

    found: tuple[Target, ...] = ()
    unknown: tuple[str, ...] = ()

    def plus(self, *targets: Target) -> Self:
        new = tuple(target for target in targets if target not in self.found)
        return type(self)((*self.found, *new), self.unknown)

    def numbers(self, conversation: Conversation) -> tuple[int, ...]:
        """The numbers of those that are on the list."""
        return tuple(filter(None, (conversation.own if t.idea is None else t.idea.number for t in self.found)))


OWN = Target(None)


def has_own(conversation: Conversation) -> bool:
    """Whether the conversation has an idea of its own: begun, described or answered for."""
    return conversation.started or bool(conversation.idea or conversation.answers)


def in_focus(advisor: Advisor, conversation: Conversation) -> Target | None:
    """The idea that the talk is about; None if it is about none. One that was put aside is only while it is shown."""
    flows = advisor.flows
    board, listing = board_of(conversation), conversation.listing
    if conversation.flow == flows.questions.name and flows.questions.prompt(conversation) is not None:
        return OWN
    shown = board.find(listing.idea) if listing is not None and conversation.flow == flows.board.name else None
    named, own = board.find(conversation.focus.idea), board.find(conversation.own)
    found = shown if named is None or named.status in ASIDE else named
    if found is not None:
        return _target(conversation, found)
    if len(board.shown) == 1 and (own is not None or not has_own(conversation)):
        return _target(conversation, board.shown[0])
    return OWN if has_own(conversation) and (own is None or own.status not in ASIDE) else None


def resolve(context: Context, conversation: Conversation, names: tuple[str, ...]) -> Targets:
    """The ideas with these names; the one in focus for no name."""
    return resolved(context.advisor, conversation, names)


def resolved(advisor: Advisor, conversation: Conversation, names: tuple[str, ...]) -> Targets:
    """The same without a message."""
    targets = Targets()
    for name in names or (THIS,):
        found = _named(advisor, conversation, name)
        if found:
            targets = targets.plus(*found)
        else:
            targets = Targets(targets.found, (*targets.unknown, "" if name == THIS else name))
    return targets


def _named(advisor: Advisor, conversation: Conversation, name: str) -> tuple[Target, ...]:
    board = board_of(conversation)
    number = number_in(name.lstrip("#"))
    if number:
        if number == board.next and has_own(conversation) and not conversation.own:
            return (OWN,)  # the number that it will have
        idea = board.current(number)
        return () if idea is None else (_target(conversation, idea),)
    match name.lower():
        case value if value == OWN_NAME:
            return (OWN,)
        case value if value == THIS:
            focus = in_focus(advisor, conversation)
            return () if focus is None else (focus,)
        case value if value == LAST:
            return (_target(conversation, board.shown[-1]),) if board.shown else ()
        case value if value == ALL:
            listed = tuple(_target(conversation, idea) for idea in board.shown)
            return listed if OWN in listed or not has_own(conversation) else (*listed, OWN)
        case _:
            return _by_title(conversation, name)


def _by_title(conversation: Conversation, name: str) -> tuple[Target, ...]:
    """The only idea whose title, or else whose text, holds most words of a name."""
    wanted = fold(name)
    candidates = [(OWN, conversation.title, conversation.idea)] if has_own(conversation) else []
    candidates += [(_target(conversation, idea), idea.title, idea.text) for idea in board_of(conversation).shown]
    titles, told = ([(target, texts[at]) for target, *texts in candidates] for at in (0, 1))
    for texts in (titles, told):
        rated = [(target, held(wanted, fold(text))) for target, text in texts]
        best = max((rate for _, rate in rated), default=0.0)
        found = [target for target, rate in rated if rate == best]
        if best >= NAMED and all(each == found[0] for each in found):
            return (found[0],)
    return ()


def long_words(text: str) -> tuple[str, ...]:
    """The words of a text that are not short, and so tell it from others."""
    return tuple(word for word in fold(text) if len(word) > _SHORT)


def held(wanted: tuple[str, ...], words: tuple[str, ...]) -> float:
    """The share of the wanted words that begin a word of a text, or are begun by one; 1 and more for the same words."""
    if not wanted or not words:
        return 0.0
    held = sum(any(word.startswith(each) or each.startswith(word) for word in words) for each in wanted)
    return held / len(wanted) + (wanted == words)


def _target(conversation: Conversation, idea: Idea) -> Target:
    return OWN if conversation.own and idea.number == conversation.own and has_own(conversation) else Target(idea)


def label_of(conversation: Conversation, target: Target) -> str:
    """How a receipt names an idea: by number and title; "" for the own one where there is no other."""
    others = target.idea is not None or any(idea.number != conversation.own for idea in board_of(conversation).shown)
    return name_of(conversation, target) if others else ""


def name_of(conversation: Conversation, target: Target) -> str:
    """An idea by its number and title."""
    if target.idea is not None:
        return target.idea.label
    listed = board_of(conversation).find(conversation.own)
    return labelled(conversation.own, conversation.title or ("" if listed is None else listed.title))
