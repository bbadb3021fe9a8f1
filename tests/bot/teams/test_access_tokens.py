"""The bot's own token: one request for many turns, renewed in time, off the loop."""

import asyncio
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiohttp import web
from requests import Timeout

from bot.config.setting_types import AppType
from bot.config.settings import Settings
from bot.teams.access_tokens import MARGIN, AppToken, token_acquirer
from bot.teams.cloud import PUBLIC, Cloud
from bot.turns.channel import TryLater
from tests.bot.teams.microsoft import APP_ID, LOGIN, PASSWORD, Microsoft, Redirected
from tests.drivers.local_server import serving
from tests.patience import HUNG

HERE: Cloud = replace(PUBLIC, login=LOGIN)


def app(kind: AppType = AppType.MULTI_TENANT, tenant: str | None = None, password: str = PASSWORD) -> Settings:
    """Settings with an app."""
    login = {"microsoft_app_id": APP_ID, "microsoft_app_password": password, "microsoft_app_type": kind}
    return Settings.model_validate({"state": "/s", **login, "microsoft_app_tenant_id": tenant})


@dataclass
class Entra:
    """Gives tokens that are numbers, each for an hour. `keeping`: the same again, as MSAL does, unless asked anew."""

    now: float = 0.0
    asked: int = 0
    answer: Mapping[str, Any] | None = None
    keeping: bool = False
    kept: Mapping[str, Any] | None = None
    trouble: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    threads: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.gate.set()

    def acquire(self, anew: bool) -> Mapping[str, Any]:
        self.gate.wait(5)
        self.asked += 1
        self.threads.add(threading.get_ident())
        if self.trouble is not None:
            raise self.trouble
        if self.kept is None or anew or not self.keeping:
            self.kept = self.answer or {"access_token": str(self.asked), "expires_in": 3600}
        return self.kept

    def token(self) -> AppToken:
        return AppToken(self.acquire, lambda: self.now)


async def test_one_token_serves_many_turns() -> None:
    entra = Entra()
    token = entra.token()
    assert [await token.get() for _ in range(20)] == ["1"] * 20
    assert entra.threads.isdisjoint({threading.get_ident()})


async def test_many_who_need_it_at_once_cause_one_request() -> None:
    entra = Entra()
    token = entra.token()
    assert set(await asyncio.gather(*[token.get() for _ in range(10)])) == {"1"}


async def test_it_is_renewed_before_its_end_while_the_old_one_is_used() -> None:
    entra = Entra()
    token = entra.token()
    await token.get()
    entra.now = 3600 - MARGIN + 1
    entra.gate.clear()
    assert await token.get() == "1"
    entra.gate.set()
    await token.stop()
    assert entra.asked == 2
    assert await token.get() == "2"


async def test_while_entra_is_away_a_valid_token_goes_on_to_be_used() -> None:
    entra = Entra()
    token = entra.token()
    await token.get()
    entra.now, entra.trouble = 3600 - MARGIN + 1, OSError("no route")
    assert await token.get() == "1"
    await token.stop()
    entra.now = 3601
    with pytest.raises(TryLater, match="OSError"):
        await token.get()


@pytest.mark.parametrize(
    ("said", "setting"),
    [
        ("AADSTS7000215: Invalid client secret provided.", "MICROSOFT_APP_PASSWORD"),
        ("AADSTS7000222: The provided client secret keys are expired.", "expired"),
        ("AADSTS700016: Application not found in the directory.", "MICROSOFT_APP_TYPE"),
        ("AADSTS90002: Tenant not found.", "MICROSOFT_APP_TENANT_ID"),
        ("AADSTS1: something new", "something new"),
    ],
)
async def test_a_refusal_names_the_setting(said: str, setting: str) -> None:
    entra = Entra(answer={"error": "invalid_client", "error_description": said})
    with pytest.raises(TryLater, match=setting):
        await entra.token().get()


async def test_a_token_that_teams_refused_is_not_given_again() -> None:
    entra = Entra(keeping=True)
    token = entra.token()
    refused = await token.get()
    token.discard(refused)
    assert await token.get() != refused
    current, asked = await token.get(), entra.asked
    token.discard(refused)
    assert await token.get() == current
    assert entra.asked == asked


async def test_a_token_may_be_refused_before_there_is_one() -> None:
    entra = Entra()
    token = entra.token()
    token.discard("1")
    assert await token.get() == "2"


