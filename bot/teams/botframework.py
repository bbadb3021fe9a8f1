"""The one room that knows botbuilder.

An activity passes through `CloudAdapterBase.process_activity`, an `ActivityHandler` and a `TurnContext`; in front of
them stands our own edge, and behind them our own sender. So these faults of botbuilder 4.17 have no place here:

- Action.Execute answers 500, since the stock adapter serialises a body that is a dict already: here it stays one.
- Bad tokens and bad bodies answer 500: both are refused before this room (`gate`, `edge`).
- Every turn asks for a token and builds clients: here one sender serves all turns (`credentials`, `sender`).
- The retry policy goes through a list of a thousand codes on each turn, repeats edits at once and knows no Retry-After:
  ours does (`sender`).
- A rotated signing key is not fetched: ours is (`keys`).
"""

from collections.abc import Mapping, Sequence

from botbuilder.core import ActivityHandler, CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ResourceResponse,
)
from botframework.connector import Channels
from botframework.connector.auth import AuthenticateRequestResult, ClaimsIdentity

from bot.teams.activities import Account, Incoming
from bot.teams.client import Sender
from bot.teams.interfaces import CARD, Bot, Chat, InvokeAnswer, Outgoing
from bot.teams.json_text import Written, holding, row


class Framework(CloudAdapterBase):  # type: ignore[misc]
    """Runs activities that have passed the gate through botbuilder."""

    def __init__(self, sender: Sender, bot: Bot) -> None:
        super().__init__(_NoUserTokens())
        self._connectors = _Connectors(sender)
        self._bot = bot

    def chat(self, address: Mapping[str, str]) -> Chat:
        """A conversation that nobody has just written in, by the address that an activity of it had."""
        activity = Activity(
            type=ActivityTypes.event,
            channel_id=Channels.ms_teams,
            service_url=address["service"],
            conversation=ConversationAccount(id=address["conversation"]),
            recipient=ChannelAccount(id=address["bot"]),
        )
        context = TurnContext(self, activity)
        context.turn_state[self.BOT_CONNECTOR_CLIENT_KEY] = self._connectors.connector(address["service"])
        return _TurnChat(context)

    async def run(self, incoming: Incoming) -> InvokeAnswer | None:
        """One turn; what an invoke gets back, None for everything else."""
        admitted = AuthenticateRequestResult()
        admitted.claims_identity = ClaimsIdentity({}, True)
        admitted.connector_factory = self._connectors
        turn = _Turn(incoming, self._bot)
        answer = await self.process_activity(admitted, _activity(incoming), turn.on_turn)
        return None if answer is None else InvokeAnswer(int(answer.status), answer.body)


class _Turn(ActivityHandler):  # type: ignore[misc]
    """Hands each kind of activity to the bot. The rest (reactions, edits, …) is left alone."""

    def __init__(self, incoming: Incoming, bot: Bot) -> None:
        self._incoming = incoming
        self._bot = bot

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._bot.message(self._incoming, _TurnChat(turn_context))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        answer = await self._bot.invoke(self._incoming, _TurnChat(turn_context))
        return InvokeResponse(status=answer.status, body=answer.body)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        # botbuilder comes here after an update of the app as well (`add-upgrade`), when everybody knows it already.
        if self._incoming.action == "add":
            await self._bot.added(self._incoming, _TurnChat(turn_context))

    async def on_members_added_activity(
        self, members_added: Sequence[ChannelAccount], turn_context: TurnContext
    ) -> None:
        if self._incoming.adds_bot:
            await self._bot.added(self._incoming, _TurnChat(turn_context))


class _TurnChat:
    """The conversation of one turn."""

    def __init__(self, context: TurnContext) -> None:
        self._context = context

    async def post(self, message: Outgoing) -> str:
        posted = await self._context.send_activity(_reply(message))
        return str(posted.id)

    async def update(self, message_id: str, message: Outgoing) -> None:
        activity = _reply(message)
        activity.id = message_id
        await self._context.update_activity(activity)


def _sent(activity: Activity) -> Written:
    """An activity with a card in the form in which it is sent. botbuilder's own `serialize` makes the same of it, by
    going through the descriptions of sixty fields."""
    members = {
        "type": activity.type,
        "id": activity.id,
        "serviceUrl": activity.service_url,
        "channelId": activity.channel_id,
        "from": _party(activity.from_property),
        "conversation": _present({"id": activity.conversation.id, "tenantID": activity.conversation.tenant_id}),
        "recipient": _party(activity.recipient),
        "inputHint": activity.input_hint,
        "summary": activity.summary,
        "replyToId": activity.reply_to_id,
    }
    (attachment,) = activity.attachments
    shown = holding({"contentType": attachment.content_type}, "content", attachment.content)
    return holding(_present(members), "attachments", row([shown]))


def _party(account: ChannelAccount | None) -> Mapping[str, object] | None:
    return None if account is None else _present({"id": account.id, "name": account.name})


def _present(members: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in members.items() if value is not None}


class _Connectors:
    """Stands in for the factory that builds a client for each turn."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def connector(self, service_url: str) -> "_Connector":
        return _Connector(_Conversations(self._sender, service_url))

    async def create(self, service_url: str, _audience: str) -> "_Connector":
        return self.connector(service_url)


class _Connector:
    """What botbuilder asks of a connector's client."""

    def __init__(self, conversations: "_Conversations") -> None:
        self.conversations = conversations


class _Conversations:
    """The two requests that the bot makes, under the names that botbuilder calls."""

    def __init__(self, sender: Sender, service_url: str) -> None:
        self._sender = sender
        self._service_url = service_url

    async def send_to_conversation(self, conversation_id: str, activity: Activity) -> ResourceResponse:
        return ResourceResponse(id=await self._sender.post(self._service_url, (conversation_id,), _sent(activity)))

    async def reply_to_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        path = (conversation_id, activity_id)
        return ResourceResponse(id=await self._sender.post(self._service_url, path, _sent(activity)))

    async def update_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        await self._sender.put(self._service_url, (conversation_id, activity_id), _sent(activity))
        return ResourceResponse(id=activity_id)


class _NoUserTokens:
    """People do not sign in: nothing is built for it."""

    async def create_user_token_client(self, _identity: ClaimsIdentity) -> None:
        return None


def _activity(incoming: Incoming) -> Activity:
    """The activity in botbuilder's form, made of the fields that were checked."""
    return Activity(
        type=incoming.type,
        id=incoming.id,
        channel_id=incoming.channel_id,
        service_url=incoming.service_url,
        from_property=_account(incoming.sender),
        recipient=_account(incoming.recipient),
        conversation=ConversationAccount(id=incoming.conversation.id, tenant_id=incoming.tenant),
        text=incoming.text,
        name=incoming.name,
        action=incoming.action,
        value=incoming.value,
        reply_to_id=incoming.reply_to_id,
        members_added=[_account(member) for member in incoming.members_added],
    )


def _account(account: Account | None) -> ChannelAccount | None:
    return None if account is None else ChannelAccount(id=account.id, name=account.name)


def _reply(message: Outgoing) -> Activity:
    """The card stays the text that it is, which botbuilder need not copy value by value."""
    attachment = Attachment(content_type=CARD, content=message.card)
    return Activity(type="message", summary=message.summary, attachments=[attachment])
