"""The doctor names what is broken and what to do, all at once; a good set-up is in order."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import redis
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.commands import doctor
from bot.commands.argument_parser import parser
from bot.commands.doctor import as_json, diagnose
from bot.config.findings import Finding, Status
from bot.slack.authorization import SCOPES
from bot.teams.check import check as check_teams
from bot.teams.cloud import PUBLIC, Cloud
from tests import servers
from tests.bot.in_process import in_process
from tests.bot.teams.microsoft import APP_ID, LOGIN, PASSWORD, Microsoft, Redirected
from tests.knowledge.pack_copies import SMALL
from tests.shipped import STATE

TENANT = "0b7e9a4e-0000-4000-8000-000000000001"
TOKEN = "xoxb-good"
SECRET = "0123456789abcdef0123456789abcdef"


class Slack:
    """Slack's answer to a token, with the scopes in a header."""

    def __init__(self) -> None:
        self.scopes = list(SCOPES)

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.post("/api/auth.test", self._test), web.post("/api/apps.connections.open", self._open)])
        return app

    async def _test(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        return web.json_response({"ok": True, "team": "Acme"}, headers={"X-OAuth-Scopes": ",".join(self.scopes)})

    async def _open(self, request: web.Request) -> web.Response:
        good = request.headers.get("Authorization") == "Bearer xapp-good"
        return web.json_response({"ok": True, "url": "wss://x"} if good else {"ok": False, "error": "invalid_auth"})


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("/"))
    finally:
        await server.close()


class Setup:
    """A good set-up, to be broken."""

    def __init__(self, slack: Slack, microsoft: Microsoft, addresses: dict[str, str], state: Path) -> None:
        self.slack = slack
        self.microsoft = microsoft
        self.page: str | None = None
        self.environment = {
            "HOME": str(state),
            "ADVISOR_STATE": str(STATE),
            "ADVISOR_PACK": str(SMALL),  # read in no time
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{addresses['slack']}api/",
            "MICROSOFT_APP_ID": APP_ID,
            "MICROSOFT_APP_PASSWORD": PASSWORD,
            "MICROSOFT_APP_TENANT_ID": TENANT,
            "REDIS_URL": addresses["redis"],
        }
        self._microsoft_at = addresses["microsoft"]
        self.openid = f"{self._microsoft_at}openid"

    async def findings(self) -> list[Finding]:
        cloud = Cloud(PUBLIC.issuer, self.openid, LOGIN, PUBLIC.default_tenant, PUBLIC.scope, PUBLIC.services)
        client = Redirected(self._microsoft_at)
        try:
            teams = partial(check_teams, cloud=cloud, http_client=client)
            return await diagnose(self.environment, teams, lambda: self.page)
        finally:
            client.close()

    async def bad(self) -> dict[str, str]:
        """What is bad, by its code."""
        return {finding.code: finding.message for finding in await self.findings() if finding.status is Status.BAD}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[redis.Redis]:
    with servers.node(tmp_path / "redis", servers.free_port(), "--appendonly", "yes") as node:
        yield node


@pytest.fixture
async def setup(server: redis.Redis, tmp_path: Path) -> AsyncIterator[Setup]:
    slack, microsoft = Slack(), Microsoft()
    login = web.Application()
    login.add_routes(microsoft.routes())
    async with served(slack.app()) as slack_url, served(login) as microsoft_url:
        addresses = {"slack": slack_url, "microsoft": microsoft_url, "redis": f"redis://{servers.address(server)}/0"}
        yield Setup(slack, microsoft, addresses, tmp_path)


async def test_a_good_set_up_is_in_order(setup: Setup, server: redis.Redis) -> None:
    findings = await setup.findings()
    assert [finding for finding in findings if finding.status is Status.BAD] == []
    (kept,) = [finding.message for finding in findings if finding.code == "redis"]
    assert kept.endswith("conversations are kept for 7 days")
    codes = {finding.code for finding in findings if finding.status is Status.OK}
    assert codes >= {"slack_bot_token", "slack_scopes", "slack_signing_secret", "teams_keys", "teams_token"}
    assert codes >= {"redis_writable", "redis_rights", "redis_keeps", "redis_append_only", "encoder_on", "pack"}
    assert server.keys() == []


async def test_an_app_token_that_slack_takes_is_in_order(setup: Setup) -> None:
    setup.environment["SLACK_APP_TOKEN"] = "xapp-good"
    assert ("slack_app_token", Status.OK) in {(finding.code, finding.status) for finding in await setup.findings()}


