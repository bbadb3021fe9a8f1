"""Ideas and boards: merged copies, removal, numbers, order."""

from dialogs.ideas.board import Board, idea_id, known_answers
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


def test_numbers_say_which_part_is_the_later_whatever_the_clocks_say() -> None:
    """Time decides where a version without numbers has set one of the two; at the same time it is the older one."""
    for first, last in (
        (answer("no", at=9, order=1), answer("a", at=1, order=2)),
        (answer("no", at=1), answer("a", at=1, order=1)),
        (answer("no", at=1, order=7), answer("a", at=2)),
    ):
        one, two = idea(answers={"data": first}, judged="v", pack="p"), idea(answers={"data": last})
        for merged in (one.merged(two), two.merged(one)):
            assert merged.chosen == {"data": "a"}
    early, late = idea(title="Z", named=9, titled=1), idea(title="A", named=1, titled=2)
    for merged in (early.merged(late), late.merged(early)):
        assert (merged.title, merged.titled) == ("A", 2)
    old, new = (idea(answers={"data": answer(order=order)}, judged=str(order), pack="p") for order in (1, 2))
    assert old.merged(new).judged == new.merged(old).judged == "2"


def test_a_change_numbers_what_it_sets_and_nothing_else() -> None:
    kept, given = answer("yes"), answer("no")
    before = idea(answers={"data": kept, "volume": answer(order=3)})
    after = before.replace(answers={**before.answers, "data": kept, "budget": given}, title="New", named=NOON)
    assert after.in_order(before, 8).orders == {"": 8, "data": 0, "volume": 3, "budget": 8, "status": 0}
    assert after.in_order(None, 8).orders == {"": 8, "data": 8, "volume": 3, "budget": 8, "status": 0}
    numbered = after.in_order(before, 8)
    assert numbered.is_in(before.merged(numbered))
    assert not numbered.is_in(numbered.merged(idea(title="Newer", named=NOON, titled=9)))
    assert not numbered.is_in(numbered.merged(idea(removed=NOON)))
    assert numbered.replace(removed=NOON).is_in(idea(removed=NOON))


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


def test_answers_that_the_pack_does_not_know_count_as_missing(talk: Talk) -> None:
    given = {"gone": "yes", "budget": "limited", "data": "maybe", "volume": "low"}
    assert [*known_answers(talk.advisor.pack, given).items()] == [("volume", "low"), ("budget", "limited")]
