"""Which question of a framework a quantity answers, and on which side of the pack's limits it lies.

A quantity beyond a limit is taken as an answer ("few", "many"). One between two limits is only proposed, as the
option of the nearer limit.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import Field, model_validator

from knowledge.certainty_thresholds import Certainty
from knowledge.content import Id, Model, Words
from knowledge.phrase_table import PhraseTable
from knowledge.reading.quantity import Bound, Kind, Quantity
from knowledge.reading.quantity_parser import quantities
from knowledge.reading.quantity_words import english_quantities
from knowledge.reading.word_lists import english

_FEW_WORDS = 3
"""Other words in a clause up to which its amount may still answer the open question."""

_SLACK = 1 + 1e-9

_FIGURE = re.compile(r"\d[\d.,]*")

_RANK = {Certainty.NONE: 0, Certainty.PROPOSE: 1, Certainty.TAKE: 2}


class Limit(Model):
    """An option that holds for amounts up to `at_most`, or from `at_least` on. The source names no such numbers."""

    option: Id
    at_least: float | None = None
    at_most: float | None = None


class QuantityMeasure(Model):
    """Quantities of one kind that answer a question, and what they say. Limits are the pack's own."""

    kind: Kind
    nouns: Words = Field((), description="A quantity of one of these answers the question, whatever is asked.")
    things: Words = Field((), description="A quantity of these does so with a cue, or while the question is open.")
    cues: Words = Field((), description="Words in the clause that tell that a quantity answers the question.")
    against: Words = Field((), description="Words in the clause that tell that it does not.")
    named: Certainty = Field(Certainty.TAKE, description="How sure it is with a noun or a cue.")
    asked: Certainty = Field(Certainty.TAKE, description="How sure it is while the question is open.")
    unasked: Certainty = Field(Certainty.NONE, description="How sure it is without noun and cue while it is not open.")
    bare: Certainty = Field(Certainty.NONE, description="How sure a number without unit is while the question is open.")
    by_bound: bool = Field(False, description="An upper bound within the lower limit needs no cue: '<1s'.")
    up_to: float | None = Field(None, description="Larger amounts are about something else.")
    limits: tuple[Limit, ...] = Field(min_length=1, max_length=2)
    capped: Id | None = Field(None, description="The option that an upper bound between the limits states.")
    settled: dict[Id, Words] = Field({}, description="option id: words that settle an amount between the limits.")

    @model_validator(mode="after")
    def _limits_apart(self) -> "QuantityMeasure":
        lower = [limit.at_most for limit in self.limits if limit.at_most is not None]
        upper = [limit.at_least for limit in self.limits if limit.at_least is not None]
        if len(lower) + len(upper) != len(self.limits):
            raise ValueError("each limit has either `at_most` or `at_least`")
        if len(self.limits) > 1 and not (lower and upper and 0 < lower[0] < upper[0]):
            raise ValueError("one limit has `at_most`, the other `at_least`, with a larger number")
        return self


class QuantityRules(Model):
    """What quantities say, by question."""

    foreign: Words = Field((), description="What a quantity may count that answers no question: people, tokens, pages.")
    questions: dict[Id, tuple[QuantityMeasure, ...]] = Field({}, description="question id: its measures.")


@dataclass(frozen=True, slots=True)
class QuantityReading:
    """What a quantity answers, and how certain that is. `between`: it lies between two limits."""

    question: str
    option: str
    certainty: Certainty
    quantity: Quantity
    between: bool = False


def read_quantities(text: str, rules: QuantityRules, open_question: str | None = None) -> Mapping[str, QuantityReading]:
    """What the quantities of a text answer, by question.

    One that is taken outweighs those that are proposed; contradictions are dropped. Callers handle a single digit that
    picks an option by its number first.
    """
    found: dict[str, list[QuantityReading]] = {}
    for quantity in quantities(text):
        reading = interpret(quantity, rules, open_question)
        if reading is not None:
            found.setdefault(reading.question, []).append(reading)
    result = {}
    for question, readings in found.items():
        best = max(_RANK[reading.certainty] for reading in readings)
        kept = [reading for reading in readings if _RANK[reading.certainty] == best]
        if len({reading.option for reading in kept}) == 1:
            result[question] = kept[0]
    return result


