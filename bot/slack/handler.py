"""After Bolt's authorization a request has its effect here, and only then is it acknowledged; its replies follow.

The effect is in Redis before Slack hears that all is well. This is a middleware, as Bolt's own `Assistant` is, and no
listener: Bolt waits for a listener's acknowledgement in steps of 10 ms; one that fails right after it takes it back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.deliveries import Deliveries, Delivery
from bot.slack.events import Bearings, Incoming, UnknownButton, clicked, commanded, written
from bot.slack.fallback_text import spoken
from bot.slack.origin import CHANNEL, Origin, Workspace
from bot.slack.payloads import Click, Command, Malformed, Request, Written, read
from bot.slack.renderer import drawn, each
from bot.slack.surface import Showing, SlackSurface
from bot.turns.apology import apology
from bot.turns.delivery import Processed
from bot.turns.service import Service
from dialogs.catalogue import Catalogue
from dialogs.message import Press
from dialogs.view import Paragraph, View

log = logging.getLogger(__name__)

SLACK = "slack"
"""The name under which owed replies of this channel are noted."""

TELLING = 1.0
"""Seconds for telling a person that something was not taken, within the three that Slack waits."""

REQUEST = "advisor_request"
"""Where a request's context holds what its body says, if the edge has read it already."""

RETRY_LATER = 503
"""Answered where nothing was taken and nobody could be told: Slack then sends it again."""

Next = Callable[[], Awaitable[BoltResponse]]


class Taking(AsyncMiddleware):
    """`clock` gives seconds since 1970, `new_reference` what a person can quote to an operator."""

    def __init__(
        self,
        service: Service,
        catalogue: Catalogue,
        deliveries: Deliveries,
        clock: Callable[[], float],
        new_reference: Callable[[], str],
        surface: Showing,
    ) -> None:
        self._service = service
        self._catalogue = catalogue
        self._deliveries = deliveries
        self._clock = clock
        self._new_reference = new_reference
        self._showing = surface

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next) -> BoltResponse | None:
        """Takes and answers what is for the advisor. Of the rest, events go on to Bolt's listeners."""
        try:
            request: Request = req.context.get(REQUEST) or read(req.body)
        except Malformed:
            return BoltResponse(status=400, body="")
        found = self._understood(request, self._bearings(req.context))
        match found:
            case Incoming():
                return await self._take(req, found, request if isinstance(request, Command) else None)
            case UnknownButton(origin):
                return await self._tell(req, origin, self._said("unknown_button"))
        if req.body.get("type") == "event_callback":
            return await next()
        return await req.context.ack()

    def _understood(self, request: Request, bearings: Bearings) -> Incoming | UnknownButton | None:
        match request:
            case Written():
                return written(request, bearings)
            case Click():
                return clicked(request, bearings)
            case Command():
                return commanded(request, bearings, int(self._clock()))
        return None

    async def _take(self, req: AsyncBoltRequest, incoming: Incoming, command: Command | None) -> BoltResponse:
        origin = incoming.origin
        try:
            taken = await self._service.process(
                incoming.place, incoming.message, channel=SLACK, address=origin.address, pressed=incoming.pressed
            )
        except Exception as error:
            line = apology(self._catalogue, error, self._new_reference())
            return await self._refuse(req, origin, command, View((Paragraph(line),)))
        answer, pointer = await self._acknowledge(req, taken, command)
        surface = self._surface(req, origin, live=isinstance(incoming.message.content, Press))
        self._deliveries.start(Delivery(taken, surface, command.channel_id if command else None, pointer))
        return answer

    async def _acknowledge(
        self, req: AsyncBoltRequest, taken: Processed, command: Command | None
    ) -> tuple[BoltResponse, View | None]:
        """A command is answered with where it goes on; only the sender sees that, and the channel shows nothing.

        In direct messages it may have been typed in the very place where it goes on: then the pointer is returned, to
        be shown if the reply turns out to be elsewhere. A word to the sender alone appears where they typed.
        """
        if command is None or (taken.view is None and not taken.below):
            return await req.context.ack(), None
        pointer = self._said("slash_pointer")
        if taken.live is not None and taken.live.address.get(CHANNEL) == command.channel_id:
            pointer = self._said("slash_pointer_here")
        elif command.channel_id.startswith("D"):
            return await req.context.ack(), pointer
        return await _ack_with(req, pointer), None

    async def _refuse(self, req: AsyncBoltRequest, origin: Origin, command: Command | None, view: View) -> BoltResponse:
        return await (self._tell(req, origin, view) if command is None else _ack_with(req, view))

    async def _tell(self, req: AsyncBoltRequest, origin: Origin, view: View) -> BoltResponse:
        """Acknowledges what was refused once the person knows; else Slack shall try again."""
        try:
            async with asyncio.timeout(TELLING):
                await self._surface(req, origin, live=False).whisper(view)
        except Exception as error:
            log.warning("Nobody could be told that a message was not processed (%s).", type(error).__name__)
            return BoltResponse(status=RETRY_LATER, body="")
        return await req.context.ack()

    def _surface(self, req: AsyncBoltRequest, origin: Origin, *, live: bool) -> SlackSurface:
        client: AsyncWebClient = req.context.client

        async def of_this_request() -> AsyncWebClient:
            return client

        return self._showing(of_this_request, origin, live=live)

    def _said(self, key: str) -> View:
        return View((Paragraph(self._catalogue.in_channel(key)),))

    def _bearings(self, context: AsyncBoltContext) -> Bearings:
        workspace = Workspace(context.team_id, context.enterprise_id)
        return Bearings(workspace, context.bot_user_id, self._catalogue.commands["help"][0])


async def _ack_with(req: AsyncBoltRequest, view: View) -> BoltResponse:
    return await req.context.ack(text=spoken(each(view, drawn)), response_type="ephemeral")