async def test_a_refused_token_that_a_renewal_is_about_to_bring_is_not_given_either() -> None:
    entra = Entra(keeping=True)
    token = entra.token()
    refused = await token.get()
    entra.now = 3600 - MARGIN + 1
    entra.gate.clear()
    assert await token.get() == refused
    token.discard(refused)
    entra.gate.set()
    assert await token.get() != refused


@pytest.mark.parametrize(
    ("kind", "tenant", "home"), [(AppType.MULTI_TENANT, "t1", "botframework.com"), (AppType.SINGLE_TENANT, "t1", "t1")]
)
async def test_through_msal(kind: AppType, tenant: str, home: str) -> None:
    microsoft = Microsoft()
    async with serving(microsoft.routes()) as login:
        client = Redirected(f"{login}/")
        ask = token_acquirer(app(kind, tenant), HERE, client)
        token = AppToken(ask, lambda: 0.0)
        assert await token.get() == f"{home} https://api.botframework.com/.default 1"
        client.close()
    assert microsoft.token_requests == 1


async def test_past_the_store_of_msal() -> None:
    microsoft = Microsoft()
    async with serving(microsoft.routes()) as login:
        client = Redirected(f"{login}/")
        token = AppToken(token_acquirer(app(), HERE, client), lambda: 0.0)
        token.discard(await token.get())
        assert (await token.get()).endswith(" 2")
        client.close()


async def test_a_managed_identity_that_is_never_answered_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    release = asyncio.Event()

    async def silent(_request: web.Request) -> web.Response:
        await release.wait()
        return web.json_response({})

    monkeypatch.setattr("bot.teams.access_tokens.TIMEOUT", 0.01)
    async with serving([web.get("/token", silent)]) as host:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{host}/token")
        monkeypatch.setenv("IDENTITY_HEADER", "x")
        ask = token_acquirer(app(AppType.MANAGED_IDENTITY), HERE)
        try:
            async with asyncio.timeout(HUNG):
                with pytest.raises(Timeout):
                    await asyncio.to_thread(ask, False)
        finally:
            release.set()


async def test_a_managed_identity_is_asked_past_the_store_of_msal(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.query["resource"])
        ends = int(time.time()) + 7200
        return web.json_response({"access_token": str(len(asked)), "expires_on": str(ends), "token_type": "Bearer"})

    async with serving([web.get("/token", answer)]) as host:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{host}/token")
        monkeypatch.setenv("IDENTITY_HEADER", "x")
        ask = token_acquirer(app(AppType.MANAGED_IDENTITY), HERE)
        given = [(await asyncio.to_thread(ask, anew))["access_token"] for anew in (False, False, True)]
    assert given == ["1", "1", "2"]
    assert set(asked) == {HERE.scope}


async def test_the_end_does_not_wait_for_a_sign_in_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.teams.access_tokens.STOP_TIMEOUT", 0.01)
    entra = Entra()
    entra.gate.clear()
    token = entra.token()
    asking = asyncio.create_task(token.get())
    try:
        await asyncio.sleep(0)
        await token.stop()
        with pytest.raises(asyncio.CancelledError):
            await asking
    finally:
        entra.gate.set()


async def test_it_is_renewed_no_sooner_than_it_must() -> None:
    entra = Entra()
    token = entra.token()
    await token.get()
    entra.now = 3600 - MARGIN - 1
    assert await token.get() == "1"
    await token.stop()
    assert entra.asked == 1


async def test_a_token_that_has_ended_is_not_used() -> None:
    entra = Entra()
    token = entra.token()
    await token.get()
    entra.now = 3600
    assert await token.get() == "2"


async def test_the_first_token_can_be_asked_for_before_anybody_needs_it() -> None:
    entra = Entra()
    token = entra.token()
    token.start()
    await token.stop()
    assert (entra.asked, await token.get(), entra.asked) == (1, "1", 1)


async def test_a_wrong_secret_through_msal() -> None:
    microsoft = Microsoft()
    async with serving(microsoft.routes()) as login:
        client = Redirected(f"{login}/")
        token = AppToken(token_acquirer(app(password="wrong"), HERE, client), lambda: 0.0)
        with pytest.raises(TryLater, match="MICROSOFT_APP_PASSWORD"):
            await token.get()
        client.close()
