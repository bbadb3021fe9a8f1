"""The base types of all content of a pack: ids, lengths of text, and parts that are found by their id."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

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


AnyPart = TypeVar("AnyPart", bound=PackPart)


def find(parts: Iterable[AnyPart], part_id: str) -> AnyPart:
    """The part with this id; KeyError where there is none. Packs have few of each, so they are gone through."""
    for part in parts:
        if part.id == part_id:
            return part
    raise KeyError(part_id)
