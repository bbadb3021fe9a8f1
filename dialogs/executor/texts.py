"""Texts to take away: the record as a note, a mail, a summary, a table, Markdown, JSON or CSV."""

from dialogs.commands.command import ALL, Command, What
from dialogs.conversation import Conversation
from dialogs.executor.answers import current, numbered
from dialogs.executor.ideas import own_idea
from dialogs.executor.looks import result_of, told_of
from dialogs.executor.targets import Context, Target, resolve
from dialogs.flows.board_cards import ASIDE
from dialogs.flows.board_position import board_of
from dialogs.flows.replay import summarise
from dialogs.ideas.board import Idea, IdeaRow, clearest_first
from dialogs.message import number_in
from dialogs.replies.notices import Notice
from dialogs.replies.results import Recommendation
from dialogs.replies.texts import ListText, ResultText
from dialogs.turn import Effects

_LENGTHS, _LONGEST = {What.NOTE: 4, What.MAIL: 4, What.SUMMARY: 5}, 20
"""Sentences where nobody says how many, and the most."""

_SHORT = 2
"""Sentences of what was too long before, or is to be short."""

_IN_PROSE = 3
"""Results that are told one by one; more are a list."""

_PART = 8
"""Ideas whose rows fit into one message, however long their titles are."""


def write(context: Context, effects: Effects, command: Command) -> Effects:
    """A text to take away, about the ideas that are meant; those put aside are in no list."""
    conversation, flows, message = effects.conversation, context.advisor.flows, context.message
    board = board_of(conversation)
    if command.what is What.CSV:
        return effects.told(command, *(flows.board.cards.export(board) if board.shown else (Notice("no_ideas"),)))
    targets = resolve(context, conversation, command.ideas).found
    if not targets:
        return effects.refused(Notice("no_result_to_share"))
    prose, several = command.what in _LENGTHS, len(targets) > 1
    results = tuple(found for target in targets if (found := _result(context, conversation, target)) is not None)
    if prose and len(results) == len(targets) <= _IN_PROSE:
        done = command if several else numbered(command, conversation, targets[0])
        again = command.parameters().get("of") == "last"
        return effects.told(done, ResultText(command.what, results, _length(command), again))
    if several or prose or command.what in (What.TABLE, What.JSON):
        pack, rows = context.advisor.pack, _rows(context, effects, targets, named=ALL not in command.ideas)
        each = len(rows) or 1 if prose else _PART
        parts = [rows[at : at + each] for at in range(0, len(rows), each)]
        texts = [ListText(command.what, pack, part, _length(command)) for part in parts]
        return effects.told(command, *texts) if texts else effects.refused(Notice("no_ideas"))
    if not results:
        return effects.refused(Notice("no_result_to_share"))
    done, told = numbered(command, conversation, targets[0]), told_of(context, conversation, targets[0])
    return effects.told(done, summarise(context.advisor.knowledge, told, message.at, message.link))


def _result(
    context: Context, conversation: Conversation, target: Target
) -> tuple[Recommendation, tuple[str, ...]] | None:
    """A result, if there is one, and what was noted beside it."""
    result, notes = result_of(context, conversation, target), told_of(context, conversation, target).notes
    return None if result is None else (result, tuple(note.text for note in notes if not note.gone))


def _length(command: Command) -> int:
    """How many sentences or lines are asked for, or are usual."""
    given = command.parameters()
    asked, style = number_in(given.get("sentences", "")) or number_in(given.get("lines", "")), given.get("style", "")
    usual = _LONGEST if "long" in style else _LENGTHS.get(command.what, _LONGEST)
    short = "short" in style or (given.get("of") == "last" and not style)
    return min(asked or (_SHORT if short else usual), _LONGEST)


def _rows(context: Context, effects: Effects, targets: tuple[Target, ...], *, named: bool) -> tuple[IdeaRow, ...]:
    """The rows of ideas; those put aside only where each idea was `named`."""
    ideas = [_idea(context, effects, target) for target in targets]
    judged = map(context.advisor.flows.board.judge.row, ideas)
    return clearest_first(row for row in judged if named or row.idea.status not in ASIDE)


def _idea(context: Context, effects: Effects, target: Target) -> Idea:
    conversation = effects.conversation
    own = own_idea(context.message, conversation).replace(number=conversation.own)
    return own if target.idea is None else current(conversation, target.idea)
