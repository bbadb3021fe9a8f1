"""Signing keys: fetched when needed, kept when nothing better is to be had."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, web

from bot.teams.signing_keys import MAX_AGE, MIN_AGE, KeysUnavailable, SigningKeys, openid_fetch
from tests.bot.teams.microsoft import jwk
from tests.drivers.local_server import serving


@dataclass
class Source:
    """Keys by name, a clock, and what happens to the next fetches."""

    names: list[str] = field(default_factory=lambda: ["first"])
    now: float = 1000.0
    fetches: int = 0
    trouble: Exception | None = None
    gate: asyncio.Event | None = None
    answer: Any = None

    async def fetch(self) -> Mapping[str, Any]:
        self.fetches += 1
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        return self.answer or {"keys": [jwk(name, ["msteams"]) for name in self.names]}

    def keys(self) -> SigningKeys:
        return SigningKeys(self.fetch, lambda: self.now)


async def test_a_key_is_fetched_once() -> None:
    source = Source()
    keys = source.keys()
    found = [await keys.get("first") for _ in range(3)]
    assert found[0] is not None
    assert found[0].endorsements == {"msteams"}
    assert source.fetches == 1


async def test_many_who_ask_at_once_cause_one_fetch() -> None:
    source = Source(gate=asyncio.Event())
    keys = source.keys()
    asking = [asyncio.create_task(keys.get("first")) for _ in range(5)]
    await asyncio.sleep(0)
    assert source.gate is not None
    source.gate.set()
    assert all(await asyncio.gather(*asking))
    assert source.fetches == 1


async def test_an_unknown_key_is_looked_for_but_not_too_often() -> None:
    source = Source()
    keys = source.keys()
    await keys.get("first")
    source.names.append("second")
    assert await keys.get("second") is None
    source.now += MIN_AGE + 1
    assert await keys.get("second") is not None
    assert source.fetches == 2


async def test_old_keys_are_renewed_without_making_anybody_wait() -> None:
    source = Source()
    keys = source.keys()
    await keys.get("first")
    source.now += MAX_AGE + 1
    source.gate = asyncio.Event()
    assert await keys.get("first") is not None
    await asyncio.sleep(0)
    await keys.stop()
    assert source.fetches == 2


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [(ClientError(), None), (TimeoutError(), None), (ValueError(), None), (None, {"keys": []})],
)
async def test_the_last_good_keys_stay(trouble: Exception | None, answer: Any) -> None:
    source = Source()
    keys = source.keys()
    await keys.get("first")
    source.trouble, source.answer, source.now = trouble, answer, source.now + MIN_AGE + 1
    assert await keys.get("second") is None
    assert await keys.get("first") is not None


@pytest.mark.parametrize("answer", [{"keys": []}, {"other": 1}, {"keys": [{"kty": "EC", "kid": "x"}]}, {"keys": "x"}])
async def test_an_answer_without_keys_is_none(answer: Any) -> None:
    source = Source(answer=answer)
    with pytest.raises(KeysUnavailable):
        await source.keys().get("first")


MALFORMED: dict[str, Any] = {
    "no numbers": {"kty": "RSA", "kid": "bad"},
    "numbers that are none": {"kty": "RSA", "kid": "bad", "n": "*", "e": "AQAB"},
    "a number in place of text": {"kty": "RSA", "kid": "bad", "n": 1, "e": 2},
    "endorsements that are none": {**jwk("first", []), "kid": "bad", "endorsements": None},
    "endorsements of another form": {**jwk("first", []), "kid": "bad", "endorsements": [["msteams"]]},
    "a key that is too short": {"kty": "RSA", "kid": "bad", "n": "AQAB", "e": "AQAB"},
    "no object": "bad",
}


@pytest.mark.parametrize("malformed", MALFORMED.values(), ids=MALFORMED)
async def test_one_malformed_key_does_not_keep_the_others_from_being_refreshed(malformed: Any) -> None:
    source = Source(answer={"keys": [malformed, jwk("second", ["msteams"])]})
    keys = source.keys()
    found = await keys.get("second")
    assert found is not None
    assert found.endorsements == {"msteams"}


async def test_without_any_keys_it_tries_again_soon() -> None:
    source = Source(trouble=ClientError())
    keys = source.keys()
    with pytest.raises(KeysUnavailable):
        await keys.get("first")
    source.trouble, source.now = None, source.now + 3
    assert await keys.get("first") is not None


async def test_it_can_start_before_anybody_asks() -> None:
    source = Source(gate=asyncio.Event())
    keys = source.keys()
    keys.start()
    assert source.gate is not None
    source.gate.set()
    assert await keys.get("first") is not None
    assert source.fetches == 1


async def test_keys_are_good_for_a_day() -> None:
    source = Source()
    keys = source.keys()
    await keys.get("first")
    source.now += MAX_AGE
    await keys.get("first")
    await asyncio.sleep(0)
    assert source.fetches == 1


@pytest.mark.parametrize("age", [MIN_AGE, MIN_AGE - 1])
async def test_for_a_minute_an_unknown_key_is_not_looked_for_again(age: float) -> None:
    source = Source()
    keys = source.keys()
    await keys.get("first")
    source.now += age
    assert await keys.get("second") is None
    assert source.fetches == 1


async def test_without_any_keys_it_does_not_hammer() -> None:
    source = Source(trouble=ClientError())
    keys = source.keys()
    for _ in range(3):
        with pytest.raises(KeysUnavailable):
            await keys.get("first")
    assert source.fetches == 1


DOCUMENTS: dict[str, Any] = {
    "a list in place of the document": ([], {}),
    "no address of keys": ({}, {}),
    "a list in place of the keys": (None, []),
    "text in place of the keys": (None, "text"),
}


@pytest.mark.parametrize("found", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_what_is_no_document_of_microsofts_holds_no_keys(found: tuple[Any, Any]) -> None:
    document, keys_found = found

    async def openid(request: web.Request) -> web.Response:
        here = {"jwks_uri": str(request.url.with_path("/keys"))}
        return web.json_response(here if document is None else document)

    async def keys(_request: web.Request) -> web.Response:
        return web.json_response(keys_found)

    async with serving([web.get("/openid", openid), web.get("/keys", keys)]) as api, ClientSession() as http:
        source = openid_fetch(lambda: http, f"{api}/openid")
        with pytest.raises(KeysUnavailable):
            await SigningKeys(source, lambda: 0.0).get("first")
