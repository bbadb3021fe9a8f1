"""What seldom happens in a conversation and has to be right all the same."""

from dataclasses import replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import EVIDENCE_LIMIT, IDEA_LIMIT, Conversation
from dialogs.feedback import UP, Rating
from dialogs.flows.lookups import nearest
from dialogs.flows.replay import SCENARIO_SCORE, recommend
from dialogs.form_submission import IDEA, FormErrors, Submission, read_form
from dialogs.message import Action, Message, Person, Press, Typed, Verb
from dialogs.parsers.feedback_parser import rating_of
from dialogs.replies import Reply
from dialogs.replies.notices import ConversationDeleted, Greeting, KnownAboutPerson, Notice
from dialogs.replies.passages import EntryReply, ShownEntry
from dialogs.replies.questions import QuestionCard
from dialogs.respond import respond
from dialogs.view import Button, Buttons, Items, Link, Paragraph, Span, Style, Table, View, as_line, without_links
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from knowledge.interfaces import Closest, Match, MatchOutcome
from knowledge.problems import one_of
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import NOON, Talk

ALL = {"data": "yes", "volume": "high", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}


def text(advisor: Advisor, *replies: Reply) -> str:
    return plain(lay_out(advisor, replies, 1))


def press(*words: str, verb: Verb = Verb.FEEDBACK, **how: object) -> Message:
    return Message("m", Person("ana"), NOON, Press(Action(verb, words), None, **how))  # type: ignore[arg-type]


def test_what_gets_too_long_leads_nowhere_else_but_by_a_link_that_stands_alone() -> None:
    plain_part, strong = Span("a", Style.PLAIN, ""), Span("b", Style.STRONG, "https://x.org")
    items = Items(((plain_part, strong),))
    assert without_links(items) == Items(((plain_part, strong._replace(url="")),))
    table = Table(("h",), (("c",),), links=("https://x.org",))
    assert without_links(table) == Table(("h",), (("c",),))
    bare = Table(("h",), (("c",),))
    assert without_links(bare) is bare
    for other in (Link("a", "https://x.org"), Paragraph(as_line("a", url="https://x.org"))):
        assert without_links(other) is other


@pytest.mark.parametrize("length", [IDEA_LIMIT, IDEA_LIMIT + 1])
def test_an_idea_in_a_form_has_a_length(advisor: Advisor, length: int) -> None:
    assert IDEA_LIMIT == 1000
    found = read_form(advisor, {**ALL, IDEA: "x" * length})
    if length > 1000:
        assert isinstance(found, FormErrors)
        assert set(found.errors) == {IDEA}
        assert "1001" in found.errors[IDEA]
    else:
        assert found == Submission(ALL, "x" * length)


@pytest.mark.parametrize("given", [{}, {"data": 1}, {"data": "some"}])
def test_a_form_says_which_answers_are_missing(advisor: Advisor, given: dict[str, object]) -> None:
    found = read_form(advisor, {**ALL, "data": None, **given})
    assert isinstance(found, FormErrors)
    assert set(found.errors) == {"data"}
    assert isinstance(read_form(advisor, {**ALL, IDEA: 3}), FormErrors)
    assert read_form(advisor, {**ALL, IDEA: None}) == Submission(ALL, "")


def test_a_long_idea_is_kept_as_far_as_ideas_are(talk: Talk) -> None:
    talk.say("should we fine-tune a model for " + "very " * 400 + "long letters?")
    assert len(talk.conversation.idea) == 1000
    assert EVIDENCE_LIMIT == 120


@pytest.mark.parametrize("length", [300, 301])
def test_a_note_to_feedback_is_kept_up_to_a_length(advisor: Advisor, length: int) -> None:
    done = asked(advisor, None, **ALL)
    rating = rating_of(advisor, done, press(UP, note="x" * length))
    assert rating is not None
    assert (rating.up, len(rating.note)) == (True, 300)


def test_feedback_is_about_what_is_shown_or_said(advisor: Advisor) -> None:
    done = asked(advisor, None, **ALL)
    verdict = advisor.pack.verdicts[-1].id
    assert rating_of(advisor, done, press("down")) == Rating((f"result:{verdict}",), False, "", 0)
    passage, fact = advisor.pack.passages[0].id, advisor.pack.outside[0].id
    named = press(UP, about=f"{passage},gone,{fact}")
    assert rating_of(advisor, done, named) == Rating((passage, fact), True, "", 0)
    looked_up = Conversation.fresh(advisor.pack).replace(shown=(passage, "read:data"))
    assert rating_of(advisor, looked_up, press(UP)) == Rating((passage,), True, "", 0)
    asking = asked(advisor, "data").replace(shown=())
    assert rating_of(advisor, asking, press(UP)) is None
    assert rating_of(advisor, done, press("sideways")) is None
    assert rating_of(advisor, done, press(UP, "twice")) is None
    assert rating_of(advisor, done, Message("m", Person("ana"), NOON, Typed("up"))) is None


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (press(UP), "nothing_to_rate"),
        (press("no-such-passage", verb=Verb.PASSAGE), "outdated"),
    ],
)
def test_what_is_not_there_changes_nothing(advisor: Advisor, message: Message, told: str) -> None:
    before = asked(advisor, "data")
    turn = respond(advisor, before, message)
    assert turn.aside == (Notice(told),)  # type: ignore[arg-type]
    assert turn.conversation.answers == before.answers
    assert turn.card == turn.below == ()


