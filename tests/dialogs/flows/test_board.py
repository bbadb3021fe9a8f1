"""Many ideas at once: the list, one idea, ideas side by side, and what is missing."""

import csv
import io
from dataclasses import replace
from itertools import product

import pytest

from dialogs.board import Board, Idea, Judge
from dialogs.board_listing import Listing
from dialogs.conversation import Answer, AnswerMethod, Conversation
from dialogs.replies.ideas import IdeaCard, IdeaComparison, IdeaList, IdeaQuestion, IdeasNoted
from dialogs.replies.notices import NewOrContinue, Notice
from dialogs.replies.passages import NotCovered, VerdictComparison
from knowledge import decision
from knowledge.pack import UNSURE
from tests.dialogs.talk import NOON, Talk

LINES = "\n".join(["- a bot for tickets", "2. summaries of reports, we have no data at all", "", "* slogans"])
MANY = "triage\n" + "\n".join(f"slogan for shop number {n}" for n in range(1, 31))


def listed(talk: Talk) -> IdeaList:
    shown = talk.turn.card[-1]
    assert isinstance(shown, IdeaList)
    return shown


def chosen(talk: Talk, number: int) -> dict[str, str]:
    idea = talk.conversation.board.find(number)
    return idea.chosen


@pytest.fixture
def three(talk: Talk) -> Talk:
    return talk.say(f"triage:\n{LINES}")


def test_several_lines_give_a_list_what_is_decided_first(three: Talk) -> None:
    page = listed(three)
    assert (page.total, page.decided) == (3, 1)
    assert [row.number for row in page.rows] == [2, 1, 3]
    assert "2. summaries of reports, we have no data at all | Prompt engineering · strong" in three.card
    assert "1. a bot for tickets: could still go any way. Ask first: Training data" in three.card
    assert three.buttons() == [
        "ask:1:data", "ask:3:data", "idea:1", "idea:2", "idea:3", "guide", "export",
    ]  # fmt: skip


def test_a_row_has_a_verdict_only_where_enough_is_known(talk: Talk) -> None:
    """For all combinations of given, unsure and missing answers."""
    pack = talk.advisor.pack
    judge = Judge(pack)
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


def test_fifty_lines_are_taken_a_dozen_a_page(talk: Talk) -> None:
    talk.say("triage\n" + "\n".join(f"idea number {n}" for n in range(60)))
    assert "Left out at the end: 10." in talk.card
    assert "Ideas 1 to 12 of 50" in talk.card
    for first in (13, 25, 37, 49, 1):
        talk.say("more")
        assert listed(talk).first == first
    assert "more" in talk.buttons()


@pytest.mark.parametrize("text", ["idea 2", "details of idea 2", "Show idea 2", "idea #2"])
def test_an_idea_is_opened_by_its_number(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard)
    assert "What would change it" in three.card
    assert "Outside the article" in three.card
    assert three.card.count("summaries of reports") == 1, "its title stands once"
    three.say("back")
    assert listed(three).total == 3


def test_a_question_that_is_asked_again_below_an_answer_leaves_no_old_card(three: Talk) -> None:
    three.press("ask:3:data").say("why")
    assert "Why I ask" in three.below
    assert isinstance(three.turn.card[-1], IdeaQuestion)
    assert three.closed is not None
    assert three.closed.deleted
    three.say("no")
    assert three.closed is not None
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
    assert isinstance(three.turn.card[0], IdeasNoted)


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


