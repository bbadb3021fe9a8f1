"""An idea that is called a new one begins at once; what only sounds like it does not."""

import pytest

from dialogs.announcements import announced
from dialogs.replies.questions import QuestionCard
from tests.dialogs.steps import REQUEST
from tests.dialogs.talk import Talk
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("new idea: contract summaries", "contract summaries"),
        ("next one. allergen sheets", "allergen sheets"),
        ("stop all. start again w damage reports", "damage reports"),
        ("k moving on -- demand letters", "demand letters"),
        ("Thank you. Then I would like to present a second matter: the minutes", "the minutes"),
        (
            "forget it. next: the warehouse dictates damage reports, 30 a day",
            "the warehouse dictates damage reports, 30 a day",
        ),
        ("scrap that, 200 a day", "200 a day"),
    ],
)
def test_the_idea_stands_behind_the_announcement(text: str, idea: str) -> None:
    found = announced(shipped().catalogue.titles, text)
    assert found is not None
    assert found.idea == idea


@pytest.mark.parametrize(
    "text",
    [
        "start over please",
        "new employee handbook",
        "we have new ones every day",
        "",
        "ok thanks",
        "is it the other one?",
    ],
)
def test_nothing_is_announced(text: str) -> None:
    assert announced(shipped().catalogue.titles, text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "forget it. next: turn dictated damage reports into our form. not urgent",
            "turn dictated damage reports into our form",
        ),
        ("stop all. start again w damage reports", "damage reports"),
    ],
)
def test_it_begins_at_once_also_while_a_question_is_open(text: str, title: str) -> None:
    talk = Talk(shipped()).say(REQUEST).press("answer:data:yes").say(text)
    assert talk.conversation.title == title
    assert "data" not in talk.conversation.chosen
    assert isinstance(talk.turn.card[-1], QuestionCard)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("scrap that, we have no examples", {"data": "no"}),
        ("another thing: the budget is limited", {"budget": "limited"}),
        ("one more thing, we have no budget", {"budget": "limited"}),
    ],
)
def test_an_answer_behind_such_words_stays_an_answer(text: str, chosen: dict[str, str]) -> None:
    talk = Talk(shipped()).say(REQUEST).say(text)
    assert (talk.conversation.idea, talk.conversation.chosen) == (REQUEST, chosen)
