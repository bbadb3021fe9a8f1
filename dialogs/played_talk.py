"""A talk that is played from its first message on, with the list of its place: as a service does, without storage."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import Command
from dialogs.conversation import Conversation
from dialogs.ideas.board import NO_IDEAS, Board, idea_id
from dialogs.message import Message, Person, Press, Typed, parse_action
from dialogs.respond import respond
from dialogs.turn import Turn
from dialogs.turn_records import board_changes, noted

_SOURCE = "talk"
_NOON = 1_795_000_000
_PERSON = Person("ana", "Ana")


@dataclass
class PlayedTalk:
    """A conversation and the ideas that are listed where it takes place."""

    advisor: Advisor
    conversation: Conversation = field(init=False)
    board: Board = NO_IDEAS

    def __post_init__(self) -> None:
        self.conversation = Conversation.fresh(self.advisor.pack)

    def before(self) -> Conversation:
        """The conversation with the list at hand, as the next message finds it."""
        told = idea_id(_SOURCE, self.conversation.begun)
        own = next((idea.number for idea in self.board.shown if idea.id == told), 0)
        return self.conversation.replace(board=self.board, own=own)

    def play(self, message: Message) -> Turn:
        """Answers a message, and keeps what has changed."""
        before = self.before()
        turn = respond(self.advisor, before, message)
        self.conversation, self.board = turn.conversation, self._board_after(before, turn, message)
        return turn

    def _board_after(self, before: Conversation, turn: Turn, message: Message) -> Board:
        after = turn.conversation
        changed = board_changes(self.advisor, _SOURCE, before, after, message)
        ordered = tuple(idea.in_order(old, after.revision) for idea, old in changed)
        board = self.board if after.board is None else after.board
        for idea in noted(self.advisor, ordered, message.at):
            known = next((one for one in board.ideas if idea.id == one.id), None)
            board = board.add((idea,)) if known is None else board.put(known.merged(idea).replace(number=known.number))
        return board


class LabelledLine(NamedTuple):
    """A typed line with its labels, where those of the lines before have led to. `message` carries the labels."""

    before: Conversation
    text: str
    commands: tuple[Command, ...]
    message: Message


def labelled_lines(advisor: Advisor, talk: Path) -> Iterator[LabelledLine]:
    """The typed lines of a talk: a JSON object a line, with `text` and `commands`, or `press`."""
    played = PlayedTalk(advisor)
    for number, line in enumerate(map(json.loads, filter(str.strip, talk.read_text("utf-8").splitlines()))):
        commands = tuple(map(Command.from_json, line.get("commands", ())))
        action, revision = parse_action(line.get("press", "")), played.conversation.revision
        content = Typed(line["text"], commands=commands) if action is None else Press(action, revision)
        message = Message(f"m{number}", _PERSON, _NOON + 60 * number, content, private=True)
        if action is None:
            yield LabelledLine(played.before(), line["text"], commands, message)
        played.play(message)
