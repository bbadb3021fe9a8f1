"""What surrounds the source: facts from elsewhere, and the words of the subject. They inform and never decide.

What comes from outside has a source, the day on which it was read there, and a day from which it no longer holds. It is
shown only while it holds and was read a short while ago; `is_current` tells. The day comes in as an argument.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from knowledge.content import Id, Label, Line, PackPart, Text, Words
from knowledge.phrasings import Wordings

READ_WITHIN = timedelta(days=120)
"""How long after it was read something from outside is shown."""

Url = Annotated[str, Field(pattern=r"^https://", max_length=300)]

PriceName = Annotated[str, Field(pattern="^price_(in|out|training)$")]


def last_day(read: date, expires: date) -> date:
    """The last day on which something that was read then, and expires then, is shown."""
    return min(read + READ_WITHIN, expires - timedelta(days=1))


class SourceGrade(StrEnum):
    """The grade of a source. A: the page of whoever the fact is about. B: several others that agree. C: one other."""

    A = "A"
    B = "B"
    C = "C"


class OutsideText(PackPart):
    """What others than the source say to a question, which is its title, and where and when that was read."""

    title: Line
    text: Text = Field(description="At most 45 words.")
    source: Line
    url: Url
    read: date
    expires: date = Field(description="From this day on it is not shown any more.")
    confidence: SourceGrade
    phrasings: Wordings = Field((), description="Questions that it answers.")

    @cached_property
    def last_day(self) -> date:
        """The last day on which it is shown."""
        return last_day(self.read, self.expires)

    def is_current(self, today: date) -> bool:
        return today <= self.last_day


class OutsideEntry(OutsideText):
    """A fact from outside the source that is found by asking, offered and linked."""

    line: Line | None = Field(
        None, description="At most 17 words; names no verdict. Shown below a verdict where an idea calls for the entry."
    )
    verdicts: tuple[Id, ...] = Field((), description="Verdicts under which it is linked.")
    passages: tuple[Id, ...] = Field((), description="Passages under which it is linked.")
    topics: Words = Field(
        (), description="Words that make a question one about it; with + between parts that may stand apart."
    )
    prices: dict[PriceName, Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]] = Field(
        {}, description="Dollars for a million tokens, in quotes. In a sum they count where nobody gave one."
    )
    beside_sums: bool = Field(False, description="Shown below sums in which tuning makes a prompt shorter.")
    calls: Wordings = Field((), description="What an idea says that calls for it; needs `line`.")
    not_calls: Wordings = Field((), description="What sounds like that and calls for nothing.")
    keywords: Words = Field(
        (), description="Words that call for it; with + between parts that may stand apart in a sentence."
    )


class TermOrigin(StrEnum):
    """Who explains a term: the source, somebody else, or one sentence each."""

    ARTICLE = "article"
    OUTSIDE = "outside"
    BOTH = "both"


class Term(PackPart):
    """A word of the subject, in two plain sentences."""

    title: Line
    says: TermOrigin
    text: Text = Field(description="Two sentences, at most 45 words.")
    example: Line | None = None
    section: Id | None = Field(None, description="Where the source explains it; needed unless `says` is outside.")
    source: Line | None = Field(None, description="This and the next four are needed unless `says` is article.")
    url: Url | None = None
    read: date | None = None
    expires: date | None = None
    confidence: SourceGrade | None = None
    names: tuple[Label, ...] = Field(min_length=1, description="How people write it: abbreviation, plural, spelling.")
    needs_context: bool = Field(False, description="An everyday word: alone it is asked for only with a question mark.")
    phrasings: Wordings = Field((), description="Questions that it answers.")
    words_in_100_tokens: int | None = Field(
        None, gt=0, description="By which sums take words for tokens; within what `text` says."
    )

    @model_validator(mode="after")
    def _has_its_origin(self) -> Self:
        outside = (self.source, self.url, self.read, self.expires, self.confidence)
        if self.says is not TermOrigin.ARTICLE and None in outside:
            raise ValueError("what comes from outside needs source, url, read, expires and confidence")
        if self.says is TermOrigin.ARTICLE and any(value is not None for value in outside):
            raise ValueError("what the source explains has a section and no other source")
        if (self.says is TermOrigin.OUTSIDE) == (self.section is not None):
            raise ValueError("`section` goes with `says: article` and `says: both`")
        return self

    @property
    def last_day(self) -> date | None:
        """The last day on which it is shown; None where nothing of it is from outside."""
        return last_day(self.read, self.expires) if self.read and self.expires else None

    def is_current(self, today: date) -> bool:
        return self.last_day is None or today <= self.last_day
