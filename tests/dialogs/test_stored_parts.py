"""What is kept of a conversation and of ideas: titles, numbers, whose words they are, and which copy counts."""

from dataclasses import replace

import pytest

from dialogs.advisor import Advisor
from dialogs.board import Board, Idea, clearest_first, idea_id
from dialogs.board_changes import board_changes, noted
from dialogs.conversation import (
    TITLE_LIMIT,
    Answer,
    AnswerMethod,
    Conversation,
    Proposal,
    Tour,
    hashed,
    migrate,
    open_question,
    previous_question,
    read_mark,
    shown_readings,
    title_of,
)
from dialogs.feedback import NOTE_LIMIT, Rating
from dialogs.message import Action, Message, Person, Press, Typed, Verb, number_in
from dialogs.parsers.feedback_parser import rating_of
from dialogs.replies.passages import DidYouMean, NotCovered
from dialogs.spreadsheet import escape_formula
from dialogs.turn import Turn
from dialogs.usage import OFFERED, UNKEPT, UNKNOWN, is_unanswered, usage
from tests.dialogs.stub_knowledge import asked
from tests.dialogs.talk import NOON, Talk


def answer(option: str = "yes", **changes: object) -> Answer:
    return replace(Answer(option=option, how=AnswerMethod.BUTTON, by="ana", at=NOON), **changes)  # type: ignore[arg-type]


def idea(**changes: object) -> Idea:
    return Idea(number=1, id="x", title="Title", text="Text", by="ana", name="Ana", at=NOON).replace(**changes)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("  \n ", ""),
        ("  one \n two", "one"),
        ("x" * TITLE_LIMIT, "x" * TITLE_LIMIT),
        ("x" * (TITLE_LIMIT + 1), "x" * (TITLE_LIMIT - 1) + "…"),
        ("a" * 30 + " " + "b" * 40, "a" * 30 + "…"),
        ("a" * 29 + " " + "b" * 40, "a" * 29 + " " + "b" * 29 + "…"),
        ("a" * 35 + ", - " + "b" * 40, "a" * 35 + "…"),
    ],
)
def test_a_title_is_the_first_line_cut_between_words(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title) <= TITLE_LIMIT


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("123456", 123_456), ("1234567", 0), ("", 0), ("x", 0), ("-1", 0), ("٣", 0)]
)
def test_numbers_are_short_and_plain(text: str, number: int) -> None:
    assert number_in(text) == number


def test_ids_are_remembered_up_to_a_limit(talk: Talk) -> None:
    for number in range(33):
        talk.say("hello", message_id=f"id{number}")
    assert not talk.conversation.has_seen("id0")
    assert talk.conversation.has_seen("id1")
    assert talk.conversation.has_seen("id32")
    assert len(hashed("x")) == 8


def test_who_takes_part_and_whether_it_is_shared(advisor: Advisor) -> None:
    alone = asked(advisor, "volume", data="yes")
    assert not alone.shared
    assert alone.participants == {"ana"}
    assert alone.replace(people=("ana", "ben")).shared
    by_ben = alone.replace(answers={"data": answer(by="ben")})
    assert by_ben.shared
    assert alone.replace(people=()).shared is False
    more = by_ben.replace(tour=Tour(by="eve"), idea_by="joe", pending="x", pending_by="kim")
    assert more.participants == {"ana", "ben", "eve", "joe", "kim"}
    assert more.replace(idea="", pending=None).participants == {"ana", "ben", "eve"}
    assert (alone.author("ana"), alone.author("ben")) == ("", "ben")


