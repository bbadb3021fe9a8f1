"""Undo: what a message has changed about ideas, and how it is taken back."""

from dataclasses import dataclass
from typing import NamedTuple

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from dialogs.answer import Answer, AnswerMethod, IdeaNote
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.focus import Change, Written, exchanged
from dialogs.ideas.board import NO_IDEAS, Board, Idea, Stage
from dialogs.message import Message, Verb

UNDO_DEPTH = 5
"""Messages that can be taken back, one after the other; and as many older ones that removed ideas."""

_NOTE = TypeAdapter(IdeaNote)
_ANSWER = TypeAdapter(tuple[str, AnswerMethod, str, int, str | None, str | None])

_ANSWER_OF, _ORDER = "answer:", "order"
_OWN_FIELDS = ("idea", "idea_by", "started", "concluded", "answers", "revisit", "begun", "likely", "heading", "notes")
"""Fields of a conversation that tell of its own idea."""

_KEPT = frozenset({Kind.SET, Kind.CLEAR, Kind.NOTE, Kind.EDIT})
"""Commands that may be meant for another idea later, or be taken apart. The text of an idea is not kept twice."""

OWN_NUMBER = 0
"""The number of the conversation's own idea in a change."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A conversation after some changes were taken back; `kept` are those that somebody has changed since."""

    conversation: Conversation
    done: tuple[Change, ...]
    kept: tuple[Change, ...]


