"""The state of an installation: signed, for a while, and nothing is stored for it."""

import pytest

from bot.slack.oauth_state import STATE_TTL, OAuthStates

SECRET = "client secret"


class Clock:
    now = 1_795_521_600.0

    def __call__(self) -> float:
        return self.now


async def test_a_state_is_known_to_every_replica_with_the_same_secret() -> None:
    clock = Clock()
    state = await OAuthStates(SECRET, clock).async_issue()
    assert await OAuthStates(SECRET, clock).async_consume(state)
    assert not await OAuthStates("another", clock).async_consume(state)


async def test_no_two_states_are_the_same() -> None:
    states = OAuthStates(SECRET, Clock())
    assert await states.async_issue() != await states.async_issue()


async def test_a_state_is_good_for_a_while() -> None:
    clock = Clock()
    states = OAuthStates(SECRET, clock)
    state = await states.async_issue()
    clock.now += STATE_TTL - 1
    assert await states.async_consume(state)
    clock.now += 1
    assert not await states.async_consume(state)


@pytest.mark.parametrize(
    "change",
    [
        lambda end, nonce, signature: f"{int(end) + 9}.{nonce}.{signature}",
        lambda end, nonce, signature: f"{end}.{nonce}x.{signature}",
        lambda end, nonce, signature: f"{end}.{nonce}.{signature[:-1]}",
        lambda end, nonce, signature: f"{end}.{nonce}.",
        lambda end, nonce, signature: f"{end}.{nonce}",
        lambda end, nonce, signature: f"{end}.{nonce}.{signature}.",
        lambda end, nonce, signature: f"x.{nonce}.{signature}",
        lambda end, nonce, signature: "\u00e9.\udcff.x",
        lambda end, nonce, signature: "9" * 5000,
        lambda end, nonce, signature: "",
    ],
)
async def test_a_state_that_was_not_made_here_is_refused(change: object) -> None:
    states = OAuthStates(SECRET, Clock())
    assert callable(change)
    assert not await states.async_consume(change(*(await states.async_issue()).split(".")))
