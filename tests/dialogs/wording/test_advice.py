"""A practical question has the advice that answers it among its facts; how near a line is, the encoder says."""

import json
from itertools import pairwise

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.wording.answer import checked
from dialogs.wording.facts import Fact
from dialogs.wording.request import WordingRequest
from knowledge.outside import OutsideText
from knowledge.sentences import sentences
from tests.dialogs.executor.lines import ALL_FIVE, explain, idea, ideas, set_, show
from tests.dialogs.talk import Talk
from tests.dialogs.wording.conftest import requested
from tests.knowledge.fixtures import pack, with_encoder

TITLES = {each.title: each.id for each in pack().advice}
ASK = Command(Kind.ASK)

ASKED = {
    "how-model": "so when you say model, do you mean the ChatGPT thing on my phone or something else?",
    "how-paid": "would we need a ChatGPT account for all twelve of us, or does it get billed by how often it runs",
    "how-place": "ok i have the prompt now. where does it actually go?",
    "how-clear": "how can I tell if my instructions are written clearly",
    "how-many-cases": "I tried it on three letters and it looked fine, can I rely on that?",
    "how-cases": "what should be in the trial set, easy ones or the nasty ones",
    "how-odd-cases": "what strange inputs ought we to throw at it",
    "how-unknown": "how can I check that it tells me when it isn't sure",
    "how-invented": "what keeps it from inventing paragraphs that don't exist in our contract",
    "how-citations": "it gave me a link to a ruling. can I believe that?",
    "how-reader": "do we let the answers go out directly or must a colleague look over them",
    "how-danger": "a wrong dosage could kill someone, how would one handle that",
    "how-people": "can it turn down loan requests without anybody looking",
    "how-enough": "nine out of ten right, is that good enough to go live?",
    "how-masked": "if I black out the patients' names in the reports, am I fine?",
    "how-test-data": "our files are secret, what could we try it with instead",
    "how-public": "half the office pastes emails into the free version at home. problem?",
    "how-start": "shouldn't we rather wait until next summer, models get better anyway",
    "how-week": "what would we be doing in the first five days",
    "how-buy": "couldn't we simply purchase something finished for that?",
    "how-not-ai": "would an ordinary macro not be simpler than all this",
    "how-catch": "what's the hitch, there must be one",
    "how-examples": "a third of our sample replies are from before the tariff reform, is that bad",
    "how-roles": "which tasks are mine and which are for the IT people",
    "how-working": "after two months, by what would I see if it was worth it",
    "how-wrong": "yesterday it told a guest the wrong check-out time. what do we do with that?",
    "how-changing": "the opening hours and fees change all the time, how does it cope",
    "how-new-version": "what if OpenAI swaps the model under us",
    "how-tricked": "could someone hide a command in an email and make it misbehave",
    "how-said": "do I owe my readers a note that a machine wrote the newsletter",
    "how-collect": "is there anything we ought to be saving already, for later?",
    "how-ready": "we have 600 old replies. what needs doing to them before they can be trained on",
    "how-scans": "most of what we get is scanned letters as PDF. any use?",
    "how-voice": "our customers mostly ring us up. could it listen to those calls",
    "how-mail": "ok but how would it get at the inbox, and who puts the reply into the ticket",
    "how-speed": "would a caller have to wait long until it says something",
    "how-where-data": "on whose servers does our text end up, in America?",
    "how-council": "our works council will want a word. do they have a right to it?",
    "how-staff": "half of my team doesn't want this thing. how do I handle that",
    "how-jobs": "so are three of my clerks out of work then?",
    "how-owner": "who looks after the prompt when the person who wrote it leaves",
    "how-pilot": "for how many weeks would one try it, and with how many people",
    "how-baseline": "is there something to write down about how things go now, before we change anything",
    "how-own-time": "and all the hours my people put into correcting it, who counts those",
    "how-pays": "has anybody shown that staff get more done with such a helper",
    "how-several": "one assistant for sales and HR together, or one each?",
    "how-volume": "it is 200 a month now, by spring it could be 20,000. will it hold up",
    "how-stop": "at what point would you say: enough, we shut it down",
    "how-review": "once it is running, do we check on it every month or once a year",
    "how-board": "I have ten minutes with the directors next week. what do I tell them about it",
    "how-liable": "if it promises a guest a discount by mistake, do we have to honour that",
    "how-person": "what about people who want to talk to a human being",
    "how-first-model": "do we begin with the big expensive model or the small one",
    "how-judge": "could another AI mark its answers so that I don't have to",
}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.build(with_encoder(), catalogue.load(), "House model", speaks=True)


