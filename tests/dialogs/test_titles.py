"""The title of an idea: what names the project, without chat, announcements and facts."""

import pytest

from dialogs.advisor import Advisor
from dialogs.titles import TITLE_LIMIT, Titles, shortened
from tests.dialogs.talk import Talk
from tests.shipped import shipped


def title(advisor: Advisor, text: str) -> str:
    return Titles(advisor.knowledge, advisor.catalogue.titles).of(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("delivery complaints, sort them", "delivery complaints, sort them"),
        ("ok boss wants to know if we shd train an ai on delivery complaints, we get 300 a day", "delivery complaints"),
        ("start over pls. new: answer driver messages, 40 drivers, no examples", "answer driver messages"),
        ("ok thx thats useful. new idea: damage reports", "damage reports"),
        (
            "and add one more: contracts, find the risky clauses, 15 a month, no data",
            "contracts, find the risky clauses",
        ),
        ("Right, something else altogether - end of year reports.", "end of year reports"),
        ("hi there! our sales guy wants his follow-up mails drafted", "follow-up mails drafted"),
        ("Dr. Rosic: rewriting findings in easy words", "Dr. Rosic: rewriting findings in easy words"),
        ("Kitchen - write the menu texts (owner Olga, 50/week)", "Kitchen - write the menu texts"),
        ("lab: flag odd results, 15k per day", "lab: flag odd results"),
        ("is our complaint sorting a fine tuning thing? 200 a day", "complaint sorting"),
        ("a bot for tickets", "a bot for tickets"),
        ("should we fine-tune our support bot?", "support bot"),
        ("FT or prompt? 8D reports, 1400 closed ones", "8D reports"),
        ("new employee handbook chatbot", "new employee handbook chatbot"),
        ("Fraud indicators in claims because nobody looks at them", "Fraud indicators in claims"),
        ("", ""),
        ("?!", "?!"),
        ("ok thanks", "ok thanks"),
    ],
)
def test_a_title_names_the_project(advisor: Advisor, text: str, named: str) -> None:
    assert title(advisor, text) == named


def test_a_later_sentence_names_it_where_the_first_one_does_not() -> None:
    text = "I want to try it with an idea of my department. A chatbot should answer our customers. Is it good?"
    assert title(shipped(), text) == "A chatbot should answer our customers"


@pytest.mark.parametrize(
    "text",
    [
        "w" * 200,
        "sort " * 40,
        "reports that the clerk in the office writes by hand for everybody who asks for it and more",
    ],
)
def test_a_title_is_short_and_ends_in_a_word_that_can_end_it(advisor: Advisor, text: str) -> None:
    named = title(advisor, text)
    assert 0 < len(named) <= TITLE_LIMIT
    assert named.split()[-1] not in ("and", "that", "who", "for", "it")


def test_the_result_and_the_list_have_the_title(talk: Talk) -> None:
    talk.say("ok thx. new idea: we want to fine-tune on damage reports, we get 30 a day")
    assert talk.conversation.title == "damage reports"
    talk.say("start over")
    assert talk.conversation.title == "damage reports"


def test_a_text_that_is_removed_takes_its_title_with_it(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?").press("answer:data:yes", who="ben")
    assert talk.conversation.title == "support bot"
    left = talk.conversation.without_person("ana")
    assert left.title == ""


HALF = TITLE_LIMIT // 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("  \n ", ""),
        ("  one \n two", "one"),
        ("x" * TITLE_LIMIT, "x" * TITLE_LIMIT),
        ("x" * (TITLE_LIMIT + 1), "x" * (TITLE_LIMIT - 1) + "…"),
        ("a" * HALF + " " + "b" * HALF, "a" * HALF + "…"),
        ("a" * (HALF - 1) + " " + "b" * TITLE_LIMIT, "a" * (HALF - 1) + " " + "b" * (HALF - 1) + "…"),
        ("a" * HALF + ", - " + "b" * TITLE_LIMIT, "a" * HALF + "…"),
    ],
)
def test_without_a_title_the_first_line_is_cut_between_words(text: str, title: str) -> None:
    assert shortened(text) == title
    assert len(title) <= TITLE_LIMIT
