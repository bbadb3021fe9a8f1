"""The board: the list, one idea, its questions, sharing, the export, and what is stored."""

import csv
import io
from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT, Answer, AnswerMethod, Conversation, given_answer
from dialogs.flows.board import new_idea
from dialogs.ideas.board import Board, Idea, Judge
from dialogs.ideas.board_list import Listing
from dialogs.message import GivenIdea, Message, Person, Typed
from dialogs.replies.ideas import IdeaCard, IdeaQuestion
from dialogs.replies.notices import Notice
from dialogs.replies.receipts import Receipts
from dialogs.titles import Titles
from knowledge import decision
from knowledge.judgement import Judgements
from knowledge.pack import UNSURE
from tests.dialogs.executor.lines import edit
from tests.dialogs.flows.listed_ideas import LINES, chosen, listed
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON, Talk


def test_several_lines_give_a_list_what_is_decided_first(three: Talk) -> None:
    page = listed(three)
    assert (page.total, page.decided) == (3, 1)
    assert [row.number for row in page.rows] == [2, 1, 3]
    assert "2. summaries of reports | Prompt engineering · too few examples" in three.card
    assert "1. a bot for tickets; 3. slogans: could still go any way. Ask first: Training data" in three.card
    assert three.buttons() == [
        "guide", "export", "ask:1:data", "ask:3:data", "idea:1", "idea:2", "idea:3",
    ]  # fmt: skip


def test_a_row_has_a_verdict_only_where_enough_is_known(talk: Talk) -> None:
    """For all combinations of given, unsure and missing answers."""
    pack = talk.advisor.pack
    judge = Judge(Judgements(pack))
    options = [[None, *(option.id for option in question.options)] for question in pack.questions]
    for combination in product(*options):
        answers = {q.id: option for q, option in zip(pack.questions, combination, strict=True) if option is not None}
        given = {q: Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON) for q, option in answers.items()}
        row = judge.row(Idea(number=1, id="x", title="x", by="ana", at=NOON, answers=given))
        completions = product(*([o.id for o in question.options] for question in row.missing))
        left = {
            decision.decide(pack, {**answers, **dict(zip((q.id for q in row.missing), rest, strict=True))}).verdict
            for rest in completions
        }
        known = sum(option != UNSURE for option in answers.values())
        assert {verdict.id for verdict in row.possible} == left
        assert (row.verdict is not None) == (not row.missing or known >= 2 or len(left) == 1)
        assert (row.ask is None) == (not row.missing)


def test_an_open_question_waits_and_can_be_gone_back_to(talk: Talk) -> None:
    talk.say("start").press("answer:data:yes").say(f"triage\n{LINES}")
    assert talk.turn.card[0] == Notice("questions_wait")
    assert talk.conversation.chosen == {"data": "yes"}
    talk.say("continue")
    assert talk.open == "volume"


@pytest.mark.parametrize("text", ["2", "#2", "idea 2", "details of idea 2", "Show idea 2", "idea #2"])
def test_an_idea_is_opened_by_its_number(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard)
    assert "Use prompts, no tuning for now" in three.card
    assert "Closest case" not in three.card
    assert three.card.count("2. summaries of reports\n") == 1, "its title has no facts"
    assert three.card.count("summaries of reports, we have no data at all\n") == 1, "its text stands once"
    three.say("back")
    assert listed(three).total == 3


def test_a_question_that_is_asked_again_below_an_answer_leaves_no_old_card(three: Talk) -> None:
    three.press("ask:3:data").say("why")
    assert "Why I ask" in three.below
    assert isinstance(three.turn.card[-1], IdeaQuestion)
    assert three.closed.deleted
    three.say("no")
    assert not three.closed.deleted
    assert listed(three).decided == 2


def test_an_idea_without_a_verdict_shows_what_it_could_be_and_asks(three: Talk) -> None:
    three.press("idea:3")
    assert "Not enough said yet" in three.card
    assert "Why" not in three.card
    assert three.buttons()[0] == "ask:3:data"


def test_a_missing_answer_is_given_in_place_and_the_row_moves(three: Talk) -> None:
    three.press("ask:3:data")
    (asked,) = three.turn.card
    assert isinstance(asked, IdeaQuestion)
    three.press("answer:data:no")
    assert listed(three).rows[-1].number == 1
    assert listed(three).decided == 2
    assert chosen(three, 3) == {"data": "no"}


def test_the_open_question_about_an_idea_is_answered_by_typing(three: Talk) -> None:
    three.press("ask:3:volume").say("not sure")
    assert chosen(three, 3) == {"volume": "unsure"}
    assert [type(reply) for reply in three.turn.card] == [Receipts, IdeaQuestion]
    assert "3. slogans: Volume and speed: not sure." in three.card


@pytest.mark.parametrize("text", ["3: we do have data", "idea 3: we do have data", "idea 3 is wrong, we do have data"])
def test_what_is_said_about_an_idea_counts_for_it_alone(three: Talk, text: str) -> None:
    three.say(text)
    assert chosen(three, 3) == {"data": "yes"}
    assert chosen(three, 1) == {}
    assert not three.conversation.started


