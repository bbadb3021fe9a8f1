"""The pack: one decision framework as data.

A pack is a folder of YAML files: `pack_loader` reads them, `checks` tells whether they fit together. Every claim names
the section of the source it rests on. Nothing here knows any particular pack.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Self, TypeVar

from pydantic import Field

from knowledge.content import Claim as Claim
from knowledge.content import Id, Label, Line, PackPart, Section, Source, Text, Words
from knowledge.content import Model as Model
from knowledge.lessons import Case, Lesson
from knowledge.outside import OutsideEntry, OutsideText, Term
from knowledge.phrasings import Descriptions, Phrasings, ShortAnswers, Spelling, Statements, Wordings
from knowledge.reading.quantity_answers import QuantityRules
from knowledge.reading_rules import ReadingRules
from knowledge.scale import UNSURE as UNSURE
from knowledge.scale import Effect, Scale
from knowledge.text_normalization import Normaliser

AnyPart = TypeVar("AnyPart", bound=PackPart)


class Step(Claim):
    """Something to do."""

    in_use: Text | None = Field(None, description="In place of the text where the pack's `in_use` is said.")

    def fitting(self, *, in_use: bool) -> Self:
        """The step as it is worded where the first verdict's way is in use already, or is not."""
        return self.model_copy(update={"text": self.in_use}) if in_use and self.in_use else self


class InUse(Model):
    """How people say that the first verdict's way is in use already, clause by clause: it holds one of `words`, with +
    between beginnings of words that may stand apart, and none of `unless`. `denied` is how they say that it is not.
    """

    words: Words = ()
    unless: Words = ()
    denied: Words = ()

    def said_of(self, text: str) -> bool | None:
        """Whether it is in use by a text; None where it says nothing of that."""
        clauses = [clause for clause in _clauses(text) if self._mention.search(clause)]
        told = [clause for clause in clauses if self._holds(clause, self._parts)]
        if any(not any(f" {word}" in clause for word in self.unless) for clause in told):
            return True
        return False if any(self._holds(clause, self._denials) for clause in clauses) else None

    @staticmethod
    def _holds(clause: str, phrases: tuple[tuple[str, ...], ...]) -> bool:
        return any(all(part in clause for part in parts) for parts in phrases)

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        """Finds the longest part of each phrase: most texts have none."""
        longest = {max(parts, key=len) for parts in (*self._parts, *self._denials)}
        return re.compile("|".join(map(re.escape, sorted(longest))) or r"\b\B")

    @cached_property
    def _parts(self) -> tuple[tuple[str, ...], ...]:
        return _in_parts(self.words)

    @cached_property
    def _denials(self) -> tuple[tuple[str, ...], ...]:
        return _in_parts(self.denied)


def _clauses(text: str) -> list[str]:
    return [f" {' '.join(clause.split())}" for clause in re.split(r"[.,:;!?()\n]+", text.lower())]


def _in_parts(phrases: Words) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f" {part.strip()}" for part in words.split("+")) for words in phrases)


class Rule(Model):
    """What one option says about the verdict."""

    text: Text = Field(description="The reason as shown, e.g. 'you have enough good examples'.")
    section: Id
    towards: Id | None = Field(
        None, description="The first or last verdict of the scale; absent where it is no evidence."
    )
    weight: int = Field(0, ge=0, le=9, description="How strongly the source words the rule; 0 only without `towards`.")
    at_most: Id | None = Field(
        None, description="With this answer the verdict goes no further up the scale than this one."
    )
    held: Line | None = Field(None, description="With `at_most`: what holds the verdict back, behind 'held back by'.")
    path: tuple[Step, ...] = Field(
        (), description="Shown where `at_most` holds the verdict back: the way on from here."
    )


class Option(PackPart):
    """A possible answer to a question."""

    label: Label = Field(description="On the button.")
    record: Label = Field(description="In a one-line record, after the question's name; names no approach.")
    plain: Line | None = Field(None, description="The same as a clause behind 'since' or 'if', without a comma.")
    covers: Line | None = Field(None, description="What counts as this answer, behind 'that covers'.")
    words: Words = Field((), description="What people type for it.")
    rule: Rule

    @property
    def shortest(self) -> str:
        """The shortest word for it."""
        return self.record if self.id == UNSURE else self.id


