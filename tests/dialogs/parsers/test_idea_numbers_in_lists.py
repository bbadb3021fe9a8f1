"""Which words a text has for which ideas: in a question about several, on the list, and elsewhere."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.ideas.board import Board
from dialogs.ideas.board_list import Listing
from dialogs.parsers.idea_numbers import about_ideas, numbers_in
from tests.dialogs.flows.test_board_decisions import idea
from tests.dialogs.parsers.meanings import at_volume

BOARD = Board(ideas=tuple(idea(number) for number in range(1, 7)), next=7)


def asking(advisor: Advisor) -> Conversation:
    """The first four ideas are asked about."""
    listing = Listing(ask="data", rows=(1, 2, 3, 4), guided=True)
    return Conversation.fresh(advisor.pack).replace(board=BOARD, flow="board", listing=listing)


def said(advisor: Advisor, state: Conversation, text: str) -> str | None:
    """The words by the numbers that they are for; behind the question mark what is named and not told."""
    found = about_ideas(advisor, state, BOARD, text)
    if found is None:
        return None
    groups = "; ".join(f"{','.join(map(str, numbers))}: {words}" for numbers, words in found.said)
    return f"{groups} ?{','.join(map(str, found.unclear))}".strip() if found.unclear else groups


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1 yes", "1: yes"),
        ("#1 yes", "1: yes"),
        ("idea 1 yes", "1: yes"),
        ("1=yes", "1: yes"),
        ("1: yes; 2: no", "1: yes; 2: no"),
        ("1 yes,2 no", "1: yes; 2: no"),
        ("1 yes, but 2 no", "1: yes; 2: no"),
        ("1 yes 2 no 3 not sure", "1: yes; 2: no; 3: not sure"),
        ("1, 2 yes", "1,2: yes"),
        ("1 2 3 no", "1,2,3: no"),
        ("1-3 no, 4 yes", "1,2,3: no; 4: yes"),
        ("yes for 1 and 2", "1,2: yes"),
        ("none, 1 and 2", "1,2: none"),
        ("ideas 1 and 2 are fine, yes", "1,2: are fine, yes"),
        ("1 yes, really", "1: yes, really"),
        ("sorry, 1 yes", "1: yes"),
        ("1 yes, 2 no, rest not sure", "1: yes; 2: no; 3,4: not sure"),
        ("others yes, 1 no", "1: no; 2,3,4: yes"),
        ("1 no, others, yes", "1: no; 2,3,4: yes"),
        ("yes, others", "1,2,3,4: yes"),
        ("others: yes, mostly", "1,2,3,4: yes, mostly"),
        ("the rest no", "1,2,3,4: no"),
        ("1 yes and others", "1: yes"),
        ("7 yes", "7: yes"),
        ("1 yes, 2, 3", "1: yes ?2,3"),
        ("1 yes, 2 purple 3", "1: yes; 2: purple ?3"),
        ("2 and 3", "?2,3"),
        ("5", "?5"),
        ("hm, 1 yes", "?1"),
        ("not sure about 1 but 2 yes", "?1,2"),
        ("2 years of tickets for 1", "?2,1"),
        ("what about 1?", None),
        ("zzz", None),
    ],
)
def test_an_answer_tells_the_ideas_of_a_question_apart(advisor: Advisor, text: str, meaning: str | None) -> None:
    assert said(advisor, asking(advisor), text) == meaning


@pytest.mark.parametrize(
    ("text", "on_list", "elsewhere"),
    [
        ("idea 1 is wrong", "1: is wrong", "1: is wrong"),
        ("idea 1: x", "1: x", "1: x"),
        ("1: we have data; 2: none", "1: we have data; 2: none", None),
        ("1, 3: yes", "1,3: yes", None),
        ("1; 2: x", "1,2: x", None),
        ("1: x; 2", None, None),
        ("1: yes; 9: no", None, None),
        ("my bad 1 yes", "1: yes", None),
        ("3 yes", "3: yes", None),
        ("yes for 3", "3: yes", None),
        ("no data for 3 and 4", "3,4: no data", None),
        ("3 purple", None, None),
        ("is 3 yes?", None, None),
        ("9 yes", None, None),
        ("3 years of tickets", None, None),
        ("1: yes, the rest no", None, None),
        ("all others: no", None, None),
    ],
)
def test_what_names_ideas_counts_for_them_where_numbers_are_ideas(
    advisor: Advisor, text: str, on_list: str | None, elsewhere: str | None
) -> None:
    shown = asking(advisor).replace(listing=Listing())
    assert said(advisor, shown, text) == on_list
    assert said(advisor, at_volume(advisor).replace(board=BOARD), text) == elsewhere


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7", [7]),
        ("", []),
        ("12 12 13", [12, 13]),
        ("1-3", [1, 2, 3]),
        ("1 – 2", [1, 2]),
        ("3-1", [3, 1]),
        ("1 to 3, 2, 5", [1, 2, 3, 5]),
        ("#4 and 2-3", [2, 3, 4]),
        ("1-1000", list(range(1, 1001))),
        ("1-1001", [1, 1001]),
    ],
)
def test_numbers_are_taken_once_and_ranges_as_far_as_boards_go(text: str, numbers: list[int]) -> None:
    assert list(numbers_in(text)) == numbers
