"""One turn: conversation and message in, new conversation and replies out. Pure."""

from typing import TypeGuard

from dialogs.advisor import Advisor
from dialogs.conversation import ANSWERED, REMEMBERED_IDS, Conversation, hashed, migrate
from dialogs.flows import lookups
from dialogs.flows.base import Flow
from dialogs.intents import (
    Acknowledgement,
    AdviceRequest,
    Ambiguous,
    BoardRequest,
    Confirmation,
    Correction,
    GivenAnswer,
    Hello,
    Intent,
    LessonReview,
    LikelyAnswer,
    ProgressQuestion,
    Rejection,
    ResultQuestion,
    SmallTalk,
    SubjectQuestion,
    Thanks,
    TriageRequest,
    TypedCommand,
    Unknown,
    WhatIf,
)
from dialogs.message import Action, Message, Press, Typed, Verb
from dialogs.parsers.feedback_parser import rating_of
from dialogs.parsers.intent_parser import parse_intent
from dialogs.parsers.typed_answers import refers_back
from dialogs.parsers.utterances import question_beside, questions_in
from dialogs.replies import Reply
from dialogs.replies.notices import ConversationGone, Notice
from dialogs.replies.questions import AmbiguousAnswer, UnmatchedAnswer
from dialogs.turn import Turn
from knowledge.answer_parser import fold
from knowledge.interfaces import Decision


