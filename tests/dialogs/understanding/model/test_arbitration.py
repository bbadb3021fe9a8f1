"""How what a model hears counts beside the built-in sources: each cell of the table."""

from dataclasses import replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import LIKE, Command, Kind, Sure, What
from dialogs.conversation import Conversation
from dialogs.executor.items import Item, Readings
from dialogs.understanding.model.arbitration import arbitrated
from dialogs.understanding.typed_text import TypedText
from tests.dialogs.executor.lines import calculate, edit, go, idea, ideas, note, set_, show
from tests.dialogs.flows.board_states import states
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import Talk

LINE = "we have plenty of old mails"
PLENTY = set_("data", "yes", quote=LINE)
LOOK = show(What.RESULT)
APPROVED = edit(What.STATUS, "2", value="approved")


def by_both(
    advisor: Advisor, *heard: Command, known: tuple[Item, ...] = (), line: str = LINE, here: Conversation | None = None
) -> tuple[Item, ...]:
    return arbitrated(TypedText.at(advisor, here or asked(advisor, "data"), line), known, heard)


def ranking(advisor: Advisor, *names: str) -> Advisor:
    """The advisor whose ranker holds only these names of commands possible in LINE."""
    kinds = Understanding(kinds={LINE: dict.fromkeys(names, 0.05)})
    return Advisor.build(replace(advisor.knowledge, command_kinds=kinds), catalogue.load())


def test_what_both_hear_is_done(advisor: Advisor) -> None:
    here, removal = states(advisor)["list"], edit(What.REMOVE, "1")
    assert by_both(advisor, removal, known=(removal,), here=here) == (removal,)
    invented = set_("budget", "limited", quote=LINE)
    assert by_both(advisor, invented, known=(invented,)) == (invented,)


@pytest.mark.parametrize(
    ("heard", "known"),
    [
        (edit(What.REMOVE, "1"), edit(What.REMOVE, "2")),
        (Command(Kind.CLEAR, What.NOTE, value="all", quote=LINE), Command(Kind.CLEAR, What.NOTE, value="old mails")),
        (Command(Kind.CLEAR, question="all", quote=LINE), Command(Kind.CLEAR, question="data")),
        (Command(Kind.FORGET, value="2"), Command(Kind.FORGET, value="1")),
    ],
)
def test_what_takes_away_something_else_is_not_the_same(advisor: Advisor, heard: Command, known: Command) -> None:
    here = states(advisor)["list"]
    assert by_both(advisor, heard, known=(known,), here=here) == (Readings((heard,), clear=True),)


def test_of_what_both_hear_otherwise_the_model_counts(advisor: Advisor) -> None:
    assert by_both(advisor, PLENTY, known=(PLENTY.replace(option="no"),)) == (PLENTY,)
    assert by_both(advisor, LOOK, known=(PLENTY,)) == (LOOK,)


def test_several_wishes_keep_their_order_and_what_is_offered_comes_last(advisor: Advisor) -> None:
    invented = set_("budget", "limited", quote=LINE, sure=Sure.IMPLIED)
    assert by_both(advisor, LOOK, invented, PLENTY) == (LOOK, PLENTY, Readings((invented,)))


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        ("do we have plenty of old mails?", False),
        ("if we have plenty of old mails, what then", False),
        ("tuning is fine once the lab says we have plenty of old mails", False),
        ("we have plenty of old mails, is that enough?", True),
        ("why? we have plenty of old mails", True),
        ("can you note we have plenty of old mails?", True),
    ],
)
def test_a_statement_beside_a_question_writes_and_a_question_or_condition_does_not(
    advisor: Advisor, line: str, writes: bool
) -> None:
    words = "we have plenty of old mails"
    said = PLENTY.replace(quote=words)
    assert by_both(advisor, said, line=line) == (said if writes else Readings((said,)),)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("what now? do we have plenty of old mails?", "do we have plenty of old mails?"),
        ("if we have plenty of old mails, what then", "if we have plenty of old mails, what then"),
        ("we have plenty of old mails, is that enough?", "we have plenty of old mails"),
    ],
)
def test_a_note_is_kept_with_the_question_or_condition_that_it_is_said_in(
    advisor: Advisor, line: str, kept: str
) -> None:
    said = note("we have plenty of old mails")
    assert by_both(advisor, said, line=line) == (said.replace(value=kept),)


def test_an_answer_counts_if_the_readers_find_it_in_its_words(advisor: Advisor) -> None:
    """In another language they find nothing; then the words of the line are enough."""
    invented = set_("budget", "limited", quote="plenty of old mails", sure=Sure.IMPLIED)
    assert by_both(advisor, invented) == (Readings((invented,)),)
    stated = replace(invented, sure=Sure.STATED)
    assert by_both(advisor, stated) == (stated,)
    assert by_both(advisor, stated, line=f"{LINE}. what now?") == (Readings((stated,)),)
    german = "wir haben leider gar kein Geld für so etwas, das ist einfach zu teuer"
    assert by_both(advisor, told := set_("budget", "limited", quote=german), line=german) == (told,)


