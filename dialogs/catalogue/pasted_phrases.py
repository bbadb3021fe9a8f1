"""The phrases by which a pasted list of ideas is told from one idea in several parts."""

from pydantic import BaseModel, ConfigDict


class PastedPhrases(BaseModel):
    """`announcements` and `specifications` lead up to ideas, or parts of one. `details`, `remarks`, `greetings` begin
    lines that are no ideas, as do `headings` with a date (`months`) or a colon; `tasks` name one, and `verbs`
    are words of statements.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    announcements: tuple[str, ...]
    specifications: tuple[str, ...]
    details: tuple[str, ...]
    verbs: tuple[str, ...]
    tasks: tuple[str, ...]
    remarks: tuple[str, ...]
    greetings: tuple[str, ...]
    headings: tuple[str, ...]
    months: frozenset[str]
