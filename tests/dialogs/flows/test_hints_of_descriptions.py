"""What a description sounds like without saying it is proposed when its question comes up."""

import pytest

from dialogs.advisor import Advisor
from dialogs.conversation import AnswerMethod, Conversation, Proposal, migrate
from dialogs.replies.questions import QuestionCard
from tests.dialogs.stub_knowledge import Understanding, maybe, sure, understanding
from tests.dialogs.talk import Talk

IDEA = "a helper for our law reports"
OTHER = "a bot that writes poems for all"
OPENER = "i have an idea for something at work"
KINDS = {
    **{text: {"idea": 1.0} for text in (IDEA, OTHER, OPENER)},
    **{text: {"set": 1.0} for text in ("limited budget", "predictable consistency", "some money")},
}
MEANINGS = Understanding(
    kinds=KINDS,
    projects={IDEA: 1.0},
    hints={IDEA: {"domain": "specialised"}},
    replies={
        "limited budget": (sure("budget", "limited"),),
        "predictable consistency": (sure("consistency", "predictable"),),
    },
)


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(understanding(advisor, MEANINGS)).say(IDEA)


def proposes(talk: Talk) -> bool:
    """Whether the open question is put as a proposal."""
    card = talk.turn.card[-1]
    return isinstance(card, QuestionCard) and bool(card.told)


def asks(talk: Talk) -> bool:
    """Whether it is put plainly."""
    card = talk.turn.card[-1]
    return isinstance(card, QuestionCard) and not card.told


def at_domain(talk: Talk) -> Talk:
    return talk.press("answer:data:yes").press("answer:volume:low")


def test_only_the_question_itself_is_put_so(talk: Talk) -> None:
    assert asks(talk)
    assert asks(talk.press("answer:data:yes"))
    assert proposes(talk.press("answer:volume:low"))
    assert talk.conversation.chosen == {"data": "yes", "volume": "low"}


def test_the_question_is_asked_as_well_and_every_option_can_be_pressed(talk: Talk) -> None:
    at_domain(talk)
    assert talk.advisor.pack.question("domain").prompt in talk.card
    options = ["confirm:domain:specialised", "answer:domain:general", "answer:domain:unsure"]
    assert talk.buttons() == [*options, "why", "back", "restart", "cancel"]


@pytest.mark.parametrize(
    ("button", "option"), [("confirm:domain:specialised", "specialised"), ("answer:domain:general", "general")]
)
def test_a_press_decides(talk: Talk, button: str, option: str) -> None:
    at_domain(talk).press(button)
    assert talk.conversation.answers["domain"].option == option
    assert talk.conversation.answers["domain"].how is AnswerMethod.BUTTON
    assert talk.open == "budget"


def test_a_typed_yes_takes_it_and_a_no_asks(talk: Talk) -> None:
    assert at_domain(talk).say("yes").conversation.chosen["domain"] == "specialised"
    refused = at_domain(Talk(talk.advisor).say(IDEA)).say("no")
    assert "domain" not in refused.conversation.chosen
    assert asks(refused)


def test_who_goes_on_has_accepted_it_in_view(talk: Talk) -> None:
    at_domain(talk).say("limited budget")
    assert talk.conversation.answers["domain"].how is AnswerMethod.READ
    assert f"Domain: {talk.conversation.chosen['domain']}" in talk.card
    assert talk.open == "consistency"


def test_it_is_proposed_once(talk: Talk) -> None:
    at_domain(talk).say("no").press("back").press("answer:volume:high")
    assert asks(talk)
    assert talk.open == "domain"


def test_a_first_question_may_be_put_so(advisor: Advisor) -> None:
    meanings = Understanding(kinds=KINDS, projects={IDEA: 1.0}, hints={IDEA: {"data": "yes"}})
    talk = Talk(understanding(advisor, meanings)).say(IDEA)
    assert proposes(talk)
    assert talk.conversation.chosen == {}


