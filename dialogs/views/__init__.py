"""How each reply is laid out: exactly one layout for each kind, which every channel then shows in its own form."""

from collections.abc import Sequence
from typing import assert_never

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import Conversation
from dialogs.flows.registry import current_flow, shown
from dialogs.lesson_replies import Checked, Finished, Judged, Offer, Practise, Teach
from dialogs.replies import (
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
    Settled,
    Told,
    Understood,
    Why,
)
from dialogs.view import Element, View
from dialogs.views import backlog, lessons, passages, questions, recommendation, remarks


def lay_out(advisor: Advisor, replies: Sequence[Reply], revision: int) -> View:
    """The replies of one message, one below the other."""
    elements = tuple(element for reply in replies for element in elements_of(advisor.catalogue, reply))
    return View(elements, revision)


def current(advisor: Advisor, conversation: Conversation, at: int) -> View:
    """The live card as it stands."""
    return lay_out(advisor, shown(advisor, conversation, at), conversation.revision)


def settled(advisor: Advisor, before: Conversation, after: Conversation, at: int) -> View | None:
    """What the live card becomes when the next one is posted below it; None where it stays as it is.

    Nothing is left to press on it; what was read stays to be read.
    """
    replies = current_flow(advisor, before).settled(advisor, before, after, at)
    return lay_out(advisor, replies, after.revision).without_buttons() if replies else None


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
        case Settled():
            return questions.settled(catalogue, reply)
        case Teach():
            return lessons.teach(catalogue, reply)
        case Checked():
            return lessons.checked(catalogue, reply)
        case Offer():
            return lessons.offer(catalogue, reply)
        case Practise():
            return lessons.practise(catalogue, reply)
        case Judged():
            return lessons.judged(catalogue, reply)
        case Finished():
            return lessons.finished(catalogue, reply)
        case Notice():
            return remarks.notice(catalogue, reply)
        case _:
            assert_never(reply)
