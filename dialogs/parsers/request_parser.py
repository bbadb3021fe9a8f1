"""Tells a project that somebody wants to have judged from a question about the subject."""

from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import AdviceRequest, Intent, SubjectQuestion, Unknown
from dialogs.parsers import small_talk, typed_answers
from dialogs.parsers.list_parser import is_list
from dialogs.parsers.phrases import Words, contains, is_question, requests, starts, without
from dialogs.parsers.typed_answers import SURE_PROJECT
from knowledge.interfaces import PROJECT, Match, MatchOutcome
from knowledge.outside import OutsideEntry
from knowledge.sentences import parts_between_marks
from knowledge.typed_answers.word_parser import fold, stands_alone

_SURE, _NEAR = 0.65, 0.4
"""From these scores on a question gets the closest passages first, or beside the questions that it asks for."""

_WISH = 0.8
"""From this sureness on, a question that nothing in the pack answers describes a project: "could it sort our mail?".
And so does one with answers in it that is near to nothing: "we get 200 invoices a week, can AI type them in?"."""

_SHORTEST_CLAUSE, _MOST_CLAUSES = 3, 6

_PROJECT_IN_CLAUSE = 0.8
"""From this sureness on a clause of a text names a project: of 1,080 descriptions 88 in a hundred begin so
instead of 85, and of 100 texts that describe none no more than before."""

_SECOND_TRY = 0.1
"""The same for what is typed after "tell me in a sentence what it should do"; there, any answer is enough as well."""

_HINT = 0.06
"""A single answer in a text makes it a description only where it sounds at least so much like a project."""

_FEW_WORDS = 3
"""Statements of so few words describe nothing."""


class _Sound(NamedTuple):
    """What a text sounds like: the passages closest to it, how surely it describes a project (0 to 1), whether it asks,
    and whether it asks for an explanation."""

    match: Match
    project: float
    asks: bool
    explains: bool

    @classmethod
    def of(cls, advisor: Advisor, text: str, words: Words) -> Self:
        matcher, catalogue = advisor.knowledge.matcher, advisor.catalogue
        greetings = (*catalogue.commands["hello"], *catalogue.phrases.courtesies)
        explains = starts(without(words, greetings), catalogue.phrases.explain)
        return cls(matcher.passage(text), matcher.project(text), is_question(advisor, text, words), explains)

    @property
    def clear(self) -> bool:
        """Whether a passage answers the text, or nearly so."""
        decision, score = self.match.outcome, self.match.score
        return decision is MatchOutcome.ANSWER or (decision is MatchOutcome.OFFER and score >= _SURE)


def request_or_question(
    advisor: Advisor, conversation: Conversation, flow: Flow, text: str, words: Words, *, answering: bool
) -> Intent:
    """A clear question is answered before anything is asked; a project starts the questions. `answering`: somebody is
    in the middle of them, so that only what is surely another project does.
    """
    sound = _Sound.of(advisor, text, words)
    match = sound.match
    if not sound.explains and requests(advisor, words):
        return _requested(advisor, text, sound)
    wished = _is_wish(advisor, text, words, sound) or contains(words, advisor.catalogue.phrases.ideas)
    if wished and flow.accepts_descriptions and not sound.explains and not sound.clear:
        return AdviceRequest(text, advisor.knowledge.reader.read(text), is_list(text))
    other = small_talk.foreign(advisor, words)
    if other is not None and match.outcome is not MatchOutcome.ANSWER:
        return other
    about_this = conversation.started and typed_answers.refers_back(advisor, words)
    if flow.accepts_descriptions and not sound.asks and len(words) > _FEW_WORDS and not about_this:
        described = _described(advisor, conversation, text, words, sound, answering=answering)
        if described is not None:
            return described
    return SubjectQuestion(match) if sound.asks or match.outcome is MatchOutcome.ANSWER else Unknown(match)


def _requested(advisor: Advisor, text: str, sound: _Sound) -> AdviceRequest | SubjectQuestion:
    """What somebody means who asks for advice in so many words: their idea, or a passage that is clearly asked for."""
    readings, match = advisor.knowledge.reader.read(text), sound.match
    # What an idea calls for from outside is said below its verdict: it is no question while it states answers.
    called = bool(readings) and isinstance(advisor.pack.entry(match.top[0]), OutsideEntry) if match.top else False
    if sound.clear and sound.project < PROJECT and not called:
        return SubjectQuestion(match)
    near = match.outcome is not MatchOutcome.UNKNOWN and match.score >= _NEAR
    asks_besides = sound.asks and sound.project < PROJECT and near and not called
    return AdviceRequest(text, readings, is_list(text), match if asks_besides else None)


def _is_wish(advisor: Advisor, text: str, words: Words, sound: _Sound) -> bool:
    """Whether a question describes a project instead of asking about the subject."""
    if sound.project < _WISH:
        return False
    if starts(words, advisor.catalogue.phrases.auxiliaries) and sound.match.outcome is MatchOutcome.UNKNOWN:
        return True
    return sound.asks and sound.match.score < _NEAR and bool(advisor.knowledge.reader.read(text))


def _described(
    advisor: Advisor, conversation: Conversation, text: str, words: Words, sound: _Sound, *, answering: bool
) -> AdviceRequest | None:
    """The idea that a statement describes: by its sound, or by the answers in it."""
    project, clear = sound.project, sound.clear
    readings, stated = advisor.knowledge.reader.read(text), advisor.knowledge.reader.stated(text)
    fact = bool(stated) and stands_alone(words, *(reading.evidence for reading in stated.values()))
    plain = len(readings) > 1 or fact or (readings and project >= _HINT)
    prompted = bool(conversation.missed) and not conversation.started
    again = prompted and not clear and (project >= _SECOND_TRY or bool(readings))
    least, in_clause = (SURE_PROJECT, SURE_PROJECT) if answering else (PROJECT, _PROJECT_IN_CLAUSE)
    named = again or project >= least or _names_project(advisor, text, in_clause)
    if named or (not answering and plain and (not clear or fact)):
        return AdviceRequest(text, readings, is_list(text))
    return None


def _names_project(advisor: Advisor, text: str, least: float) -> bool:
    """Whether one clause of a text surely names a project, whatever stands around it: "email bot, no idea if …"."""
    long = [clause for clause in parts_between_marks(text) if len(fold(clause)) >= _SHORTEST_CLAUSE]
    return len(long) > 1 and any(advisor.knowledge.matcher.project(clause) >= least for clause in long[:_MOST_CLAUSES])
