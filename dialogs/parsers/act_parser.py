"""Intents of texts that answer nothing but do something: they ask back, thank, ask about the result, want to stop."""

from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.commands.command import OWN_NAME, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.intents import (
    ABOUT_RESULT,
    ANSWERS,
    GOODBYE,
    NO,
    THANKS,
    UNDO,
    YES,
    Ambiguous,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    ProgressTopic,
    Refusal,
    TriageRequest,
    progress,
    renaming,
    supposing,
)
from dialogs.message import Action, Verb
from dialogs.parsers.new_titles import new_title
from dialogs.parsers.phrases import contains
from dialogs.parsers.result_parser import supposed
from dialogs.parsers.small_talk import remarking
from knowledge.certainty_thresholds import ACT_WITH_EFFECT, LIKELY_ACT, SURE_ACT
from knowledge.pack import UNSURE, Question
from knowledge.typed_answers.act_weights import likeliest_act
from knowledge.typed_answers.dialogue_acts import DialogueAct
from knowledge.typed_answers.word_parser import fold, parse_answer

_WITH_EFFECT = frozenset(
    {
        DialogueAct.SHOW,
        DialogueAct.SHORT,
        DialogueAct.SHARE,
        DialogueAct.STOP,
        DialogueAct.BYE,
        DialogueAct.UNDO,
        DialogueAct.RENAME,
        DialogueAct.LIST,
        DialogueAct.LEARN,
        DialogueAct.YES,
        DialogueAct.NO,
    }
)
"""What does more than answer, and so has to be surer."""

_ALIKE = (
    frozenset({DialogueAct.STOP, DialogueAct.BYE}),
    frozenset({DialogueAct.SHOW, DialogueAct.SHORT, DialogueAct.SHARE}),
    frozenset({DialogueAct.WHERE, DialogueAct.RECORDED}),
    frozenset({DialogueAct.CLARIFY, DialogueAct.PURPOSE}),
    frozenset({DialogueAct.REASONS, DialogueAct.STRENGTH, DialogueAct.CASE}),
    frozenset({DialogueAct.BACK, DialogueAct.IDEAS}),
)
"""Acts whose replies serve each other: a text that is torn between them is surely one of them."""

_LEAVING = frozenset({DialogueAct.SHOW, DialogueAct.STOP, DialogueAct.UNDO, DialogueAct.LIST})
"""What leaves the open question or goes back before it."""

_TO_PROPOSAL = frozenset({DialogueAct.YES, DialogueAct.NO})

_RESULT_TOPICS = {
    DialogueAct.REASONS: "reasons",
    DialogueAct.PURPOSE: "reasons",
    DialogueAct.STRENGTH: "strength",
    DialogueAct.CHANGES: "changes",
    DialogueAct.STEPS: "steps",
    DialogueAct.SOURCE: "source",
    DialogueAct.CASE: "case",
    DialogueAct.SHARE: "summary",
}

_COMMANDS = {
    DialogueAct.STOP: Verb.CANCEL,
    DialogueAct.IDEAS: Verb.IDEAS,
    DialogueAct.BACK: Verb.IDEAS,
    DialogueAct.LEARN: Verb.LEARN,
}


class _Situation(NamedTuple):
    """Where somebody types: the open question, whether an answer to it is proposed, whether a result is shown."""

    advisor: Advisor
    conversation: Conversation
    text: str
    question: Question | None
    proposed: bool
    result: bool

    @classmethod
    def of(cls, advisor: Advisor, conversation: Conversation, text: str, question: Question | None) -> Self:
        proposal = conversation.confirm
        proposed = proposal is not None and question is not None and proposal.question == question.id
        return cls(advisor, conversation, text, question, proposed, question is None and conversation.started)

    def probabilities(self) -> dict[DialogueAct, float]:
        """Those of the acts that are possible here."""
        open_question = None if self.question is None else self.question.id
        found = self.advisor.knowledge.dialogue_acts.acts(self.text, open_question, proposed=self.proposed)
        impossible = frozenset() if self.proposed else _TO_PROPOSAL
        possible = {act: probability for act, probability in found.items() if act not in impossible}
        total = sum(possible.values())
        return {act: probability / total for act, probability in possible.items()}

    def likeliest(self) -> tuple[DialogueAct, float]:
        """The likeliest act but OTHER, and the probability of it and of those that are answered alike."""
        found = self.probabilities()
        act = likeliest_act(found, DialogueAct.OTHER)
        alike = next((acts for acts in _ALIKE if act in acts), frozenset({act}))
        return act, sum(found.get(each, 0.0) for each in alike)


