"""The slash command `/advisor`: the message that it is, the form that it may ask for, and how it is answered.

What it begins goes on in the direct messages; the channel where it was typed shows nothing.
"""

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.blocks import fallback_text
from bot.slack.events import CHANNEL, IncomingMessage, Origin, RequestContext, direct_place
from bot.slack.payloads import SlashCommand
from bot.slack.text import typed_text
from bot.turns.channel import said
from bot.turns.processed_message import Processed
from dialogs.catalogue import Catalogue
from dialogs.message import Message, Person, Typed
from dialogs.view import View, line_text


def asks_for_form(command: SlashCommand, catalogue: Catalogue) -> bool:
    """Whether it opens the form and begins no conversation."""
    return command.text.strip().lower() == line_text(catalogue.in_channel("form_command"))


def from_slash_command(command: SlashCommand, context: RequestContext, at: int) -> IncomingMessage:
    """A command, which goes on in the direct messages. `at`: the time of the request in seconds, it carries none."""
    user = command.user_id
    message = Message(
        id=command.trigger_id,
        sender=Person(user, command.user_name),
        at=at,
        content=Typed(typed_text(command.text, context.bot) or context.help),
    )
    place = direct_place(context, user, f"command:{command.trigger_id}")
    return IncomingMessage(place, message, Origin(context.workspace, user, None, user, command.response_url))


async def acknowledge(
    req: AsyncBoltRequest, command: SlashCommand | None, processed: Processed, catalogue: Catalogue
) -> tuple[BoltResponse, View | None]:
    """Answers a command with where it goes on; only the sender sees that.

    In direct messages it may have been typed in the very place where it goes on: then the pointer is returned, to
    be shown if the reply turns out to be elsewhere. A note to the sender alone appears where they typed.
    """
    if command is None or (processed.view is None and not processed.below):
        return await req.context.ack(), None
    pointer = said(catalogue.in_channel("slash_pointer"))
    if processed.live is not None and processed.live.address.get(CHANNEL) == command.channel_id:
        pointer = said(catalogue.in_channel("slash_pointer_here"))
    elif command.channel_id.startswith("D"):
        return await req.context.ack(), pointer
    return await answer_command(req, pointer), None


async def answer_command(req: AsyncBoltRequest, view: View) -> BoltResponse:
    """Answers with a view that only the sender sees."""
    return await req.context.ack(text=fallback_text(view), response_type="ephemeral")
