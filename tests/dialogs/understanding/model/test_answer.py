"""What of a model's answer holds: each check drops what it is for, says so, and leaves the rest."""

import json

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, Sure, What
from dialogs.conversation import Conversation
from dialogs.understanding.model.answer import DROPS, commands_in
from tests.dialogs.executor.lines import edit, idea, set_
from tests.dialogs.flows.board_states import states

LINE = "we have plenty of past mails, call the second one Mail sorter"
PLENTY = set_("data", "yes", quote="we have plenty of past mails")


def answered(
    advisor: Advisor, *commands: Command, line: str = LINE
) -> tuple[tuple[Command, ...] | None, dict[str, int]]:
    text = json.dumps({"commands": [command.as_json() for command in commands]})
    return read(advisor, text, line)


def read(advisor: Advisor, text: str, line: str = LINE) -> tuple[tuple[Command, ...] | None, dict[str, int]]:
    answer = commands_in(advisor, states(advisor)["list"], line, text)
    assert set(answer.dropped) <= set(DROPS)
    return answer.commands, dict(answer.dropped)


def test_what_the_line_says_is_taken_in_order(advisor: Advisor) -> None:
    renamed = edit(What.RENAME, "2", value="Mail sorter")
    assert answered(advisor, PLENTY, renamed) == ((PLENTY, renamed), {})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (set_("data", "yes", quote="they have some mails"), "quote"),
        (set_("data", "yes", quote=""), "quote"),
        (Command(Kind.SUPPOSE, question="data", option="yes", quote="if so"), "quote"),
        (Command(Kind.CLEAR, question="data", quote="forget it"), "quote"),
        (Command(Kind.NOTE, value="we have plenty", quote="we had plenty"), "quote"),
        (set_("data", "high", quote=PLENTY.quote), "question"),
        (set_("colour", "yes", quote=PLENTY.quote), "question"),
        (set_("data", "yes", "77", quote=PLENTY.quote), "idea"),
        (set_("data", "yes", "the zebra stripes", quote=PLENTY.quote), "idea"),
        (Command(Kind.SHOW, What.RENAME), "form"),
        (Command(Kind.EDIT, What.RENAME, ("2",), value="Another name"), "quote"),
    ],
)
def test_what_does_not_hold_is_dropped_by_reason(advisor: Advisor, wrong: Command, reason: str) -> None:
    assert answered(advisor, wrong, PLENTY) == ((PLENTY,), {reason: 1})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "[]",
        "{",
        '{"commands": "none"}',
        '{"commands": [',
        '{"other": []}',
        "[" * 100_000,
        "{" * 100_000,
        "1" * 10**6,
        '{"commands": []}' + " " * 10**6,
    ],
)
def test_what_is_no_answer_is_none_at_all(advisor: Advisor, text: str) -> None:
    assert read(advisor, text) == (None, {"json": 1})


@pytest.mark.parametrize(
    "given", [7, "set", None, {}, {"command": "dance"}, {"command": "set", "ideas": "3"}, {"command": 1}]
)
def test_what_is_no_command_is_dropped(advisor: Advisor, given: object) -> None:
    assert read(advisor, json.dumps({"commands": [given]})) == ((), {"shape": 1})


def test_an_object_may_stand_in_a_frame(advisor: Advisor) -> None:
    text = "Here it is:\n```json\n" + json.dumps({"commands": [PLENTY.as_json()]}) + "\n```"
    assert read(advisor, text) == ((PLENTY,), {})


def test_a_quote_may_differ_in_marks_capitals_and_spaces(advisor: Advisor) -> None:
    said = set_("budget", "limited", quote="We don't have  money.")
    assert answered(advisor, said, line="we don’t have money, sorry")[1] == {}


def test_what_is_kept_is_in_the_words_of_the_line(advisor: Advisor) -> None:
    noted = Command(Kind.NOTE, value="Mails exist in large numbers", quote="we have plenty of past mails")
    asked = Command(Kind.ASK, value="Which data are there?")
    commands, _ = answered(advisor, noted, asked)
    assert commands == (noted.replace(value=noted.quote), asked.replace(value=LINE))


@pytest.mark.parametrize(("whom", "kept"), [("the second one", True), ("Ms Ito", False)])
def test_the_reader_of_a_text_is_in_the_words_of_the_line(advisor: Advisor, whom: str, kept: bool) -> None:
    mail = Command(Kind.WRITE, What.MAIL, value=f"style=short; for={whom}")
    ((done, *_), _) = answered(advisor, mail)  # type: ignore[misc]
    assert done.parameters() == {"style": "short"} | ({"for": whom} if kept else {})


