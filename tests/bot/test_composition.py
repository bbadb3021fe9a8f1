"""What is built for which settings: channels, storage, the service for a terminal, the encoder."""

from datetime import date
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.assembly import (
    open_advisor,
    open_application,
    open_channels,
    open_encoder,
    open_mcp,
    open_storage,
    open_stores,
    open_terminal_service,
    pack_folder,
)
from bot.config.environment import read_settings
from bot.config.setting_types import Unanswered
from bot.config.settings_checks import SettingsError
from bot.storage.errors import StorageUnavailable
from bot.storage.redis_retries import Storage
from bot.turns.rate_limit import RateLimitResult
from bot.turns.service import Service
from dialogs.message import Message, Person, Typed
from knowledge.pack_loader import builtin
from tests.bot.harness import NOON, PLACE
from tests.shipped import shipped

ID = "11111111-2222-3333-4444-555555555555"
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
TEAMS = {"MICROSOFT_APP_ID": ID, "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TENANT_ID": ID}
AWAY = {"ADVISOR_HOST": "0.0.0.0"}


@pytest.fixture
def environment(redis_url: str, key_prefix: str, tmp_path: Path) -> dict[str, str]:
    return {"REDIS_URL": redis_url, "ADVISOR_KEY_PREFIX": key_prefix, "ADVISOR_STATE": str(tmp_path)}


@pytest.mark.parametrize(
    ("given", "on"),
    [
        ({**AWAY, "ADVISOR_MCP_TOKEN": "x"}, set()),
        (SLACK, {"slack"}),
        (SOCKET, {"slack"}),
        (TEAMS, {"teams"}),
        ({**SLACK, **TEAMS}, {"slack", "teams"}),
        ({"ADVISOR_LOCAL_TOKEN": "t"}, {"teams"}),
    ],
)
async def test_the_channels_that_are_on(
    environment: dict[str, str], service: Service, storage: Storage, given: dict[str, str], on: set[str]
) -> None:
    settings = read_settings({**environment, **given})
    assert set(open_channels(settings, shipped(), service, storage)) == on


async def test_an_embedded_server_ends_with_its_last_user(tmp_path: Path) -> None:
    settings = read_settings({"ADVISOR_STATE": str(tmp_path)})
    async with open_storage(settings) as storage:
        await storage.ping()
        assert open_stores(settings, storage).own_server
    with pytest.raises(StorageUnavailable):
        await storage.ping()


async def test_stores_keep_things_for_as_long_as_the_settings_say(
    environment: dict[str, str], storage: Storage
) -> None:
    settings = read_settings({**environment, "ADVISOR_SESSION_TTL": "1h"})
    stores = open_stores(settings, storage)
    assert not stores.own_server
    service = Service(shipped(), stores)
    message = Message("e1", Person("ana"), NOON, Typed("should we fine-tune our support bot?"))
    await service.process(PLACE, message, channel="test", address={})
    kept = [await storage.command("TTL", key) for key in await storage.command("KEYS", PLACE.key(settings.key_prefix))]
    assert len(kept) == 1
    assert 3500 < kept[0] <= 3600


@pytest.mark.parametrize(
    ("unanswered", "kept"), [("off", Unanswered.OFF), ("shared", Unanswered.ALL), ("all", Unanswered.ALL)]
)
async def test_one_person_at_a_terminal_has_no_limit(
    environment: dict[str, str], storage: Storage, unanswered: str, kept: Unanswered
) -> None:
    settings = read_settings({**environment, "ADVISOR_UNANSWERED": unanswered})
    stores = open_stores(settings, storage)
    service = open_terminal_service(settings, shipped(), stores)
    message = Message("e1", Person("ana"), NOON, Typed("hi"))
    counted = {service.count("terminal", PLACE, message._replace(id=f"e{n}")) for n in range(500)}
    assert counted == {RateLimitResult.ALLOWED}
    asked = message._replace(id="q", content=Typed("who won the world cup?"))
    await service.process(PLACE, asked, channel="terminal", address={})
    await service.background.join()
    texts = await stores.feedback.unanswered()
    assert bool(texts) is (kept is not Unanswered.OFF)


def test_an_encoder_that_is_not_there_leaves_the_words(tmp_path: Path) -> None:
    settings = read_settings({"ADVISOR_STATE": str(tmp_path), "ADVISOR_ENCODER": str(tmp_path / "none")})
    encoder, trouble = open_encoder(settings)
    assert encoder is None
    assert trouble.startswith("Text is understood by its words alone, without an encoder.")
    good, nothing = open_encoder(read_settings({"ADVISOR_STATE": str(tmp_path)}))
    assert good is not None
    assert nothing == ""


def test_a_pack_of_ones_own_is_named_where_it_is_wrong(tmp_path: Path) -> None:
    own = read_settings({"ADVISOR_STATE": str(tmp_path), "ADVISOR_PACK": str(tmp_path)})
    assert pack_folder(own) == tmp_path
    assert pack_folder(read_settings({"ADVISOR_STATE": str(tmp_path)})) == builtin()
    with pytest.raises(SettingsError) as refused:
        open_advisor(own, date(2026, 11, 26))
    assert refused.value.variable == "ADVISOR_PACK"


@pytest.mark.parametrize(
    ("given", "token", "local"),
    [
        ({"ADVISOR_MCP_TOKEN": "x", **AWAY}, "x", False),
        ({"ADVISOR_LOCAL_TOKEN": "t"}, None, True),
        ({"ADVISOR_MCP_TOKEN": "x", "ADVISOR_LOCAL_TOKEN": "t"}, "x", True),
        ({"ADVISOR_MCP_TOKEN": "x", "ADVISOR_LOCAL_TOKEN": "t", **AWAY}, "x", False),
    ],
)
def test_who_may_ask_over_http(given: dict[str, str], token: str | None, local: bool, tmp_path: Path) -> None:
    settings = read_settings({"ADVISOR_STATE": str(tmp_path), **given})
    endpoint = open_mcp(settings, shipped())
    assert (None if endpoint._token is None else endpoint._token.value) == token
    assert (endpoint._local is not None) is local


async def test_how_redis_is_stands_among_the_figures(environment: dict[str, str]) -> None:
    settings = read_settings({**environment, **AWAY, "ADVISOR_MCP_TOKEN": "x"})
    async with open_application(settings, shipped()) as app, TestClient(TestServer(app)) as client:
        figures = await (await client.get("/metrics")).text()
        assert (await client.get("/readyz")).status == 200
    assert "advisor_redis_up 1.0" in figures
    assert "advisor_outbox_entries 0.0" in figures
    away = read_settings({**environment, **AWAY, "ADVISOR_MCP_TOKEN": "x", "REDIS_URL": "redis://127.0.0.1:1"})
    async with open_application(away, shipped()) as app, TestClient(TestServer(app)) as client:
        figures = await (await client.get("/metrics")).text()
    assert "advisor_redis_up 0.0" in figures
    assert "advisor_outbox_entries NaN" in figures
