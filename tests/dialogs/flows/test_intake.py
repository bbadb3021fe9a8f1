"""Ideas that are sent one at a time after "triage": what is added, what ends the list, and what it then becomes."""

import pytest

from dialogs.conversation import Conversation
from dialogs.flows.board import IDEAS_JUDGED
from dialogs.replies.ideas import IdeaList, IdeasAwaited
from dialogs.replies.notices import Notice
from dialogs.replies.passages import PassageReply
from dialogs.replies.questions import QuestionCard
from dialogs.replies.receipts import Offered
from tests.dialogs.talk import Talk
from tests.shipped import shipped

FIRST, SECOND = "summarise tenders for the sales team", "bot that answers staff questions on holidays"


def awaiting(talk: Talk, *ideas: str) -> Talk:
    talk.say("triage")
    for idea in ideas:
        talk.say(idea)
    return talk


def listed(talk: Talk) -> list[str]:
    board = talk.conversation.board
    return [] if board is None else [idea.text for idea in board.shown]


def sent(talk: Talk) -> list[str]:
    intake = talk.conversation.intake
    return [] if intake is None else [idea.text for idea in intake.ideas]


def shows(talk: Talk, kind: type) -> bool:
    return any(isinstance(reply, kind) for reply in talk.turn.card)


def test_each_line_is_one_more_idea(talk: Talk) -> None:
    awaiting(talk, FIRST)
    assert "Added: 1 idea." in talk.card
    talk.say(SECOND)
    assert "Added: 2 ideas." in talk.card
    assert "done" in talk.card
    assert sent(talk) == [FIRST, SECOND]
    assert talk.open is None


@pytest.mark.parametrize("word", ["done", "that's all", "start", "Done!"])
def test_a_word_ends_the_list(talk: Talk, word: str) -> None:
    awaiting(talk, FIRST, SECOND).say(word)
    assert shows(talk, IdeaList)
    assert listed(talk) == [FIRST, SECOND]
    assert talk.conversation.intake is None


def test_so_does_the_button(talk: Talk) -> None:
    awaiting(talk, FIRST, SECOND).press("finish")
    assert listed(talk) == [FIRST, SECOND]
    assert not talk.turn.apart
    assert talk.closed.deleted


def test_one_line_is_a_single_idea(talk: Talk) -> None:
    awaiting(talk, FIRST).say("done")
    assert shows(talk, QuestionCard)
    assert talk.conversation.idea == FIRST
    assert (listed(talk), sent(talk)) == ([], [])


def test_a_pasted_block_is_the_list_at_once(talk: Talk) -> None:
    awaiting(talk).say(f"{FIRST}\n{SECOND}")
    assert listed(talk) == [FIRST, SECOND]


def test_a_block_after_single_lines_ends_the_list_with_them(talk: Talk) -> None:
    awaiting(talk, FIRST).say(f"- {SECOND}\n- slogans")
    assert listed(talk) == [FIRST, SECOND, "slogans"]


def test_marks_of_a_list_are_left_out_of_single_lines(talk: Talk) -> None:
    assert sent(awaiting(talk, f"1. {FIRST}", f"- {SECOND}")) == [FIRST, SECOND]


def test_nothing_sent_is_no_list(talk: Talk) -> None:
    awaiting(talk).say("done")
    assert "nothing on the list" in talk.card
    talk.say(FIRST)
    assert sent(talk) == [FIRST]


def test_a_question_in_between_is_answered_and_the_list_goes_on(talk: Talk) -> None:
    awaiting(talk, FIRST).say("How much does fine-tuning cost?")
    assert isinstance(talk.turn.below[0], PassageReply)
    assert "Added: 1 idea." in talk.card
    assert sent(talk.say(SECOND)) == [FIRST, SECOND]


def test_the_last_one_can_be_taken_back(talk: Talk) -> None:
    awaiting(talk, FIRST, SECOND).say("undo")
    assert sent(talk) == [FIRST]
    talk.say("start over")
    assert sent(talk) == []
    assert shows(talk, IdeasAwaited)


def test_a_list_that_is_left_goes_on_where_it_was(talk: Talk) -> None:
    awaiting(talk, FIRST).say("stop")
    assert "continue" in talk.card
    talk.say(SECOND)
    assert sent(talk) == [FIRST]
    talk.say("stop")
    assert talk.open is None


def test_continue_leads_back_to_a_list(talk: Talk) -> None:
    awaiting(talk, FIRST).say("stop").say("continue").say(SECOND)
    assert sent(talk) == [FIRST, SECOND]


