"""Activities from Teams, checked: what they say of the sender, the place, the files and the mentions."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from html import unescape
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from pydantic import (
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    OnErrorOmit,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel
from yarl import URL

from bot.storage.place import Place
from bot.storage.record import Card
from dialogs.message import Person

Id = Annotated[str, Field(pattern=r"^[^\p{Cc}\p{Zl}\p{Zp}]*$")]
"""Ids and addresses are opaque, but have no line breaks and no control characters: they become parts of requests."""

TARGETED = "targeted"
"""In an address, and in the data of buttons: only one person sees the message."""

_MESSAGES = "https://teams.microsoft.com/l/message"
_CHATS = "https://teams.microsoft.com/l/chat/0/0"
_IN_A_CHAT = quote('{"contextType":"chat"}')

_TAG = re.compile(r"</?at\b[^>]*>", re.IGNORECASE)


class ConversationType(StrEnum):
    """The three types of conversation in Teams."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


class ActivityModel(BaseModel):
    """A part of an activity. Unknown fields are ignored: Teams adds new ones without notice."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, extra="ignore")


class Account(ActivityModel):
    """A person or a bot. Both ids are opaque; the directory's one stays the same in every conversation."""

    id: Id = Field(min_length=1)
    name: str | None = None
    aad_object_id: Id | None = None
    is_targeted: bool | None = None


class ConversationInfo(ActivityModel):
    """The conversation. In a channel the id ends in `;messageid=` and the root message, and must not be cut."""

    id: Id = Field(min_length=1)
    conversation_type: str | None = None
    tenant_id: Id | None = None
    is_group: bool | None = None


class MentionEntity(ActivityModel):
    """A mention in the text."""

    type: Literal["mention"]
    text: str | None = None
    mentioned: Account | None = None


class SentFile(ActivityModel):
    """A file that came with a message: one that was sent to the bot, or (`reference`) one in a channel or a group chat,
    which a bot cannot fetch. Its address, in a personal chat alone, holds the right to fetch it."""

    content_type: Literal["application/vnd.microsoft.teams.file.download.info", "reference"]
    name: str = ""
    download_url: str = Field("", validation_alias=AliasPath("content", "downloadUrl"))


