"""How certain it is that a text answers a question: what that means, and from which probability on."""

from enum import StrEnum


class Certainty(StrEnum):
    """TAKE: plainly said. PROPOSE: likely; ask "… right?" and never take it silently. NONE: no answer."""

    NONE = "none"
    PROPOSE = "propose"
    TAKE = "take"


TAKEN = 0.7
"""Probability from which an answer is taken; see docs/decisions/059-opinions-are-weighed.md."""

SAID_INSIDE = 0.92
"""The same where words of an option stand among others: "heavy traffic on the A5", "nothing technical"."""

PROPOSED = 0.2
"""Probability from which an answer is proposed."""

SURE_CASE = 0.9
"""Probability from which an answer to a practice case is taken although it may be doubted: nothing rests on it."""