@pytest.mark.parametrize("text", ["3", "#3", "what is idea 3 missing?"])
def test_a_number_on_the_list_opens_the_idea(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 3


def test_why_below_an_idea_shows_its_reasons(three: Talk) -> None:
    three.say("idea 2")
    three.say("why?")
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 2
    assert three.turn.below == ()


def test_a_number_is_an_option_while_a_question_is_open(three: Talk) -> None:
    three.press("ask:3:data").say("2")
    assert chosen(three, 3) == {"data": "no"}


def test_what_comes_of_an_answer_is_said_where_the_row_may_have_moved(three: Talk) -> None:
    assert "Idea 3 is now: Prompt engineering · strong." in three.say("3: we have no data").card
    assert "is now" not in three.say("1: not sure about the budget").card
    assert "is now" not in three.press("idea:3").say("the answers must all look the same").card, "the card says it"


def test_a_new_name_is_confirmed_whatever_is_shown(three: Talk) -> None:
    three.say("compare 1 and 2")
    assert "Idea 3 is now called “Slogans for *shoes*”." in three.say("rename 3 to Slogans for *shoes*").card


@pytest.mark.parametrize("text", ["remove all", "clear the list", "delete all the ideas"])
def test_the_whole_list_is_not_removed_by_a_word(three: Talk, text: str) -> None:
    three.say(text)
    assert three.turn.below == (Notice("remove_by_number"),)
    assert len(three.conversation.board.shown) == 3


def test_a_new_name_may_stand_behind_a_colon(three: Talk) -> None:
    three.say("rename idea 2 to: monthly summaries")
    assert three.conversation.board.find(2).title == "monthly summaries"


def test_that_not_all_fit_side_by_side_is_said(talk: Talk) -> None:
    talk.say(MANY).say("compare 1, 2, 3, 4, 5")
    assert "No more than 4 fit side by side" in talk.card


def test_a_pasted_list_in_which_few_lines_have_marks_is_taken_whole(talk: Talk) -> None:
    lines = ["- a bot for tickets", "* summaries of long reports", "1) slogans for our shop"]
    lines += [f"classify the mails of branch {n}" for n in range(1, 11)]
    talk.say("\n".join(lines))
    assert [idea.title for idea in talk.conversation.board.shown][:4] == [
        "a bot for tickets", "summaries of long reports", "slogans for our shop", "classify the mails of branch 1",
    ]  # fmt: skip
    assert len(talk.conversation.board.shown) == 13


def test_signs_before_a_line_are_marks(talk: Talk) -> None:
    talk.say("triage\n🔹 a bot for tickets\n✅ 2) slogans\n➡️ reports")
    assert [idea.title for idea in talk.conversation.board.shown] == ["a bot for tickets", "slogans", "reports"]


def test_ideas_side_by_side(three: Talk) -> None:
    three.say("compare 2 and 3")
    (card,) = three.turn.card
    assert isinstance(card, IdeaComparison)
    assert "Verdict | Prompt engineering · strong | not enough said" in three.card
    three.say("compare ideas 2, 3 and 77")
    assert isinstance(three.turn.card[0], IdeaComparison)
    three.say("compare")
    assert isinstance(three.turn.below[0], VerdictComparison)


def test_rename_and_remove(three: Talk) -> None:
    three.say("rename 3 to Shoe Slogans")
    assert "3. Shoe Slogans" in three.card
    three.say("remove 1")
    assert "Removed: 1." in three.card
    assert [row.number for row in listed(three).rows] == [2, 3]
    three.press("idea:1")
    assert three.turn.aside == (Notice("no_such_idea"),)


def test_numbers_stay_when_more_ideas_come(three: Talk) -> None:
    three.say("remove 3").say("triage\na bot for invoices\na bot for letters")
    assert [row.number for row in listed(three).rows] == [4, 5]
    assert "These are the ones just added" in three.card
    three.say("ideas")
    assert sorted(row.number for row in listed(three).rows) == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("open", [1, 3]),
        ("ideas open", [1, 3]),
        ("prompt engineering", [2]),
        ("show me the prompt engineering ideas", [2]),
        ("mine", [1, 2, 3]),
        ("which are still open?", [1, 3]),
        ("how many ideas do we have?", [2, 1, 3]),
        ("ideas", [2, 1, 3]),
        ("show me the list again", [2, 1, 3]),
    ],
)
def test_filters(three: Talk, text: str, numbers: list[int]) -> None:
    three.say(text)
    assert sorted(row.number for row in listed(three).rows) == sorted(numbers)


@pytest.mark.parametrize("text", ["hybrid ideas", "which are the fine-tuning ones?", "hybrid"])
def test_a_filter_that_nothing_fits_is_a_line_and_does_not_stay(three: Talk, text: str) -> None:
    before = three.say("open").conversation.listing
    three.say(text)
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)
    assert not three.turn.card
    assert three.conversation.listing == before


def test_a_filter_that_nothing_fits_leaves_a_question_open(three: Talk) -> None:
    three.press("ask:3:data").say("hybrid ideas")
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)
    assert isinstance(three.turn.card[-1], IdeaQuestion)


