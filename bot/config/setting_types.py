"""The types of settings: which texts each accepts, and how they become a value."""

import ipaddress
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import BeforeValidator, Field, SecretStr

from bot.config.redis_url import RedisAddress


@dataclass(frozen=True, slots=True)
class SettingType:
    """`description` completes "must be …" in an error, and is the type in the table of settings."""

    description: str


class AppType(StrEnum):
    """How the Teams app signs in. Only a managed identity has no password."""

    MULTI_TENANT = "MultiTenant"
    SINGLE_TENANT = "SingleTenant"
    MANAGED_IDENTITY = "UserAssignedMSI"


class LogLevel(StrEnum):
    """The lowest level that is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    """Format of log lines."""

    TEXT = "text"
    JSON = "json"


class Unanswered(StrEnum):
    """Which unanswered questions are stored with their text."""

    SHARED = "shared"
    ALL = "all"
    OFF = "off"


class ModelWhen(StrEnum):
    """Which lines a language model is asked about."""

    UNSURE = "unsure"
    ALWAYS = "always"


class ModelUse(StrEnum):
    """What a language model is for."""

    LISTEN = "listen"
    SPEAK = "speak"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the host; a name other than localhost counts as no."""
    with suppress(ValueError):
        return host.lower() == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def _one_of(kind: type[StrEnum]) -> BeforeValidator:
    names = {str(member).lower(): member for member in kind}
    return BeforeValidator(lambda text: names.get(str(text).lower(), text))


_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(text: Any) -> Any:
    found = re.fullmatch(r"([0-9]{1,9})([smhd]?)", str(text).lower())
    if found is None:
        raise ValueError("not a duration")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def _redis_url(text: Any) -> Any:
    RedisAddress.parse(text.get_secret_value() if isinstance(text, SecretStr) else str(text))
    return text


def secret_text(secret: SecretStr | None) -> str:
    """The secret itself; "" for none."""
    return secret.get_secret_value() if secret else ""


KEY_BYTES = 32
"""Length of an encryption key."""

ID = "an id like 00000000-0000-0000-0000-000000000000"


def is_guid(text: str) -> bool:
    """Whether it has the form of Microsoft's ids, in any spelling."""
    with suppress(ValueError):
        return bool(UUID(text))
    return False


def normalized_guid(text: Any) -> str:
    """A GUID in the spelling in which Microsoft's tokens have it; any other text stays as it is."""
    return str(UUID(str(text))) if is_guid(str(text)) else str(text)


def tenant_id(text: str) -> str:
    """A tenant's id; ValueError for a domain, which can sign in but never stands in an activity of Teams."""
    if "." in text:
        raise ValueError("a domain")
    return normalized_guid(text)


def _parts(text: str) -> Iterator[str]:
    """The entries of a list with commas."""
    return filter(None, map(str.strip, text.split(",")))


def _tenant_ids(text: Any) -> Any:
    return tuple(map(tenant_id, _parts(text))) if isinstance(text, str) else text


def _workspace_ids(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    ids = tuple(_parts(text.upper()))
    if not all(re.fullmatch(r"[TE][A-Z0-9]+", found) for found in ids):
        raise ValueError("no ids of workspaces")
    return ids


def encryption_keys(text: str) -> tuple[str, ...]:
    """The keys in a list with commas; ValueError where one is none, or there is none."""
    keys = tuple(_parts(text))
    if not keys or any(len(b64decode(key, altchars=b"-_", validate=True)) != KEY_BYTES for key in keys):
        raise ValueError("no keys")
    return keys


def _encryption_keys(text: Any) -> Any:
    encryption_keys(text.get_secret_value() if isinstance(text, SecretStr) else str(text))
    return text


def _json_object(text: Any) -> Any:
    given = json.loads(text) if isinstance(text, str) else text
    if not isinstance(given, dict):
        raise ValueError("no JSON object")
    return given


def _api_url(text: Any) -> str:
    parts = urlsplit(str(text))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not a web address")
    return str(text).rstrip("/") + "/"


Text = Annotated[str, SettingType("text")]
Secret = Annotated[SecretStr, SettingType("secret text")]
RedisUrl = Annotated[
    SecretStr,
    BeforeValidator(_redis_url),
    SettingType("a URL: redis://, rediss://, unix:// or redis+sentinel://host:port,host:port/service"),
]
ApiUrl = Annotated[str, BeforeValidator(_api_url), SettingType("a web address")]
Folder = Annotated[Path, SettingType("a folder")]
Port = Annotated[int, Field(ge=0, le=65535), SettingType("a port number from 0 (any free one) to 65535")]
Count = Annotated[int, Field(ge=0, le=16), SettingType("a whole number from 0 to 16")]
Switch = Annotated[bool, SettingType("true or false")]
Id = Annotated[str, BeforeValidator(normalized_guid), SettingType(ID)]
Tenant = Annotated[str, BeforeValidator(normalized_guid), SettingType("a tenant's id or domain")]
Ids = Annotated[tuple[str, ...], BeforeValidator(_tenant_ids), SettingType(f"{ID}, or several with commas")]
WorkspaceIds = Annotated[
    tuple[str, ...],
    BeforeValidator(_workspace_ids),
    SettingType("an id like T0123ABCD (workspace) or E0123ABCD (organisation), or several with commas"),
]
EncryptionKeys = Annotated[
    SecretStr,
    BeforeValidator(_encryption_keys),
    SettingType(f"{KEY_BYTES} bytes in URL-safe base64 (44 characters), or several such keys with commas"),
]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    Field(ge=timedelta(minutes=1), le=timedelta(days=3650)),
    SettingType("seconds, or a number with d, h or m (7d, 12h, 30m), from one minute to ten years"),
]
SignIn = Annotated[AppType, _one_of(AppType), SettingType("MultiTenant, SingleTenant or UserAssignedMSI")]
Level = Annotated[LogLevel, _one_of(LogLevel), SettingType("DEBUG, INFO, WARNING or ERROR")]
UnansweredTexts = Annotated[Unanswered, _one_of(Unanswered), SettingType("shared, all or off")]
Format = Annotated[LogFormat, _one_of(LogFormat), SettingType("text or json")]
Seconds = Annotated[int, Field(ge=0, le=300), SettingType("a whole number of seconds from 0 to 300")]
When = Annotated[ModelWhen, _one_of(ModelWhen), SettingType("unsure or always")]
Use = Annotated[ModelUse, _one_of(ModelUse), SettingType("listen or speak")]
Limit = Annotated[float, Field(ge=0.2, le=300), SettingType("a number of seconds from 0.2 to 300")]
ShownName = Annotated[str, Field(pattern=r"^[^{}*_`<>]{1,60}$"), SettingType("up to 60 characters, without markup")]
Body = Annotated[dict[str, Any], BeforeValidator(_json_object), SettingType("a JSON object")]
KeyPrefix = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9_.-]{1,40}$"),
    SettingType("up to 40 letters, digits, dots, hyphens or underscores"),
]
