"""Ideas, their rows, and what a view shows of them."""

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod
from dialogs.ideas.board import Idea, IdeaRow, Judge
from dialogs.replies import Reply
from dialogs.replies.ideas import (
    IdeaQuestion,
)
from dialogs.view import Button, Buttons, Choices, View
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


NO_DATA = {"data": "no"}


def idea(number: int = 1, answers: dict[str, str] | None = None, **changes: object) -> Idea:
    given = {
        question: Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON)
        for question, option in (answers or {}).items()
    }
    made = Idea(number=number, id=f"id{number}", title=f"Idea {number}", by="ana", at=NOON, answers=given)
    return made.replace(**{"text": made.title, **changes})


def row(advisor: Advisor, number: int = 1, answers: dict[str, str] | None = None, **changes: object) -> IdeaRow:
    return Judge(advisor.knowledge.judgements).row(idea(number, answers, **changes))


def view(advisor: Advisor, reply: Reply) -> View:
    return lay_out(advisor, (reply,), 1)


def text(advisor: Advisor, reply: Reply) -> str:
    return plain(view(advisor, reply))


def buttons(shown: View) -> list[Button]:
    return [button for e in shown.elements if isinstance(e, Buttons | Choices) for button in e.buttons]


def ids(shown: View) -> list[str]:
    return [button.action.id for button in buttons(shown)]


def question(advisor: Advisor, *numbers: int, left: int = 5, guided: bool = True) -> View:
    rows = tuple(row(advisor, number) for number in numbers)
    return view(advisor, IdeaQuestion(advisor.pack.question("data"), rows, left, guided))
