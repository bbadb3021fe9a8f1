"""How each reply is laid out: exactly one layout for each kind, which every channel then shows in its own form."""

from collections.abc import Sequence
from typing import assert_never

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation, open_question
from dialogs.replay import recorded, replay
from dialogs.reply import (
    Already,
    Ask,
    Backlog,
    Between,
    CannotTake,
    Changed,
    Compared,
    DidYouMean,
    Greeting,
    NewOrContinue,
    NotCovered,
    Notice,
    Recommendation,
    Reply,
    Told,
    Understood,
    Why,
)
from dialogs.view import Element, Line, Note, View
from dialogs.views import backlog, passages, questions, recommendation, remarks
from knowledge.pack import Question


def lay_out(advisor: Advisor, replies: Sequence[Reply], revision: int) -> View:
    """The replies of one message, one below the other."""
    elements = tuple(element for reply in replies for element in elements_of(advisor.catalogue, reply))
    return View(elements, revision)


def current(advisor: Advisor, conversation: Conversation, at: int) -> View:
    """The live card as it stands."""
    return lay_out(advisor, replay(advisor, conversation, at), conversation.revision)


def settled(advisor: Advisor, before: Conversation, after: Conversation, at: int) -> View | None:
    """What the live card becomes when the next one is posted below it; None where it stays as it is.

    A question becomes a one-line record under whatever passage stood with it; a recommendation loses its buttons.
    """
    question = open_question(advisor.pack, before)
    if question is None:
        return current(advisor, before, at).without_buttons() if before.started else None
    told = tuple(Told(advisor.pack, advisor.pack.passage(p)) for p in before.shown if p in _passages(advisor))
    shown = lay_out(advisor, told, after.revision).elements
    return View((*shown, Note(_settled_line(advisor, before, after, question))), after.revision)


def _settled_line(advisor: Advisor, before: Conversation, after: Conversation, question: Question) -> Line:
    if before.pending is not None:
        return advisor.catalogue.line("settled_choice")
    if open_question(advisor.pack, after) == question:
        return advisor.catalogue.line("settled_again", name=question.name)
    if question.id in after.answers:
        return questions.record_line(advisor.catalogue, recorded(advisor.pack, after, question.id))
    return advisor.catalogue.line("settled_open", name=question.name)


def _passages(advisor: Advisor) -> frozenset[str]:
    return frozenset(passage.id for passage in advisor.pack.passages)


def elements_of(catalogue: Catalogue, reply: Reply) -> tuple[Element, ...]:
    """The layout of one reply."""
    match reply:
        case Greeting():
            return remarks.greeting(catalogue, reply)
        case Understood():
            return questions.understood(catalogue, reply)
        case Ask():
            return questions.ask(catalogue, reply)
        case Why():
            return questions.why(catalogue, reply)
        case Between():
            return questions.between(catalogue, reply)
        case CannotTake():
            return questions.cannot_take(catalogue, reply)
        case Changed():
            return questions.changed(catalogue, reply)
        case Already():
            return questions.already(catalogue, reply)
        case NewOrContinue():
            return questions.new_or_continue(catalogue, reply)
        case Recommendation():
            return recommendation.recommendation(catalogue, reply)
        case Told():
            return passages.told(catalogue, reply)
        case DidYouMean():
            return passages.did_you_mean(catalogue, reply)
        case NotCovered():
            return passages.not_covered(catalogue, reply)
        case Compared():
            return passages.compared(catalogue, reply)
        case Backlog():
            return backlog.backlog(catalogue, reply)
        case Notice():
            return remarks.notice(catalogue, reply)
        case _:
            assert_never(reply)
