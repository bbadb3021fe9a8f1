"""Texts to take away: the record as a note, a mail, a summary, a first prompt, a table, Markdown, JSON or CSV."""

from typing import NamedTuple

from dialogs.commands.command import ALL, OWN_NAME, Command, Kind, What
from dialogs.commands.shortcuts import Value
from dialogs.conversation import Conversation
from dialogs.executor.answers import current, numbered, unknown_idea
from dialogs.executor.navigation import by_flow
from dialogs.executor.own_idea import idea_of
from dialogs.executor.results import result_of, told_of
from dialogs.executor.sums import last_sums
from dialogs.executor.targets import Context, Target, resolve
from dialogs.flows.board_cards import ASIDE
from dialogs.flows.board_position import board_of
from dialogs.flows.replay import recommend, status_of, summarise
from dialogs.ideas.board import IdeaRow
from dialogs.ideas.orders import ordered
from dialogs.message import Press, number_in
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.results import ResultPage, SharedResult
from dialogs.replies.texts import ListText, PromptText, ResultText, Told
from dialogs.turn import Effects
from knowledge.typed_answers.word_parser import fold, folded

AS_IT_IS = "same"
"""As `of`: the last text of its form is shown again, unchanged where that can be."""

_LENGTHS, _LONGEST = {What.NOTE: 4, What.MAIL: 4, What.SUMMARY: 5}, 20
"""Sentences where nobody says how many, and the most."""

_SHORT = 2
"""Sentences of what was too long before, or is to be short."""

_IN_PROSE = 3
"""Results that are told one by one; more are a list."""

_LANGUAGE = "english"

_PART = 8
"""Ideas whose rows fit into one message, however long their titles are."""


_Written = tuple[Command | None, tuple[Reply, ...]]
"""The command as it is carried out, and the texts; None, and why there is none."""


class _Form(NamedTuple):
    """In how many sentences or lines; without names of approaches; without what was put aside; shortened before."""

    most: int
    plain: bool
    active: bool
    shorter: bool

    @property
    def value(self) -> str:
        """The form as the `value` of the command that is kept."""
        styles = [name for name in ("plain", "active", "shorter") if getattr(self, name)]
        return f"sentences={self.most}; style={' '.join(styles)}"


def write(context: Context, effects: Effects, command: Command) -> Effects:
    """A text to take away, about the ideas that are meant; those put aside are in no list. What it was is kept, so that
    the next message can change it.
    """
    if command.value == Value.SHARED:
        return _shared(context, effects, command)
    focus, asked = effects.conversation.focus, command.parameters()
    if asked.pop("language", _LANGUAGE).lower() != _LANGUAGE:
        effects = effects._replace(replies=(*effects.replies, Notice("texts_in_english")))
        command = command.replace(value="; ".join(f"{name}={value}" for name, value in asked.items()))
    last = focus.last_text(command.what, command.ideas) if asked.get("of") in ("last", AS_IT_IS) else None
    anew = last is not None and (bool(command.ideas) or not context.start.last.startswith(Kind.WRITE))
    if last is not None:
        what = last.what if command.what is What.UNSPECIFIED else command.what
        command = command.replace(what=what, ideas=command.ideas or last.ideas)
    if command.what is What.UNSPECIFIED and _as_file(command):
        command = command.replace(what=What.CSV if ALL in command.ideas else What.RECORD)
    if command.what in (What.RECORD, What.UNSPECIFIED) and _is_shaped(command, anew=anew):
        command = command.replace(what=What.SUMMARY)  # the record itself has one form
    form = _form_of(command, last, anew=anew)
    if form.active and not command.ideas and board_of(effects.conversation).shown:
        command = command.replace(ideas=(ALL,))
    meant = resolve(context, effects.conversation, command.ideas)
    if not meant.found and command.what is not What.CSV:
        refused = effects.refused(Notice("no_result_to_share"))
        return unknown_idea(context, effects, command, meant) if any(meant.unknown) else refused
    done, replies = _text(context, effects, command, form)
    if done is None:
        return effects.refused(*replies)
    about = done.ideas or ((ALL,) if done.what is What.CSV else (OWN_NAME,))
    whom = asked.get("for") or ("" if last is None else last.parameters().get("for", ""))
    text = done.replace(ideas=about, value=f"{form.value}{whom and f'; for={whom}'}", quote="")
    kept = effects.conversation.replace(focus=focus.with_text(text))
    return effects._replace(conversation=kept).told(done, *replies)


def _shared(context: Context, effects: Effects, command: Command) -> Effects:
    """What is on the card, for everybody in the place: the result of an idea, or that the lessons are done."""
    conversation, flows, message = effects.conversation, context.advisor.flows, context.message
    current, pressed = flows.current(conversation) is flows.lessons, isinstance(message.content, Press)
    if flows.flow_for(conversation, command) is flows.lessons:
        told = Notice("no_result_to_share")
        return by_flow(context, effects, command) if current or pressed else effects.refused(told)
    number, board, own = flows.board.shown_idea(conversation), board_of(conversation), conversation
    summary = (
        summarise(context.advisor.knowledge, own, message.at, message.link)
        if number is None
        else flows.board.cards.summary(board, number, message.at, message.link)
    )
    if summary is None:
        return effects.refused(Notice("no_result_to_share"))
    return effects.told(command, SharedResult(summary, message.sender))


def _as_file(command: Command) -> bool:
    """Whether a file is asked for, whatever its content. CSV is one anyway."""
    return "file" in command.parameters().get("style", "")


