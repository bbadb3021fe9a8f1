"""One turn: conversation and message in, new conversation and replies out. Pure."""

from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.conversation import REMEMBERED_IDS, Conversation, How, hashed, on_pack
from dialogs.flows import backlog, lookups, question_steps
from dialogs.flows.base import Flow
from dialogs.flows.registry import ADVISING, current_flow, flow_for, open_prompt, shown, switch_to, waiting
from dialogs.intent_parser import parse_intent
from dialogs.intents import (
    Acknowledgement,
    AdviceRequest,
    Ambiguous,
    Answering,
    Command,
    Correction,
    Hello,
    Intent,
    SubjectQuestion,
    Thanks,
    Triage,
    Unknown,
)
from dialogs.message import Action, Message, Press, Typed, Verb
from dialogs.replies import Between, CannotTake, Notice, Reply
from dialogs.turn import Step, Turn
from knowledge.interfaces import Decision


def respond(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """What a message changes and what is said for it.

    A message whose id was seen before changes nothing, and neither does a late press; text that people write to each
    other gets no reply.
    """
    if any(conversation.has_seen(name) for name in message.names):
        return Turn(conversation, duplicate=True)
    current, asks_again = on_pack(advisor.pack, conversation)
    match message.content:
        case Press(action, revision):
            step = _pressed(advisor, current, message, action, revision)
        case Typed(text):
            step = _typed(advisor, current, message, text)
    return _closed(advisor, conversation, message, step, asks_again)


def _closed(advisor: Advisor, before: Conversation, message: Message, step: Step, asks_again: bool) -> Turn:
    """Counts the revision, remembers the message, says what waits and what a new pack means for the answers."""
    if not step.card and not step.below and step.conversation == before:
        return Turn(before, aside=step.aside, confidential=step.confidential)
    after = step.conversation
    revision = before.revision + 1
    moved = _position(advisor, before) != _position(advisor, after)
    after = after.having(
        revision=revision,
        opened=revision if moved else after.opened,
        seen=(*after.seen, *map(hashed, message.names))[-REMEMBERED_IDS:],
        shown=step.shown if step.card else after.shown,
    )
    card = (*_left(advisor, before, after), *step.card)
    aside = step.aside
    if asks_again and not card and isinstance(message.content, Press):
        # The card that was pressed asks what is not open any more, and no other card shows what is.
        card, aside = shown(advisor, after, message.at), tuple(said for said in aside if said != Notice("outdated"))
    if asks_again and card:
        card = (Notice("pack_changed"), *card)
    return Turn(after, card, step.below, aside, step.confidential, _apart(advisor, before, after, message))


def _position(advisor: Advisor, conversation: Conversation) -> tuple[object, ...]:
    moved = on_pack(advisor.pack, conversation)[0]
    prompt = open_prompt(advisor, moved)
    return moved.flow, moved.started, prompt and prompt.id, moved.pending is not None


def _left(advisor: Advisor, before: Conversation, after: Conversation) -> tuple[Reply, ...]:
    """What is said of a flow that another one took the place of, while a question of it is open."""
    flow = current_flow(advisor, before)
    if before.flow == after.flow or flow.prompt(advisor, after) is None:
        return ()
    return (Notice(flow.waits),)


def _apart(advisor: Advisor, before: Conversation, after: Conversation, message: Message) -> bool:
    """Whether a press leads from a result to another flow: the result stays to be read."""
    if before.flow == after.flow or not isinstance(message.content, Press):
        return False
    flow = current_flow(advisor, before)
    return flow.under_way(before) and flow.prompt(advisor, on_pack(advisor.pack, before)[0]) is None


_TIMELESS = frozenset({Verb.PASSAGE, Verb.COMPARE, Verb.HELP})
"""Buttons beside all flows, which mean the same whenever they are pressed."""


def _pressed(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Step:
    if action.verb in _TIMELESS:
        return _beside(advisor, conversation, message, action)
    flow = flow_for(advisor, conversation, action.verb)
    others = _of_another(flow, conversation, message)
    if others is not None:
        return others
    on_time = action.verb in flow.timeless or (
        flow is current_flow(advisor, conversation) and (revision is None or revision >= conversation.opened)
    )
    if not on_time or flow.objection(advisor, conversation, action) is not None:
        return flow.late(advisor, conversation, message, action)
    return flow.act(advisor, switch_to(conversation, flow), message, action)


def _beside(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
    """What can be looked up in any flow. A passage that is not there (any more) changes nothing."""
    match action:
        case Action(Verb.PASSAGE, (passage_id,)) if any(p.id == passage_id for p in advisor.pack.passages):
            return lookups.tell(advisor, conversation, message, passage_id)
        case Action(Verb.PASSAGE):
            return Step(conversation, aside=(Notice("outdated"),))
        case Action(Verb.COMPARE):
            return lookups.compare(advisor, conversation, message)
        case _:
            return lookups.greet(advisor, conversation, message)


def _of_another(flow: Flow, conversation: Conversation, message: Message) -> Step | None:
    """What somebody is told about what only another person may answer."""
    owner = flow.owner(conversation)
    if owner is None or owner.id == message.sender.id:
        return None
    return Step(conversation, aside=(Notice("belongs_to", {"person": owner}),))


def _typed(advisor: Advisor, conversation: Conversation, message: Message, text: str) -> Step:
    if not message.addressed and not conversation.revision:
        return Step(conversation)
    heard = parse_intent(advisor, conversation, text)
    listening = conversation.having(people=_people(conversation, message))
    if not message.addressed and not _meant_for_us(advisor, listening, message, heard):
        return Step(listening)
    return _heard(advisor, listening, message, text, heard)


def _people(conversation: Conversation, message: Message) -> tuple[str, ...]:
    if message.sender.id in conversation.people:
        return conversation.people
    return (*conversation.people, message.sender.id)[:2]


def _meant_for_us(advisor: Advisor, conversation: Conversation, message: Message, heard: Intent) -> bool:
    """Whether text without a mention is for the advisor rather than for the other people in the thread."""
    if _of_another(current_flow(advisor, conversation), conversation, message) is not None:
        return False
    if len(conversation.people) > 1:
        return isinstance(heard, Answering) and heard.plain
    if open_prompt(advisor, conversation) is not None:
        return True
    match heard:
        case Unknown() | Thanks() | Hello() | Acknowledgement():
            return False
        case SubjectQuestion(match):
            return match.decision is not Decision.UNKNOWN
        case _:
            return True


def _heard(advisor: Advisor, conversation: Conversation, message: Message, text: str, heard: Intent) -> Step:
    match heard:
        case Command(action):
            return _commanded(advisor, conversation, message, action)
        case Hello():
            return lookups.greet(advisor, conversation, message, hello=True)
        case Thanks():
            return lookups.thanked(advisor, conversation, message)
        case AdviceRequest(listed=listed):
            taken = _take_up(advisor, conversation, message, text)
            return replace(taken, card=(Notice("one_idea"), *taken.card)) if listed else taken
        case Triage(lines):
            return _triage(advisor, conversation, message, lines)
        case SubjectQuestion(match):
            return lookups.matched(advisor, conversation, message, match)
        case Acknowledgement() | Answering() | Ambiguous() | Correction() | Unknown():
            return _replied(advisor, conversation, message, heard)


def _replied(
    advisor: Advisor,
    conversation: Conversation,
    message: Message,
    heard: Acknowledgement | Answering | Ambiguous | Correction | Unknown,
) -> Step:
    """What is said to the flow in the foreground."""
    flow = current_flow(advisor, conversation)
    others = _of_another(flow, conversation, message)
    if others is not None:
        return others
    prompt = flow.prompt(advisor, conversation)
    match heard:
        case Answering(option, _, others_read):
            return flow.answer(advisor, conversation, message, option, How.TYPED, others_read)
        case Correction(readings):
            return flow.correct(advisor, conversation, message, readings)
        case Ambiguous(options) if prompt is not None:
            return _once_more(advisor, conversation, message, Between(prompt, options))
        case Unknown() if prompt is not None:
            return _once_more(advisor, conversation, message, CannotTake(prompt))
        case Acknowledgement() if prompt is not None:
            return _once_more(advisor, conversation, message)
        case Unknown(match):
            return lookups.matched(advisor, conversation, message, match)
        case Acknowledgement() | Ambiguous():
            return Step(conversation)


def _once_more(advisor: Advisor, conversation: Conversation, message: Message, *lead: Reply) -> Step:
    flow = current_flow(advisor, conversation)
    return Step(conversation, (*lead, *flow.again(advisor, conversation, message.at, digressed=False)))


def _take_up(advisor: Advisor, conversation: Conversation, message: Message, idea: str) -> Step:
    return question_steps.take_up(advisor, switch_to(conversation, ADVISING), message, idea)


def _triage(advisor: Advisor, conversation: Conversation, message: Message, lines: tuple[str, ...]) -> Step:
    """One idea is taken up, several are ranked."""
    match lines:
        case ():
            return lookups.around(advisor, conversation, message, Notice("triage_empty"))
        case (idea,):
            return _take_up(advisor, conversation, message, idea)
        case _:
            return backlog.rank(advisor, conversation, message, lines)


def _commanded(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Step:
    """A typed command. One that has nothing to act on is told so."""
    if action.verb in _TIMELESS:
        return _beside(advisor, conversation, message, action)
    flow = flow_for(advisor, conversation, action.verb)
    behind = waiting(advisor, conversation)
    if action.verb is Verb.CONTINUE and behind is not None and not flow.takes(conversation, action.verb):
        return _back_to(advisor, conversation, message, behind)
    others = _of_another(flow, conversation, message)
    if others is not None:
        return others
    objection = flow.objection(advisor, conversation, action)
    if objection is not None:
        return lookups.around(advisor, conversation, message, Notice(objection))
    return flow.act(advisor, switch_to(conversation, flow), message, action)


def _back_to(advisor: Advisor, conversation: Conversation, message: Message, flow: Flow) -> Step:
    there = switch_to(conversation, flow)
    return Step(there, flow.replay(advisor, there, message.at))
