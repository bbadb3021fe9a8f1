"""Fetches a file that somebody sent in a personal chat: from SharePoint alone, by an address that needs no token."""

from collections.abc import Callable
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession

from bot.batch.idea_file import BadFile
from bot.turns.file_message import limited_body

OpenSession = Callable[[], ClientSession]
"""Opens the session for outgoing requests, once."""

IsFilePlace = Callable[[str], bool]
"""Whether files may be fetched from an address, and put there."""

_HOSTS = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".sharepoint.cn", ".svc.ms")


async def fetch(session: OpenSession, url: str, is_place: IsFilePlace) -> bytes:
    """The content of a file at an address, "" for none. BadFile if it can't be fetched or is too long."""
    if not url:
        raise BadFile("I can't open files in this kind of chat. Send it to me in a personal chat, or paste the lines.")
    if not is_place(url):
        raise BadFile("It is not kept in SharePoint, so I can't open it. Paste the lines instead.")
    try:
        async with session().get(url, allow_redirects=False) as response:
            if response.status != 200:
                raise BadFile("SharePoint did not let me open it. Send it again, or paste the lines.")
            return await limited_body(response)
    except (ClientError, OSError) as error:
        raise BadFile("I could not fetch it from SharePoint. Send it again, or paste the lines.") from error


def is_sharepoint(url: str) -> bool:
    where = urlsplit(url)
    return where.scheme == "https" and (where.hostname or "").endswith(_HOSTS) and where.port in (None, 443)


def file_places(service: str | None) -> IsFilePlace:
    """SharePoint; for unsigned callers on this machine also `files` at the service that stands in for Teams."""
    return lambda url: is_sharepoint(url) or (service is not None and url.startswith(f"{service.rstrip('/')}/files/"))
