"""Intents of texts that answer nothing but do something: they ask back, thank, want to see the result, complain."""

from dialogs.advisor import Advisor
from dialogs.intents import (
    Ambiguous,
    Clarification,
    GivenAnswer,
    Intent,
    LikelyAnswer,
    ProgressQuestion,
    ProgressTopic,
    ResultQuestion,
    ResultTopic,
    SmallTalk,
    Thanks,
    TypedCommand,
)
from dialogs.message import Action, Verb
from knowledge.certainty_thresholds import ACT_WITH_EFFECT, LIKELY_ACT, SURE_ACT
from knowledge.pack import UNSURE, Question
from knowledge.typed_answers.act_weights import likeliest_act
from knowledge.typed_answers.dialogue_acts import DialogueAct
from knowledge.typed_answers.word_parser import parse_answer

_SHOWING = frozenset({DialogueAct.SHOW, DialogueAct.SHORT, DialogueAct.SHARE})
"""What shows a result, perhaps instead of further questions."""


def act_beside(
    advisor: Advisor, question: Question | None, text: str, *, result: bool, sure: bool = False
) -> Intent | None:
    """The intent of the act that a text most likely is, if it has one here; `question` is the open one, `result`:
    one is shown. `sure`: only what is surely that act, since the text may be something else.
    """
    found = advisor.knowledge.dialogue_acts.acts(text, None if question is None else question.id)
    act = likeliest_act(found, DialogueAct.OTHER)
    least = ACT_WITH_EFFECT if act in _SHOWING else LIKELY_ACT
    if found[act] < (SURE_ACT if sure else least):
        return None
    return _at_question(act, question) if question is not None else _without_question(act, result=result)


def act_instead(advisor: Advisor, question: Question, text: str, said: Intent | None) -> Intent | None:
    """What a text does if `said`, all else that it may be, is no answer, or only sounds like one."""
    match said:
        case None | Ambiguous():
            pass
        case LikelyAnswer(option=option) | GivenAnswer(option=option) if option == UNSURE:
            pass
        case LikelyAnswer(asked) if asked == question.id and not parse_answer(question, text).plain:
            pass
        case _:
            return None
    return act_beside(advisor, question, text, result=False)


def _at_question(act: DialogueAct, question: Question) -> Intent | None:
    match act:
        case DialogueAct.CLARIFY:
            return Clarification(question)
        case DialogueAct.SHOW:
            return TypedCommand(Action(Verb.SHOW))
        case DialogueAct.SHORT:
            return ProgressQuestion(ProgressTopic.STANDING)
        case DialogueAct.SHARE:
            return SmallTalk("no_result_yet")
        case DialogueAct.LEFT:
            return ProgressQuestion(ProgressTopic.LEFT)
        case _:
            return _anywhere(act)


def _without_question(act: DialogueAct, *, result: bool) -> Intent | None:
    match act:
        case DialogueAct.SHOW | DialogueAct.SHORT if result:
            return ProgressQuestion(ProgressTopic.STANDING)
        case DialogueAct.SHARE if result:
            return ResultQuestion(ResultTopic.SUMMARY)
        case _:
            return _anywhere(act)


def _anywhere(act: DialogueAct) -> Intent | None:
    match act:
        case DialogueAct.THANKS:
            return Thanks()
        case DialogueAct.BYE:
            return SmallTalk("goodbye")
        case DialogueAct.ADVISOR:
            return SmallTalk("made_by")
        case DialogueAct.COMPLAIN:
            return SmallTalk("complained")
        case _:
            return None
