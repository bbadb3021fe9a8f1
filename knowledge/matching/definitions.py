"""Questions about the meaning of a name, such as a term: recognised as a whole, whatever the order of the words."""

from collections.abc import Mapping, Sequence, Set
from functools import cache

from knowledge.content import Model
from knowledge.pack import Pack
from knowledge.phrase_table import PhraseTable
from knowledge.text_normalization import Normaliser
from knowledge.yaml_document import packaged

_MOST = 3
"""Terms that are explained together."""

_MOST_WORDS = 40
"""Most words of a text that asks for names and nothing else."""

_APART = "+"
"""Joins the parts of a topic that may stand apart; such a topic is not a name."""


class _Words(Model):
    """See english.yaml."""

    asking: frozenset[str]
    comparing: frozenset[str]
    fillers: frozenset[str]
    everyday: frozenset[str]


@cache
def _english() -> _Words:
    return _Words.model_validate(packaged(__package__, "english.yaml"))


class DefinitionMatcher:
    """Finds what a text asks for by name, if it asks for nothing else."""

    def __init__(self, names: Mapping[str, Sequence[str]], everyday: Set[str], normalise: Normaliser) -> None:
        """Takes names by the id of what they stand for, the ids whose names are everyday words, and how texts are
        normalised."""
        self._english = _english()
        self._everyday = everyday
        ids = {" ".join(_words(normalise(name))): id_ for id_, own in names.items() for name in own}
        ids.pop("", None)  # a name of punctuation only has no words and would match anywhere
        self._names = PhraseTable(ids)

    @classmethod
    def of_terms(cls, pack: Pack, normalise: Normaliser) -> "DefinitionMatcher":
        """Finds the terms whose meaning a text asks for."""
        everyday = frozenset(term.id for term in pack.terms if term.needs_context)
        return cls({term.id: term.names for term in pack.terms}, everyday, normalise)

    @classmethod
    def of_topics(cls, pack: Pack, normalise: Normaliser) -> "DefinitionMatcher":
        """Finds the outside entries that a text asks for by a topic alone: "what about privacy"."""
        names = {entry.id: [topic for topic in entry.topics if _APART not in topic] for entry in pack.outside}
        return cls(names, frozenset(), normalise)

    def __call__(self, text: str, normalised: str) -> tuple[str, ...]:
        """Ids in the order in which they are named; () where the text asks for anything else."""
        words = _words(normalised)
        if len(words) > _MOST_WORDS:
            return ()
        found, rest = self._named(words)
        if not found or len(found) > _MOST:
            return ()
        english, others = self._english, frozenset(rest)
        if not others <= english.asking | english.comparing | english.fillers:
            return ()
        everyday = not self._everyday.isdisjoint(found)
        if everyday and not english.everyday.isdisjoint(others):
            return ()
        if len(found) == 1:
            alone = not others and (not everyday or text.rstrip().endswith("?"))
            return found if alone or not english.asking.isdisjoint(others) else ()
        return found if not (english.asking | english.comparing).isdisjoint(others) else ()

    def _named(self, words: list[str]) -> tuple[tuple[str, ...], list[str]]:
        """The ids that are named, the longest names first, and the words beside their names."""
        found: list[str] = []
        rest: list[str] = []
        at = 0
        while at < len(words):
            length, name = self._names.at(words, at) or (1, None)
            if name is None:
                rest.append(words[at])
            elif name not in found:
                found.append(name)
            at += length
        return tuple(found), rest


def _words(normalised: str) -> list[str]:
    return [word for word in (piece.strip(".,;:!?\"'()[]“”…/") for piece in normalised.split()) if word]
