"""An answer that was given on purpose is not changed in passing."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Conversation
from knowledge.interfaces import Certainty, UnderstoodAnswer
from tests.dialogs.parsers.meanings import CHEAP, meant
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure, understanding
from tests.dialogs.talk import Talk

PASSING = "we tried a long prompt with 5 examples"


def few(evidence: str = "5 examples", share: float = 1.0) -> UnderstoodAnswer:
    return UnderstoodAnswer("data", "no", Certainty.TAKE, evidence, share)


def at_domain(advisor: Advisor, how: AnswerMethod = AnswerMethod.BUTTON, data: str = "yes") -> Conversation:
    state = asked(advisor, None, data=data, volume="low").replace(concluded=False)
    answers = {q: type(a)(a.option, how, a.by, a.at, a.name, "words") for q, a in state.answers.items()}
    return state.replace(answers=answers)


@pytest.mark.parametrize(
    ("text", "found", "meaning"),
    [
        (PASSING, few(), "likely data no"),
        ("we only have 5 examples", few(), "changes data no"),
        ("it is a nice thing, we have 5 examples", few(), "changes data no"),
        (f"actually {PASSING}", few(), "changes data no"),
        (f"no, {PASSING}", few(), "changes data no"),
        (f"I liked it... scratch that, {PASSING}", few(), "changes data no"),
        (f"dont worry, {PASSING}", few(), "likely data no"),
        ("aaa bbb", few("aaa bbb", 0.95), "changes data no"),
        ("aaa bbb", few("aaa bbb", 0.94), "likely data no"),
    ],
)
def test_only_what_plainly_corrects_it_changes_an_answer(
    advisor: Advisor, text: str, found: UnderstoodAnswer, meaning: str
) -> None:
    meanings = Understanding(dict.fromkeys((text, PASSING), (found,)))
    assert meant(advisor, at_domain(advisor), text, meanings) == meaning


@pytest.mark.parametrize(("option", "meaning"), [("no", "changes data no"), ("yes", "likely data no")])
def test_what_is_stated_in_so_many_words_changes_it(advisor: Advisor, option: str, meaning: str) -> None:
    meanings = Understanding({PASSING: (few(),)}, states={PASSING: {"data": option}})
    assert meant(advisor, at_domain(advisor), PASSING, meanings) == meaning


@pytest.mark.parametrize(
    ("how", "data", "meaning"),
    [
        (AnswerMethod.BUTTON, "yes", "likely data no"),
        (AnswerMethod.TYPED, "yes", "likely data no"),
        (AnswerMethod.READ, "yes", "changes data no"),
        (AnswerMethod.BUTTON, "unsure", "changes data no"),
        (AnswerMethod.BUTTON, "no", "changes"),
    ],
)
def test_what_was_only_read_or_left_unsure_changes_as_before(
    advisor: Advisor, how: AnswerMethod, data: str, meaning: str
) -> None:
    assert meant(advisor, at_domain(advisor, how, data), PASSING, Understanding({PASSING: (few(),)})) == meaning


def test_what_is_said_besides_counts(advisor: Advisor) -> None:
    both = Understanding({PASSING: (few(), CHEAP)})
    assert meant(advisor, at_domain(advisor), PASSING, both) == "likely data no + budget limited"
    own = Understanding({PASSING: (few(), sure("domain", "general"))})
    assert meant(advisor, at_domain(advisor), PASSING, own) == "likely data no + domain general"
    likely = Understanding({PASSING: (few(), maybe("domain", "general"))})
    assert meant(advisor, at_domain(advisor), PASSING, likely) == "likely domain general"


def test_the_change_is_proposed_and_the_question_stays(advisor: Advisor) -> None:
    talk = Talk(understanding(advisor, Understanding({PASSING: (few(),)})))
    talk.conversation = at_domain(advisor)
    talk.say(PASSING)
    assert "Training data: change it to" in talk.card
    assert (talk.conversation.chosen["data"], talk.open) == ("yes", "domain")
    talk.say("yes")
    assert (talk.conversation.chosen["data"], talk.open) == ("no", "domain")
