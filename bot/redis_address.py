"""Where Redis is: the URL, read without any client library.

Four forms are understood:

- `redis://[user:password@]host[:port][/db]`, and `rediss://` for TLS. Any node of a Cluster will do.
- `unix:///path/to/socket`
- `redis+sentinel://[user:password@]host[:port][,host[:port]…]/service[?db=0&sentinel_username=…&sentinel_password=…]`,
  and `rediss+sentinel://` for TLS: the Sentinels' addresses, then the name under which they watch the primary. User and
  password are the primary's; the Sentinels' own stand in the query.

User, password and path are percent-encoded.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SENTINEL_PORT = 26379


class AddressError(ValueError):
    """The URL has none of the forms above. The message never repeats it, since it may hold a password."""


class Kind(StrEnum):
    """NODE: a server or a node of a Cluster. SENTINEL: Sentinels that know the primary."""

    NODE = "node"
    SENTINEL = "sentinel"


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """A parsed URL. For NODE only `url` matters; the rest is Sentinel's."""

    kind: Kind
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
                    return cls(Kind.NODE, url, tls=parts.scheme == "rediss", db=int(parts.path[1:] or 0))
                case "unix":
                    if not parts.path.startswith("/") or parts.netloc:
                        raise AddressError("an absolute path to the socket is missing")
                    return cls(Kind.NODE, url)
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
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        service = unquote(parts.path[1:])
        if not service or "/" in service:
            raise AddressError("the service's name must follow the Sentinels' addresses")
        return cls(
            Kind.SENTINEL,
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


def _host_and_port(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise AddressError("a Sentinel's host is missing")
    return parts.hostname, SENTINEL_PORT if parts.port is None else parts.port