def written_since(
    before: Conversation, after: Conversation, message: Message, did: tuple[Command, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the last messages have written, this one included, as it is stored; and the people in it."""
    changes = _changes_between(before, after)
    if not changes or What.UNDO in [command.what for command in did]:
        return after.undo, after.writers
    told = message.verb is Verb.ANSWER  # the change itself is the answer
    forgets = any(command.command is Kind.FORGET for command in did)  # what was deleted is kept no longer than others
    commands = () if told or forgets else tuple(command for command in did if command.command in _KEPT)
    by = after.author(message.sender.id)
    undo = (*after.undo, Written(by, before.revision + 1, changes, commands).stored)
    older = [each for each in undo[:-UNDO_DEPTH] if any(c.what is What.REMOVE for c in Written.of(each).commands)]
    undo = (*older[-UNDO_DEPTH:], *undo[-UNDO_DEPTH:])
    people = {*after.writers, message.sender.id, *_people_in(before, changes)}.difference(after.people[:1], ("",))
    return undo, tuple(sorted([person for person in people if exchanged(person) in "".join(undo)])) if people else ()


def _changes_between(before: Conversation, after: Conversation) -> tuple[Change, ...]:
    """What differs about ideas, in the order in which it is told."""
    order = Change(OWN_NUMBER, _ORDER, before.own_order, after.own_order)
    own = (*_own_changes(before, after), *((order,) if order.old != order.new else ()))
    if before.board is after.board:
        return own
    listed = _board_changes(before.board or NO_IDEAS, after.board or NO_IDEAS)
    return (*own, *(change for change in listed if not own or change.idea != after.own))


def commands_of(written: Written, own: int) -> tuple[Command, ...]:
    """The commands that a message wrote something by; `own` is the number of the conversation's own idea."""
    if written.commands:
        return written.commands
    answers = [change for change in written.changes if change.part.startswith(_ANSWER_OF)]
    return tuple(
        Command(
            Kind.SET,
            ideas=(str(change.idea or own),),
            question=change.part.removeprefix(_ANSWER_OF),
            option=change.new.partition(" ")[0],
        )
        for change in answers
    )


def removed_ideas(conversation: Conversation) -> tuple[Idea, ...]:
    """The ideas that were removed here and can be taken back, as they were."""
    away = {idea.number for idea in (conversation.board or NO_IDEAS).ideas if idea.removed and not idea.into}
    changes = (each for written in conversation.written for each in written.changes if each.idea in away)
    return tuple(Idea.model_validate_json(change.old) for change in changes if change.part == "removed")


def shows(conversation: Conversation, change: Change) -> bool:
    """Whether a change is one that people see: an answer that was only given again, with no new words, is none."""
    was = _answer(change.old) if change.old and change.part.startswith(_ANSWER_OF) else None
    if was is None or was.option != change.new.partition(" ")[0]:
        return True
    idea = (conversation.board or NO_IDEAS).find(change.idea)
    answers = conversation.answers if change.idea == OWN_NUMBER else idea.answers if idea is not None else {}
    now = answers.get(change.part.removeprefix(_ANSWER_OF), was)
    return bool(now.evidence) and now.evidence != was.evidence


def _people_in(before: Conversation, changes: tuple[Change, ...]) -> set[str]:
    """The ids of all whose words or answers the changes of a conversation may hold."""
    found: set[str] = set()
    for change in changes:
        if change.part.startswith(_ANSWER_OF):
            old = before.answers.get(change.part.removeprefix(_ANSWER_OF)) if change.idea == OWN_NUMBER else None
            was = _answer(change.old) if change.old and old is None else old
            found |= {change.new.partition(" ")[2], "" if was is None else was.by}
        elif change.part == "note":
            found.add(_NOTE.validate_json(change.new or change.old).by)
        elif change.part == "status":
            found.add(_stage(change.old).by)
        elif change.part == "removed":
            found |= Idea.model_validate_json(change.old).people
        elif change.part == "begun" and change.old:
            found |= before.participants
    return found


def _own_changes(before: Conversation, after: Conversation) -> tuple[Change, ...]:
    left = (before.answers or before.idea) and not after.answers and not after.idea
    if before.begun != after.begun or left:
        return (Change(OWN_NUMBER, "begun", _own_idea(before), str(after.begun)),)
    if before.answers is after.answers and before.heading == after.heading and before.notes is after.notes:
        return ()
    return _parts(OWN_NUMBER, before.answers, after.answers, (before.heading, after.heading), before.notes, after.notes)


def _own_idea(conversation: Conversation) -> str:
    """What a conversation holds about its own idea; "" for none."""
    if not (conversation.idea or conversation.answers or conversation.started):
        return ""
    kept = {name: getattr(conversation, name) for name in _OWN_FIELDS}
    return Conversation(schema=conversation.schema, pack=conversation.pack, **kept).to_json()


def _board_changes(before: Board, after: Board) -> tuple[Change, ...]:
    old = {idea.number: idea for idea in before.ideas}
    changes: list[Change] = []
    for idea in after.ideas:
        was = old.get(idea.number)
        if was is idea or was == idea:
            continue
        if was is None or (was.removed and not idea.removed):
            changes.append(Change(idea.number, "added"))
        elif idea.removed:
            changes.append(Change(idea.number, "removed", was.model_dump_json(exclude_defaults=True)))
        else:
            titles = (was.title, idea.title)
            changes += _parts(idea.number, was.answers, idea.answers, titles, was.notes, idea.notes)
            if was.stage != idea.stage:
                changes.append(Change(idea.number, "status", to_json(was.stage).decode(), idea.status))
    return tuple(changes)


def _parts(
    number: int,
    old: dict[str, Answer],
    new: dict[str, Answer],
    titles: tuple[str, str],
    notes: tuple[IdeaNote, ...],
    more: tuple[IdeaNote, ...],
) -> tuple[Change, ...]:
    answers = [
        Change(number, _ANSWER_OF + question, _stored(was), _mark(now))
        for question in {**new, **old}
        if (was := old.get(question)) is not (now := new.get(question)) and was != now
    ]
    title = (Change(number, "title", *titles),) if titles[0] != titles[1] else ()
    if notes is more:
        return (*answers, *title)
    known, kept = ({note.key: note for note in some if not note.gone} for some in (notes, more))
    gone = tuple(Change(number, "note", _note(note)) for key, note in known.items() if key not in kept)
    added = tuple(Change(number, "note", "", _note(note)) for key, note in kept.items() if key not in known)
    return (*answers, *title, *gone, *added)


def is_note(change: Change, text: str) -> bool:
    return change.part == "note" and bool(change.new) and _NOTE.validate_json(change.new).text == text


def _note(note: IdeaNote) -> str:
    return _NOTE.dump_json(note).decode()


def _stage(stored: str) -> Stage:
    return Stage(*from_json(stored)) if stored.startswith("[") else Stage(stored)


def _stored(answer: Answer | None) -> str:
    if answer is None:
        return ""
    values = (answer.option, answer.how, answer.by, answer.at, answer.name, answer.evidence)
    return _ANSWER.serializer.to_json(values).decode()


def _answer(stored: str) -> Answer:
    return Answer(*_ANSWER.validate_json(stored))


def _mark(answer: Answer | None) -> str:
    """What tells whether an answer is still the one that was given."""
    return "" if answer is None else f"{answer.option} {answer.by}"


def take_back(conversation: Conversation, changes: tuple[Change, ...], at: int) -> TakenBack:
    """The conversation without these changes. `at` is the time, in seconds since 1970."""
    done: list[Change] = []
    kept: list[Change] = []
    for change in reversed(changes):
        after = (
            _own_without(conversation, change)
            if change.idea == OWN_NUMBER
            else _board_without(conversation, change, at)
        )
        (kept if after is None else done).append(change)
        conversation = conversation if after is None else after
    return TakenBack(conversation, tuple(reversed(done)), tuple(reversed(kept)))


def _own_without(conversation: Conversation, change: Change) -> Conversation | None:
    if change.part == "begun":
        if change.new != str(conversation.begun):
            return None
        empty = Conversation(schema=conversation.schema, pack=conversation.pack)
        was = Conversation.from_json(change.old) if change.old else empty
        back = {name: getattr(was, name) for name in _OWN_FIELDS}
        return conversation.replace(confirm=None, **back)
    if change.part == _ORDER:
        listing = conversation.listing
        return conversation.replace(listing=listing.replace(order=change.old)) if listing else None
    parts = _without(_Parts(conversation.answers, conversation.heading, conversation.notes), change)
    if parts is None:
        return None
    answers = {question: answer for question, answer in parts.answers.items() if answer.option}
    notes = parts.notes if conversation.own else tuple(note for note in parts.notes if not note.gone)
    return conversation.replace(answers=answers, heading=parts.title, notes=notes, confirm=None, revisit=None)


def _board_without(conversation: Conversation, change: Change, at: int) -> Conversation | None:
    board = conversation.board or NO_IDEAS
    idea = next((idea for idea in board.ideas if idea.number == change.idea), None)
    back = None if idea is None else _idea_without(idea, change, at)
    return None if back is None else conversation.replace(board=board.put(back))


def _idea_without(idea: Idea, change: Change, at: int) -> Idea | None:
    match change.part:
        case "removed":
            was = Idea.model_validate_json(change.old)
            return was.replace(number=idea.number, life=idea.turns + 1) if idea.removed else None
        case _ if idea.removed:
            return None
        case "added":
            return idea.taken_off(at)
        case "status":
            return idea.replace(stage=_stage(change.old)) if idea.status == change.new else None
        case _:
            parts = _without(_Parts(idea.answers, idea.title, idea.notes), change)
            if parts is None:
                return None
            named, titled = (at, 0) if parts.title != idea.title else (idea.named, idea.titled)
            return idea.replace(answers=parts.answers, title=parts.title, notes=parts.notes, named=named, titled=titled)


class _Parts(NamedTuple):
    """What changes of an idea one by one."""

    answers: dict[str, Answer]
    title: str
    notes: tuple[IdeaNote, ...]


def _without(parts: _Parts, change: Change) -> _Parts | None:
    """The parts before a change; None where somebody has changed that part since.

    What was not there before is marked as withdrawn, since copies of an idea are merged.
    """
    if change.part == "title":
        return parts._replace(title=change.old) if parts.title == change.new else None
    if change.part == "note" and not change.new:
        again = _NOTE.validate_json(change.old).anew(parts.notes)
        return parts._replace(notes=tuple(sorted((*parts.notes, again), key=lambda note: note.at)))
    if change.part == "note":
        gone = _NOTE.validate_json(change.new)
        left = tuple(note.taken_back if note == gone else note for note in parts.notes)
        return parts._replace(notes=left) if gone in parts.notes else None
    question = change.part.removeprefix(_ANSWER_OF)
    now = parts.answers.get(question)
    if _mark(now) != change.new:
        return None
    if now is None:
        return parts._replace(answers={**parts.answers, question: _answer(change.old).replace(order=0)})
    was = _answer(change.old) if change.old else now.replace(option="")
    back = was.replace(order=0)  # set anew, after what it takes back
    return parts._replace(answers={**parts.answers, question: back})
