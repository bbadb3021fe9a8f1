"""The base types of all content of a pack: ids, lengths of text, parts with an id, and the source."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="A stable id: lower case, digits, - and _.")]
Label = Annotated[str, Field(min_length=1, max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Words = tuple[Annotated[str, Field(min_length=1, max_length=80)], ...]


class Model(BaseModel):
    """Base of all content: frozen, and a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Claim(Model):
    """One sentence or two in our own words, and the section of the source it rests on."""

    text: Text
    section: Id


class PackPart(Model):
    """A part of the pack with an id of its own."""

    id: Id


class Section(PackPart):
    """A part of the source that claims can rest on."""

    title: Line


class Source(Model):
    """Where the framework comes from, and what its publisher may gain from it."""

    title: Line
    publisher: Label
    published: date
    interest: Line = Field(description="One sentence: what the publisher sells.")
