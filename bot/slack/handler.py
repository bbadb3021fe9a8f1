"""Handles requests: each has its effect here, after Bolt's authorization, and is acknowledged only then.

The effect is in Redis before the request is acknowledged; the replies follow. This is no Bolt listener: Bolt polls for
a listener's acknowledgement every 10 ms, and discards it if the listener fails right afterwards.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.events import (
    SLACK,
    IncomingMessage,
    Origin,
    RequestContext,
    UnknownButton,
    Workspace,
    from_block_actions,
    from_message_event,
)
from bot.slack.feedback import FeedbackHandler
from bot.slack.forms import SlackForms
from bot.slack.modals import FEEDBACK_NOTE, SHARE
from bot.slack.names import DisplayNames
from bot.slack.payloads import (
    BlockActions,
    MalformedRequest,
    MessageEvent,
    SlackRequest,
    SlashCommand,
    ViewRequest,
    ViewSubmission,
    parse_request,
)
from bot.slack.share import ShareHandler
from bot.slack.slash_command import acknowledge, answer_command, asks_for_form, from_slash_command
from bot.slack.surface import SlackSurface, SurfaceFactory
from bot.storage.background import BackgroundTasks
from bot.storage.outbox import Lease
from bot.turns.channel import TryLater, Undeliverable, said
from bot.turns.failure_notice import failure_notice
from bot.turns.processed_message import Processed
from bot.turns.service import Incoming, Service
from dialogs.catalogue import Catalogue
from dialogs.message import Verb
from dialogs.replies.notices import Notice
from dialogs.view import View

log = logging.getLogger(__name__)

NOTICE_TIMEOUT = 1.0
"""Seconds for telling a person that a message was not processed, within the three that Slack waits."""

PARSED_REQUEST = "advisor_request"
"""Where a request's context holds the parsed request, if the endpoint has parsed it already."""

RETRY_LATER = 503
"""Answered where a message was not processed and nobody could or should be told: Slack then sends an event again."""


async def _if_possible(call: Awaitable[None]) -> None:
    """Awaits a call whose failure must not prevent delivery of the reply itself."""
    try:
        await call
    except (TryLater, Undeliverable) as error:
        log.warning("An extra message beside a reply was not shown. %s", error)


def _untold(error: Exception) -> BoltResponse:
    """The answer to what had no effect, and of which nobody knows: an event is then sent again."""
    log.warning("Nobody could be told that a message was not processed (%s).", type(error).__name__)
    return BoltResponse(status=RETRY_LATER, body="")


