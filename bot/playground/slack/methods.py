"""What each method of the Web API does in a workspace."""

import json
from typing import Any

from bot.playground.slack.limits import problems, view_problems
from bot.playground.slack.workspace import ChannelKind, Content, LocalWorkspace, SlackMessage, Upload, WorkspaceChannel

ApiAnswer = dict[str, Any]

POSTING = "posting"
"""In place of a message's time in a `response_url`: it leads to a channel that somebody chose, for everybody to see."""


class ApiError(Exception):
    """A call that Slack would answer with `ok: false`."""

    def __init__(self, error: str, detail: str = "") -> None:
        super().__init__(f"{error}: {detail}" if detail else error)
        self.error = error
        self.detail = detail


def auth_test(workspace: LocalWorkspace, _body: dict[str, Any]) -> ApiAnswer:
    """Who the token belongs to."""
    enterprise = {"enterprise_id": workspace.enterprise} if workspace.enterprise else {}
    return {
        "url": "https://playground.slack.com/",
        "team": "Playground",
        "user": "advisor",
        "team_id": workspace.team,
        "user_id": workspace.bot,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
        **enterprise,
    }


def users_info(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """Who somebody is."""
    name = workspace.names.get(str(body.get("user")))
    if name is None:
        raise ApiError("user_not_found" if workspace.names else "missing_scope")
    return {"user": {"profile": {"display_name": name}}}


def post_message(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """A new message, to a channel or to a person."""
    channel = _channel(workspace, body, opens=True)
    content = _content(body)
    thread = _thread(workspace, channel, body)
    if body.get("unfurl_links") is not False or body.get("unfurl_media") is not False:
        raise ApiError("invalid_arguments", "links in messages of the advisor are not to be unfurled")
    message = workspace.post(channel.id, workspace.bot, content, thread)
    return {"channel": channel.id, "ts": message.ts, "message": message.to_json()}


def update(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """A new version of one of the bot's messages."""
    channel, content = _channel(workspace, body), _content(body)
    message = _own_message(workspace, channel, body, "cant_update_message")
    workspace.edit(message, content)
    return {"channel": channel.id, "ts": message.ts, "text": content.text, "message": message.to_json()}


def delete(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """Takes away one of the bot's messages; the root of a thread with replies would leave a stub."""
    channel = _channel(workspace, body)
    message = _own_message(workspace, channel, body, "cant_delete_message")
    if any(other.thread_ts == message.ts for other in workspace.messages if other is not message):
        raise ApiError("cant_delete_message", "a thread hangs on this message: a stub would be left")
    message.deleted = True
    return {"channel": channel.id, "ts": message.ts}


def set_status(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """What the app does just now, in a thread; the page does not show it."""
    return replies(workspace, {"channel": body.get("channel_id"), "ts": body.get("thread_ts")}) and {}


def replies(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """The messages of a thread; its first one is always among them."""
    channel = _channel(workspace, body)
    root = workspace.find(channel.id, str(body.get("ts")))
    if root is None:
        raise ApiError("thread_not_found")
    return _messages(workspace, body, list(workspace.thread(channel.id, root.root)), root)


def history(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """The messages of a channel outside of all threads."""
    channel = _channel(workspace, body)
    outside = [m for m in workspace.messages if m.channel == channel.id and m.thread_ts in (None, m.ts)]
    return _messages(workspace, body, outside)


def _messages(
    workspace: LocalWorkspace, body: dict[str, Any], found: list[SlackMessage], always: SlackMessage | None = None
) -> ApiAnswer:
    oldest, latest = float(body.get("oldest") or 0), float(body.get("latest") or "inf")
    shown = [m for m in found if m is always or oldest <= float(m.ts) <= latest]
    visible = [m for m in shown if m.only_for is None and not m.deleted][: int(body.get("limit") or 100)]
    bots = {workspace.bot: {"bot_id": workspace.bot_id}}
    return {"messages": [{**m.to_json(), **bots.get(m.user, {})} for m in visible], "has_more": False}


def post_ephemeral(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """Something that one member of a channel sees; nobody sees it below a message that has no replies."""
    channel = _channel(workspace, body)
    content = _content(body)
    user = str(body.get("user", ""))
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    thread = _thread(workspace, channel, body)
    if thread is not None and all(message.ts == thread for message in workspace.thread(channel.id, thread)):
        return {"message_ts": workspace.new_ts()}
    message = workspace.post(channel.id, workspace.bot, content, thread, only_for=user)
    return {"message_ts": message.ts}


def get_upload_url(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """Where a file is to be put. The address is completed by the server."""
    name, length = str(body.get("filename", "")), int(body.get("length") or 0)
    if not name or length <= 0:
        raise ApiError("invalid_arguments", "a file needs its name and its length")
    made = workspace.new_id("F")
    workspace.uploads[made] = Upload(name, length)
    return {"file_id": made, "upload_url": f"/upload/{workspace.team}/{made}"}


def complete_upload(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """A message with files that have been put where they belong."""
    named = body.get("channels")
    channel = _channel(workspace, {"channel": named or body.get("channel_id")}, opens=named is not None)
    thread = _thread(workspace, channel, body)
    files = body.get("files")
    uploaded = json.loads(files) if isinstance(files, str) else files or []
    for file in uploaded:
        upload = workspace.uploads.get(str(file.get("id")))
        if upload is None or upload.data is None or upload.shown:
            raise ApiError("file_not_found")
        if len(upload.data) != upload.length:
            raise ApiError("invalid_arguments", f"{len(upload.data)} bytes came, {upload.length} were announced")
        upload.shown = True
        shown = Content(str(body.get("initial_comment") or ""), [])
        workspace.post(channel.id, workspace.bot, shown, thread).file = file["id"]
    return {"files": uploaded}


def open_view(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """A modal for the person whose doing had this trigger; it is good for one."""
    user = workspace.triggers.pop(str(body.get("trigger_id")), None)
    if user is None:
        raise ApiError("expired_trigger_id")
    workspace.modals[user] = {"id": workspace.new_id("V"), **_view(body, "modal")}
    return {"view": workspace.modals[user]}


def update_view(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """A new version of a modal that somebody still has before them."""
    shown = (user for user, view in workspace.modals.items() if view.get("id") == body.get("view_id"))
    user = next(shown, None)
    if user is None:
        raise ApiError("not_found")
    workspace.modals[user] = {"id": str(body["view_id"]), **_view(body, "modal")}
    return {"view": workspace.modals[user]}


def publish_view(workspace: LocalWorkspace, body: dict[str, Any]) -> ApiAnswer:
    """What a person sees at the app's Home tab."""
    user = str(body.get("user_id", ""))
    if not user:
        raise ApiError("invalid_arguments")
    workspace.homes[user] = _view(body, "home")
    return {"view": workspace.homes[user]}


def _view(body: dict[str, Any], kind: str) -> dict[str, Any]:
    view = body.get("view")
    if not isinstance(view, dict) or view.get("type") != kind:
        raise ApiError("invalid_arguments", f"view is no {kind}")
    for where in view_problems(view):
        raise ApiError("invalid_arguments", where)
    return view


def respond(workspace: LocalWorkspace, channel: str, user: str, ts: str, body: dict[str, Any]) -> None:
    """What a `response_url` does: shows something to the person alone, or replaces or deletes the ephemeral message."""
    message = workspace.find(channel, ts)
    if body.get("delete_original"):
        if message is None or message.only_for is None:
            raise ApiError("message_not_found")
        message.deleted = True
        return
    content = _content(body)
    if body.get("replace_original") and message is not None:
        workspace.edit(message, content)
        return
    if ts == POSTING:
        if body.get("response_type") != "in_channel" or body.get("unfurl_links") is not False:
            raise ApiError("invalid_arguments", "what is posted is for everybody, and without previews of links")
        workspace.post(channel, workspace.bot, content, body.get("thread_ts"))
        return
    if body.get("response_type") == "in_channel":
        raise ApiError("invalid_arguments", "the advisor answers commands for the sender alone")
    workspace.post(channel, workspace.bot, content, body.get("thread_ts"), only_for=user)


def _channel(workspace: LocalWorkspace, body: dict[str, Any], opens: bool = False) -> WorkspaceChannel:
    """The channel that a call names; a person's id opens the direct messages where the method does so."""
    name = str(body.get("channel", ""))
    if opens and name.startswith(("U", "W")):
        return workspace.direct(name)
    channel = workspace.channels.get(name)
    if channel is None:
        raise ApiError("channel_not_found")
    if workspace.bot not in channel.members:
        raise ApiError("channel_not_found" if channel.kind is ChannelKind.PRIVATE else "not_in_channel")
    return channel


def _own_message(
    workspace: LocalWorkspace, channel: WorkspaceChannel, body: dict[str, Any], refused: str
) -> SlackMessage:
    """The bot's message that a call names; `refused` is the error for somebody else's."""
    message = workspace.find(channel.id, str(body.get("ts")))
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    if message.user != workspace.bot:
        raise ApiError(refused)
    return message


def _thread(workspace: LocalWorkspace, channel: WorkspaceChannel, body: dict[str, Any]) -> str | None:
    thread = body.get("thread_ts")
    if thread is None:
        return None
    root: SlackMessage | None = workspace.find(channel.id, str(thread))
    if root is None or root.thread_ts not in (None, root.ts):
        raise ApiError("thread_not_found")
    return root.ts


def _content(body: dict[str, Any]) -> Content:
    for error, detail in problems(body):
        raise ApiError(error, detail)
    return Content(str(body["text"]), list(body.get("blocks") or []))