@pytest.mark.parametrize(
    "heard",
    [
        idea("of old mails"),
        Command(Kind.RETARGET, ideas=("2",)),
        edit(What.RENAME, "1", value="old mails"),
    ],
)
def test_what_takes_any_words_counts_if_the_line_may_tell_it(advisor: Advisor, heard: Command) -> None:
    here = states(advisor)["list"]
    assert by_both(ranking(advisor), heard, here=here) == (Readings((heard,)),)
    assert by_both(ranking(advisor, heard.name), heard, here=here) == (heard,)


@pytest.mark.parametrize("heard", [edit(What.STATUS, "1", value="dropped"), edit(What.PARK, "1")])
def test_a_status_needs_no_press(advisor: Advisor, heard: Command) -> None:
    assert by_both(ranking(advisor), heard, here=states(advisor)["list"]) == (heard,)


def test_a_first_idea_is_in_no_doubt(advisor: Advisor) -> None:
    told = idea("of old mails")
    assert by_both(ranking(advisor), told, here=Conversation.fresh(advisor.pack)) == (told,)


@pytest.mark.parametrize(
    "heard",
    [
        Command(Kind.FORGET),
        Command(Kind.CLEAR, question="budget", quote=LINE),
        Command(Kind.CLEAR, What.NOTE, value="old mails", quote=LINE),
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


@pytest.mark.parametrize(
    ("line", "what", "done"),
    [
        ("drop 2, it only confuses people", What.STATUS, True),
        ("drop 2, it only confuses people", What.REMOVE, True),
        ("drop it, it only confuses people", What.REMOVE, False),
        ("drop 2, it only confuses people", What.RENAME, False),
        ("drop 2?", What.REMOVE, False),
        ("drop 2 if nobody needs it", What.REMOVE, False),
    ],
)
def test_a_removal_is_done_where_the_line_names_the_idea_and_may_put_it_away(
    advisor: Advisor, line: str, what: What, done: bool
) -> None:
    removal, here = edit(What.REMOVE, "2"), states(advisor)["list"]
    ranking = understanding(advisor, Understanding(kinds={line: {f"edit.{what}": 0.2}}))
    said = by_both(ranking, removal, here=here, line=line)
    assert said == ((removal,) if done else (Readings((removal,), clear=True),))
    several = removal.replace(ideas=("2", "1"))
    assert by_both(ranking, several, here=here, line=line) == (Readings((several,), clear=True),)


@pytest.mark.parametrize(
    ("value", "likely", "done"), [("the coder", 0.2, True), ("the coder", 0.1, False), ("the painter", 0.2, False)]
)
def test_a_note_goes_where_the_line_has_its_words_and_may_put_it_away(
    advisor: Advisor, value: str, likely: float, *, done: bool
) -> None:
    line = "scrap what stands there about the coder"
    clears = Command(Kind.CLEAR, What.NOTE, value=value, quote=line)
    ranking = understanding(advisor, Understanding(kinds={line: {"clear.note": likely}}))
    said = by_both(ranking, clears, here=states(advisor)["list"], line=line)
    assert said == ((clears,) if done else (Readings((clears,), clear=True),))


def test_what_was_removed_is_brought_back_at_once(advisor: Advisor) -> None:
    talk = Talk(advisor).do(ideas("sorting mails", "drafts of offers")).do(edit(What.REMOVE, "2"))
    back = go(What.UNDO).replace(ideas=("2",))
    assert by_both(advisor, back, here=talk.conversation) == (back,)
    other = go(What.UNDO).replace(ideas=("1",))
    assert by_both(advisor, other, here=talk.conversation) == (Readings((other,), clear=True),)


def test_the_last_file_is_not_written_again(advisor: Advisor) -> None:
    """Nor in other words than those that ask for a file."""
    here, again = states(advisor)["list"], Command(Kind.WRITE, What.UNSPECIFIED, value="of=last")
    anew = again.replace(value="style=short")
    for last, offered in ((What.CSV, True), (What.SUMMARY, False)):
        wrote = here.replace(focus=here.focus.with_text(Command(Kind.WRITE, last, ("all",))))
        assert by_both(advisor, again, here=wrote) == ((Readings((again,), clear=True),) if offered else (again,))
        assert by_both(advisor, anew, here=wrote) == (anew,)


@pytest.mark.parametrize(
    ("value", "last", "known", "done"),
    [
        ("saved=3500", "write.mail", (), False),
        ("saved=3500", "show.result", (), True),
        ("saved=3500", "write.mail", (calculate("saved=3500"),), True),
        ("step=a year, EUR = 3500 * 12", "write.mail", (), True),
        ("", "write.mail", (), True),
    ],
)
def test_numbers_for_a_text_are_those_of_a_sum_only_where_both_hear_one(
    advisor: Advisor, value: str, last: str, known: tuple[Command, ...], *, done: bool
) -> None:
    here, again = asked(advisor, None).replace(last=last), Command(Kind.WRITE, What.MAIL, value="of=last")
    items = by_both(advisor, again, calculate(value), known=known, line="say that it saves 3500", here=here)
    assert items == ((again, calculate(value)) if done else (again, Readings((calculate(value),))))