@dataclass(eq=False)
class SlackHandler(AsyncMiddleware):
    """Processes Slack's requests, as the last of Bolt's middlewares.

    `clock` gives seconds since 1970, `new_reference` what a person can quote to an operator.
    """

    service: Service
    catalogue: Catalogue
    reply_tasks: BackgroundTasks
    clock: Callable[[], float]
    new_reference: Callable[[], str]
    new_surface: SurfaceFactory
    names: DisplayNames

    def __post_init__(self) -> None:
        start = self.reply_tasks.start
        self._forms = SlackForms(self.service, start, self._begin, self.clock, self.new_reference)
        self._feedback = FeedbackHandler(self.service, self.clock)
        self._share = ShareHandler(self.service, start, self.clock, self._surface, self.names)

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Called by Bolt once it has authorized the request."""
        answer = await self._handle(req)
        return await next() if answer is None else answer

    async def _handle(self, req: AsyncBoltRequest) -> BoltResponse | None:
        """Processes and answers what is for the advisor. Of the rest, events are left to Bolt's listeners (None)."""
        try:
            request: SlackRequest = req.context.get(PARSED_REQUEST) or parse_request(req.body)
        except MalformedRequest:
            return BoltResponse(status=400, body="")
        context = self._request_context(req.context)
        match request:
            case ViewSubmission() if request.view.callback_id == SHARE:
                return await self._share.submit(req, request, context.workspace)
            case ViewSubmission() if request.view.callback_id == FEEDBACK_NOTE:
                return await self._feedback.submit(req, request, context.workspace.owner)
            case _ if isinstance(request, ViewRequest):
                return await self._forms.handle(req, request)
            case SlashCommand() if asks_for_form(request, self.catalogue):
                return await self._forms.open_form(req, request.trigger_id)
            case BlockActions() if request.actions[0].action_id == FEEDBACK_NOTE:
                return await self._feedback.open(req, request)
        incoming: IncomingMessage | UnknownButton | None = None
        match request:
            case MessageEvent():
                incoming = from_message_event(request, context)
            case BlockActions():
                incoming = from_block_actions(request, context)
            case SlashCommand():
                incoming = from_slash_command(request, context, int(self.clock()))
        match incoming:
            case IncomingMessage():
                incoming = await self._named(req, incoming)
                if isinstance(request, BlockActions) and incoming.message.verb is Verb.SHARE:
                    opened = await self._share.open(req, incoming, request.trigger_id)
                    if opened is not None:
                        return opened
                return await self._process(req, incoming, request if isinstance(request, SlashCommand) else None)
            case UnknownButton(origin):
                return await self._tell(req, origin, said(self.catalogue.in_channel("unknown_button")))
        return None if req.body.get("type") == "event_callback" else await req.context.ack()

    async def _begin(self, req: AsyncBoltRequest, user: str, trigger_id: str, words: str) -> BoltResponse:
        """A conversation begun in the Home tab goes on in the direct messages, as after a slash command."""
        command = SlashCommand(command="", text=words, user_id=user, channel_id=user, trigger_id=trigger_id)
        incoming = from_slash_command(command, self._request_context(req.context), int(self.clock()))
        return await self._process(req, await self._named(req, incoming), None)

    async def _named(self, req: AsyncBoltRequest, incoming: IncomingMessage) -> IncomingMessage:
        """With the name that its sender chose; of a line without a mention only where it may be an answer."""
        message, place = incoming.message, incoming.place
        wanted = None if message.addressed else partial(self.service.has_conversation, place)
        sender = await self.names.named(message.sender, place.scope, req.context, wanted)
        return incoming._replace(message=message._replace(sender=sender))

    async def _process(
        self, req: AsyncBoltRequest, incoming: IncomingMessage, command: SlashCommand | None
    ) -> BoltResponse:
        origin, message = incoming.origin, incoming.message
        surface = self._surface(req, origin)
        try:
            taken = await self.service.take(
                Incoming(SLACK, incoming.place, origin.address, message, incoming.pressed, incoming.file), surface
            )
        except Exception as error:
            line = failure_notice(self.catalogue, error, self.new_reference(), message)
            if line is None:
                return _untold(error)
            view = said(line)
            return await (self._tell(req, origin, view) if command is None else answer_command(req, view))
        if isinstance(taken, Lease):
            self.reply_tasks.start(self._carry_out(taken, incoming, surface, command))
            return await req.context.ack()
        answer, pointer = await acknowledge(req, command, taken, self.catalogue)
        self.reply_tasks.start(self._deliver(taken, surface, command, pointer))
        return answer

    async def _carry_out(
        self, accepted: Lease, incoming: IncomingMessage, surface: SlackSurface, command: SlashCommand | None
    ) -> None:
        """Carries out a message that is acknowledged already; a command's sender then learns where it goes on."""
        processed = await self.service.accepted.carry_out(accepted, surface, incoming.pressed)
        if processed is not None:
            pointer = said(self.catalogue.in_channel("slash_pointer"))
            await self._deliver(processed, surface, command, pointer)

    async def _deliver(
        self, processed: Processed, surface: SlackSurface, command: SlashCommand | None, pointer: View | None
    ) -> None:
        """Shows the replies; then `pointer` if they appeared elsewhere than where the command was typed, and the file
        of the message, with verdicts. What cannot be shown is logged."""
        self._thank(processed, surface)
        try:
            await _if_possible(surface.dismiss())
            await self.service.delivery.deliver(processed, surface)
            if command and pointer and surface.posted_in not in (None, command.channel_id):
                await _if_possible(surface.whisper(pointer))
            if processed.file is not None:
                await self.service.triaged_files.settle(processed.file, surface, processed.taken)
        except Exception:
            log.exception("A reply could not be delivered.")

    def _thank(self, processed: Processed, surface: SlackSurface) -> None:
        """Has the thanks for feedback stand below what its sender sees; drops the name of whoever was forgotten."""
        if processed.turn.rating is not None:
            surface.below_whisper = self._feedback.thanks(processed, processed.turn.rating)
        if any(isinstance(reply, Notice) and reply.remark == "forgotten" for reply in processed.turn.aside):
            self.names.forget(processed.message.sender, processed.place.scope)

    async def _tell(self, req: AsyncBoltRequest, origin: Origin, view: View) -> BoltResponse:
        """Acknowledges a refused request once the person knows; else see `_untold`."""
        try:
            async with asyncio.timeout(NOTICE_TIMEOUT):
                await self._surface(req, origin).whisper(view)
        except Exception as error:
            return _untold(error)
        return await req.context.ack()

    def _surface(self, req: AsyncBoltRequest, origin: Origin) -> SlackSurface:
        client: AsyncWebClient = req.context.client

        async def client_of_request() -> AsyncWebClient:
            return client

        return self.new_surface(client_of_request, origin)

    def _request_context(self, context: AsyncBoltContext) -> RequestContext:
        workspace = Workspace.named(context.team_id, context.enterprise_id)
        return RequestContext(workspace, context.bot_user_id, self.catalogue.commands["help"][0])