def between_limits(text: str, rules: QuantityRules, question: str, meaning: str) -> tuple[str, str]:
    """The amount of a text between the limits of a question, and the sentence of its meaning on these; "" for none."""
    found = read_quantities(text, rules, question).get(question)
    if found is None or not found.between:
        return "", ""
    measures = [measure for measure in rules.questions[question] if measure.kind is found.quantity.kind]
    for sentence in re.split(r"(?<=\.)\s+", meaning):
        said = {edge for each in quantities(sentence) for edge in (each.low, each.high)}
        if any(said.issuperset(limit.at_most or limit.at_least for limit in measure.limits) for measure in measures):
            return text[found.quantity.start : found.quantity.end], sentence.rstrip(".")
    return "", ""


def new_amount(text: str, before: str) -> str:
    """The first amount of a text that it does not deny and an earlier one has not, in its words; "" for none. A number
    alone is for the time that the earlier one told.
    """
    known, denials = quantities(before), english_quantities().negations
    told = {(quantity.low, quantity.high) for quantity in known}
    said = [q for q in quantities(text) if q.kind is not Kind.OTHER and denials.isdisjoint(q.before[1:][-2:])]
    new = [q for q in said if (q.low, q.high) not in told]
    words = [text[q.start : q.end] for q in new[:1]]
    rate = next((before[q.start : q.end] for q in known if q.kind is Kind.RATE), "")
    if rate and words and _FIGURE.fullmatch(words[0]):
        return _FIGURE.sub(words[0], rate, count=1)
    return "".join(words)


def measure_limits(rules: QuantityRules) -> Mapping[Kind, tuple[float, ...]]:
    """The limits of all measures by their kind, ascending."""
    found: dict[Kind, set[float]] = {}
    for measures in rules.questions.values():
        for measure in measures:
            limits = (edge for limit in measure.limits for edge in (limit.at_most, limit.at_least) if edge is not None)
            found.setdefault(measure.kind, set()).update(limits)
    return {kind: tuple(sorted(edges)) for kind, edges in found.items()}


def interpret(quantity: Quantity, rules: QuantityRules, open_question: str | None = None) -> QuantityReading | None:
    """What one quantity answers (`open_question` None: no question is open); None if it answers nothing."""
    readings = list(_readings(quantity, rules, open_question))
    return max(
        readings, key=lambda reading: (_RANK[reading.certainty], reading.question == open_question), default=None
    )


def _readings(quantity: Quantity, rules: QuantityRules, open_question: str | None) -> Iterator[QuantityReading]:
    if quantity.kind in (Kind.OTHER, Kind.PERCENT) or (quantity.each and quantity.kind is not Kind.DURATION):
        return
    if quantity.kind is Kind.COUNT and quantity.low % 1:
        return  # a score, a version
    foreign = _foreign(quantity, rules)
    owners = {
        question
        for question, measures in rules.questions.items()
        if any(_owns(measure, quantity) for measure in measures)
    }
    for question, measures in rules.questions.items():
        if owners and question not in owners:
            continue
        for measure in measures:
            if foreign and {*measure.nouns, *measure.things}.isdisjoint(quantity.noun):
                continue
            sure = _relevance(quantity, measure, question == open_question)
            option, certain = _side(quantity, measure)
            if option and sure is not Certainty.NONE:
                between = certain is not Certainty.TAKE
                yield QuantityReading(question, option, certain if sure is Certainty.TAKE else sure, quantity, between)


def _owns(measure: QuantityMeasure, quantity: Quantity) -> bool:
    """Whether a quantity of this noun belongs to this measure, whatever is asked: "2,200 samples a day" is no count."""
    counts = quantity.kind in (measure.kind, Kind.COUNT)
    return counts and not {*measure.nouns}.isdisjoint(quantity.noun)


def _foreign(quantity: Quantity, rules: QuantityRules) -> bool:
    counted = quantity.noun
    if quantity.kind is Kind.COUNT and quantity.before[-1:] == (english_quantities().of,):
        counted += quantity.before[-2:-1]  # "a team of 14"
    return not {*rules.foreign}.isdisjoint(counted)


def _relevance(quantity: Quantity, measure: QuantityMeasure, asked: bool) -> Certainty:
    """How certain it is that a quantity is about the measure's question."""
    around = _around(quantity)
    if _holds(around, measure.against) or _amount(quantity) > (measure.up_to or math.inf):
        return Certainty.NONE
    cued = _holds(around, measure.cues)
    if quantity.kind is not measure.kind:
        return _of_number(quantity, measure, asked)
    noun = {*quantity.noun}
    counts = not noun.isdisjoint(measure.things) or not (noun or (measure.things and measure.kind is Kind.DURATION))
    if not noun.isdisjoint(measure.nouns) or (counts and cued):
        return measure.named
    if not asked:
        return _unasked(quantity, measure, counts)
    match measure.kind:
        case Kind.RATE:
            return measure.asked
        case Kind.MONEY:
            return _short(quantity, Certainty.PROPOSE if quantity.days else measure.asked)
        case _ if not counts or (not noun and measure.kind is Kind.COUNT):
            strange, most = bool(noun) and _own_words(quantity) > 0, Certainty.PROPOSE if noun else Certainty.TAKE
            return Certainty.NONE if strange else _least(_short(quantity, measure.bare), most)
        case _ if _own_words(quantity) and measure.by_bound and _amount(quantity) > _lower(measure):
            return Certainty.NONE  # "my train leaves in 10 minutes"
        case _:
            return _short(quantity, measure.asked)


