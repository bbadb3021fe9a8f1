"""Look-ups: the comparison, entries out of date, what is known about a person, scenarios."""

from dataclasses import replace

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.feedback import UP
from dialogs.flows.lookups import nearest
from dialogs.message import Verb
from dialogs.replies.notices import Greeting, KnownAboutPerson
from dialogs.replies.passages import EntryReply, ShownEntry
from dialogs.respond import respond
from knowledge.interfaces import Match, MatchOutcome
from knowledge.problems import one_of
from tests.dialogs.presses import press, text


def test_a_pack_without_a_comparison_greets_instead(advisor: Advisor) -> None:
    pack = advisor.pack.model_copy(update={"comparison": None})
    bare = Advisor.build(replace(advisor.knowledge, pack=pack), catalogue.load())
    turn = respond(bare, Conversation.fresh(pack), press(verb=Verb.COMPARE))
    assert [type(reply) for reply in turn.card] == [Greeting]


def test_a_fact_that_is_out_of_date_is_not_told(advisor: Advisor) -> None:
    entry = advisor.pack.outside[0]
    old = text(advisor, EntryReply(advisor.pack, (ShownEntry(entry, current=False),)))
    assert entry.title in old
    assert entry.text not in old
    assert entry.text in text(advisor, EntryReply(advisor.pack, (ShownEntry(entry, current=True),)))


def test_what_is_known_about_a_person_is_told_whole(advisor: Advisor) -> None:
    nothing = text(advisor, KnownAboutPerson((), (), False))
    lessons = text(advisor, KnownAboutPerson((), (), True))
    idea = text(advisor, KnownAboutPerson((), ("a  bot\nfor  us",), True))
    assert len({nothing, lessons, idea}) == 3
    assert "a bot for us" in idea
    assert lessons.splitlines()[-2] in idea
    for told in (nothing, lessons, idea):
        assert "forget me" in told


def test_what_is_known_is_listed_the_nearest_first() -> None:
    assert one_of("x", ()) == "None is known."
    assert one_of("datta", ("volume", "data")) == "Did you mean `data`? Known: volume, data."
    assert one_of("xyz", ("volume",)) == "Known: volume."


def test_beside_a_request_no_start_is_offered(advisor: Advisor) -> None:
    passage, fact = advisor.pack.passages[0].id, advisor.pack.outside[0].id
    for name in (passage, fact):
        assert nearest(advisor, press(UP), Match(MatchOutcome.ANSWER, (name,), 1.0)).offer is False
