"""Microsoft's sign-in on loopback, with keys of our own: signing keys by OpenID, and tokens for the bot."""

import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

APP_ID = "11111111-2222-3333-4444-555555555555"
PASSWORD = "a secret of the tests"
ISSUER = "https://api.botframework.com"
LOGIN = "https://login.test"


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """A key of this name, made once: making one takes its time."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def token(key: str = "first", kid: str | None = None, **changes: Any) -> str:
    """A token as Teams sends it, with claims changed; None removes one."""
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": APP_ID, "exp": now + 3600, "nbf": now - 60, "serviceurl": ""} | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, private_key(key), algorithm="RS256", headers={"kid": kid or key})


@dataclass
class Microsoft:
    """What it serves, and what was asked for. `keys`: name → the channels that it may speak for."""

    keys: dict[str, list[str]] = field(default_factory=lambda: {"first": ["msteams", "webchat"]})
    key_requests: int = 0
    token_requests: int = 0
    token_seconds: int = 3600
    refusal: str | None = None
    down: bool = False
    login: str = LOGIN

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/openid", self._openid),
            web.get("/keys", self._keys),
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self._tenant),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
        ]

    async def _openid(self, request: web.Request) -> web.Response:
        if self.down:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{request.scheme}://{request.host}/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        self.key_requests += 1
        return web.json_response({"keys": [jwk(name, channels) for name, channels in self.keys.items()]})

    async def _tenant(self, request: web.Request) -> web.Response:
        home = f"{self.login}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{home}/v2.0",
                "token_endpoint": f"{home}/oauth2/v2.0/token",
                "authorization_endpoint": f"{home}/oauth2/v2.0/authorize",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        self.token_requests += 1
        form = await request.post()
        if self.refusal or form["client_id"] != APP_ID or form["client_secret"] != PASSWORD:
            said = self.refusal or "AADSTS7000215: Invalid client secret provided."
            return web.json_response({"error": "invalid_client", "error_description": said}, status=401)
        return web.json_response(
            {
                "token_type": "Bearer",
                "expires_in": self.token_seconds,
                "access_token": f"{request.match_info['tenant']} {form['scope']} {self.token_requests}",
            }
        )


def jwk(name: str, channels: list[str]) -> dict[str, Any]:
    """A public key as Microsoft publishes it."""
    public = RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**public, "kid": name, "use": "sig", "endorsements": channels}


class Redirected:
    """An HTTP client in MSAL's form that leads to the stand-in: MSAL itself insists on https."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._session = requests.Session()

    def get(self, url: str, **more: Any) -> requests.Response:
        return self._session.get(self._to(url), **more)

    def post(self, url: str, **more: Any) -> requests.Response:
        return self._session.post(self._to(url), **more)

    def close(self) -> None:
        self._session.close()

    def _to(self, url: str) -> str:
        assert url.startswith(LOGIN)
        return self._base + urlsplit(url).path
