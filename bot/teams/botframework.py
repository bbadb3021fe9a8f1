"""The adapter for botbuilder: the only module that knows it.

An activity passes through an adapter, an `ActivityHandler` and a `TurnContext`; our own endpoint is in front of them,
and our own client behind them. So these faults of botbuilder 4.17's own adapter do not occur here:

- Action.Execute answers 500, since it serialises a body that is a dict already: here it stays one.
- Bad tokens and bad bodies answer 500: both are refused before they get here (`http`).
- Every turn asks for a token and builds clients: here one client serves all turns (`access_tokens`, `client`).
- The retry policy goes through a list of a thousand codes on each turn, repeats edits at once and knows no Retry-After:
  ours does (`client`).
- A rotated signing key is not fetched: ours is (`signing_keys`).
"""

from collections.abc import Mapping, Sequence

from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ConversationReference,
    ResourceResponse,
)
from botframework.connector import Channels
from pydantic_core import from_json, to_json

from bot.teams.activities import Account, IncomingActivity
from bot.teams.client import ConnectorClient
from bot.teams.handler import TeamsHandler
from bot.teams.interfaces import ConversationClient, InvokeAnswer, OutgoingMessage


class TeamsAdapter(BotAdapter):  # type: ignore[misc]
    """Runs authorized activities through botbuilder, and sends by one client what leaves its turns."""

    def __init__(self, client: ConnectorClient, bot: TeamsHandler) -> None:
        super().__init__()
        self._client = client
        self._bot = bot

    def conversation(self, address: Mapping[str, str]) -> ConversationClient:
        """A conversation without an activity of this moment, by the address that an earlier one had."""
        activity = Activity(
            type=ActivityTypes.event,
            channel_id=Channels.ms_teams,
            service_url=address["service"],
            conversation=ConversationAccount(id=address["conversation"]),
            recipient=ChannelAccount(id=address["bot"]),
        )
        return _TurnConversation(TurnContext(self, activity))

    async def run(self, activity: IncomingActivity) -> InvokeAnswer | None:
        """One turn; what an invoke gets back, None for everything else."""
        context = TurnContext(self, _to_botbuilder(activity))
        await self.run_pipeline(context, _Turn(activity, self._bot).on_turn)
        answered = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        return None if answered is None else InvokeAnswer(int(answered.value.status), answered.value.body)

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """Posts what a turn sends; the answer to an invoke goes back with its request."""
        return [await self._send(context, activity) for activity in activities]

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse()
        message, targeted = _to_json(activity)
        answers = [activity.reply_to_id] if activity.reply_to_id and not targeted else []
        path = (activity.conversation.id, *answers)
        posted = await self._client.send("POST", activity.service_url, path, message, targeted=targeted)
        return ResourceResponse(id=posted)

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        message, targeted = _to_json(activity)
        path = (activity.conversation.id, activity.id)
        await self._client.send("PUT", activity.service_url, path, message, targeted=targeted)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        path = (reference.conversation.id, reference.activity_id)
        targeted = context.turn_state.get(_TARGETED, False)
        await self._client.send("DELETE", reference.service_url, path, targeted=targeted)


class _Turn(ActivityHandler):  # type: ignore[misc]
    """Hands each kind of activity to the bot. The rest (reactions, edits, …) is left alone."""

    def __init__(self, activity: IncomingActivity, bot: TeamsHandler) -> None:
        self._activity = activity
        self._bot = bot

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._bot.message(self._activity, _TurnConversation(turn_context))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        answer = await self._bot.invoke(self._activity, _TurnConversation(turn_context))
        return InvokeResponse(status=answer.status, body=answer.body)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        # botbuilder comes here after an update of the app as well (`add-upgrade`), when everybody knows it already.
        if self._activity.action == "add":
            await self._bot.added(self._activity, _TurnConversation(turn_context))

    async def on_members_added_activity(
        self, members_added: Sequence[ChannelAccount], turn_context: TurnContext
    ) -> None:
        if self._activity.adds_bot:
            await self._bot.added(self._activity, _TurnConversation(turn_context))


class _TurnConversation:
    """The conversation of one turn."""

    def __init__(self, context: TurnContext) -> None:
        self._context = context

    async def post(self, message: OutgoingMessage) -> str:
        posted = await self._context.send_activity(_reply(message))
        return str(posted.id)

    async def type(self) -> None:
        await self._context.send_activity(Activity(type=ActivityTypes.typing))

    async def update(self, message_id: str, message: OutgoingMessage) -> None:
        activity = _reply(message)
        activity.id = message_id
        await self._context.update_activity(activity)

    async def delete(self, message_id: str, *, targeted: bool = False) -> None:
        self._context.turn_state[_TARGETED] = targeted
        await self._context.delete_activity(message_id)


def _to_json(activity: Activity) -> tuple[str, bool]:
    """An activity as JSON text, and whether one person alone sees it."""
    members = activity.serialize()
    targeted = members.get("channelData", {}).pop(_TARGETED, None)
    if targeted is not None:
        members["recipient"] = {"id": targeted, "isTargeted": True}
        members.pop("replyToId", None)
    for attachment in members.get("attachments", ()):
        attachment["content"] = from_json(attachment["content"])
    return to_json(members).decode(), targeted is not None


def _to_botbuilder(activity: IncomingActivity) -> Activity:
    """The activity in botbuilder's form, made of the fields that were checked."""
    return Activity(
        type=activity.type,
        id=activity.id,
        channel_id=activity.channel_id,
        service_url=activity.service_url,
        from_property=_account(activity.sender),
        recipient=_account(activity.recipient),
        conversation=ConversationAccount(id=activity.conversation.id, tenant_id=activity.tenant),
        text=activity.text,
        name=activity.name,
        action=activity.action,
        value=activity.value,
        reply_to_id=activity.reply_to_id,
        members_added=[_account(member) for member in activity.members_added],
    )


def _account(account: Account | None) -> ChannelAccount | None:
    return None if account is None else ChannelAccount(id=account.id, name=account.name)


def _reply(message: OutgoingMessage) -> Activity:
    """The card stays JSON text; see `OutgoingMessage`."""
    data: dict[str, object] = {} if message.targeted is None else {_TARGETED: message.targeted}
    if message.text is not None:
        shown: dict[str, object] = {"text": message.text, "text_format": "plain"}
    else:
        file = {"name": message.name or None, "content_url": message.url or None}
        shown = {"attachments": [Attachment(content_type=message.kind, content=message.card, **file)]}
        if message.feedback:
            data["feedbackLoop"] = {"type": "default"}
    return Activity(type=ActivityTypes.message, summary=message.summary, channel_data=data or None, **shown)


_TARGETED = "targetedTo"
"""Where an activity has the account of the one person who sees it, since botbuilder sets the recipient itself."""
