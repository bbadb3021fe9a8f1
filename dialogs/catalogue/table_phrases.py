"""What stands above the columns of a pasted table of ideas."""

from pydantic import BaseModel, ConfigDict


class TablePhrases(BaseModel):
    """Headers: of running numbers (`number`), of what the idea is (`title`), and of `others` that say nothing about the
    framework's questions, and how often something happens (`rates`). Those of answers are the names of the questions.
    `empty` cells say nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: tuple[str, ...]
    title: tuple[str, ...]
    others: tuple[str, ...]
    rates: tuple[str, ...]
    empty: tuple[str, ...]
