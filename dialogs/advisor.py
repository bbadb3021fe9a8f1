"""What every turn needs besides the conversation: knowledge, words and flows."""

from dataclasses import dataclass
from typing import Self

from dialogs.catalogue import Catalogue
from dialogs.flows.registry import FlowRegistry
from knowledge.interfaces import Knowledge
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Advisor:
    """Knowledge of one pack, the words of one language, and the flows that work with them."""

    knowledge: Knowledge
    catalogue: Catalogue
    flows: FlowRegistry

    @classmethod
    def build(cls, knowledge: Knowledge, catalogue: Catalogue) -> Self:
        """An advisor with all flows."""
        return cls(knowledge, catalogue, FlowRegistry.build(knowledge, catalogue))

    @property
    def pack(self) -> Pack:
        """The pack that it knows."""
        return self.knowledge.pack
