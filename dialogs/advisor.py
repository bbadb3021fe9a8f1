"""What every turn needs besides the conversation: knowledge and words."""

from dataclasses import dataclass, field

from dialogs.catalogue import Catalogue
from dialogs.flows.base import Flow
from dialogs.once import Once
from knowledge.interfaces import Knowledge
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Advisor:
    """Knowledge of one pack, the words of one language, and the flows that it has besides advising.

    `once` keeps parts of views that follow from pack and catalogue alone.
    """

    knowledge: Knowledge
    catalogue: Catalogue
    flows: tuple[Flow, ...] = ()
    once: Once = field(default_factory=Once, init=False, compare=False, repr=False)

    @property
    def pack(self) -> Pack:
        """The pack that it knows."""
        return self.knowledge.pack
