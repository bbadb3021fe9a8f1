"""The state of an installation: signed, for a while, and nothing is stored for it."""

from collections.abc import Callable

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
    clock.now += STATE_TTL
    assert await states.async_consume(state)
    clock.now += 1
    assert not await states.async_consume(state)


@pytest.mark.parametrize(
    "change",
    [
        lambda state: f"{state[:20]}{'B' if state[20] == 'A' else 'A'}{state[21:]}",
        lambda state: state[:-8],
        lambda state: "\u00e9.\udcff.x",
        lambda state: "9" * 5000,
        lambda state: "",
    ],
)
async def test_a_state_that_was_not_made_here_is_refused(change: Callable[[str], str]) -> None:
    states = OAuthStates(SECRET, Clock())
    assert not await states.async_consume(change(await states.async_issue()))