def advice(request: WordingRequest | None) -> list[str]:
    """The ids of the advice among the facts, in their order."""
    assert request is not None
    titles = (f"{fact.text.partition('? ')[0]}?" for fact in request.facts)
    return [TITLES[title] for title in titles if title in TITLES]


def test_each_piece_is_asked_for() -> None:
    assert [*ASKED] == [each.id for each in pack().advice]


@pytest.mark.parametrize("name", ASKED)
def test_a_practical_question_has_its_advice(advisor: Advisor, name: str) -> None:
    found = advice(requested(Talk(advisor), ASKED[name], ASK))
    assert name in found
    assert len(found) == 6


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("how many real letters do we try it with and who reads them before they go out?", ("many-cases", "reader")),
        ("fine. is blacking out the names enough, and what do we do in week one?", ("masked", "week")),
        ("buy something or build it ourselves? and what's the catch with it", ("buy", "catch")),
    ],
)
def test_each_of_two_wishes_has_its_advice(advisor: Advisor, line: str, wanted: tuple[str, ...]) -> None:
    for commands in ((ASK,), (ASK, explain(What.VERDICT))):
        talk = Talk(advisor).do(idea("a bot that answers parking questions"), *ALL_FIVE)
        assert {f"how-{name}" for name in wanted} <= {*advice(requested(talk, line, *commands))}


def test_two_questions_in_one_sentence_mostly_have_theirs(advisor: Advisor) -> None:
    """Whatever they are about, since clauses are looked up as well."""
    asked = [(name, line.rstrip("?")) for name, line in ASKED.items()]
    both = [({one, other}, f"{line}, and also {more}") for (one, line), (other, more) in pairwise(asked)]
    found = sum(len(wanted & {*advice(requested(Talk(advisor), line, ASK))}) for wanted, line in both)
    assert found >= 0.93 * 2 * len(both)


def test_beside_an_idea_in_focus_the_advice_and_its_record_are_facts(advisor: Advisor) -> None:
    talk = Talk(advisor).do(idea("a bot that answers parking questions"), *ALL_FIVE)
    request = requested(talk, "what do we do with it in the first week?", show(What.STEPS))
    assert "how-week" in advice(request)
    assert request is not None
    assert any(fact.idea and "Training data: yes" in fact.text for fact in request.facts)


def test_beside_a_list_as_well(advisor: Advisor) -> None:
    talk = Talk(advisor).do(ideas("a menu translator", "sort incoming faxes", "answer parking mails"))
    talk.do(*(set_(each.question, each.option, number) for number in "123" for each in ALL_FIVE))
    request = requested(talk, "is 2 clear? and who does what?", explain(What.STRENGTH, "2"))
    assert "how-roles" in advice(request)
    assert request is not None
    assert {fact.idea for fact in request.facts} >= {"1. a menu translator", "3. answer parking mails"}


def test_advice_says_whose_it_is_and_when_it_was_read(advisor: Advisor) -> None:
    request = requested(Talk(advisor), ASKED["how-masked"], ASK)
    assert request is not None
    source = next(fact.source for fact in request.facts if "blacking out names" in fact.text)
    assert source.startswith("Outside the article: as reported: ICO, draft anonymisation guidance")
    assert source.endswith("read 1 Dec 2026.")


@pytest.mark.parametrize("piece", pack().advice, ids=lambda piece: piece.id)
def test_each_sentence_may_be_shown_as_it_stands(advisor: Advisor, piece: OutsideText) -> None:
    given = [{"text": each, "facts": [1]} for each in sentences(piece.text)]
    request = WordingRequest((), {}, "and?", (Fact(f"{piece.title} {piece.text}", piece.source),))
    assert not checked(advisor, request, json.dumps({"sentences": given})).dropped


def test_what_is_out_of_date_is_no_fact(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.clock += 400 * 24 * 3600
    assert advice(requested(talk, ASKED["how-week"], ASK)) == []
