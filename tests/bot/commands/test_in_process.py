"""Commands without a process of their own: what can be typed, what they print, and their exit status."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot.commands import knowledge, slack_manifest, teams_package, triage
from bot.commands.argument_parser import parser
from bot.commands.doctor import as_json, print_findings
from bot.commands.output import input_text, print_error
from bot.commands.slack_manifest import PLACEHOLDER, manifest
from bot.config.environment import read_settings
from bot.config.findings import bad, look, ok
from bot.config.summary import channels, storage
from knowledge.pack_loader import builtin
from tests.knowledge.fixtures import pack

PACK = pack()
APP = "11111111-2222-3333-4444-555555555555"


def parsed(*words: str) -> dict[str, Any]:
    found = vars(parser().parse_args(words))
    assert found.pop("version") is None
    return found


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("serve", {"open": False}),
        ("serve --open", {"open": True}),
        ("chat", {"resume": False, "jsonl": False}),
        ("chat --resume", {"resume": True, "jsonl": False}),
        ("chat --jsonl", {"resume": False, "jsonl": True}),
        ("ask", {"text": [], "jsonl": False}),
        ("ask how much --jsonl", {"text": ["how", "much"], "jsonl": True}),
        ("triage", {"what": None, "jsonl": False, "output": None, "evidence": False}),
        (
            "triage x.csv --output y.csv --evidence",
            {"what": "x.csv", "jsonl": False, "output": Path("y.csv"), "evidence": True},
        ),
        ("mcp", {}),
        ("knowledge check", {"job": "check", "folder": None}),
        ("knowledge check x", {"job": "check", "folder": Path("x")}),
        ("knowledge facts", {"job": "facts", "folder": None}),
        ("knowledge learn x", {"job": "learn", "folder": Path("x")}),
        ("knowledge new x", {"job": "new", "name": "x"}),
        ("board check", {"job": "check"}),
        ("report --json", {"json": True}),
        ("eval x", {"folder": Path("x"), "json": False}),
        (
            "teams-package",
            {
                "name": "Advisor",
                "output": Path("advisor-teams.zip"),
                "developer": None,
                "website": None,
                "privacy": None,
                "terms": None,
                "package_version": None,
            },
        ),
        ("slack-manifest", {"url": None, "socket": False, "mcp": False}),
        ("slack-manifest --address x --socket-mode --mcp", {"url": "x", "socket": True, "mcp": True}),
        ("doctor --json", {"json": True}),
    ],
)
def test_what_can_be_typed(words: str, arguments: dict[str, Any]) -> None:
    assert parsed(*words.split()) == {"command": words.split()[0], **arguments}


@pytest.mark.parametrize("words", ["", "dance", "knowledge", "knowledge new", "board", "eval", "triage a b", "chat x"])
def test_what_cannot_be_typed(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(words.split())
    assert left.value.code == 2
    assert "usage: advisor" in capsys.readouterr().err


def test_the_version_is_said_when_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("advisor ")


def made(address: str | None, **how: Any) -> str:
    return json.dumps(manifest(address, **{"socket_mode": False, **how}))


def test_a_manifest_for_slack_has_the_address_or_none() -> None:
    assert PLACEHOLDER in made(None)
    whole = made("https://x.org/")
    assert PLACEHOLDER not in whole
    assert "https://x.org/slack/events" in whole
    socket = manifest(None, socket_mode=True)
    assert PLACEHOLDER not in json.dumps(socket)
    assert socket["settings"]["socket_mode_enabled"] is True
    assert "redirect_urls" not in socket["oauth_config"]
    assert manifest(None, socket_mode=False)["settings"]["socket_mode_enabled"] is False
    assert "mcp_servers" not in whole
    assert "mcp:connect" not in whole
    with_mcp = manifest("https://x.org", socket_mode=True, mcp=True)
    assert with_mcp["mcp_servers"]["advisor"]["url"] == "https://x.org/mcp"
    assert with_mcp["oauth_config"]["scopes"]["bot"][-1] == "mcp:connect"


def said_by_manifest(capsys: pytest.CaptureFixture[str], **arguments: Any) -> tuple[int, bool, str]:
    """The exit status, whether a manifest was printed, and what was said beside it."""
    given = Namespace(**{"url": None, "socket": False, "mcp": False, **arguments})
    status = slack_manifest.run(given, {})
    said = capsys.readouterr()
    return status, said.out.startswith("{"), said.err


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://x.org", True),
        ("https://x.org/y", True),
        ("http://x.org", False),
        ("https://", False),
        ("https://x.org?y=1", False),
        ('https://x.org/"', False),
        ("https://x.org/\\", False),
    ],
)
def test_an_address_for_slack_is_checked(capsys: pytest.CaptureFixture[str], url: str, good: bool) -> None:
    status, printed, said = said_by_manifest(capsys, url=url)
    assert (status, printed) == ((0, True) if good else (2, False))
    assert ("must begin with https://" in said) is not good


def test_what_is_left_to_fill_in_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert PLACEHOLDER in said_by_manifest(capsys)[2]
    assert said_by_manifest(capsys, socket=True)[2] == ""
    assert "ADVISOR_MCP_TOKEN" in said_by_manifest(capsys, url="https://x.org", mcp=True)[2]
    assert said_by_manifest(capsys, mcp=True)[:2] == (0, True)
    assert said_by_manifest(capsys, mcp=True, socket=True)[:2] == (2, False)
    assert said_by_manifest(capsys, mcp=True, socket=True, url="https://x.org")[:2] == (0, True)


def package(tmp_path: Path, **arguments: Any) -> Namespace:
    free = dict.fromkeys(("developer", "website", "privacy", "terms", "package_version"))
    return Namespace(**{"name": "Advisor", "output": tmp_path / "x" / "out.zip", **free, **arguments})


def test_the_package_for_teams_is_made_or_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environment = {
        "MICROSOFT_APP_ID": APP,
        "MICROSOFT_APP_PASSWORD": "p",
        "MICROSOFT_APP_TYPE": "MultiTenant",
        "HOME": str(tmp_path),
    }
    assert teams_package.run(package(tmp_path), {"HOME": str(tmp_path)}) == 78
    assert "MICROSOFT_APP_ID is missing" in capsys.readouterr().err
    assert teams_package.run(package(tmp_path), environment) == 0
    said = capsys.readouterr()
    assert "--developer, --website, --privacy, --terms" in said.err
    assert said.out.startswith(str(tmp_path / "x" / "out.zip"))
    who = {"developer": "We", "website": "https://x.org", "privacy": "https://x.org/p", "terms": "https://x.org/t"}
    assert teams_package.run(package(tmp_path, **who, package_version="1.2.0"), environment) == 0
    assert capsys.readouterr().err == ""
    with ZipFile(tmp_path / "x" / "out.zip") as made:
        found = json.loads(made.read("manifest.json"))
    assert (found["developer"]["name"], found["version"]) == ("We", "1.2.0")
    assert teams_package.run(package(tmp_path, name=""), environment) == 2
    assert capsys.readouterr().err.startswith("--name: ")
    assert teams_package.run(package(tmp_path, output=tmp_path), environment) == 1
    assert str(tmp_path) in capsys.readouterr().err
    assert teams_package.run(package(tmp_path), {**environment, "MICROSOFT_APP_ID": "x"}) == 78


def test_a_check_of_the_pack_counts_what_it_holds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert knowledge.run(Namespace(job="check", folder=builtin()), {"HOME": "/tmp"}) == 0
    said = capsys.readouterr().out
    assert f"{len(PACK.questions)} questions, {len(PACK.scenarios)} scenarios, {len(PACK.passages)} passages" in said
    assert "no errors" in said
    assert knowledge.run(Namespace(job="check", folder=tmp_path), {"HOME": "/tmp"}) == 1
    assert "does not start with this pack" in capsys.readouterr().out


def test_a_new_pack_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def new(name: str) -> int:
        return knowledge.run(Namespace(job="new", name=str(tmp_path / name)), {})

    assert new("my-pack") == 0
    assert f"advisor knowledge check {tmp_path / 'my-pack'}" in capsys.readouterr().out
    assert new("my-pack") == 1
    assert "exists already" in capsys.readouterr().err
    assert new("My Pack") == 2
    assert "cannot be the id" in capsys.readouterr().err
    assert knowledge.run(Namespace(job="learn", folder=builtin()), {"HOME": "/tmp"}) == 0
    assert "is already trained" in capsys.readouterr().out


def test_findings_are_told_for_people_and_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    good, trouble = [ok("A", "a", "fine"), look("B", "b", "hm")], [bad("C", "c", "broken")]
    print_findings(good)
    assert capsys.readouterr().out.splitlines() == ["ok    A: fine", "look  B: hm", "Everything it needs is there."]
    print_findings(good + trouble)
    assert capsys.readouterr().out.splitlines()[2:] == [
        "BAD   C: broken",
        "Fix what is marked BAD, then run `advisor doctor` again.",
    ]
    assert json.loads(as_json(good))["good"] is True
    told = json.loads(as_json(good + trouble))
    assert told["good"] is False
    assert told["findings"][2] == {"status": "bad", "area": "C", "code": "c", "message": "broken"}


def test_which_channels_are_on_and_what_would_turn_on_the_others(tmp_path: Path) -> None:
    def told(**environment: str) -> dict[str, tuple[bool, str, str]]:
        settings = read_settings({"HOME": str(tmp_path), **environment})
        return {one.name: (one.on, one.state, one.detail) for one in channels(settings)}

    local = told()
    assert [local[name][:2] for name in local] == [
        (False, "playground only"),
        (True, "on"),
        (True, "on"),
        (True, "on"),
        (True, "on"),
    ]
    away = told(ADVISOR_HOST="0.0.0.0")
    assert [away[name][:2] for name in ("Slack", "Teams", "MCP", "Playground")] == [(False, "off")] * 4
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_APP_TOKEN": "xapp-1"}
    assert told(**slack)["Slack"] == (True, "on", "HTTP: POST /slack/events, Socket Mode")
    assert told(**slack)["Playground"][0] is False
    teams = {"MICROSOFT_APP_ID": APP, "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TYPE": "MultiTenant"}
    many = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "quiet", "SLACK_SIGNING_SECRET": "s"}
    assert told(**many)["Slack"] == (True, "on", "HTTP: POST /slack/events, install: GET /slack/install")
    assert told(**teams, ADVISOR_TENANTS=APP)["Teams"][2].endswith("for 1 tenant")
    assert told(**teams, ADVISOR_TENANTS=f"{APP},{APP[:-1]}6")["Teams"][2].endswith("for 2 tenants")
    assert told(**teams)["Teams"][2].endswith("for 0 tenants")
    assert "ADVISOR_MCP_TOKEN; see" in told(ADVISOR_MCP_TOKEN="x" * 40)["MCP"][2]
    assert "ADVISOR_MCP_TOKEN" in told(ADVISOR_HOST="0.0.0.0", ADVISOR_MCP_TOKEN="x" * 40)["MCP"][2]
    assert str(channels(read_settings({"HOME": "/x"}))[-1]) == "  Terminal   on   advisor chat"
    assert storage(read_settings({"HOME": "/x", "ADVISOR_STATE": "/s"})) == "embedded server in /s"
    assert storage(read_settings({"HOME": "/x", "REDIS_URL": "redis://h"})) == "Redis (REDIS_URL)"


def test_wrong_uses_of_triage_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    def run(**arguments: Any) -> int:
        given = {"what": None, "jsonl": False, "output": None, "evidence": False, **arguments}
        return triage.run(Namespace(**given), {})

    assert run(jsonl=True, what="x") == 2
    assert run(jsonl=True, output=Path("x")) == 2
    assert "--jsonl reads from standard input" in capsys.readouterr().err
    assert run(what="an idea", output=Path("x")) == 2
    assert "--output belongs to a file" in capsys.readouterr().err
    assert run(what="  ") == 2
    assert "Nothing was given. Usage: advisor triage" in capsys.readouterr().err


def test_words_stand_for_themselves_and_messages_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert input_text(["how", "much"], "x") == "how much"
    print_error("wrong")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "wrong\n")
