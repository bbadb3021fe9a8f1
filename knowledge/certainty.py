"""How certain it is that a text answers a question."""

from enum import StrEnum


class Certainty(StrEnum):
    """TAKE: plainly said. PROPOSE: likely; ask "… right?" and never take it silently. NONE: no answer."""

    NONE = "none"
    PROPOSE = "propose"
    TAKE = "take"
