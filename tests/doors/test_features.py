"""The table of features: what it says of each platform is what the code and the manifests have."""

import inspect
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_json

from bot.slack import blocks, modals
from bot.slack.app import SlackChannel
from bot.slack.blocks import render_message as slack_message
from bot.slack.payloads import Shortcut, ViewSubmission
from bot.slack.surface import SlackSurface
from bot.teams import form_cards
from bot.teams.activities import Account
from bot.teams.botframework import TeamsAdapter
from bot.teams.cards import render_message as teams_message
from bot.teams.forms import INVOKES
from bot.teams.interfaces import OutgoingMessage
from bot.teams.messages import Reaction
from bot.teams.surface import AnsweredSurface, TeamsSurface
from dialogs.replies.results import SharedResult
from dialogs.view import Table, View
from dialogs.views import FILES, LAYOUTS

ROOT = Path(__file__).parents[2]
SLACK: Any = json.loads((ROOT / "infra/slack/manifest.json").read_text("utf-8"))
TEAMS: Any = json.loads((ROOT / "infra/teams/manifest.json").read_text("utf-8"))
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/features.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| feature")
]


def _events() -> list[str]:
    found: list[str] = SLACK["settings"]["event_subscriptions"]["bot_events"]
    return found


def _shortcut(kind: str, callback: str) -> bool:
    return any((s["type"], s["callback_id"]) == (kind, callback) for s in SLACK["features"]["shortcuts"])


def _extension(command: str) -> bool:
    return any(c["id"] == command for e in TEAMS["composeExtensions"] for c in e["commands"])


def _commands() -> list[dict[str, Any]]:
    return [command for one in TEAMS["bots"][0]["commandLists"] for command in one["commands"]]


def _scopes() -> set[str]:
    return set(TEAMS["bots"][0]["scopes"])


LIST = View(
    (Table(("Idea",), (("1. Posters",),), links=("https://teams.microsoft.com/l/message/c/1",), caption="Ideas"),)
)

Has = Callable[[], bool]

EVIDENCE: dict[str, tuple[Has, Has]] = {
    "mention in a channel or group chat": (
        lambda: "app_mention" in _events(),
        lambda: {"team", "groupChat"} <= _scopes(),
    ),
    "talk to it alone": (lambda: "message.im" in _events(), lambda: "personal" in _scopes()),
    "command after a slash": (
        lambda: bool(SLACK["features"]["slash_commands"]),
        lambda: any("slash" in one.get("triggers", []) for one in TEAMS["bots"][0]["commandLists"]),
    ),
    "answers by buttons, on one message that is edited": (
        lambda: hasattr(SlackSurface, "update"),
        lambda: hasattr(AnsweredSurface, "update"),
    ),
    "typed answers without a mention in a shared thread": (
        lambda: {"message.channels", "message.groups"} <= set(_events()),
        lambda: "authorization" in TEAMS,
    ),
    "form with all questions": (
        lambda: _shortcut("global", modals.FORM) and modals.FORM == "advice_form",
        lambda: _extension(form_cards.FORM) and "task/fetch" in INVOKES and form_cards.FORM == "advice_form",
    ),
    "judge somebody's message": (
        lambda: _shortcut("message", modals.TRIAGE_MESSAGE) and "message" in Shortcut.model_fields,
        lambda: _extension(form_cards.TRIAGE_MESSAGE),
    ),
    "search from where one writes": (lambda: False, lambda: _extension(form_cards.ASK)),
    "page of its own": (
        lambda: bool(SLACK["features"]["app_home"]["home_tab_enabled"]),
        lambda: "staticTabs" in TEAMS,
    ),
    "private conversation in a shared place": (
        lambda: "commands" in SLACK["oauth_config"]["scopes"]["bot"],
        lambda: TEAMS["bots"][0]["supportsTargetedMessages"] and "is_targeted" in Account.model_fields,
    ),
    "notice to one person alone": (
        lambda: SlackSurface.can_whisper,
        lambda: "targeted" in {field.name for field in fields(OutgoingMessage)},
    ),
    "prompts to begin with": (
        lambda: bool(SLACK["features"]["agent_view"]["suggested_prompts"]),
        lambda: any(command.get("type") == "prompt" for command in _commands()),
    ),
    "result posted by whoever asked": (
        lambda: "response_url" in ViewSubmission.model_fields,
        lambda: {"task/submit", "composeExtension/submitAction"} <= INVOKES,
    ),
    "a conversation's result for others": (
        lambda: modals.SHARE == "share",
        lambda: SharedResult in LAYOUTS,
    ),
    "feedback on results and answers": (
        lambda: blocks.FEEDBACK == "feedback" and modals.FEEDBACK_NOTE == "feedback_note",
        lambda: "feedback" in {field.name for field in fields(OutgoingMessage)} and "note" in dir(Reaction),
    ),
    "the platform's own assistant": (
        lambda: "mcp_servers" in _with_mcp(),
        lambda: "copilot" in _scopes() and "customEngineAgents" in TEAMS["copilotAgents"],
    ),
    "a file of ideas comes back with verdicts": (
        lambda: {"files:read", "files:write"} <= set(SLACK["oauth_config"]["scopes"]["bot"]),
        lambda: TEAMS["bots"][0]["supportsFiles"] and "fetch" in vars(TeamsSurface),
    ),
    "lists and records as files": (
        lambda: "post_file" in vars(SlackSurface) and len(FILES) == 2,
        lambda: TEAMS["bots"][0]["supportsFiles"] and "post_file" in vars(TeamsSurface),
    ),
    "told once when something changed about one's ideas": (
        lambda: "reminder" in inspect.getsource(SlackChannel.surface),
        lambda: hasattr(TeamsAdapter, "conversation"),
    ),
    "list of ideas, each with a link to its message": (
        lambda: '"type":"data_table"' in to_json(slack_message(LIST, data_tables=True).blocks).decode(),
        lambda: LIST.elements[0].link(0) in teams_message(LIST).card,
    ),
    "links without previews": (
        lambda: "links:read" not in SLACK["oauth_config"]["scopes"]["bot"],
        lambda: "messageHandlers" not in TEAMS["composeExtensions"][0],
    ),
    "installation for a whole organisation": (
        lambda: bool(SLACK["settings"]["org_deploy_enabled"]),
        lambda: TEAMS["defaultInstallScope"] == "personal",
    ),
}


def _with_mcp() -> dict[str, Any]:
    from bot.commands.slack_manifest import manifest

    return manifest("https://advisor.example", socket_mode=False, mcp=True)


def test_the_table_has_every_feature_once() -> None:
    assert [row[0] for row in ROWS if row[0] != "---"] == list(EVIDENCE)


@pytest.mark.parametrize("row", [row for row in ROWS if row[0] in EVIDENCE], ids=lambda row: row[0])
def test_what_the_table_says_is_so(row: list[str]) -> None:
    feature, *said, reason = row
    for platform, has in zip(said, EVIDENCE[feature], strict=True):
        assert platform.partition(":")[0] in ("yes", "no")
        assert platform.startswith("yes") is has()
    if said[0].partition(":")[0] != said[1].partition(":")[0]:
        assert reason, f"{feature}: why they differ is not said"


def test_every_shortcut_and_command_is_in_the_table() -> None:
    page = (ROOT / "docs/features.md").read_text("utf-8")
    names = [shortcut["callback_id"] for shortcut in SLACK["features"]["shortcuts"]]
    names += [command["id"] for command in TEAMS["composeExtensions"][0]["commands"]]
    names += [command["title"] for command in _commands() if command.get("type") != "prompt"]
    assert [name for name in names if f"`{name}`" not in page] == []
