"""The Lua scripts that run inside Redis, a module for each store with several; others stand where they are used.

Their first lines document arguments and answer.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1


@dataclass(frozen=True)
class LuaScript:
    """A Lua script. It runs atomically; all its keys are in one slot."""

    text: str

    @cached_property
    def sha(self) -> str:
        """The hash under which Redis remembers the script."""
        return sha1(self.text.encode(), usedforsecurity=False).hexdigest()
