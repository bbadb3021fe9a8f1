"""Questions, requests and the phrases of the catalogue and the pack in typed texts."""

import re
from collections.abc import Iterator, Mapping, Sequence

from dialogs.advisor import Advisor
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import fold, folded

Words = tuple[str, ...]

_MOST_SAID = 20
"""Most words of a phrase with courtesies and the like around it."""

_MOST_REMOVED = 50
"""Most phrases that are taken away at the ends of a text."""


def written_out(advisor: Advisor, words: Words) -> Words:
    """The words with abbreviations expanded: "what do u mean" as "what do you mean"."""
    shorthand = advisor.catalogue.shorthand
    return tuple(" ".join(shorthand.get(word, word) for word in words).split())


def is_question(advisor: Advisor, text: str, words: Words) -> bool:
    return text.rstrip().endswith("?") or starts(words, advisor.catalogue.phrases["question"])


def requests(advisor: Advisor, words: Words) -> bool:
    """Whether the text asks for a decision, in the pack's words."""
    request = advisor.pack.request
    return contains(words, request.openers) and contains(words, request.topics)


def starts(words: Words, phrases: tuple[str, ...]) -> bool:
    return any(words[: len(phrase)] == phrase for phrase in folded(phrases))


def rest_of(words: Words, phrases: tuple[str, ...]) -> Words:
    """The words after the longest of the phrases with which they begin."""
    return words[max((len(phrase) for phrase in folded(phrases) if words[: len(phrase)] == phrase), default=0) :]


def contains(words: Words, phrases: tuple[str, ...]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {' '.join(phrase)} " in text for phrase in folded(phrases))


def first_named(words: Words, groups: Mapping[str, tuple[str, ...]]) -> str:
    """The first group of which a phrase stands among the words; "" for none."""
    return next((name for name, phrases in groups.items() if contains(words, phrases)), "")


def says(words: Words, phrases: tuple[str, ...], around: tuple[str, ...]) -> bool:
    """Whether a text is one of the phrases with nothing but the words in `around` beside it. Long texts never are."""
    if len(words) > _MOST_SAID:
        return False
    return any(not (without(lead, around) or without(rest, around)) for lead, rest in around_each(words, phrases))


def around_each(words: Words, phrases: tuple[str, ...]) -> Iterator[tuple[Words, Words]]:
    """The words before and after each place where one of the phrases stands."""
    for phrase in folded(phrases):
        for start in range(len(words) - len(phrase) + 1):
            if words[start : start + len(phrase)] == phrase:
                yield words[:start], words[start + len(phrase) :]


def without(words: Words, phrases: tuple[str, ...]) -> Words:
    """The words without these phrases at either end; of very many, some stay."""
    longest_first = sorted(folded(phrases), key=len, reverse=True)
    for _ in range(_MOST_REMOVED):
        rest = _without_one(words, longest_first)
        if rest == words:
            break
        words = rest
    return words


def _without_one(words: Words, phrases: Sequence[Words]) -> Words:
    for phrase in phrases:
        if words[: len(phrase)] == phrase:
            return words[len(phrase) :]
        if words[-len(phrase) :] == phrase:
            return words[: -len(phrase)]
    return words


def is_opening(advisor: Advisor, text: str) -> bool:
    """Whether words before an idea only lead to it: "actually", "no,", "oh wait, and for"."""
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.board
    leads = (
        *phrases["courtesies"],
        *phrases["correction"],
        *phrases["retraction"],
        *phrases["objection"],
        *talk["leads"],
    )
    return not without(fold(text), (*leads, *advisor.catalogue.commands["hello"]))


def led(words: Words, advisor: Advisor) -> Words:
    """Words without courtesies and the like before them."""
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.board
    leads = (*phrases["courtesies"], *phrases["correction"], *phrases["objection"], *talk["leads"])
    while (rest := rest_of(words, leads)) != words:
        words = rest
    return words


def alternatives(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def is_done(advisor: Advisor, text: str) -> bool:
    """Whether a sentence says that this was all."""
    phrases, words = advisor.catalogue.phrases, fold(text)
    return not {words, without(words, phrases["courtesies"])}.isdisjoint(folded(phrases["list_done"]))


def names_of(question: Question, fillers: tuple[str, ...]) -> set[str]:
    return {*fold(question.name), question.id} - {*fillers}


def questions_called(advisor: Advisor, words: Words) -> list[str]:
    """The ids of the questions that are called by their names, or by other words for them."""
    fillers, told = advisor.catalogue.phrases["change_fillers"], {*words}
    return [each.id for each in advisor.pack.questions if told & {*names_of(each, fillers), *each.names}]
