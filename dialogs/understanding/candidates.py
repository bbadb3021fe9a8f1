"""Candidates for answers in a part of a line: every answer that any reader finds, with what speaks for it.

Nothing is decided here. The weights that turn the features into a probability are fitted to labelled talks
(`dialogs.candidate_build`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.understanding.phrases import names_of
from knowledge.interfaces import Certainty
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses
from knowledge.typed_answers.word_parser import fold, parse_answer

_MOST = 6
"""Clauses that are read by themselves."""

_SHORT = 4
"""A text of fewer words is short."""

_KINDS = (
    *("set", "note", "suppose", "ask", "idea", "ideas"),
    *("confirm", "reject", "learn.answer", "clear", "explain.verdict", "edit.rename"),
)
"""Kinds of commands whose probability tells whether a part gives an answer."""

Answer = tuple[str, str]
"""A question and an option, by their ids."""


class Candidate(NamedTuple):
    """An answer that a text may give, the words that give it, and the values of its features."""

    question: str
    option: str
    quote: str
    features: Mapping[str, float]


class _Evidence(NamedTuple):
    """That a reader finds an answer in a text, by the name of the feature, and how surely."""

    answer: Answer
    name: str
    value: float
    text: str


class Surroundings(NamedTuple):
    """What is known beside the text: the questions that were talked about, the newest first, the probability of each
    kind of command, and the answers that the idea has.
    """

    topics: Sequence[str]
    likely: Mapping[str, float]
    chosen: Mapping[str, str]


def candidates(advisor: Advisor, conversation: Conversation, value: str, around: Surroundings) -> tuple[Candidate, ...]:
    """All answers that a reader finds in a text, or in one of its clauses."""
    parts = clauses(value)[:_MOST]
    found: dict[Answer, dict[str, float]] = defaultdict(dict)
    best: dict[Answer, tuple[float, str]] = {}
    for where, texts in (("whole", (value,)), ("part", parts if len(parts) > 1 else ())):
        for each in (evidence for text in texts for evidence in _read(advisor, text)):
            features, name = found[each.answer], f"{where} {each.name}"
            features[name] = max(features.get(name, 0.0), each.value)
            best[each.answer] = max(best.get(each.answer, (0.0, "")), (each.value, each.text), key=lambda one: one[0])
    totals = {answer: sum(features.values()) for answer, features in found.items()}
    beside = _beside(advisor, value, around, several=len(parts) > 1)
    asked = _asked(advisor, conversation, value)
    made = []
    for answer, own in found.items():
        related = _related(answer, own, asked, around)
        made.append(Candidate(*answer, best[answer][1], {**own, **beside, **_rivals(answer, totals), **related}))
    return tuple(made)


def _read(advisor: Advisor, text: str) -> Iterator[_Evidence]:
    """What the readers find in a text: without a question, for each question as if it were open, in words."""
    knowledge, words = advisor.knowledge, fold(text)
    fillers = advisor.catalogue.phrases["change_fillers"]
    for question in (None, *advisor.pack.questions):
        asked, name = (None, "any") if question is None else (question.id, "own")
        for found in knowledge.typed_answers.answers(text, asked):
            if asked in (None, found.question):
                answer = found.question, found.option
                yield _Evidence(answer, name, found.probability, text)
                if found.certainty is Certainty.TAKE:
                    yield _Evidence(answer, f"{name} sure", 1.0, text)
    for question in advisor.pack.questions:
        names = names_of(question, fillers)
        parsed = parse_answer(question, " ".join(word for word in words if word not in names))
        held = {"words": True, "exact": parsed.exact, "named words": not names.isdisjoint(words)}
        told = [name for name, holds in held.items() if holds] if len(parsed.options) == 1 else ["several words"]
        yield from (_Evidence((question.id, option), name, 1.0, text) for option in parsed.options for name in told)
    for name, readings in (("read", knowledge.reader.read(text)), ("stated", knowledge.reader.stated(text))):
        for asked_of, reading in readings.items():
            value = reading.probability if name == "read" else 1.0
            yield _Evidence((asked_of, reading.option), name, value, text)


def _rivals(answer: Answer, totals: Mapping[Answer, float]) -> dict[str, float]:
    """How far an answer is ahead of others to its question, and to other questions."""
    own = totals[answer]
    same = max((total for each, total in totals.items() if each != answer and each[0] == answer[0]), default=0.0)
    others = max((total for each, total in totals.items() if each[0] != answer[0]), default=0.0)
    return {
        "total": own,
        "ahead of option": own - same,
        "behind option": float(same > own),
        "ahead of questions": own - others,
        "behind question": float(others > own),
    }


_Asked = tuple[str | None, frozenset[str]]
"""The question that is open, and those that a text names."""


def _asked(advisor: Advisor, conversation: Conversation, value: str) -> _Asked:
    prompt, words = advisor.flows.open_prompt(conversation), {*fold(value)}
    fillers = advisor.catalogue.phrases["change_fillers"]
    named = frozenset(q.id for q in advisor.pack.questions if words & names_of(q, fillers))
    return prompt.id if isinstance(prompt, Question) else None, named


def _related(answer: Answer, own: Mapping[str, float], asked: _Asked, around: Surroundings) -> dict[str, float]:
    """How an answer fits what is asked, named and talked about, and what the idea has."""
    (question, option), (opened, named) = answer, asked
    alone = own.get("whole own", 0.0)
    holds = {
        "named": question in named,
        "another named": bool(named - {question}),
        "topic": question in around.topics[:1],
        "topic before": question in around.topics[1:],
        "no topic": not around.topics and opened is None,
        "opened": question == opened,
        "another opened": opened not in (None, question),
        "unsure": option == UNSURE,
        "unsure opened": option == UNSURE and question == opened,
        "same": around.chosen.get(question) == option,
        "differs": question in around.chosen and around.chosen[question] != option,
        "unknown": question not in around.chosen,
    }
    fits = {f"{name} own": alone * holds[name] for name in ("opened", "topic", "named")}
    return {**{name: float(each) for name, each in holds.items()}, **fits}


def _beside(advisor: Advisor, value: str, around: Surroundings, *, several: bool) -> dict[str, float]:
    """What holds for all candidates of a text."""
    words = fold(value)
    holds = {
        "short": len(words) < _SHORT,
        "single": len(words) == 1,
        "asks": "?" in value,
        "hedged": advisor.knowledge.reader.hedged(value),
        "several parts": several,
    }
    return {
        **{name: float(each) for name, each in holds.items()},
        **{f"~{k}": around.likely.get(k, 0.0) for k in _KINDS},
    }
