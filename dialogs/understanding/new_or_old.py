"""Parses what is typed at "new idea, or go on?"."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.announcements import segments
from dialogs.commands.command import Command, Kind, What
from dialogs.conversation import Conversation, Proposal
from dialogs.executor.items import Item
from dialogs.intents import ABOUT_RESULT, AdviceRequest, MoreOfNew, SubjectQuestion
from dialogs.message import Action, Verb
from dialogs.understanding.phrases import Words
from knowledge.typed_answers.word_parser import Prompt, exact_options, fold

_MOST_NAMED = 8
"""Most words of a text that names the new idea again."""

_SHORTEST = 4
"""Least letters of a word that may tell what an idea is about."""


class Choice(Enum):
    """NEW: the new idea. OLD: the one before. NEITHER: none. QUESTION: it was no idea but a question."""

    NEW = auto()
    OLD = auto()
    NEITHER = auto()
    QUESTION = auto()


_GO_ON = Command(Kind.GO, What.CONTINUE)

Items = tuple[Item, ...]

Understood = Callable[[Conversation, str], Items]

_NUMBERS: dict[tuple[str, ...], Choice] = {("1",): Choice.NEW, ("2",): Choice.OLD}
"""The places of the two buttons."""


class Chosen(NamedTuple):
    """What was chosen, and what else the text says."""

    choice: Choice
    rest: str = ""


def parse(advisor: Advisor, conversation: Conversation, prompt: Prompt, text: str, understood: Understood) -> Items:
    """What a text does while the choice is open. `understood` gives what it says besides."""
    pending = conversation.pending
    if pending is None or (len(fold(text)) > 1 and exact_options(prompt, text)):
        return ()
    before = conversation.replace(pending=None)
    match chosen(advisor, pending, text):
        case None:
            return _beside(conversation, text, understood)
        case (Choice.NEITHER, _):
            return (Action(Verb.CANCEL),)
        case (Choice.NEW, ""):
            return (Action(Verb.NEW),)
        case (Choice.NEW, rest):
            idea = conversation.replace(pending_more=" ".join([conversation.pending_more, rest]).strip()).waiting_idea
            return (AdviceRequest(idea, advisor.knowledge.reader.read(idea), announced=True),)
        case (Choice.OLD, rest):
            return (_GO_ON, *(understood(before, rest) if rest else ()))
        case (_, rest):
            said = understood(before, rest) if rest else ()
            asked = (SubjectQuestion(advisor.knowledge.matcher.passage(rest or pending)),)
            return (_GO_ON, *(said if said and all(map(_asks, said)) else asked))


def _asks(said: Item) -> bool:
    """Whether a text asks about the subject, the advisor or the result."""
    match said:
        case SubjectQuestion() | Command(Kind.CHAT, What.ABOUT_YOU):
            return True
        case _:
            return (said,) in ABOUT_RESULT.values()


def _beside(conversation: Conversation, text: str, understood: Understood) -> Items:
    """What would be taken for an answer to the question before may be about the new idea: the choice is shown again,
    once. Who still makes none goes on with the questions, and what was taken for a new idea was an answer.
    """
    before = conversation.replace(pending=None)
    if not any(map(_answers, understood(before, text))):
        return ()
    if not conversation.pending_more:
        return (MoreOfNew(text),)
    return (_GO_ON, *understood(before, f"{conversation.pending_more}\n{text}"))


def _answers(said: Item) -> bool:
    """Whether something answers the question before."""
    kinds = (Kind.SET, Kind.CONFIRM, Kind.REJECT)
    return isinstance(said, Proposal) or (isinstance(said, Command) and said.command in kinds)


def chosen(advisor: Advisor, pending: str, text: str) -> Chosen | None:
    """What a text chooses; None if it says something else. `pending` is the new idea."""
    parts = segments(advisor.catalogue.titles, text)
    if fold(text) in _NUMBERS:
        return Chosen(_NUMBERS[fold(text)])
    polar = _polar(advisor, parts[0].words) if parts else None
    found, end = polar, parts[0].end if polar else 0
    for part in parts[1 if polar else 0 :]:
        choice = _choice_in(advisor, part.words)
        if choice is None:
            break
        found, polar, end = choice, None, part.end
    rest = text[end:].lstrip(" \t\n.:;,!?-–—…")
    rest = rest if fold(rest) else ""
    if polar is Choice.NEW and rest:  # "yes, 30 a day" says more than a yes to the new idea
        return None
    if found is not None:
        return Chosen(found, rest)
    return Chosen(Choice.NEW) if _names(advisor, pending, fold(text)) else None


def _polar(advisor: Advisor, words: Words) -> Choice | None:
    """A bare yes is for the new idea, a bare no against it."""
    phrases, said = advisor.catalogue.phrases, " ".join(words)
    if _choice_in(advisor, words) is not None or said in phrases.go_on:
        return None
    if said in phrases.reject:
        return Choice.OLD
    return Choice.NEW if said in phrases.confirm else None


def _choice_in(advisor: Advisor, words: Words) -> Choice | None:
    """The choice that a part consists of."""
    phrases = advisor.catalogue.choice
    said = " ".join(word for word in words if word not in phrases.around)
    for choice, group in (
        (Choice.NEITHER, phrases.neither),
        (Choice.QUESTION, phrases.question),
        (Choice.OLD, phrases.old),
        (Choice.NEW, phrases.new),
    ):
        if said in group:
            return choice
    return None


def _names(advisor: Advisor, pending: str, words: Words) -> bool:
    """Whether a short text only repeats what the new idea is about."""
    titles = advisor.catalogue.titles
    telling = [word for word in words if word not in titles.around and word not in titles.leads]
    known = {word.rstrip("s") for word in fold(pending)}
    own = telling and all(word.rstrip("s") in known for word in telling)
    return bool(own) and len(words) <= _MOST_NAMED and any(len(word) >= _SHORTEST for word in telling)