def test_the_ideas_of_others_are_not_mine(three: Talk) -> None:
    three.say("mine", who="ben")
    assert three.turn.below == (Notice("no_ideas_like_that", {"count": "3"}),)


@pytest.mark.parametrize("before", ["hybrid ideas", "prompt engineering ideas", "idea 2", "triage\na bot\na form"])
def test_an_export_has_all_ideas_whatever_is_shown(three: Talk, before: str) -> None:
    three.say(before)
    kept = len(three.conversation.board.shown)
    three.say("export")
    rows = list(csv.DictReader(io.StringIO(three.below.partition("\n")[2])))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, kept + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "why 2", "why 2?", "why is 2 like that", "2: why", "so why is idea 2 like that?", "why is 2 prompt engineering",
        "2 why", "what is missing for 2", "whats missing in 2?", "2: missing", "what does 2 need", "what is 2 missing?",
    ],
)  # fmt: skip
def test_why_and_what_is_missing_open_the_idea(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaCard) and card.row.number == 2
    assert not three.turn.below


def test_a_number_that_is_no_idea_has_no_reasons(three: Talk) -> None:
    assert three.say("why 9").turn.below == (Notice("no_such_idea"),)


def test_why_with_a_number_is_no_idea_while_a_question_is_open(three: Talk) -> None:
    three.press("ask:3:data").say("why 2")
    assert three.conversation.listing.ask == "data"


@pytest.mark.parametrize("text", ["back to list", "back to the list", "Back to the list please", "back to the board"])
def test_back_to_the_list_is_the_button(three: Talk, text: str) -> None:
    three.say("open").press("idea:1").say(text)
    assert sorted(row.number for row in listed(three).rows) == [1, 3]
    three.say("start").say(text)
    assert sorted(row.number for row in listed(three).rows) == [1, 2, 3]


def test_without_ideas_it_says_how_to_begin(talk: Talk) -> None:
    talk.say("ideas")
    assert "There are no ideas here yet" in talk.card + talk.below


def test_export_can_be_judged_again(three: Talk) -> None:
    three.say("3: =evil() we do have data").say("export")
    file = three.below.partition("\n")[2]
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert (rows[1]["verdict"], rows[1]["data"], rows[0]["verdict"], rows[0]["ask"]) == (
        "prompt_engineering", "no", "", "data",
    )  # fmt: skip


def test_everything_missing_is_gone_through_several_ideas_at_once(talk: Talk) -> None:
    talk.say(MANY).press("guide")
    (asked,) = talk.turn.card
    assert isinstance(asked, IdeaQuestion)
    assert (asked.question.id, len(asked.rows), asked.left) == ("data", 12, 30)
    talk.say("2, 5-7: yes; rest: no")
    assert [chosen(talk, n).get("data") for n in (1, 2, 5, 6, 7, 8)] == ["no", "yes", "yes", "yes", "yes", "no"]
    for _ in range(10):
        if not isinstance(talk.turn.card[-1], IdeaQuestion):
            break
        talk.press(f"answer:{talk.turn.card[-1].question.id}:{talk.turn.card[-1].question.options[0].id}")
    assert listed(talk).decided == 30
    assert Notice("nothing_missing") in talk.turn.card


@pytest.mark.parametrize(
    "text", ["yes: 1, 2; no: 3", "1 and 2 yes, rest no", "no for 3; the others yes", "1-2: yes\n3: no"]
)
def test_ways_to_tell_ideas_apart(talk: Talk, text: str) -> None:
    talk.say("triage\nslogans\nletters\npoems").say("lets go through what is missing").say(text)
    assert [chosen(talk, n)["data"] for n in (1, 2, 3)] == ["yes", "yes", "no"]


def test_skip_leaves_out_and_stop_ends(talk: Talk) -> None:
    talk.say("triage\nslogans\nletters\npoems").press("guide").say("skip")
    assert talk.turn.card[-1].question.id != "data"
    talk.say("stop")
    assert listed(talk).decided == 0


def test_skip_is_the_button_and_no_answer(talk: Talk) -> None:
    talk.say(MANY).press("guide").say("skip")
    assert all(not idea.answers for idea in talk.conversation.board.shown)
    assert "ideas without a verdict: 30, here 12" in talk.card