def test_who_goes_on_may_come_to_the_next_one(advisor: Advisor) -> None:
    meanings = Understanding(
        kinds=KINDS,
        projects={IDEA: 1.0},
        hints={IDEA: {"domain": "specialised", "budget": "limited"}},
        replies={"predictable consistency": (sure("consistency", "predictable"),)},
    )
    talk = at_domain(Talk(understanding(advisor, meanings)).say(IDEA)).say("predictable consistency")
    assert talk.conversation.chosen["domain"] == "specialised"
    assert talk.open == "budget"
    assert proposes(talk)


def test_to_start_over_forgets_it(talk: Talk) -> None:
    at_domain(talk).press("restart").press("answer:data:yes").press("answer:volume:low")
    assert talk.open == "domain"
    assert asks(talk)


def test_another_idea_has_hints_of_its_own(advisor: Advisor) -> None:
    meanings = Understanding(
        kinds=KINDS, projects={IDEA: 1.0, OTHER: 1.0}, hints={IDEA: {"budget": "limited"}, OTHER: {"domain": "general"}}
    )
    talk = Talk(understanding(advisor, meanings)).say(IDEA).press("answer:data:yes").say(OTHER).press("offer:1")
    assert talk.conversation.idea == OTHER
    assert [each.question for each in talk.conversation.likely] == ["domain"]


def test_a_vague_opener_with_a_hint_gives_way_to_the_idea_itself(advisor: Advisor) -> None:
    meanings = Understanding(kinds=KINDS, projects={IDEA: 1.0}, hints={OPENER: {"data": "no"}})
    talk = Talk(understanding(advisor, meanings)).say(OPENER).say(IDEA)
    assert talk.conversation.idea == IDEA
    assert talk.open == "data"


@pytest.mark.parametrize("between", [("cancel", "continue"), ("start",), ("edit:data", "answer:data:no")])
def test_until_somebody_answers_it_comes_again(talk: Talk, between: tuple[str, ...]) -> None:
    at_domain(talk)
    for button in between:
        talk.press(button)
    assert talk.open == "domain"
    assert proposes(talk)


@pytest.mark.parametrize("text", ["1", "2", "yes", "no"])
def test_a_lesson_has_answers_of_its_own(talk: Talk, text: str) -> None:
    before = at_domain(talk).conversation
    talk.say("learn").say(text)
    assert talk.conversation.chosen == before.chosen
    assert talk.conversation.confirm == before.confirm


def test_what_was_refused_before_its_turn_is_asked_plainly(advisor: Advisor) -> None:
    meanings = Understanding(
        kinds=KINDS,
        projects={IDEA: 1.0},
        hints={IDEA: {"budget": "flexible"}},
        replies={"some money": (maybe("budget", "flexible"),)},
    )
    talk = Talk(understanding(advisor, meanings)).say(IDEA).say("some money").say("no")
    at_domain(talk).press("answer:domain:general")
    assert talk.open == "budget"
    assert asks(talk)


@pytest.mark.parametrize("option", ["no", "yes"])
def test_a_question_that_yes_answers_is_not_put_above_a_proposal(advisor: Advisor, option: str) -> None:
    meanings = Understanding(kinds=KINDS, projects={IDEA: 1.0}, hints={IDEA: {"data": option}})
    talk = Talk(understanding(advisor, meanings)).say(IDEA)
    assert advisor.pack.question("data").prompt not in talk.card
    assert advisor.pack.question("data").name in talk.card
    assert talk.say("yes").conversation.chosen == {"data": option}


def test_it_is_kept_with_the_conversation_until_then(talk: Talk) -> None:
    stored = Conversation.from_json(talk.conversation.to_json())
    assert [(each.question, each.option, each.told) for each in stored.likely] == [("domain", "specialised", True)]
    assert at_domain(talk).conversation.likely == ()


def test_an_option_that_the_pack_has_no_more_is_dropped(talk: Talk) -> None:
    older = talk.conversation.replace(
        pack="older", likely=(*talk.conversation.likely, Proposal(question="budget", option="gone", told=True))
    )
    moved, _ = migrate(talk.advisor.pack, older)
    assert [each.option for each in moved.likely] == ["specialised"]


def test_it_goes_with_the_description(talk: Talk) -> None:
    other = talk.press("answer:data:yes", who="ben").conversation
    without_author, without_other = other.without_person("ana"), other.without_person("ben")
    assert without_author.likely == ()
    assert without_other.likely == other.likely
