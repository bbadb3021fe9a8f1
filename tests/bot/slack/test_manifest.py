"""The manifest asks for what the code needs, and for nothing else, within Slack's limits."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.commands import slack_manifest
from bot.mcp.http import PATH as MCP_PATH
from bot.slack.authorization import REDIRECT, SCOPES
from bot.slack.check import REQUIRED
from bot.slack.http import PATH
from bot.slack.modals import FORM, TRIAGE_MESSAGE

FILE = Path(__file__).parents[3] / "infra" / "slack" / "manifest.json"
DOCS = Path(__file__).parents[3] / "docs" / "slack.md"

NEEDS = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "file": "files:read",
    "name": "users:read",
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
}
"""Every event that the app hears, what it looks up beside them, and the scope that Slack wants for it."""


@pytest.fixture(scope="module")
def manifest() -> Any:
    return json.loads(FILE.read_text("utf-8"))


def test_scopes_are_the_ones_that_an_installation_asks_for(manifest: Any) -> None:
    assert tuple(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES
    assert "user" not in manifest["oauth_config"]["scopes"]


def test_what_it_works_without_may_be_left_out_by_who_installs_it(manifest: Any) -> None:
    scopes = manifest["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) < set(scopes["bot"]) - REQUIRED
    assert set(scopes["bot"]) - set(scopes["bot_optional"]) - REQUIRED == {"assistant:write", "im:history"}


def test_every_event_has_its_scope_and_every_history_scope_its_event(manifest: Any) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(set(NEEDS) - {"file", "name"})  # which belong to a message
    needed = set(NEEDS.values()) - {None}
    assert needed == {scope for scope in SCOPES if scope.endswith((":history", ":read"))}


def test_scopes_that_are_not_needed_are_not_asked_for(manifest: Any) -> None:
    assert not {"users:read.email", "im:write", "chat:write.public", "channels:read"} & set(SCOPES)


def test_every_address_leads_to_a_route(manifest: Any) -> None:
    settings, features = manifest["settings"], manifest["features"]
    urls = [
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        *(command["url"] for command in features["slash_commands"]),
    ]
    assert urls == [f"https://YOUR-ADDRESS{PATH}"] * 3
    assert manifest["oauth_config"]["redirect_urls"] == [f"https://YOUR-ADDRESS{REDIRECT}"]


def test_it_is_an_agent_and_not_the_assistant_of_old(manifest: Any) -> None:
    assert "agent_view" in manifest["features"]
    assert "assistant_view" not in manifest["features"]
    assert "assistant:write" in SCOPES


def test_people_can_write_to_it_directly(manifest: Any) -> None:
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_every_shortcut_leads_to_something(manifest: Any) -> None:
    shortcuts = {(shortcut["type"], shortcut["callback_id"]) for shortcut in manifest["features"]["shortcuts"]}
    assert shortcuts == {("message", TRIAGE_MESSAGE), ("global", FORM)}
    assert manifest["features"]["app_home"]["home_tab_enabled"]


def test_it_can_be_installed_for_a_whole_organisation(manifest: Any) -> None:
    assert manifest["settings"]["org_deploy_enabled"]


def test_slacks_own_assistant_gets_the_way_to_it_where_that_is_asked_for(manifest: Any) -> None:
    made = slack_manifest.manifest("https://advisor.example", socket_mode=False, mcp=True)
    (server,) = made["mcp_servers"].values()
    assert server["url"] == f"https://advisor.example{MCP_PATH}"
    assert made["oauth_config"]["scopes"]["bot"] == [*SCOPES, "mcp:connect"]
    assert "mcp_servers" not in manifest


def test_texts_are_within_the_limits(manifest: Any) -> None:
    shown, features = manifest["display_information"], manifest["features"]
    assert 1 <= len(shown["name"]) <= 35
    assert 1 <= len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert 1 <= len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert 1 <= len(features["agent_view"]["suggested_prompts"]) <= 4
    for shortcut in features["shortcuts"]:
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["description"]) <= 150
        assert len(shortcut["callback_id"]) <= 255
    for command in features["slash_commands"]:
        assert command["command"].startswith("/")
        assert len(command["command"]) <= 32
        assert len(command["usage_hint"]) <= 1000
        assert len(command["description"]) <= 2000


KNOWN = {
    "": {"_metadata", "display_information", "features", "oauth_config", "settings"},
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "agent_view", "bot_user", "shortcuts", "slash_commands"},
    "oauth_config": {"redirect_urls", "scopes"},
    "settings": {
        "event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled",
    },
}  # fmt: skip


@pytest.mark.parametrize("part", KNOWN)
def test_there_are_no_keys_that_slack_does_not_know(manifest: Any, part: str) -> None:
    assert set(manifest[part] if part else manifest) <= KNOWN[part]


def test_tokens_do_not_rotate(manifest: Any) -> None:
    """A rotating token needs a lock among the replicas, which nobody has written."""
    assert manifest["settings"]["token_rotation_enabled"] is False


@pytest.mark.parametrize("scope", SCOPES)
def test_the_documentation_says_what_each_scope_is_for(scope: str) -> None:
    assert f"| `{scope}` |" in DOCS.read_text("utf-8")