def test_an_agreement_to_nothing_is_met_with_nothing(talk: Talk) -> None:
    talk.say("ok")
    assert talk.turn.card == ()
    assert talk.conversation.answers == {}


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


def test_a_card_that_was_deleted_offers_to_begin_anew(advisor: Advisor) -> None:
    view = lay_out(advisor, (ConversationDeleted(),), 1)
    assert "deleted" in plain(view)
    assert [b.action for e in view.elements if isinstance(e, Buttons) for b in e.buttons] == [Action(Verb.START)]


def test_what_is_known_about_a_person_is_told_whole(advisor: Advisor) -> None:
    nothing = text(advisor, KnownAboutPerson((), (), False))
    lessons = text(advisor, KnownAboutPerson((), (), True))
    idea = text(advisor, KnownAboutPerson((), ("a  bot\nfor  us",), True))
    assert len({nothing, lessons, idea}) == 3
    assert "a bot for us" in idea
    assert lessons.splitlines()[-2] in idea
    for told in (nothing, lessons, idea):
        assert "forget me" in told


def test_a_press_after_a_change_of_the_pack_shows_what_is_open_now(advisor: Advisor) -> None:
    """The card that was pressed asks what is not open any more."""
    older = asked(advisor, "data", volume="gone").replace(pack="older", revisit=None)
    message = Message("m", Person("ana"), NOON, Press(Action(Verb.ANSWER, ("volume", "gone")), 9))
    turn = respond(advisor, older, message)
    assert turn.card[0] == Notice("pack_changed")
    assert isinstance(turn.card[1], QuestionCard)
    assert Notice("outdated") not in turn.aside
    same = respond(advisor, older.replace(pack=advisor.pack.version, answers={}), message)
    assert same.card == ()
    assert same.aside == (Notice("outdated"),)
    typed = respond(advisor, older, Message("m", Person("ana"), NOON, Typed("thanks")))
    assert Notice("pack_changed") not in typed.card or QuestionCard in [type(reply) for reply in typed.card]


@pytest.mark.parametrize("verb", [Verb.SHARE, Verb.WHY])
def test_what_stands_below_a_result_shows_it_no_second_time(advisor: Advisor, verb: Verb) -> None:
    turn = respond(advisor, asked(advisor, None, **ALL), press(verb=verb))
    assert (len(turn.below), turn.card) == (1, ())


def test_an_idea_is_made_ready_for_what_will_be_asked_of_it(advisor: Advisor) -> None:
    ready: list[str] = []

    class Prepared(Understanding):
        def prepare(self, idea: str) -> None:
            ready.append(idea)

    flow = understanding(advisor, Prepared()).flows.questions
    fresh = Conversation.fresh(advisor.pack)
    flow.start(fresh, press(verb=Verb.START))
    assert ready == []
    flow.start(fresh, press(verb=Verb.START), "a bot for letters")
    assert ready == ["a bot for letters"]


def test_what_is_known_is_listed_the_nearest_first() -> None:
    assert one_of("x", ()) == "None is known."
    assert one_of("datta", ("volume", "data")) == "Did you mean `data`? Known: volume, data."
    assert one_of("xyz", ("volume",)) == "Known: volume."


def test_a_button_is_not_the_one_that_stands_out_unless_it_is_said() -> None:
    assert Button(Action(Verb.START), "Go").primary is False
    assert Buttons(()).menu is False
    assert View(()).revision == 0


@pytest.mark.parametrize(
    ("closest", "by_answers"),
    [
        (Closest("closest", SCENARIO_SCORE), False),
        (Closest("closest", SCENARIO_SCORE - 0.01), True),
        (Closest(None, 1.0), True),
    ],
)
def test_the_closest_case_is_that_of_the_description_where_it_is_close(
    advisor: Advisor, closest: Closest, by_answers: bool
) -> None:
    scenario = advisor.pack.scenarios[-1].id

    class Near(Understanding):
        def scenario(self, text: str) -> Closest:
            return closest if closest.id is None else Closest(scenario, closest.score)

    knowledge = understanding(advisor, Near()).knowledge
    result = recommend(knowledge, asked(advisor, None, **ALL).replace(idea="a bot"), NOON)
    assert result.scenario is not None
    assert result.by_answers is by_answers
    assert by_answers or result.scenario.id == scenario


def test_beside_a_request_no_start_is_offered(advisor: Advisor) -> None:
    passage, fact = advisor.pack.passages[0].id, advisor.pack.outside[0].id
    for name in (passage, fact):
        assert nearest(advisor, press(UP), Match(MatchOutcome.ANSWER, (name,), 1.0)).offer is False