def test_the_numbers_of_a_list_are_no_words_of_its_ideas(advisor: Advisor) -> None:
    line = "1 answer mails\n2) check replies\n3 sort tickets"
    commands, _ = answered(advisor, Command(Kind.IDEAS, value=line), line=line)
    assert commands == (Command(Kind.IDEAS, value="answer mails\ncheck replies\nsort tickets"),)


def test_the_numbers_of_a_sum_are_those_of_the_line(advisor: Advisor) -> None:
    line = "what do 12k calls a day cost"
    (given,), _ = answered(advisor, Command(Kind.CALCULATE, value="calls=99000/day"), line=line)
    assert "12000" in given.value
    assert "99000" not in given.value


@pytest.mark.parametrize(
    ("line", "value", "taken"),
    [
        ("twelve thousand calls a day", "calls=12000/day", "calls=12000/day"),
        ("never mind, the usual", "assume=all", "assume=all"),
        ("and 20 more a day", "calls=220/day", "left=20 more a day"),
        ("it is 930 EUR a month for checking", "calls=930/month", "left=930 EUR a month"),
        ("12 min each", "tokens_in=12", "left=12 min"),
        ("800 calls a month, so that is 930", "calls=800/month; training=950 EUR", "calls=800/month"),
        ("500 calls a day", "", "calls=500/day"),
        ("half a cent each", "step=each, EUR = 0.005; calls=7", "step=each, EUR = 0.005"),
    ],
)
def test_numbers_in_words_are_those_of_the_line_as_well(advisor: Advisor, line: str, value: str, taken: str) -> None:
    (given,), _ = answered(advisor, Command(Kind.CALCULATE, value=value), line=line)
    assert given.value == taken


def test_more_commands_than_a_line_can_have_are_dropped(advisor: Advisor) -> None:
    assert answered(advisor, *[Command(Kind.SHOW, What.RESULT)] * 25) == (
        (Command(Kind.SHOW, What.RESULT),),
        {"too_many": 5},
    )


def test_an_idea_that_begins_with_the_line_can_be_named(advisor: Advisor) -> None:
    fresh = Conversation.fresh(advisor.pack)
    line = "a mail sorter and a menu translator. the mail sorter has data"
    several = Command(Kind.IDEAS, value="a mail sorter\na menu translator")
    said = set_("data", "yes", "mail sorter", quote="the mail sorter has data", sure=Sure.STATED)
    text = json.dumps({"commands": [several.as_json(), said.as_json()]})
    assert commands_in(advisor, fresh, line, text).commands == (several, said)
    alone = json.dumps({"commands": [said.as_json()]})
    assert commands_in(advisor, fresh, line, alone).dropped == {"idea": 1}


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("faq-cost", "faq-cost"),
        ("faq-cost, ft-roi, hybrid", "faq-cost ft-roi"),
        ("past mails", "past mails"),
        ("faq-nothing", LINE),
        ("what the model thinks", LINE),
    ],
)
def test_a_question_is_answered_by_pages_that_there_are_or_by_words_of_the_line(
    advisor: Advisor, value: str, taken: str
) -> None:
    ask = Command(Kind.ASK, value=value)
    assert answered(advisor, ask) == ((ask.replace(value=taken),), {})


def test_what_was_meant_for_an_idea_that_the_line_does_not_tell_falls_away_with_it(advisor: Advisor) -> None:
    elsewhere = PLENTY.replace(ideas=("2",))
    invented = idea("a bot that the model invents")
    assert answered(advisor, invented, PLENTY, elsewhere) == ((elsewhere,), {"quote": 1, "idea": 1})


def test_words_may_be_left_out_of_what_an_idea_is_called(advisor: Advisor) -> None:
    words = [word for word in LINE.split() if word.isalpha()]
    told = idea(" ".join((*words[:2], words[-1])))
    assert answered(advisor, told) == ((told,), {})
    turned = idea(" ".join((words[-1], *words[:2])))
    assert answered(advisor, turned) == ((turned,), {})


@pytest.mark.parametrize(
    "command",
    [
        Command(Kind.WRITE, What.RECORD, value="style=shared"),
        Command(Kind.GO, What.STOP, value="done"),
        Command(Kind.SHOW, What.RESULT, value="now"),
    ],
)
def test_what_only_a_button_says_is_not_heard(advisor: Advisor, command: Command) -> None:
    assert answered(advisor, command) == ((command.replace(value=""),), {})
