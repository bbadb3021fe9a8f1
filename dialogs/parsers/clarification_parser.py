"""Parses requests to explain the open question: "what counts as many?", "idk what domain means", "huh?"."""

from dialogs.advisor import Advisor
from dialogs.parsers.phrases import Words, contains, is_question, says, without
from knowledge.interfaces import Match, MatchOutcome
from knowledge.pack import UNSURE, Question
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

_FEW_WORDS = 6
"""A text of at most this many words that says that it is not understood is about the open question."""

_CURT = 4
"""Most words of "specialised how"."""

_ONE_WORD = 2
"""Most words of "per day??"."""

_FAR = 0.2
"""Score of a passage below which a question with a word of the open one is about that."""

_SHORTEST = 4
"""Characters of the shortest word that tells which question is meant."""


def asks_meaning(advisor: Advisor, question: Question, words: Words) -> bool:
    """Whether a text asks what the open question means."""
    phrases = advisor.catalogue.phrases
    if {" ".join(words), " ".join(without(words, phrases.courtesies))} & {*phrases.clarify}:
        return True
    named = _names(advisor, question, words)
    own = _own_words(question) | {_singular(word) for word in _own_words(question)}
    about = (*phrases.clarify_fillers, *sorted(own))
    if says(words, phrases.clarify_openings, about) and not own.isdisjoint(words):
        return True
    if contains(words, phrases.clarify_inside):
        return (named or len(words) <= _FEW_WORDS) and not _names_subject(advisor, question, words)
    return 1 < len(words) <= _CURT and words[-1] in phrases.clarify_ends and named


def asks_in_a_sentence(advisor: Advisor, question: Question, text: str, words: Words) -> bool:
    """Whether a sentence of a text about the open question asks it: "define specialised. Blasting is, to some"."""
    parts = sentences(text) if _is_about(advisor, question, words) else []
    return any(asks_meaning(advisor, question, fold(part)) for part in parts)


def may_ask_meaning(advisor: Advisor, question: Question, text: str, words: Words, match: Match) -> bool:
    """Whether a question that nothing answers is about the open one, since it has a word of it: "per day??"."""
    if match.outcome is MatchOutcome.ANSWER or not is_question(advisor, text, words):
        return False
    if len(words) <= _ONE_WORD:
        named = _without_fillers(advisor, words)
        return not _own_words(question).isdisjoint({*named, *map(_singular, named)})
    near = match.outcome is MatchOutcome.OFFER and match.score >= _FAR
    return not near and _is_about(advisor, question, words)


def asks_by_sound(advisor: Advisor, question: Question, text: str, words: Words) -> bool:
    """Whether a text that sounds like an answer asks what is meant: "limited like skint, or a ceiling on it?"."""
    return "?" in text and _is_about(advisor, question, words)


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


def _without_fillers(advisor: Advisor, words: Words) -> set[str]:
    return {*words}.difference(advisor.catalogue.phrases.clarify_fillers)


def _is_about(advisor: Advisor, question: Question, words: Words) -> bool:
    return _names(advisor, question, words) and not _names_subject(advisor, question, words)


def _names_subject(advisor: Advisor, question: Question, words: Words) -> bool:
    """Whether a word names the subject of the pack, other than those of the question."""
    return not {*words}.isdisjoint({*advisor.pack.phrasings.anchors} - _own_words(question))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST and word.endswith("s") and not word.endswith("ss") else word
