"""Prompts of the interface's own words: a few choices that a flow offers, each a `Prompt` as a question is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose; `id` is the verb of its button, `words` mean it too."""

    id: str
    label: str
    words: tuple[str, ...]

    @property
    def record(self) -> str:
        """As it is noted."""
        return self.label


@dataclass(frozen=True, slots=True)
class ChoicePrompt:
    """What waits for one of its options."""

    id: str
    name: str
    options: tuple[Choice, ...]
