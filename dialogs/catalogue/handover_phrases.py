"""How people ask to hand over several ideas."""

from pydantic import BaseModel, ConfigDict


class HandoverPhrases(BaseModel):
    """`asks` with a verb of `gives`, or `asks_you` with one of `takes`, beside words for `several`. Behind these stand
    `nouns` for ideas or words of `after`; any other word is something else of which there are several.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    asks: tuple[str, ...]
    asks_you: tuple[str, ...]
    gives: frozenset[str]
    takes: frozenset[str]
    several: tuple[str, ...]
    nouns: frozenset[str]
    after: frozenset[str]
