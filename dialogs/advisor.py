"""What every turn needs besides the conversation: knowledge and words."""

from dataclasses import dataclass

from dialogs.catalogue import Catalogue
from dialogs.flow import Flow
from knowledge.pack import Pack
from knowledge.understanding import Knowledge


@dataclass(frozen=True, slots=True)
class Advisor:
    """Knowledge of one pack, the words of one language, and the flows that it has besides advising."""

    knowledge: Knowledge
    catalogue: Catalogue
    flows: tuple[Flow, ...] = ()

    @property
    def pack(self) -> Pack:
        """The pack that it knows."""
        return self.knowledge.pack
