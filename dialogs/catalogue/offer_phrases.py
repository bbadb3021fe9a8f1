"""The phrases by which a text goes back to what was just answered or offered."""

from pydantic import BaseModel, ConfigDict


class OfferPhrases(BaseModel):
    """`marks` say that something was offered, `accepted` take the first of it, with `around` beside them. `more` begin
    a question that goes on from the last one; of these, `joins` lead to another way, with `method_fillers` beside it.
    `shorter` asks for the last answer in short, `brief` for a short answer to the question around it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    marks: tuple[str, ...]
    accepted: tuple[str, ...]
    around: tuple[str, ...]
    more: tuple[str, ...]
    joins: tuple[str, ...]
    method_fillers: tuple[str, ...]
    shorter: tuple[str, ...]
    brief: tuple[str, ...]
