"""Prompts that are not questions of the pack: a few choices that a flow offers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice; `id` is the verb of its button, `words` can be typed for it."""

    id: str
    label: str
    words: tuple[str, ...]

    @property
    def record(self) -> str:
        """Its form in records."""
        return self.label


@dataclass(frozen=True, slots=True)
class ChoicePrompt:
    """A prompt that waits for one of its options."""

    id: str
    name: str
    options: tuple[Choice, ...]
