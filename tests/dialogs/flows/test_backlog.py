"""Many ideas at once, and one."""

import pytest

from dialogs.replies import BacklogPage, NewOrContinue, Notice, QuestionCard
from tests.dialogs.talk import Talk

LINES = "\n".join(["- a bot for tickets", "2. summaries of reports, we have no data at all", "", "* slogans"])


def test_several_lines_give_a_table_the_clearest_first(talk: Talk) -> None:
    talk.say(f"triage:\n{LINES}")
    (page,) = talk.turn.below
    assert isinstance(page, BacklogPage)
    assert page.total == 3
    assert not talk.turn.card
    strengths = [idea.strength for idea in page.ideas]
    assert strengths == sorted(strengths, reverse=True)
    assert page.ideas[0].title == "summaries of reports, we have no data at all"
    assert "we have no data" in talk.below
    assert "Still missing" in talk.below


def test_an_open_question_is_asked_again_below_the_table(talk: Talk) -> None:
    talk.say("start").press("answer:data:yes").say(f"triage\n{LINES}")
    assert isinstance(talk.turn.card[0], QuestionCard)
    assert talk.turn.card[0].again
    assert talk.open == "volume"
    assert talk.conversation.chosen == {"data": "yes"}


def test_fifty_lines_make_three_pages_and_the_rest_is_counted(talk: Talk) -> None:
    talk.say("triage\n" + "\n".join(f"idea number {n}" for n in range(60)))
    assert len(talk.turn.below) == 3
    assert "Ideas left out at the end of the list: 10." in talk.below
    assert "Ideas 41 to 50 of 50" in talk.below


@pytest.mark.parametrize(
    "text",
    [
        "triage: a bot that answers tickets",
        "Triage a bot that answers tickets",
        "triage, a bot that answers tickets",
        "Please triage - a bot that answers tickets",
    ],
)
def test_one_line_starts_the_questions(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.open == "data"
    assert talk.conversation.idea == "a bot that answers tickets"


def test_an_idea_may_hold_the_word_itself(talk: Talk) -> None:
    talk.say("triage: a bot to triage tickets, then triage mails")
    assert talk.conversation.idea == "a bot to triage tickets, then triage mails"


def test_the_word_inside_a_longer_one_is_still_heard(talk: Talk) -> None:
    talk.say("triage_2 a bot that answers tickets")
    assert talk.open == "data"


def test_one_line_while_a_question_is_open(talk: Talk) -> None:
    talk.say("start").say("triage: a bot that answers tickets")
    assert [type(reply) for reply in talk.turn.card] == [NewOrContinue]


@pytest.mark.parametrize("text", ["triage", "triage:", "Triage these ideas:", "please triage these ideas:\n\n"])
def test_triage_without_an_idea(talk: Talk, text: str) -> None:
    talk.say(text)
    assert "send your ideas, one a line" in talk.card


@pytest.mark.parametrize(
    "text",
    [
        "triage these ideas:\n- a bot for tickets\n- slogans",
        "please triage these:\n1. a bot for tickets\n2) slogans",
        "Triage\n– a bot for tickets\n— slogans",
        "triage\na) a bot for tickets\nb) slogans",
        "triage: (1) a bot for tickets\n(2) slogans",
        "could you triage\n- [ ] a bot for tickets\n- [x] slogans",
    ],
)
def test_what_leads_up_to_a_list_and_its_marks_are_no_ideas(talk: Talk, text: str) -> None:
    talk.say(text)
    (page,) = talk.turn.below
    assert isinstance(page, BacklogPage)
    assert {idea.title for idea in page.ideas} == {"a bot for tickets", "slogans"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("should we fine-tune?\na bot for tickets\nslogans\n\nsummaries\ntranslations", True),
        ("should we fine-tune a bot for tickets?\n- it has to be fast\n- there is no data", False),
        ("should we fine-tune?\na bot for tickets\nslogans and summaries", False),
        ("should we fine-tune\n\n\n\n\na bot for tickets?", False),
    ],
)
def test_a_list_without_the_word_is_one_idea_and_how_to_rank_it_is_said(talk: Talk, text: str, hint: bool) -> None:
    talk.say(text)
    assert (talk.turn.card[0] == Notice("one_idea")) is hint
    assert talk.open is not None