Broken = tuple[dict[str, str], str, tuple[str, ...]]

BY_SETTINGS: dict[str, Broken] = {
    "garbage token": ({"SLACK_BOT_TOKEN": "xoxb-garbage"}, "slack_token_refused", ("SLACK_BOT_TOKEN", "invalid_auth")),
    "signing secret of a wrong form": (
        {"SLACK_SIGNING_SECRET": "xoxb-something"},
        "slack_signing_secret_form",
        ("SLACK_SIGNING_SECRET", "Basic Information"),
    ),
    "app token of a wrong kind": ({"SLACK_APP_TOKEN": "xapp-bad"}, "slack_token_refused", ("connections:write",)),
    "app id without its secret": ({"MICROSOFT_APP_PASSWORD": ""}, "setting", ("MICROSOFT_APP_PASSWORD is missing",)),
    "wrong secret": ({"MICROSOFT_APP_PASSWORD": "x"}, "teams_token_refused", ("its value is needed, not its id",)),
    "nobody at Slack's address": (
        {"SLACK_API_URL": "http://127.0.0.1:1/api/"},
        "slack_unreachable",
        ("SLACK_API_URL", "HTTPS_PROXY"),
    ),
    "nobody at Redis's address": ({"REDIS_URL": "redis://127.0.0.1:1"}, "redis_unreachable", ("REDIS_URL",)),
}


@pytest.mark.parametrize(("change", "code", "says"), BY_SETTINGS.values(), ids=BY_SETTINGS)
async def test_what_a_setting_breaks_is_named(
    setup: Setup, change: dict[str, str], code: str, says: tuple[str, ...]
) -> None:
    setup.environment |= change
    found = await setup.bad()
    assert list(found) == [code]
    assert all(part in found[code] for part in says)


async def test_a_missing_scope_is_named_and_one_that_can_be_missed_is_told(setup: Setup) -> None:
    setup.slack.scopes.remove("im:history")
    findings = {finding.code: finding for finding in await setup.findings()}
    assert findings["slack_scope_optional"].status is Status.LOOK
    assert await setup.bad() == {}
    setup.slack.scopes.remove("chat:write")
    found = await setup.bad()
    assert list(found) == ["slack_scope_missing"]
    assert all(said in found["slack_scope_missing"] for said in ("chat:write", "install the app again"))


async def test_keys_that_cannot_be_fetched_are_named(setup: Setup) -> None:
    setup.microsoft.down = True
    found = await setup.bad()
    assert list(found) == ["teams_keys_unreachable"]
    assert setup.openid in found["teams_keys_unreachable"]
    assert "HTTPS_PROXY" in found["teams_keys_unreachable"]


async def test_an_expired_secret_is_named(setup: Setup) -> None:
    setup.microsoft.refusal = "AADSTS7000222: The provided client secret keys are expired."
    found = await setup.bad()
    assert found == {
        "teams_token_refused": "Microsoft gives no token. The secret in MICROSOFT_APP_PASSWORD has expired."
    }


def log_in(setup: Setup, server: redis.Redis, *rights: str) -> None:
    server.execute_command("ACL", "SETUSER", "weak", "on", ">p", *rights)
    setup.environment["REDIS_URL"] = f"redis://weak:p@{servers.address(server)}"


async def test_redis_without_the_right_to_write_is_named(setup: Setup, server: redis.Redis) -> None:
    log_in(setup, server, "~*", "+@read", "+@connection", "+info", "+eval")
    found = await setup.bad()
    assert list(found) == ["redis_not_writable", "redis_rights_missing"]
    assert "NOPERM" in found["redis_not_writable"]
    assert "SET" in found["redis_rights_missing"] and "ZADD" in found["redis_rights_missing"]
    assert " GET," not in found["redis_rights_missing"]
    assert "docs/operations.md" in found["redis_rights_missing"]


async def test_a_single_right_that_is_missing_is_named(setup: Setup, server: redis.Redis) -> None:
    log_in(setup, server, "~*", "+@all", "-getex")
    found = await setup.bad()
    assert list(found) == ["redis_rights_missing"]
    assert "may not GETEX below" in found["redis_rights_missing"]