def test_a_press_for_one_idea_never_counts_for_the_next(three: Talk) -> None:
    three.press("ask:1:data")
    drawn = three.conversation.revision
    three.press("answer:data:no", revision=drawn).press("ask:3:data").press("answer:data:no", revision=drawn)
    assert chosen(three, 3) == {}
    assert three.turn.aside == (Notice("outdated"),)


def test_what_says_nothing_about_an_idea_opens_its_question(three: Talk) -> None:
    three.say("3: purple elephants")
    assert three.turn.card[0] == Notice("which_answer")
    assert isinstance(three.turn.card[1], IdeaQuestion)


def test_what_comes_of_an_answer_is_said_where_the_row_may_have_moved(three: Talk) -> None:
    said = three.say("3: we have no data").below
    assert said == "3. slogans: Training data: no, or only a handful. The result: Prompt engineering."
    assert "The result" not in three.say("1: not sure about the budget").below


def test_numbers_stay_when_more_ideas_come(three: Talk) -> None:
    three.say("remove 3").say("triage\na bot for invoices\na bot for letters")
    assert [row.number for row in listed(three).rows] == [4, 5]
    assert "Just added" in three.card
    three.say("ideas")
    assert sorted(row.number for row in listed(three).rows) == [1, 2, 4, 5]


@pytest.mark.parametrize("before", ["hybrid ideas", "prompt engineering ideas", "idea 2", "triage\na bot\na form"])
def test_an_export_has_all_ideas_whatever_is_shown(three: Talk, before: str) -> None:
    three.say(before)
    kept = len(three.conversation.board.shown)
    three.say("export")
    rows = list(csv.DictReader(io.StringIO(three.below.partition("\n")[2])))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, kept + 1)]


def test_export_can_be_judged_again(three: Talk) -> None:
    three.say("3: =evil() we do have data").say("export")
    file = three.below.partition("\n")[2]
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert (rows[1]["verdict"], rows[1]["data"], rows[0]["verdict"], rows[0]["ask"]) == (
        "prompt_engineering", "no", "", "data",
    )  # fmt: skip


def test_what_is_stored_is_read_again(three: Talk) -> None:
    stored = Conversation.from_json(three.conversation.to_json())
    assert stored == three.conversation.replace(board=None)
    assert stored.listing == Listing()
    assert Board().shown == ()


def test_the_result_of_an_idea_can_be_shared(three: Talk) -> None:
    three.do(edit(What.RENAME, "2", value="Slogans for shoes")).say("idea 2")
    assert "share" in three.buttons()
    card = three.card
    three.press("share")
    assert "Slogans for shoes" in three.below
    assert "Prompt engineering" in three.below
    assert "What would change it" in three.below
    three.say("share")
    assert "Slogans for shoes" in three.below
    assert card.startswith("Idea 2")


def test_while_a_question_about_an_idea_is_open_its_result_is_not_shared(three: Talk) -> None:
    three.press("ask:2:volume").say("share")
    assert "no result to share yet" in three.below
    assert isinstance(three.turn.card[-1], IdeaQuestion)


def test_an_idea_without_a_verdict_has_nothing_to_share(three: Talk) -> None:
    three.say("idea 3")
    assert "share" not in three.buttons()
    three.say("share")
    assert "no result to share" in three.below


def row_of(link: str | None = None) -> Message:
    return Message("m", Person("ana", "Ana"), NOON, Typed("x"), permalink=link)


@pytest.mark.parametrize(("words", "kept"), [("", None), ("w" * 500, "w" * EVIDENCE_LIMIT), ("we have", "we have")])
def test_an_answer_keeps_the_words_that_it_was_read_from(words: str, kept: str | None) -> None:
    answer = given_answer(row_of(), "yes", AnswerMethod.READ, words)
    assert (answer.evidence, answer.by, answer.name, answer.at) == (kept, "ana", "Ana", NOON)


def test_an_idea_has_what_was_told_and_what_its_text_says(advisor: Advisor) -> None:
    meanings = Understanding(reads={"a bot": {"data": "no", "volume": "low"}})
    knowledge = understanding(advisor, meanings).knowledge
    told = (("data", "yes"), ("budget", "some"), ("colour", "red"))
    idea = new_idea(
        knowledge, Titles(knowledge, advisor.catalogue.titles), row_of("https://x.org"), GivenIdea("a bot", told), 0
    )
    assert idea.chosen == {"data": "yes", "volume": "low"}
    assert {name: answer.how for name, answer in idea.answers.items()} == {
        "data": AnswerMethod.TYPED,
        "volume": AnswerMethod.READ,
    }
    assert (idea.number, idea.by, idea.name, idea.at, idea.link) == (0, "ana", "Ana", NOON, "https://x.org")
    other = new_idea(
        knowledge, Titles(knowledge, advisor.catalogue.titles), row_of(), GivenIdea("x" * (IDEA_LIMIT + 1)), 1
    )
    assert (len(other.text), other.link, other.answers) == (IDEA_LIMIT, "", {})
    assert other.id != idea.id