def respond(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """What a message changes, and the replies to it.

    A message whose id was seen before changes nothing, and neither does a stale press; text that people write to each
    other gets no reply.
    """
    if any(conversation.has_seen(name) for name in message.ids):
        return Turn(conversation, duplicate=True)
    current, asks_again = migrate(advisor.pack, conversation)
    match message.content:
        case Press(action, revision):
            turn = _on_press(advisor, current, message, action, revision)
        case Typed(_, ideas, problems) if ideas or problems:
            turn = advisor.flows.board.take_file(current, message, ideas, problems)
        case Typed(text):
            turn = _on_text(advisor, current, message, text)
    return _finish(advisor, conversation, message, turn, asks_again)


def _finish(advisor: Advisor, before: Conversation, message: Message, turn: Turn, asks_again: bool) -> Turn:
    """Counts the revision, remembers the message, says what waits and what a new pack means for the answers."""
    if not turn.shows_something and turn.conversation == before:
        return turn._replace(conversation=before)
    after = _noting_change(before, _without_old_marks(advisor, before, turn.conversation))
    revision = before.revision + 1
    moved = _position(advisor, before) != _position(advisor, after)
    after = after.replace(
        revision=revision,
        opened=revision if moved else after.opened,
        seen=(*after.seen, *map(hashed, message.ids))[-REMEMBERED_IDS:],
        shown=turn.shown if turn.card else after.shown,
    )
    card = (*_waiting_remark(advisor, before, after), *turn.card)
    aside = turn.aside
    if asks_again and not card and isinstance(message.content, Press):
        # The card that was pressed asks what is not open any more, and no other card shows what is.
        card = advisor.flows.replay(after, message.at)
        aside = tuple(reply for reply in aside if reply != Notice("outdated"))
    if asks_again and card:
        card = (Notice("pack_changed"), *card)
    return turn._replace(conversation=after, card=card, aside=aside, apart=_apart(advisor, before, after, message))


def _without_old_marks(advisor: Advisor, before: Conversation, after: Conversation) -> Conversation:
    """Misses count only in a row. A change that was offered beside the open question waits for one message."""
    if after.missed and after.missed == before.missed:
        after = after.replace(missed=0)
    offered = after.confirm
    if offered is None or offered is not before.confirm:
        return after
    prompt = advisor.flows.questions.prompt(after)
    return after if prompt is not None and prompt.id == offered.question else after.replace(confirm=None)


def _noting_change(before: Conversation, after: Conversation) -> Conversation:
    """With the options that this message replaced. They are kept until the next answer, or another idea."""
    had, has = before.chosen, after.chosen
    if had == has and before.begun == after.begun:
        return after
    same_idea = before.begun == after.begun
    replaced = {q: option for q, option in had.items() if q in has and has[q] != option} if same_idea else {}
    return after if after.changed == replaced else after.replace(changed=replaced)


def _position(advisor: Advisor, conversation: Conversation) -> tuple[object, ...]:
    migrated = migrate(advisor.pack, conversation)[0]
    prompt = advisor.flows.open_prompt(migrated)
    listed = () if migrated.listing is None else migrated.listing.position
    return migrated.flow, migrated.started, prompt and prompt.id, migrated.pending is not None, listed


def _waiting_remark(advisor: Advisor, before: Conversation, after: Conversation) -> tuple[Reply, ...]:
    """A remark on the flow that is no longer active, while a question of it is open."""
    flow = advisor.flows.current(before)
    if before.flow == after.flow or flow.prompt(after) is None:
        return ()
    return (Notice(flow.waiting_remark),)


def _apart(advisor: Advisor, before: Conversation, after: Conversation, message: Message) -> bool:
    """Whether a press leads away from what stays to be read: from a result to another flow, or from an answer."""
    if not isinstance(message.content, Press):
        return False
    flow = advisor.flows.current(before)
    if not flow.under_way(before):
        return ANSWERED in before.shown
    if before.flow == after.flow:
        return False
    return flow.prompt(migrate(advisor.pack, before)[0]) is None


_LOOKUPS = frozenset({Verb.PASSAGE, Verb.COMPARE, Verb.HELP})
"""Buttons that belong to no flow and mean the same whenever they are pressed."""


def _on_press(
    advisor: Advisor, conversation: Conversation, message: Message, action: Action, revision: int | None
) -> Turn:
    if action.verb in _LOOKUPS:
        return _look_up(advisor, conversation, message, action)
    if action.verb is Verb.FEEDBACK:
        return _take_feedback(advisor, conversation, message)
    flow = advisor.flows.flow_for(conversation, action.verb)
    if not conversation.revision and action.verb not in flow.never_stale:
        return Turn(conversation, aside=(ConversationGone(),))
    refusal = _refuse_other_person(flow, conversation, message)
    if refusal is not None:
        return refusal
    on_time = action.verb in flow.never_stale or (
        flow is advisor.flows.current(conversation) and (revision is None or revision >= conversation.opened)
    )
    if not on_time or flow.objection(conversation, action) is not None:
        return flow.stale_press(conversation, message, action)
    return flow.act(flow.activate(conversation), message, action)


def _take_feedback(advisor: Advisor, conversation: Conversation, message: Message) -> Turn:
    """Feedback changes no conversation; its sender alone is thanked."""
    rating = rating_of(advisor, conversation, message)
    if rating is None:
        return Turn(conversation, aside=(Notice("nothing_to_rate"),))
    return Turn(conversation, aside=(Notice("feedback_up" if rating.up else "feedback_down"),), rating=rating)


def _look_up(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Turn:
    """What can be looked up in any flow. A passage that is not there (any more) changes nothing."""
    match action:
        case Action(Verb.PASSAGE, (passage_id,)) if any(p.id == passage_id for p in advisor.pack.entries):
            return lookups.show_passage(advisor, conversation, message, passage_id)
        case Action(Verb.PASSAGE):
            return Turn(conversation, aside=(Notice("outdated"),))
        case Action(Verb.COMPARE):
            return lookups.compare(advisor, conversation, message)
        case _:
            return lookups.greet(advisor, conversation, message)


def _refuse_other_person(flow: Flow, conversation: Conversation, message: Message) -> Turn | None:
    """A word to the sender about what only another person may answer."""
    owner = flow.owner(conversation)
    if owner is None or owner.id == message.sender.id:
        return None
    return Turn(conversation, aside=(Notice("belongs_to", {"person": owner}),))


def _on_text(advisor: Advisor, conversation: Conversation, message: Message, text: str) -> Turn:
    if not message.addressed and not conversation.revision:
        return Turn(conversation)
    several = _utterances(advisor, conversation, text)
    intent = several[0][1] if several else parse_intent(advisor, conversation, text)
    people = _people(conversation, message)
    with_sender = conversation.replace(people=people, spoke=hashed(message.sender.id) if len(people) > 1 else "")
    if not message.addressed and _replies_to_another(advisor, conversation, with_sender, text):
        return Turn(with_sender)
    if not message.addressed and not _meant_for_us(advisor, with_sender, message, intent):
        return Turn(with_sender)
    if several:
        return _on_all(advisor, with_sender, message, several)
    return _on_intent(advisor, with_sender, message, text, intent)


def _utterances(advisor: Advisor, conversation: Conversation, text: str) -> tuple[tuple[str, Intent], ...]:
    """The parts of a text that answers and asks, or asks several things; none where one thing is said.

    In the order of the text; but a lesson goes on with its answer, so what is asked comes before that.
    """
    flow = advisor.flows.current(conversation)
    learning = not flow.accepts_descriptions
    if not learning and not (flow is advisor.flows.questions and conversation.started):
        return ()
    asked = tuple((part, parse_intent(advisor, conversation, part)) for part in questions_in(text))
    if asked and flow.prompt(conversation) is not None:
        tops = {intent.match.top[0] for _, intent in asked if _is_answered(intent)}
        return asked if len(tops) == len(asked) else ()
    parts = question_beside(text)
    if parts is None or _remarks(advisor, parts[1]):
        return ()
    first, second = ((part, parse_intent(advisor, conversation, part)) for part in parts)
    answer, question = (first, second) if parts[1].endswith("?") else (second, first)
    asks = isinstance(question[1], SubjectQuestion | ResultQuestion | SmallTalk)
    answers = isinstance(answer[1], GivenAnswer | LikelyAnswer | Correction | Confirmation | Rejection)
    if not (asks and answers):
        return ()
    return (question, answer) if learning else (first, second)


def _remarks(advisor: Advisor, text: str) -> bool:
    """Whether what follows a question is about that: "what is LoRA? it sounds so glamorous!"."""
    return refers_back(advisor, fold(text)) and not advisor.knowledge.reader.stated(text)


def _is_answered(intent: Intent) -> TypeGuard[SubjectQuestion]:
    return isinstance(intent, SubjectQuestion) and intent.match.decision is Decision.ANSWER


def _on_all(
    advisor: Advisor, conversation: Conversation, message: Message, parts: tuple[tuple[str, Intent], ...]
) -> Turn:
    """One after the other: what the first one shows on the card stays there unless the next shows another card."""
    turn = Turn(conversation)
    for text, intent in parts:
        then = _on_intent(advisor, turn.conversation, message, text, intent)
        shown = then if then.card else turn
        turn = then._replace(card=shown.card, shown=shown.shown, below=(*turn.below, *then.below))
    return turn


def _people(conversation: Conversation, message: Message) -> tuple[str, ...]:
    if message.sender.id in conversation.people:
        return conversation.people
    return (*conversation.people, message.sender.id)[:2]


def _replies_to_another(advisor: Advisor, before: Conversation, after: Conversation, text: str) -> bool:
    """Whether a bare yes, no or number follows another person's line, so that it may well be a reply to that."""
    if len(after.people) < 2 or before.spoke in ("", after.spoke):
        return False
    bare = " ".join(fold(text))
    phrases = advisor.catalogue.phrases
    return bare.isdecimal() or bare in phrases.confirm or bare in phrases.reject


def _meant_for_us(advisor: Advisor, conversation: Conversation, message: Message, intent: Intent) -> bool:
    """Whether text without a mention is for the advisor rather than for the other people in the thread."""
    if _refuse_other_person(advisor.flows.current(conversation), conversation, message) is not None:
        return False
    if len(conversation.people) > 1:
        return isinstance(intent, GivenAnswer) and intent.plain
    if advisor.flows.open_prompt(conversation) is not None:
        return True
    match intent:
        case Unknown() | Thanks() | Hello() | Acknowledgement() | SmallTalk():
            return False
        case SubjectQuestion(match):
            return match.decision is not Decision.UNKNOWN
        case _:
            return True


def _on_intent(advisor: Advisor, conversation: Conversation, message: Message, text: str, intent: Intent) -> Turn:
    match intent:
        case TypedCommand(action):
            return _on_command(advisor, conversation, message, action)
        case Hello():
            return lookups.greet(advisor, conversation, message, hello=True)
        case Thanks():
            return lookups.digress(advisor, conversation, message, Notice("you_are_welcome"))
        case AdviceRequest(idea, listed=listed, match=match):
            turn = _advise(advisor, conversation, message, idea)
            if match is not None:
                turn = turn._replace(below=(lookups.nearest(advisor, message, match),))
            return turn._replace(card=(Notice("one_idea"), *turn.card)) if listed else turn
        case TriageRequest(lines):
            return _triage(advisor, conversation, message, lines)
        case BoardRequest(command):
            return advisor.flows.board.request(conversation, message, command)
        case SubjectQuestion(match):
            return lookups.answer_question(advisor, conversation, message, match)
        case SmallTalk("known_about_you"):
            return lookups.digress(advisor, conversation, message, lookups.known_about(advisor, conversation, message))
        case SmallTalk(remark):
            return lookups.digress(advisor, conversation, message, Notice(remark))
        case ProgressQuestion():
            return _on_progress(advisor, conversation, message, intent)
        case LessonReview(last):
            flow = advisor.flows.current(conversation)
            refusal = _refuse_other_person(flow, conversation, message)
            return refusal or flow.review(conversation, message, last)
        case ResultQuestion() | WhatIf() | Confirmation() | Rejection() | LikelyAnswer():
            return _on_questions(advisor, conversation, message, intent)
        case Acknowledgement() | GivenAnswer() | Ambiguous() | Correction() | Unknown():
            return _on_answer(advisor, conversation, message, intent, text)


def _on_progress(advisor: Advisor, conversation: Conversation, message: Message, asked: ProgressQuestion) -> Turn:
    """Where somebody is, in the words of the active flow; what is open stays open."""
    told = advisor.flows.current(conversation).progress(conversation, message.at, asked)
    return lookups.digress(advisor, conversation, message, told or Notice("nothing_open"))


def _on_questions(
    advisor: Advisor,
    conversation: Conversation,
    message: Message,
    intent: ResultQuestion | WhatIf | Confirmation | Rejection | LikelyAnswer,
) -> Turn:
    """What only the framework's questions and their result have."""
    questions = advisor.flows.questions
    match intent:
        case ResultQuestion(topic):
            return questions.about_result(conversation, message, topic)
        case WhatIf(readings):
            return questions.suppose(conversation, message, readings)
        case Confirmation(left):
            return questions.confirm(conversation, message, left=left)
        case Rejection():
            return questions.reject(conversation, message)
        case LikelyAnswer(question_id, option, others):
            return questions.propose(conversation, message, question_id, option, others)


def _on_answer(
    advisor: Advisor,
    conversation: Conversation,
    message: Message,
    intent: Acknowledgement | GivenAnswer | Ambiguous | Correction | Unknown,
    text: str,
) -> Turn:
    """An answer to the open prompt, or what may be one, goes to the active flow."""
    flow = advisor.flows.current(conversation)
    refusal = _refuse_other_person(flow, conversation, message)
    if refusal is not None:
        return refusal
    prompt = flow.prompt(conversation)
    match intent:
        case GivenAnswer(option, _, others):
            return flow.answer(conversation, message, option, others)
        case Correction(readings, beside=True):
            return advisor.flows.questions.note(conversation, message, readings)
        case Correction(readings):
            return flow.correct(conversation, message, readings)
        case Ambiguous(options) if prompt is not None:
            return _reprompt(flow, conversation, message, AmbiguousAnswer(prompt, options))
        case Unknown() if prompt is not None:
            times = conversation.missed + 1
            missed = conversation.replace(missed=times)
            return _reprompt(
                flow, missed, message, UnmatchedAnswer(prompt, text, times, flow.takes_unsure(conversation))
            )
        case Acknowledgement() if prompt is not None:
            return _reprompt(flow, conversation.replace(shown=()), message)  # what was read is right
        case Unknown(match):
            return lookups.ask_for_idea(advisor, conversation, message, match)
        case Acknowledgement() if flow is advisor.flows.questions and flow.under_way(conversation):
            return Turn(conversation, below=(Notice("all_right"),))
        case Acknowledgement() | Ambiguous():
            return Turn(conversation)


def _reprompt(flow: Flow, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
    card = flow.reprompt(conversation, message.at, digressed=False)
    return Turn(conversation, (*lead, *card))


def _advise(advisor: Advisor, conversation: Conversation, message: Message, idea: str) -> Turn:
    questions = advisor.flows.questions
    return questions.advise(questions.activate(conversation), message, idea)


def _triage(advisor: Advisor, conversation: Conversation, message: Message, lines: tuple[str, ...]) -> Turn:
    """One idea gets advice, several are ranked. Without any they are awaited, one at a time."""
    intake = advisor.flows.intake
    awaited = conversation.flow == intake.name and intake.under_way(conversation)
    match lines:
        case () if awaited:
            return _reprompt(intake, conversation, message)
        case ():
            return intake.begin(conversation, message)
        case _ if awaited:
            return intake.add(conversation, message, lines)
        case (idea,):
            return _advise(advisor, conversation, message, idea)
        case _:
            return advisor.flows.board.triage(conversation, message, lines)


def _on_command(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Turn:
    """A typed command. Where it has nothing to act on, the reply says so."""
    if action.verb in _LOOKUPS:
        return _look_up(advisor, conversation, message, action)
    flow = advisor.flows.flow_for(conversation, action.verb)
    behind = advisor.flows.waiting(conversation)
    if action.verb is Verb.CONTINUE and behind is not None and not flow.accepts(conversation, action.verb):
        return _resume(behind, conversation, message)
    refusal = _refuse_other_person(flow, conversation, message)
    if refusal is not None:
        return refusal
    objection = flow.objection(conversation, action)
    if objection is not None:
        return lookups.digress(advisor, conversation, message, Notice(objection))
    return flow.act(flow.activate(conversation), message, action)


def _resume(flow: Flow, conversation: Conversation, message: Message) -> Turn:
    resumed = flow.activate(conversation)
    return Turn(resumed, flow.replay(resumed, message.at))
