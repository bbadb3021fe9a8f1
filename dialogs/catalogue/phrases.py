"""The phrases that people type, by what they are about."""

from functools import cached_property

from pydantic import BaseModel, ConfigDict

from knowledge.typed_answers.word_parser import fold


class _Phrases(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Emoji(_Phrases):
    """What emoji say in a message that has no words."""

    happy: tuple[str, ...]
    unhappy: tuple[str, ...]


class LessonPhrases(_Phrases):
    """What people type in lessons besides answers, to go to one of them. Whole texts stand in `Catalogue.lesson_talk`.

    `moves` are all words of a request for a numbered lesson beside its `nouns`; `where` asks for the lesson on a
    subject, with `fillers` around it. `unsaid`: a story does not say.
    """

    nouns: tuple[str, ...]
    moves: tuple[str, ...]
    where: tuple[str, ...]
    fillers: tuple[str, ...]
    unsaid: tuple[str, ...]


class OfferPhrases(_Phrases):
    """How a text goes back to what was just answered or offered.

    `marks` say that something was offered, `accepted` take the first of it, with `around` beside them. `shorter` asks
    for the last answer in short.
    """

    marks: tuple[str, ...]
    accepted: tuple[str, ...]
    around: tuple[str, ...]
    shorter: tuple[str, ...]


class PastedPhrases(_Phrases):
    """How a pasted list of ideas is told from one idea in several parts.

    `announcements` and `specifications` lead up to ideas, or parts of one. `details`, `remarks`, `greetings` begin
    lines that are no ideas, as do `headings` with a date (`months`) or a colon; `tasks` name one, and `verbs`
    are words of statements.
    """

    announcements: tuple[str, ...]
    specifications: tuple[str, ...]
    details: tuple[str, ...]
    verbs: tuple[str, ...]
    tasks: tuple[str, ...]
    remarks: tuple[str, ...]
    greetings: tuple[str, ...]
    headings: tuple[str, ...]
    months: frozenset[str]


class TablePhrases(_Phrases):
    """What stands above the columns of a pasted table of ideas.

    Headers: of running numbers (`number`), of what the idea is (`title`), and of `others` that say nothing about the
    framework's questions, and how often something happens (`rates`). Those of answers are the names of the questions.
    `empty` cells say nothing.
    """

    number: tuple[str, ...]
    title: tuple[str, ...]
    others: tuple[str, ...]
    rates: tuple[str, ...]
    empty: tuple[str, ...]


class TitlePhrases(_Phrases):
    """The words around the name of a project: what announces one, leads up to it, and trails behind it.

    `kinds` and `things` together announce a new idea ("another case"); `bare` kinds also do it alone, and behind the
    `closing` things a name may follow without a mark. `begin` with `anew` does the same, and `whole` are fixed phrases
    for it. `drops` with `dropped` give up the idea before. `chat` are the other words of texts that name nothing.
    `joins` lead from an announcement to the idea. `wishes` are verbs of what somebody wants. `leads` stand before the
    name of a project; an article alone belongs to it. `clauses` begin what is said about it, and so do those `inside`
    if the title is too long. `ends` do not end a title. `abbreviations` end in a full stop that ends no sentence.
    """

    kinds: frozenset[str]
    bare: frozenset[str]
    things: frozenset[str]
    closing: frozenset[str]
    begin: frozenset[str]
    anew: frozenset[str]
    whole: tuple[str, ...]
    drops: frozenset[str]
    dropped: frozenset[str]
    chat: frozenset[str]
    joins: frozenset[str]
    wishes: frozenset[str]
    leads: frozenset[str]
    clauses: frozenset[str]
    inside: frozenset[str]
    ends: frozenset[str]
    articles: frozenset[str]
    abbreviations: frozenset[str]

    @cached_property
    def around(self) -> frozenset[str]:
        """All words of which an announcement may consist."""
        whole = {word for phrase in self.whole for word in fold(phrase)}
        return frozenset().union(
            self.kinds, self.bare, self.things, self.begin, self.anew, self.drops, self.dropped, self.chat, whole
        )