class Question(PackPart):
    """A framework question. Its options include `unsure`; they are shown in this order."""

    name: Label
    prompt: Text
    brief: Line | None = Field(None, description="The same in a few words, for when it is asked again.")
    meaning: Text | None = Field(None, description="What its answers mean, in other words, for who asks.")
    names: tuple[str, ...] = Field((), description="Other words by which people call it, in lower case.")
    why: Claim = Field(description="Why it is asked.")
    options: tuple[Option, ...] = Field(min_length=3, max_length=5)

    def option(self, option_id: str) -> Option:
        """The option with this id; KeyError where there is none."""
        return _find(self.options, option_id)


class NextStep(Step):
    """A next step of a verdict, shown only where `when` holds."""

    when: dict[Id, tuple[Id, ...]] = Field({}, description="question: options with which it is shown; empty: always.")


class Verdict(PackPart):
    """A possible outcome."""

    name: Label = Field(description="Its usual name: the first words of a recommendation.")
    short: Label | None = Field(None, description="Its name in a word, for the ends of a scale.")
    headline: Line | None = Field(None, description="The advice in a few words that everybody understands.")
    meaning: Text = Field(description="One sentence on what it amounts to; no condition, no negation.")
    plain: Line | None = Field(None, description="The advice for others; up to its comma it stands alone.")
    faq: Id = Field(description="The FAQ shown where no other is closer.")
    steps: tuple[NextStep, ...] = Field(min_length=1, description="Next steps, the smallest first.")


class Deciding(Model):
    """How answers become a verdict.

    Score = weights towards the last verdict of the scale minus weights towards the first. The verdict is the highest
    one whose threshold the score reaches, but no higher than any answer's `at_most`.
    """

    thresholds: dict[Id, int] = Field(description="Least score for each verdict except the first of the scale.")
    forced_strength: float = Field(
        0.67, ge=0, le=1, description="Least strength where an answer leaves no other verdict."
    )
    mixed_strength: float = Field(0.5, ge=0, le=1, description="Strength of a verdict between the ends of the scale.")
    default: Claim | None = Field(
        None, description="Why the first verdict stands where no more answers point to it than to the last one."
    )


class Approach(Model):
    """How a scenario looks when one approach is taken."""

    verdict: Id
    text: Text
    section: Id


class ScenarioFinding(Claim):
    """What the source concludes about a scenario."""

    verdicts: tuple[Id, ...] = Field(min_length=1)


class Scenario(PackPart):
    """One of the source's cases."""

    name: Label
    story: Claim
    approaches: tuple[Approach, ...] = Field(min_length=2)
    finding: ScenarioFinding
    answers: dict[Id, Id] = Field(min_length=1, description="The answers its story gives; the rest is unsure.")


class PassageKind(StrEnum):
    """FAQ: one of the source's own questions. TOPIC: another part of it worth a passage."""

    FAQ = "faq"
    TOPIC = "topic"


class Item(Model):
    """One entry of a passage's list."""

    name: Line
    text: Text | None = None


class Passage(PackPart):
    """An answer to a question people ask."""

    kind: PassageKind
    title: Line
    text: Text
    section: Id
    items: tuple[Item, ...] = ()
    note: Text | None = Field(None, description="A last sentence under the list.")
    verdicts: tuple[Id, ...] = Field(
        (),
        description="The verdicts that it speaks for; beside another one it is shown with the reason. None: for all.",
    )


class ComparisonRow(Model):
    """One aspect and how each verdict of the comparison does on it."""

    aspect: Label
    cells: dict[Id, Line]
    section: Id


class Comparison(Model):
    """A table of two or more verdicts side by side."""

    title: Line
    note: Text = Field(description="Where the table comes from.")
    rows: tuple[ComparisonRow, ...] = Field(min_length=1)


Entry = Passage | OutsideEntry | Term
"""What a question can be answered with. Ids are unique among all three."""


class Request(Model):
    """How people ask for a decision: a text with an opener and a topic is one, and at the beginning also a question
    that names a topic or a method and tells of the sender's own case.
    """

    openers: Words
    topics: Words
    methods: Words = ()


def _find(parts: Iterable[AnyPart], part_id: str) -> AnyPart:
    """The part with this id; KeyError where there is none. Packs have few of each, so they are gone through."""
    for part in parts:
        if part.id == part_id:
            return part
    raise KeyError(part_id)


