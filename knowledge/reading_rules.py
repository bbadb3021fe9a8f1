"""What the reader looks for, as data of a pack (`reading.yaml`).

A wording is a sequence of words. `<name>` stands for any entry of the group or scale of that name, `<n>` for an amount,
`word?` or `<name>?` for something that may be missing, `...` for up to two words of any kind, `!<name>` for the end of
the wording where no entry of that group follows, and `.` for the end of the clause.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from knowledge.content import Id, Model

Words = tuple[Annotated[str, Field(min_length=1, max_length=120)], ...]


class Limit(Model):
    """An option that holds for amounts up to `at_most`, or from `at_least` on. The source names no such numbers."""

    option: Id
    at_least: float | None = None
    at_most: float | None = None


class Measure(Model):
    """Wordings with an amount, and what the amount says. Between the limits it says nothing: the person judges."""

    wordings: Words = Field(min_length=1, description="Each holds <n>; entries of scales in it multiply the amount.")
    limits: tuple[Limit, ...] = Field(min_length=1)


class ReadingRules(Model):
    """Cues per question and option. A pack without them is read by its options' own words."""

    groups: dict[Id, Words] = Field({}, description="name: words that may stand for each other.")
    scales: dict[Id, dict[str, float]] = Field({}, description="name: words and what they multiply an amount by.")
    cues: dict[str, dict[str, Words]] = Field({}, description="question id: option id: wordings that state it.")
    denied: dict[str, dict[str, str]] = Field(
        {}, description="question id: option id: the option that its denial states."
    )
    measures: dict[str, tuple[Measure, ...]] = Field({}, description="question id: amounts that answer it.")
    anywhere: Words = Field((), description="Questions whose cues count wherever they stand in a clause of ours.")
    timeless: Words = Field((), description="Questions about what is to come: plans and needs answer them as well.")
    shared: Words = Field(
        (), description="Questions on whose subject other people's words count: what they write, say."
    )
    thresholds: dict[Id, float] = Field(
        {}, description="question id: probability from which a clause implies an answer, where not the usual one."
    )
    subjects: tuple[Id, ...] = Field(
        (), description="Questions about what an idea is about: a whole text answers them, no clause of it has to."
    )
    below: dict[str, dict[str, float]] = Field(
        {},
        description="question id: option id: an amount; a text with one as large as that does not state the"
        " option, unless the amount answers another question or the option is stated with an amount of its own.",
    )

    @model_validator(mode="after")
    def _groups_exist(self) -> "ReadingRules":
        known = {"n", *self.groups, *self.scales}
        for wording in self._wordings():
            for part in wording.split():
                name = part.removeprefix("!").removesuffix("?")
                if name.startswith("<") and name.strip("<>") not in known:
                    raise ValueError(f"there is no group or scale {name} for the wording `{wording}`")
            if all(part == "..." or part.endswith("?") or part.startswith(("!", ".")) for part in wording.split()):
                raise ValueError(f"everything in the wording `{wording}` may be missing")
        return self

    def _wordings(self) -> Iterator[str]:
        for options in self.cues.values():
            for wordings in options.values():
                yield from wordings
        for measures in self.measures.values():
            for measure in measures:
                yield from measure.wordings
