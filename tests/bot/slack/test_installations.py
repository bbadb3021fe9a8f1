"""What a process remembers of installations, and for how long."""

from datetime import datetime

import pytest
from slack_sdk.oauth.installation_store import Bot

from bot.slack.authorization import CACHE_TTL, INSTALLATION_TTL, Installations, WorkspaceNotAllowed
from bot.storage.errors import StorageUnavailable
from bot.storage.redis_retries import Storage


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def installations(storage: Storage, clock: Clock, key_prefix: str) -> Installations:
    return Installations(storage, clock, key_prefix)


def bot(token: str, team: str | None = "T1", enterprise: str | None = None, whole: bool = False) -> Bot:
    return Bot(
        bot_token=token, bot_id="B1", bot_user_id="U1", installed_at=datetime(2026, 11, 26),
        team_id=team, enterprise_id=enterprise, is_enterprise_install=whole,
    )  # fmt: skip


async def token(installations: Installations, team: str | None = "T1") -> str | None:
    found = await installations.async_find_bot(enterprise_id=None, team_id=team)
    return None if found is None else found.bot_token


async def test_a_token_is_remembered_for_a_minute(
    installations: Installations, storage: Storage, clock: Clock, key_prefix: str
) -> None:
    await installations.async_save_bot(bot("xoxb-1"))
    assert await token(installations) == "xoxb-1"
    (key,) = await storage.command("KEYS", f"{key_prefix}*")
    await storage.command("DEL", key)
    clock.now += CACHE_TTL - 1
    assert await token(installations) == "xoxb-1"
    clock.now += 1
    assert await token(installations) is None, "another replica has removed it"


async def test_a_new_token_counts_at_once(installations: Installations) -> None:
    await installations.async_save_bot(bot("xoxb-1"))
    assert await token(installations) == "xoxb-1"
    await installations.async_save_bot(bot("xoxb-2"))
    assert await token(installations) == "xoxb-2"
    await installations.async_delete_bot(enterprise_id=None, team_id="T1")
    assert await token(installations) is None


async def test_where_there_is_none_that_is_asked_each_time(
    installations: Installations, storage: Storage, clock: Clock, key_prefix: str
) -> None:
    assert await token(installations) is None
    await Installations(storage, clock, key_prefix).async_save_bot(bot("xoxb-1"))
    assert await token(installations) == "xoxb-1"


async def test_while_redis_is_away_what_is_known_counts(
    installations: Installations, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await installations.async_save_bot(bot("xoxb-1"))
    assert await token(installations) == "xoxb-1"

    async def away(*_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(installations.storage, "command", away)
    clock.now += 3600
    assert await token(installations) == "xoxb-1"
    with pytest.raises(StorageUnavailable):
        await token(installations, "T2")


async def test_each_use_prolongs_an_installation(
    installations: Installations, storage: Storage, clock: Clock, key_prefix: str
) -> None:
    await installations.async_save_bot(bot("xoxb-1"))
    (key,) = await storage.command("KEYS", f"{key_prefix}*")
    for _ in range(2):
        assert INSTALLATION_TTL - 60 < await storage.command("TTL", key) <= INSTALLATION_TTL
        await storage.command("EXPIRE", key, 100)
        clock.now += CACHE_TTL
        await token(installations)


@pytest.mark.parametrize(
    ("allowed", "team", "enterprise", "whole", "may"),
    [
        ((), "T1", None, False, True),
        (("T1",), "T1", None, False, True),
        (("T2",), "T1", None, False, False),
        (("E1",), "T1", "E1", False, True),
        (("T1",), "T1", "E1", False, True),
        (("T1",), "T1", "E1", True, False),
        (("E1",), None, "E1", True, True),
    ],
)
async def test_who_may_use_it(
    storage: Storage,
    clock: Clock,
    key_prefix: str,
    allowed: tuple[str, ...],
    team: str | None,
    enterprise: str | None,
    whole: bool,
    may: bool,
) -> None:
    """An organisation as a whole is allowed by its own id alone."""
    kept = Installations(storage, clock, key_prefix, allowed=allowed)
    if not may:
        with pytest.raises(WorkspaceNotAllowed):
            await kept.async_save_bot(bot("xoxb-1", team, enterprise, whole))
        return
    await kept.async_save_bot(bot("xoxb-1", team, enterprise, whole))
    found = await kept.async_find_bot(enterprise_id=enterprise, team_id=team, is_enterprise_install=whole)
    assert found is not None
    assert found.bot_token == "xoxb-1"