def test_the_word_once_more_keeps_what_was_sent(talk: Talk) -> None:
    assert sent(awaiting(talk, FIRST).say("triage")) == [FIRST]
    assert sent(talk.say("learn").say("triage")) == [FIRST]


def test_a_list_that_was_left_is_continued_before_questions_that_wait(talk: Talk) -> None:
    talk.say("start").say("yes")
    awaiting(talk, FIRST).say("learn").say("continue")
    assert (talk.conversation.flow, sent(talk)) == ("intake", [FIRST])


def test_who_stops_is_told_once_that_the_list_waits(talk: Talk) -> None:
    awaiting(talk, FIRST).say("stop")
    assert talk.turn.card == (Notice("list_waits"),)
    assert sent(talk) == [FIRST]


def test_who_surely_leaves_adds_no_idea() -> None:
    talk = awaiting(Talk(shipped()), FIRST).say("hm too much for now, stop")
    assert sent(talk) == [FIRST]


def test_an_empty_list_that_is_stopped_is_gone(talk: Talk) -> None:
    talk.say("triage").say("stop")
    assert talk.conversation.intake is None
    assert Notice("list_waits") not in talk.turn.card


def test_questions_that_are_open_wait(talk: Talk) -> None:
    talk.say("start").say("yes")
    awaiting(talk, FIRST, SECOND)
    assert talk.conversation.chosen == {"data": "yes"}
    talk.say("done").say("continue")
    assert talk.open == "volume"
    awaiting(talk, FIRST).say("done")
    assert shows(talk, Offered)


def test_a_full_list_is_judged(talk: Talk) -> None:
    awaiting(talk, *(f"slogan for shop number {n}" for n in range(IDEAS_JUDGED)))
    assert len(listed(talk)) == IDEAS_JUDGED


def test_each_idea_is_its_writers(talk: Talk) -> None:
    awaiting(talk, FIRST).say(SECOND, who="ben").say("done")
    assert [idea.by for idea in talk.conversation.board.shown] == ["ana", "ben"]


def test_what_was_sent_goes_with_whoever_wrote_it(talk: Talk) -> None:
    awaiting(talk, FIRST).say(SECOND, who="eve")
    assert "eve" in talk.conversation.participants
    left = talk.conversation.without_person("eve")
    assert [idea.text for idea in left.intake.ideas] == [FIRST]
    assert SECOND not in left.to_json()


def test_what_was_sent_is_stored(talk: Talk) -> None:
    stored = awaiting(talk, FIRST).conversation
    assert Conversation.from_json(stored.to_json()).intake == stored.intake


@pytest.mark.parametrize("button", ["finish", "answer:data:yes", "skip"])
def test_without_a_list_its_buttons_are_out_of_date(talk: Talk, button: str) -> None:
    before = awaiting(talk, FIRST).say("stop").conversation
    talk.press(button)
    assert talk.conversation.intake == before.intake
    assert talk.turn.aside


def test_what_was_sent_is_known_about_whoever_wrote_it(talk: Talk) -> None:
    talk.say("triage").say("a bot that sorts invoices").say("a bot that writes slogans", who="ben")
    talk.say("what do you know about me?")
    assert "sorts invoices" in talk.below
    assert "slogans" not in talk.below


@pytest.mark.parametrize("word", ["1", "the first one", "one"])
def test_a_number_does_not_end_the_list(talk: Talk, word: str) -> None:
    talk.say("triage").say("a bot that sorts invoices").say(word)
    assert talk.conversation.intake is not None


