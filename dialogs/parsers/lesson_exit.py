"""Finds where a text leaves the lessons, and what it says before and after that: "enough of this. what is LoRA?"."""

from collections.abc import Iterator
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.parsers.lesson_meanings import Nearest, denies, nearness
from dialogs.parsers.phrases import Words, contains, rest_of, says, starts, without, written_out
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import Prompt, fold

_NEAR, _AHEAD = 0.7, 0.12
"""How near a clause has to be to what leaves, and how far ahead of all else that is said in lessons."""

_MOST_CLAUSES = 12
"""Clauses that are looked at; what is beyond says more than that."""

_MOST_WORDS = 14
"""A longer clause says more than that."""


class Exit(NamedTuple):
    """What a text says before it leaves the lessons, and after; both may be empty. `marked`: by words for lessons."""

    before: str
    after: str
    marked: bool


def exit_in(advisor: Advisor, prompt: Prompt | None, text: str) -> Exit | None:
    """Where a text leaves the lessons; None if it does not."""
    found = [
        (start, end, _leaves(advisor, prompt, fold(text[start:end]), first=not start)) for start, end in _clauses(text)
    ]
    leaving = [at for at, (_, _, how) in enumerate(found) if how is not None]
    if not leaving:
        return None
    last = leaving[0]
    while last + 1 < len(found) and (found[last + 1][2] is not None or _is_polite(advisor, text, found[last + 1])):
        last += 1  # "enough, stop the lessons. thanks!"
    before, after = text[: found[leaving[0]][0]].strip(" ,;"), _without_lead(advisor, text[found[last][1] :])
    return Exit(before, after, any(found[at][2] for at in leaving))


def returns(advisor: Advisor, words: Words) -> bool:
    """Whether the words only go back to what somebody had begun: "continue the reserving one", "back to my idea"."""
    phrases, around = advisor.catalogue.lessons, advisor.catalogue.phrases.courtesies
    return starts(without(words, (*around, *phrases.wishes)), phrases.return_to)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where each clause stands in the text."""
    at = 0
    for part in [clause for sentence in sentences(text) for clause in clauses(sentence)][:_MOST_CLAUSES]:
        start = text.index(part, at)
        at = start + len(part)
        yield start, at


def _leaves(advisor: Advisor, prompt: Prompt | None, words: Words, *, first: bool) -> bool | None:
    """Whether a clause leaves the lessons: True if it names them, False if it does so without, None if it does not."""
    said = written_out(advisor, words)
    if len(said) > _MOST_WORDS:
        return None
    if _names_lessons(advisor, said) or _goes_back(advisor, said) or (first and _is_enough(advisor, said)):
        return True
    phrases, talk = advisor.catalogue.phrases, advisor.catalogue.lesson_talk
    around = (*phrases.courtesies, *phrases.choice_openers, *phrases.leave_fillers)
    if says(said, talk["stop"], around) or says(said, phrases.leave, around):
        return False
    groups = {name: known for name, known in talk.items() if name not in ("learn", "resume")}
    groups["stop"] = (*groups["stop"], *advisor.catalogue.small_talk["goodbye"])
    options = {} if prompt is None else {o.id: (o.label, *o.words) for o in prompt.options}
    nearest = Nearest.of(nearness(advisor, (said,), {**options, **groups}))
    return False if nearest.name == "stop" and nearest.score >= _NEAR and nearest.ahead >= _AHEAD else None


def _names_lessons(advisor: Advisor, words: Words) -> bool:
    """Whether somebody has enough of lessons, in these words: "that's enough learning for now"."""
    phrases = advisor.catalogue.lessons
    for at in range(len(words)):
        before, rest = words[:at], words[at:]
        after = rest_of(rest, (*phrases.leave, *phrases.refuse))
        if after == rest or not contains(after, phrases.nouns):
            continue
        opens = not before or starts(before, phrases.leave_openers)
        refuses = starts(rest, phrases.refuse)
        return opens and not denies(rest_of(before, ("no", "nah"))) and not (refuses and contains(after, phrases.leave))
    return False


def _goes_back(advisor: Advisor, words: Words) -> bool:
    """Whether somebody wants to go back to something of their own: "let's go back to my idea"."""
    phrases = advisor.catalogue.lessons
    said = without(words, (*advisor.catalogue.phrases.courtesies, *phrases.wishes))
    after = rest_of(said, phrases.return_to)
    return after != said and contains(after, phrases.own)


def _is_enough(advisor: Advisor, words: Words) -> bool:
    phrases = advisor.catalogue.phrases
    return says(words, advisor.catalogue.lessons.enough, (*phrases.courtesies, *phrases.leave_fillers))


def _is_polite(advisor: Advisor, text: str, clause: tuple[int, int, object]) -> bool:
    phrases = advisor.catalogue.phrases
    return not without(fold(text[clause[0] : clause[1]]), (*phrases.courtesies, *phrases.leave_fillers))


def _without_lead(advisor: Advisor, text: str) -> str:
    """What follows, without the marks and small words that tie it to what is before."""
    rest = text.strip(" \t\n,;.!-–—…:")
    first, _, others = rest.partition(" ")
    return _without_lead(advisor, others) if others and fold(first) in (("and",), ("but",), ("then",)) else rest
