"""Practice cases: which one comes next, and how its answers compare with those of its story."""

from collections.abc import Mapping

from dialogs.conversation import Tour
from dialogs.replies.lessons import CaseResult, CaseRow
from knowledge.decision import decide
from knowledge.lessons import Case
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.word_parser import fold

_LONG_WORD = 4
"""Letters of a word that says what a case is about."""


def case_of(pack: Pack, tour: Tour) -> Case | None:
    """The practice case, if the pack still has it."""
    return next((case for case in pack.practice if case.scenario == tour.case), None)


def next_case(pack: Pack, tour: Tour) -> Case:
    """The case after the last one, in the pack's order, cyclically. The pack has at least one."""
    names = [case.scenario for case in pack.practice]
    following = names.index(tour.case) + 1 if tour.case in names else 0
    return pack.practice[following % len(names)]


def case_about(pack: Pack, text: str, closest: str | None) -> Case | None:
    """The case of which title or story have most longer words of a text; else that of the closest scenario; or None."""
    words = {word for word in fold(text) if len(word) >= _LONG_WORD}

    def rated(case: Case) -> tuple[int, bool]:
        told = fold(f"{pack.scenario(case.scenario).name} {case.story.text}")
        return len(words.intersection(told)), case.scenario == closest

    best = max(pack.practice, key=rated)
    return best if any(rated(best)) else None


def case_talk(pack: Pack, tour: Tour) -> dict[str, str]:
    """The options chosen for the case that the pack still knows."""
    return {question: option for question, option in tour.answers.items() if pack.has_option(question, option)}


def case_result(pack: Pack, case: Case, chosen: Mapping[str, str]) -> CaseResult:
    """The person's answers to a case beside the story's, question by question; KeyError if one is not answered.

    Where another answer leads is worked out each time.
    """
    story = {q.id: case.answers[q.id].option if q.id in case.answers else UNSURE for q in pack.questions}
    rows = tuple(
        CaseRow(
            question=question,
            yours=question.option(chosen[question.id]),
            story=question.option(story[question.id]),
            clue=case.answers[question.id].clue if question.id in case.answers else "",
            verdict=pack.verdict(decide(pack, {**story, question.id: chosen[question.id]}).verdict),
        )
        for question in pack.questions
    )
    return CaseResult(
        scenario=pack.scenario(case.scenario),
        rows=rows,
        yours=pack.verdict(decide(pack, dict(chosen)).verdict),
        story=pack.verdict(decide(pack, story).verdict),
    )
