"""What only a press may do: how it is offered where a model alone hears it, and what asks for it again."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.flows.board_position import board_of
from dialogs.message import Message, Person, Typed
from dialogs.respond import respond
from tests.dialogs.executor.lines import CONFIRM, UNDO, edit, idea, ideas, note, set_, show
from tests.dialogs.talk import Talk

REMOVAL = edit(What.REMOVE, "2")
VAGUE = "hm that other one there, you know"
"""A line of which the built-in sources know nothing."""


class HeardTalk(Talk):
    """A talk in which a model listens along."""

    def hear(self, text: str, *commands: Command, who: str = "ana") -> "HeardTalk":
        self.clock += 30
        message = Message(f"m{self.clock}", Person(who, who), self.clock, Typed(text), heard=commands)
        self.turn = respond(self.advisor, self.conversation, message)
        self.conversation = self.turn.conversation
        return self

    @property
    def offered(self) -> list[str]:
        return [offer.label for offer in self.conversation.focus.offers]

    @property
    def listed(self) -> list[int]:
        return [each.number for each in board_of(self.conversation).shown]


@pytest.fixture
def talk(advisor: Advisor) -> HeardTalk:
    talk = HeardTalk(advisor)
    talk.do(ideas("a bot for tickets", "summaries of reports", "slogans for shops"))
    return talk


def test_it_is_said_to_take_a_press_and_the_button_names_it(talk: HeardTalk) -> None:
    talk.hear(VAGUE, REMOVAL)
    assert "To be safe, that takes a press:" in talk.said
    assert talk.offered == ["Remove “2. summaries of reports”"]
    assert talk.press("offer:1").conversation.board.find(2) is None


def test_what_is_in_doubt_as_well_is_asked_about(talk: HeardTalk) -> None:
    talk.hear("do we have data? away with it", set_("data", "yes", "2", quote="do we have data"), REMOVAL)
    assert "I am not sure what you want" in talk.said


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ((idea("a sorter for mails"),), "Take back: new idea “4. a sorter for mails”"),
        ((ideas("a sorter for mails"),), "Take back: new idea “4. a sorter for mails”"),
        ((ideas("a sorter", "a tagger"),), "Take back: new idea “4. a sorter; 5. a tagger”"),
        ((REMOVAL,), "Take back: removal of “2. summaries of reports”"),
        ((edit(What.RENAME, "2", value="digests"),), "Take back: the change of “2. digests”"),
        ((set_("data", "yes", "2"),), "Take back: Training data"),
        ((note("legal must agree", "2"),), "Take back: the note of “2. summaries of reports”"),
        ((edit(What.STATUS, "2", value="live"),), "Take back: the change of “2. summaries of reports”"),
        ((set_("data", "yes", "2"), set_("budget", "limited", "3")), "Take the last change back"),
    ],
)
def test_the_button_says_what_is_taken_back(talk: HeardTalk, written: tuple[Command, ...], label: str) -> None:
    before = talk.conversation.board, talk.conversation.idea
    talk.do(*written).hear(VAGUE, UNDO)
    assert talk.offered == [label]
    talk.press("offer:1")
    shown = [(each.title, each.chosen, each.kept_notes, each.status) for each in board_of(talk.conversation).shown]
    assert shown == [(each.title, each.chosen, each.kept_notes, each.status) for each in before[0].shown]
    assert talk.conversation.idea == before[1]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("revert the renaming", "the change of “3. banners”"),
        ("revert the deletion", "removal of “2. summaries of reports”"),
    ],
)
def test_a_press_takes_back_what_the_line_named(talk: HeardTalk, line: str, label: str) -> None:
    talk.do(edit(What.RENAME, "3", value="banners")).do(REMOVAL).do(set_("data", "yes", "3"))
    talk.hear(f"if they agree then {line}", UNDO)
    assert talk.offered == [f"Take back: {label}"]
    talk.press("offer:1")
    assert (board_of(talk.conversation).find(3).title == "slogans for shops") == ("banners" in label)
    assert (2 in talk.listed) == ("summaries" in label)
    assert board_of(talk.conversation).find(3).chosen == {"data": "yes"}


@pytest.mark.parametrize("again", [CONFIRM, REMOVAL])
@pytest.mark.parametrize("line", ["yes please remove it", "remove 2 already please", "ok away with it"])
def test_a_yes_and_the_same_wish_again_take_it(talk: HeardTalk, line: str, again: Command) -> None:
    assert talk.hear(VAGUE, REMOVAL).hear(line, again).listed == [1, 3]


@pytest.mark.parametrize("again", [CONFIRM, REMOVAL])
@pytest.mark.parametrize("line", [VAGUE, "yes, but should we remove 2?", "ok if legal agrees"])
def test_what_is_no_plain_yes_gets_the_same_button(talk: HeardTalk, line: str, again: Command) -> None:
    talk.hear(VAGUE, REMOVAL).hear(line, again)
    assert talk.listed == [1, 2, 3]
    assert talk.offered == ["Remove “2. summaries of reports”"]
    assert talk.press("offer:1").listed == [1, 3]


def test_a_yes_to_another_removal_takes_nothing(talk: HeardTalk) -> None:
    talk.hear(VAGUE, REMOVAL).hear("yes please remove it", edit(What.REMOVE, "3"))
    assert talk.listed == [1, 2, 3]
    assert talk.offered == ["Remove “3. slogans for shops”"]


def test_undo_that_a_model_hears_again_still_takes_a_yes(talk: HeardTalk) -> None:
    talk.do(ideas("a sorter for mails")).hear(VAGUE, UNDO)
    assert talk.listed == [1, 2, 3, 4]
    assert talk.hear("i said away with it", UNDO).listed == [1, 2, 3, 4]
    assert talk.hear("yes", UNDO).listed == [1, 2, 3]


@pytest.mark.parametrize(("line", "data"), [("yes do that", None), ("yes, hundreds", "yes"), ("no, none", "no")])
def test_a_yes_is_to_the_offer_but_beside_an_answer(advisor: Advisor, line: str, data: str | None) -> None:
    talk = HeardTalk(advisor)
    talk.do(idea("a sorter for mails")).hear(VAGUE, UNDO).say(line)
    assert talk.conversation.chosen.get("data") == data
    assert talk.conversation.started == (data is not None)


def test_what_was_offered_to_somebody_else_is_over(talk: HeardTalk) -> None:
    talk.do(show(What.ME)).hear(VAGUE, Command(Kind.CONFIRM), who="ben")
    assert not talk.offered
    assert talk.listed == [1, 2, 3]