def test_what_a_person_leaves_behind(advisor: Advisor) -> None:
    read = answer(how=AnswerMethod.READ, evidence="labelled", by="ben")
    both = Conversation.fresh(advisor.pack).replace(
        revision=4,
        started=True,
        concluded=True,
        people=("ana", "ben"),
        idea="we have labelled tickets",
        answers={"data": read, "volume": answer("low", by="ben"), "budget": answer("limited")},
        pending="x",
        confirm=Proposal(question="data", option="no"),
        spoke=hashed("ana"),
        flow="board",
        tour=Tour(by="ben"),
    )
    left = both.without_person("ana")
    assert left is not None
    assert (left.revision, left.people, left.idea, left.pending) == (5, ("ben",), "", None)
    assert left.chosen == {"volume": "low"}, "what was read out of a description goes with it"
    assert (left.concluded, left.confirm, left.spoke, left.flow) == (False, None, "", "board")
    other = both.without_person("ben")
    assert other is not None
    assert (other.chosen, other.idea, other.spoke) == ({"budget": "limited"}, both.idea, hashed("ana"))
    assert (other.tour, other.flow) == (None, "")
    stranger = both.without_person("eve")
    assert stranger is not None
    assert (stranger.chosen, stranger.concluded, stranger.tour) == (both.chosen, True, both.tour)
    by_eve = both.replace(idea_by="eve", pending_by="eve").without_person("ana")
    assert by_eve is not None
    assert (by_eve.idea, by_eve.pending) == (both.idea, "x")


def test_which_question_is_open_and_which_is_before_it(advisor: Advisor) -> None:
    pack = advisor.pack

    def open_and_before(conversation: Conversation) -> tuple[str | None, str | None]:
        found = open_question(pack, conversation), previous_question(pack, conversation)
        return tuple(question and question.id for question in found)  # type: ignore[return-value]

    begun = asked(advisor, "data").replace(revisit=None)
    assert open_and_before(begun) == ("data", None)
    assert open_and_before(begun.replace(answers={"data": answer()})) == ("volume", "data")
    assert open_and_before(begun.replace(started=False))[0] is None
    assert open_and_before(begun.replace(concluded=True)) == (None, "consistency")
    assert open_and_before(begun.replace(concluded=True, revisit="budget")) == ("budget", "domain")
    proposal = Proposal(question="domain", option="general")
    assert open_and_before(begun.replace(confirm=proposal)) == ("domain", "volume")
    assert open_and_before(begun.replace(confirm=proposal, concluded=True))[0] is None
    answered = begun.replace(confirm=proposal, answers={"domain": answer("general")})
    assert open_and_before(answered) == ("data", None)


def test_what_a_new_version_of_the_pack_keeps(advisor: Advisor) -> None:
    old = asked(advisor, "data", volume="low", budget="gone").replace(
        pack="0ld", confirm=Proposal(question="domain", option="gone")
    )
    moved, asks_again = migrate(advisor.pack, old)
    assert (moved.chosen, moved.revisit, moved.confirm, asks_again) == ({"volume": "low"}, "data", None, True)
    assert moved.pack == advisor.pack.version
    gone = old.replace(revisit="gone", confirm=Proposal(question="domain", option="general"))
    moved, _ = migrate(advisor.pack, gone)
    assert (moved.revisit, moved.confirm) == (None, gone.confirm)
    assert migrate(advisor.pack, old.replace(pack=""))[1] is False
    assert migrate(advisor.pack, moved) == (moved, False)


def test_what_the_live_card_shows_as_read(advisor: Advisor) -> None:
    shown = asked(advisor, "data").replace(shown=("x", read_mark("volume"), read_mark("budget")))
    assert shown_readings(shown) == ("volume", "budget")


def test_of_two_copies_of_an_idea_the_later_part_counts_whichever_comes_first() -> None:
    early, late = answer("yes", at=1), answer("no", at=2)
    one = idea(answers={"data": early, "budget": late}, title="One", named=1, link="https://x.org")
    two = idea(answers={"data": late, "volume": early}, title="Two", named=2, pack="p", judged="v", facts=("f",))
    for merged in (one.merged(two), two.merged(one)):
        assert merged.chosen == {"data": "no", "volume": "yes", "budget": "no"}
        assert (merged.title, merged.named, merged.link) == ("Two", 2, "https://x.org")
        assert (merged.judged, merged.pack, merged.facts) == ("v", "p", ("f",))
    newer = two.replace(judged="w", pack="q")
    assert two.merged(newer).judged == "w"
    assert newer.merged(two.replace(pack="")).judged == "w"


