"""Parses requests to explain the open question: "what counts as many?", "idk what domain means", "huh?"."""

from dialogs.advisor import Advisor
from dialogs.parsers.phrases import Words, contains, is_question, says, without
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import UNSURE, Question
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

_FEW_WORDS = 6
"""A text of at most this many words that says that it is not understood is about the open question."""

_MAX_CURT = 4
"""Most words of "specialised how"."""

_HARDLY_ANY = 2
"""Most words of "per day??"."""

_LONG = 8
"""Least words of a question that sounds like an answer and is none: "limited, right?" is an answer."""

_NEAR = 0.2
"""Score from which a passage is near enough to be what a question with a word of the open one is about."""

_SHORTEST = 4
"""Characters of the shortest word that tells which question is meant."""


def asks_meaning(advisor: Advisor, question: Question, words: Words) -> bool:
    """Whether a text surely asks what the open question means, whatever else it sounds like."""
    phrases = advisor.catalogue.clarification
    bare = without(words, advisor.catalogue.phrases.courtesies)
    if {" ".join(words), " ".join(bare)} & {*phrases.whole}:
        return True
    if not _names(advisor, question, words):
        return False
    curt = 1 < len(words) <= _MAX_CURT and words[-1] in phrases.ends
    asks = contains(words, phrases.asking) and _says(advisor, question, words, phrases.openings)
    return curt or asks


def may_ask_meaning(advisor: Advisor, question: Question, text: str, words: Words, *, sounds: bool) -> bool:
    """The same of a text that is no answer. `sounds`: it sounds like one."""
    if any(_asks_weakly(advisor, question, fold(part)) for part in (text, *_parts(advisor, question, text, words))):
        return True
    return sounds and "?" in text and len(words) >= _LONG and _is_about(advisor, question, words)


def is_about_open_question(advisor: Advisor, question: Question, text: str, words: Words, match: Match) -> bool:
    """Whether a question that nothing answers is about the open one, since it has a word of it: "per day??"."""
    if match.outcome is MatchOutcome.ANSWER or not is_question(advisor, text, words):
        return False
    if len(words) <= _HARDLY_ANY:
        named = _without_fillers(advisor, words)
        return not _own_words(question).isdisjoint({*named, *map(_singular, named)})
    near = match.outcome is MatchOutcome.OFFER and match.score >= _NEAR
    return not near and _is_about(advisor, question, words)


def _asks_weakly(advisor: Advisor, question: Question, words: Words) -> bool:
    phrases = advisor.catalogue.clarification
    if asks_meaning(advisor, question, words):
        return True
    if contains(words, phrases.inside):
        short = len(words) <= _FEW_WORDS and not _names_subject(advisor, question, words)
        return short or _is_about(advisor, question, words)
    defines = _says(advisor, question, words, phrases.definitions)
    passage = advisor.knowledge.matcher.passage(" ".join(words)) if defines else None
    return passage is not None and passage.outcome is not MatchOutcome.ANSWER and _names(advisor, question, words)


def _parts(advisor: Advisor, question: Question, text: str, words: Words) -> tuple[str, ...]:
    """The sentences of a text about the open question: "define specialised. Blasting is, to some"."""
    return tuple(sentences(text)) if _is_about(advisor, question, words) else ()


def _says(advisor: Advisor, question: Question, words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether a text is one of the phrases with nothing beside it but fillers and words of the question."""
    own = _own_words(question) | {_singular(word) for word in _own_words(question)}
    return says(words, phrases, (*advisor.catalogue.clarification.fillers, *sorted(own)))


def _own_words(question: Question) -> frozenset[str]:
    """The words of a question and of the answers to choose from, but for "not sure"."""
    return frozenset(fold(question.name)) | _asked_words(question)


def _asked_words(question: Question) -> frozenset[str]:
    """The same without those of its name alone, which may be words of the subject: "training data"."""
    options = [text for option in question.options if option.id != UNSURE for text in (option.label, option.record)]
    return frozenset(word for text in (question.prompt, *options) for word in fold(text))


def _names(advisor: Advisor, question: Question, words: Words) -> bool:
    """Whether a word among these tells the question from others, and from the subject of the pack."""
    own = _asked_words(question) | {*fold(question.name)}.difference(advisor.pack.phrasings.anchors)
    telling = {_singular(word) for word in own if len(word) >= _SHORTEST}
    return not telling.isdisjoint(map(_singular, _without_fillers(advisor, words)))


def _is_about(advisor: Advisor, question: Question, words: Words) -> bool:
    return _names(advisor, question, words) and not _names_subject(advisor, question, words)


def _names_subject(advisor: Advisor, question: Question, words: Words) -> bool:
    """Whether a word names the subject of the pack, other than those of the question."""
    return not {*words}.isdisjoint({*advisor.pack.phrasings.anchors} - _own_words(question))


def _without_fillers(advisor: Advisor, words: Words) -> set[str]:
    return {*words}.difference(advisor.catalogue.clarification.fillers)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST and word.endswith("s") and not word.endswith("ss") else word
