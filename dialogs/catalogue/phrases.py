"""The words around the names of projects, which people type."""

from functools import cached_property

from pydantic import BaseModel, ConfigDict

from knowledge.typed_answers.word_parser import fold


class TitlePhrases(BaseModel):
    """The words around the name of a project: what announces one, leads up to it, and trails behind it.

    `kinds` and `things` together announce a new idea ("another case"); `bare` kinds also do it alone, and behind the
    `closing` things a name may follow without a mark. `begin` with `anew` does the same, and `whole` are fixed phrases
    for it. `drops` with `dropped` give up the idea before. `chat` are the other words of texts that name nothing.
    `joins` lead from an announcement to the idea. `wishes` are verbs of what somebody wants. `leads` stand before the
    name of a project; an article alone belongs to it. `clauses` begin what is said about it, and so do those `inside`
    if the title is too long. `ends` do not end a title. `abbreviations` end in a full stop that ends no sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

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
