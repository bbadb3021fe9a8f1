"""Look-ups: the comparison, entries out of date, what is known about a person, scenarios."""

from dataclasses import replace

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.message import Verb
from dialogs.replies.notices import Greeting, KnownAboutPerson, StoredPart
from dialogs.replies.passages import EntryReply, ShownEntry
from dialogs.respond import respond
from knowledge.interfaces import Match, MatchOutcome
from knowledge.problems import one_of
from tests.dialogs.presses import press
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import Talk
from tests.dialogs.views.shown import text


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
    told = StoredPart("added", "a  bot\nfor  us", "", 0, Command(Kind.EDIT))
    nothing = text(advisor, KnownAboutPerson((), False))
    lessons = text(advisor, KnownAboutPerson((), True))
    idea = text(advisor, KnownAboutPerson((told,), True))
    assert len({nothing, lessons, idea}) == 3
    assert "a bot for us" in idea
    assert lessons.splitlines()[-2] in idea
    for told in (nothing, lessons, idea):
        assert "forget me" in told


def test_what_is_known_is_listed_the_nearest_first() -> None:
    assert one_of("x", ()) == "None is known."
    assert one_of("datta", ("volume", "data")) == "Did you mean `data`? Known: volume, data."
    assert one_of("xyz", ("volume",)) == "Known: volume."


def test_what_was_offered_is_known_until_something_else_is_said(advisor: Advisor) -> None:
    first, second = (passage.id for passage in advisor.pack.passages[:2])
    meanings = Understanding(passages={"aaa bbb?": Match(MatchOutcome.OFFER, (first, second), 0.3)})
    talk = Talk(understanding(advisor, meanings)).say("aaa bbb?")
    assert (talk.conversation.answered, talk.conversation.offered) == ((), (first, second))
    talk.say("the second one")
    assert (talk.conversation.answered, talk.conversation.offered) == ((second,), (first, second))
    talk.say("the first one")
    assert talk.conversation.answered == (first,)
    talk.say("thanks")
    assert (talk.conversation.answered, talk.conversation.offered) == ((), ())


def test_what_leads_is_answered_and_the_rest_is_offered(advisor: Advisor) -> None:
    first, second = (passage.id for passage in advisor.pack.passages[:2])
    meanings = Understanding(passages={"aaa bbb?": Match(MatchOutcome.OFFER, (first, second), 0.5, leads=True)})
    talk = Talk(understanding(advisor, meanings)).say("aaa bbb?")
    assert (talk.conversation.answered, talk.conversation.offered) == ((first,), (second,))
    assert advisor.pack.passages[0].text in talk.card


def test_a_statement_gets_what_leads_only_if_it_is_short(advisor: Advisor) -> None:
    first, second = (passage.id for passage in advisor.pack.passages[:2])
    match = Match(MatchOutcome.OFFER, (first, second), 0.5, leads=True)
    long, short = "aaa bbb ccc ddd eee fff ggg", "aaa bbb"
    told = understanding(advisor, Understanding(passages={long: match, short: match}))
    assert advisor.pack.passages[0].text in Talk(told).say(short).card
    assert advisor.pack.passages[0].text not in Talk(told).say(long).card


def test_the_sources_are_named_with_who_gains_by_them(advisor: Advisor) -> None:
    told = Talk(advisor).say("who pays you?").card
    assert advisor.pack.source.title in told
    assert advisor.pack.source.interest in told
