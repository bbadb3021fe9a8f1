"""Where a conversation takes place, and the keys under which Redis has it.

A thread in a channel: `advisor:{space:thread}`. A place without threads: `advisor:{space:}`. In a direct message the
conversations share the hash tag: `advisor:{space}:thread`, and beside them stands `advisor:{space}:@open`, which holds
the thread of the open one; so a bare message finds its conversation in one step, on a Cluster as well. Ids are
percent-encoded, so that no two places share a key, whatever the ids contain.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self
from urllib.parse import quote, unquote

BOARD_THREAD = "@board"
"""The thread that a board has in the index of participants; no platform has one of that name."""

_MESSAGE_ID = ";messageid="
"""Begins the part of a Teams channel's id that names the thread."""

_TARGETED = ":targeted:"
"""Begins the part of a space that names the only person who sees what is said there."""


def percent_encoded(part: str) -> str:
    """A part of a key or an address, in which no character has a special meaning."""
    return quote(part, safe="")


@dataclass(frozen=True)
class Place:
    """A thread on a channel.

    `space` names the channel, the chat or the direct message, with platform and team or tenant in front where these
    are needed to tell it apart. `thread` is None where the space has no threads, or for a bare message in a direct
    message. `direct`: in this space a message outside all threads goes on with the open conversation.
    """

    space: str
    thread: str | None = None
    direct: bool = False

    def __post_init__(self) -> None:
        if not self.space or self.thread == "":
            raise ValueError("a place needs a space, and a thread is absent or has a name")

    def within(self, thread: str) -> Self:
        """The place of another thread in the same space."""
        return replace(self, thread=thread)

    def targeted(self, person: str) -> Self:
        """The place of what is between one person and the advisor here, though others are here as well."""
        return replace(self, space=f"{self.space}{_TARGETED}{person}")

    @cached_property
    def board(self) -> "Place":
        """Where the ideas of this place are: one board for all threads of a channel, chat or direct message, and one
        of each person's own for what is between them and the advisor there.
        """
        shared, targeted, person = self.space.partition(_TARGETED)
        return Place(f"{shared.partition(_MESSAGE_ID)[0]}{targeted}{person}", BOARD_THREAD, direct=True)

    @property
    def scope(self) -> str:
        """Platform and team or tenant: what is stored by person is stored within it."""
        return ":".join(self.space.split(":")[:2])

    def space_key(self, prefix: str) -> str:
        """Prefix of all keys of a direct space."""
        return f"{prefix}:{{{self._encoded_space}}}:"

    def open_key(self, prefix: str) -> str:
        """The key that holds the thread of a direct space's open conversation. `@` occurs in no encoded thread."""
        return f"{self.space_key(prefix)}@open"

    def queue_key(self, prefix: str) -> str:
        """The key of the messages that wait for each other: of this thread, or of all in a direct space."""
        return f"{self.space_key(prefix)}@queue" if self.direct else f"{self.key(prefix)}:queue"

    def key(self, prefix: str) -> str:
        """The key of the conversation; ValueError for a direct place without a thread, which has none of its own."""
        if not self.direct:
            return f"{prefix}:{{{self._encoded_space}:{self.thread_key}}}"
        if self.thread is None:
            raise ValueError("a conversation in a direct message needs a thread")
        return f"{self.space_key(prefix)}{self.thread_key}"

    @cached_property
    def _encoded_space(self) -> str:
        """Colons are not encoded: a thread has none, so the last colon separates the two."""
        return quote(self.space, safe=":@;=/.")

    @cached_property
    def thread_key(self) -> str:
        """The thread as it stands in keys; empty where there is none."""
        return percent_encoded(self.thread or "")

    def at_thread_key(self, thread_key: str) -> Self:
        """The place in this space whose thread stands in keys as `thread_key`."""
        return self.within(unquote(thread_key)) if thread_key else self