async def test_redis_with_another_prefix_only_is_named(setup: Setup, server: redis.Redis) -> None:
    log_in(setup, server, "~other:*", "+@all")
    found = await setup.bad()
    assert list(found) == ["redis_not_writable", "redis_rights_missing"]
    assert "`advisor:`" in found["redis_rights_missing"] and "ADVISOR_KEY_PREFIX" in found["redis_rights_missing"]
    setup.environment["ADVISOR_KEY_PREFIX"] = "other"
    assert await setup.bad() == {}


async def test_a_redis_that_takes_no_writes_is_named(setup: Setup, server: redis.Redis) -> None:
    server.config_set("maxmemory", 1)
    full = await setup.bad()
    server.config_set("maxmemory", 0)
    server.replicaof("127.0.0.1", servers.free_port())
    replica = await setup.bad()
    assert list(full) == list(replica) == ["redis_not_writable"]
    assert all(said in full["redis_not_writable"] for said in ("OOM", "maxmemory"))
    assert all(said in replica["redis_not_writable"] for said in ("READONLY", "primary"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SLACK_SIGNING_SECRET": SECRET}, "slack_signing_secret"),
        ({"SLACK_BOT_TOKEN": TOKEN}, "slack_bot_token"),
        ({}, None),
    ],
)
async def test_each_part_of_slacks_access_is_looked_at(setup: Setup, given: dict[str, str], code: str | None) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        del setup.environment[name]
    setup.environment |= given
    found = {finding.code for finding in await setup.findings()}
    tried = {"slack_signing_secret", "slack_bot_token", "slack_app_token"} & found
    assert tried == ({code} if code else set())


async def test_what_redis_may_lose_is_told(setup: Setup, server: redis.Redis) -> None:
    server.config_set("maxmemory", 100_000_000)
    server.config_set("maxmemory-policy", "allkeys-lru")
    server.config_set("appendonly", "no")
    findings = {finding.code: finding for finding in await setup.findings()}
    assert findings["redis_evicts"].status is findings["redis_no_append_only"].status is Status.LOOK
    assert "allkeys-lru" in findings["redis_evicts"].message
    assert await setup.bad() == {}


async def test_a_page_that_is_not_built_is_named(setup: Setup) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD"):
        del setup.environment[name]
    setup.page = "its page is not built. Run `make run`."
    assert await setup.bad() == {"page_not_built": setup.page}
    setup.page = None
    assert await setup.bad() == {}


async def test_all_that_is_broken_is_named_at_once(setup: Setup, server: redis.Redis) -> None:
    server.config_set("maxmemory", 1)
    setup.slack.scopes.remove("chat:write")
    setup.microsoft.refusal = "AADSTS7000222: expired"
    setup.environment |= {"ADVISOR_PORT": "x", "SLACK_SIGNING_SECRET": "short", "ADVISOR_PACK": "/nowhere"}
    assert list(await setup.bad()) == [
        "setting",
        "slack_signing_secret_form",
        "slack_scope_missing",
        "teams_token_refused",
        "redis_not_writable",
        "pack",
    ]


async def test_no_secret_is_shown(setup: Setup) -> None:
    setup.environment |= {"SLACK_BOT_TOKEN": "xoxb-garbage", "MICROSOFT_APP_PASSWORD": "hush-hush"}
    shown = as_json(await setup.findings())
    assert not any(secret in shown for secret in ("xoxb-garbage", "hush-hush", SECRET))


@pytest.mark.parametrize(("status", "exit_status"), [(Status.OK, 0), (Status.LOOK, 0), (Status.BAD, 78)])
@pytest.mark.parametrize("words", [["doctor"], ["doctor", "--json"]])
def test_the_exit_status_says_whether_it_works(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    status: Status,
    exit_status: int,
) -> None:
    async def found(_environment: Any) -> list[Finding]:
        return [Finding(status, "Redis", "redis", "it answers")]

    monkeypatch.setattr(doctor, "diagnose", found)
    assert doctor.run(parser().parse_args(words), {}) == exit_status
    assert "it answers" in capsys.readouterr().out


def test_the_command_itself(tmp_path: Path) -> None:
    login = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:1/"}
    done = in_process(tmp_path, "doctor", "--json", ADVISOR_PORT="x", **login)
    said = json.loads(done.stdout)
    assert (done.returncode, said["good"], done.stderr) == (78, False, "")
    assert set(said) == {"version", "good", "findings"}
    assert all(set(finding) == {"status", "area", "code", "message"} for finding in said["findings"])
    bad = [finding["code"] for finding in said["findings"] if finding["status"] == "bad"]
    assert bad == ["setting", "slack_signing_secret_form", "slack_unreachable"]
