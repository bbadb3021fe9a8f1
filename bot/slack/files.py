"""Fetches a file that somebody shared, from Slack's own file hosts alone: the bot token goes nowhere else."""

from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.batch.csv_columns import BadFile
from bot.config.proxy import open_session
from bot.turns.file_message import limited_body

_HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})


async def fetch(client: AsyncWebClient, url: str) -> bytes:
    """The content of the file at an address. BadFile if it can't be fetched or is too long."""
    if not is_slacks(url, client.base_url):
        raise BadFile("It is not kept at Slack, so I can't open it. Paste the lines instead.")
    headers = {"Authorization": f"Bearer {client.token}"}
    if client.session is not None:
        return await _get(client.session, url, headers)
    async with open_session() as session:
        return await _get(session, url, headers)


async def _get(session: ClientSession, url: str, headers: dict[str, str]) -> bytes:
    try:
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            # Without the right to read files Slack answers with its page for signing in.
            if response.status != 200 or response.content_type == "text/html":
                raise BadFile("Slack did not let me open it. Whoever runs me has to add the scope files:read.")
            return await limited_body(response)
    except (ClientError, OSError) as error:
        raise BadFile("I could not fetch it from Slack. Send it again, or paste the lines.") from error


def is_slacks(url: str, api: str) -> bool:
    """Whether the address is Slack's; with another address of the API (for tests), whether it is there."""
    where, base = urlsplit(url), urlsplit(api)
    known = where.scheme == "https" and where.hostname in _HOSTS and where.port in (None, 443)
    there = base.hostname != "slack.com" and (where.scheme, where.netloc) == (base.scheme, base.netloc)
    return known or there
