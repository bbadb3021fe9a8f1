"""The record of a conversation in Redis: the fields of its hash, and how they are parsed.

`doc` the document as JSON · `rev` its revision · `schema` its schema · `write` a token of the save that put it there ·
`card` where the live card is, as JSON · `delivered` the revision up to which replies have been delivered ·
`left` where it was before somebody pressed a newer one that was not on record yet ·
`behind` set while a delivery of an older revision may have overwritten the newest on its card ·
`marks` the newest marks of deliveries, each with what it found, for those that are sent again (`sessions`) ·
`draft` the last texts to take away that a language model worded, one of each form (`dialogs.wording.draft`).
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from bot.storage.errors import CorruptRecord, NewerSchema
from bot.storage.place import Place

FIELDS = ("doc", "rev", "schema", "write", "card", "delivered", "draft")
"""The fields that are read, in this order."""

_MAX_DIGITS = 15
"""Digits of the longest number that Lua scripts compare exactly."""


class Card(NamedTuple):
    """The live card. `message` is the platform's id of the message that shows it; `address` is what else the channel
    needs to edit it (a channel's id, a service address, …)."""

    message: str
    address: Mapping[str, str] = MappingProxyType({})

    def to_json(self) -> str:
        return to_json({"message": self.message, "address": dict(self.address)}).decode()


class StoredConversation(NamedTuple):
    """A conversation as it is stored in Redis.

    `place` has the thread filled in that the conversation was found under. Nothing stored: `document` is None and the
    numbers are 0. `write` is the token of the save that put the document there. `delivered` below `revision`: replies
    are still pending. `order` is a number for a change of the board, if one was taken as this was loaded.
    """

    place: Place
    document: str | None = None
    revision: int = 0
    schema: int = 0
    write: str = ""
    card: Card | None = None
    delivered: int = 0
    order: int = 0
    draft: str = ""


class SaveResult(NamedTuple):
    """The outcome of a compare-and-set: whether the document was written, and what is stored now.

    Not done: somebody else wrote meanwhile (or the conversation expired or was forgotten); `current` is theirs.
    """

    done: bool
    current: StoredConversation


class DeliveryResult(NamedTuple):
    """The result of recording a delivery: the revision that is stored now, and the live card as it was recorded before,
    with the revision that was `delivered` on it. `left`: the one before the card of this delivery, where a press has
    put this one on record. `behind`: an older revision was shown since the current one was saved.

    A revision above the delivered one: the card is already superseded. 0: the conversation is gone, and nothing was
    recorded.
    """

    revision: int
    before: Card | None
    delivered: int = 0
    left: Card | None = None
    behind: bool = False


def parse(place: Place, values: Sequence[bytes | None], known_schema: int) -> StoredConversation:
    """A conversation from the values of FIELDS; CorruptRecord or NewerSchema where it cannot be used."""
    if all(value is None for value in values):
        return StoredConversation(place)
    document, revision, schema, write, card, delivered, draft = values
    try:
        found = number("schema", schema)
        if found > known_schema:
            raise NewerSchema(found, known_schema)
        return StoredConversation(
            place,
            _document(document),
            number("rev", revision),
            found,
            (write or b"").decode(),
            card=read_card(card),
            delivered=number("delivered", delivered or b"0"),
            draft=(draft or b"").decode(errors="replace"),
        )
    except ValueError as error:
        raise CorruptRecord(str(error), place) from None


def number(name: str, value: bytes | None) -> int:
    """The number in a field; ValueError where there is none."""
    if value is None or not value.isdigit() or len(value) > _MAX_DIGITS:
        raise ValueError(f"{name} is missing or not a number")
    return int(value)


def _document(value: bytes | None) -> str:
    """The document as text; whether it makes sense is for `Conversation.from_json`."""
    try:
        text = (value or b"").decode()
    except UnicodeDecodeError:
        raise ValueError("doc is not text") from None
    if not text.startswith("{"):
        raise ValueError("doc is not a JSON object")
    return text


def read_card(value: bytes | None) -> Card | None:
    """The card in a field, if there is one; ValueError where it is none."""
    if value is None:
        return None
    try:
        found: Any = orjson.loads(value)
        message, address = found["message"], found.get("address", {})
        if not isinstance(message, str):
            raise TypeError
        return Card(message, {str(name): str(part) for name, part in address.items()})
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ValueError("card is no card") from None


def to_json(value: object) -> bytes:
    """A value as JSON in UTF-8. TypeError where it holds what JSON does not know.

    A platform may send values that orjson refuses; they must not make a message fail.

    Numbers of more than 64 bits are written as they are, halves of surrogate pairs as "?".
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
