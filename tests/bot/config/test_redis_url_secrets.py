"""A parsed address may be printed: what is secret in it is not shown."""

import pytest

from bot.config.redis_url import RedisAddress


@pytest.mark.parametrize(
    "url",
    [
        "redis://ana:hunter2@redis.example:6379/1",
        "redis+sentinel://ana:hunter2@one.example,two.example/main",
        "redis+sentinel://one.example/main?sentinel_username=bo&sentinel_password=hunter2",
    ],
)
def test_a_printed_address_shows_no_password(url: str) -> None:
    assert "hunter2" not in repr(RedisAddress.parse(url))