class Pack(PackPart):
    """A whole framework. `version` is a hash of its content, `training` of what is only learnt from (LEARNT), whether
    that was read or not.
    """

    title: Line
    subject: Line = Field(description="Completes 'I help you decide …'.")
    covers: Line = Field(description="Completes 'I know about …'.")
    examples: Words = Field(min_length=1, description="Things to type, shown in the greeting.")
    source: Source
    sections: tuple[Section, ...]
    request: Request
    verdicts: tuple[Verdict, ...] = Field(min_length=2, description="The scale, from one end to the other.")
    in_use: InUse = InUse()
    deciding: Deciding
    questions: tuple[Question, ...] = Field(min_length=1, max_length=10)
    scenarios: tuple[Scenario, ...] = ()
    passages: tuple[Passage, ...] = ()
    comparison: Comparison | None = None
    outside: tuple[OutsideEntry, ...] = ()
    advice: tuple[OutsideText, ...] = Field((), description="Facts that only a model which words answers gets.")
    terms: tuple[Term, ...] = ()
    lessons: tuple[Lesson, ...] = Field((), max_length=12)
    practice: tuple[Case, ...] = ()
    spelling: Spelling = Spelling()
    anchors: Wordings = Field(
        (), description="Words of which a question holds one if it is answered at once; none: any."
    )
    phrasings: Phrasings = Phrasings()
    reading: ReadingRules = ReadingRules()
    quantities: QuantityRules = QuantityRules()
    statements: Statements = Statements()
    short_answers: ShortAnswers = ShortAnswers()
    descriptions: tuple[Descriptions, ...] = Field((), description="Descriptions with labels, an entry by author.")
    training: str = ""
    version: str = ""

    @cached_property
    def scale(self) -> Scale:
        """Its rules as numbers, which every turn asks for several times.

        KeyError or ValueError where a rule names a verdict that the pack does not have (`checks` finds it).
        """
        verdicts = tuple([verdict.id for verdict in self.verdicts])
        first, last, top = verdicts[0], verdicts[-1], len(verdicts) - 1

        def effect(rule: Rule) -> Effect:
            add = rule.weight if rule.towards == last else -rule.weight if rule.towards == first else 0
            return Effect(add, top if rule.at_most is None else verdicts.index(rule.at_most))

        return Scale(
            verdicts,
            tuple([self.deciding.thresholds[verdict] for verdict in verdicts[1:]]),
            {each.id: {option.id: effect(option.rule) for option in each.options} for each in self.questions},
        )

    @cached_property
    def normalise(self) -> Normaliser:
        return Normaliser(self.spelling)

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError where there is none (likewise below)."""
        return self.question_of[question_id]

    @cached_property
    def question_of(self) -> Mapping[str, Question]:
        """The questions by their ids, in order."""
        return {question.id: question for question in self.questions}

    def verdict(self, verdict_id: str) -> Verdict:
        return _find(self.verdicts, verdict_id)

    def passage(self, passage_id: str) -> Passage:
        return _find(self.passages, passage_id)

    def entry(self, entry_id: str) -> Entry:
        """The passage, outside entry or term with this id."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(entry_id)

    def scenario(self, scenario_id: str) -> Scenario:
        return _find(self.scenarios, scenario_id)

    def section(self, section_id: str) -> Section:
        return _find(self.sections, section_id)

    def has_option(self, question_id: str, option_id: str) -> bool:
        return option_id in self.scale.effects.get(question_id, ())

    @cached_property
    def faqs(self) -> tuple[Passage, ...]:
        """The source's own questions, in its order."""
        return tuple(passage for passage in self.passages if passage.kind is PassageKind.FAQ)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All that a question can be answered with."""
        return (*self.passages, *self.outside, *self.terms)

    def outside_on(self, today: date) -> tuple[OutsideEntry, ...]:
        """Facts from outside the source that are shown on this day."""
        return tuple([entry for entry in self.outside if today <= entry.last_day])

    def lesson_is_current(self, lesson: Lesson, today: date) -> bool:
        """Whether all outside entries that a lesson rests on are shown on this day."""
        shown = {entry.id for entry in self.outside_on(today)}
        return shown.issuperset(lesson.facts)


LEARNT = ("phrasings", "statements", "short_answers", "descriptions")
"""Fields of a pack that classifiers learn from. Who answers with trained ones needs none of them."""

DERIVED = ("training", "version")
"""Fields that no author writes."""
