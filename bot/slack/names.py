"""The names that people chose to be called by, where the app may look them up (scope `users:read`).

Events of typed messages carry ids alone, presses and commands the name of the account. Apart from what is stored with
somebody's words, names are in memory only.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.timed_cache import TimedCache
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS
from dialogs.message import Person

log = logging.getLogger(__name__)

SCOPE = "users:read"

NAME_TTL = 600.0
"""Seconds after which somebody is looked up again, also where Slack said no name."""

TIMEOUT = 0.4
"""Seconds for a look-up: a message is acknowledged only afterwards."""

_LONGEST_NAME = 80


class DisplayNames:
    """`clock` gives seconds and never goes back. `scope` below is that of a `Place`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._known: TimedCache[str] = TimedCache(clock, NAME_TTL)

    async def named(
        self, person: Person, scope: str, context: AsyncBoltContext, wanted: Callable[[], Awaitable[bool]] | None = None
    ) -> Person:
        """The person by their chosen name, or unchanged where that cannot be looked up. `wanted` says whether they may
        be, where they may not be talking to the advisor."""
        result = context.authorize_result
        if result is None or SCOPE not in (result.bot_scopes or ()):
            return person
        name = self._known.get((scope, person.id))
        if name is None:
            if wanted is not None and not await wanted():
                return person
            name = await _look_up(context, person.id)
            self._known.put((scope, person.id), name)
        return Person(person.id, name) if name else person

    def forget(self, person: Person, scope: str) -> None:
        self._known.drop((scope, person.id))


async def _look_up(context: AsyncBoltContext, user: str) -> str:
    """The display name; the full one where there is none, as in Slack itself; "" where Slack says no name."""
    try:
        async with asyncio.timeout(TIMEOUT):
            profile = (await context.client.users_info(user=user))["user"]["profile"]
        return (profile.get("display_name") or profile.get("real_name") or "").strip()[:_LONGEST_NAME]
    except (*CALL_ERRORS, *BAD_ANSWER, LookupError, TypeError) as error:
        log.info("A name could not be looked up (%s).", type(error).__name__)
        return ""
