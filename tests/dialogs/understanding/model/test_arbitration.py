"""How what a model hears counts beside the built-in sources: each cell of the table."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import LIKE, Command, Kind, What
from dialogs.conversation import Conversation
from dialogs.executor.items import Item, Readings
from dialogs.focus import Offer
from dialogs.understanding.model.arbitration import BuiltIn, arbitrated, takes_away
from dialogs.understanding.typed_text import TypedText
from tests.dialogs.executor.lines import edit, go, idea, note, set_, show
from tests.dialogs.flows.board_states import states
from tests.dialogs.stub_knowledge import asked

LINE = "we have plenty of old mails"
PLENTY = set_("data", "yes", quote=LINE)
LOOK = show(What.RESULT)
ASK = Command(Kind.ASK, value="cost")


def by_both(
    advisor: Advisor,
    heard: Command,
    *known: Command,
    sure: bool = False,
    line: str = LINE,
    here: Conversation | None = None,
    unlikely: tuple[str, ...] = (),
    reads: bool = True,
) -> tuple[Item, ...]:
    typed = TypedText.at(advisor, here or asked(advisor, "data"), line)
    return arbitrated(typed, BuiltIn(known, sure, frozenset(unlikely), reads), (heard,))


@pytest.mark.parametrize("sure", [True, False])
def test_what_both_hear_is_done(advisor: Advisor, sure: bool) -> None:
    assert by_both(advisor, PLENTY, PLENTY.replace(quote=""), sure=sure) == (PLENTY,)
    removal = edit(What.REMOVE, "1")
    assert by_both(advisor, removal, removal, here=states(advisor)["list"], sure=sure) == (removal,)


def test_a_write_is_done_where_the_built_in_is_unsure(advisor: Advisor) -> None:
    assert by_both(advisor, PLENTY) == (PLENTY,)
    assert by_both(advisor, PLENTY, ASK) == (PLENTY,)


def test_a_write_is_offered_where_the_built_in_is_sure_of_something_else(advisor: Advisor) -> None:
    assert by_both(advisor, PLENTY, ASK, sure=True) == (Readings((PLENTY,)),)


def test_a_look_is_done_even_then_and_the_other_write_offered(advisor: Advisor) -> None:
    assert by_both(advisor, LOOK, ASK, sure=True) == (LOOK,)
    assert by_both(advisor, LOOK, PLENTY, sure=True) == (LOOK, Readings((PLENTY,)))
    assert by_both(advisor, LOOK, PLENTY) == (LOOK,)


@pytest.mark.parametrize("sure", [True, False])
def test_two_answers_to_one_question_are_offered_both(advisor: Advisor, sure: bool) -> None:
    other = PLENTY.replace(option="no")
    assert by_both(advisor, PLENTY, other, sure=sure) == (Readings((PLENTY, other)),)


def test_answers_about_different_ideas_do_not_contradict(advisor: Advisor) -> None:
    here = states(advisor)["list"]
    assert by_both(advisor, PLENTY.replace(ideas=("1",)), PLENTY.replace(option="no", ideas=("2",)), here=here) == (
        PLENTY.replace(ideas=("1",)),
    )


@pytest.mark.parametrize(
    "line",
    [
        "do we have plenty of old mails?",
        "if we have plenty of old mails, what then",
        "tuning is fine once the lab says we have plenty of old mails",
    ],
)
def test_a_question_or_a_condition_writes_nothing(advisor: Advisor, line: str) -> None:
    said = PLENTY.replace(quote="we have plenty of old mails")
    assert by_both(advisor, said, line=line) == (Readings((said,)),)


@pytest.mark.parametrize(
    "line",
    [
        "we have plenty of old mails, is that enough?",
        "why? we have plenty of old mails",
        "can you note we have plenty of old mails?",
    ],
)
def test_a_statement_beside_a_question_writes(advisor: Advisor, line: str) -> None:
    said = PLENTY.replace(quote="we have plenty of old mails")
    assert by_both(advisor, said, line=line) == (said,)


def test_an_idea_beside_others_has_to_be_one_for_the_built_in_as_well(advisor: Advisor) -> None:
    told = idea("a remark")
    assert by_both(advisor, told, line="a remark", unlikely=(Kind.IDEA,)) == (Readings((told,)),)
    assert by_both(advisor, told, line="a remark") == (told,)
    fresh = Conversation.fresh(advisor.pack)
    assert by_both(advisor, told, line="a remark", here=fresh, unlikely=(Kind.IDEA,)) == (told,)


def test_a_note_that_hardly_is_one_is_offered(advisor: Advisor) -> None:
    kept = note("of old mails")
    assert by_both(advisor, kept, unlikely=(Kind.NOTE,)) == (Readings((kept,)),)
    assert by_both(advisor, kept) == (kept,)


def test_an_answer_counts_if_the_readers_find_it_in_its_words(advisor: Advisor) -> None:
    """In another language they find nothing; then the words of the line are enough."""
    invented = set_("budget", "limited", quote="plenty of old mails")
    assert by_both(advisor, invented) == (Readings((invented,)),)
    assert by_both(advisor, invented, reads=False) == (invented,)
    assert by_both(advisor, invented, invented) == (invented,)


@pytest.mark.parametrize(
    "heard",
    [
        Command(Kind.FORGET),
        Command(Kind.CLEAR, question="all", quote=LINE),
        Command(Kind.CLEAR, What.NOTE, value="all", quote=LINE),
        go(What.RESTART),
        go(What.UNDO),
        edit(What.REMOVE, "1"),
        edit(What.MERGE, "1", "2"),
        set_("all", LIKE, "all", quote=LINE).replace(value="1"),
        Command(Kind.WRITE, What.CSV),
        Command(Kind.WRITE, What.RECORD, value="style=file"),
    ],
)
def test_what_takes_away_or_leaves_the_place_is_only_offered(advisor: Advisor, heard: Command) -> None:
    assert by_both(advisor, heard, here=states(advisor)["list"]) == (Readings((heard,), clear=True),)


def test_the_last_file_is_not_written_again(advisor: Advisor) -> None:
    """Nor in other words than those that ask for a file."""
    here, again = states(advisor)["list"], Command(Kind.WRITE, What.UNSPECIFIED, value="of=last")
    anew = again.replace(value="style=short")
    for last, offered in ((What.CSV, True), (What.SUMMARY, False)):
        wrote = here.replace(focus=here.focus.replace(text=Command(Kind.WRITE, last, ("all",))))
        assert by_both(advisor, again, here=wrote) == ((Readings((again,), clear=True),) if offered else (again,))
        assert by_both(advisor, anew, here=wrote) == (anew,)


BUDGET = Command(Kind.CLEAR, question="budget", quote=LINE)


@pytest.mark.parametrize("heard", [(BUDGET, BUDGET.replace(question="data")), (BUDGET.replace(ideas=("1", "2")),)])
def test_answers_are_withdrawn_one_at_a_time(advisor: Advisor, heard: tuple[Command, ...]) -> None:
    """Else all of them could be, by their names."""
    typed = TypedText.at(advisor, states(advisor)["list"], LINE)
    assert arbitrated(typed, BuiltIn((), sure=False), heard) == (Readings(heard),)
    assert arbitrated(typed, BuiltIn((), sure=False), (BUDGET,)) == (BUDGET,)
    alone = (BUDGET, Command(Kind.CLEAR, What.NOTE, value="old mails", quote=LINE))
    assert arbitrated(typed, BuiltIn((), sure=False), alone) == alone
    both, other = (BUDGET, BUDGET.replace(question="data")), BUDGET.replace(question="volume")
    assert arbitrated(typed, BuiltIn(both, sure=False), (*both, other)) == (*both, other)


@pytest.mark.parametrize(
    "heard",
    [
        BUDGET,
        Command(Kind.CLEAR, What.NOTE, value="old mails", quote=LINE),
        Command(Kind.RETARGET, ideas=("2",)),
        edit(What.RENAME, "1", value="old mails"),
        edit(What.STATUS, "1", value="dropped"),
        edit(What.PARK, "1"),
    ],
)
def test_what_is_there_is_changed_only_if_the_line_may_tell_it(advisor: Advisor, heard: Command) -> None:
    here = states(advisor)["list"]
    assert by_both(advisor, heard, here=here, unlikely=(heard.name,)) == (Readings((heard,)),)
    assert by_both(advisor, heard, here=here) == (heard,)


def test_a_yes_that_only_the_model_hears_takes_nothing_away(advisor: Advisor) -> None:
    removal = edit(What.REMOVE, "1")
    here = states(advisor)["list"]
    offering = here.replace(focus=here.focus.replace(offers=(Offer("Remove 1", (removal,)),)))
    yes = Command(Kind.CONFIRM)
    assert by_both(advisor, yes, here=offering) == (Readings((yes,), clear=True),)
    assert not takes_away(here, yes)


def test_what_is_offered_is_done_if_the_built_in_sources_may_hear_it_as_well(advisor: Advisor) -> None:
    removal, here = edit(What.REMOVE, "1"), states(advisor)["list"]
    offering = here.replace(focus=here.focus.replace(offers=(Offer("Remove 1", (removal,)),)))
    for known, does in ((removal, (removal,)), (edit(What.REMOVE, "2"), (Readings((removal,), clear=True),))):
        typed = TypedText.at(advisor, offering, LINE)
        assert arbitrated(typed, BuiltIn((Readings((known,)),), sure=False), (removal,)) == does


def test_several_wishes_keep_their_order(advisor: Advisor) -> None:
    typed = TypedText.at(advisor, asked(advisor, "data"), LINE)
    heard = (LOOK, PLENTY, note("of old mails"))
    assert arbitrated(typed, BuiltIn((), sure=False), heard) == heard