def act_beside(
    advisor: Advisor, conversation: Conversation, question: Question | None, text: str, *, sure: bool = False
) -> Intent | None:
    """The intent of the act that a text most likely is, if it has one here; `question` is the open one. `sure`: only
    what is surely that act, since the text may be something else.
    """
    here = _Situation.of(advisor, conversation, text, question)
    act, probability = here.likeliest()
    least = ACT_WITH_EFFECT if act in _WITH_EFFECT else LIKELY_ACT
    return _intent(here, act) if probability >= (SURE_ACT if sure else least) else None


def act_instead(
    advisor: Advisor, conversation: Conversation, question: Question, text: str, said: Intent | None
) -> Intent | None:
    """What a text does if `said`, all else that it may be, is no answer, or only sounds like one. What would surely end
    or leave the question is no answer, whatever its words are: "ok enough just the result".
    """
    match said:
        case None | Ambiguous():
            return act_beside(advisor, conversation, question, text)
        case LikelyAnswer(option=option) | GivenAnswer(option=option) if option == UNSURE:
            return act_beside(advisor, conversation, question, text)
        case LikelyAnswer(asked) if asked == question.id and not parse_answer(question, text).plain:
            return act_beside(advisor, conversation, question, text)
        case GivenAnswer(plain=True):
            return None
        case _:
            here = _Situation.of(advisor, conversation, text, question)
            act, probability = here.likeliest()
            return _intent(here, act) if act in _LEAVING and probability >= SURE_ACT else None


def _intent(here: _Situation, act: DialogueAct) -> Intent | None:
    if act is DialogueAct.UNDO and here.conversation.started:
        return UNDO if here.conversation.written else Action(Verb.BACK)
    if here.question is not None:
        return _at_question(act, here.question) or _anywhere(here, act)
    return (_at_result(here, act) if here.result else None) or _anywhere(here, act)


def _at_question(act: DialogueAct, question: Question) -> Intent | None:
    match act:
        case DialogueAct.CLARIFY | DialogueAct.DETAILS:
            return (Command(Kind.EXPLAIN, What.OPTION, question=question.id),)
        case DialogueAct.PURPOSE:
            return Action(Verb.WHY)
        case DialogueAct.SHOW:
            return Action(Verb.SHOW)
        case DialogueAct.SHORT | DialogueAct.STEPS | DialogueAct.STRENGTH | DialogueAct.REASONS:
            return progress(ProgressTopic.STANDING)
        case DialogueAct.SHARE:
            return Refusal("no_result_yet")
        case DialogueAct.LEFT:
            return progress(ProgressTopic.LEFT)
        case DialogueAct.YES:
            return YES
        case DialogueAct.NO:
            return NO
        case _:
            return None


def _at_result(here: _Situation, act: DialogueAct) -> Intent | None:
    brief = contains(fold(here.text), here.advisor.catalogue.offers.brief)
    if act is DialogueAct.SHARE and brief:
        return progress(ProgressTopic.STANDING)
    if act in _RESULT_TOPICS:
        return ABOUT_RESULT[_RESULT_TOPICS[act]]
    match act:
        case DialogueAct.SHOW | DialogueAct.SHORT:
            return progress(ProgressTopic.STANDING)
        case DialogueAct.DETAILS:
            return Action(Verb.DETAILS)
        case DialogueAct.WHATIF:
            return supposing(supposed(here.advisor, here.conversation, here.text))
        case _:
            return None


def _talks_of_idea(here: _Situation) -> bool:
    """Whether the conversation's own idea is talked about, not a list or a lesson."""
    flows = here.advisor.flows
    return flows.current(here.conversation) is flows.questions


def _anywhere(here: _Situation, act: DialogueAct) -> Intent | None:
    if act is DialogueAct.SHARE and here.conversation.flow == here.advisor.flows.board.name:
        return Action(Verb.EXPORT)
    if act in _COMMANDS:
        return Action(_COMMANDS[act])
    match act:
        case DialogueAct.RECORDED | DialogueAct.WHERE:
            flow = here.advisor.flows.questions
            told = ProgressTopic.ANSWERS in flow.progress_topics(here.conversation)
            return ANSWERS if told else None
        case DialogueAct.RENAME if here.conversation.idea and _talks_of_idea(here):
            return renaming((OWN_NAME, new_title(here.advisor, here.text)))
        case DialogueAct.LIST:
            return TriageRequest(())
        case DialogueAct.THANKS:
            return THANKS
        case DialogueAct.BYE:
            return GOODBYE
        case DialogueAct.ADVISOR:
            return remarking("made_by")
        case DialogueAct.COMPLAIN:
            return remarking("complained")
        case _:
            return None
