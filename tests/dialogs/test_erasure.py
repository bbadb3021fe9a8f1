"""Whose words a description is, and what is left when they are to be forgotten."""

import pytest

from dialogs.conversation import Conversation
from tests.dialogs.talk import Talk
from tests.shipped import shipped

SECRET = "should we fine-tune a bot for the secret merger?"
LABELLED = "should we fine-tune a bot for the secret merger? we have 1,500 labelled contracts"
OTHER = "should we fine-tune our support bot?"


@pytest.fixture
def talk() -> Talk:
    """A talk with the advisor as it is shipped: by words alone it is not sure that an idea is described."""
    return Talk(shipped())


def of_three(talk: Talk) -> Talk:
    """A thread in which Ana and Ben have written, but nobody has described an idea."""
    return talk.say("help").say("what is fine-tuning?", who="ben")


def left_by(talk: Talk, who: str) -> Conversation:
    assert who in talk.conversation.participants
    left = talk.conversation.without_person(who)
    assert who not in left.to_json()
    return left


def test_a_third_writers_description_goes_with_them(talk: Talk) -> None:
    of_three(talk).say(SECRET, who="eve")
    assert talk.conversation.idea == SECRET
    assert left_by(talk, "eve").idea == ""


def test_a_description_stays_when_another_is_forgotten(talk: Talk) -> None:
    of_three(talk).say(SECRET, who="eve")
    left = left_by(talk, "ana")
    assert left.idea == SECRET
    left = left.without_person("ben")
    assert left.participants == {"eve"}
    assert left.without_person("eve") is None


def test_an_idea_that_is_offered_goes_with_whoever_wrote_it(talk: Talk) -> None:
    of_three(talk).say(OTHER).say(SECRET, who="eve")
    assert "eve" in talk.conversation.participants
    assert SECRET not in left_by(talk, "eve").to_json()


def test_an_idea_that_another_takes_up_stays_its_writers(talk: Talk) -> None:
    of_three(talk).say(OTHER).say(LABELLED, who="eve").press("offer:1", who="ben")
    assert talk.conversation.idea == LABELLED
    assert talk.conversation.answers["data"].by == "ben"
    left = left_by(talk, "eve")
    assert (left.idea, left.answers) == ("", {})


def test_once_an_offer_is_gone_its_writer_is_kept_only_as_long_as_it_can_be_taken_back(talk: Talk) -> None:
    of_three(talk).say(OTHER).say(SECRET, who="eve").say("no")
    assert "eve" not in talk.conversation.to_json()
    talk.say(SECRET, who="eve").press("offer:1").say("cancel").say("start")  # a stopped one can be continued
    assert "eve" in talk.conversation.participants
    assert "eve" not in left_by(talk, "eve").to_json()
    for option in ("yes", "no", "yes", "no", "yes"):
        talk.press("edit:data").press(f"answer:data:{option}")
    assert "eve" not in talk.conversation.to_json()


def test_the_first_to_write_is_not_named_twice(talk: Talk) -> None:
    talk.say(OTHER)
    assert talk.conversation.to_json().count("ana") == 1
    assert left_by(of_three(talk), "ana").idea == ""


def test_where_no_writer_is_on_record_the_description_goes_with_the_first(talk: Talk) -> None:
    of_three(talk).say(SECRET, who="eve")
    talk.conversation = talk.conversation.replace(idea_by="")
    assert left_by(talk, "ana").idea == ""
    assert left_by(talk, "ben").idea == SECRET


def test_a_result_stays_one_as_long_as_all_its_answers_do(talk: Talk) -> None:
    talk.say(OTHER).say("yes", who="ben").say("high").say("show")
    assert talk.conversation.concluded
    assert not left_by(talk, "ben").concluded
    of_three(talk).say("hm", who="eve", addressed=False)
    talk.conversation = talk.conversation.replace(people=("ana", "eve"))
    left = left_by(talk, "eve")
    assert left.concluded
    assert left.answers == talk.conversation.answers


def test_what_was_read_stays_with_the_description_that_it_was_read_from(talk: Talk) -> None:
    of_three(talk).say(LABELLED, who="eve").say("our budget is tight", who="ben").say("few requests", who="ana")
    assert set(left_by(talk, "ana").answers) == {"data", "budget"}
    assert set(left_by(talk, "eve").answers) == {"budget", "volume"}


def test_questions_under_way_stay_so(talk: Talk) -> None:
    of_three(talk).say(OTHER).say("yes")
    assert left_by(talk, "ben").started
    assert not left_by(talk, "ben").concluded
