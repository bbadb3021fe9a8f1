"""Nobody gets in without Slack's signature, or with an old one."""

import hashlib
import hmac
import json

import pytest

from bot.slack.http import MAX_AGE
from tests.bot.slack.conftest import Opened
from tests.drivers.slack import SECRET, Rig

CHALLENGE = json.dumps({"type": "url_verification", "challenge": "c0ffee", "token": "t"}).encode()

UNSIGNED = {
    "no signature": {"X-Slack-Signature": ""},
    "another's signature": {"X-Slack-Signature": "v0=" + "0" * 64},
    "another version": {"X-Slack-Signature": "v1=" + "0" * 64},
    "not hexadecimal": {"X-Slack-Signature": "v0=" + "z" * 64},
    "not even ASCII": {"X-Slack-Signature": "v0=" + "é" * 64},
    "no time": {"X-Slack-Request-Timestamp": ""},
    "a time that is no number": {"X-Slack-Request-Timestamp": "soon"},
    "a time in other digits": {"X-Slack-Request-Timestamp": "١٧٠٠٠٠٠٠٠٠"},
    "a negative time": {"X-Slack-Request-Timestamp": "-1"},
}


@pytest.mark.parametrize("headers", UNSIGNED.values(), ids=UNSIGNED)
async def test_unsigned_is_401(rig: Rig, headers: dict[str, str]) -> None:
    assert (await rig.people.send(CHALLENGE, headers=headers)).status == 401


NOW = 1_800_000_000


@pytest.mark.parametrize("off", [-MAX_AGE - 1, MAX_AGE + 1, -360, 86400])
async def test_another_time_is_401(open_rig: Opened, off: int) -> None:
    async with open_rig(now=lambda: NOW + 0.9) as rig:
        assert (await rig.people.send(CHALLENGE, at=NOW + off)).status == 401


@pytest.mark.parametrize("off", [-MAX_AGE, MAX_AGE])
async def test_a_small_difference_of_clocks_is_fine(open_rig: Opened, off: int) -> None:
    async with open_rig(now=lambda: NOW + 0.9) as rig:
        assert (await rig.people.send(CHALLENGE, at=NOW + off)).status == 200


async def test_the_signature_covers_every_byte(rig: Rig) -> None:
    stamp = str(int(rig.workspace.clock()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + CHALLENGE, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
    assert (await rig.people.send(CHALLENGE, headers=headers)).status == 200
    assert (await rig.people.send(CHALLENGE + b" ", headers=headers)).status == 401
