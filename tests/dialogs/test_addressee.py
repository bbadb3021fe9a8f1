"""People talk to each other in threads: which lines are meant for the advisor."""

import pytest

from dialogs.replies.passages import PassageReply, VerdictComparison
from dialogs.replies.questions import QuestionCard, UnmatchedAnswer, WhyAsked
from dialogs.replies.receipts import Receipts
from tests.dialogs.flows.lesson_steps import REQUEST, kinds
from tests.dialogs.talk import Talk
from tests.shipped import shipped


def test_one_person_needs_no_mention(talk: Talk) -> None:
    talk.say(REQUEST).say("yes, hundreds", addressed=False)
    assert talk.conversation.chosen == {"data": "yes"}


@pytest.mark.parametrize(
    ("text", "replies"),
    [
        ("why", [WhyAsked, QuestionCard]),
        ("few requests, no hurry", [Receipts, QuestionCard]),
        ("purple elephants", [UnmatchedAnswer, QuestionCard]),
        ("ok", [QuestionCard]),
    ],
)
def test_while_a_question_is_open_one_person_is_always_replied_to(talk: Talk, text: str, replies: list[type]) -> None:
    talk.say(REQUEST).say(text, addressed=False)
    assert kinds(talk) == replies


@pytest.mark.parametrize("lead", [["hi"], [REQUEST, "show"]])
@pytest.mark.parametrize(
    "text", ["thanks", "hi", "ok", "purple elephants", "what is the weather tomorrow?", "I'll ask legal about it"]
)
def test_while_nothing_is_open_one_persons_remarks_get_no_reply(talk: Talk, lead: list[str], text: str) -> None:
    for line in lead:
        talk.say(line)
    talk.say(text, addressed=False)
    assert talk.silent


@pytest.mark.parametrize("lead", [["hi"], ["start", "show"]])
@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("How much does fine-tuning cost?", PassageReply),
        ("compare", VerdictComparison),
        ("new idea: a bot for HR letters", QuestionCard),
    ],
)
def test_while_nothing_is_open_one_person_is_replied_to_about_the_subject(
    lead: list[str], text: str, reply: type
) -> None:
    talk = Talk(shipped())
    for line in lead:
        talk.say(line)
    talk.say(text, addressed=False)
    assert [kind for kind in kinds(talk) if kind is not Receipts] == [reply]


def test_before_anybody_speaks_to_the_advisor_nothing_is_taken(talk: Talk) -> None:
    talk.say(REQUEST, addressed=False)
    assert talk.silent
    assert not talk.conversation.revision
    talk.say("hi").say(REQUEST, addressed=False)
    assert talk.open == "data"


def test_who_speaks_to_the_advisor_is_remembered_as_long_as_it_is_not_several(talk: Talk) -> None:
    talk.say("hi").say("hmm", who="ben", addressed=False).say("start").say("hmm", who="carla", addressed=False)
    talk.say("why", addressed=False)
    assert talk.silent
    assert talk.conversation.people == ("ana", ""), "of the others nothing is stored"
    talk.say("why", who="carla")
    assert talk.conversation.people == ("ana", "carla")


def test_a_second_person_may_answer_plainly(talk: Talk) -> None:
    talk.say(REQUEST).say("yes", who="ben", addressed=False)
    assert talk.conversation.chosen == {"data": "yes"}
    assert talk.conversation.answers["data"].by == "ben"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("yes. how much does fine-tuning cost?", {"data": "yes"}), ("how much does fine-tuning cost? yes, hundreds", {})],
)
def test_among_several_a_line_that_begins_with_a_plain_answer_is_for_us_and_one_that_begins_with_a_question_is_not(
    talk: Talk, text: str, chosen: dict[str, str]
) -> None:
    talk.say(REQUEST).say("hmm", who="ben", addressed=False).say(text, who="ben", addressed=False)
    assert talk.conversation.chosen == chosen
    assert talk.silent is (not chosen)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("we do have lots of old tickets with their answers", {"data": "yes"}),
        ("do we have lots of old tickets with their answers?", {}),
        ("not sure, let me ask Carla", {}),
        ("the budget is limited", {}),
    ],
)
def test_among_several_an_answer_to_the_open_question_is_taken_in_any_words(text: str, chosen: dict[str, str]) -> None:
    talk = Talk(shipped()).say(REQUEST).say(text, who="ben", addressed=False)
    assert talk.conversation.chosen == chosen
    assert talk.silent is (not chosen)


@pytest.mark.parametrize(
    ("before", "text", "option"),
    [("data", "high volume", "high"), ("volume", "the domain is law, very specialised", "specialised")],
)
def test_a_second_person_answers_what_the_card_asks(before: str, text: str, option: str) -> None:
    talk = Talk(shipped()).say(REQUEST)
    for question in ("data", "volume")[: 1 + (before == "volume")]:
        talk.press(f"answer:{question}:unsure")
    asked = talk.open
    talk.say(text, who="ben", addressed=False)
    assert talk.conversation.answers[asked].option == option
    assert talk.conversation.answers[asked].by == "ben"


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
    assert "Why I ask" in talk.below


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


@pytest.mark.parametrize("line", ["yes", "No", "1", "ok"])
def test_a_bare_reply_right_after_another_persons_line_is_no_answer(talk: Talk, line: str) -> None:
    talk.say(REQUEST).say("shall we ask legal first?", who="ben", addressed=False)
    talk.say(line, addressed=False)
    assert talk.silent
    assert talk.conversation.chosen == {}
    talk.say("2", addressed=False)
    assert talk.conversation.chosen == {"data": "no"}, "their own second line follows nobody else's"


@pytest.mark.parametrize("who", ["ben", "carla"])
def test_after_a_bystander_a_bare_reply_of_anybody_else_is_no_answer(talk: Talk, who: str) -> None:
    """Bystanders are not told apart, since nothing is stored by which they could be."""
    talk.say(REQUEST).say("shall we ask legal first?", who="ben", addressed=False)
    talk.say("yes", who=who, addressed=False)
    assert talk.silent
    assert talk.conversation.participants == {"ana"}
    talk.say("yes", who=who)
    assert talk.conversation.chosen == {"data": "yes"}
    talk.say("2", who=who, addressed=False)
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}, "now they take part"


def test_a_line_beside_what_was_only_pressed_leaves_nothing(talk: Talk) -> None:
    talk.press("start").press("answer:data:yes").press("show")
    before = talk.conversation
    talk.say("thanks, Carla!", who="ben", addressed=False)
    assert talk.silent
    assert talk.conversation is before


def test_when_the_first_is_forgotten_the_next_who_writes_is_the_first(talk: Talk) -> None:
    talk.say(REQUEST).say("hmm", who="ben", addressed=False).say("yes, hundreds of examples", who="ben")
    talk.say("hmm", who="carla", addressed=False)
    left = talk.conversation.without_person("ana")
    assert left.people == ("ben",)
    assert talk.conversation.without_person("ben").people == ("ana",)


def test_a_conversation_beside_which_others_only_wrote_goes_with_the_first(talk: Talk) -> None:
    talk.say(REQUEST).say("hmm", who="ben", addressed=False)
    assert talk.conversation.without_person("ana") is None


def test_with_a_mention_a_bare_reply_counts_and_the_card_says_so(talk: Talk) -> None:
    talk.say(REQUEST).say("shall we ask legal first?", who="ben", addressed=False).say("yes")
    assert talk.conversation.chosen == {"data": "yes"}
    assert "mention me to ask" in talk.card
