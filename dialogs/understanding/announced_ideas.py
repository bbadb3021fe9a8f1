"""Parses an idea that is announced as a new one: "start over. new one: …", "forget that, now …"."""

from dialogs.advisor import Advisor
from dialogs.announcements import Announced, announced
from dialogs.conversation import Conversation
from dialogs.intents import AdviceRequest
from dialogs.understanding.lists import unasked_list
from dialogs.understanding.mentions import mentions
from dialogs.understanding.phrases import is_question, requests
from dialogs.understanding.typed_text import TypedText
from knowledge.interfaces import PROJECT, SURE_PROJECT, Certainty
from knowledge.typed_answers.word_parser import Prompt, fold


def announced_idea(typed: TypedText) -> AdviceRequest | None:
    """The idea behind an announcement; None if what follows is an answer, a question, a list or a known idea, or where
    no descriptions are taken.
    """
    if not typed.flow.accepts_descriptions:
        return None
    advisor, conversation, text, _, _, prompt = typed
    said = announced(advisor.catalogue.titles, text)
    if said is None or _is_known(advisor, conversation, said.idea):
        return None
    matcher = advisor.knowledge.matcher
    project = max(matcher.project(said.idea), matcher.project(advisor.flows.titles.of(said.idea)))
    if not _is_idea(advisor, prompt, said, project):
        return None
    if unasked_list(advisor, None, text) is not None:
        return None
    announced_ = said.surely or project >= SURE_PROJECT
    return AdviceRequest(said.idea, advisor.knowledge.reader.read(said.idea), announced=announced_)


def _is_known(advisor: Advisor, conversation: Conversation, idea: str) -> bool:
    """Whether the words are a command, a yes or a no, or name an idea of the list."""
    phrases, said = advisor.catalogue.phrases, " ".join(fold(idea))
    if said in phrases.confirm or said in phrases.reject or said in advisor.catalogue.command_of:
        return True
    board = conversation.board
    return board is not None and any(mention.definite for mention in mentions(advisor, board, idea))


def _is_idea(advisor: Advisor, prompt: Prompt | None, said: Announced, project: float) -> bool:
    """Whether what follows is an idea by its probability. What is called a new one surely may also be a bare name."""
    words = fold(said.idea)
    asks = is_question(advisor, said.idea, words) and not requests(advisor, words)
    if project >= (SURE_PROJECT if asks else PROJECT):
        return said.surely or not _answers(advisor, prompt, said.idea)
    named = said.surely and len(words) > 1 and not any(map(str.isdecimal, words))
    return named and not asks and not _answers(advisor, prompt, said.idea)


def _answers(advisor: Advisor, prompt: Prompt | None, text: str) -> bool:
    """Whether a text surely answers the open question, or any."""
    asked = prompt.id if prompt is not None and prompt.id in advisor.pack.question_of else None
    found = [
        *advisor.knowledge.typed_answers.answers(text, asked),
        *advisor.knowledge.typed_answers.answers(text, None),
    ]
    return any(answer.certainty is Certainty.TAKE for answer in found)
