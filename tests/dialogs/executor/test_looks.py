"""What is shown answers what was asked: towards a verdict, with what was noted, without what did not change."""

import pytest

from dialogs.commands.command import Command, Kind, What
from tests.dialogs.executor.lines import ALL_FIVE, all_five, edit, go, idea, ideas, note, set_, show
from tests.dialogs.flows.lesson_steps import LESSONS, through
from tests.dialogs.talk import Talk


@pytest.mark.parametrize(
    ("asked", "only"),
    [
        *((asked, True) for asked in ("filter=prompting", "towards=prompt_engineering", "towards=Prompt engineering")),
        *((asked, False) for asked in ("", "towards=hybrid", "filter=soon")),
    ],
)
def test_only_what_leads_to_the_verdict_that_is_asked_about_else_all(talk: Talk, asked: str, only: bool) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(show(What.WOULD_CHANGE, value=asked))
    assert "→ prompt engineering" in talk.said
    assert ("→ fine-tuning" not in talk.said) is only


@pytest.mark.parametrize(
    "verdict", [(), (set_("budget", "flexible"),), (set_("data", "no"),), (set_("data", "unsure"),)]
)
def test_a_prompt_that_is_live_is_no_first_step(talk: Talk, verdict: tuple[Command, ...]) -> None:
    talk.do(idea("reports"), *ALL_FIVE, *verdict).do(show(What.STEPS))
    before = talk.said.splitlines()[1]
    talk.do(note("the prompt runs at 91 % since May")).do(show(What.STEPS))
    assert talk.said.splitlines()[1] != before
    assert "today’s version" in talk.said


def test_a_prompt_that_is_live_is_known_from_the_idea_itself_and_on_its_card(talk: Talk) -> None:
    talk.do(ideas("sort customs mails, a prompt gets 78 % right"), *all_five("1"))
    assert "Take today’s version as the first one" in talk.do(show(What.RESULT, "1")).card
    assert "Build a first version" not in talk.card


def test_what_is_in_use_is_taken_back_by_a_later_note(talk: Talk) -> None:
    talk.do(idea("sort mails, a prompt does it today"), *ALL_FIVE).do(show(What.STEPS))
    assert "today’s version" in talk.said
    assert "today’s version" not in talk.do(note("there is no prompt in use")).do(show(What.STEPS)).said
    assert "today’s version" in talk.do(note("a prompt is live since Monday")).do(show(What.STEPS)).said


@pytest.mark.parametrize("status", ["piloting", "live"])
def test_what_is_in_use_by_its_status_is_not_begun_again(talk: Talk, status: str) -> None:
    talk.do(ideas("letters", "reports"), *all_five("2")).do(show(What.STEPS, "2"))
    assert "Build a first version" in talk.said
    talk.do(edit(What.STATUS, "2", value=status)).do(show(What.STEPS, "2"))
    assert "Take today’s version" in talk.said
    assert "Take today’s version" in talk.do(show(What.RESULT, "2")).card


def test_a_record_has_the_title_as_it_is_now(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "letters"), *all_five("1"))
    talk.do(edit(What.RENAME, "1", value="Tickets"))
    assert "# Tickets" in talk.do(Command(Kind.WRITE, What.RECORD, ideas=("1",))).said


def test_steps_name_what_was_noted_with_that_idea(talk: Talk) -> None:
    talk.do(ideas("a bot for tickets", "reports"), *all_five("1"))
    assert "You also told me" not in talk.do(show(What.STEPS, "1")).said
    talk.do(note("a prompt is live", "1"), note("legal must agree", "2")).do(show(What.STEPS, "1"))
    assert "You also told me: a prompt is live." in talk.said
    assert "legal" not in talk.said


def test_a_verdict_that_moves_while_the_list_is_shown_is_said(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(ideas("a bot for tickets")).do(show(What.IDEAS))
    talk.do(set_("budget", "flexible", "reports"))
    assert "The result is now Fine-tuning (was Hybrid)." in talk.said


def test_a_name_that_it_has_already_is_said(talk: Talk) -> None:
    talk.do(ideas("reports", "a bot")).do(edit(What.RENAME, "1", value="Reports 2"))
    before = talk.conversation.board
    talk.do(edit(What.RENAME, "1", value="Reports 2"))
    assert "It’s called “Reports 2” already." in talk.said
    assert talk.conversation.board == before


def test_who_puts_an_idea_aside_learns_that_nothing_more_is_asked(talk: Talk) -> None:
    talk.do(ideas("reports", "a bot"))
    assert "I ask nothing more about that." in talk.do(edit(What.PARK, "1")).said
    assert "I ask nothing more" not in talk.do(edit(What.STATUS, "2", value="live")).said


def learn(what: What, value: str = "", question: str = "none") -> Command:
    return Command(Kind.LEARN, what, value=value, question=question)


def test_an_answer_of_a_case_that_stands_already_says_so(talk: Talk) -> None:
    through(talk)
    talk.do(learn(What.PRACTICE)).do(learn(What.ANSWER, "yes", "data")).do(learn(What.ANSWER, "yes", "data"))
    assert "Training data was yes, hundreds or more already." in talk.said
    assert "2 of 5" in talk.said


def test_the_lesson_that_is_read_again_is_explained(talk: Talk) -> None:
    through(talk)
    talk.do(learn(What.LESSON, "2")).do(Command(Kind.EXPLAIN, What.OPTION))
    assert f"“{LESSONS[1][1].check.right.label}” was right" in talk.said


@pytest.mark.parametrize("what", [What.ANSWERS, What.STEPS, What.WOULD_CHANGE, What.PROGRESS, What.RESULT])
def test_what_is_asked_about_two_ideas_is_told_about_both(talk: Talk, what: What) -> None:
    talk.do(ideas("reports", "letters", "slogans"), *all_five("1", "3"))
    before = talk.card
    talk.do(show(what, "1", "3"))
    assert ("reports" in talk.said, "letters" in talk.said, "slogans" in talk.said) == (True, False, True)
    assert talk.card == before


def test_of_two_ideas_the_one_that_is_not_there_is_named(talk: Talk) -> None:
    talk.do(ideas("reports", "letters"), set_("data", "no", "1")).do(show(What.ANSWERS, "1", "7"))
    assert "reports" in talk.said
    assert "There is no idea 7 in the list." in talk.said


def test_the_idea_that_is_asked_about_has_the_number_that_it_will_get(talk: Talk) -> None:
    talk.do(ideas("reports", "letters")).new_thread().do(idea("slogans for shops")).do(set_("data", "no", "3"))
    assert talk.conversation.chosen == {"data": "no"}
    assert "There is no idea 4" in talk.do(set_("data", "yes", "4")).said


def test_who_stops_behind_an_answer_hears_whether_it_is_right_and_is_asked_no_more(talk: Talk) -> None:
    talk.do(learn(What.START)).do(learn(What.ANSWER, "2"), go(What.STOP))
    assert "Right." in talk.said
    assert "Lesson 2" not in talk.said and "Your place in the lessons is kept" in talk.said
    assert "Lesson 2" in talk.do(learn(What.START)).said


def test_what_is_noted_stands_with_the_answers(talk: Talk) -> None:
    talk.do(ideas("reports", "letters"), set_("data", "no", "1"), note("the works council must agree", "1"))
    assert "Noted: “the works council must agree”" in talk.do(show(What.ANSWERS, "1")).said
    assert "Noted" not in talk.do(show(What.ANSWERS, "2")).said
