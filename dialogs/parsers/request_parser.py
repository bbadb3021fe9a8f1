"""Distinguishes a project to be judged from a question about the subject."""

from typing import NamedTuple, Self

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.base import Flow
from dialogs.intents import AdviceRequest, Commands, Intent, SubjectQuestion, Unknown
from dialogs.parsers import answer_parser
from dialogs.parsers.answer_parser import SURE_PROJECT
from dialogs.parsers.list_parser import is_list
from dialogs.parsers.phrases import Words, contains, is_question, requests, starts, without
from dialogs.parsers.small_talk import remarking
from knowledge.interfaces import PROJECT, Match, MatchOutcome
from knowledge.outside import OutsideEntry
from knowledge.sentences import parts_between_marks
from knowledge.typed_answers.word_parser import fold, stands_alone

_SURE, _NEAR = 0.65, 0.4
"""Scores from which a question is answered first, and from which it is answered beside a request."""

_WISH = 0.8
"""Probability from which a question that no passage answers describes a project: "could it sort our mail?". The same
for a question that states answers and is close to no passage: "we get 200 invoices a week, can AI type them in?".
"""

_SHORTEST_CLAUSE, _MOST_CLAUSES = 3, 6

_PROJECT_IN_CLAUSE = 0.8
"""Probability from which a clause names a project. With this check 88 % of 1,080 descriptions start the questions
instead of 85 %, and of 100 texts that describe no project no more than before.
"""

_SECOND_TRY = 0.1
"""The same after "tell me in a sentence what it should do"; any answer in the text is enough then, too."""

_HINT = 0.06
"""Probability from which a text with a single answer is a description."""

_OWN_ANSWER = 0.9
"""Probability from which an answer that is read from a question shows that it is about the sender's own case."""

_FEW_WORDS = 3
"""A statement of at most this many words describes nothing."""


class _Sound(NamedTuple):
    """What kind of text it is: the passages closest to it, the probability that it describes a project, whether it asks
    something, and whether it asks for an explanation.
    """

    match: Match
    project: float
    asks: bool
    explains: bool

    @classmethod
    def of(cls, advisor: Advisor, text: str, words: Words) -> Self:
        matcher, catalogue = advisor.knowledge.matcher, advisor.catalogue
        greetings = (*catalogue.commands["hello"], *catalogue.phrases.courtesies)
        bare, phrases = without(words, greetings), catalogue.phrases
        explains = starts(bare, phrases.explain) and not starts(bare, phrases.advise)
        return cls(matcher.passage(text), matcher.project(text), is_question(advisor, text, words), explains)

    @property
    def clear(self) -> bool:
        """Whether a passage answers the text, or almost."""
        decision, score = self.match.outcome, self.match.score
        return decision is MatchOutcome.ANSWER or (decision is MatchOutcome.OFFER and score >= _SURE)


def request_or_question(
    advisor: Advisor, conversation: Conversation, flow: Flow, text: str, words: Words, *, answering: bool
) -> Intent:
    """Answers a clear question first; a project starts the questions. `answering`: the questions are under way, so only
    a text that is surely another project counts as one.
    """
    sound = _Sound.of(advisor, text, words)
    match = sound.match
    if not sound.explains and requests(advisor, words):
        return _requested(advisor, text, sound, insists=not conversation.started and _says_answers(advisor, text))
    begins = not conversation.started and flow.accepts_descriptions and not sound.explains
    if begins and _asks_to_decide(advisor, text, words, sound):
        return _requested(advisor, text, sound)
    wished = _is_wish(advisor, text, words, sound) or contains(words, advisor.catalogue.phrases.ideas)
    if wished and flow.accepts_descriptions and not sound.explains and not sound.clear:
        return AdviceRequest(text, advisor.knowledge.reader.read(text), is_list(text))
    other = foreign_language(advisor, words)
    if other is not None and match.outcome is not MatchOutcome.ANSWER:
        return other
    about_this = conversation.started and answer_parser.refers_back(advisor, words)
    if flow.accepts_descriptions and not sound.asks and len(words) > _FEW_WORDS and not about_this:
        described = _described(advisor, conversation, text, words, sound, answering=answering)
        if described is not None:
            return described
    return SubjectQuestion(match) if sound.asks or match.outcome is MatchOutcome.ANSWER else Unknown(match)


def _asks_to_decide(advisor: Advisor, text: str, words: Words, sound: _Sound) -> bool:
    """Whether a question weighs the methods for a case of the sender's own: "is our complaint sorting worth tuning?".

    Their case shows in the answers that it states, in the task that it names, or in words such as "our".
    """
    request, phrases = advisor.pack.request, advisor.catalogue.phrases
    named = contains(words, request.topics)
    if not sound.asks or not (named or contains(words, request.methods) or contains(words, phrases.advise)):
        return False
    if _says_answers(advisor, text):
        return True
    if sound.match.score >= _NEAR:
        return False
    related = sound.match.outcome is not MatchOutcome.UNKNOWN  # else "our prompter has fallen ill" would be a case
    own = named and related and contains(words, phrases.own) and not contains(words, phrases.explain)
    return own or sound.project >= PROJECT


def _says_answers(advisor: Advisor, text: str) -> bool:
    """Whether a text surely says something about the sender's own case."""
    return any(reading.probability >= _OWN_ANSWER for reading in advisor.knowledge.reader.read(text).values())


def _requested(advisor: Advisor, text: str, sound: _Sound, *, insists: bool = False) -> AdviceRequest | SubjectQuestion:
    """The intent of a request for advice: their idea, or a passage that is clearly asked for. `insists`: their idea."""
    readings, match = advisor.knowledge.reader.read(text), sound.match
    # An outside entry is shown below the verdict of an idea that calls for it; stating answers is not asking for it.
    called = bool(readings) and isinstance(advisor.pack.entry(match.top[0]), OutsideEntry) if match.top else False
    if sound.clear and sound.project < PROJECT and not called and not insists:
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
    """The idea that a statement describes, by its probability or by the answers in it."""
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
    """Whether one clause of a text surely names a project, whatever is around it: "email bot, no idea if …"."""
    long = [clause for clause in parts_between_marks(text) if len(fold(clause)) >= _SHORTEST_CLAUSE]
    return len(long) > 1 and any(advisor.knowledge.matcher.project(clause) >= least for clause in long[:_MOST_CLAUSES])


def foreign_language(advisor: Advisor, words: Words) -> Commands | None:
    """The reply to a text in another language: at least two of its common words, and a third of all words."""
    best, most = None, 1
    for remark, common in advisor.catalogue.languages.items():
        found = sum(word in common for word in words)
        if found > most and 3 * found >= len(words):
            best, most = remarking(remark), found
    return best