def test_an_answer_of_the_same_moment_is_told_apart_by_what_it_says_and_by_whom() -> None:
    for low, high in ((answer("a"), answer("b")), (answer("a", by="ana"), answer("a", by="ben"))):
        one, two = idea(answers={"data": low}), idea(answers={"data": high})
        assert one.merged(two).answers == two.merged(one).answers == {"data": high}


def test_of_an_idea_that_was_removed_nothing_is_kept() -> None:
    for merged in (idea().merged(idea(removed=7)), idea(removed=7).merged(idea())):
        assert (merged.removed, merged.text, merged.title, merged.by, merged.number) == (7, "", "", "", 1)
    assert idea(removed=3).merged(idea(removed=7)).removed == 7
    assert idea().without_person("ana").removed == NOON
    assert idea(removed=7).without_person("ana").removed == 7
    assert idea().without_person("eve") is not None
    others = idea(answers={"data": answer(by="ben"), "budget": answer(by="eve")})
    assert list(others.without_person("ben").answers) == ["budget"]
    assert others.without_person("joe") is others


def test_a_board_numbers_finds_and_compares_ideas() -> None:
    board = Board().add([idea(id="a"), idea(id="b")]).add([idea(id="b"), idea(id="c")])
    assert [(one.id, one.number) for one in board.ideas] == [("a", 1), ("b", 2), ("c", 3)]
    assert board.next == 4
    assert board.from_number(9).next == 9
    renamed = board.ideas[1].replace(title="New")
    changed = board.put(renamed)
    assert [one.title for one in changed.ideas] == ["Title", "New", "Title"]
    assert changed.changed_since(board) == (renamed,)
    assert board.changed_since(Board()) == board.ideas
    assert board.put(board.ideas[0].replace()).changed_since(board) == ()
    removed = board.put(board.ideas[0].replace(removed=1, answers={"data": answer(by="joe")}))
    assert [one.number for one in removed.shown] == [2, 3]
    assert (removed.find(1), removed.find(2)) == (None, board.ideas[1])
    by_ben = board.put(board.ideas[1].replace(answers={"data": answer(by="ben")}))
    assert by_ben.participants == {"ana", "ben"}
    assert removed.participants == {"ana"}
    assert idea_id("m", 1) != idea_id("m", 2)


def test_a_list_has_what_is_clear_first(talk: Talk) -> None:
    judge = talk.advisor.flows.board.judge
    open_, part = idea(number=1), idea(number=2, answers={"budget": answer("flexible")})
    weak = idea(number=3, answers={"domain": answer("general"), "volume": answer("low")})
    strong = idea(number=5, answers={"data": answer("no")})
    rows = [judge.row(one) for one in (open_, part, weak, strong, strong.replace(number=4))]
    assert [one.number for one in clearest_first(rows)] == [4, 5, 3, 2, 1]


def message(at: int = NOON, **changes: object) -> Message:
    return Message("m", Person("ana", "Ana"), at, Typed("x"), **changes)  # type: ignore[arg-type]


