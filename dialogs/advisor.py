"""What every turn needs besides the conversation: knowledge and words."""

from dataclasses import dataclass

from dialogs.catalogue import Catalogue
from dialogs.flows.base import Flow
from knowledge.interfaces import Knowledge
from knowledge.pack import Pack


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
