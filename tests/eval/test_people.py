"""Talks with simulated people: the talks themselves work, and all of them end in the right verdict."""

from pathlib import Path

import pytest

from dialogs.advisor import Advisor
from tests.eval import people
from tests.shipped import shipped


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return shipped()


@pytest.mark.parametrize("person", people.load(), ids=lambda person: person.name)
def test_everybody_reaches_the_right_verdict(advisor: Advisor, person: people.Person) -> None:
    result = people.talk_to(advisor, person)
    assert result.finished, result
    assert result.right, result
    assert not result.repeated, result


def test_a_person_who_means_something_else_is_noticed(advisor: Advisor) -> None:
    person = people.load()[-1]
    wrong = person.model_copy(update={"says": dict.fromkeys(person.says, ("not sure",))})
    assert not people.talk_to(advisor, wrong).right


def test_every_person_answers_every_question() -> None:
    questions = {question.id for question in shipped().pack.questions}
    assert Path(people.FILE).exists()
    for person in people.load():
        assert set(person.answers) == set(person.says) == questions
