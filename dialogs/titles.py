"""The title of an idea: the part of its text that names the project, in its owner's own words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dialogs.announcements import Segment, announced, says_nothing, segments
from dialogs.catalogue.phrases import TitlePhrases
from dialogs.limits import MAX_LINE
from knowledge.interfaces import PROJECT, Knowledge
from knowledge.typed_answers.word_parser import fold

TITLE_LIMIT, _JOINED = 80, 60
"""Characters of a title, and of one that is put together of several parts."""

_FEWEST, _SHORT = 2, 5
"""A part of fewer words than the first is continued by the next one; one of at most as many as the second continues it.
"""

_KEPT = 4
"""Least words that are left of a title that is cut before a clause because it is too long."""

_CANDIDATES = 6
"""Most parts of a text that are compared; each costs a run of the encoder."""

_AHEAD = 0.3
"""How much likelier a later part must be to name the project than the first one."""

_NAME_WORDS = 8
"""A first part of at most this many words is a name, whatever follows it."""

_BEFORE_WISH = 4
"""Most words of who wants something: "our sales guy wants …"."""

_BRACKETS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_WORD = re.compile(r"\S+")
_AMOUNT = re.compile(r"\d")
_EDGE = ' \t\n,;:.!?-–—…"“”*_'

_CACHED = 512


class Titles:
    """Finds titles. Safe to use from several threads."""

    def __init__(self, knowledge: Knowledge, phrases: TitlePhrases) -> None:
        self._knowledge = knowledge
        self._phrases = phrases
        self.of = lru_cache(maxsize=_CACHED)(self._title)
        """The title of a text; "" if it has no words. Remembered, since a list may be sent again."""

    def _title(self, text: str) -> str:
        text = text[:MAX_LINE]  # a name stands at the beginning
        said = announced(self._phrases, text)
        body = _BRACKETS.sub("", said.idea if said else text) or text
        parts = segments(self._phrases, body)
        if all(self._says_nothing(part.words) for part in parts):
            return shortened(body)
        at = self._naming(parts)
        name = self._without_leads(parts[at].text)
        for part in parts[at + 1 :]:
            if parts[at].closes or not self._continues(name, part):
                break
            name = f"{name}{body[parts[at].end : part.start]}{part.text}"
            at += 1
        return self._cut(name) or shortened(body)

    def _naming(self, parts: Sequence[Segment]) -> int:
        """The part that names the project: the first that says something, unless a later one surely does so instead."""
        told = [n for n, part in enumerate(parts) if not self._says_nothing(part.words)]
        first, *later = told[:_CANDIDATES]
        if not later or self._is_name(parts[first]):
            return first
        project = self._knowledge.matcher.project
        likely = {n: project(parts[n].text) for n in (first, *later)}
        best = max(likely, key=lambda n: likely[n])
        return best if likely[best] >= max(PROJECT, likely[first] + _AHEAD) else first

    def _says_nothing(self, words: Sequence[str]) -> bool:
        """Whether words are only chat and what leads up to a name: "FT or prompt?"."""
        nothing = self._phrases.around | self._phrases.leads
        return all(word in nothing or word.isdecimal() for word in words)

    def _is_name(self, part: Segment) -> bool:
        """Whether a part is a name by itself: short with nothing that leads up to it, or before a colon."""
        words = part.words
        if part.ends == ":":
            return True
        return len(words) <= _NAME_WORDS and words[0] not in self._phrases.around and not self._is_fact(part)

    def _is_fact(self, part: Segment) -> bool:
        """Whether a part states an answer; which field it is about is part of a name."""
        return any(question != "domain" for question in self._knowledge.reader.stated(part.text))

    def _without_leads(self, text: str) -> str:
        """A part without the words that lead up to the name: "my boss wants to know if an AI could sort mail"."""
        words = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in words]
        at = self._behind_leads(folded, 0)
        for place in range(at, min(at + _BEFORE_WISH, len(folded) - 1)):
            if folded[place] and self._phrases.wishes.issuperset(folded[place]):
                at = self._behind_leads(folded, place + 1)
        article = at == 1 and self._phrases.articles.issuperset(folded[0])
        return text if article or not words else text[words[at].start() :]

    def _behind_leads(self, words: Sequence[tuple[str, ...]], at: int) -> int:
        """The place of the first word that does not lead up to a name."""
        while at < len(words) - 1 and self._leads(words, at):
            at += 1
        return at

    def _leads(self, words: Sequence[tuple[str, ...]], at: int) -> bool:
        """Whether a word leads up to a name; an amount or a word of chat does if the next word does."""
        beside = "".join(words[at]).isdecimal() or self._phrases.around.issuperset(words[at])
        leads = self._phrases.leads
        return leads.issuperset(words[at]) or (beside and at < len(words) - 2 and leads.issuperset(words[at + 1]))

    def _continues(self, name: str, part: Segment) -> bool:
        """Whether a part belongs to the name before it: short, without an amount, and no statement of its own."""
        words = part.words
        short = len(words) <= _SHORT or len(fold(name)) <= _FEWEST
        fits = len(name) + len(part.text) + 3 <= _JOINED
        begins = words[0] in self._phrases.clauses or words[0] in self._phrases.leads
        said = words[-1] in self._phrases.ends or not self._phrases.wishes.isdisjoint(words)
        told = begins or said or says_nothing(self._phrases, words) or _AMOUNT.search(part.text)
        return short and fits and not told and not self._is_fact(part)

    def _cut(self, name: str) -> str:
        """At most as many characters as a title has, without words that cannot end one."""
        words = [word[0] for word in _WORD.finditer(name.strip(_EDGE))]
        words = words[: next(self._starts(words, self._phrases.clauses), len(words))]
        words = words[: self._asked_subject(words)]
        fitting = [n for n in range(len(words)) if len(" ".join(words[: n + 1])) <= TITLE_LIMIT]
        if fitting and len(fitting) < len(words):
            words = words[: len(fitting)]
            words = words[
                : max((at for at in self._starts(words, self._phrases.inside) if at >= _KEPT), default=len(words))
            ]
        while len(words) > 1 and self._phrases.ends.issuperset(fold(words[-1])):
            words.pop()
        return shortened(" ".join(words).strip(_EDGE))

    def _asked_subject(self, words: Sequence[str]) -> int:
        """Where what is asked about a name begins: "complaint sorting a fine-tuning thing". The end if nothing is."""
        said = [tuple(fold(word)) for word in words]
        subjects = [fold(subject) for subject in self._knowledge.pack.request.topics]
        for at in range(_FEWEST, len(said)):
            rest = tuple(word for one in said[at + 1 :] for word in one)
            if self._phrases.articles.issuperset(said[at]) and any(rest[: len(each)] == each for each in subjects):
                return at
        return len(words)

    def _starts(self, words: Sequence[str], openers: frozenset[str]) -> Iterator[int]:
        """Where one of the openers stands behind enough words for a title."""
        return (at for at, word in enumerate(words) if at >= _FEWEST and openers.issuperset(fold(word) or (word,)))


def shortened(text: str) -> str:
    """The first line of a text, cut between words if it is too long for a title."""
    line = next(iter(text.strip().splitlines()), "").strip()
    if len(line) <= TITLE_LIMIT:
        return line
    cut = line[: TITLE_LIMIT - 1]
    whole = cut.rpartition(" ")[0].rstrip(" ,;:-–—")
    return (whole if len(whole) >= TITLE_LIMIT // 2 else cut) + "…"
