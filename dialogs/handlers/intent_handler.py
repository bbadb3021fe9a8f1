"""What each intent does: it goes to a flow or a look-up."""

from dialogs.advisor import Advisor
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT, Conversation, Proposal
from dialogs.executor.executor import execute, propose
from dialogs.flows import lookups
from dialogs.flows.base import Flow
from dialogs.flows.board_requests import not_understood
from dialogs.handlers.intent_commands import commands_of, said_beside, sets_of
from dialogs.handlers.press_handler import LOOKUPS, look_up, refuse_other_person, told_as
from dialogs.intents import (
    AboutIdeas,
    Acknowledgement,
    AdviceRequest,
    Ambiguous,
    BoardRequest,
    Correction,
    GivenAnswer,
    Intent,
    LessonChoice,
    LessonExplanation,
    LessonReview,
    LikelyAnswer,
    ListChange,
    MoreOfNew,
    NotNew,
    ProgressQuestion,
    SmallTalk,
    SubjectQuestion,
    TriageRequest,
    TypedCommand,
    Unknown,
    VerdictQuestion,
)
from dialogs.message import Action, Message, Verb, text_of
from dialogs.replies import Reply
from dialogs.replies.lessons import LessonsToChoose
from dialogs.replies.notices import Notice
from dialogs.replies.questions import AmbiguousAnswer, UnmatchedAnswer
from dialogs.replies.results import VerdictMeaning
from dialogs.turn import Turn
from knowledge.typed_answers.word_parser import fold

_FEW_WORDS = 6
"""A statement of at most this many words may ask something: "cost of tuning"."""


def on_intent(advisor: Advisor, conversation: Conversation, message: Message, text: str, intent: Intent) -> Turn:
    commands = commands_of(advisor, conversation, intent)
    if commands is not None:
        return execute(advisor, conversation, message, commands)
    match intent:
        case TypedCommand(action):
            return told_as(action, _on_command(advisor, conversation, message, action))
        case AdviceRequest(idea, listed=listed, match=match, announced=announced):
            turn = _advise(advisor, conversation, message, idea, announced=announced)
            if match is not None:
                turn = turn._replace(below=(lookups.nearest(advisor, message, match),))
            return turn._replace(card=(Notice("one_idea"), *turn.card)) if listed else turn
        case TriageRequest(left_out=left_out):
            turn = _triage(advisor, conversation, message, intent)
            lead = (Notice("lines_left_out", {"lines": " · ".join(left_out)}),) if left_out else ()
            return turn._replace(card=(*lead, *turn.card)) if turn.card else turn
        case ListChange():
            return advisor.flows.intake.change(conversation, message, intent)
        case BoardRequest(AboutIdeas() as about) if (read := advisor.flows.board.read(conversation, about))[0]:
            turn = execute(advisor, conversation, message, sets_of(read[0]))
            return turn._replace(below=(not_understood(read[1]), *turn.below))
        case BoardRequest(command):
            return advisor.flows.board.request(conversation, message, command)
        case SubjectQuestion(match, brief):
            return lookups.answer_question(advisor, conversation, message, match, brief=brief)
        case NotNew(said):
            going_on = conversation.replace(pending=None)
            then = said if said is not None else TypedCommand(Action(Verb.START))
            return on_intent(advisor, going_on, message, text, then)
        case MoreOfNew(more):
            waiting = conversation.replace(pending_more=more[:IDEA_LIMIT])
            return Turn(waiting, advisor.flows.questions.replay(waiting, message.at))
        case SmallTalk("goodbye"):
            return advisor.flows.current(conversation).part(conversation, Notice("goodbye"))
        case SmallTalk("sources"):
            return lookups.digress(advisor, conversation, message, lookups.sources(advisor.pack))
        case SmallTalk(remark):
            return lookups.digress(advisor, conversation, message, Notice(remark))
        case ProgressQuestion():
            told = advisor.flows.current(conversation).progress(conversation, message.at, intent)
            return lookups.digress(advisor, conversation, message, told or Notice("nothing_open"))
        case LessonChoice(numbers):
            choice = LessonsToChoose(tuple((number, advisor.pack.lessons[number - 1]) for number in numbers))
            return lookups.digress(advisor, conversation, message, choice)
        case LessonReview(last):
            flow = advisor.flows.current(conversation)
            refusal = refuse_other_person(flow, conversation, message)
            return refusal or flow.review(conversation, message, last)
        case VerdictQuestion(verdict):
            return lookups.digress(advisor, conversation, message, VerdictMeaning(verdict))
        case LessonExplanation():
            flow = advisor.flows.current(conversation)
            return refuse_other_person(flow, conversation, message) or flow.explain(conversation, message)
        case LikelyAnswer(question_id, option):
            proposal = Proposal(question_id, option, evidence=text_of(message)[:EVIDENCE_LIMIT])
            return propose(advisor, conversation, message, said_beside(conversation, intent), proposal)
        case Acknowledgement() | GivenAnswer() | Ambiguous() | Correction() | Unknown():
            return _on_answer(advisor, conversation, message, intent, text)
        case _:
            raise ValueError(f"{type(intent).__name__} is done by commands")


