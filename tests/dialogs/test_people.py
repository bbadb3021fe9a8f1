"""People talk to each other in threads."""

from tests.dialogs.talk import Talk

REQUEST = "should we fine-tune our support bot?"


def test_one_person_needs_no_mention(talk: Talk) -> None:
    talk.say(REQUEST).say("yeah we've got plenty", addressed=False)
    assert talk.conversation.chosen == {"data": "yes"}


def test_a_second_person_may_answer_plainly(talk: Talk) -> None:
    talk.say(REQUEST).say("yes", who="ben", addressed=False)
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.conversation.answers["data"].by == "ben"


def test_other_lines_get_no_reply_and_move_no_card(talk: Talk) -> None:
    talk.say(REQUEST)
    shown = talk.card
    for who, text in (
        ("ben", "I think Ana knows more about that"),
        ("ana", "yes I asked Carla about it, she said the data is old"),
        ("ben", "how much would that cost us?"),
        ("ana", "thanks"),
        ("ben", "should we fine-tune something else first?"),
    ):
        talk.say(text, who=who, addressed=False)
        assert talk.silent, text
    assert talk.card == shown
    assert talk.conversation.answers == {}


def test_with_a_mention_everything_is_taken(talk: Talk) -> None:
    talk.say(REQUEST).say("hmm", who="ben", addressed=False).say("why", who="ben")
    assert "Why I ask" in talk.card


def test_lines_after_the_first_ignored_one_are_not_saved(talk: Talk) -> None:
    talk.say(REQUEST).say("hmm", who="ben", addressed=False)
    before = talk.conversation
    talk.say("let us ask legal first", who="ben", addressed=False)
    assert talk.conversation is before


def test_names_are_shown_once_two_people_take_part(talk: Talk) -> None:
    talk.say(REQUEST).say("yes")
    assert "by ana" not in talk.card
    talk.say("1", who="ben", addressed=False)
    assert "by ana" in talk.card
    assert "by ben" in talk.card
