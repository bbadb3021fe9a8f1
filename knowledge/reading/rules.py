"""What the reader looks for, as data of a pack (`reading.yaml`)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Words = tuple[Annotated[str, Field(min_length=1, max_length=80)], ...]


class ReadingRules(BaseModel):
    """Cues per question and option. A pack without them is read by its options' own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cues: dict[str, dict[str, Words]] = Field({}, description="question id: option id: wordings that state it.")