def test_of_two_copies_the_later_of_each_part_counts(three: Talk) -> None:
    idea = three.conversation.board.find(1)
    answer = Answer(option="yes", how=AnswerMethod.BUTTON, by="ana", at=NOON)
    mine = idea.replace(answers={"data": answer}, title="Mine", named=NOON)
    theirs = idea.replace(answers={"data": replace(answer, option="no", at=NOON + 1), "volume": answer})
    for merged in (mine.merged(theirs), theirs.merged(mine)):
        assert merged.chosen == {"data": "no", "volume": "yes"}
        assert merged.title == "Mine"
    assert idea.merged(idea.replace(removed=NOON)).removed == NOON


def test_a_board_without_a_person(three: Talk) -> None:
    three.say("3: we do have data", who="ben")
    idea = three.conversation.board.find(3)
    assert idea.without_person("ben").chosen == {}
    left = idea.without_person("ana")
    assert left.removed
    assert (left.by, left.text, left.title) == ("", "", "")


def test_what_is_stored_is_read_again(three: Talk) -> None:
    stored = Conversation.from_json(three.conversation.to_json())
    assert stored == three.conversation.replace(board=None)
    assert stored.listing == Listing()
    assert Board().shown == ()


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
    talk.say("we want a bot that answers support tickets").say("yes").say("triage: a bot that writes slogans")
    assert [type(reply) for reply in talk.turn.card] == [NewOrContinue]


def test_one_line_after_the_questions_began_without_an_idea(talk: Talk) -> None:
    talk.say("start").say("triage: a bot that answers tickets")
    assert talk.conversation.idea == "a bot that answers tickets"


@pytest.mark.parametrize("text", ["triage", "triage:", "Triage these ideas:", "please triage these ideas:\n\n"])
def test_triage_without_an_idea(talk: Talk, text: str) -> None:
    talk.say(text)
    assert "send your ideas, one per line" in talk.card


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
    assert {row.idea.title for row in listed(talk).rows} == {"a bot for tickets", "slogans"}


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


@pytest.mark.parametrize("text", ["3: yes", "3: 30 each day", "at 10:30 we have few"])
def test_a_number_in_an_answer_to_another_question_is_no_idea(three: Talk, text: str) -> None:
    three.say("start").say(text)
    assert three.conversation.flow == ""
    assert chosen(three, 3) == {}


def test_another_question_that_is_open_does_not_keep_an_idea_from_being_named(three: Talk) -> None:
    three.say("start").say("idea 3: we have no data")
    assert chosen(three, 3) == {"data": "no"}


def test_the_result_of_an_idea_can_be_shared(three: Talk) -> None:
    three.say("rename 2 to Slogans for shoes")
    three.say("idea 2")
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
    assert "no result yet" in three.below
    assert isinstance(three.turn.card[-1], IdeaQuestion)


def test_an_idea_without_a_verdict_has_nothing_to_share(three: Talk) -> None:
    three.say("idea 3")
    assert "share" not in three.buttons()
    three.say("share")
    assert "no result to share" in three.below


@pytest.mark.parametrize(
    "text",
    [
        "1 and 2 yes, 3 no, dont know about the rest",
        "1 and 2 yes, 3 no, don't know about the others",
        "1, 2 yes; 3 no; rest not sure",
        "1 and 2: yes, 3: no, the rest no idea",
        "yes for 1 and 2, no for 3, not sure about the rest",
        "1 and 2 yes and 3 no and the rest not sure",
        "1 yes 2 yes 3 no rest not sure",
        "numbers 1 and 2 yes, number 3 no, all others not sure",
        "1 & 2 yes, 3 no, not sure about everything else",
    ],
)
def test_several_groups_of_one_line_are_each_taken(talk: Talk, text: str) -> None:
    talk.say("triage\nslogans\nletters\npoems\nsongs\njokes").press("guide").say(text)
    assert [chosen(talk, n)["data"] for n in range(1, 6)] == ["yes", "yes", "no", "unsure", "unsure"]


def test_numbers_that_are_not_understood_are_told(talk: Talk) -> None:
    talk.say("triage\nslogans\nletters\npoems").press("guide").say("1 yes, 2 purple elephants")
    assert chosen(talk, 1) == {"data": "yes"}
    assert (chosen(talk, 2), chosen(talk, 3)) == ({}, {})
    assert "Not understood for 2" in talk.card


