"""Ideas, their rows, and what a view shows of them."""

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod
from dialogs.ideas.board import Idea, IdeaRow, Judge
from dialogs.replies.ideas import IdeaQuestion
from dialogs.view import View
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import laid_out

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


def question(advisor: Advisor, *numbers: int, left: int = 5, guided: bool = True) -> View:
    rows = tuple(row(advisor, number) for number in numbers)
    return laid_out(advisor, IdeaQuestion(advisor.pack.question("data"), rows, left, guided))
