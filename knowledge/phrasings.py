"""How people put things: example wordings per passage and scenario, and wordings that ask for something else.

They are data of a pack (`phrasings.yaml`). Matching is fitted from them; nobody ever sees them.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Wording = Annotated[str, Field(min_length=1, max_length=300)]
Wordings = tuple[Wording, ...]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


class Spelling(BaseModel):
    """The domain's abbreviations and spelling variants, for `normalising`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variants: dict[str, str] = Field(
        {}, description="written form: the form everything is brought to; up to four words."
    )
    words: Wordings = Field((), description="Words of the domain towards which one slip of the keyboard is repaired.")
    kept: Wordings = Field((), description="Ordinary words that look like a slip of one of `words` and are none.")


class Phrasings(BaseModel):
    """Example wordings. A pack without them is matched by its own titles and texts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    spelling: Spelling = Spelling()
    anchors: Wordings = Field(
        (), description="Words of which a question holds one if it is answered at once; none: any."
    )
    passages: dict[Name, Wordings] = Field({}, description="passage id: questions that it answers.")
    beside: dict[Name, Wordings] = Field({}, description="kind: texts that no passage answers, near ones above all.")
    scenarios: dict[Name, Wordings] = Field({}, description="scenario id: descriptions of projects built like it.")
    no_project: Wordings = Field((), description="Texts that describe no project, beyond the passages' questions.")


class Statements(BaseModel):
    """What people say that answers a question without naming it, and what sounds like it and answers nothing.

    Data of a pack (`statements.yaml`) as well. A pack without them is read by its wordings alone (`reading.rules`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: dict[Name, dict[Name, Wordings]] = Field({}, description="question id: option id: sentences that imply it.")
    unsaid: dict[Name, Wordings] = Field({}, description="kind: sentences that imply nothing, near ones above all.")
