"""The adapter for botbuilder: the only module that knows it.

An activity passes through `CloudAdapterBase.process_activity`, an `ActivityHandler` and a `TurnContext`; our own
endpoint is in front of them, and our own client behind them. So these faults of botbuilder 4.17 do not occur here:

- Action.Execute answers 500, since the stock adapter serialises a body that is a dict already: here it stays one.
- Bad tokens and bad bodies answer 500: both are refused before they get here (`http`).
- Every turn asks for a token and builds clients: here one client serves all turns (`access_tokens`, `client`).
- The retry policy goes through a list of a thousand codes on each turn, repeats edits at once and knows no Retry-After:
  ours does (`client`).
- A rotated signing key is not fetched: ours is (`signing_keys`).
"""

from collections.abc import Mapping, Sequence

from botbuilder.core import ActivityHandler, CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount, ConversationAccount, ResourceResponse
from botframework.connector import Channels
from botframework.connector.auth import AuthenticateRequestResult, ClaimsIdentity
from pydantic_core import to_json

from bot.teams.activities import Account, IncomingActivity
from bot.teams.client import ConnectorClient
from bot.teams.handler import TeamsHandler
from bot.teams.interfaces import ConversationClient, InvokeAnswer, Json, OutgoingMessage


class TeamsAdapter(CloudAdapterBase):  # type: ignore[misc]
    """Runs authorized activities through botbuilder."""

    def __init__(self, client: ConnectorClient, bot: TeamsHandler) -> None:
        super().__init__(_NoUserTokens())
        self._connectors = _Connectors(client)
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
        context = TurnContext(self, activity)
        context.turn_state[self.BOT_CONNECTOR_CLIENT_KEY] = self._connectors.connector(address["service"])
        return _TurnConversation(context)

    async def run(self, activity: IncomingActivity) -> InvokeAnswer | None:
        """One turn; what an invoke gets back, None for everything else."""
        authenticated = AuthenticateRequestResult()
        authenticated.claims_identity = ClaimsIdentity({}, True)
        authenticated.connector_factory = self._connectors
        turn = _Turn(activity, self._bot)
        answer = await self.process_activity(authenticated, _to_botbuilder(activity), turn.on_turn)
        return None if answer is None else InvokeAnswer(int(answer.status), answer.body)


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
        if not targeted:
            await self._context.delete_activity(message_id)
            return
        # botbuilder hands on no more than the ids.
        connector = self._context.turn_state[TeamsAdapter.BOT_CONNECTOR_CLIENT_KEY]
        await connector.conversations.delete_activity(self._context.activity.conversation.id, message_id, targeted=True)


def _to_json(activity: Activity) -> str:
    """An activity as JSON, with a card, a text or neither. botbuilder's own `serialize` makes the same of it, by going
    through the descriptions of sixty fields."""
    targeted = _targeted(activity)
    members = {
        "type": activity.type,
        "id": activity.id,
        "serviceUrl": activity.service_url,
        "channelId": activity.channel_id,
        "from": _party(activity.from_property),
        "conversation": _present({"id": activity.conversation.id, "tenantID": activity.conversation.tenant_id}),
        "recipient": _party(activity.recipient) if targeted is None else {"id": targeted, "isTargeted": True},
        "inputHint": activity.input_hint,
        "summary": activity.summary,
        "replyToId": activity.reply_to_id if targeted is None else None,
    }
    data = {name: value for name, value in (activity.channel_data or {}).items() if name != _TARGETED}
    if data:
        members["channelData"] = data
    if activity.text is not None:
        return to_json({**_present(members), "text": activity.text, "textFormat": "plain"}).decode()
    if activity.type == ActivityTypes.typing:
        return to_json(_present(members)).decode()
    (attachment,) = activity.attachments
    about = {"contentType": attachment.content_type, "name": attachment.name, "contentUrl": attachment.content_url}
    card = _with_json(_present(about), "content", attachment.content)
    return _with_json(_present(members), "attachments", f"[{card}]")


def _with_json(members: Json, name: str, value: str) -> str:
    """An object with these members, at least one, as JSON text, and a last one that is JSON text already."""
    return f'{to_json(members).decode()[:-1]},"{name}":{value}}}'


def _party(account: ChannelAccount | None) -> Mapping[str, object] | None:
    return None if account is None else _present({"id": account.id, "name": account.name})


def _present(members: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in members.items() if value is not None}


class _Connectors:
    """Stands in for the factory that builds a client for each turn."""

    def __init__(self, client: ConnectorClient) -> None:
        self._client = client

    def connector(self, service_url: str) -> "_Connector":
        return _Connector(_Conversations(self._client, service_url))

    async def create(self, service_url: str, _audience: str) -> "_Connector":
        return self.connector(service_url)


class _Connector:
    """What botbuilder asks of a connector's client."""

    def __init__(self, conversations: "_Conversations") -> None:
        self.conversations = conversations


class _Conversations:
    """The requests that the bot makes, under the names that botbuilder calls."""

    def __init__(self, client: ConnectorClient, service_url: str) -> None:
        self._client = client
        self._service_url = service_url

    async def send_to_conversation(self, conversation_id: str, activity: Activity) -> ResourceResponse:
        targeted = _targeted(activity) is not None
        path, message = (conversation_id,), _to_json(activity)
        return ResourceResponse(id=await self._client.post(self._service_url, path, message, targeted=targeted))

    async def reply_to_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        if _targeted(activity) is not None:
            return await self.send_to_conversation(conversation_id, activity)
        path = (conversation_id, activity_id)
        return ResourceResponse(id=await self._client.post(self._service_url, path, _to_json(activity)))

    async def update_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        targeted = _targeted(activity) is not None
        path, message = (conversation_id, activity_id), _to_json(activity)
        await self._client.put(self._service_url, path, message, targeted=targeted)
        return ResourceResponse(id=activity_id)

    async def delete_activity(self, conversation_id: str, activity_id: str, *, targeted: bool = False) -> None:
        await self._client.delete(self._service_url, (conversation_id, activity_id), targeted=targeted)


class _NoUserTokens:
    """People do not sign in: nothing is built for it."""

    async def create_user_token_client(self, _identity: ClaimsIdentity) -> None:
        return None


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
    if message.text is not None:
        mark = None if message.targeted is None else {_TARGETED: message.targeted}
        return Activity(type="message", summary=message.summary, text=message.text, channel_data=mark)
    file = {"name": message.name or None, "content_url": message.url or None}
    attachment = Attachment(content_type=message.kind, content=message.card, **file)
    data: dict[str, object] = {} if message.targeted is None else {_TARGETED: message.targeted}
    if message.feedback:
        data["feedbackLoop"] = {"type": "default"}
    return Activity(type="message", summary=message.summary, attachments=[attachment], channel_data=data or None)


_TARGETED = "targetedTo"
"""Where an activity has the account of the one person who sees it, since botbuilder sets the recipient itself."""


def _targeted(activity: Activity) -> str | None:
    return (activity.channel_data or {}).get(_TARGETED)
