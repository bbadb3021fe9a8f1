"""Many workspaces: an installation begun on one replica and finished on another, and whose token answers whom."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Bot

from bot.config.environment import read_settings
from bot.playground.slack.payloads import envelope
from bot.playground.slack.workspace import LocalWorkspace
from bot.slack.app import build
from bot.slack.authorization import INSTALL, INSTALLATION_TTL, REDIRECT, SCOPES, Installations
from bot.slack.token_encryption import TokenEncryption, TokenUnreadable
from bot.storage.errors import StorageUnavailable
from bot.storage.redis_retries import Storage, Timeouts
from bot.storage.stores import Stores
from bot.turns.service import Service
from dialogs import catalogue
from dialogs.advisor import Advisor
from tests.bot.slack.conftest import Opened, recover
from tests.drivers.slack import Rig, opened, user
from tests.faulty_platforms import ApiFault

ANA = user("ana")

# slack_sdk 3.48 signs in with a class of aiohttp's that is to be removed in aiohttp 4.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

MANY = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "quiet"}


@pytest.fixture
async def pair(open_rig: Opened, key_prefix: str) -> AsyncIterator[tuple[Rig, Rig]]:
    """Two replicas that share the storage, and one workspace, in which the app is not installed yet."""
    workspace = LocalWorkspace(time.time, team=f"T0{key_prefix.upper()}")
    async with open_rig(MANY, workspace=workspace) as one, open_rig(MANY, workspace=workspace) as two:
        yield one, two


async def install(begun: Rig, finished: Rig, code: str = "code-1") -> int:
    """Goes through both pages as a browser would; returns the status of the second."""
    async with ClientSession() as browser:
        async with browser.get(f"{begun.url}/slack/install", allow_redirects=False) as page:
            cookie = SimpleCookie(page.headers["Set-Cookie"])
            link = urlsplit(page.headers["Location"])
        query = parse_qs(link.query)
        assert (page.status, link.hostname) == (302, "slack.com")
        assert query["scope"] == [",".join(SCOPES)]
        finished.api.codes[code] = finished.workspace
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in cookie.items())
        url = f"{finished.url}/slack/oauth_redirect"
        params = {"code": code, "state": query["state"][0]}
        async with browser.get(url, params=params, headers={"Cookie": cookies}) as page:
            return page.status


async def test_an_installation_may_end_on_another_replica(pair: tuple[Rig, Rig]) -> None:
    one, two = pair
    assert await install(one, two) == 200
    channel = one.workspace.channel([ANA])
    await one.settled(one.people.mention(ANA, channel, "start"))
    assert "Question 1 of 5" in one.visible(channel)[0]
    assert not one.refused()


async def test_who_the_token_belongs_to_is_asked_once(pair: tuple[Rig, Rig]) -> None:
    one, two = pair
    await install(one, two)
    # One event at a time: a mention makes two at once, and both may ask before either has an answer.
    channel = one.workspace.direct(ANA)
    for _ in range(3):
        await one.settled(one.people.say(ANA, channel, "start"))
    assert [call.method for call in one.api.calls].count("auth.test") == 1


async def test_slack_in_trouble_loses_no_message(pair: tuple[Rig, Rig]) -> None:
    one, two = pair
    await install(one, two)
    channel = one.workspace.channel([ANA])
    incoming = one.people.events(one.people.write(ANA, channel, f"@{one.workspace.bot} start"))[0]
    one.api.faults.append(ApiFault("auth.test", status=503, times=99))
    assert (await one.people.send_event(incoming)).status == 503
    one.api.faults.clear()
    assert (await one.settled(one.people.send_event(incoming, retry=1))).status == 200
    assert "Question 1 of 5" in one.visible(channel)[0]


async def test_a_workspace_without_an_installation_is_not_served(pair: tuple[Rig, Rig]) -> None:
    one, _ = pair
    channel = one.workspace.channel([ANA])
    await one.settled(one.people.mention(ANA, channel, "start"))
    assert one.visible(channel) == []


async def test_an_anonymous_request_leaves_nothing_in_redis(pair: tuple[Rig, Rig], storage: Storage) -> None:
    before = await storage.command("DBSIZE")
    async with ClientSession() as browser:
        for _ in range(20):
            async with browser.get(f"{pair[0].url}{INSTALL}", allow_redirects=False) as page:
                assert page.status == 302
                state = parse_qs(urlsplit(page.headers["Location"]).query)["state"][0]
            headers = {"Cookie": f"slack-app-oauth-state={state}"}
            params = {"code": "made up", "state": state}
            async with browser.get(f"{pair[0].url}{REDIRECT}", params=params, headers=headers) as page:
                assert page.status == 401
    assert await storage.command("DBSIZE") == before


async def test_what_comes_back_without_the_browser_s_state_is_refused(pair: tuple[Rig, Rig]) -> None:
    one, _ = pair
    async with ClientSession() as browser:
        async with browser.get(f"{one.url}/slack/oauth_redirect?code=c&state=s") as page:
            assert page.status == 400
        async with browser.get(f"{one.url}/slack/oauth_redirect?error=access_denied") as page:
            assert page.status == 200


BODIES: dict[str, tuple[bytes, dict[str, str]]] = {
    "JSON that is none": (b"{", {"Content-Type": "application/json"}),
    "a form that is none": (b"{", {"Content-Type": "application/x-www-form-urlencoded"}),
    "an unknown charset": (b"x", {"Content-Type": "text/plain; charset=nonsense"}),
    "another unknown charset": (b"", {"Content-Type": "text/plain; charset=nonsense"}),
    "broken gzip": (b"hello", {"Content-Encoding": "gzip"}),
    "broken deflate": (b"hello", {"Content-Encoding": "deflate"}),
    "no UTF-8": (b"\xff\xfe", {}),
    "no ASCII": (b"\xff", {"Content-Type": "text/plain; charset=ascii"}),
    "a charset that is no text": (b"aGk=", {"Content-Type": "text/plain; charset=base64"}),
}


@pytest.mark.parametrize(("path", "status"), [(INSTALL, 302), (f"{REDIRECT}?code=c&state=s", 400)])
@pytest.mark.parametrize("sent", BODIES.values(), ids=BODIES)
async def test_what_comes_as_the_body_of_a_page_s_request_is_not_looked_at(
    sent: tuple[bytes, dict[str, str]], path: str, status: int, pair: tuple[Rig, Rig]
) -> None:
    assert await raw_status(pair[0].url, path, *sent) == status


ODD = ["?state=%ff&code=%00", "?team=%f0%28", "?error=%0d%0aX: 1", "?state=%ED%A0%80", f"?state={'x' * 4000}", "?state"]


@pytest.mark.parametrize("path", [INSTALL, REDIRECT])
@pytest.mark.parametrize("query", ODD)
async def test_an_odd_address_of_the_pages_is_no_surprise(query: str, path: str, pair: tuple[Rig, Rig]) -> None:
    cookies = {"Cookie": "slack-app-oauth-state=\xff; =; ;; slack-app-oauth-state"}
    for headers in ({}, cookies):
        assert await raw_status(pair[0].url, path + query.replace(" ", "%20"), b"", headers) < 500


async def raw_status(url: str, path: str, body: bytes, headers: dict[str, str]) -> int:
    """A GET with a body, as it stands."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    given = {"Host": address.netloc, "Connection": "close", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    writer.write(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status


