"""Answers to questions that are not open, in texts that say nothing about the open one."""

from collections.abc import Iterable

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Correction, LikelyAnswer
from knowledge.interfaces import Certainty, Reading, UnderstoodAnswer
from knowledge.pack import UNSURE
from knowledge.typed_answers.word_parser import fold

_SURELY_ANOTHER = 0.95
"""Probability from which a text answers another question than the one whose option waits to be confirmed."""


_SURELY_FACT = 0.99
"""The same at a result, where no question is open: of 33 such texts 31 state or suppose a fact."""


_FEWEST_WORDS = 3


def answer_to_another_question(advisor: Advisor, conversation: Conversation, text: str) -> Correction | None:
    """An answer to another open question, from a text that says nothing about the option that waits to be confirmed.

    Each open question is tried as if it were asked. The answer counts only if exactly one question is answered, with a
    very high probability.
    """
    proposal = conversation.confirm
    if proposal is None or proposal.question in conversation.answers or advisor.knowledge.reader.hedged(text):
        return None
    open_still = [q.id for q in advisor.pack.questions if q.id not in (*conversation.answers, proposal.question)]
    found = _taken(advisor, text, open_still)
    if len(found) != 1 or found[0].probability < _SURELY_ANOTHER:
        return None
    return Correction({found[0].question: Reading(found[0].option, text.strip(), found[0].probability)}, beside=True)


def late_answer(advisor: Advisor, conversation: Conversation, text: str) -> LikelyAnswer | None:
    """An answer to a question that was left at "not sure", from a text that says nothing about the open one.

    Each such question is tried as if it were asked. The answer is only proposed, and only if exactly one is answered.
    None while another proposal waits.
    """
    if conversation.confirm is not None or advisor.knowledge.reader.hedged(text):
        return None
    left = [question for question, option in conversation.chosen.items() if option == UNSURE]
    found = _taken(advisor, text, left)
    return LikelyAnswer(found[0].question, found[0].option, {}) if len(found) == 1 else None


def fact_at_result(advisor: Advisor, conversation: Conversation, text: str) -> LikelyAnswer | None:
    """Another answer, from a text that is typed at a result: each question is tried as if it were asked.

    The answer is only proposed, and only if exactly one question is answered, with a very high probability, otherwise
    than is recorded.
    """
    if advisor.knowledge.reader.hedged(text) or len(fold(text)) < _FEWEST_WORDS:
        return None
    found = sure_answer(advisor, text)
    if found is None or conversation.chosen.get(found.question) == found.option:
        return None
    return LikelyAnswer(found.question, found.option, {})


def sure_answer(advisor: Advisor, text: str) -> UnderstoodAnswer | None:
    """The answer of a text to one question, whichever that is; None if it answers none for sure, or several."""
    every = advisor.pack.question_of
    found = [each for each in _taken(advisor, text, every) if each.probability >= _SURELY_FACT]
    return found[0] if len(found) == 1 else None


def _taken(advisor: Advisor, text: str, questions: Iterable[str]) -> list[UnderstoodAnswer]:
    """The answers that would be taken if one of these questions were open."""
    return [
        answer
        for question in questions
        for answer in advisor.knowledge.typed_answers.answers(text, question)
        if answer.question == question and answer.option != UNSURE and answer.certainty is Certainty.TAKE
    ]
