"""Questions for the meaning of words of the lesson that is shown: "what does 'query' mean here?"."""

from dialogs.advisor import Advisor
from dialogs.parsers.lesson_subjects import singular, words_of
from dialogs.parsers.phrases import Words, rest_of, without, written_out
from knowledge.lessons import Lesson
from knowledge.reading.word_lists import english
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

_MOST_WORDS = 6
"""More words are no term of a lesson."""


def asks_for_words(advisor: Advisor, lesson: Lesson, text: str) -> bool:
    """Whether a sentence asks what words of the lesson mean, and nothing else."""
    known = words_of(lesson)
    asked = (_words_asked_for(advisor, fold(part)) for part in sentences(text))
    return any(words and {singular(word) for word in words} <= known for words in asked)


def _words_asked_for(advisor: Advisor, words: Words) -> Words:
    """The words whose meaning a sentence asks for; none if it asks something else."""
    phrases, around = advisor.catalogue.lessons, advisor.catalogue.phrases
    bare = without(written_out(advisor, words), (*around.courtesies, *around.correction, *around.choice_openers))
    rest = rest_of(bare, phrases.meaning)
    if rest == bare:
        return ()
    named = without(rest, (*phrases.meaning_ends, "the", "a", "an", "this", "that", "word"))
    telling = {*named} - english().answer_fillers
    return named if telling and len(named) <= _MOST_WORDS else ()