GIVEN_BACK: list[dict[str, Any]] = [
    {"type": "app_uninstalled"},
    {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0"]}},
]


@pytest.mark.parametrize("event", GIVEN_BACK)
async def test_a_token_that_is_given_back_is_forgotten(pair: tuple[Rig, Rig], event: dict, storage: Storage) -> None:
    one, two = pair
    await install(one, two)
    channel = one.workspace.channel([ANA])
    await one.settled(one.people.mention(ANA, channel, "start"))
    assert len(one.visible(channel)) == 1
    assert (await one.settled(one.people.send_event(event))).status == 200
    found = Installations(storage, lambda: 0.0)
    assert await found.async_find_bot(enterprise_id=None, team_id=one.workspace.team) is None
    await one.settled(one.people.mention(ANA, channel, "start"))
    assert len(one.visible(channel)) == 1


@pytest.mark.parametrize("tokens", [{"oauth": ["U1"], "bot": []}, {"oauth": ["U1"]}, [], None, {"bot": None}])
async def test_a_person_s_token_that_is_given_back_is_not_the_bot_s(
    tokens: Any, pair: tuple[Rig, Rig], storage: Storage
) -> None:
    one, two = pair
    await install(one, two)
    assert (await one.settled(one.people.send_event({"type": "tokens_revoked", "tokens": tokens}))).status == 200
    assert await Installations(storage, lambda: 0.0).async_find_bot(enterprise_id=None, team_id=one.workspace.team)


def bot_of(enterprise: str | None, team: str | None, token: str, whole: bool = False) -> Bot:
    who = {"enterprise_id": enterprise, "team_id": team, "is_enterprise_install": whole}
    return Bot(**who, bot_token=token, bot_id="B1", bot_user_id="U1", installed_at=0.0)


BOT = bot_of(None, "T1", "xoxb-1")


@pytest.mark.parametrize("event", GIVEN_BACK)
@pytest.mark.parametrize("whole", [False, True])
async def test_a_workspace_and_its_organisation_are_uninstalled_apart(
    whole: bool, event: dict[str, Any], open_rig: Opened, key_prefix: str, storage: Storage
) -> None:
    organisation = f"E0{key_prefix.upper()}"
    workspace = LocalWorkspace(time.time, team=f"T0{key_prefix.upper()}", enterprise=organisation)
    kept = Installations(storage, lambda: 0.0)
    for is_whole, team in ((False, workspace.team), (True, None)):
        await kept.async_save_bot(bot_of(organisation, team, workspace.token, is_whole))
    async with open_rig(MANY, workspace=workspace) as rig:
        body = envelope(workspace, event, "Ev1")
        body["authorizations"][0]["is_enterprise_install"] = whole
        assert (await rig.settled(rig.people.send(json.dumps(body).encode()))).status == 200
    now, ids = Installations(storage, lambda: 0.0), {"enterprise_id": organisation, "team_id": workspace.team}
    found = [await now.async_find_bot(**ids, is_enterprise_install=is_whole) for is_whole in (False, True)]
    assert [bot is not None for bot in found] == [whole, not whole]


async def test_an_organisation_is_forgotten_by_its_own_id_alone(storage: Storage, key_prefix: str) -> None:
    kept = Installations(storage, lambda: 0.0, key_prefix)
    team = {"enterprise_id": "E1", "team_id": "T1"}
    for whole in (False, True):
        await kept.async_save_bot(bot_of("E1", "T1", "x", whole))
    await kept.async_delete_bot(**team)
    assert await kept.async_find_bot(**team) is None
    assert await kept.async_find_bot(**team, is_enterprise_install=True) is not None
    await kept.async_delete_bot(enterprise_id="E1", team_id=None)
    assert await kept.async_find_bot(**team, is_enterprise_install=True) is None


async def test_a_workspace_that_is_not_allowed_cannot_install(open_rig: Opened, key_prefix: str) -> None:
    workspace = LocalWorkspace(time.time, team="T0" + re.sub("[^A-Z0-9]", "", key_prefix.upper()))
    async with open_rig({**MANY, "ADVISOR_SLACK_TEAMS": "T0OTHER"}, workspace=workspace) as rig:
        assert await install(rig, rig) == 403
    async with open_rig({**MANY, "ADVISOR_SLACK_TEAMS": f"T0OTHER,{workspace.team}"}, workspace=workspace) as rig:
        assert await install(rig, rig) == 200


async def test_a_workspace_that_is_not_allowed_any_more_is_not_served(pair: tuple[Rig, Rig], open_rig: Opened) -> None:
    one, two = pair
    await install(one, two)
    channel = one.workspace.channel([ANA])
    said = one.people.write(ANA, channel, f"@{one.workspace.bot} start")
    one.api.faults.append(ApiFault("chat.postMessage", status=429, retry_after=60))
    await one.settled(one.people.send_event(one.people.events(said)[0]))
    async with open_rig({**MANY, "ADVISOR_SLACK_TEAMS": "T0OTHER"}, workspace=one.workspace) as rig:
        await rig.settled(rig.people.mention(ANA, channel, "start"))
        assert await recover(rig) == 0
    assert one.visible(channel) == []


async def test_an_owed_reply_goes_out_with_the_token_of_its_workspace(pair: tuple[Rig, Rig], service: Service) -> None:
    one, two = pair
    await install(one, two)
    channel = one.workspace.channel([ANA])
    said = one.people.write(ANA, channel, f"@{one.workspace.bot} start")
    incoming = one.people.events(said)[0]
    deliver, service.delivery.deliver = service.delivery.deliver, _lost  # type: ignore[method-assign, assignment]
    await one.settled(one.people.send_event(incoming))
    service.delivery.deliver = deliver  # type: ignore[method-assign]
    assert await recover(two) == 1
    assert "Question 1 of 5" in two.visible(channel)[0]


async def test_what_is_owed_where_the_app_was_removed_is_given_up(
    pair: tuple[Rig, Rig], stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = pair
    await install(one, two)
    said = one.people.write(ANA, one.workspace.channel([ANA]), f"@{one.workspace.bot} start")
    one.api.faults.append(ApiFault("chat.postMessage", status=429, retry_after=60))
    await one.settled(one.people.send_event(one.people.events(said)[0]))
    await one.settled(one.people.send_event({"type": "app_uninstalled"}))
    assert await recover(two) == 0
    assert "not installed in that workspace any more" in caplog.text
    assert await stores.outbox.claim(-1e9) == ()


async def _lost(*_: object) -> None:
    """What a process that is killed right after the acknowledgement delivers."""


OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


async def test_bot_tokens_are_encrypted_where_a_key_is_set(open_rig: Opened, key_prefix: str, storage: Storage) -> None:
    workspace = LocalWorkspace(time.time, team=f"T0{key_prefix.upper()}")
    async with open_rig({**MANY, "ADVISOR_ENCRYPTION_KEY": OLD}, workspace=workspace) as rig:
        assert await install(rig, rig) == 200
        channel = workspace.channel([ANA])
        await rig.settled(rig.people.mention(ANA, channel, "start"))
        assert len(rig.visible(channel)) == 1
    stored = await storage.command("GET", f"advisor:slack:bot:-:{workspace.team}")
    assert workspace.token.encode() not in as_bytes(stored)
    assert b"xoxb" not in as_bytes(stored)


def kept(storage: Storage, prefix: str, *keys: str) -> Installations:
    """As a replica has them that begins now."""
    return Installations(storage, lambda: 0.0, prefix, encryption=TokenEncryption(keys))


async def found(storage: Storage, prefix: str, *keys: str) -> str | None:
    bot = await kept(storage, prefix, *keys).async_find_bot(enterprise_id=None, team_id="T1")
    return bot and bot.bot_token


async def test_a_key_is_exchanged_while_the_old_one_is_still_known(storage: Storage, key_prefix: str) -> None:
    await kept(storage, key_prefix, OLD).async_save_bot(BOT)
    assert await found(storage, key_prefix, NEW, OLD) == "xoxb-1"
    assert await found(storage, key_prefix, NEW) == "xoxb-1"  # what was used is encrypted with the first by now
    with pytest.raises(TokenUnreadable, match="ADVISOR_ENCRYPTION_KEY"):
        await found(storage, key_prefix, OLD)
    with pytest.raises(TokenUnreadable, match="ADVISOR_ENCRYPTION_KEY"):
        await found(storage, key_prefix)
    assert 0 < await storage.command("TTL", f"{key_prefix}:slack:bot:-:T1") <= INSTALLATION_TTL


async def test_what_was_stored_before_a_key_was_set_is_encrypted_with_its_next_use(
    storage: Storage, key_prefix: str
) -> None:
    await kept(storage, key_prefix).async_save_bot(BOT)
    assert b"xoxb-1" in as_bytes(await storage.command("GET", f"{key_prefix}:slack:bot:-:T1"))
    assert await found(storage, key_prefix, NEW) == "xoxb-1"
    assert b"xoxb-1" not in as_bytes(await storage.command("GET", f"{key_prefix}:slack:bot:-:T1"))


async def test_to_encrypt_again_brings_nothing_back_that_was_removed_meanwhile(
    redis_url: str, key_prefix: str, storage: Storage
) -> None:
    class Removed(Storage):
        async def script(self, *words: Any, **more: Any) -> Any:
            await self.command("DEL", f"{key_prefix}:slack:bot:-:T1")
            return await super().script(*words, **more)

    await kept(storage, key_prefix, OLD).async_save_bot(BOT)
    meanwhile = Removed(redis_url)
    assert await found(meanwhile, key_prefix, NEW, OLD) == "xoxb-1"
    await meanwhile.close()
    assert await storage.command("EXISTS", f"{key_prefix}:slack:bot:-:T1") == 0


async def test_without_the_right_key_no_message_is_lost(pair: tuple[Rig, Rig], open_rig: Opened) -> None:
    one, _ = pair
    workspace = one.workspace
    channel = workspace.channel([ANA])
    async with open_rig({**MANY, "ADVISOR_ENCRYPTION_KEY": OLD}, workspace=workspace) as rig:
        await install(rig, rig)
    event = one.people.events(one.people.write(ANA, channel, f"@{workspace.bot} start"))[0]
    assert (await one.people.send_event(event)).status == 503
    async with open_rig({**MANY, "ADVISOR_ENCRYPTION_KEY": f"{NEW}, {OLD}"}, workspace=workspace) as rig:
        assert (await rig.settled(rig.people.send_event(event, retry=1))).status == 200
        assert len(rig.visible(channel)) == 1


def as_bytes(stored: str | bytes) -> bytes:
    return stored.encode() if isinstance(stored, str) else stored


class Fading(Storage):
    """A storage that goes away."""

    away = False

    async def command(self, *words: Any, **more: Any) -> Any:
        if self.away:
            raise StorageUnavailable("it went away")
        return await super().command(*words, **more)


async def test_redis_away_loses_no_request(advisor: Advisor, redis_url: str, key_prefix: str) -> None:
    storage, hours = Fading(redis_url), count(0, 3600)
    service = Service(advisor, Stores.on(storage, ttl=timedelta(days=1), prefix=key_prefix))
    workspace = LocalWorkspace(time.time, team=f"T0{key_prefix.upper()}")
    async with opened(service, MANY, storage, workspace, clock=lambda: next(hours)) as rig:
        assert await install(rig, rig) == 200
        channel = workspace.channel([ANA])
        await rig.settled(rig.people.mention(ANA, channel, "start"))
        storage.away = True
        event = rig.people.events(rig.people.write(ANA, channel, f"@{workspace.bot} start"))[0]
        known = await rig.people.send_event(event)
        workspace.team = "T0STRANGER"
        unknown = await rig.people.send_event(event)
    await storage.close()
    assert (known.status, unknown.status) == (200, 503)
    assert "could not save" in next(m for m in workspace.messages if m.only_for == ANA).content.text


async def test_redis_away_in_the_middle_of_an_installation(no_service: Service) -> None:
    nowhere = Storage("redis://127.0.0.1:1", timeouts=Timeouts(total=0.05))
    async with opened(no_service, MANY, nowhere) as rig:
        assert await install(rig, rig) == 503
    await nowhere.close()


def test_without_a_storage_there_are_no_installations(service: Service) -> None:
    settings = read_settings({**MANY, "SLACK_SIGNING_SECRET": "x"})
    with pytest.raises(ValueError, match="storage"):
        build(settings, service, catalogue.load())
