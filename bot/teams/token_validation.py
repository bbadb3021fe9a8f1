"""Validates the token of a request before anything else is done, to know that it comes from Teams."""

from dataclasses import dataclass

import jwt

from bot.teams.cloud import Cloud
from bot.teams.signing_keys import SigningKeys

LEEWAY = 300
"""Seconds by which clocks may differ."""

CLAIMS = ["exp", "iss", "aud", "serviceurl"]


class InvalidToken(Exception):
    """The request is not from Teams, or not for this app. The message is for the log and holds nothing of the token."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The claims of a valid token: the service that sent it, and the channels that its key may sign for."""

    service_url: str
    endorsements: frozenset[str]


class TokenValidator:
    """Validates tokens for one app."""

    def __init__(self, keys: SigningKeys, cloud: Cloud, app_id: str) -> None:
        self._keys = keys
        self._cloud = cloud
        self._app_id = app_id

    async def validate(self, header: str | None) -> Caller:
        """The caller behind an Authorization header; InvalidToken; KeysUnavailable before any keys."""
        scheme, _, token = (header or "").partition(" ")
        if scheme != "Bearer" or not token:
            raise InvalidToken("there is no bearer token")
        try:
            key_id = jwt.get_unverified_header(token).get("kid")
            key = await self._keys.get(key_id) if isinstance(key_id, str) else None
            if key is None:
                raise InvalidToken("its key is unknown")
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._cloud.issuer,
                leeway=LEEWAY,
                options={"require": CLAIMS},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise InvalidToken(type(error).__name__) from error
        return Caller(str(claims["serviceurl"]), key.endorsements)
