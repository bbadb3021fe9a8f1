"""A question about the subject gets its answer, or a sentence that there is none; never the same at length twice."""

import pytest

from dialogs.advisor import Advisor
from dialogs.catalogue import load
from dialogs.commands.command import Command, Kind, What
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.executor.lines import ALL_FIVE, chat, explain, go, idea, set_
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import Talk

TOPIC = "our zebras"


def ask(topic: str = TOPIC) -> Command:
    return Command(Kind.ASK, value=topic)


def asking(advisor: Advisor, match: Match, topic: str = TOPIC) -> Talk:
    """A conversation in which one question is matched so."""
    return Talk(understanding(advisor, Understanding(passages={topic: match}, kinds={topic: {"ask": 1.0}})))


def offer(score: float, *top: str, leads: bool = False) -> Match:
    return Match(MatchOutcome.OFFER, top, score, leads=leads)


def test_what_nothing_answers_is_one_sentence_and_buttons(advisor: Advisor) -> None:
    talk = asking(advisor, Match(MatchOutcome.UNKNOWN, ("def-ft", "duration"), 0.1)).do(ask())
    assert talk.said.startswith(
        f"I have nothing on exactly that: “{TOPIC}”.\nThe closest I have is “What does fine-tuning mean?”."
    )
    assert "Fine-tuning trains an existing model" not in talk.said
    assert talk.conversation.offered == ("def-ft", "duration")
    assert not talk.turn.did


@pytest.mark.parametrize(("score", "near"), [(0.01, ()), (0.1, ("def-ft",))])
def test_what_is_typed_and_not_on_the_subject_gets_what_is_covered(
    advisor: Advisor, score: float, near: tuple[str, ...]
) -> None:
    typed = "what about our zebras?"
    talk = asking(advisor, Match(MatchOutcome.UNKNOWN, ("def-ft",), score), typed).say(typed)
    assert talk.said.startswith("I have nothing on that. I know about")
    assert talk.conversation.offered == near
    assert not talk.turn.did


def test_what_is_typed_again_is_told_in_short(advisor: Advisor) -> None:
    typed = "what about our zebras?"
    talk = asking(advisor, Match(MatchOutcome.ANSWER, ("def-ft",), 0.9), typed).say(typed)
    assert "Changes the model for good" in talk.said
    talk.say(typed)
    assert talk.said.startswith("All I have on that:\nWhat does fine-tuning mean?")


def test_what_has_no_words_is_not_answered_either(advisor: Advisor) -> None:
    talk = asking(advisor, Match(MatchOutcome.UNKNOWN, (), 0.0)).do(ask())
    assert f"I have nothing on exactly that: “{TOPIC}”." in talk.said
    assert "closest" not in talk.said


@pytest.mark.parametrize("score", [0.1, 0.3])
def test_what_is_probably_meant_is_shown(advisor: Advisor, score: float) -> None:
    assert "Fine-tuning trains an existing model" in asking(advisor, offer(score, "def-ft", "duration")).do(ask()).said


@pytest.mark.parametrize(("score", "leads", "said"), [(0.1, False, True), (0.5, False, False), (0.1, True, False)])
def test_what_is_only_the_nearest_is_said_to_be_that_and_told_in_short(
    advisor: Advisor, score: float, leads: bool, said: bool
) -> None:
    talk = asking(advisor, offer(score, "def-ft", "duration", leads=leads)).do(ask())
    assert talk.said.startswith("I may have nothing on exactly that. The nearest I have:\nWhat does fine-") == said
    assert ("Changes the model for good" in talk.said) == (not said)
    assert talk.conversation.offered == ("duration",)


def test_an_answer_comes_before_the_meaning_of_a_word_that_is_not_far_ahead(advisor: Advisor) -> None:
    talk = asking(advisor, offer(0.5, "term-rag", "out-retrieval")).do(ask())
    assert "Is there a third way, retrieval?" in talk.said
    assert talk.conversation.offered == ("term-rag",)
    ahead = asking(advisor, offer(0.5, "term-rag", "out-retrieval", leads=True)).do(ask())
    assert ahead.said.startswith("Retrieval-augmented generation (RAG)")


def test_asked_again_the_other_one_comes_first(advisor: Advisor) -> None:
    talk = asking(advisor, offer(0.5, "faq-which", "ft-roi")).do(ask())
    assert talk.do(ask()).said.startswith("When does fine-tuning pay off?")


def test_asked_again_it_is_said_that_this_is_all_and_the_details_are_left_out(advisor: Advisor) -> None:
    talk = asking(advisor, Match(MatchOutcome.ANSWER, ("def-ft",), 0.9)).do(ask())
    assert "Changes the model for good" in talk.said
    talk.do(ask())
    assert talk.said.startswith("All I have on that:\nWhat does fine-tuning mean?")
    assert "Changes the model for good" not in talk.said
    assert "Changes the model for good" in talk.do(chat(What.THANKS)).do(ask()).said


def test_several_questions_are_answered_each(advisor: Advisor) -> None:
    talk = asking(advisor, Match(MatchOutcome.ANSWER, ("def-ft",), 0.9)).do(ask(), ask("unheard of"))
    assert "Fine-tuning trains an existing model" in talk.said
    assert "I have nothing on exactly that: “unheard of”." in talk.said


def test_who_asks_again_what_it_is_learns_who_reads_and_what_is_kept(talk: Talk) -> None:
    talk.do(chat(What.ABOUT_YOU)).do(chat(What.ABOUT_YOU))
    assert "Nobody outside gets what you type." in talk.said
    assert "forget me" in talk.said


def test_who_asks_what_it_is_beside_something_else_gets_a_sentence(talk: Talk) -> None:
    talk.do(chat(What.HELLO)).do(Command(Kind.ASK, value="term-prompt"), chat(What.ABOUT_YOU))
    assert "I am a set of fixed rules, no language model." in talk.said
    assert "Try typing" not in talk.said


def test_who_asks_again_beside_something_else_gets_that_and_a_sentence(talk: Talk) -> None:
    talk.do(chat(What.ABOUT_YOU)).do(chat(What.ABOUT_YOU), Command(Kind.IDEAS))
    assert talk.said.startswith("I am a set of fixed rules")
    assert "send your ideas" in talk.said
    assert "Nobody outside" not in talk.said


def test_what_it_is_asked_about_itself_may_be_worded_as_nobody_foresaw(talk: Talk) -> None:
    talk.do(Command(Kind.CHAT, What.ABOUT_YOU, value="what happens to what I type here"))
    assert "Try typing" in talk.said


def test_a_result_is_put_off_by_no_question(talk: Talk) -> None:
    talk.do(idea("reports"), *ALL_FIVE).do(set_("data", "no"), ask("term-rag"))
    assert "The result is now" in talk.said


def test_who_comes_back_later_is_told_how_long_all_of_it_stays(advisor: Advisor) -> None:
    kept = Advisor.build(advisor.knowledge, load(), days=30)
    assert "up to 30 days" in Talk(kept).do(idea("letters")).do(go(What.WAIT)).said
    assert "can’t remind you. All of it stays here, up to 30 days" in Talk(kept).do(Command(Kind.REMIND)).said


def test_an_answer_that_a_receipt_explains_does_not_stand_on_the_card_again(talk: Talk) -> None:
    doubt = set_("data", "unsure", quote="no idea how many")
    talk.do(idea("letters")).do(doubt, explain(What.OPTION, question="data"))
    assert "“no idea how many” counts as not sure" in talk.below
    assert "not sure" not in talk.card.partition("Question 2")[0]