@pytest.mark.parametrize(
    "text",
    [
        "well yes mostly but 2 hm",
        "hm 2 and 3 purple",
        "1 yes, 77 no",
        "77: yes",
        "yes, but 2 and 3 no",
        "all yes except 2",
        "only 2 and 3",
        "2 and 3",
    ],
)
def test_nothing_is_written_to_ideas_that_were_not_meant(talk: Talk, text: str) -> None:
    talk.say("triage\nslogans\nletters\npoems").press("guide").say(text)
    assert (chosen(talk, 2), chosen(talk, 3)) == ({}, {})
    assert any(number in talk.card + talk.below for number in ("for 2", "for 77"))


@pytest.mark.parametrize(
    "text", ["how do ideas 1 and 3 compare", "how do 1 and 3 compare?", "does idea 1 compare to 3"]
)
def test_several_numbers_with_the_word_are_compared(three: Talk, text: str) -> None:
    three.say(text)
    (card,) = three.turn.card
    assert isinstance(card, IdeaComparison)
    assert [row.number for row in card.rows] == [1, 3]


def test_a_text_that_names_several_ideas_opens_none(three: Talk) -> None:
    three.say("what about ideas 1 and 3")
    assert not any(isinstance(reply, IdeaCard) for reply in three.turn.card)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("rename 1 Asset search", "Asset search"),
        ("rename 1 Tone checker", "Tone checker"),
        ("rename idea 1 as Search", "Search"),
        ("rename 1 to: Search", "Search"),
    ],
)
def test_a_new_name_keeps_its_first_letters(three: Talk, text: str, title: str) -> None:
    three.say(text)
    assert three.conversation.board.find(1).title == title


@pytest.mark.parametrize("text", ["remove everything", "delete everything please", "drop them all"])
def test_everything_is_not_removed_by_a_word(three: Talk, text: str) -> None:
    three.say(text)
    assert three.turn.below == (Notice("remove_by_number"),)


@pytest.mark.parametrize(
    ("text", "numbers", "answer"),
    [
        ("number 3 has no training data", [3], ("data", "no")),
        ("3 - we have no examples for the canteen bot", [3], ("data", "no")),
        ("my bad 3 we do have data", [3], ("data", "yes")),
        ("sorry, 3 we do have data", [3], ("data", "yes")),
        ("1 and 3 budget is tight for everything", [1, 3], ("budget", "limited")),
        ("1 and 3 have no data", [1, 3], ("data", "no")),
        ("we have no data for 3", [3], ("data", "no")),
        ("ideas 1 and 3 have no data", [1, 3], ("data", "no")),
        ("3: we have no data, we compare 1 and 2", [3], ("data", "no")),
    ],
)
def test_what_is_typed_about_numbers_on_the_list_counts_for_them(
    three: Talk, text: str, numbers: list[int], answer: tuple[str, str]
) -> None:
    three.say(text)
    question, option = answer
    assert [n for n in (1, 2, 3) if n != 2 and chosen(three, n).get(question) == option] == numbers


@pytest.mark.parametrize(
    "text", ["3 months of data", "3 - purple elephants", "do 1 and 3 have data?", "77 has no data"]
)
def test_a_number_that_is_no_idea_writes_nothing(three: Talk, text: str) -> None:
    three.say(text)
    assert (chosen(three, 1), chosen(three, 3)) == ({}, {})


@pytest.mark.parametrize("text", ["3 - purple elephants", "2 - purple elephants"])
def test_what_answers_nothing_about_the_idea_beside_it_is_a_text_like_any_other(three: Talk, text: str) -> None:
    three.say(text)
    (said,) = three.turn.below
    assert isinstance(said, NotCovered)


def test_a_number_in_an_answer_about_one_idea_is_no_other_idea(three: Talk) -> None:
    three.press("ask:1:data").say("3 has no data")
    assert chosen(three, 3) == {}


def test_undo_says_that_nothing_is_taken_back(three: Talk) -> None:
    three.say("3: we have no data").say("undo")
    assert three.turn.below == (Notice("ideas_kept"),)
    assert chosen(three, 3) == {"data": "no"}