class IncomingActivity(ActivityModel):
    """An activity as it arrives. `value` is a button's data, or an invoke's.

    Entities that are no mentions are left out, and attachments that are no files: cards, pictures, the text as HTML.
    """

    type: str = Field(min_length=1)
    id: Id | None = None
    timestamp: datetime | None = None
    channel_id: str | None = None
    service_url: Id = Field(min_length=1)
    sender: Account | None = Field(None, alias="from")
    recipient: Account | None = None
    conversation: ConversationInfo
    text: str | None = None
    name: str | None = None
    action: str | None = None
    value: Any = None
    reply_to_id: Id | None = None
    mentions: tuple[OnErrorOmit[MentionEntity], ...] = Field((), alias="entities")
    members_added: tuple[Account, ...] = ()
    files: tuple[OnErrorOmit[SentFile], ...] = Field((), alias="attachments")
    channel_tenant: Id | None = Field(None, validation_alias=AliasPath("channelData", "tenant", "id"))

    @field_validator("service_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        """One that replies can be sent to: read as the client will, which refuses a broken port only then."""
        URL(value)
        return value

    @field_validator("mentions", "members_added", "files", mode="before")
    @classmethod
    def _absent(cls, value: Any) -> Any:
        return () if value is None else value

    @field_validator("timestamp")
    @classmethod
    def _with_zone(cls, value: datetime | None) -> datetime | None:
        """UTC where no zone is given: the machine's own zone is not that of whoever wrote."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type in {"message", "invoke"} and (self.sender is None or not self.id):
            raise ValueError("id or from is missing")
        return self

    @property
    def tenant(self) -> str | None:
        return self.conversation.tenant_id or self.channel_tenant

    @property
    def conversation_type(self) -> ConversationType:
        """The type of conversation; the two shared ones can also be told by the form of their ids."""
        if self.conversation.conversation_type in set(ConversationType):
            return ConversationType(self.conversation.conversation_type)
        if "@thread.tacv2" in self.conversation.id or "@thread.skype" in self.conversation.id:
            return ConversationType.CHANNEL
        shared = self.conversation.is_group or self.conversation.id.startswith("19:")
        return ConversationType.GROUP if shared else ConversationType.PERSONAL

    @property
    def person(self) -> Person:
        """The sender; if Teams names none (for some installations), the conversation counts as the person."""
        if self.sender is None:
            return Person(self.conversation.id)
        return Person(self.sender.aad_object_id or self.sender.id, self.sender.name)

    @property
    def targeted(self) -> bool:
        """Whether it is between one person and the bot, though others are in the conversation: a command after a slash,
        or a press on a message that only this person sees."""
        if self.conversation_type is ConversationType.PERSONAL:
            return False
        return bool(self.recipient and self.recipient.is_targeted) or _marked(self.value)

    @property
    def place(self) -> Place:
        """The chat, or the channel's thread; what is targeted is that person's alone."""
        place = Place(f"teams:{self.tenant or 'local'}:{self.conversation.id}")
        return place.targeted(self.person.id) if self.targeted else place

    @property
    def link(self) -> str | None:
        """Where a channel's thread is."""
        channel, _, root = self.conversation.id.partition(";messageid=")
        return f"{_MESSAGES}/{quote(channel)}/{quote(root)}" if root else None

    @property
    def permalink(self) -> str | None:
        """Where the message is, or the card that was pressed. Of a chat with the bot alone Teams has links to the chat
        as a whole, and none while it runs without an id."""
        bot = self.recipient.id if self.recipient else ""
        if self.conversation_type is ConversationType.PERSONAL:
            return f"{_CHATS}?users={quote(bot, safe=':')}" if bot.startswith("28:") else None
        message = self.id if self.type == "message" and not isinstance(self.value, dict) else self.reply_to_id
        if self.targeted or not message:
            return None
        channel, _, root = self.conversation.id.partition(";messageid=")
        if not root:
            return f"{_MESSAGES}/{quote(channel)}/{quote(message)}?context={_IN_A_CHAT}"
        within = f"?parentMessageId={quote(root)}" if message != root else ""
        return f"{_MESSAGES}/{quote(channel)}/{quote(message)}{within}"

    @property
    def pressed_card(self) -> Card | None:
        """The message that the pressed button is on, as far as Teams says."""
        return Card(self.reply_to_id, self.address) if self.reply_to_id else None

    @property
    def address(self) -> dict[str, str]:
        """What is needed to post in this conversation again, later and from another process."""
        bot = self.recipient.id if self.recipient else ""
        return {
            "service": self.service_url,
            "conversation": self.conversation.id,
            "bot": bot,
            "scope": self.conversation_type,
            **({"person": self.sender.id} if self.sender else {}),
            **({TARGETED: "yes"} if self.targeted else {}),
        }

    @property
    def adds_bot(self) -> bool:
        """Whether the bot itself is among those who were added."""
        return any(self._is_bot(member) for member in self.members_added)

    @property
    def mentions_bot(self) -> bool:
        return any(self._is_bot(mention.mentioned) for mention in self.mentions)

    @property
    def typed_text(self) -> str:
        """The text as the person typed it: without the bot's mentions, other people's as plain names.

        Only the exact text of each mention goes, once for each, so that words that equal the bot's name stay. Teams
        escapes what people type, so tags that are left over are its own.
        """
        text = self.text or ""
        for mention in self.mentions:
            if mention.text:
                name = None if self._is_bot(mention.mentioned) or not mention.mentioned else mention.mentioned.name
                text = text.replace(mention.text, name or "", 1)
        return unescape(_TAG.sub("", text)).replace("\xa0", " ").strip()

    def _is_bot(self, account: Account | None) -> bool:
        return account is not None and self.recipient is not None and account.id == self.recipient.id


def _marked(value: object) -> bool:
    """Whether a press came from a message that only one person sees."""
    if not isinstance(value, dict):
        return False
    action = value.get("action")
    data = action.get("data") if isinstance(action, dict) else value
    return isinstance(data, dict) and data.get(TARGETED) is True
