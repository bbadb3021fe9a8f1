"""What every turn needs besides the conversation: knowledge and words."""

from dataclasses import dataclass

from dialogs.catalogue import Catalogue
from knowledge.pack import Pack
from knowledge.understanding import Knowledge


@dataclass(frozen=True, slots=True)
class Advisor:
    """Knowledge of one pack and the words of one language."""

    knowledge: Knowledge
    catalogue: Catalogue

    @property
    def pack(self) -> Pack:
        """The pack that it knows."""
        return self.knowledge.pack
