"""What texts do beside answering, and when that counts."""

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.parsers.intent_parser import parse_intent
from dialogs.replies.notices import Notice
from dialogs.replies.questions import QuestionCard, QuestionMeaning
from dialogs.replies.results import Recommendation, ResultPart
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import UNSURE
from knowledge.typed_answers.dialogue_acts import DialogueAct
from tests.dialogs.parsers.meanings import PASSAGE, finished, fresh, meant, told
from tests.dialogs.stub_knowledge import Understanding, asked, maybe, sure
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import at_volume, kinds
from tests.shipped import shipped

EVERY = [act for act in DialogueAct if act]


def doing(act: DialogueAct, **more: object) -> Understanding:
    return Understanding(act={"so be it": act}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("act", "at_question", "at_result", "before"),
    [
        (DialogueAct.CLARIFY, "Clarification", "Unknown", "Unknown"),
        (DialogueAct.PURPOSE, "[why]", "result: reasons", "Unknown"),
        (DialogueAct.RECORDED, "where: answers", "where: answers", "Unknown"),
        (DialogueAct.WHERE, "where: answers", "where: answers", "Unknown"),
        (DialogueAct.UNDO, "[back]", "[back]", "Unknown"),
        (DialogueAct.STOP, "[cancel]", "[cancel]", "[cancel]"),
        (DialogueAct.REASONS, "where: standing", "result: reasons", "Unknown"),
        (DialogueAct.STRENGTH, "where: standing", "result: strength", "Unknown"),
        (DialogueAct.CHANGES, "Unknown", "result: changes", "Unknown"),
        (DialogueAct.WHATIF, "Unknown", "what if", "Unknown"),
        (DialogueAct.DETAILS, "Clarification", "[details]", "Unknown"),
        (DialogueAct.STEPS, "where: standing", "result: steps", "Unknown"),
        (DialogueAct.SOURCE, "Unknown", "result: source", "Unknown"),
        (DialogueAct.CASE, "Unknown", "result: case", "Unknown"),
        (DialogueAct.YES, "Unknown", "Unknown", "Unknown"),
        (DialogueAct.NO, "Unknown", "Unknown", "Unknown"),
        (DialogueAct.LIST, "triage: ", "triage: ", "triage: "),
        (DialogueAct.IDEAS, "[ideas]", "[ideas]", "[ideas]"),
        (DialogueAct.BACK, "[ideas]", "[ideas]", "[ideas]"),
        (DialogueAct.LEARN, "[learn]", "[learn]", "[learn]"),
        (DialogueAct.THANKS, "Thanks", "Thanks", "Thanks"),
        (DialogueAct.BYE, "goodbye", "goodbye", "goodbye"),
        (DialogueAct.SHOW, "[show]", "where: standing", "Unknown"),
        (DialogueAct.SHORT, "where: standing", "where: standing", "Unknown"),
        (DialogueAct.SHARE, "no_result_yet", "result: summary", "Unknown"),
        (DialogueAct.LEFT, "where: left", "Unknown", "Unknown"),
        (DialogueAct.ADVISOR, "made_by", "made_by", "made_by"),
        (DialogueAct.COMPLAIN, "complained", "complained", "complained"),
    ],
)
def test_each_act_means_something_where_it_makes_sense(
    advisor: Advisor, act: DialogueAct, at_question: str, at_result: str, before: str
) -> None:
    places = (asked(advisor, "volume"), finished(advisor), fresh(advisor))
    assert [meant(advisor, place, "so be it", doing(act)) for place in places] == [at_question, at_result, before]


LEAVING = (DialogueAct.SHOW, DialogueAct.STOP, DialogueAct.UNDO, DialogueAct.LIST)


@pytest.mark.parametrize("act", LEAVING)
def test_what_surely_leaves_the_question_is_no_answer(advisor: Advisor, act: DialogueAct) -> None:
    told = doing(act, replies={"so be it": (sure("volume", "high"),)})
    assert meant(advisor, asked(advisor, "volume"), "so be it", told) != "high"


