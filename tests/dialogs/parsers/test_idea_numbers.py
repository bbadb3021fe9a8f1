"""What a text says about ideas by their numbers: marked, beside a list, and while a question is about several."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board, Idea
from dialogs.ideas.board_list import Listing
from dialogs.parsers.idea_numbers import about_ideas, numbers_in
from knowledge.interfaces import Certainty, UnderstoodAnswer
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure, understanding
from tests.dialogs.talk import NOON

BOARD = Board().add(Idea(id=f"id{number}", title=f"title {number}", by="ana", at=NOON) for number in range(12))


def said(
    advisor: Advisor, conversation: Conversation, text: str, answers: dict[str, tuple[UnderstoodAnswer, ...]]
) -> str:
    """Numbers and words, what is unclear behind a question mark; "" where the text is not about ideas."""
    about = about_ideas(understanding(advisor, Understanding(answers)), conversation, BOARD, text)
    if about is None:
        return ""
    told = "; ".join(f"{','.join(map(str, numbers))}: {words}" for numbers, words in about.said)
    unclear = f"? {','.join(map(str, about.unclear))}" if about.unclear else ""
    return " ".join(filter(None, (told, unclear)))


def place(advisor: Advisor, **listing: object) -> Conversation:
    shown = Listing().replace(**listing) if listing else None
    return Conversation.fresh(advisor.pack).replace(
        revision=5, board=BOARD, flow="board" if listing else "", listing=shown
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", [3]),
        ("a3", [3]),
        ("3-5", [3, 4, 5]),
        ("3 – 5", [3, 4, 5]),
        ("3 to 5", [3, 4, 5]),
        ("5-3", [5, 3]),
        ("3-3", [3]),
        ("#4 and #5", [4, 5]),
        ("3, 3, 4", [3, 4]),
        ("2, 3-5 and 4", [3, 4, 5, 2]),
        ("2-4, 3-5", [2, 3, 4, 5]),
        ("12 34", [12, 34]),
        ("1-1000", list(range(1, 1001))),
        ("1-1001", [1, 1001]),
        ("nothing", []),
    ],
)
def test_numbers_and_ranges(text: str, numbers: list[int]) -> None:
    assert list(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3: aaa", "3: aaa"),
        ("3 = aaa", "3: aaa"),
        ("3, 5: aaa", "3,5: aaa"),
        ("3; 5: aaa", "3,5: aaa"),
        ("3\n5: aaa", "3,5: aaa"),
        ("3-5: aaa", "3,4,5: aaa"),
        ("3: aaa; 5: bbb", "3: aaa; 5: bbb"),
        ("3: aaa, 5: bbb", "3: aaa; 5: bbb"),
        ("3: aaa, bbb", "3: aaa, bbb"),
        ("idea 3 aaa", "3: aaa"),
        ("ideas 3 and 5, aaa", "3,5: aaa"),
        ("number 3: aaa", "3: aaa"),
        ("nr. 3: aaa", "3: aaa"),
        ("3: aaa\n5", ""),
        ("3 aaa", ""),
        ("33: aaa", ""),
        ("3-15: aaa", ""),
        ("3: 5 aaa", ""),
        ("3: aaa; rest: bbb", ""),
        ("3: aaa and the others bbb", ""),
        ("aaa 3", ""),
        ("3:", ""),
        ("idea 3", ""),
    ],
)
def test_marked_numbers_count_wherever_one_is(advisor: Advisor, text: str, told: str) -> None:
    assert said(advisor, place(advisor), text, {}) == told


@pytest.mark.parametrize(("text", "told"), [("3: aaa", ""), ("idea 3 aaa", "3: aaa"), ("idea 3: aaa", "3: aaa")])
def test_while_another_question_is_open_an_idea_has_to_be_called_one(advisor: Advisor, text: str, told: str) -> None:
    assert said(advisor, asked(advisor, "volume", data="yes"), text, {}) == told


NO_DATA = (sure("data", "no"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3 aaa", "3: aaa"),
        ("3 - aaa", "3: aaa"),
        ("3, aaa", "3: aaa"),
        ("#3 aaa", "3: aaa"),
        ("3 and 5 aaa", "3,5: aaa"),
        ("aaa for 3", "3: aaa"),
        ("aaa about idea 3", "3: aaa"),
        ("aaa: 3", "3: aaa"),
        ("my bad 3 aaa", "3: aaa"),
        ("please 3 aaa", "3: aaa"),
        ("3 plenty", "3: plenty"),
        ("aaa 3", ""),
        ("hmm 3 aaa", ""),
        ("3 aaa?", ""),
        ("what 3 aaa", ""),
        ("33 aaa", ""),
        ("aaa for 33", ""),
        ("3 bbb", ""),
    ],
)
def test_beside_the_list_a_number_counts_with_what_surely_answers(advisor: Advisor, text: str, told: str) -> None:
    listed = place(advisor, page=0)
    assert said(advisor, listed, text, {"aaa": NO_DATA}) == told
    assert said(advisor, listed, text, {"aaa": (maybe("data", "no"),)}) == ("3: plenty" if told == "3: plenty" else "")


@pytest.mark.parametrize(
    ("certainty", "evidence", "told"),
    [
        (Certainty.TAKE, "3 months of aaa", ""),
        (Certainty.PROPOSE, "3 months of aaa", "3: months of aaa"),
        (Certainty.TAKE, "3", "3: months of aaa"),
        (Certainty.TAKE, "months of aaa", "3: months of aaa"),
    ],
)
def test_a_number_that_is_part_of_what_is_stated_is_no_idea(
    advisor: Advisor, certainty: Certainty, evidence: str, told: str
) -> None:
    whole = UnderstoodAnswer("data", "yes", certainty, evidence)
    answers = {"months of aaa": NO_DATA, "3 months of aaa": (whole,)}
    assert said(advisor, place(advisor, page=0), "3 months of aaa", answers) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 yes", "1: yes"),
        ("1 and 2 yes", "1,2: yes"),
        ("1 yes, 2 no", "1: yes; 2: no"),
        ("1 yes 2 no", "1: yes; 2: no"),
        ("1 yes but 2 no", "1: yes; 2: no"),
        ("idea 1 yes, idea 2 no", "1: yes; 2: no"),
        ("numbers 1 and 2 yes", "1,2: yes"),
        ("1-3: yes", "1,2,3: yes"),
        ("1, 2: yes, 3: no", "1,2: yes; 3: no"),
        ("no for 1, yes for 2", "1: no; 2: yes"),
        ("yes: 1, 2; no: 3", "1,2: yes; 3: no"),
        ("yes, 1 and 2", "1,2: yes"),
        ("please 1 yes", "1: yes"),
        ("please, 1 yes", "1: yes"),
        ("1 yes, aaa", "1: yes, aaa"),
        ("1 yes, but aaa", "1: yes, aaa"),
        ("2 examples", "2: examples"),
        ("77 yes", "77: yes"),
        # the others
        ("rest no", "1,2,3,4,5: no"),
        ("rest, no", "1,2,3,4,5: no"),
        ("no, rest", "1,2,3,4,5: no"),
        ("all yes", "1,2,3,4,5: yes"),
        ("1: yes; rest: no", "1: yes; 2,3,4,5: no"),
        ("1 yes, rest no", "1: yes; 2,3,4,5: no"),
        ("1 yes, rest no, aaa", "1: yes; 2,3,4,5: no, aaa"),
        ("1 yes, the others no", "1: yes; 2,3,4,5: no"),
        ("1 yes and the rest no", "1: yes; 2,3,4,5: no"),
        ("1 yes and no for the rest", "1: yes; 2,3,4,5: no for"),
        ("1 aaa 2 bbb rest ccc", "1: aaa; 2: bbb; 3,4,5: ccc"),
        ("1 aaa all bbb", "1: aaa all bbb"),
        ("1, rest no", "1: no; 2,3,4,5: no"),
        ("1 and the rest no", "1: no; 2,3,4,5: no"),
        # not told, or not clearly
        ("1, 2", "? 1,2"),
        ("2 3", "? 2,3"),
        ("7", "? 7"),
        ("hm 1 yes", "? 1"),
        ("aaa, 1 yes", "? 1"),
        ("1 yes 2", "1: yes ? 2"),
        ("1 yes or 2", "? 1,2"),
        ("1 yes but 2 hm 3", "1: yes; 2: hm ? 3"),
        ("yes, but 2 and 3 no", "? 2,3"),
        ("all yes except 2", "? 2"),
        ("only 2 and 3", "? 2,3"),
        ("no 1 and yes 2", "? 1,2"),
        # about no idea
        ("yes", ""),
        ("1", ""),
        ("1?", ""),
        ("does 1 have yes", ""),
        ("everything else", ""),
    ],
)
def test_the_ideas_of_a_question_are_told_apart(advisor: Advisor, text: str, told: str) -> None:
    asks = place(advisor, ask="data", rows=(1, 2, 3, 4, 5), guided=True)
    assert said(advisor, asks, text, {}) == told


def test_an_amount_that_answers_names_no_idea_of_a_question(advisor: Advisor) -> None:
    asks = place(advisor, ask="data", rows=(1, 2, 3, 4, 5), guided=True)
    text = "hm 2 months of aaa"
    stated = {text: (UnderstoodAnswer("data", "yes", Certainty.TAKE, "2 months of aaa"),)}
    assert (said(advisor, asks, text, {}), said(advisor, asks, text, stated)) == ("? 2", "")
    named = {"hm 2 yes": (UnderstoodAnswer("data", "yes", Certainty.TAKE, "2 yes"),)}
    assert said(advisor, asks, "hm 2 yes", named) == "? 2"
