"""What Slack sends: the shapes of events, clicks and commands, after its documentation and recorded requests."""

from typing import Any

from bot.playground.slack.workspace import ChannelKind, LocalWorkspace, SlackMessage, WorkspaceChannel

Payload = dict[str, Any]


def envelope(workspace: LocalWorkspace, event: Payload, event_id: str) -> Payload:
    """What an event comes in."""
    return {
        "token": "verification-token",
        "team_id": workspace.team,
        "enterprise_id": workspace.enterprise,
        "context_team_id": workspace.team,
        "context_enterprise_id": workspace.enterprise,
        "api_app_id": workspace.app,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(workspace.clock()),
        "authorizations": [
            {
                "enterprise_id": workspace.enterprise,
                "team_id": workspace.team,
                "user_id": workspace.bot,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def written(workspace: LocalWorkspace, message: SlackMessage) -> Payload:
    """What the event of a message and that of a mention have in common."""
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": f"00000000-0000-4000-8000-{message.ts[-6:]:0>12}",
        "text": message.content.text,
        "team": workspace.team,
        "channel": message.channel,
        "event_ts": message.ts,
        **thread,
    }


def action(element: Payload, action_id: str, action_ts: str, block_id: str = "b1") -> Payload | None:
    """What a click on an element carries; None where the element is another one. One of the two buttons for feedback
    is the element's id and its value, with a colon between."""
    common = {"block_id": block_id, "action_ts": action_ts}
    if element["type"] == "feedback_buttons":
        for button in (element["positive_button"], element["negative_button"]):
            if action_id == f"{element['action_id']}:{button['value']}":
                pressed = {"text": button["text"], "value": button["value"]}
                return {"type": element["type"], "action_id": element["action_id"], **pressed, **common}
        return None
    if element["type"] in ("overflow", "static_select"):
        picked = [option for option in element["options"] if option["value"] == action_id]
        if not picked:
            return None
        return {"type": element["type"], "action_id": element["action_id"], "selected_option": picked[0], **common}
    if element.get("action_id") != action_id:
        return None
    value = {"value": element["value"]} if "value" in element else {}
    return {"type": "button", "action_id": action_id, "text": element["text"], **value, **common}


def _name(user: str) -> str:
    """What somebody with such an id is called."""
    return user.removeprefix("U0").rstrip("0").lower()


def click(workspace: LocalWorkspace, user: str, message: SlackMessage, pressed: Payload, response_url: str) -> Payload:
    """Of a press; an ephemeral message itself does not come along."""
    ephemeral = message.only_for is not None
    direct = workspace.channels[message.channel].kind is ChannelKind.DIRECT
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    return {
        "type": "block_actions",
        **_person(workspace, user),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": ephemeral,
            **thread,
        },
        "trigger_id": workspace.trigger(user),
        "channel": {"id": message.channel, "name": "directmessage" if direct else "general"},
        **({} if ephemeral else {"message": message.to_json()}),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [pressed],
    }


def command(
    workspace: LocalWorkspace, user: str, channel: WorkspaceChannel, name: str, text: str, response_url: str
) -> dict[str, str]:
    enterprise = {"enterprise_id": workspace.enterprise, "enterprise_name": "Org"} if workspace.enterprise else {}
    return {
        "token": "verification-token",
        "team_id": workspace.team,
        "team_domain": "playground",
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind is ChannelKind.DIRECT else "general",
        "user_id": user,
        "user_name": _name(user),
        "command": name,
        "text": text,
        "api_app_id": workspace.app,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.trigger(user),
        **enterprise,
    }


def shortcut(
    workspace: LocalWorkspace, user: str, callback_id: str, message: SlackMessage | None, response_url: str
) -> Payload:
    """Of a shortcut: a global one, or one in the menu of a message."""
    common = {
        **_person(workspace, user),
        "callback_id": callback_id,
        "trigger_id": workspace.trigger(user),
        "action_ts": workspace.new_ts(),
    }
    if message is None:
        return {"type": "shortcut", **common}
    return {
        "type": "message_action",
        **common,
        "message_ts": message.ts,
        "channel": {"id": message.channel, "name": "general"},
        "message": message.to_json(),
        "response_url": response_url,
    }


def view_submission(
    workspace: LocalWorkspace, user: str, view: Payload, values: Payload, response_urls: list[Payload]
) -> Payload:
    """Of a modal that was filled in."""
    return {
        "type": "view_submission",
        **_person(workspace, user),
        "trigger_id": workspace.trigger(user),
        "view": {**_view(workspace, view), "state": {"values": values}},
        "response_urls": response_urls,
    }


def view_action(workspace: LocalWorkspace, user: str, view: Payload, pressed: Payload) -> Payload:
    """Of a press in the Home tab or in a modal."""
    return {
        "type": "block_actions",
        **_person(workspace, user),
        "trigger_id": workspace.trigger(user),
        "container": {"type": "view", "view_id": "V1"},
        "view": {**_view(workspace, view), "state": {"values": {}}},
        "actions": [pressed],
    }


def _person(workspace: LocalWorkspace, user: str) -> Payload:
    return {
        "token": "verification-token",
        "api_app_id": workspace.app,
        "user": {"id": user, "username": _name(user), "name": _name(user), "team_id": workspace.team},
        "team": {"id": workspace.team, "domain": "playground"},
        "enterprise": {"id": workspace.enterprise, "name": "Org"} if workspace.enterprise else None,
        "is_enterprise_install": False,
    }


def _view(workspace: LocalWorkspace, view: Payload) -> Payload:
    """A view as payloads have it: each block has an id."""
    blocks = [{"block_id": f"b{number}", **block} for number, block in enumerate(view["blocks"])]
    return {
        "id": "V1",
        "team_id": workspace.team,
        "private_metadata": "",
        "callback_id": "",
        "hash": "1.1",
        "bot_id": workspace.bot_id,
        **view,
        "blocks": blocks,
    }