@pytest.mark.parametrize("act", [act for act in EVERY if act not in LEAVING])
def test_an_answer_stays_one_and_so_does_an_answered_question(advisor: Advisor, act: DialogueAct) -> None:
    volume = asked(advisor, "volume")
    told = doing(act, replies={"so be it": (sure("volume", "high"),)})
    assert meant(advisor, volume, "so be it", told) == "high"
    passages = {"so be it": Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9)}
    assert meant(advisor, fresh(advisor), "so be it", doing(act, passages=passages)) == "SubjectQuestion"


def test_at_a_result_its_short_form_comes_before_the_passage_with_the_short_version(advisor: Advisor) -> None:
    passages = {"so be it": Match(MatchOutcome.ANSWER, (PASSAGE,), 0.9)}
    told = doing(DialogueAct.SHORT, passages=passages)
    assert meant(advisor, finished(advisor), "so be it", told) == "where: standing"


def test_what_only_sounds_like_an_answer_gives_way_and_so_does_not_sure(advisor: Advisor) -> None:
    def means(option: str, act: DialogueAct = DialogueAct.CLARIFY) -> str:
        told = doing(act, replies={"so be it": (maybe("volume", option),)})
        return meant(advisor, asked(advisor, "volume"), "so be it", told)

    assert (means("high"), means(UNSURE)) == ("Clarification", "Clarification")
    assert means("high", DialogueAct.OTHER) == "likely volume high"


ASKED_BACK = {
    "domain": ("huh?", "sorry what?", "idk what domain means", "what do you mean by specialised?", "specialised how"),
    "volume": ("what counts as many?", "per day??", "wdym requests"),
    "data": ("pairs of wot", "what is a pair here, one mail or one customer"),
    "consistency": ("what is meant by predictable?", "the same as what?"),
    "budget": ("whose budget do you mean",),
}


@pytest.mark.parametrize(
    ("question", "text"), [(question, text) for question, said in ASKED_BACK.items() for text in said]
)
def test_who_asks_back_is_told_whichever_question_is_open(question: str, text: str) -> None:
    advisor = shipped()
    assert told(parse_intent(advisor, asked(advisor, question), text)) == "Clarification"


ANSWERS = {
    "volume": ("few, as in 20 a day", "i mean few", "it means few", "we dont get many", "we dont get many requests"),
    "budget": (
        "that means limited",
        "i mean limited",
        "limited, as in we have to ask for every euro",
        "we dont get a budget for this",
        "limited i guess?",
        "limited, right?",
    ),
    "domain": ("means everyday business", "specialised as in medical", "its technical, outsiders dont understand it"),
    "data": ("we have pairs, as in mail and reply", "not even an example", "we have 400 pairs, is that what you mean"),
    "consistency": ("may vary a little, i mean", "it means it must be the same", "the same, as in word for word"),
}


@pytest.mark.parametrize(
    ("question", "text"), [(question, text) for question, said in ANSWERS.items() for text in said]
)
def test_an_answer_stays_one_whatever_words_it_shares_with_asking_back(question: str, text: str) -> None:
    advisor = shipped()
    assert told(parse_intent(advisor, asked(advisor, question), text)) != "Clarification"


def test_the_question_stays_open_below_its_meaning(talk: Talk) -> None:
    at_volume(talk).say("what counts as many?")
    assert kinds(talk) == [QuestionMeaning, QuestionCard]
    assert (talk.open, talk.conversation.chosen, talk.conversation.missed) == ("volume", {"data": "yes"}, 0)


def test_who_wants_no_more_questions_gets_the_result() -> None:
    understood = Talk(shipped())
    at_volume(understood).say("u ask too much just tell me the result")
    assert kinds(understood) == [Recommendation]


def test_a_result_is_told_in_a_sentence_and_thanks_are_answered() -> None:
    understood = Talk(shipped())
    at_volume(understood).say("show")
    understood.say("so what do i tell my boss, in one sentence")
    assert any(
        isinstance(reply, ResultPart) and reply.what is What.RESULT
        for reply in (*understood.turn.below, *understood.turn.card)
    )
    understood.say("Thank you very much, you are kind")
    assert Notice("you_are_welcome") in (*understood.turn.below, *understood.turn.card)