@pytest.mark.parametrize(
    "text", ["i have a list of ideas", "We have 12 ideas to rank.", "Hi! can you sort a few ideas for us?"]
)
def test_who_has_several_ideas_is_asked_for_them(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.turn.card == (IdeasAwaited(0),)
    assert (talk.open, talk.conversation.started) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "i have an idea",
        "how do you rank a list of ideas?",
        "a bot that keeps a list of ideas for the whole sales team",
        "ideas",
        "can you do several languages at once?",
        "how do i give the model several examples",
        "how do I put a list of prices in?",
    ],
)
def test_what_names_no_several_ideas_of_theirs_opens_no_list(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.conversation.intake is None


def test_several_ideas_in_an_answer_open_no_list(talk: Talk) -> None:
    talk.say("start").say("we have some ideas but no data")
    assert talk.conversation.intake is None
    talk.say("I have a list of ideas")
    assert talk.turn.card[-1] == IdeasAwaited(0)


@pytest.mark.parametrize("text", ["delete the last one", "undo the last one", "take that back please"])
def test_the_last_one_is_taken_back_in_many_words(talk: Talk, text: str) -> None:
    assert sent(awaiting(talk, FIRST, SECOND).say(text)) == [FIRST]
    assert talk.turn.card == (IdeasAwaited(1),)


@pytest.mark.parametrize("text", ["remove duplicates from our address list", "delete that old mail after a summary"])
def test_an_idea_may_begin_like_that(talk: Talk, text: str) -> None:
    assert sent(awaiting(talk, FIRST).say(text)) == [FIRST, text]


@pytest.mark.parametrize("text", ["how many so far?", "how many ideas"])
def test_how_many_there_are_is_said_in_a_line(talk: Talk, text: str) -> None:
    awaiting(talk, FIRST, SECOND).say(text)
    assert talk.turn.card == (IdeasAwaited(2),)
    assert not talk.turn.below
    assert sent(talk) == [FIRST, SECOND]


@pytest.mark.parametrize("opening", ["triage\n", "triage these:\n", ""])
def test_headings_within_a_list_are_no_ideas(talk: Talk, opening: str) -> None:
    if not opening:
        awaiting(talk)
    talk.say(f"{opening}Sales:\n{FIRST}\n\nStaff:\n{SECOND}\n- bot that says:")
    assert listed(talk) == [FIRST, SECOND, "bot that says:"]


def test_a_line_alone_is_no_heading(talk: Talk) -> None:
    assert sent(awaiting(talk, "translate this:")) == ["translate this:"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("no, remove number 2 and 3", [FIRST]),
        ("drop number 2 please", [FIRST, "slogans for the canteen"]),
        ("scrap the canteen one", [FIRST, SECOND]),
        ("take out the tenders", [SECOND, "slogans for the canteen"]),
        ("scrap the canteen one. it was a joke", [FIRST, SECOND]),
    ],
)
def test_ideas_are_taken_back_by_number_or_words(talk: Talk, text: str, left: list[str]) -> None:
    awaiting(talk, FIRST, SECOND, "slogans for the canteen").say(text)
    assert sent(talk) == left
    assert "Removed" in talk.card


@pytest.mark.parametrize(
    "text", ["scrap the canteen one. thats it", "remove 3. that's all of them", "drop number 3. done"]
)
def test_the_last_sentence_may_end_the_list(talk: Talk, text: str) -> None:
    awaiting(talk, FIRST, SECOND, "slogans for the canteen").say(text)
    assert listed(talk) == [FIRST, SECOND]


def test_an_idea_and_the_end_in_one_line(talk: Talk) -> None:
    awaiting(talk, FIRST).say(f"{SECOND}. that's all of them")
    assert listed(talk) == [FIRST, f"{SECOND}."]


@pytest.mark.parametrize(
    "line",
    ["Ideas:", "Minutes of the innovation circle, 14 Nov", "Present: Milan, Jana, Dr. Rosic", "Next meeting 12 Dec"],
)
def test_a_heading_neither_ends_the_list_nor_is_an_idea(talk: Talk, line: str) -> None:
    awaiting(talk, FIRST).say(line).say(SECOND)
    assert sent(talk) == [FIRST, SECOND]


@pytest.mark.parametrize("line", ["minutes of meetings", "notes of the nurses into letters", "Search in our SOPs?"])
def test_what_only_sounds_like_a_heading_or_a_question_is_an_idea(talk: Talk, line: str) -> None:
    assert sent(awaiting(talk, FIRST, line)) == [FIRST, line]


def test_what_is_said_about_an_idea_is_added_to_it(talk: Talk) -> None:
    awaiting(talk, FIRST, SECOND).say("-> we have no examples").say("1: no data")
    assert sent(talk) == [f"{FIRST}, no data", f"{SECOND}, we have no examples"]


@pytest.mark.parametrize(
    "line", ["1: no data", "ideas", "idea 1", "budget is limited", "the slogans have no data", "export"]
)
def test_no_line_changes_an_older_list_or_the_questions(talk: Talk, line: str) -> None:
    talk.say("start").say("yes")
    talk.say(f"triage\n- slogans\n- {FIRST}")
    older = talk.conversation.board
    awaiting(talk, SECOND).say(line)
    assert talk.conversation.flow == "intake"
    assert talk.conversation.board == older
    assert talk.conversation.chosen == {"data": "yes"}