def _is_shaped(command: Command, *, anew: bool) -> bool:
    """Whether a text is to be short, plain, or of so many lines; or shorter than the last one."""
    given = command.parameters()
    style = given.get("style", "")
    shorter = given.get("of") == "last" and not style and not anew
    return shorter or "lines" in given or "sentences" in given or "short" in style or "plain" in style


def _form_of(command: Command, last: Command | None, *, anew: bool) -> _Form:
    """How the text is to be: as it is asked for; else, where the last one is to be changed, as that was. `anew`: more
    has been said since, or other ideas are named.
    """
    given, before = command.parameters(), {} if last is None else last.parameters()
    style, kept = given.get("style", ""), before.get("style", "")
    again = given.get("of") == "last" and (last is None or last.what is command.what)
    whole = last is not None and last.what in (What.RECORD, What.UNSPECIFIED)
    short = not whole and ("short" in style or (again and not style and not anew))
    asked = number_in(given.get("sentences", "")) or number_in(given.get("lines", ""))
    usual = _LENGTHS.get(command.what, _LONGEST)
    if last is not None and last.what in _LENGTHS:
        usual = number_in(before.get("sentences", "")) or usual
    least = 1 if "shorter" in kept else _SHORT
    most = asked or (least if short else _LONGEST if "long" in style else usual)
    shorter = again and (short or "shorter" in kept) and "long" not in style
    return _Form(min(most, _LONGEST), "plain" in style + kept, "active" in style + kept, shorter)


def _text(context: Context, effects: Effects, command: Command, form: _Form) -> _Written:
    conversation, message = effects.conversation, context.message
    if command.what is What.CSV:
        return _file(context, effects, command, form)
    targets = resolve(context, conversation, command.ideas).found
    if command.what is What.PROMPT:
        about = told_of(context, conversation, targets[0])
        notes = tuple(note.text for note in about.kept_notes)
        return command, (PromptText(about.title, notes),)
    if form.active or ALL in command.ideas:
        targets = tuple(each for each in targets if _status(conversation, each) not in ASIDE)
    if not targets:
        return None, (Notice("no_ideas"),)
    prose, several = command.what in _LENGTHS, len(targets) > 1
    done = command if several else numbered(command, conversation, targets[0])
    results = tuple(one for target in targets if (one := _told(context, conversation, target)) is not None)
    room = form.most == _LENGTHS.get(command.what) and {"lines", "sentences"}.isdisjoint(command.parameters())
    apart = room and several and command.what is What.SUMMARY
    told_one = (prose and not apart) or (command.what is What.TABLE and not several)
    if told_one and len(results) == len(targets) <= _IN_PROSE:
        most = form.most + (sum(len(one.sums) for one in results) if room else 0)
        return done, (ResultText(command.what, results, most, form.shorter, form.plain),)
    if several or prose or command.what in (What.TABLE, What.JSON):
        pack, rows = context.advisor.pack, _rows(context, effects, targets)
        each = len(rows) or 1 if prose else _PART
        parts = [rows[at : at + each] for at in range(0, len(rows), each)]
        told, shown = context.advisor.flows.board.cards.told, rows if apart and len(rows) <= _LONGEST else ()
        found = tuple(
            recommend(context.advisor.knowledge, told(r.idea), message.at) if r.verdict else None for r in shown
        )
        texts = tuple(ListText(command.what, pack, part, form.most, form.plain, found) for part in parts)
        return done, texts
    if not results:
        return None, (Notice("no_result_to_share"),)
    alone = told_of(context, conversation, targets[0])
    summary = summarise(context.advisor.knowledge, alone, message.at, message.link)
    return done, (ResultPage(summary) if _as_file(command) else summary,)


def _file(context: Context, effects: Effects, command: Command, form: _Form) -> _Written:
    """The ideas as CSV, in the order of their numbers, or in an own one: those that are named, else the whole list."""
    conversation, flows = effects.conversation, context.advisor.flows
    board = board_of(conversation)
    ideas = board.shown
    if command.ideas and ALL not in command.ideas:
        found = resolve(context, conversation, command.ideas).found
        ideas = tuple(idea_of(context, conversation, target) for target in found)
    kept = tuple(idea for idea in ideas if not form.active or idea.status not in ASIDE)
    exports = flows.board.cards.export(board.model_copy(update={"ideas": kept}), conversation.own_order)
    return (command, exports) if kept else (None, (Notice("no_ideas"),))


def _told(context: Context, conversation: Conversation, target: Target) -> Told | None:
    """A result, if there is one, with what was noted beside it, and the status."""
    result, notes = result_of(context, conversation, target), told_of(context, conversation, target).notes
    kept = tuple(note.text for note in notes if not (note.gone or _corrects(context, note.text)))
    summed = last_sums(context, conversation, 0 if target.idea is None else target.idea.number)
    return None if result is None else Told(result, kept, _status(conversation, target), summed)


def _corrects(context: Context, note: str) -> bool:
    """Whether a note corrects the advisor, and is nothing that others should read."""
    words = fold(note)
    return any(words[: len(each)] == each for each in folded(context.advisor.catalogue.phrases["corrections"]))


def _status(conversation: Conversation, target: Target) -> str:
    return status_of(conversation) if target.idea is None else current(conversation, target.idea).status


def _rows(context: Context, effects: Effects, targets: tuple[Target, ...]) -> tuple[IdeaRow, ...]:
    ideas = [idea_of(context, effects.conversation, target) for target in targets]
    return ordered(map(context.advisor.flows.board.judge.row, ideas), effects.conversation.own_order or "number")
