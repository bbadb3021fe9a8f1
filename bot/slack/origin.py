"""Where something was done, so that replies find their way, also when another process has to send them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

CHANNEL = "channel"
"""What a card's address holds: the id of the channel that it stands in."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace, and the organisation that it belongs to, if any."""

    team: str | None
    enterprise: str | None = None

    @property
    def owner(self) -> str:
        """What conversations are kept under: an organisation's channels may be shared by its workspaces."""
        return self.enterprise or self.team or ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in Slack and a person in it.

    `channel` is a channel's id, or a person's, which stands for the direct messages with them. `thread` is None at the
    top level. `response_url` reaches the sender alone, also where the bot is no member, for half an hour. `ephemeral`:
    pressed on a message that only the sender sees. `opens`: done by a message outside of all threads; Slack shows what
    is for one person in the thread below it only once a reply stands there.
    """

    workspace: Workspace
    channel: str
    thread: str | None
    user: str
    response_url: str | None = None
    ephemeral: bool = False
    opens: bool = False

    @property
    def address(self) -> Mapping[str, str]:
        """What is noted of it for a reply that is owed; the response_url is a secret and too short-lived for that."""
        parts = {
            "team": self.workspace.team,
            "enterprise": self.workspace.enterprise,
            "channel": self.channel,
            "thread": self.thread,
            "user": self.user,
        }
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def from_address(cls, address: Mapping[str, str]) -> Self:
        """Reads the noted form; KeyError where it is not one."""
        workspace = Workspace(address.get("team"), address.get("enterprise"))
        return cls(workspace, address["channel"], address.get("thread"), address["user"])