def test_a_talk_that_has_come_to_its_end_is_an_idea_of_the_place(advisor: Advisor) -> None:
    done = asked(advisor, None, data="no").replace(idea="Our bot\nmore", begun=3, people=("ana",))
    done = done.replace(answers={"data": answer("no", name="Ana")})
    open_ = done.replace(concluded=False)
    (found,) = board_changes(advisor, "thread", open_, done, message(permalink="https://x.org"))
    assert (found.title, found.text, found.by, found.name) == ("Our bot", "Our bot\nmore", "ana", "Ana")
    assert (found.at, found.link, found.chosen) == (NOON, "https://x.org", {"data": "no"})
    assert found.id == idea_id("thread", 3)
    assert board_changes(advisor, "thread", done, done, message()) == ()
    assert board_changes(advisor, "thread", done, open_, message()) == ()
    assert board_changes(advisor, "thread", open_, done.replace(pending="x"), message()) == ()
    assert board_changes(advisor, "thread", open_, done.replace(started=False), message()) == ()
    assert board_changes(advisor, "thread", open_, done.replace(answers={}), message()) == ()
    (by_eve,) = board_changes(advisor, "thread", open_, done.replace(idea_by="eve"), message())
    assert (by_eve.by, by_eve.name, by_eve.link) == ("eve", None, "")
    (nobody,) = board_changes(advisor, "thread", open_, done.replace(people=()), message())
    assert nobody.by == "ana"
    board = Board().add([idea()])
    with_board = done.replace(board=board)
    assert board_changes(advisor, "thread", done, with_board, message()) == board.ideas


def test_what_an_idea_calls_for_is_noted_with_its_verdict(advisor: Advisor) -> None:
    bare, gone, told = noted(advisor, [idea(text=""), idea(removed=1), idea(answers={"data": answer("no")})], NOON)
    assert (bare.facts, gone.facts) == (None, None)
    assert told.facts is not None
    assert (told.judged, told.pack) == ("prompt_engineering", advisor.pack.version)


def press(value: str, about: str = "", note: str = "") -> Message:
    content = Press(Action(Verb.FEEDBACK, (value,)), about=about, note=note)
    return Message("m", Person("ana"), NOON, content)


def test_feedback_is_about_what_the_card_names_or_shows(advisor: Advisor) -> None:
    passage = advisor.pack.passages[0].id
    done, open_ = asked(advisor, None, data="no").replace(begun=3), asked(advisor, "data")

    def about(conversation: Conversation, named: str = "") -> tuple[str, ...] | None:
        found = rating_of(advisor, conversation, press("up", named))
        return None if found is None else found.about

    assert rating_of(advisor, done, press("up", "", "x" * 301)) == Rating(
        ("result:prompt_engineering",), True, "x" * NOTE_LIMIT, 3
    )
    assert rating_of(advisor, done, press("down")) == Rating(("result:prompt_engineering",), False, "", 3)
    assert rating_of(advisor, done, press("sideways")) is None
    assert rating_of(advisor, done, message()) is None
    assert about(done, f"{passage},gone") == (passage,)
    assert about(done, "gone") is None
    assert about(open_) is None
    assert about(open_.replace(shown=("answered", passage))) == (passage,)
    assert about(done.replace(started=False, shown=(passage,))) == (passage,)


def test_questions_without_an_answer_are_counted(advisor: Advisor) -> None:
    conversation = Conversation.fresh(advisor.pack)
    unknown = Turn(conversation, (NotCovered(advisor.pack, ()),))
    offered = Turn(conversation, below=(DidYouMean(advisor.pack.passages[:2]),))
    assert usage(advisor, conversation, unknown, kept=True) == {UNKNOWN: 1}
    assert usage(advisor, conversation, unknown, kept=False) == {UNKNOWN: 1, UNKEPT: 1}
    assert usage(advisor, conversation, offered, kept=False) == {OFFERED: 1}
    assert is_unanswered(unknown, message())
    assert not is_unanswered(unknown, press("up"))
    assert not is_unanswered(offered, message())


@pytest.mark.parametrize(
    ("cell", "escaped"),
    [
        ("=1+1", "'=1+1"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("-1", "-1"),
        ("+1,5%", "+1,5%"),
        ("a=1", "a=1"),
        ("-1-1", "'-1-1"),
    ],
)
def test_a_cell_is_never_a_formula(cell: str, escaped: str) -> None:
    assert escape_formula(cell) == escaped
