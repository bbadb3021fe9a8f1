"""What people type at "new idea, or go on?"."""

from pydantic import BaseModel, ConfigDict


class ChoicePhrases(BaseModel):
    """What is left of a choice without the words `around` it: for the `new` idea, the `old` one, `neither`, or that it
    was a `question`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    new: frozenset[str]
    old: frozenset[str]
    neither: frozenset[str]
    question: frozenset[str]
    around: frozenset[str]
