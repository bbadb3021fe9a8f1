"""Undo: takes back what one's own last message wrote, and the one before, five back."""

from collections.abc import Callable

from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.targets import Context, resolve
from dialogs.flows.board_position import board_of
from dialogs.focus import Change, Offer, Written
from dialogs.ideas.board import Idea
from dialogs.message import number_in, text_of
from dialogs.replies import Reply
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AnswerChanged
from dialogs.replies.receipts import Offered, Receipts
from dialogs.turn import Effects
from dialogs.undo import OWN_NUMBER, UNDO_DEPTH, shows, take_back
from knowledge.typed_answers.word_parser import fold


def undo(context: Context, effects: Effects, command: Command) -> Effects:
    """Takes back the sender's last message that wrote something; of named ideas, what it changed about these."""
    conversation, thing = effects.conversation, _thing(context, command)
    last, changes = _last(context, conversation, command)
    if last is None and thing:
        return effects.refused(Notice("undo_not_found", {"count": str(UNDO_DEPTH)}))
    if last is not None and not any(shows(conversation, change) for change in last.changes):
        return effects.wrote(command, conversation.without_written(last), Notice("only_repeated"))
    if last is None:
        return effects.refused(Notice("nothing_to_undo"))
    if len(context.line) > 1 and not command.ideas and last.revision != conversation.revision:
        return effects  # beside another wish only what was written just now is meant, unless ideas are named
    back = take_back(conversation, changes, context.message.at)
    rest = tuple(change for change in last.changes if change not in changes)
    after = back.conversation.without_written(last, rest)
    again = {f"answer:{c.question}" if c.command is Kind.SET else c.command for c in context.line}
    shown = [change for change in back.done if change.part not in again]  # else its receipt follows
    told = [receipt for change in shown for receipt in _told(context, conversation, after, change)]
    if back.kept:
        told.append(Notice("changed_since"))
    return effects.wrote(command, after, *([Notice("taken_back")] if shown else []), *told)


def undo_offer(context: Context, conversation: Conversation, command: Command) -> Offer:
    """A button that takes back what the text says, since a press has none; it names what is all of one kind."""
    does, catalogue = (command.replace(value=_thing(context, command)),), context.advisor.catalogue
    _, changes = _last(context, conversation, command)
    parts = list({change.part for change in changes})
    if len(parts) != 1:
        return Offer(catalogue.offer_labels[command.name], does)
    titles = {idea.number: idea.label for idea in board_of(conversation).ideas}
    names = "; ".join(titles.get(change.idea, conversation.title) for change in changes)
    question = context.advisor.pack.question_of.get(parts[0].removeprefix("answer:"))
    part = catalogue.undoing.get(parts[0], catalogue.undoing["change"]) if question is None else question.name
    return Offer(catalogue.text("offer_undo", part=part.replace("{idea}", names)), does)


def _last(context: Context, conversation: Conversation, command: Command) -> tuple[Written | None, tuple[Change, ...]]:
    """The sender's last message that changed what is meant, and its changes that are."""
    by = conversation.author(context.message.sender.id)
    about, thing = _numbers(context, conversation, command.ideas), _thing(context, command)
    parts = thing not in ("", What.MERGE, What.COPY)

    def meant(change: Change) -> bool:
        return about(change) and (not parts or change.part == thing)

    written = (one for one in reversed(conversation.written) if one.by == by)
    if thing and not parts:
        written = (one for one in written if any(done.what == thing for done in one.commands))
    return next(((one, some) for one in written if (some := tuple(filter(meant, one.changes)))), (None, ()))


def left_alone(context: Context, effects: Effects, command: Command) -> Effects:
    """Where a yes, a no or a stop has nothing to act on: what the sender's message before removed, or else changed, on
    the list, with a button that takes it back; else that all stays.
    """
    conversation, text = effects.conversation, context.advisor.catalogue.text
    by, last = conversation.author(context.message.sender.id), next(reversed(conversation.written), None)
    just = last is not None and (last.revision, last.by) == (context.start.revision, by) and not effects.offers
    changes = last.changes if last is not None and just else ()
    gone = [Idea.model_validate_json(change.old) for change in changes if change.part == "removed"]
    changed = {change.idea for change in changes if change.part in ("added", "title", "status")}
    about = gone or [idea for idea in board_of(conversation).shown if idea.number in changed]
    if not about:
        agrees = command.command is Kind.CONFIRM
        return effects.courteous(command, Notice("nothing_to_confirm" if agrees else "left_as_it_was"))
    ideas = "; ".join(idea.label for idea in about)
    offer = Offer(text("offer_back" if gone else "offer_change_back", ideas=ideas), (Command(Kind.GO, What.UNDO),))
    told = Notice("still_removed" if gone else "still_changed", {"ideas": ideas})
    return effects.told(command, Offered(told, (offer.label,)))._replace(offers=(offer,))


def _thing(context: Context, command: Command) -> str:
    """What undo is to be of, by a word that follows it closely; "" for the last change."""
    catalogue, words = context.advisor.catalogue, fold(command.value or text_of(context.message))
    verbs = [at for at, word in enumerate(words) if word in catalogue.phrases["undo_verbs"]]
    near = words if command.value else words[verbs[-1] + 1 : verbs[-1] + 4] if verbs else ()
    return next((thing for thing, known in catalogue.undone.items() if not {*near}.isdisjoint((thing, *known))), "")


def _numbers(context: Context, conversation: Conversation, names: tuple[str, ...]) -> Callable[[Change], bool]:
    """Whether a change is about one of these ideas, which may have been removed; about any where none is named."""
    found = resolve(context, conversation, names).found
    numbers = {*map(number_in, names), *(OWN_NUMBER if target.idea is None else target.idea.number for target in found)}
    return lambda change: not names or (change.idea or conversation.own) in numbers or change.idea in numbers


def _told(context: Context, before: Conversation, after: Conversation, change: Change) -> tuple[Reply, ...]:
    """What taking back one change comes to."""
    idea = next((idea for idea in board_of(before).ideas if idea.number == change.idea), None)
    again = board_of(after).find(change.idea)
    known = again or idea
    named = "" if known is None else known.label
    match change.part:
        case "begun":
            kept = Notice("idea_again", {"title": after.title}) if after.title or after.answers else Notice("idea_gone")
            return (kept,)
        case "added":
            return (Notice("gone_again", {"ideas": named}),)
        case "removed":
            return (Notice("idea_again", {"title": named}),)
        case "title":
            return (Notice("title_again", {"title": change.old or named or after.title}),)
        case "status":
            return (Receipts((Notice("status_gone"),), named),)
        case "note":
            return (Receipts((Notice("note_gone" if change.new else "note_again"),), named),)
        case part:
            question = context.advisor.pack.question_of.get(part.removeprefix("answer:"))
            option = after.chosen if change.idea == OWN_NUMBER else (again.chosen if again is not None else {})
            if question is None:
                return ()
            return (AnswerChanged(question, option.get(question.id, ""), None, named),)
