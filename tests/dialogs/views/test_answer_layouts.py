"""How questions, answers and results are laid out: which words and buttons go with what."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.flows.replay import recommend, replay, summarise
from dialogs.form_submission import IDEA, FormErrors, Submission, form_view, read_form
from dialogs.message import Action, Person, Verb
from dialogs.replies import Reply
from dialogs.replies.lessons import CaseQuestion
from dialogs.replies.passages import DidYouMean, NotCovered, PassageReply
from dialogs.replies.questions import (
    AmbiguousAnswer,
    AnswerChanged,
    AnswersRead,
    ClosedQuestion,
    LikelyChange,
    LikelyOption,
    QuestionCard,
    RecordedAnswer,
    UnderstoodAnswers,
    UnmatchedAnswer,
    WhyAsked,
)
from dialogs.replies.results import (
    Moved,
    OtherResult,
    Recommendation,
    ResultChanges,
    ResultDetails,
    ResultReasons,
    SharedResult,
)
from dialogs.text_judgement import judgement_view
from dialogs.view import Button, Buttons, Choices, Feedback, Heading, Items, Link, Paragraph, Preformatted, View
from dialogs.views import lay_out
from dialogs.views.dates import long_day, short_day
from dialogs.views.home import History, OwnIdeas, PastRecommendation, home
from dialogs.views.passages import length
from dialogs.views.plain_text import plain
from dialogs.views.recommendation import first_sentences
from dialogs.views.recommendation_elements import strength_key
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON, Talk

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


def view(advisor: Advisor, *replies: Reply) -> View:
    return lay_out(advisor, replies, 1)


def text(advisor: Advisor, *replies: Reply) -> str:
    return plain(view(advisor, *replies))


def buttons(shown: View) -> list[Button]:
    return [button for e in shown.elements if isinstance(e, Buttons | Choices) for button in e.buttons]


def ids(shown: View) -> list[str]:
    return [button.action.id for button in buttons(shown)]


def answer(option: str, **changes: object) -> Answer:
    return replace(Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON), **changes)  # type: ignore[arg-type]


def finished(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> Conversation:
    given = {question: answer(option) for question, option in (ALL if answers is None else answers).items()}
    return Conversation.fresh(advisor.pack).replace(started=True, concluded=True, answers=given, **changes)


def result(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> Recommendation:
    return recommend(advisor.knowledge, finished(advisor, answers, **changes), NOON)


def card(advisor: Advisor, **changes: object) -> QuestionCard:
    asked = Conversation.fresh(advisor.pack).replace(started=True)
    (shown,) = replay(advisor.knowledge, asked, NOON)
    assert isinstance(shown, QuestionCard)
    return shown._replace(**changes)  # type: ignore[arg-type]


def test_a_question_that_is_asked_again_is_shorter(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    records = (RecordedAnswer(advisor.pack.question("volume"), answer("low")),)
    whole = text(advisor, card(advisor, records=records))
    assert whole.startswith("Volume and speed: low, with time to spare\nQuestion 1 of 5 · Training data")
    assert data.prompt in whole
    again = text(advisor, card(advisor, records=records, again=True))
    assert again.startswith("Back to question 1 of 5 · Training data")
    assert data.brief in again
    assert "Pick one or type" in whole
    assert "type" not in again.lower()
    bare = data.model_copy(update={"brief": ""})
    assert data.prompt in text(advisor, card(advisor, question=bare, again=True))


def test_an_answer_so_far_is_marked_and_can_be_kept(advisor: Advisor) -> None:
    first = view(advisor, card(advisor))
    assert ids(first) == ["answer:data:yes", "answer:data:no", "answer:data:unsure", "why", "cancel"]
    assert not any("✓" in button.label for button in buttons(first))
    kept = view(advisor, card(advisor, previous=answer("no"), can_go_back=True))
    assert [button.label.endswith("✓") for button in buttons(kept)][:3] == [False, True, False]
    assert ids(kept)[3:] == ["keep", "why", "back", "restart", "cancel"]
    assert "Your answer so far: no, or only a handful." in plain(kept)
    assert buttons(kept)[0].description == "Training data: Yes, hundreds or more"


def test_how_to_go_on_is_said_where_it_helps(advisor: Advisor) -> None:
    certain = view(advisor, card(advisor, certain=advisor.pack.verdicts[0]))
    assert ids(certain)[-1] == "show"
    assert "already clear" in plain(certain)
    assert "already clear" not in text(advisor, card(advisor))
    assert "You can also type" in text(advisor, card(advisor, first=False))
    assert "mention me" in text(advisor, card(advisor, several=True))
    assert "Pick one" not in text(advisor, card(advisor, several=True))
    assert "mention me" in text(advisor, card(advisor, several=True, again=True))
    assert "mention me" not in text(advisor, card(advisor))


def test_a_question_counts_only_what_was_not_read_and_knows_what_is_certain(advisor: Advisor) -> None:
    def shown(asked: Conversation) -> QuestionCard:
        (reply,) = replay(advisor.knowledge, asked, NOON)
        assert isinstance(reply, QuestionCard)
        return reply

    fresh = Conversation.fresh(advisor.pack).replace(started=True)
    assert (shown(fresh).number, shown(fresh).total, shown(fresh).first, shown(fresh).can_go_back) == (
        1,
        5,
        True,
        False,
    )
    read = fresh.replace(answers={"data": answer("yes", how=AnswerMethod.READ, evidence="x")})
    assert (shown(read).number, shown(read).total, shown(read).first) == (1, 4, False)
    pressed = fresh.replace(answers={"data": answer("yes")})
    assert (shown(pressed).number, shown(pressed).total, shown(pressed).can_go_back) == (2, 5, True)
    assert [record.question.id for record in shown(pressed).records] == ["data"]
    assert shown(pressed).certain is None
    none = fresh.replace(answers={"data": answer("no")})
    certain = shown(none).certain
    assert certain is not None
    assert certain.id == "prompt_engineering"
    assert shown(none.replace(revisit="data")).certain is None
    reopened = shown(none.replace(revisit="data"))
    assert (reopened.records, reopened.previous) == ((), answer("no"))
    assert [shown(fresh.replace(people=people)).several for people in (("a",), ("a", "b"))] == [False, True]


def test_what_is_likely_is_asked_in_turns(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    first = view(advisor, LikelyOption(data, "no"))
    assert plain(first).startswith("That sounds like no, or only a handful. Right?")
    assert ids(first) == ["confirm:data:no", "answer:data:yes", "answer:data:unsure"]
    assert [button.primary for button in buttons(first)] == [True, False, False]
    assert text(advisor, LikelyOption(data, "no", named=True)).startswith("Training data: that sounds like")
    assert "I’d put down" in text(advisor, LikelyOption(data, "no", 2, named=True))
    assert "I’d put down" not in text(advisor, LikelyOption(data, "no", 3))
    change = view(advisor, LikelyChange(data, "no", "yes"))
    assert "change it to no, or only a handful (it’s yes, hundreds or more now)?" in plain(change)
    assert ids(change) == ["confirm:data:no"]


def test_what_is_not_understood_is_quoted_from_the_second_time_on(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    assert "Yes, hundreds or more / No, or only a handful / Not sure?" in text(advisor, UnmatchedAnswer(data, "xyz"))
    assert "xyz" not in text(advisor, UnmatchedAnswer(data, "xyz"))
    assert "what to make of “x y”" in text(advisor, UnmatchedAnswer(data, "x\n y", 2))
    assert "Still lost, sorry: “xyz”" in text(advisor, UnmatchedAnswer(data, "xyz", 3))
    assert f"“{'x' * 80}”" in text(advisor, UnmatchedAnswer(data, "x" * 80, 2))
    assert f"“{'x' * 79}…”" in text(advisor, UnmatchedAnswer(data, "x" * 81, 2))
    both = text(advisor, AmbiguousAnswer(data, ("unsure", "yes")))
    assert "Yes, hundreds or more / Not sure. Which" in both


def test_what_was_read_can_be_changed_while_it_is_new(advisor: Advisor) -> None:
    read = (RecordedAnswer(advisor.pack.question("data"), answer("yes", how=AnswerMethod.READ, evidence="so many")),)
    new = view(advisor, UnderstoodAnswers(read))
    assert "Training data: yes, hundreds or more (“so many”)" in plain(new)
    assert ids(new) == ["edit:data"]
    closed = view(advisor, UnderstoodAnswers(read, closed=True))
    assert ids(closed) == []
    assert "or “change training data”" in plain(closed)
    assert "read from “so many”" in text(advisor, AnswersRead(read))
    assert "no answers" in text(advisor, AnswersRead(()))


def test_a_change_says_what_it_was(advisor: Advisor) -> None:
    data = advisor.pack.question("data")
    assert text(advisor, AnswerChanged(data, "no", None)) == "Training data: no, or only a handful"
    changed = text(advisor, AnswerChanged(data, "no", "yes"))
    assert "is now no, or only a handful (was yes, hundreds or more)" in changed
    by = RecordedAnswer(data, answer("no"), Person("ben", "Ben"))
    assert text(advisor, ClosedQuestion(data, by)) == "Training data: no, or only a handful (by Ben)"
    assert data.why.text in text(advisor, WhyAsked(data))


def test_a_moved_result_says_from_where(advisor: Advisor) -> None:
    budget = advisor.pack.question("budget")
    shown = result(advisor)
    moved = Moved(budget, "limited", "flexible", advisor.pack.verdicts[0])
    assert ("Budget: limited → flexible. The verdict moved from Prompt engineering to Fine-tuning.") in text(
        advisor, replace(shown, moved=moved)
    )
    still = replace(moved, before=shown.verdict)
    assert "limited → flexible. The verdict is still Fine-tuning." in text(advisor, replace(shown, moved=still))
    assert "The verdict" not in text(advisor, shown)


def test_other_results_are_told_and_offered_where_one_answer_makes_them(advisor: Advisor) -> None:
    pack = advisor.pack
    one = ((pack.question("data"), "no"),)
    other = view(advisor, OtherResult(one, pack.verdicts[0], pack.verdicts[-1], offer=True))
    assert "it would be Prompt engineering instead of fine-tuning." in plain(other)
    assert ids(other) == ["confirm:data:no"]
    two = (*one, (pack.question("budget"), "limited"))
    same = view(advisor, OtherResult(two, pack.verdicts[0], pack.verdicts[0], offer=False))
    assert "With Training data: no, or only a handful and Budget: limited, it would still be" in plain(same)
    assert ids(same) == []
    assert "To change an answer, say it" in plain(same)


def test_reasons_and_changes_are_told_or_that_there_are_none(advisor: Advisor) -> None:
    shown = result(advisor)
    reasons = view(advisor, ResultReasons(shown))
    assert plain(reasons).startswith("Fine-tuning, and why:")
    (items,) = [e for e in reasons.elements if isinstance(e, Items)]
    assert len(items.lines) == len(ALL)
    nothing = text(advisor, ResultReasons(result(advisor, {})))
    assert advisor.pack.deciding.default is not None
    assert advisor.pack.deciding.default.text in nothing
    assert "It would change with:" in text(advisor, ResultChanges(shown))
    assert "no other answers would change it" in text(advisor, ResultChanges(replace(shown, changes=())))


def shared(advisor: Advisor, conversation: Conversation, link: str | None = None, **changes: object) -> SharedResult:
    summary = summarise(advisor.knowledge, conversation, NOON, link)
    return replace(SharedResult(summary, Person("ana", "Ana")), **changes)  # type: ignore[arg-type]


def named(advisor: Advisor, *names: str | None) -> Conversation:
    given = {
        question: answer(option, by=name or "x", name=name)
        for (question, option), name in zip(ALL.items(), names, strict=False)
    }
    return finished(advisor).replace(answers=given)


def test_who_gave_the_answers_is_named_once_or_behind_each(advisor: Advisor) -> None:
    one = text(advisor, shared(advisor, named(advisor, "Ana", "Ana")))
    assert "Answers by Ana\n" in one
    assert "(Ana)" not in one
    two = text(advisor, shared(advisor, named(advisor, "Ana", "Ben")))
    assert "Answers\n" in two
    assert "high, or strict on time (Ben)" in two
    nobody = text(advisor, shared(advisor, named(advisor, None, None)))
    assert "Answers\n" in nobody
    assert "(" not in nobody.partition("Answers\n")[2].partition("What would")[0]
    assert "Answers" not in text(advisor, shared(advisor, finished(advisor, {})))


def test_a_shared_result_has_the_note_the_link_and_no_buttons(advisor: Advisor) -> None:
    bare = view(advisor, shared(advisor, finished(advisor), by=Person("ana")))
    assert ids(bare) == []
    assert "Shared by" not in plain(bare)
    assert "“" not in plain(bare).partition("Answers")[0]
    assert not any(isinstance(e, Link) for e in bare.elements)
    assert plain(bare).startswith(advisor.pack.title)
    whole = view(advisor, shared(advisor, finished(advisor, idea="Our\n bot"), "https://x.org", note="Look!"))
    assert plain(whole).startswith("Our\nFine-tuning · strong")
    assert "“Look!”" in plain(whole)
    assert "Shared by Ana." in plain(whole)
    assert "Open the conversation: https://x.org" in plain(whole)
    lists = [e for e in whole.elements if isinstance(e, Items)]
    assert len(lists[-1].lines) == 2
    assert "18 November 2026" in plain(whole)


def test_a_summary_is_markdown_with_everything_that_matters(advisor: Advisor) -> None:
    def source(conversation: Conversation, link: str | None = None) -> list[str]:
        shown = view(advisor, summarise(advisor.knowledge, conversation, NOON, link))
        (made,) = [e for e in shown.elements if isinstance(e, Preformatted)]
        return made.text.splitlines()

    lines = source(finished(advisor, idea="Our bot"), "https://x.org")
    assert lines[0] == "# Our bot"
    assert lines[2] == "**Fine-tuning** (strong)"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Answers",
        "## Why",
        "## What would change it",
        "## Next steps",
    ]
    assert lines[lines.index("## Answers") + 1] == "- Training data: yes, hundreds or more"
    assert lines[lines.index("## Next steps") + 1].startswith("1. ")
    changes = lines[lines.index("## What would change it") + 1 : lines.index("## Next steps") - 1]
    assert len(changes) == 2
    assert "The conversation: https://x.org" in lines
    assert not any("The conversation" in line for line in source(finished(advisor)))
    assert "## Answers by Ana" in source(named(advisor, "Ana", "Ana"))


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        (ALL, "5 of 5 answers point there"),
        ({"data": "no"}, "Training data: no, or only a handful; that decides it"),
        ({}, "not enough points to fine-tuning yet"),
        ({"domain": "general"}, "1 of 5 answers points there"),
        ({"domain": "general", "consistency": "tolerant"}, "2 of 5 answers point there"),
        (ALL | {"budget": "limited"}, "1 of 5 answers point to prompt engineering, 4 to fine-tuning"),
    ],
)
def test_the_details_count_what_points_to_the_verdict(advisor: Advisor, answers: dict[str, str], count: str) -> None:
    assert f"({count})" in text(advisor, ResultDetails(result(advisor, answers)))


def test_only_the_last_of_several_replies_asks_whether_it_helped(advisor: Advisor) -> None:
    first, second = advisor.pack.passages[:2]
    both = view(advisor, PassageReply(advisor.pack, first), PassageReply(advisor.pack, second))
    assert [e.about for e in both.elements if isinstance(e, Feedback)] == [second.id]
    one = view(advisor, PassageReply(advisor.pack, first))
    assert [e.about for e in one.elements if isinstance(e, Feedback)] == [first.id]


@pytest.mark.parametrize(
    ("strength", "key"), [(0, "low"), (0.33, "low"), (0.34, "middle"), (0.66, "middle"), (0.67, "high"), (1, "high")]
)
def test_strengths_have_three_names(strength: float, key: str) -> None:
    assert strength_key(strength) == f"strength_{key}"


def test_a_text_is_cut_between_sentences() -> None:
    text = "One of 1.5 kinds. Two! three? Four. Five"
    assert [first_sentences(text, count) for count in range(4)] == [
        "",
        "One of 1.5 kinds.",
        "One of 1.5 kinds. Two! three?",
        "One of 1.5 kinds. Two! three? Four.",
    ]


@pytest.mark.parametrize(
    ("count", "told"), [(1, "one question"), (2, "about a minute"), (5, "about a minute"), (6, "about 2 minutes")]
)
def test_how_long_the_questions_take(advisor: Advisor, count: int, told: str) -> None:
    some = (advisor.pack.questions * 2)[:count]
    assert told in length(advisor.catalogue, advisor.pack.model_copy(update={"questions": some}))


def test_days_are_written_as_people_write_them() -> None:
    assert (long_day(date(2026, 2, 3)), short_day(date(2026, 2, 3))) == ("3 February 2026", "3 Feb 2026")


def test_what_is_not_covered_tells_a_question_from_what_asks_nothing(advisor: Advisor) -> None:
    assert text(advisor, NotCovered(advisor.pack, ())).startswith("That is not covered here.")
    assert text(advisor, NotCovered(advisor.pack, (), asked=False)).startswith("Tell me in a sentence")
    assert "start" in ids(view(advisor, NotCovered(advisor.pack, (), offer=True)))
    (start,) = buttons(view(advisor, NotCovered(advisor.pack, (), offer=True)))
    assert start.primary
    assert ids(view(advisor, DidYouMean(advisor.pack.passages[:1]))) == [f"passage:{advisor.pack.passages[0].id}"]


def test_the_own_page_lists_what_there_was(advisor: Advisor) -> None:
    pack, catalogue = advisor.pack, advisor.catalogue
    verdict = pack.verdicts[0]
    nothing = plain(home(catalogue, pack, History()))
    assert "None yet." in nothing
    assert pack.examples[0] in nothing
    assert "by place" not in nothing
    unknown = plain(home(catalogue, pack, None))
    assert "could not look them up" in unknown
    assert "None yet." not in unknown
    history = History(
        (PastRecommendation("Our bot", verdict, NOON), PastRecommendation("", verdict, NOON)),
        (OwnIdeas(3, "newest one", NOON, "https://x.org/1"), OwnIdeas(1, "only one", NOON, "")),
    )
    whole = home(catalogue, pack, history)
    assert "- Our bot: Prompt engineering, 18 Nov 2026\n- Prompt engineering, 18 Nov 2026" in plain(whole)
    assert "newest one, the newest of 3 there." in plain(whole)
    assert "only one. Type ideas there" in plain(whole)
    assert pack.examples[0] not in plain(whole)
    titles = [e for e in whole.elements if isinstance(e, Heading)]
    assert [e.level for e in titles] == [2, 2]
    assert isinstance(whole.elements[0], Paragraph)


def test_a_form_needs_an_option_for_each_question_and_may_have_an_idea(advisor: Advisor) -> None:
    assert read_form(advisor, {**ALL, "idea": "  our bot ", "other": 3}) == Submission(ALL, "our bot")
    assert read_form(advisor, ALL) == Submission(ALL, "")
    assert read_form(advisor, {**ALL, IDEA: None}) == Submission(ALL, "")

    def wrong(**changes: object) -> dict[str, str]:
        found = read_form(advisor, {**ALL, **changes})
        assert isinstance(found, FormErrors)
        return dict(found.errors)

    assert "Choose one" in wrong(data="perhaps")["data"]
    assert list(wrong(data=3, budget=None)) == ["data", "budget"]
    assert "words" in wrong(idea=["x"])[IDEA]
    assert "Up to 1000 characters" in wrong(idea="x" * 1001)[IDEA]
    assert "1001" in wrong(idea="x" * 1001)[IDEA]
    assert list(wrong(data="", idea=["x"])) == ["data", IDEA]
    assert isinstance(read_form(advisor, {**ALL, "idea": "x" * 1000}), Submission)


def test_the_result_of_a_form_has_no_buttons(advisor: Advisor) -> None:
    shown = form_view(advisor, Submission(ALL, "Our bot"), NOON)
    assert ids(shown) == []
    assert plain(shown).startswith("Our bot\nFine-tuning · strong")


def test_a_judged_text_shows_what_was_read_and_what_is_missing(advisor: Advisor) -> None:
    told = understanding(advisor, Understanding(states={"our bot": {"data": "no", "budget": "limited"}}))
    shown = judgement_view(told, "our bot", NOON)
    lines = plain(shown).splitlines()
    assert lines[:7] == [
        "What I read",
        "- Training data: no, or only a handful (“our bot”)",
        "- Budget: limited (“our bot”)",
        "Still missing",
        "- Volume and speed",
        "- Domain",
        "- Consistency",
    ]
    assert ids(shown) == []
    assert plain(judgement_view(told, "xyz", NOON)).splitlines()[:2] == ["What I read", "- –"]
    everything = understanding(advisor, Understanding(states={"our bot": ALL}))
    assert "Still missing\n- –" in plain(judgement_view(everything, "our bot", NOON))


def test_the_live_card_stays_as_it_is_where_a_choice_between_two_ideas_is_open(talk: Talk) -> None:
    talk.say("should we fine-tune our support bot?").say("should we fine-tune our sales mails?")
    assert talk.buttons() == ["new", "continue"]
    assert talk.card.startswith("That sounds like a new idea: “should we fine-tune our sales mails?”")


def test_a_case_is_asked_about_as_the_advisor_asks(advisor: Advisor) -> None:
    """A story of practice, told once, and each of the questions about it."""
    pack = advisor.pack
    case, question = pack.practice[0], pack.questions[1]
    asks = CaseQuestion(case, pack.scenarios[0], question, number=2, total=5)
    for brief in (False, True):
        said = text(advisor, replace(asks, brief=brief))
        assert f"{question.name}: {question.prompt}" in said
        assert (case.story.text in said) is not brief
    (choices,) = [element for element in view(advisor, asks).elements if isinstance(element, Choices)]
    assert [button.action for button in choices.buttons] == [
        Action(Verb.PRACTICE, (question.id, option.id)) for option in question.options
    ]


@pytest.mark.parametrize(("times", "named"), [(1, False), (1, True), (2, False), (3, False), (4, True)])
def test_what_was_likely_meant_is_the_button_that_stands_out(advisor: Advisor, times: int, named: bool) -> None:
    question = advisor.pack.question("data")
    shown = view(advisor, LikelyOption(question, "no", times=times, named=named))
    (choices,) = [element for element in shown.elements if isinstance(element, Choices)]
    assert [(button.action.verb, button.primary) for button in choices.buttons] == [
        (Verb.CONFIRM, True), (Verb.ANSWER, False), (Verb.ANSWER, False)
    ]  # fmt: skip
