"""The words of docs/commands.md and the labels of buttons, in every state: they do what they say and answer nothing."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.message import parse_action
from dialogs.replies import Reply
from dialogs.replies.ideas import (
    BoardExport,
    IdeaCard,
    IdeaComparison,
    IdeaList,
    IdeaQuestion,
    IdeasAwaited,
)
from dialogs.replies.lessons import CaseQuestion, LessonCard, LessonsFinished, PracticeOffer
from dialogs.replies.notices import Greeting, KnownAboutPerson, Notice
from dialogs.replies.passages import DidYouMean, NotCovered
from dialogs.replies.questions import (
    AmbiguousAnswer,
    AnswerChanged,
    InterimResult,
    LikelyOption,
    QuestionCard,
    UnmatchedAnswer,
    WhyAsked,
)
from dialogs.replies.receipts import MissingAnswers, Offered, Receipts, RulesExplained, Together
from dialogs.replies.results import OtherResult, Recommendation, ResultPage, ResultSummary, SharedResult
from dialogs.replies.texts import ListText, ResultText
from dialogs.understanding.exact import exact_command
from dialogs.view import Button, Buttons, Choices
from dialogs.views import lay_out
from tests.by_words import advisor_by_words
from tests.dialogs.talk import Talk, kind

LIST = (
    "triage\nsummarise support mails in a set format, thousands of examples\nclassify legal letters, no data\nslogans"
)
ANSWERS = {"data": "yes", "volume": "many", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}
LEARNT = ("learn", *["skip"] * 7)
STATES: dict[str, tuple[str, ...]] = {
    "nothing begun": (),
    **{f"question {name}": ("start", *list(ANSWERS.values())[:at]) for at, name in enumerate(ANSWERS)},
    "described": ("we want a model for reports, they must be the same format each time",),
    "an offer": ("we want summaries of radiology reports, always in the same format",),
    "a proposal": ("start", "about 80 examples maybe"),
    "a result": ("start", *ANSWERS.values()),
    "a change waiting": ("start", *ANSWERS.values(), "what if the budget is limited"),
    "a question again": ("start", "yes", "many", "change data"),
    "stopped": ("start", "yes", "stop"),
    "a choice": ("start", "yes", "a bot that writes product slogans for posters in our shops"),
    "awaited ideas": ("triage",),
    "collected ideas": ("triage", "a bot for hr letters"),
    "a list": (LIST,),
    "an idea": (LIST, "idea 1"),
    "an idea with a verdict": (LIST, "idea 2"),
    "ideas compared": (LIST, "compare 1 and 2"),
    "a question on an idea": (LIST, "press ask:3:data"),
    "what is missing": (LIST, "what is missing"),
    "a list behind a question": (LIST, "start"),
    "a list behind a result": (LIST, "start", *ANSWERS.values()),
    "a lesson": ("learn",),
    "the second lesson": ("learn", "skip"),
    "the last lesson done": LEARNT,
    "practice": (*LEARNT, "press try"),
    "lessons finished": (*LEARNT, "press finish"),
    "an answer": ("what is lora?",),
    "a lesson behind a question": ("learn", "start"),
}
MISSED = (NotCovered, UnmatchedAnswer, AmbiguousAnswer, DidYouMean)
"""Replies of somebody who has not understood."""

CARDS = (
    QuestionCard, LikelyOption, IdeasAwaited, IdeaQuestion, LessonCard, CaseQuestion, PracticeOffer,
    LessonsFinished, IdeaList, IdeaCard, IdeaComparison, Recommendation,
)  # fmt: skip
NOTHING = ("nothing_open", "nothing_to_resume", "nothing_to_cancel", "at_the_first", "at_the_first_lesson")
NO_RESULT = ("no_result_at_all", "open_an_idea", "no_result_to_share", "not_finished")
NO_IDEAS = ("no_ideas", "only_own", "idea_not_there", "no_ideas_like_that")
WAITS = ("questions_wait", "lessons_wait", "list_waits", "ideas_wait")

DOES: dict[str, tuple[type[Reply] | str, ...]] = {
    "start": (QuestionCard, LikelyOption, "list_empty"),
    "stop": ("cancelled", "list_empty", "nothing_to_cancel", *WAITS, IdeaList, Recommendation),
    "continue": (*CARDS, "nothing_to_resume"),
    "start over": (QuestionCard, LessonCard, IdeasAwaited, "nothing_to_restart"),
    "why": (WhyAsked, What.VERDICT, OtherResult, MissingAnswers, "lesson_why", *NO_RESULT, "nothing_open"),
    "back": (QuestionCard, LikelyOption, LessonCard, IdeaList, IdeasAwaited, *NOTHING),
    "change budget to limited": (AnswerChanged, CaseQuestion, QuestionCard, IdeasAwaited, Offered),
    "what if the budget is limited": (OtherResult, IdeasAwaited, Offered, "no_ideas"),
    "details": (What.DETAILS, MissingAnswers, InterimResult, *NO_RESULT),
    "summary": (ResultSummary, *NO_RESULT),
    "record as a file": (ResultPage, "no_result_to_share"),
    "share": (SharedResult, ResultSummary, *NO_RESULT, "finished_by"),
    "triage": (IdeasAwaited,),
    "idea 3": (IdeaCard, IdeasAwaited, *NO_IDEAS),
    "3: we do have data": (
        AnswerChanged,
        IdeasAwaited,
        "idea_not_there",
        LikelyOption,
        QuestionCard,
        Offered,
        *NO_IDEAS,
    ),
    "compare 2 and 7": (IdeasAwaited, "no_ideas", "idea_not_there"),
    "compare 1 and 2": (IdeaComparison, IdeasAwaited, "no_ideas", "idea_not_there"),
    "what is missing": (IdeaQuestion, MissingAnswers, InterimResult, IdeasAwaited, *NO_IDEAS),
    "ideas": (IdeaList, IdeasAwaited, *NO_IDEAS),
    "ideas hybrid": (IdeaList, IdeasAwaited, *NO_IDEAS),
    "ideas mine": (IdeaList, IdeasAwaited, *NO_IDEAS),
    "export": (BoardExport, IdeasAwaited, *NO_IDEAS),
    "park 3": ("put_aside", IdeasAwaited, *NO_IDEAS),
    "merge 1 and 2": ("merged", "idea_not_there", IdeasAwaited, *NO_IDEAS),
    "order 4, 2, 1": (IdeaList, IdeasAwaited, *NO_IDEAS),
    "put 3 first": (IdeaList, IdeasAwaited, *NO_IDEAS),
    "note: legal has to agree": ("note_kept", "note_kept_with", Offered, *NO_IDEAS),
    "note for 3: legal has to agree": ("note_kept_with", *NO_IDEAS),
    "rules": (RulesExplained,),
    "mail": (ResultText, ListText, "no_result_to_share"),
    "table": (ResultText, ListText, "no_result_to_share"),
    "json": (ListText, "no_result_to_share"),
    "undo": ("taken_back", "nothing_to_undo", QuestionCard, LessonCard, IdeaList, IdeasAwaited, *NOTHING),
    "undo 2": ("taken_back", "nothing_to_undo", QuestionCard, LessonCard, IdeaList, IdeasAwaited, *NOTHING),
    "learn": (LessonCard, CaseQuestion, PracticeOffer),
    "help": (Greeting,),
    "what do you know about me": (KnownAboutPerson,),
    "forget me": ("forget_asks",),
}
"""For each word what it may show: replies, or remarks."""

WRITES = (
    "back",
    "undo",
    "undo 2",
    "merge 1 and 2",
    "change budget to limited",
    "3: we do have data",
    "start over",
    "start",
)
"""What changes answers, begins again, or takes an idea back that was just sent."""


@cache
def state(name: str) -> Talk:
    talk = Talk(advisor_by_words())
    for step in STATES[name]:
        talk = talk.press(step.removeprefix("press ")) if step.startswith("press ") else talk.say(step)
    return talk


def said(name: str, text: str, who: str = "ana", addressed: bool = True, ben_wrote: bool = False) -> Talk:
    before = state(name)
    talk = Talk(before.advisor)
    talk.conversation, talk.view, talk.clock = before.conversation, before.view, before.clock
    if ben_wrote:
        talk.say("morning", who="ben", addressed=False)
    pressed = text.removeprefix("press ")
    return talk.say(text, who, addressed) if pressed == text else talk.press(pressed, who)


def shown(talk: Talk) -> tuple[Reply, ...]:
    turn = talk.turn
    return tuple(_parts((*turn.below, *turn.aside, *turn.card, *turn.expanded)))


def _parts(replies: tuple[Reply, ...]) -> Iterator[Reply]:
    """The replies that others hold, one by one."""
    for reply in replies:
        yield from _parts(reply.parts) if isinstance(reply, Receipts | Together) else (reply,)


def answers(talk: Talk) -> object:
    conversation = talk.conversation
    board = {} if conversation.board is None else {idea.number: idea.chosen for idea in conversation.board.ideas}
    intake = () if conversation.intake is None else conversation.intake.ideas
    tour = conversation.tour
    learnt = () if tour is None else (*tour.answers.items(), *filter(None, tour.first.values()))
    return conversation.chosen, board, intake, learnt


def does(reply: Reply, expected: tuple[type[Reply] | str, ...]) -> bool:
    return reply.remark in expected if isinstance(reply, Notice) else kind(reply) in expected


def check(name: str, word: str, talk: Talk) -> None:
    replies = shown(talk)
    assert any(does(reply, DOES[word]) for reply in replies), (name, word, replies)
    assert not [reply for reply in replies if isinstance(reply, MISSED)], (name, word)
    lay_out(talk.advisor, replies, 1)
    if word not in WRITES:
        assert answers(talk) == answers(state(name)), (name, word)


def test_the_table_has_all_words_of_the_documentation() -> None:
    table = (Path(__file__).parents[2] / "docs/commands.md").read_text().split("## To the advisor")[1].split("\n## ")[0]
    words = {*re.findall(r"`([^`]+)`", table)}
    assert words >= {"start", "export", "compare 2 and 7"}
    assert words <= {*DOES, "done"}


@pytest.mark.parametrize("name", STATES)
def test_each_word_does_what_it_says_in_each_state(name: str) -> None:
    for word in DOES:
        check(name, word, said(name, word))


@pytest.mark.parametrize(
    ("name", "word", "button"),
    [
        ("question volume", "back", "back"),
        ("question volume", "why", "why"),
        ("question volume", "stop", "cancel"),
        ("question volume", "change data", "edit:data"),
        ("a result", "details", "details"),
        ("a result", "share", "share"),
        ("a result", "why", "why"),
        ("a result", "start over", "restart"),
        ("a list", "idea 2", "idea:2"),
        ("a list", "what is missing", "guide"),
        ("a list", "export", "export"),
        ("an idea with a verdict", "details", "details"),
        ("an idea with a verdict", "share", "share"),
        ("an idea with a verdict", "ideas", "ideas"),
        ("a lesson", "skip", "skip"),
        ("lessons finished", "learn", "learn"),
        ("lessons finished", "help", "help"),
    ],
)
def test_a_button_and_its_word_are_one_command(name: str, word: str, button: str) -> None:
    typed, pressed = said(name, word), said(name, f"press {button}")
    assert typed.turn.did == pressed.turn.did != ()
    assert {*map(kind, shown(typed))} == {*map(kind, shown(pressed))}
    assert answers(typed) == answers(pressed)


@pytest.mark.parametrize("name", STATES)
def test_so_it_does_with_a_mention_among_several_people(name: str) -> None:
    for word in DOES:
        if STATES[name]:
            check(name, word, said(name, word, who="ana", ben_wrote=True))


@pytest.mark.parametrize("name", [name for name, steps in STATES.items() if steps])
def test_words_between_people_are_left_alone(name: str) -> None:
    for word in DOES:
        talk = said(name, word, who="ben", addressed=False, ben_wrote=True)
        plain = word == "start" and "ideas" in name
        plain = plain or (name, word) == ("question budget", "change budget to limited")  # it answers what is open
        assert talk.silent or plain, (name, word)
        assert answers(talk) == answers(state(name)) or plain, (name, word)


@pytest.mark.parametrize("written", ["EXPORT", " export ", "Export.", "/export", "export!", "export\n"])
def test_only_case_spaces_the_final_mark_and_a_slash_are_overlooked(written: str) -> None:
    check("an idea", "export", said("an idea", written))


@pytest.mark.parametrize("written", ["export data to the crm", "no export", "exports", "change budget to 5000"])
def test_other_lines_are_no_exact_commands(advisor: Advisor, written: str) -> None:
    assert exact_command(advisor, state("question data").conversation, written, 0) is None


def buttons(talk: Talk) -> Iterator[Button]:
    views = [lay_out(talk.advisor, (reply,), 1) for reply in talk.turn.below]
    for view in (*([talk.view] if talk.view else []), *views):
        for element in view.elements:
            if isinstance(element, Buttons | Choices):
                yield from element.buttons


@pytest.mark.parametrize("name", [name for name, steps in STATES.items() if steps])
def test_a_label_does_what_its_button_does(name: str) -> None:
    for button in buttons(state(name)):
        typed, pressed = said(name, button.label), state(name)
        talk = Talk(pressed.advisor)
        talk.conversation, talk.view, talk.clock = pressed.conversation, pressed.view, pressed.clock
        assert parse_action(button.action.id) == button.action
        talk.press(button.action.id)
        assert answers(typed) == answers(talk), (name, button.label)
        assert list(map(type, shown(typed))) == list(map(type, shown(talk))), (name, button.label)


def test_a_note_keeps_its_words_as_they_were_typed() -> None:
    talk = said("a result", "Note: Legal has to agree, says GITD.")
    assert [note.text for note in talk.conversation.notes] == ["Legal has to agree, says GITD"]


def test_the_list_as_a_text_has_all_ideas() -> None:
    assert all(f"| {number}. " in said("a list", "table").said for number in (1, 2, 3))


def test_a_mail_about_an_idea_without_a_title_has_a_subject() -> None:
    assert f"Subject: {state('a result').advisor.pack.title}\n" in said("a result", "mail").said


def test_an_idea_that_is_not_on_the_list_has_no_number() -> None:
    assert "0. " not in said("described", "table").said
    assert '"number": null' in said("described", "json").said


def test_one_idea_alone_cannot_be_merged() -> None:
    talk = said("a list", "merge 2")
    assert [reply.remark for reply in shown(talk) if isinstance(reply, Notice)] == ["merge_which"]
    assert answers(talk) == answers(state("a list"))
