"""Answers that are said to be those of another idea: "the same budget as 2"."""

from dialogs.commands.command import ALL, LIKE, Command, Kind, Sure
from dialogs.flows.board_position import board_of
from dialogs.understanding.mentions import Mention, mentions
from dialogs.understanding.phrases import questions_called
from dialogs.understanding.references import references
from dialogs.understanding.statements import Line
from dialogs.understanding.typed_text import TypedText
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

_CLOSE = 4
"""Words before an idea among which one that denies says that it is no likeness."""


def said_alike(typed: TypedText, line: Line) -> tuple[Command, ...]:
    """The answers to the questions that a text calls, or all of them, taken from the idea that it compares with."""
    advisor, board = typed.advisor, board_of(typed.conversation)
    if {*typed.words}.isdisjoint(advisor.catalogue.phrases.alike):
        return ()
    source = next((one for one in mentions(advisor, board, typed.text) if _is_compared(typed, one)), None)
    if source is None:
        return ()
    like = str(source.numbers[0])
    named = [one for one in references(advisor, typed.conversation, typed.text) if one.start != source.start]
    targets = tuple(idea for one in named for idea in one.ideas if idea != like) or line.ideas
    asked = questions_called(advisor, typed.words) or (ALL,)
    said = Command(Kind.SET, ideas=targets, option=LIKE, value=like, quote=typed.text, sure=Sure.STATED)
    return tuple(said.replace(question=question) for question in asked)


def _is_compared(typed: TypedText, one: Mention) -> bool:
    """Whether a word that compares leads to an idea, with nothing but small words between them."""
    phrases = typed.advisor.catalogue.phrases
    before = [word for word in fold(typed.text[: one.start]) if word not in phrases.alike_fillers]
    return not {*before[-1:]}.isdisjoint(phrases.alike_links) and english().negations.isdisjoint(before[-_CLOSE:])
