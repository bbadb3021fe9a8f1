"""One turn: conversation and message in, new conversation and replies out. Pure."""

from dialogs.addressee import with_sender
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import ANSWERED, REMEMBERED_IDS, Conversation, hashed, migrate
from dialogs.executor.executor import execute
from dialogs.handlers.press_handler import on_press
from dialogs.handlers.text_handler import on_text
from dialogs.limits import bounded
from dialogs.message import Message, Press, Typed
from dialogs.replies.notices import Notice
from dialogs.turn import Turn
from dialogs.undo import written_since


def respond(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """What a message changes, and the replies to it.

    A message that was seen before changes nothing, nor does a stale press; text that people write to each other gets no
    reply.
    """
    ids = tuple(map(hashed, message.ids))
    if not set(ids).isdisjoint(conversation.seen):  # platforms resend what is not acknowledged in time
        return Turn(conversation, duplicate=True)
    current, asks_again = migrate(advisor.pack, conversation)
    match message.content:
        case Press() as press:
            turn = on_press(advisor, current, message, press.action, press.revision)
        case Typed(_, ideas, problems) if ideas or problems:
            listed = "\n".join(" ".join(idea.text.split()) for idea in ideas)
            turn = execute(advisor, current, message, (Command(Kind.IDEAS, value=listed),))
        case Typed(commands=commands) if commands is not None:
            turn = execute(advisor, with_sender(current, message), message, commands)
        case Typed(text):
            turn = on_text(advisor, current, message, bounded(text))
    return _finish(advisor, conversation, current, message, turn, ids, asks_again)


def _finish(
    advisor: Advisor,
    before: Conversation,
    current: Conversation,
    message: Message,
    turn: Turn,
    ids: tuple[str, ...],
    asks_again: bool,
) -> Turn:
    """Raises the revision, remembers the message, says what waits and what a new pack means for the answers.

    `current` is the conversation before the message on this version of the pack.
    """
    if not turn.shows_something and turn.conversation == before:
        return turn._replace(conversation=before)
    after = _without_old_marks(advisor, before, _without_old_focus(before, turn.conversation))
    revision = before.revision + 1
    undo, writers = written_since(before, after, message, turn.did)
    moved = _position(advisor, current) != _position(advisor, after)
    after = after.replace(
        revision=revision,
        opened=revision if moved else after.opened,
        seen=(*after.seen, *ids)[-REMEMBERED_IDS:],
        shown=turn.shown if turn.card else after.shown,
        last=turn.did[-1].name if turn.did else "",
        undo=undo,
        writers=writers,
    )
    left = advisor.flows.current(before)
    waits = before.flow != after.flow and left.prompt(after) is not None
    card = (Notice(left.waiting_remark), *turn.card) if waits else turn.card
    aside = turn.aside
    if asks_again and not card and isinstance(message.content, Press):
        # The card that was pressed asks what is not open any more, and no other card shows what is.
        card = advisor.flows.replay(after, message.at)
        aside = tuple(reply for reply in aside if reply != Notice("outdated"))
    if asks_again and card:
        card = (Notice("pack_changed"), *card)
    return turn._replace(conversation=after, card=card, aside=aside, apart=_apart(advisor, current, after, message))


def _without_old_marks(advisor: Advisor, before: Conversation, after: Conversation) -> Conversation:
    """Resets `missed` unless this message raised it. Drops an earlier proposal unless its question is open."""
    if after.missed and after.missed == before.missed:
        after = after.replace(missed=0)
    offered = after.confirm
    if offered is None or offered is not before.confirm:
        return after
    prompt = advisor.flows.questions.prompt(after)
    return after if prompt is not None and prompt.id == offered.question else after.replace(confirm=None)


def _without_old_focus(before: Conversation, after: Conversation) -> Conversation:
    """Forgets what was offered, answered and explained, unless this message did so: it holds for the next turn only."""
    if (after.offered or after.answered) and after.offered is before.offered and after.answered is before.answered:
        after = after.replace(offered=(), answered=())
    focus = after.focus
    if focus.offers and focus.offers is before.focus.offers:
        focus = focus.replace(offers=(), by="")
    if focus.explained and focus.explained is before.focus.explained:
        focus = focus.replace(explained=frozenset(mark for mark in focus.explained if "=" in mark))
    return after if focus is after.focus else after.replace(focus=focus)


def _position(advisor: Advisor, conversation: Conversation) -> tuple[object, ...]:
    prompt, listing = advisor.flows.open_prompt(conversation), conversation.listing
    listed = () if listing is None else listing.position
    return conversation.flow, conversation.started, prompt and prompt.id, listed


def _apart(advisor: Advisor, before: Conversation, after: Conversation, message: Message) -> bool:
    """Whether a press leaves a card that is worth keeping: a result that another flow follows, or an answer."""
    if not isinstance(message.content, Press):
        return False
    flow = advisor.flows.current(before)
    if not flow.under_way(before):
        return ANSWERED in before.shown
    if before.flow == after.flow:
        return False
    return flow.prompt(before) is None
