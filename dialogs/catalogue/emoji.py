"""What emoji say."""

from pydantic import BaseModel, ConfigDict


class Emoji(BaseModel):
    """What emoji say in a message that has no words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    happy: tuple[str, ...]
    unhappy: tuple[str, ...]
