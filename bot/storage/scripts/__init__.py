"""The Lua scripts that run inside Redis, a module for each store. The head of each says what it takes and answers."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1


@dataclass(frozen=True)
class LuaScript:
    """A Lua script. It runs as one step; all its keys lie in one slot."""

    text: str

    @cached_property
    def sha(self) -> str:
        """The hash under which Redis remembers the script."""
        return sha1(self.text.encode(), usedforsecurity=False).hexdigest()