def _of_number(quantity: Quantity, measure: QuantityMeasure, asked: bool) -> Certainty:
    """The same for a number without a unit and a measure that has one: "budget 40k"."""
    if quantity.kind is not Kind.COUNT or measure.kind in (Kind.COUNT, Kind.DURATION):
        return Certainty.NONE
    named = {*measure.nouns, *measure.cues}.issuperset(quantity.noun)
    if not named:
        return Certainty.NONE
    if measure.kind is Kind.MONEY and (quantity.noun or _holds(_around(quantity), measure.nouns)):
        return measure.named
    return _short(quantity, measure.bare) if asked else Certainty.NONE


def _lower(measure: QuantityMeasure) -> float:
    return next((limit.at_most for limit in measure.limits if limit.at_most is not None), 0.0)


def _unasked(quantity: Quantity, measure: QuantityMeasure, counts: bool) -> Certainty:
    if measure.by_bound and quantity.bound is Bound.AT_MOST:
        return Certainty.TAKE if quantity.high <= _lower(measure) else Certainty.NONE
    if measure.kind is Kind.RATE:
        return measure.unasked if counts else _least(measure.unasked, Certainty.PROPOSE)
    return measure.unasked if counts and not _own_words(quantity) else Certainty.NONE


def _short(quantity: Quantity, certainty: Certainty) -> Certainty:
    """A certainty, lowered if the clause says other things as well."""
    own = _own_words(quantity)
    if not own:
        return certainty
    return _least(certainty, Certainty.PROPOSE) if own <= _FEW_WORDS else Certainty.NONE


def _own_words(quantity: Quantity) -> int:
    """How many other words of its clause are no fillers."""
    fillers = english().answer_fillers | english().approximations | english_quantities().fillers
    return sum(word[:1].isalnum() and word not in fillers for word in (*quantity.before, *quantity.after))


def _around(quantity: Quantity) -> tuple[str, ...]:
    """The words of its clause, with a gap where the amount stands."""
    return (*quantity.before, "", *quantity.noun, "", *quantity.after)


def _least(one: Certainty, other: Certainty) -> Certainty:
    return min(one, other, key=_RANK.__getitem__)


def _holds(words: Sequence[str], phrases: Words) -> bool:
    listed = _listed(phrases)
    return any(listed.at(words, at) for at in range(len(words)))


@cache  # a handful of lists of a pack
def _listed(phrases: Words) -> PhraseTable[bool]:
    return PhraseTable(dict.fromkeys(phrases, True))


def _amount(quantity: Quantity) -> float:
    return quantity.high if math.isfinite(quantity.high) else quantity.low


def _side(quantity: Quantity, measure: QuantityMeasure) -> tuple[str, Certainty]:
    """The option on whose side of the limits a quantity lies; PROPOSE if it lies between them."""
    low, high = quantity.low, quantity.high
    if measure.kind is Kind.DURATION:  # a deadline is as long as it allows
        low = high = _amount(quantity)
    for limit in measure.limits:
        below = limit.at_most is not None and high <= limit.at_most * _SLACK
        above = limit.at_least is not None and low * _SLACK >= limit.at_least
        if below or above:
            return limit.option, Certainty.TAKE
    if len(measure.limits) < 2:
        return "", Certainty.NONE
    lower, upper = sorted(measure.limits, key=lambda limit: limit.at_most is None)
    assert lower.at_most is not None and upper.at_least is not None
    settled = next((option for option, words in measure.settled.items() if _holds(_around(quantity), words)), None)
    if quantity.bound is Bound.AT_MOST and high < upper.at_least:
        settled = settled or measure.capped
    if settled is not None:
        return settled, Certainty.TAKE
    middle = math.sqrt(lower.at_most * upper.at_least)
    return (lower if quantity.likely < middle else upper).option, Certainty.PROPOSE
