"""Ideas and boards: merged copies, removal, numbers, order."""

from dialogs.board import Board, clearest_first, idea_id, known_answers
from tests.dialogs.stored import answer, idea
from tests.dialogs.talk import NOON, Talk


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


def test_answers_that_the_pack_does_not_know_count_as_missing(talk: Talk) -> None:
    given = {"gone": "yes", "budget": "limited", "data": "maybe", "volume": "low"}
    assert [*known_answers(talk.advisor.pack, given).items()] == [("volume", "low"), ("budget", "limited")]