def _on_answer(
    advisor: Advisor,
    conversation: Conversation,
    message: Message,
    intent: Acknowledgement | GivenAnswer | Ambiguous | Correction | Unknown,
    text: str,
) -> Turn:
    """An answer to the open prompt, or what may be one, goes to the active flow."""
    flow = advisor.flows.current(conversation)
    refusal = refuse_other_person(flow, conversation, message)
    if refusal is not None:
        return refusal
    prompt = flow.prompt(conversation)
    match intent:
        case GivenAnswer(option, _, others):
            return flow.answer(conversation, message, option, others)
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
            return lookups.ask_for_idea(advisor, conversation, message, match, short=len(fold(text)) <= _FEW_WORDS)
        case Acknowledgement() if flow is advisor.flows.questions and flow.under_way(conversation):
            return Turn(conversation, below=(Notice("all_right"),))
        case Acknowledgement() | Ambiguous():
            return Turn(conversation, below=(Notice("noted_so_far"),))


def _reprompt(flow: Flow, conversation: Conversation, message: Message, *lead: Reply) -> Turn:
    card = flow.reprompt(conversation, message.at, digressed=False)
    return Turn(conversation, (*lead, *card))


def _advise(
    advisor: Advisor, conversation: Conversation, message: Message, idea: str, *, announced: bool = False
) -> Turn:
    questions = advisor.flows.questions
    active = questions.activate(conversation)
    return questions.start(active, message, idea) if announced else questions.advise(active, message, idea)


def _triage(advisor: Advisor, conversation: Conversation, message: Message, request: TriageRequest) -> Turn:
    """One idea gets advice, several are ranked. Without any, they are awaited one at a time."""
    intake = advisor.flows.intake
    awaited = conversation.flow == intake.name and intake.under_way(conversation)
    match request.given:
        case () if awaited and not request.header:
            return _reprompt(intake, conversation, message)
        case ():
            return intake.begin(conversation, message, request.header)
        case given if awaited:
            return intake.add(conversation, message, given, request.header)
        case (idea,) if not idea.answers:
            return _advise(advisor, conversation, message, idea.text)
        case given:
            return advisor.flows.board.take(conversation, message, given)


def _on_command(advisor: Advisor, conversation: Conversation, message: Message, action: Action) -> Turn:
    """A typed command. If it has nothing to act on, the reply says so."""
    if action.verb in LOOKUPS:
        return look_up(advisor, conversation, message, action)
    flow = advisor.flows.flow_for(conversation, action.verb)
    behind = advisor.flows.waiting(conversation)
    if action.verb is Verb.CONTINUE and behind is not None and not flow.accepts(conversation, action.verb):
        resumed = behind.activate(conversation)
        return Turn(resumed, behind.replay(resumed, message.at))
    refusal = refuse_other_person(flow, conversation, message)
    if refusal is not None:
        return refusal
    objection = flow.objection(conversation, action)
    if objection is not None:
        return lookups.digress(advisor, conversation, message, Notice(objection))
    return flow.act(flow.activate(conversation), message, action)
