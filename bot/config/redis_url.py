"""The parser of REDIS_URL, which needs no client library.

Four forms are understood:

- `redis://[user:password@]host[:port][/db]`, and `rediss://` for TLS. Any node of a Cluster will do.
- `unix:///path/to/socket`
- `redis+sentinel://[user:password@]host[:port][,host[:port]…]/service[?db=0&sentinel_username=…&sentinel_password=…]`,
  and `rediss+sentinel://` for TLS: the Sentinels' addresses, then the name under which they watch the primary. User and
  password are the primary's; the Sentinels' own are in the query.

User, password and path are percent-encoded. The first two forms take options in the query as well (`_PLAIN`, `_TLS`);
further options of the Redis client are not settings: time limits and connections are the advisor's own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SENTINEL_PORT = 26379

_TEXT = ("text", "(?s:.+)")
_WHOLE = ("a whole number", "[0-9]{1,9}")
_SWITCH = ("true or false", "(?i:true|yes|1|false|no|0)")
_STRICTNESS = ("none, optional or required", "none|optional|required")
"""What an option's value must be: in words, and as a pattern."""

_PLAIN = {"db": _WHOLE, "username": _TEXT, "password": _TEXT}
_TLS = {
    **_PLAIN,
    "ssl_cert_reqs": _STRICTNESS,
    "ssl_ca_certs": _TEXT,
    "ssl_certfile": _TEXT,
    "ssl_keyfile": _TEXT,
    "ssl_check_hostname": _SWITCH,
}
_SENTINEL = {"db": _WHOLE, "sentinel_username": _TEXT, "sentinel_password": _TEXT}


class AddressError(ValueError):
    """The URL has none of the forms above. The message never repeats it, since it may hold a password."""


class ServerKind(StrEnum):
    """NODE: a server or a node of a Cluster. SENTINEL: Sentinels that know the primary."""

    NODE = "node"
    SENTINEL = "sentinel"


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """A parsed URL. For NODE only `url` matters; the rest is Sentinel's."""

    kind: ServerKind
    url: str = field(repr=False)
    sentinels: tuple[tuple[str, int], ...] = ()
    service: str = ""
    tls: bool = False
    db: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    sentinel_username: str | None = None
    sentinel_password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read a URL; AddressError says what is missing."""
        try:
            parts = urlsplit(url)
            match parts.scheme:
                case "redis" | "rediss":
                    if not parts.hostname:
                        raise AddressError("a host is missing")
                    _ = parts.port  # reading it checks it
                    _options(parts, _TLS if parts.scheme == "rediss" else _PLAIN)
                    return cls(ServerKind.NODE, url, tls=parts.scheme == "rediss", db=int(parts.path[1:] or 0))
                case "unix":
                    if not parts.path.startswith("/") or parts.netloc:
                        raise AddressError("an absolute path to the socket is missing")
                    _options(parts, _PLAIN)
                    return cls(ServerKind.NODE, url)
                case "redis+sentinel" | "rediss+sentinel":
                    return cls._sentinel(url, parts)
        except AddressError:
            raise
        except ValueError:
            raise AddressError("a port or the database is not a number") from None
        raise AddressError("it must begin with redis://, rediss://, unix:// or redis+sentinel://")

    @classmethod
    def _sentinel(cls, url: str, parts: SplitResult) -> Self:
        login, _, hosts = parts.netloc.rpartition("@")
        username, _, password = login.partition(":")
        query = _options(parts, _SENTINEL)
        service = unquote(parts.path[1:])
        if not service or "/" in service:
            raise AddressError("the service's name must follow the Sentinels' addresses")
        return cls(
            ServerKind.SENTINEL,
            url,
            sentinels=tuple(_host_and_port(host) for host in hosts.split(",")),
            service=service,
            tls=parts.scheme == "rediss+sentinel",
            db=int(query.get("db") or 0),
            username=unquote(username) or None,
            password=unquote(password) or None,
            sentinel_username=query.get("sentinel_username"),
            sentinel_password=query.get("sentinel_password"),
        )


def _options(parts: SplitResult, known: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """The query, of which every name and every value has been checked."""
    given = parse_qs(parts.query)
    if not given.keys() <= known.keys():
        raise AddressError(f"after ? there may be nothing but {', '.join(known)}")
    for name, values in given.items():
        description, pattern = known[name]
        if len(values) > 1 or not re.fullmatch(pattern, values[0]):
            raise AddressError(f"{name} must be {description}, and stand there once")
    return {name: value for name, (value,) in given.items()}


def _host_and_port(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise AddressError("a Sentinel's host is missing")
    return parts.hostname, SENTINEL_PORT if parts.port is None else parts.port
